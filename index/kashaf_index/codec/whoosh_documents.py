"""Whoosh's view of the documents of a segment: values, lengths, deletions, what is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns
from whoosh.codec import base

from kashaf.said import said
from kashaf_index.codec.blobs import encode
from kashaf_index.codec.damage import damaged
from kashaf_index.codec.segment import SegmentFile

if TYPE_CHECKING:
    from kashaf_index.codec.whoosh import ArraySegment


def length_column(field: str) -> str:
    """The column that keeps a field's lengths, if any does."""
    return "length" if field == "text" else f"{field}_length"


class _Column(columns.ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    def __init__(self, values: NDArray[Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Any]:
        return (self[docnum] for docnum in range(len(self)))

    def load(self) -> list[Any]:
        return list(self)


class NumberColumn(_Column):
    """Numbers, or truth values."""

    def __init__(self, values: NDArray[Any], truth: bool) -> None:
        super().__init__(values)
        self._truth = truth
        self._reverse = False

    def __getitem__(self, docnum: int) -> int | float | bool:
        value: int | float = self._values.item(docnum)
        return bool(value) if self._truth else value

    def sort_key(self, docnum: int) -> int | float:
        value = self[docnum]
        if self._reverse:
            return not value if self._truth else -value
        return value

    def set_reverse(self) -> None:
        self._reverse = True


class NameColumn(_Column):
    """Texts, as the bytes that Whoosh has in such a column."""

    def __init__(self, ordinals: NDArray[Any], names: list[str]) -> None:
        super().__init__(ordinals)
        self._names = [encode(name) for name in names]

    def __getitem__(self, docnum: int) -> bytes:
        return self._names[int(self._values[docnum])]


class ArrayPerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]  # Whoosh has no types
    """Raises IndexDamaged. owned: close the file with the reader."""

    def __init__(self, segment: ArraySegment, file: SegmentFile, owned: bool) -> None:
        self._segment = segment
        self._file = file
        self._owned = owned

    def close(self) -> None:
        if self._owned:
            self._file.close()

    def doc_count(self) -> int:
        return self._file.size - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._file.size

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    # Columns

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        shape = self._file.columns.get(fieldname)
        return shape is not None and shape.kind != "bytes"

    def list_columns(self) -> list[str]:
        return [name for name in self._file.columns if self.has_column(name)]

    def column_reader(self, fieldname: str, column: Any) -> Any:
        if self._file.columns[fieldname].kind == "ordinal":
            return NameColumn(*self._file.names(fieldname))
        return NumberColumn(self._file.numbers(fieldname), isinstance(column, columns.BitColumn))

    # Lengths

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._lengths(fieldname)
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else int(lengths.sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._lengths(fieldname)
        return 0 if lengths is None or not len(lengths) else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        lengths = self._lengths(fieldname)
        return 0 if lengths is None or not len(lengths) else int(lengths.max())

    def _lengths(self, field: str) -> NDArray[Any] | None:
        column = length_column(field)
        return self._file.numbers(column) if column in self._file.columns else None

    # Stored fields

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        try:
            value = json.loads(self._file.stored(docnum))
        except (ValueError, RecursionError) as error:
            raise damaged(said("a stored article is not readable"), self._file.path) from error
        if not isinstance(value, dict):
            raise damaged(said("a stored article is not readable"), self._file.path)
        return value
