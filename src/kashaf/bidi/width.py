"""Cells a single character takes, by Unicode 15.0's East Asian Width and general category.

Wide and fullwidth characters take two cells, combining marks (Mn, Me, Mc, Hangul vowels and finals) and format
characters (Cf, less the prepended Arabic number signs) none, everything else one; ambiguous width counts as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.bidi._ucd import CELL_STARTS, CELL_VALUES
from kashaf.bidi.properties import CELL_CLASS

REPLACEMENT: Final = "\ufffd"

WIDTHS: Final = {"1": 1, "2": 2, "s": 1, "S": 2, "g": 1, "m": 0, "t": 0, "n": 0, "r": 1}


def char_width(char: str) -> int:
    """Cells taken by one code point standing alone: 0, 1 or 2."""
    return WIDTHS[CELL_CLASS[char]]


def zero_width_ranges() -> Iterator[tuple[int, int]]:
    """Code points for which `char_width` is 0, as ranges `[first, last]`, ascending."""
    for first, end, value in zip(CELL_STARTS, (*CELL_STARTS[1:], 0x110000), CELL_VALUES, strict=True):
        if WIDTHS[value] == 0:
            yield first, end - 1
