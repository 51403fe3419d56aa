"""Two numbers as the ends of one: 10 إلى 12, بين 10 و12 مليون, من 5 دولارات إلى 10 دولارات."""

from __future__ import annotations

from typing import Final

from kashaf.entities.values.counted import counted_at
from kashaf.entities.values.numbers import Number, read_number
from kashaf.entities.values.tables import folded
from kashaf.entities.values.words import Line

_TO: Final = frozenset({"-"}) | folded("إلى الى حتى أو")
_STRONG: Final = folded("إلى الى حتى")


def continued(line: Line, index: int, number: Number, ceiling: int) -> Number | None:
    """The range that a number begins, as a number of two ends; None when it begins none.

    A scale said once is both's: `25 إلى 30 مليون`.
    """
    words = line.words
    at = number.end
    between = words[index - 1].base == "بين"
    if words[at].fold in _TO or (between and words[at].fold == "و"):
        at += 1
    elif not (between and words[at].clitic == "و"):
        at = _past_unit(line, at, number, between)
    if not 0 <= at < ceiling or number.low != number.high:
        return None
    second = read_number(line, at)
    if second is None or second.low != second.high:
        return None
    shared = number.scale == 1 and number.low < second.low / second.scale
    low = number.low * (second.scale if shared else 1)
    if low >= second.low:
        return None
    return second._replace(low=low, spelt=False, confidence=min(number.confidence, second.confidence))


def _past_unit(line: Line, at: int, number: Number, between: bool) -> int:
    """The index of the second number where the first has its unit too; -1 when there is none."""
    words = line.words
    if not "ء" <= words[at].fold[:1] <= "ي":
        return -1
    counted = counted_at(line, at, number)
    if counted is None:
        return -1
    sign = words[counted.end].fold
    if not (sign in _STRONG or (between and sign == "و")):
        return -1
    second = read_number(line, counted.end + 1)
    if second is None:
        return -1
    again = counted_at(line, second.end, second)
    same = again is not None and (again.counting, again.unit) == (counted.counting, counted.unit)
    return counted.end + 1 if same else -1
