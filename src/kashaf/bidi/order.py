"""UAX #9, rules L1 and L2: from the levels of a paragraph to the visual order of one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kashaf.bidi.levels import REMOVED

if TYPE_CHECKING:
    from kashaf.bidi.levels import ParagraphLevels

# White space, isolates and separators, and between them what X9 removes.
_BLANK: Final = re.compile(rb"[ ijkdSBlrxyfb]+")
_RUN: Final = re.compile(rb"(.)\1*", re.DOTALL)

Run = tuple[int, int, int]
"""`[start, end)` of a stretch of one level, and the level."""


def line_levels(found: ParagraphLevels, start: int = 0, end: int | None = None) -> bytes:
    """Levels of the line `[start, end)`, code points of the paragraph, after rule L1; `REMOVED` stays.

    The classes looked at are the original ones, as L1 asks.
    """
    end = len(found.levels) if end is None else end
    out = bytearray(found.levels[start:end])
    to_base = bytes(level if level == REMOVED else found.base for level in range(256))
    for blank in _BLANK.finditer(found.classes, start, end):
        first, last = blank.span()
        if last < end:
            last = first + 1 + max(blank[0].rfind(b"S"), blank[0].rfind(b"B"))
        out[first - start : last - start] = out[first - start : last - start].translate(to_base)
    return bytes(out)


def visual_runs(levels: bytes) -> list[Run]:
    """Rule L2: runs of equal level in visual order, left to right; one of an odd level is read backwards.

    Linear in the number of runs, whatever their levels: each run is put at an end of the ranges it continues.
    """
    runs = [(*found.span(), found[0][0]) for found in _RUN.finditer(levels)]
    if not runs:
        return []
    lowest = min(levels)
    if max(levels) <= lowest + 1:
        return runs[::-1] if lowest & 1 else runs
    following = [-1] * len(runs)
    ranges: list[_Range] = []
    for place, (_, _, level) in enumerate(runs):
        while len(ranges) > 1 and ranges[-1].level > level and ranges[-2].level >= level:
            _join_last(ranges, following)
        if ranges and ranges[-1].level >= level:
            ranges[-1].attach(place, level, following)
        else:
            ranges.append(_Range(place, place, level))
    while len(ranges) > 1:
        _join_last(ranges, following)
    ordered = []
    place = ranges[0].first
    while place >= 0:
        ordered.append(runs[place])
        place = following[place]
    return ordered


class _Range:
    """Runs already in visual order, as a linked list from `first` to `last`."""

    __slots__ = ("first", "last", "level")

    def __init__(self, first: int, last: int, level: int) -> None:
        self.first, self.last, self.level = first, last, level

    def attach(self, place: int, level: int, following: list[int]) -> None:
        """The next run, of a level that is not above the range's."""
        if level & 1:
            following[place] = self.first
            self.first = place
        else:
            following[self.last] = place
            self.last = place
        self.level = level


def _join_last(ranges: list[_Range], following: list[int]) -> None:
    inner = ranges.pop()
    outer = ranges[-1]
    left, right = (inner, outer) if outer.level & 1 else (outer, inner)
    following[left.last] = right.first
    outer.first, outer.last = left.first, right.last


def visual_order(levels: bytes) -> list[int]:
    """Rule L2: indices into `levels` in visual order, left to right."""
    order: list[int] = []
    for start, end, level in visual_runs(levels):
        order += range(end - 1, start - 1, -1) if level & 1 else range(start, end)
    return order
