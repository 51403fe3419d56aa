"""Dates of a line of an article's body. Months, weekdays and calendars are those of `kashaf.corpus`; what is said
here alone is how a body tells of time: without a year, from the day of publication, by decades, parts and ranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from kashaf.entities.values import centuries, moments, relative_times, year_parts, years
from kashaf.entities.values import time_words as names
from kashaf.entities.values.context import Context, Found
from kashaf.entities.values.date_ranges import days_of_month, further_years, range_of
from kashaf.entities.values.lexicon import DATE
from kashaf.entities.values.months import MonthName, dated, exact, month_at, year_after
from kashaf.entities.values.named_days import day_at, weekday_at
from kashaf.entities.values.numeric_dates import numeric_at
from kashaf.entities.values.other_calendars import hijri_date
from kashaf.entities.values.tables import folded
from kashaf.entities.values.words import Line, match_name

_BEFORE_MONTHS: Final = folded(
    "في خلال منذ مند شهر أواخر أوائل بداية مطلع نهاية منتصف قبل بعد حتى إلى الى غاية بحلول غضون بين عن موفى طيلة"
    " طوال بدءا ابتداء شهري أشهر شهور سيما تاريخ"
)


_BEFORE_DOUBTFUL_MONTHS: Final = folded("بين شهر في خلال منذ أواخر أوائل مطلع نهاية منتصف بداية غضون")
_YEAR_DIGITS: Final = 4
_BEHIND_DAYS: Final = frozenset({"/", "-", ".", "من", "of"}) | names.HIJRI_ERAS | names.ERAS
_OF_TWO: Final = 0.9


def read_dates(line: Line, published: date | None) -> list[Found]:
    """The dates of a line in order, without overlap."""
    ctx = Context(line, published, _point)
    found: list[Found] = []
    index = 0
    words = line.words
    count = line.count
    while index < count:
        word = words[index]
        if not (word.number or word.heads & DATE):
            index += 1
            continue
        here = list(_at(ctx, index))
        if here:
            found += here
            index = here[-1].end
        else:
            index += 1
    return found


def _at(ctx: Context, index: int) -> Iterator[Found]:
    """What begins at a word: a date, a range, or the dates of a list."""
    listed = days_of_month(ctx, index)
    if listed:
        yield from listed
        return
    point = ctx.point(index)
    if point is None:
        return
    ranged = range_of(ctx, index, point)
    if ranged is not None:
        yield ranged
        return
    yield point
    yield from further_years(ctx, point)


def _point(ctx: Context, index: int) -> Found | None:
    """The single date that begins at a word, or None."""
    word = ctx.words[index]
    if word.number:
        behind = ctx.words[index + 1]
        if len(word.number) < _YEAR_DIGITS and not (behind.heads or behind.fold in _BEHIND_DAYS):
            return None
        return (
            numeric_at(ctx, index)
            or day_at(ctx, index)
            or years.range_of_years(ctx, index)
            or years.bare_year(ctx, index)
        )
    if not word.heads & DATE:
        return None
    base = word.base
    for table, read in _READERS:
        if base in table and (found := read(ctx, index)) is not None:
            return found
    if match_name(names.weekdays(), ctx.line, index) is not None:
        return weekday_at(ctx, index)
    if base in names.ordinal_days() and (found := day_at(ctx, index)) is not None:
        return found
    return _month(ctx, index, index)


def _month(ctx: Context, index: int, first: int, *, called: bool = False) -> Found | None:
    """A month with its year, `نوفمبر 03, 2025`, or alone where a word before it says that it is one."""
    words = ctx.words
    month = month_at(ctx, index)
    if month is None:
        if words[index].base == "تشرين" and (year := ctx.year_at(index + 1)) is not None:
            both = moments.of_months(year, 10, 11).doubted(moments.TWO_MONTHS, _OF_TWO)
            return Found(first, index + 2, both)
        lunar = match_name(names.hijri_months(), ctx.line, index)
        if lunar is None:
            return None
        found = hijri_date(ctx, first, lunar[0], lunar[1], None)
        return (
            found
            if found is not None or not called
            else Found(
                first, lunar[1], replace(moments.unknown("month", moments.YEAR_UNKNOWN), calendar="hijri")
            )
        )
    day = ctx.small_at(month.end, 31)
    if day is not None and (found := _american(ctx, first, month, day)) is not None:
        return found
    if not called and not month.clash:
        said = year_after(ctx, month.end)
        alone = said.year is None and said.sense is None and not said.same
        if month.latin and said.year is None:
            return None
        if alone and month.end - index <= 2 and not _called_month(ctx, index, first, month):
            return None
    return dated(ctx, first, month, None, None)


def _called_month(ctx: Context, index: int, first: int, month: MonthName) -> bool:
    """Whether the word before a month that stands alone says that it is one; the more for مارس and its like."""
    words = ctx.words
    before = words[first - 1]
    base = before.base if before.base in _BEFORE_MONTHS else before.fold.removeprefix("و")
    if month.doubtful:
        return base in _BEFORE_DOUBTFUL_MONTHS
    glued = words[index].clitic in {"ل", "ب"}
    if base == "من" and words[month.end].fold in names.RANGE_TO:
        return match_name(names.months(), ctx.line, month.end + 1) is not None  # من كانون الثاني إلى حزيران
    return base in _BEFORE_MONTHS or glued or (base == "من" and bool(words[first - 2].number))


def _american(ctx: Context, first: int, month: MonthName, day: int) -> Found | None:
    at = month.end + 1
    if ctx.words[at].fold in {"،", ","}:
        at += 1
    year = ctx.year_at(at)
    if year is None or month.clash:
        return None
    moment = exact(year, month.month, day)
    if moment is None:
        return None
    ctx.said = (year, at + 1)
    return Found(first, at + 1, moment)


def _of_month(ctx: Context, index: int) -> Found | None:
    """شهر مارس, شهر رمضان المقبل."""
    after = index + 1
    return (
        _month(ctx, after, index, called=True)
        if ctx.words[after].heads and not ctx.words[after].skip
        else None
    )


def _of_day(ctx: Context, index: int) -> Found | None:
    """يوم الأحد 29 جانفي, يوم أمس, يوم 4 ماي."""
    after = index + 1
    word = ctx.words[after]
    if not (word.number or word.heads & DATE) or word.skip:
        return None
    found = ctx.point(after)
    if found is None or found.moment.granularity != "day" or word.base in names.AGO | names.AFTER:
        return None
    return found._replace(first=index)


def _by_daypart(ctx: Context, index: int) -> Found | None:
    """ليل 12 شباط, صباح اليوم, مساء الأربعاء."""
    after = index + 1
    word = ctx.words[after]
    if not (word.number or word.heads & DATE) or (word.skip and word.base not in names.DAYS_AWAY):
        return None
    if word.base in names.DAYS_AWAY:
        found = relative_times.day_away_at(ctx, after, daypart=True)
    elif (
        word.base in names.DAY or word.number or word.base not in names.AGO | names.AFTER | names.TIMES.keys()
    ):
        found = ctx.point(after)
    else:
        return None
    if found is None or found.moment.granularity != "day":
        return None
    return found._replace(first=index)


_READERS: Final = (
    (names.PARTS, year_parts.part_at),
    (names.DAYPARTS, _by_daypart),
    (names.DAY, _of_day),
    (names.MONTH, _of_month),
    (names.THIS, relative_times.this_at),
    (names.DAYS_AWAY.keys() | {"اول", "الاول"}, relative_times.day_away_at),
    (names.AGO | names.AFTER, relative_times.ago_at),
    (names.YEAR | names.YEARS, years.year_at),
    (names.LAST_TIMES.keys(), relative_times.last_times_at),
    (names.TIMES.keys(), year_parts.week_at),
    (names.DECADES.keys(), centuries.decade_at),
    (names.SEASONS.keys(), year_parts.season_at),
    (names.YEAR_PARTS.keys(), year_parts.year_part_at),
)
