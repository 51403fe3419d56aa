"""Ranges and lists of dates: `12 إلى 14 ماي`, `11 و17 جانفي`, `بين عامي 2022 و2025`, `سنوات 2014 و2015`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kashaf.entities.values import moments
from kashaf.entities.values import time_words as names
from kashaf.entities.values.context import Context, Found
from kashaf.entities.values.moments import Moment
from kashaf.entities.values.months import dated, exact, month_at
from kashaf.entities.values.named_days import day_at
from kashaf.entities.values.years import counts

_LISTED: Final = frozenset({"و", "،", ","})
_SPANNED: Final = frozenset({"-"}) | names.RANGE_TO
_BETWEEN: Final = _LISTED | _SPANNED
_MOST: Final = 8


def days_of_month(ctx: Context, index: int) -> list[Found]:
    """`11 و17 جانفي` (two days), `12 إلى 14 ماي` (one range)."""
    words = ctx.words
    if index < ctx.dry:
        return []
    days = [index]
    signs: list[str] = []
    at = index
    while ctx.small_at(at, 31) is not None:
        sign = words[at + 1].fold
        after = at + 2
        if sign in names.RANGE_TO and words[after].fold == "غايه":
            after += 1
        if sign not in _BETWEEN or ctx.small_at(after, 31) is None or len(days) > _MOST:
            break
        signs.append(sign)
        days.append(after)
        at = after
    if not signs:
        return []
    last = day_at(ctx, days[-1])
    if last is None:
        ctx.dry = days[-1]
        return []
    if last.moment.granularity != "day" or last.moment.calendar != "gregorian":
        return []
    singles: list[Found] = []
    for place in days[:-1]:
        day = ctx.small_at(place, 31)
        moment = _same_month(last.moment, day or 1)
        if moment is None:
            return []
        singles.append(Found(place, place + 1, moment))
    if len(days) == 2 and (signs[0] in _SPANNED or (signs[0] == "و" and words[index - 1].base == "بين")):
        ranged = moments.between(singles[0].moment, last.moment)
        return [] if ranged is None else [Found(index, last.end, ranged)]
    if any(sign in _SPANNED for sign in signs):
        return []
    return [*singles, last]


def _same_month(moment: Moment, day: int) -> Moment | None:
    """Another day of the month of a day."""
    month = moment.month
    if month is None:
        return None
    if moment.year is None:
        return (
            replace(moments.open_day(month, day), anchored=moment.anchored, note=moment.note)
            if day <= 31
            else None
        )
    other = exact(moment.year, month, day)
    if other is None:
        return None
    note = "" if moment.note == moments.WRONG_WEEKDAY else moment.note
    return replace(other, anchored=moment.anchored, note=note, confidence=moment.confidence)


def range_of(ctx: Context, index: int, first: Found) -> Found | None:
    """The range that goes on behind its first date: `إلى`, `-`, and `و` behind `بين`."""
    words = ctx.words
    at = first.end
    sign = words[at].fold
    between = words[index - 1].base == "بين"
    if sign in _SPANNED or (between and sign == "و"):
        at += 1
        at += words[at].fold == "غايه"
    elif not (between and words[at].clitic == "و"):
        return None
    moment = first.moment
    if moment.granularity == "year" and moment.year is not None and (year := ctx.year_at(at)) is not None:
        last: Found | None = Found(at, at + 1, moments.of_year(year))
        ctx.said = (year, at + 1)
    else:
        last = ctx.point(at) if words[at].number or words[at].heads else None
        if last is None and between and moment.granularity == "month":
            last = _joined_month(ctx, at)
    if last is None or last.moment.granularity != moment.granularity or moment.granularity == "interval":
        return None
    if last.moment.note == moments.YEAR_UNKNOWN and moment.note == moments.YEAR_FROM_PUBLICATION:
        moment = _of_no_year(moment)
    if not last.moment.edtf or moment.calendar != last.moment.calendar:
        return None
    if moment.granularity in {"day", "month"}:
        moment = _of_its_year(moment, last.moment)
    ranged = moments.between(moment, last.moment)
    return None if ranged is None else Found(index, last.end, ranged)


def _joined_month(ctx: Context, at: int) -> Found | None:
    """The second of `بين يناير وأكتوبر`, which no other word says to be a month."""
    at += ctx.words[at].fold == "و"
    month = month_at(ctx, at) if ctx.words[at].heads else None
    return None if month is None or month.latin else dated(ctx, at, month, None, None)


def _of_no_year(moment: Moment) -> Moment:
    """`15 سبتمبر إلى 15 نوفمبر من كل سنة`: what is of every year at one end is so at the other."""
    if moment.month is None:
        return moment
    return (
        moments.open_month(moment.month) if moment.day is None else moments.open_day(moment.month, moment.day)
    )


def _of_its_year(first: Moment, last: Moment) -> Moment:
    """The first of a range with the year of its last, where its own is not said."""
    said = first.year is not None and first.note not in {moments.YEAR_FROM_PUBLICATION, moments.YEAR_UNKNOWN}
    if (
        said
        or first.month is None
        or last.year is None
        or last.latest is None
        or (first.anchored and not first.note)
    ):
        return first
    for year in (last.year, last.year - 1):
        moment = exact(year, first.month, first.day)
        if moment is not None and moment.earliest is not None and moment.earliest <= last.latest:
            return replace(moment, anchored=last.anchored, note=last.note, confidence=last.confidence)
    return first


def further_years(ctx: Context, first: Found) -> Iterator[Found]:
    """The other years of `عامي 2022 و2025`, `سنوات 2014 و2015 و2016`."""
    if first.moment.granularity != "year" or first.moment.year is None or first.moment.anchored:
        return
    at = first.end
    several = ctx.words[first.first].base in names.YEARS
    while ctx.words[at].fold in _LISTED and (year := ctx.year_at(at + 1)) is not None:
        if not several and (ctx.words[at].fold != "و" or not 1900 <= year <= 2100 or counts(ctx, at + 2)):
            return
        ctx.said = (year, at + 2)
        yield Found(at + 1, at + 2, moments.of_year(year))
        at += 2
