"""Days and months of the Hijri calendars, and of Gregorian ones whose months are common words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from kashaf.corpus import solar_hijri
from kashaf.entities.values import moments
from kashaf.entities.values import time_words as names
from kashaf.entities.values.context import Context, Found
from kashaf.entities.values.moments import Moment
from kashaf.entities.values.months import BACK_AND_AHEAD, MonthName, Year, checked, dated, is_name, year_after
from kashaf.entities.values.words import match_name

_INFERRED: Final = 0.8
_SOLAR_YEARS: Final = range(1200, 1500)


def other_calendars(ctx: Context, first: int, at: int, day: int, weekday: int | None) -> Found | None:
    """A day of the Hijri or Solar Hijri calendar, or of a month that only a year behind it makes one."""
    words = ctx.words
    lunar = match_name(names.hijri_months(), ctx.line, at)
    if lunar is not None and not words[at].skip:
        found = hijri_date(ctx, first, lunar[0], lunar[1], day)
        return None if found is None else found._replace(moment=checked(found.moment, weekday))
    for table in (names.solar_months(), names.guarded_months()):
        other = match_name(table, ctx.line, at, head=words[at].fold)
        if other is None:
            continue
        month, end = other
        written = words[end].number
        year = int(written) if len(written) == 4 and written.isdecimal() else 0
        if year in _SOLAR_YEARS and table is names.solar_months():
            value = solar_hijri.to_gregorian(year, month, day)
            if value is not None:
                moment = replace(moments.of_day(value), calendar="solar hijri")
                return Found(first, end + 1, checked(moment, weekday))
        said = year_after(ctx, end)
        if said.year is not None and table is names.guarded_months():
            return dated(ctx, first, MonthName(month, end), day, weekday)
    return None


def hijri_date(ctx: Context, first: int, month: int, at: int, day: int | None) -> Found | None:
    """A Hijri month at the words before `at`, with its year if it is said."""
    said = year_after(ctx, at, hijri_year=True)
    end = max(said.end, at)
    anchor = ctx.anchor
    if said.year is not None and said.year < 1600:
        moment = moments.of_hijri(said.year, month, day)
        return None if moment is None else Found(first, end, moment)
    found: list[Moment] = []
    if said.year is not None:  # رمضان 2017: that of which most lies in the year
        for year in (
            (said.year - 622) * 33 // 32,
            (said.year - 622) * 33 // 32 + 1,
            (said.year - 622) * 33 // 32 + 2,
        ):
            moment = moments.of_hijri(year, month, day)
            if moment is not None and moment.earliest is not None and moment.earliest.year == said.year:
                found.append(moment)
    elif day is not None and said.sense is None and is_name(ctx, first):
        return Found(first, end, replace(moments.unknown("day", moments.NAME), calendar="hijri"))
    elif anchor is not None:
        found = _hijri_near(anchor, month, day, said)
    if len(found) == 1:
        return Found(first, end, found[0])
    if day is None and said.end == at:
        return None
    return Found(
        first,
        end,
        replace(moments.unknown("day" if day else "month", moments.YEAR_UNKNOWN), calendar="hijri"),
    )


def _hijri_near(anchor: date, month: int, day: int | None, said: Year) -> list[Moment]:
    year = (anchor.year - 622) * 33 // 32
    several = [moments.of_hijri(one, month, day) for one in range(year - 1, year + 4)]
    dated_ones = [
        one for one in several if one is not None and one.earliest is not None and one.latest is not None
    ]
    if said.sense is not None and not said.of_year:
        sense = said.sense
        if sense < 0:
            fitting = [one for one in dated_ones if one.latest is not None and one.latest < anchor][-1:]
        elif sense > 0:
            fitting = [one for one in dated_ones if one.earliest is not None and one.earliest > anchor][:1]
        else:
            fitting = [one for one in dated_ones if one.earliest is not None and one.latest is not None
                       and one.earliest <= anchor <= one.latest]  # fmt: skip
        return [one.counted() for one in fitting]
    if day is None:
        return []
    back, ahead = BACK_AND_AHEAD
    return [
        one.doubted(moments.HIJRI_YEAR, _INFERRED).counted()
        for one in dated_ones
        if one.earliest is not None and -back <= (one.earliest - anchor).days <= ahead
    ]
