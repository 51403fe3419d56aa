"""What a writer of Whoosh's gives, written as a segment of arrays.

Fields may be of any type of Whoosh's whose postings are nothing, a number of occurrences, or positions; columns may
hold numbers, truth values and texts. What a segment does not hold is refused with a TypeError or ValueError: boosts
of single postings, characters, vectors, bytes that are no UTF-8. A whole segment's documents are held in memory but
for what is stored.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
from whoosh import columns
from whoosh.codec import base

from kashaf_index.codec.segment import SegmentWriter
from kashaf_index.codec.whoosh_documents import length_column

_POSTINGS: Final = 1 << 16  # written in one go


class ArrayPerDocumentWriter(base.PerDocumentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Values by document. `close` tells the segment's writer how many documents there are."""

    def __init__(self, out: SegmentWriter) -> None:
        self._out = out
        self._count = 0
        self._lengths: dict[str, dict[int, int]] = {}
        self._values: dict[str, tuple[Any, dict[int, Any]]] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin a document, also in the place of one that was begun and came to nothing."""
        if docnum != self._count:
            raise ValueError(f"document {docnum} where {self._count} was expected")
        self._stored: dict[str, Any] = {}
        self._its_lengths: dict[str, int] = {}
        self._its_values: dict[str, tuple[Any, Any]] = {}

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int | None) -> None:
        del fieldobj
        if value is not None:
            self._stored[fieldname] = value
        if length:
            self._its_lengths[fieldname] = length

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        self._its_values[fieldname] = columnobj, value

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:
        del fieldobj, items
        raise TypeError(f"{fieldname}: vectors are not kept")

    def finish_doc(self) -> None:
        self._out.stored.append(json.dumps(self._stored, ensure_ascii=False).encode("utf-8"))
        for name, length in self._its_lengths.items():
            self._lengths.setdefault(name, {})[self._count] = length
        for name, (column, value) in self._its_values.items():
            self._values.setdefault(name, (column, {}))[1][self._count] = value
        self._count += 1

    def cancel_doc(self) -> None:
        """The next document takes this one's place. Whoosh 2.7.4 does not say so when a document fails."""

    def close(self) -> None:
        self._out.documents = self._count
        for field, lengths in self._lengths.items():
            self._out.numbers(length_column(field), self._filled(lengths, 0, np.dtype(np.uint32)))
        for name, (column, values) in self._values.items():
            self._write_column(name, column, values)
        self.is_closed = True

    def _write_column(self, name: str, column: Any, values: dict[int, Any]) -> None:
        if isinstance(column, columns.NumericColumn):
            dtype = np.dtype(column._typecode)
            self._out.numbers(name, self._filled(values, column.default_value(), dtype))
        elif isinstance(column, columns.BitColumn):
            self._out.numbers(name, self._filled(values, column.default_value(), np.dtype(np.uint8)))
        elif isinstance(column, (columns.VarBytesColumn, columns.RefBytesColumn)):
            missing = column.default_value().decode("utf-8")
            texts = {doc: value.decode("utf-8") for doc, value in values.items()}
            names = sorted({missing, *texts.values()})
            numbers = {text: number for number, text in enumerate(names)}
            ordinals = {doc: numbers[text] for doc, text in texts.items()}
            self._out.ordinals(name, self._filled(ordinals, numbers[missing], np.dtype(np.uint32)), names)
        else:
            raise TypeError(f"{name}: no segment holds a {type(column).__name__}")

    def _filled(self, values: dict[int, Any], default: Any, dtype: np.dtype[Any]) -> Any:
        filled = np.full(self._count, default, dtype)
        filled[list(values)] = list(values.values())
        return filled


class ArrayFieldWriter(base.FieldWriter):  # type: ignore[misc]  # Whoosh has no types
    """Terms and postings, in the order of fields, terms and documents. `close` makes the file, if there were any."""

    def __init__(self, out: SegmentWriter) -> None:
        self._out = out
        self._written = False
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Any]) -> None:
        super().add_postings(schema, lengths, items)
        self._written = True

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        format_ = fieldobj.format
        self._name = fieldname
        self._positioned = bool(format_.supports("positions"))
        if format_.supports("characters"):
            raise TypeError(f"{fieldname}: characters are not kept")
        self._positions: Callable[[bytes], list[int]] | None = (
            format_.decode_positions if self._positioned else None
        )
        self._counted = self._positioned or format_.posting_size != 0
        self._dictionary = self._out.dictionary(fieldname)
        self._postings = self._out.postings(
            fieldname, fieldname, counts=self._counted, positions=self._positioned
        )
        self._count_of: Callable[[bytes], int] = format_.decode_frequency
        self._clear()

    def start_term(self, text: bytes) -> None:
        if len(self._docs) >= _POSTINGS:
            self._flush()
        self._terms.append(text)
        self._df.append(0)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        del length
        if self._positions is not None:
            at = self._positions(vbytes)
            count = len(at)
            self._places.extend(at)
        else:
            count = self._count_of(vbytes)
        if weight != count:
            raise ValueError(f"{self._name}: weights beside the number of occurrences are not kept")
        self._docs.append(docnum)
        self._counts.append(count)
        self._df[-1] += 1

    def finish_term(self) -> None:
        pass

    def finish_field(self) -> None:
        self._flush()

    def close(self) -> None:
        if not self.is_closed:
            self.is_closed = True
            if self._written:
                self._out.finish()
            else:
                self._out.abandon()

    def _flush(self) -> None:
        if self._terms:
            first = self._dictionary.append(self._terms)
            self._postings.append(
                np.arange(first, first + len(self._terms), dtype=np.uint32),
                np.array(self._df, np.uint32),
                np.array(self._docs, np.uint32),
                np.array(self._counts, np.uint32) if self._counted else None,
                np.array(self._places, np.uint32) if self._positioned else None,
            )
        self._clear()

    def _clear(self) -> None:
        self._terms: list[bytes] = []
        self._df: list[int] = []
        self._docs, self._counts, self._places = array("I"), array("I"), array("I")
