"""Charts of dots, as lines of text without colour or control sequences; plotille draws them.

What is drawn are numbers alone: no text of an article comes near the library. Dots of braille (two by four a cell)
carry the whole meaning by their shape, so that a chart is the same with colours and without, on light and on dark.
An axis of time runs in the direction of the interface: in Arabic the oldest stands at the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from plotille import Canvas  # type: ignore[import-untyped]  # its annotations are not marked as such

_EMPTY: Final = "\u2800"
_DOTS_ACROSS: Final = 2  # of a cell
_DOTS_UP: Final = 4


class Mark(NamedTuple):
    """Something on a plane: at `x`, from `low` to `high`."""

    x: float
    low: float
    high: float


def columns(counts: Sequence[int], width: int, height: int, *, rtl: bool = False) -> list[str]:
    """A column for each count, beginning where a line of the interface begins; `height` lines of `width` cells.

    Counts that have not a dot's width each are added up with their neighbours. What is not nothing is seen.
    """
    across = width * _DOTS_ACROSS
    if not counts or width < 1 or height < 1:
        return [" " * max(0, width)] * max(0, height)
    heights = _rebinned(counts, across)
    step = max(1, across // len(heights))
    gap = 1 if step > 2 else 0
    top, up = max(heights), height * _DOTS_UP
    canvas = _canvas(width, height)
    for at, count in enumerate(heights):
        tall = -(-count * up // top) if top else 0
        for x in range(at * step, (at + 1) * step - gap):
            for y in range(tall):
                canvas.point(across - 1 - x if rtl else x, y)
    return _lines(canvas)


def columns_width(counts: int, width: int) -> int:
    """How many of `width` cells the columns of so many counts take."""
    across = width * _DOTS_ACROSS
    if not 0 < counts <= across:
        return width
    return -(-counts * (across // counts) // _DOTS_ACROSS)


def plane(marks: Sequence[Mark], width: int, height: int, *, rtl: bool = False) -> list[str]:
    """Marks on a plane, the lowest at the bottom and the first where a line of the interface begins.

    `height` lines of `width` cells. A mark is a spot of two dots by two, one with a range a line between its ends.
    """
    if not marks or width < 1 or height < 1:
        return [" " * max(0, width)] * max(0, height)
    canvas = _canvas(width, height)
    across, up = width * _DOTS_ACROSS - 2, height * _DOTS_UP - 2
    left, right = min(mark.x for mark in marks), max(mark.x for mark in marks)
    bottom, top = min(mark.low for mark in marks), max(mark.high for mark in marks)
    for mark in marks:
        x = _place(mark.x, left, right, across)
        x = across - x if rtl else x
        for y in range(_place(mark.low, bottom, top, up), _place(mark.high, bottom, top, up) + 2):
            canvas.point(x, y)
            canvas.point(x + 1, y)
    return _lines(canvas)


def _canvas(width: int, height: int) -> Canvas:
    from plotille import Canvas  # noqa: PLC0415 -- a chart is not shown at every start

    return Canvas(width, height, 0, 0, width * _DOTS_ACROSS, height * _DOTS_UP)


def _lines(canvas: Canvas) -> list[str]:
    return [line.replace(_EMPTY, " ") for line in canvas.plot(linesep="\n").split("\n")]


def _place(value: float, low: float, high: float, most: int) -> int:
    """Where from 0 to `most` a value stands between two others; in the middle when they are one."""
    return round((value - low) / (high - low) * most) if high > low else most // 2


def _rebinned(counts: Sequence[int], most: int) -> list[int]:
    """The counts, neighbours added up evenly until there are at most so many."""
    by = -(-len(counts) // most)
    return [sum(counts[at : at + by]) for at in range(0, len(counts), by)]
