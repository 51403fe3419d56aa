"""Days of the Solar Hijri calendar of Iran and Afghanistan as Gregorian days.

Leap years after K. M. Borkowski, *The Persian calendar for 3000 years*, Earth, Moon, and Planets 74 (1996) 223-230:
the year begins on the day of the vernal equinox at Tehran, which his table of breaks follows from -61 to 3177 AP.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Final

_BREAKS: Final = (
    -61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178,
)  # fmt: skip
_YEARS: Final = range(1, 2001)
_LONG_MONTHS: Final = 6  # of 31 days; then of 30, the last of 29 or 30


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day; None when there is no such day in the years 1 to 2000 AP."""
    if year not in _YEARS or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    leap, first = _year(year)
    if day > (31 if month <= _LONG_MONTHS else 30 if month < 12 or leap else 29):
        return None
    days = 31 * (month - 1) - max(0, month - 1 - _LONG_MONTHS) + day - 1
    return first + timedelta(days=days)


def _year(year: int) -> tuple[bool, date]:
    """Whether the year is a leap year, and its first day."""
    leaps_before = -14
    jump = _BREAKS[1] - _BREAKS[0]
    start = _BREAKS[0]
    for low, high in pairwise(_BREAKS):
        jump, start = high - low, low
        if year < high:
            break
        leaps_before += jump // 33 * 8 + jump % 33 // 4
    passed = year - start
    leaps = leaps_before + passed // 33 * 8 + (passed % 33 + 3) // 4
    if jump % 33 == 4 and jump - passed == 4:
        leaps += 1
    gregorian = year + 621
    gregorian_leaps = gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150
    march = 20 + leaps - gregorian_leaps
    if jump - passed < 6:
        passed += -jump + (jump + 4) // 33 * 33
    cycle = ((passed + 1) % 33 - 1) % 4
    return cycle == 0, date(gregorian, 3, 1) + timedelta(days=march - 1)
