"""A measure with a part of it behind: ساعة و20 دقيقة, 3 كيلومترات و200 متر, ثلاث ساعات ونصف الساعة."""

from __future__ import annotations

from typing import Final, NamedTuple

from kashaf.entities.values import number_words, units
from kashaf.entities.values.counted import counted_at
from kashaf.entities.values.numbers import read_number
from kashaf.entities.values.words import Line

_DAYS_OF_MONTH: Final = 30
_DAYS_OF_YEAR: Final = 365
#: How many of the second make one of the first.
_IN: Final = {
    ("h", "min"): 60,
    ("min", "s"): 60,
    ("d", "h"): 24,
    ("wk", "d"): 7,
    ("yr", "mo"): 12,
    ("mo", "d"): _DAYS_OF_MONTH,
    ("yr", "d"): _DAYS_OF_YEAR,
    ("km", "m"): 1000,
    ("m", "cm"): 100,
    ("t", "kg"): 1000,
    ("kg", "g"): 1000,
}


class Whole(NamedTuple):
    """value, unit: of both together, in the smaller unit. end: index after them. about: months of 30 days."""

    value: float
    unit: str
    end: int
    about: bool = False


def continued(line: Line, end: int, value: float, unit: str) -> Whole | None:
    """The measure whose words end before `end`, with the part of it that و joins; None when none is there."""
    words = line.words
    apart = words[end].fold == "و"
    at = end + apart
    if not apart and words[end].clitic != "و":
        return None
    if words[at].base in number_words.FRACTIONS:
        part = number_words.FRACTIONS[words[at].base]
        behind = words[at + 1].fold
        again = units.measure(behind.removeprefix("ال"))
        if again is not None and again.symbol != unit:
            return None  # `3 أيام ونصف ساعة`
        if again is None and behind in number_words.DEFINITE_SCALES | number_words.CARDINALS:
            return None
        return Whole(value + part, unit, at + 1 + (again is not None))
    number = read_number(line, at) if words[at].heads else None
    if number is None or number.low != number.high:
        dual = units.DUALS.get(words[at].base)
        if number is not None or dual is None or (unit, dual.symbol) not in _IN:
            return None
        return _together(value, unit, 2, dual.symbol, at + 1)
    counted = counted_at(line, number.end, number)
    if counted is None or (unit, counted.unit) not in _IN:
        return None
    return _together(value, unit, number.low, counted.unit, counted.end)


def _together(value: float, unit: str, more: float, smaller: str, end: int) -> Whole | None:
    ratio = _IN[unit, smaller]
    if more >= ratio:
        return None
    return Whole(value * ratio + more, smaller, end, ratio in {_DAYS_OF_MONTH, _DAYS_OF_YEAR})
