"""Writes a segment; `segment` says what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec import slabs
from kashaf_index.codec.columns import ColumnsWriter
from kashaf_index.codec.container import ContainerWriter, Written
from kashaf_index.codec.dictionary import FOLDS, DictionaryWriter
from kashaf_index.codec.postings_writer import PostingsWriter
from kashaf_index.codec.segment_meta import KIND, MAX_DOCUMENTS
from kashaf_index.codec.stored import StoredWriter

if TYPE_CHECKING:
    from kashaf.storage.strict_json import Json


class SegmentWriter:
    """Writes a segment to `path`. Its parts grow side by side, and `finish` finishes all of them.

    `documents` must be set before the first `postings`; stored documents may be appended before.
    """

    def __init__(self, path: Path) -> None:
        self._out = ContainerWriter(path, KIND)
        self._documents: int | None = None
        self._slab = slabs.SLAB
        self._dictionaries: dict[str, DictionaryWriter] = {}
        self._folds = False
        self._fields: dict[str, tuple[str, PostingsWriter]] = {}
        self._columns = ColumnsWriter(self._out)
        self._ids: int | None = None
        self._stored: StoredWriter | None = None

    @property
    def documents(self) -> int:
        if self._documents is None:
            raise ValueError("how many documents there are was not said")
        return self._documents

    @documents.setter
    def documents(self, value: int) -> None:
        if self._fields or not 0 <= value <= MAX_DOCUMENTS:
            raise ValueError("too late, or too many documents")
        self._documents = value

    @property
    def stored(self) -> StoredWriter:
        """The stored documents; a segment whose owner never asks for this has none."""
        if self._stored is None:
            self._stored = StoredWriter(self._out)
        return self._stored

    def dictionary(self, name: str, *, folds: bool = False) -> DictionaryWriter:
        """Begin a dictionary. `folds`: its terms are `analysis.Ladder`s, and the table of folds is made of them."""
        if name in self._dictionaries or name == FOLDS or (folds and self._folds):
            raise ValueError(f"the dictionary {name} is there already")
        self._folds |= folds
        writer = self._dictionaries[name] = DictionaryWriter(self._out, name, folds=folds)
        return writer

    def postings(
        self,
        field: str,
        dictionary: str,
        *,
        counts: bool = True,
        positions: bool = False,
        wide: bool = False,
    ) -> PostingsWriter:
        """Begin a field, of a dictionary that was begun. `wide`: a slab may hold 2**32 positions and more."""
        if field in self._fields:
            raise ValueError(f"the field {field} is there already")
        writer = PostingsWriter(
            self._out,
            field,
            self._dictionaries[dictionary],
            self.documents,
            slab=self._slab,
            counts=counts,
            positions=positions,
            wide=wide,
        )
        self._fields[field] = dictionary, writer
        return writer

    def numbers(self, column: str, values: NDArray[Any]) -> None:
        """A column of numbers of any integer type, shape (documents,)."""
        self._fits(column, values)
        self._columns.numbers(column, values)

    def ordinals(self, column: str, values: NDArray[Any], names: Sequence[str]) -> None:
        """A column of names: `values`, shape (documents,), are places in `names`."""
        self._fits(column, values)
        self._columns.ordinals(column, values, names)

    def raw(self, column: str, values: NDArray[np.uint8]) -> None:
        """A column of bytes, shape (documents, size)."""
        self._fits(column, values)
        self._columns.raw(column, values)

    def ids(self, ids: Sequence[str]) -> None:
        """The documents' ids. Several documents may have one id: the last of them is found by it."""
        self._fits("ids", ids)
        self._columns.ids(ids)
        self._ids = len(ids)

    def _fits(self, column: str, values: Sequence[str] | NDArray[Any]) -> None:
        if len(values) != self.documents:
            raise ValueError(f"{column}: not a value for each document")

    def finish(self, **more: Json) -> Written:
        """Write the segment. Raises DiskTrouble, and ValueError when parts do not fit one another."""
        if self._stored is not None and len(self._stored) != self.documents:
            raise ValueError("not as many documents are stored as there are")
        for dictionary in self._dictionaries.values():
            dictionary.finish()
        if self._stored is not None:
            self._stored.finish()
        fields: dict[str, Json] = {
            name: {"dictionary": of} | asdict(writer.finish()) for name, (of, writer) in self._fields.items()
        }
        return self._out.finish(
            {
                "documents": self.documents,
                "slab": self._slab,
                "dictionaries": {name: len(writer) for name, writer in self._dictionaries.items()},
                "folds": self._folds,
                "fields": fields,
                "columns": {name: asdict(shape) for name, shape in self._columns.shapes.items()},
                "ids": self._ids is not None,
                "stored": self._stored is not None,
                "more": more,
            }
        )

    def abandon(self) -> None:
        """Leave nothing; nothing happens after `finish`."""
        self._out.abandon()
