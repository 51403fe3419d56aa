"""Character properties from the generated tables, cached for the characters in use."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from kashaf.bidi import _ucd

if TYPE_CHECKING:
    from collections.abc import Sequence

CACHE_LIMIT = 20_000
"""Entries. A hostile text may hold every code point there is; no table may grow with it."""


class RangeTable(dict[str, str]):
    """`table[char]` is the property's value; every code point has one, lone surrogates included."""

    __slots__ = ("_starts", "_values")

    def __init__(self, starts: Sequence[int], values: Sequence[str]) -> None:
        super().__init__()
        self._starts = starts
        self._values = values

    def __missing__(self, char: str) -> str:
        if len(self) >= CACHE_LIMIT:
            self.clear()
        value = self._values[bisect_right(self._starts, ord(char)) - 1]
        self[char] = value
        return value


BIDI_CLASS = RangeTable(
    _ucd.BIDI_STARTS, [_ucd.BIDI_NAMES[ord(code) - ord("A")] for code in _ucd.BIDI_VALUES]
)
"""Bidi_Class: "L", "R", "AL", "EN" ... (UAX #44, table 13)."""

JOINING_TYPE = RangeTable(_ucd.JOINING_STARTS, _ucd.JOINING_VALUES)
"""Joining_Type: "U", "R", "L", "D", "C" or "T" (The Unicode Standard, section 9.2)."""

CELL_CLASS = RangeTable(_ucd.CELL_STARTS, _ucd.CELL_VALUES)
"""What the character does to the cells of a line; the letters are explained in `_ucd`."""


class _Mirrored(dict[str, str]):
    def __missing__(self, shown: str) -> str:
        if len(self) >= CACHE_LIMIT:
            self.clear()
        value = _ucd.MIRROR.get(shown[:1], shown[:1]) + shown[1:]
        self[shown] = value
        return value


MIRRORED = _Mirrored()
"""A base with its marks -> what is shown for it at an odd level: rule L4 of UAX #9."""
