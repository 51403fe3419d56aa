"""What a segment's container says of itself, read without believing it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from kashaf.errors import IndexDamaged
from kashaf.said import said
from kashaf_index.codec.columns import KINDS, ColumnShape
from kashaf_index.codec.damage import damaged
from kashaf_index.codec.postings import FieldShape

if TYPE_CHECKING:
    from kashaf.storage.strict_json import Json

KIND: Final = "segment"
#: So that a document's number fits 32 bits, and a mask of all documents fits the memory.
MAX_DOCUMENTS: Final = 1 << 28

_T = TypeVar("_T")


class Meta:
    """A JSON object out of a file, of which nothing is believed."""

    def __init__(self, value: Json, path: Path) -> None:
        self._path = path
        self._value: dict[str, Json] = self.of(value, dict)

    def malformed(self) -> IndexDamaged:
        return damaged(said("the file's directory is not readable"), self._path)

    def of(self, value: Json, kind: type[_T]) -> _T:
        # bool is an int to isinstance.
        if type(value) is not kind or (isinstance(value, int) and value < 0):
            raise self.malformed()
        return value

    def number(self, key: str, most: int) -> int:
        number = self.of(self._value.get(key), int)
        if number > most:
            raise self.malformed()
        return number

    def truth(self, key: str) -> bool:
        return self.of(self._value.get(key), bool)

    def text(self, key: str) -> str:
        return self.of(self._value.get(key), str)

    def mapping(self, key: str) -> dict[str, Json]:
        return self.of(self._value.get(key), dict)


def field_shape(meta: Meta, dictionaries: Mapping[str, int]) -> tuple[str, FieldShape]:
    """A field's dictionary, one of those of these lengths, and what it holds. Raises IndexDamaged."""
    dictionary = meta.text("dictionary")
    if dictionary not in dictionaries:
        raise meta.malformed()
    shape = FieldShape(
        counts=meta.truth("counts"),
        positions=meta.truth("positions"),
        rows=meta.number("rows", dictionaries[dictionary]),
        every=meta.truth("every"),
        postings=meta.number("postings", 1 << 62),
        occurrences=meta.number("occurrences", 1 << 62),
    )
    every = shape.rows == dictionaries[dictionary]
    if shape.every is not every or (shape.positions and not shape.counts):
        raise meta.malformed()
    return dictionary, shape


def column_shape(meta: Meta) -> ColumnShape:
    """What a column holds. Raises IndexDamaged."""
    kind = meta.text("kind")
    for known in KINDS:
        if kind == known:
            shape = ColumnShape(known, meta.number("size", 1 << 16))
            if shape.size and (kind == "bytes" or shape.size == 1):
                return shape
    raise meta.malformed()
