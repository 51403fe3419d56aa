"""A segment: some documents with their dictionaries, postings, columns and stored bytes, in one container.

The container's `meta` says what there is:

    documents, slab       how many documents; how many of them make a slab
    dictionaries          name -> how many terms
    folds                 whether the table of folds is there
    fields                name -> dictionary, counts, positions, rows, every, postings, occurrences
    columns               name -> kind, size
    ids, stored           whether they are there
    more                  what the writer's owner wanted to say
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from kashaf.errors import IndexDamaged
from kashaf.said import said
from kashaf_index.codec.columns import Column, ColumnShape, Ids
from kashaf_index.codec.container import Container
from kashaf_index.codec.damage import damaged
from kashaf_index.codec.dictionary import FOLDS, Dictionary, Folds
from kashaf_index.codec.postings import FieldShape, Postings
from kashaf_index.codec.segment_meta import KIND, MAX_DOCUMENTS, Meta, column_shape, field_shape
from kashaf_index.codec.segment_writer import SegmentWriter
from kashaf_index.codec.stored import Stored

if TYPE_CHECKING:
    from types import TracebackType

    from kashaf.storage.strict_json import Json

__all__ = ["KIND", "SegmentFile", "SegmentWriter"]


class SegmentFile:
    """An open segment. Documents are numbered `[0, size)`.

    Arrays that are returned are read-only views of the container's memory: copy what is kept beyond a query.
    What is wrong with the file raises IndexDamaged; a field, a column or a dictionary that the segment lacks, where
    None is not among the answers, raises it too.
    """

    def __init__(self, container: Container) -> None:
        meta = Meta(container.meta, container.path)
        self.container: Final = container
        self.path: Final = container.path
        self.size: Final = meta.number("documents", MAX_DOCUMENTS)
        self.more: Final[Mapping[str, Json]] = meta.mapping("more")
        self._slab = meta.number("slab", 1 << 16)
        if not self._slab:
            raise meta.malformed()
        self._lengths = {name: meta.of(length, int) for name, length in meta.mapping("dictionaries").items()}
        self._has_folds = meta.truth("folds")
        self._has_ids = meta.truth("ids")
        self._has_stored = meta.truth("stored")
        self._shapes: dict[str, tuple[str, FieldShape]] = {}
        for name, value in meta.mapping("fields").items():
            self._shapes[name] = field_shape(Meta(value, container.path), self._lengths)
        self._column_shapes = {
            name: column_shape(Meta(value, container.path)) for name, value in meta.mapping("columns").items()
        }
        self._dictionaries: dict[str, Dictionary] = {}
        self._folds: Folds | None = None
        self._postings: dict[str, Postings] = {}
        self._columns: dict[str, Column] = {}
        self._ids: Ids | None = None
        self._stored: Stored | None = None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Raises IndexDamaged."""
        container = Container.open(path, KIND)
        try:
            return cls(container)
        except BaseException:
            container.close()
            raise

    @property
    def meta(self) -> dict[str, Json]:
        return self.container.meta

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self._shapes)

    @property
    def columns(self) -> Mapping[str, ColumnShape]:
        return self._column_shapes

    @property
    def dictionaries(self) -> tuple[str, ...]:
        return tuple(self._lengths)

    def dictionary(self, name: str) -> Dictionary:
        found = self._dictionaries.get(name)
        if found is None:
            if name not in self._lengths:
                raise self._lacks(name)
            found = self._dictionaries.setdefault(name, Dictionary(self.container, name, self._lengths[name]))
        return found

    @property
    def folds(self) -> Folds:
        """The table of folds of the dictionary `words`."""
        if self._folds is None:
            if not self._has_folds:
                raise self._lacks(FOLDS)
            self._folds = Folds(self.container, self._lengths.get("words", 0))
        return self._folds

    def postings(self, field: str) -> Postings | None:
        """The field's postings; None when the segment has no such field."""
        found = self._postings.get(field)
        if found is None:
            if field not in self._shapes:
                return None
            dictionary, shape = self._shapes[field]
            found = self._postings.setdefault(
                field,
                Postings(self.container, field, shape, self._lengths[dictionary], self.size, self._slab),
            )
        return found

    def dictionary_of(self, field: str) -> Dictionary:
        """The dictionary that numbers the field's terms."""
        if field not in self._shapes:
            raise self._lacks(field)
        return self.dictionary(self._shapes[field][0])

    def numbers(self, column: str) -> NDArray[Any]:
        """A column of numbers, shape (size,), in the type in which it was written."""
        return self._column(column).values()

    def names(self, column: str) -> tuple[NDArray[Any], list[str]]:
        """A column of names: ordinals, shape (size,), and the names that they stand for."""
        found = self._column(column)
        return found.values(), found.names()

    def raw(self, column: str, document: int) -> bytes:
        """The document's bytes in a column of bytes."""
        return self._column(column).raw(document)

    def raw_all(self, column: str) -> NDArray[np.uint8]:
        """A column of bytes, shape (size, bytes of each)."""
        return self._column(column).values()

    def stored(self, document: int) -> bytes:
        """The document as it was stored."""
        return self.stored_documents.read(document)

    @property
    def stored_documents(self) -> Stored:
        if self._stored is None:
            if not self._has_stored:
                raise self._lacks("stored")
            self._stored = Stored(self.container, self.size)
        return self._stored

    def id(self, document: int) -> str:
        return self._all_ids.one(document)

    def ids(self) -> list[str]:
        """The ids of all documents, in their order."""
        return self._all_ids.all()

    def ids_of(self, documents: NDArray[np.int64]) -> list[str]:
        """The ids of these documents, in their order."""
        return self._all_ids.some(documents)

    def id_order(self) -> NDArray[np.uint32]:
        """The documents sorted by id, those of one id by number."""
        return self._all_ids.order()

    def find_id(self, wanted: str) -> int:
        """The last document of that id, -1 when there is none."""
        return self._all_ids.find(wanted)

    @property
    def _all_ids(self) -> Ids:
        if self._ids is None:
            if not self._has_ids:
                raise self._lacks("ids")
            self._ids = Ids(self.container, self.size)
        return self._ids

    def _column(self, column: str) -> Column:
        found = self._columns.get(column)
        if found is None:
            if column not in self._column_shapes:
                raise self._lacks(column)
            shape = self._column_shapes[column]
            found = self._columns.setdefault(column, Column(self.container, column, shape, self.size))
        return found

    def _lacks(self, name: str) -> IndexDamaged:
        return damaged(said("the file lacks a part: {name}", name=name), self.path)

    def close(self) -> None:
        self.container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
