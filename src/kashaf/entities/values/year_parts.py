"""Seasons, quarters, halves, and the beginning, middle and end of longer times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from kashaf.entities.values import moments
from kashaf.entities.values import time_words as names
from kashaf.entities.values.context import Context, Found
from kashaf.entities.values.distances import away, season_away, sense_of
from kashaf.entities.values.months import dated, month_at
from kashaf.entities.values.years import counts, range_of_years, time_at, year_at

_GUESSED: Final = 0.8
_WEEKS: Final = 4
_DAYS: Final = 7


def season_at(ctx: Context, index: int) -> Found | None:
    """صيف 2015, شتاء عام 1991, صيف العام الماضي, الصيف المقبل."""
    words = ctx.words
    code = names.SEASONS[words[index].base]
    at = index + 1
    if (sense := sense_of(words[at].base)) is not None and words[index].base.startswith("ال"):
        return Found(index, at + 1, season_away(ctx.anchor, code, sense))
    if words[at].fold == "من":
        at += 1
    year = _some_year(ctx, at)
    if year is None:
        return None
    number, end, anchored, known = year
    if not known:
        return Found(index, end, moments.unknown("season", moments.NO_PUBLICATION, anchored=True))
    return Found(index, end, replace(moments.of_season(number, code), anchored=anchored))


def _some_year(ctx: Context, at: int) -> tuple[int, int, bool, bool] | None:
    """The year at a word: (year, index after it, whether counted from publication, whether it is known)."""
    words = ctx.words
    year = ctx.year_at(at)
    if year is not None and not counts(ctx, at + 1):
        ctx.said = (year, at + 1)
        return year, at + 1 + (words[at + 1].fold in names.ERAS), False, True
    found = None
    if words[at].base in names.YEAR:
        found = year_at(ctx, at)
    elif words[at].base in names.THIS and words[at + 1].base in names.YEAR:
        found = Found(at, at + 2, away(ctx.anchor, 0, names.YEARS_UNIT))
    if found is None or found.moment.granularity != "year":
        return None
    number = found.moment.year
    return number or 0, found.end, found.moment.anchored, number is not None


def year_part_at(ctx: Context, index: int) -> Found | None:
    """الربع الأول من عام 2016, النصف الثاني من شهر مايو 2017, السداسي الأول من السنة الجارية."""
    words = ctx.words
    months = names.YEAR_PARTS[words[index].base]
    ordinal = names.ORDINALS.get(words[index + 1].fold)
    parts = 12 // months
    if ordinal is None or ordinal > parts:
        return None
    number = parts if ordinal < 0 else ordinal
    at = index + 2
    if words[at].fold == "من":
        at += 1
    if (two := range_of_years(ctx, at)) is not None:
        return Found(index, two.end, moments.unknown("interval", moments.PART))
    year = _some_year(ctx, at)
    if year is None:
        return _part_of_month(ctx, index, at, number, 12 // months) if months > 3 else None
    value, end, anchored, known = year
    if not known:
        return Found(index, end, moments.unknown("interval", moments.NO_PUBLICATION, anchored=True))
    moment = moments.of_months(value, (number - 1) * months + 1, number * months)
    return Found(index, end, replace(moment, anchored=anchored))


def week_at(ctx: Context, index: int) -> Found | None:
    """الأسبوع الأول من نيسان, الأسبوع الأخير من شهر مايو 2017; else الأسبوع الماضي."""
    words = ctx.words
    number = names.ORDINALS.get(words[index + 1].fold)
    if words[index].base != "الاسبوع" or number is None or words[index + 2].fold != "من":
        return time_at(ctx, index)
    found = _part_of_month(ctx, index, index + 3, number, _WEEKS) if number <= _WEEKS else None
    return found or time_at(ctx, index)


def _part_of_month(ctx: Context, index: int, at: int, number: int, parts: int) -> Found | None:
    """One of so many parts of a month; `number` is -1 for the last."""
    found = _month_at(ctx, at)
    if found is None:
        return None
    first, last = found.moment.earliest, found.moment.latest
    if first is None or last is None or found.moment.calendar != "gregorian":
        return Found(index, found.end, replace(found.moment, edtf="", granularity="interval"))
    days = {2: 15, 3: 10, 4: 7}[parts]
    begin = first.replace(day=days * (number - 1) + 1 if number > 0 else last.day - days + 1)
    end = last if number in {-1, parts} and parts != _WEEKS else begin.replace(day=begin.day + days - 1)
    soft = "~" if parts == _WEEKS else ""
    moment = replace(
        found.moment, edtf=f"{begin}{soft}/{end}{soft}", earliest=begin, latest=end, granularity="interval",
        note=found.moment.note or (moments.PART if soft else ""),
    )  # fmt: skip
    return Found(index, found.end, moment)


def _month_at(ctx: Context, at: int) -> Found | None:
    """A month behind the part that is of it, which needs no other word to say that it is one."""
    words = ctx.words
    if not words[at].heads or words[at].skip:
        return None
    found = ctx.point(at)
    if found is not None:
        return found if found.moment.granularity == "month" else None
    month = month_at(ctx, at)
    return None if month is None or month.latin else dated(ctx, at, month, None, None)


def part_at(ctx: Context, index: int) -> Found | None:
    """أوائل عام 2020, منتصف تموز, نهاية العام الجاري, أواخر الثمانينيات."""
    words = ctx.words
    part = names.PARTS[words[index].base]
    at = index + 1
    if words[at].fold == "من" and part in {moments.EARLY, moments.MIDDLE, moments.LATE}:
        at += 1
    word = words[at]
    if word.base in {"ليل", "الليل"}:
        return None
    unit = names.TIMES.get(word.base)
    sense = sense_of(words[at + 1].base)
    if word.base == "الاسبوع":
        if part == moments.END:
            return _weekend(ctx, index, at, sense)
        return _first_of_week(ctx, index, at, sense) if part == moments.BEGINNING else None
    if unit in {names.MONTHS_UNIT, names.YEARS_UNIT} and sense is None and not ctx.numbered(at + 1):
        following = words[at + 1].fold
        if (
            part not in {moments.BEGINNING, moments.END}
            or following.startswith("ال")
            or following
            in {
                "الدراسي",
                "الدراسيه",
                "الماليه",
                "المالي",
            }
        ):
            return None
        moment = moments.part_of(away(ctx.anchor, 0, unit), part)
        return Found(index, at + 1, moment.doubted(moments.WHICH_UNSAID, _GUESSED))
    found = ctx.point(at) if word.number or word.heads else None
    if found is None or found.moment.granularity not in {"month", "year", "decade", "century"} or word.skip:
        return None
    return Found(index, found.end, moments.part_of(found.moment, part))


def _first_of_week(ctx: Context, index: int, at: int, sense: int | None) -> Found:
    """`مطلع الأسبوع`: about its Sunday; from Saturday to Monday, for countries differ."""
    end = at + 1 + (sense is not None)
    if ctx.anchor is None:
        return Found(index, end, moments.unknown("day", moments.NO_PUBLICATION, anchored=True))
    back = (ctx.anchor.weekday() + 1) % _DAYS
    sunday = moments.day_away(ctx.anchor, _DAYS * (sense or 0) - back)
    day = None if sunday is None else sunday.earliest
    if sunday is None or day is None:
        return Found(index, end, moments.unknown("day", moments.PART, anchored=True))
    ends = [one.earliest for days in (-1, 1) if (one := moments.day_away(day, days)) is not None]
    about = moments.about(sunday.counted(), moments.PART)
    return Found(index, end, replace(about, earliest=ends[0], latest=ends[-1], confidence=_GUESSED))


def _weekend(ctx: Context, index: int, at: int, sense: int | None) -> Found | None:
    """The end of a week: Friday to Sunday, whichever days are free."""
    end = at + 1 + (sense is not None)
    anchor = ctx.anchor
    if anchor is None or sense is None:
        return Found(index, end, moments.unknown("interval", moments.PART, anchored=True))
    week = away(anchor, sense, 7)
    if week.latest is None:
        return None
    friday = date.fromordinal(max(week.latest.toordinal() - 2, 1))
    moment = replace(
        week, edtf=f"{friday}~/{week.latest}~", earliest=friday, granularity="interval", note=moments.PART,
        confidence=_GUESSED,
    )  # fmt: skip
    return Found(index, end, moment)
