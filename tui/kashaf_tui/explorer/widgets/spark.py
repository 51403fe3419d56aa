"""Counts as a line of bars, one cell each, for beside the numbers themselves: shape alone says how they run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

_LEVELS: Final = "▁▂▃▄▅▆▇█"
_NONE: Final = "·"
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"


def sparkline(counts: Sequence[int], most: int | None = None) -> str:
    """One character a count, in the order given; a dot for none, so that every place is seen.

    most: what the highest bar stands for, where several lines are to be compared; else the highest of `counts`.
    """
    top = max(most or 0, max(counts, default=0))
    return "".join(_NONE if count <= 0 else _LEVELS[_level(count, top, len(_LEVELS)) - 1] for count in counts)


def sparks(counts: Sequence[int], base: Literal["rtl", "ltr"]) -> str:
    """The line of bars as it runs in a line of the interface, isolated (RLI or LRI … PDI): time goes as words do."""
    return ("\u2067" if base == "rtl" else "\u2066") + sparkline(counts) + "\u2069"


def bar(count: int, most: int, width: int) -> str:
    """A bar from the left, of eighths of a cell, at most `width` cells; the least that is not none is an eighth."""
    if count <= 0 or most <= 0 or width <= 0:
        return ""
    whole, part = divmod(_level(count, most, width * 8), 8)
    return _EIGHTHS[8] * whole + (_EIGHTHS[part] if part else "")


def _level(count: int, most: int, levels: int) -> int:
    """From 1 to `levels`, rounded up."""
    return min(levels, -(-count * levels // most))
