"""Whether two figures for one thing can both be right.

A figure is an interval of numbers. `more than 80` is all above 80, so that 89 agrees with it and 80 does not. `about`
reaches a tenth to each side. A number from a thousand on that is written round reaches half of its last digit that
counts, and 2 % at most: 1.5 million is what the press makes of 1,512,000. Two figures agree when their intervals have
a number in common: the relation is symmetric, and every figure agrees with itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from kashaf.entities.model import Quantity
from kashaf.entities.statements.model import Figure, Verdict

_ABOUT: Final = 0.1
_ROUND: Final = 0.02
_ROUND_FROM: Final = 1_000
_HALF: Final = 0.499


class Bounds(NamedTuple):
    """From low to high, the ends included unless they are open."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False


def bounds(quantity: Quantity) -> Bounds:
    """The numbers that a quantity may mean."""
    low, high = min(quantity.low, quantity.high), max(quantity.low, quantity.high)
    match quantity.comparison:
        case "more than":
            return Bounds(low, math.inf, low_open=True)
        case "at least":
            return Bounds(low, math.inf)
        case "less than":
            return Bounds(-math.inf, high, high_open=True)
        case "at most":
            return Bounds(-math.inf, high)
        case "about":
            return Bounds(low - abs(low) * _ABOUT, high + abs(high) * _ABOUT)
        case "exactly" if quantity.counting != "ordinal":
            return Bounds(low - _slack(low), high + _slack(high))
    return Bounds(low, high)


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether there is a number that both may mean."""
    return _all_agree((bounds(one), bounds(other)))


def apart(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    """Whether two figures are known to be of different times."""
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])


def verdict(figures: Sequence[Figure]) -> Verdict:
    """conflict: two figures of one time, or of a time that is not known, cannot both be right."""
    distinct = {_meaning(figure): figure for figure in figures}.values()
    if _all_agree([bounds(figure.quantity) for figure in distinct]):
        return "agree"
    timed = sorted(
        ((figure.when, figure.quantity) for figure in distinct if figure.when is not None),
        key=lambda one: one[0],
    )
    for at, (when, quantity) in enumerate(timed):
        for later, other in islice(timed, at + 1, None):
            if later[0] > when[1]:
                break
            if not agree(quantity, other):
                return "conflict"
    for figure in distinct:
        if figure.when is None and not all(agree(figure.quantity, other.quantity) for other in distinct):
            return "conflict"
    return "changed"


def _all_agree(intervals: Sequence[Bounds]) -> bool:
    """Whether every two have a number in common: then all of them have one (Helly's theorem on a line)."""
    low, high = max(one.low for one in intervals), min(one.high for one in intervals)
    if low != high:
        return low < high
    return not any(
        (one.low_open and one.low == low) or (one.high_open and one.high == high) for one in intervals
    )


def _meaning(figure: Figure) -> object:
    return bounds(figure.quantity), figure.when


def _slack(number: float) -> float:
    """How far from a round number one may be that it stands for."""
    size = abs(number)
    if size < _ROUND_FROM or not math.isfinite(size) or size != int(size):
        return 0.0
    unit, whole = 1, int(size)
    while whole % (unit * 10) == 0:
        unit *= 10
    # Short of the half, so that 12,340 and 12,350 have nothing in common.
    return min(unit * _HALF, size * _ROUND) if unit > 1 else 0.0
