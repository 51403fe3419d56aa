"""Months by name and the years behind them: سبتمبر/أيلول الماضي, مارس (آذار) عام 2019."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from kashaf.entities.values import moments
from kashaf.entities.values import time_words as names
from kashaf.entities.values.context import Context, Found
from kashaf.entities.values.distances import sense_at, sense_of
from kashaf.entities.values.moments import Moment
from kashaf.entities.values.words import match_name

_COMMAS: Final = frozenset("،,")
_OPENERS: Final = frozenset("([{«")
_CLOSERS: Final = frozenset(")]}»")
_DASHES: Final = frozenset("/-")
#: A day without a year is taken for the one nearest to publication within these; beyond them it stays open.
BACK_AND_AHEAD: Final = (300, 45)
_BACK_AND_AHEAD_IN_FUTURE: Final = (30, 300)
_INFERRED: Final = 0.8
_CONFIRMED: Final = 0.95
_DOUBTFUL: Final = 0.6
_LOOSE: Final = 0.7
_HIJRI_YEARS: Final = range(1000, 1600)


class Year(NamedTuple):
    """What follows a month: a year, or a word that says where from publication, and the index after it.

    sense: -1 past, 1 to come, 0 present, None for no word. of_year: the word belongs to the year (من العام الماضي).
    """

    year: int | None
    sense: int | None
    end: int
    of_year: bool = False
    loose: bool = False
    same: bool = False


class MonthName(NamedTuple):
    """A month as written, and the index after it; doubtful: also another word; clash: two names of two months."""

    month: int
    end: int
    doubtful: bool = False
    clash: bool = False
    latin: bool = False


def month_at(ctx: Context, index: int) -> MonthName | None:
    """A Gregorian month, with its second name: `سبتمبر/أيلول`, `مارس (آذار)`."""
    words = ctx.words
    found = match_name(names.months(), ctx.line, index)
    if found is None:
        latin = match_name(names.latin_months(), ctx.line, index)
        if latin is None:
            return None
        end = latin[1] + (words[latin[1]].fold == ".")
        return MonthName(latin[0], end, doubtful=True, latin=True)
    month, end = found
    doubtful = end == index + 1 and words[index].base in names.AMBIGUOUS_MONTHS
    second = None
    after = end
    if words[end].fold in _DASHES:
        second = match_name(names.months(), ctx.line, end + 1)
        after = second[1] if second else end
    elif words[end].fold in _OPENERS:
        second = match_name(names.months(), ctx.line, end + 1)
        if second is not None and words[second[1]].fold in _CLOSERS:
            after = second[1] + 1
        else:
            second = None
    elif words[end].heads:
        second = match_name(names.months(), ctx.line, end)
        if second is not None and (second[0] != month or words[end].skip):
            second = None
        after = second[1] if second else end
    if second is None:
        return MonthName(month, end, doubtful)
    return MonthName(month, after, clash=second[0] != month)


def year_after(ctx: Context, index: int, *, hijri_year: bool = False) -> Year:
    """The year that is said behind a month."""
    words = ctx.words
    at = index
    if words[at].fold in _COMMAS or words[at].fold in _DASHES:
        at += 1
    elif (sense := sense_of(words[at].base)) is not None and words[at].skip == 0:
        return Year(None, sense, at + 1, loose=words[at].base in names.LOOSE_PAST)
    if words[at].fold == "من":
        at += 1
        if words[at].fold == "كل" and words[at + 1].base in names.YEAR:
            return Year(None, None, at + 2, same=True)
    same = words[at].fold in {"نفس", "ذات"}
    if same:
        at += 1
    called = words[at].base in names.YEAR
    if called:
        at += 1
        if same or words[at].fold in names.NEW_YEAR_WORDS:
            return Year(ctx.year_said(index), None, at + (not same), same=True)
        if (moved := sense_at(words, at)) is not None:
            return Year(None, *moved, of_year=True)
    elif words[at].base in names.THIS and words[at + 1].base in names.YEAR:
        return Year(None, 0, at + 2, of_year=True)
    elif same:
        return Year(None, None, index)
    if hijri_year:
        written = words[at].number
        said = written.isdecimal() and len(written) <= 4 and words[at + 1].fold in names.HIJRI_ERAS
        if said or (len(written) == 4 and written.isdecimal() and int(written) in _HIJRI_YEARS):
            return Year(int(written), None, at + 1 + (words[at + 1].fold in names.HIJRI_ERAS))
    year = ctx.year_at(at)
    if year is not None:
        return Year(year, None, at + 1 + (words[at + 1].fold in names.ERAS))
    if called:
        from kashaf.entities.values.numbers import read_number  # noqa: PLC0415 -- rare

        number = read_number(ctx.line, at)
        if number is not None and number.spelt and number.low in range(1500, 2101):
            return Year(int(number.low), None, number.end)
    return Year(None, None, index)


def dated(ctx: Context, first: int, month: MonthName, day: int | None, weekday: int | None) -> Found | None:
    """The date of a month and day with the year that follows, or None when there is no such day."""
    said = year_after(ctx, month.end)
    end = max(month.end, said.end)
    if month.clash:
        return Found(first, end, moments.unknown("day" if day else "month", moments.TWO_MONTHS))
    if said.year is not None:
        ctx.said = (said.year, end)
    moment = _moment(ctx, first, month.month, day, said, weekday)
    return None if moment is None else Found(first, end, checked(moment, weekday))


def checked(moment: Moment, weekday: int | None) -> Moment:
    """The same, doubted where the weekday that stands beside it is not its own."""
    if weekday is None or moment.earliest is None or moment.granularity != "day":
        return moment
    if moment.earliest.weekday() == weekday:
        return moment
    return replace(moment, confidence=_DOUBTFUL, note=moments.WRONG_WEEKDAY)


def exact(year: int, month: int, day: int | None) -> Moment | None:
    """A day or month of the Gregorian calendar; None when there is none such."""
    if not 1 <= year <= 9999:
        return None
    if day is None:
        return moments.of_month(year, month)
    if day > calendar.monthrange(year, month)[1]:
        return None
    return moments.of_day(date(year, month, day))


def _moment(
    ctx: Context, first: int, month: int, day: int | None, said: Year, weekday: int | None
) -> Moment | None:
    if said.year is not None:
        return exact(said.year, month, day)
    left_open = moments.open_month(month) if day is None else moments.open_day(month, day)
    if day is not None and day > calendar.monthrange(2000, month)[1]:
        return None
    if ctx.anchor is None or said.same:
        return replace(left_open, anchored=said.sense is not None)
    if said.sense is not None:
        return _relative(ctx.anchor, month, day, said)
    after_it = ctx.words[first - 1].fold == "بعد" and ctx.words[first - 2].fold == "ما"
    if (
        after_it
        or is_name(ctx, first)
        or any(ctx.words[place].base in names.DATED for place in range(max(first - 2, 0), first))
    ):
        return replace(left_open, note=moments.NAME)
    return _nearest(ctx, first, left_open, weekday)


def is_name(ctx: Context, first: int) -> bool:
    """Whether the day at a word is what something is called: `ساحة 25 أيار`, `شارع 14 رمضان`."""
    return ctx.words[first - 1].base in names.NAMED_BY_DAY


def _relative(anchor: date, month: int, day: int | None, said: Year) -> Moment | None:
    sense = said.sense or 0
    year = anchor.year
    unsure = False
    if said.of_year:
        year += sense
    elif sense and month == anchor.month and day is not None and day != anchor.day:
        # `6 نوفمبر الماضي` of 20 November: hardly last year's
        passed = day < anchor.day
        year += 0 if passed == (sense < 0) else sense
        unsure = passed == (sense < 0)
    elif sense < 0:
        year -= month >= anchor.month
    elif sense > 0:
        year += month <= anchor.month
    elif month != anchor.month:
        unsure = True
    moment = exact(year, month, day)
    if moment is None:
        return None
    if unsure or said.loose:
        moment = moment.doubted(moments.YEAR_FROM_PUBLICATION, _LOOSE)
    return moment.counted()


def _nearest(ctx: Context, first: int, left_open: Moment, weekday: int | None) -> Moment:
    """The nearest such day to publication, when it is near and nothing speaks for another year."""
    anchor = ctx.anchor
    said = ctx.year_said(first)
    month, day = left_open.month, left_open.day
    assert anchor is not None
    assert month is not None
    near: list[Moment] = []
    most = _BACK_AND_AHEAD_IN_FUTURE if ctx.future(first, first + 3) else BACK_AND_AHEAD
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        moment = exact(year, month, day)
        if moment is None or moment.earliest is None or moment.latest is None:
            continue
        back, ahead = (anchor - moment.latest).days, (moment.earliest - anchor).days
        if back <= most[0] and ahead <= most[1]:
            near.append(moment)
    if weekday is not None:
        agreeing = [one for one in near if one.earliest is not None and one.earliest.weekday() == weekday]
        if len(agreeing) == 1:
            return agreeing[0].doubted(moments.YEAR_FROM_PUBLICATION, _CONFIRMED).counted()
        return replace(left_open, note=moments.WRONG_WEEKDAY)
    if len(near) != 1 or (said is not None and said != near[0].year):
        return left_open
    return near[0].doubted(moments.YEAR_FROM_PUBLICATION, _INFERRED).counted()
