"""Hijri days as Gregorian days: Umm al-Qura where its tables reach, the tabular calendar beyond, said to be so."""

from __future__ import annotations

from datetime import date
from typing import Final

UMM_AL_QURA_YEARS: Final = range(1343, 1501)
_JULIAN_DAY_OF_ORDINAL_0: Final = 1_721_425
_EPOCH: Final = 1_948_439  # the Julian day before 1 Muharram 1 in the civil reckoning


def to_gregorian(year: int, month: int, day: int) -> tuple[date, bool] | None:
    """The Gregorian date and whether it is exact; None when there is no such day.

    Exact means Umm al-Qura (hijridate, 1343-1500 AH). Other years, and a thirtieth day that Umm al-Qura does not
    have but a sighting of the moon may, use the tabular calendar with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24,
    26, 29 of 30 (Reingold and Dershowitz, *Calendrical Calculations*): right to a day or two.
    """
    if not (1 <= month <= 12 and 1 <= day <= 30 and 1 <= year <= 2000):
        return None
    if year in UMM_AL_QURA_YEARS:
        from hijridate import Hijri  # noqa: PLC0415 -- start-up

        try:
            converted = Hijri(year, month, day).to_gregorian()
        except ValueError:
            pass
        else:
            return date(converted.year, converted.month, converted.day), True
    julian = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + _EPOCH
    return date.fromordinal(julian - _JULIAN_DAY_OF_ORDINAL_0), False
