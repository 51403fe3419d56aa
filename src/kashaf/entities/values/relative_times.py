"""Times told by their distance from the day of publication: أمس, قبل ثلاثة أيام, السنوات الخمس الماضية."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from kashaf.entities.model import Comparison, Granularity
from kashaf.entities.values import comparisons, moments, number_words, parts_of_units, units
from kashaf.entities.values import time_words as names
from kashaf.entities.values.context import Context, Found
from kashaf.entities.values.distances import away, season_away
from kashaf.entities.values.moments import Moment
from kashaf.entities.values.named_days import day_at, numeric_behind
from kashaf.entities.values.numbers import read_number
from kashaf.entities.values.words import match_name

_COMMAS: Final = frozenset("،,")
_SURE: Final = 0.95
_LIKELY: Final = 0.8
_NOWADAYS: Final = 0.75
_NEAR: Final = 3
_NOW: Final = frozenset({"الان", "اليوم"})
#: `قبل عامين من الزمن`: no event.
_LAPSES: Final = frozenset({"الزمن", "الزمان"})
_UNITS_OF: Final = {"mo": names.MONTHS_UNIT, "yr": names.YEARS_UNIT, "wk": 7, "d": 1}
_QUOTES: Final = frozenset('"«»“”')
_DAY_HOURS: Final = 24
#: Days and months come again every year: `في مثل هذا اليوم`.
_REPEATED: Final = frozenset({1, names.MONTHS_UNIT})


def day_away_at(ctx: Context, index: int, *, daypart: bool = False) -> Found | None:
    """اليوم, أمس, أول من أمس, بعد غد; with a weekday or a date behind it, which then decides."""
    words = ctx.words
    base = words[index].base
    at = index + 1
    if base == "امس" and words[index].clitic.endswith("ل"):
        return None  # لامس
    if base in {"اول", "الاول"}:
        at += words[at].fold == "من"
        if words[at].base not in {"امس", "البارحه"}:
            return None
        days, at = -2, at + 1
    elif base == "بعد":
        if words[at].fold not in {"غد", "الغد", "غدا"}:
            return None
        days, at = 2, at + 1
    else:
        days = names.DAYS_AWAY[base]
        if base == "امس" and words[at].fold in {"الاول", "الاولي"}:
            days, at = -2, at + 1
        if base in {"اليوم", "الغد"} and (
            words[at].fold in names.AFTER_DAY
            or words[index - 1].base in names.BEFORE_DAY
            or (words[index - 1].fold in _QUOTES and words[at].fold in _QUOTES)
        ):
            return None
    if base == "الغد" and not daypart and not _is_tomorrow(ctx, index, at):
        return None
    if base == "الليله":
        if words[at].fold in names.AFTER_NIGHT or words[index - 1].base in names.BEFORE_NIGHT:
            return None
        if words[at].base in names.PAST:
            days, at = -1, at + 1
    moment = _from(ctx.anchor, days)
    if days == 0 and base == "اليوم" and not daypart and words[index - 1].base not in names.THIS:
        moment = moment.doubted(moments.TODAY, _NOWADAYS)
    elif base in {"الغد", "الامس"} and not daypart:
        moment = moment.doubted(moments.OTHER_TIME, _NOWADAYS)
    return _with_weekday(ctx, index, at, moment, days)


def _is_tomorrow(ctx: Context, index: int, at: int) -> bool:
    """Whether `الغد` is a day: `إلى الغد`, `مباراة الغد`, `الغد الجمعة`; else it is a name, or times to come."""
    words = ctx.words
    before = words[index - 1]
    behind = at + (words[at].fold in _COMMAS)
    dated = match_name(names.weekdays(), ctx.line, behind) is not None or words[behind].number != ""
    called = before.base in names.BEFORE_TOMORROW | names.DAY or before.fold in names.BEFORE_TOMORROW
    return bool(words[index].clitic) or called or dated


def _from(anchor: date | None, days: int) -> Moment:
    if anchor is not None and (moment := moments.day_away(anchor, days)) is not None:
        return replace(moment.counted(), confidence=_SURE)
    return moments.unknown("day", moments.NO_PUBLICATION, anchored=True)


def _with_weekday(ctx: Context, index: int, at: int, moment: Moment, days: int) -> Found:
    words = ctx.words
    begin = at + (words[at].fold in _COMMAS or words[at].fold == "(")
    named = (
        match_name(names.weekdays(), ctx.line, begin)
        if words[begin].heads and not words[begin].skip
        else None
    )
    end = at
    weekday = None
    if named is not None:
        weekday, end = named
        if words[at].fold == "(":
            end += words[end].fold == ")"
        moment = _on(moment, weekday, days)
    after = end + (words[end].fold in _COMMAS)
    if words[after].base in names.AGREED:
        after += 1
    if words[after].fold == "ل":
        after += 1
    if words[after].number or words[after].heads:
        found = day_at(ctx, after, weekday, first=index) or numeric_behind(ctx, after, weekday, index)
        if found is not None and found.moment.granularity == "day":
            return found
    return Found(index, end, moment)


def _on(moment: Moment, weekday: int, days: int) -> Moment:
    """The day with its weekday, which decides: papers print of yesterday what was written of today."""
    day = moment.earliest
    if day is None:
        return moment
    if day.weekday() == weekday:
        return replace(moment, confidence=1.0, note="")
    ways = (1, -1) if days > 0 else (-1, 1)
    for way in ways:
        for distance in range(1, _NEAR + 1):
            near = moments.day_away(day, way * distance)
            if near is not None and near.earliest is not None and near.earliest.weekday() == weekday:
                return near.counted().doubted(moments.WEEKDAY_DECIDES, 0.7)
    return moments.unknown("day", moments.WRONG_WEEKDAY, anchored=True)


def ago_at(ctx: Context, index: int) -> Found | None:
    """قبل ثلاثة أيام, منذ نحو عامين, قبل أكثر من عقد; `بعد` only where the sentence tells of what is to come."""
    words = ctx.words
    forward = words[index].base in names.AFTER
    if forward and words[index + 1].fold in {"غد", "الغد", "غدا"}:
        return day_away_at(ctx, index)
    at = index + 1
    compared = comparisons.beginning(ctx.line, at)
    if compared is not None:
        at = compared[1]
    vague = False
    count: float = 1
    if words[at].fold in names.MANY:
        vague, at = True, at + 1
    else:
        number = read_number(ctx.line, at)
        if number is not None:
            count, at = number.low, number.end
            vague = number.low != number.high
            if words[at].fold not in names.UNITS and words[at].fold == "من" and vague:
                at += 1  # عشرات من السنين
    unit_word = words[at]
    unit = names.UNITS.get(unit_word.fold) if not unit_word.skip else None
    if unit is None:
        return None
    counted = at > index + 1 + (compared is not None)
    if unit_word.fold in names.DUAL_UNITS:
        count = 2
    elif unit_word.fold in names.PLURAL_UNITS and not counted:
        vague = True
    end = at + 1
    following = words[end]
    measure = units.measure(unit_word.fold) or units.DUALS.get(unit_word.fold)
    whole = parts_of_units.continued(ctx.line, end, count, measure.symbol) if measure is not None else None
    if whole is not None and measure is not None:
        end, following = whole.end, words[whole.end]
        if whole.unit in _UNITS_OF:  # قبل سنة و3 أشهر
            count, unit = whole.value, _UNITS_OF[whole.unit]
        else:
            vague = True
    elif following.fold in {"مضت", "خلت", "قليله", "طويله", "عديده"}:
        end += 1
        following = words[end]
    if (
        not counted
        and compared is None
        and (following.number or following.fold.startswith("ال") or following.base in names.DAYS_AWAY)
    ):
        return None  # قبل عام 2014, قبل يوم الاقتراع
    if not counted and following.heads and match_name(names.months(), ctx.line, end) is not None:
        return None  # منذ شهر مارس
    if (
        unit_word.fold == "شهر"
        and not counted
        and following.base in {"رمضان", "شعبان", "محرم", "رجب", "شوال", "صفر"}
    ):
        return None
    from_now = following.fold == "من" and words[end + 1].fold in _NOW
    from_event = following.fold in names.EVENT_FOLLOWERS and not from_now
    if forward and (unit == 0 or from_event or not (from_now or ctx.future(index, end))):
        return None
    granularity = _granularity(unit)
    if from_event and words[index].base == "قبل" and words[end + 1].fold not in _LAPSES:
        return Found(index, end, moments.unknown(granularity, moments.FROM_AN_EVENT))
    latest = ctx.anchor if not forward else None
    if vague:
        return Found(index, end, moments.unknown(granularity, moments.VAGUE, anchored=True, latest=latest))
    moment = _distant(ctx.anchor, count if forward else -count, unit)
    if moment.edtf and compared is not None:
        moment = _bounded(moment, compared[0], forward=forward)
    return Found(index, end, moment)


def _granularity(unit: int) -> Granularity:
    if unit >= 10 * names.YEARS_UNIT:
        return "decade" if unit < 100 * names.YEARS_UNIT else "century"
    if unit == names.YEARS_UNIT:
        return "year"
    return "month" if unit == names.MONTHS_UNIT else "week" if unit == 7 else "day"


def _distant(anchor: date | None, count: float, unit: int) -> Moment:
    granularity = _granularity(unit)
    lost = moments.unknown(granularity, moments.NO_PUBLICATION, anchored=True)
    if anchor is None:
        return lost
    found: Moment | None
    whole = round(count) if abs(count) < 10**6 else 10**6
    if unit >= names.YEARS_UNIT:
        found = moments.year_away(anchor, whole * unit // names.YEARS_UNIT)
    elif unit == names.MONTHS_UNIT:
        found = moments.month_away(anchor, whole)
    elif unit == 0:
        if abs(count) > _DAY_HOURS // 2:
            return moments.unknown("day", moments.HOURS, anchored=True)
        found = moments.day_away(anchor, 0)
        return lost if found is None else found.counted().doubted(moments.HOURS, 0.7)
    else:
        found = moments.day_away(anchor, whole * unit)
    if found is None:
        return lost
    if unit == 1 and count == whole:
        return replace(found.counted(), confidence=0.9)
    if unit == 7 and found.earliest is not None:
        day = found.earliest
        low, high = moments.day_away(day, -3), moments.day_away(day, 3)
        found = replace(
            found,
            granularity="week",
            earliest=low.earliest if low else day,
            latest=high.latest if high else day,
        )
    return moments.about(found.counted(), moments.DISTANCE)


def _bounded(moment: Moment, compared: Comparison, *, forward: bool) -> Moment:
    if compared in {"more than", "at least"}:
        beyond = replace(moment, granularity="interval", note=moments.SINCE_MORE, confidence=_LIKELY)
        if forward:
            return replace(beyond, edtf=f"{moment.edtf}/..", latest=None)
        return replace(beyond, edtf=f"../{moment.edtf}", earliest=None)
    if compared in {"less than", "at most"}:
        return moment.doubted(moments.SINCE_LESS, 0.7)
    return moments.about(moment)


def last_times_at(ctx: Context, index: int) -> Found | None:
    """السنوات الخمس الماضية, الأيام الثلاثة المقبلة, الساعات الـ24 الماضية; without a number it stays open."""
    words = ctx.words
    base = words[index].base
    unit = names.LAST_TIMES[base]
    at = index + 1
    count: int | None = 2 if base in names.DUAL_LAST else None
    if words[at].fold in number_words.DEFINITE_NUMBERS:
        count, at = number_words.DEFINITE_NUMBERS[words[at].fold], at + 1
    elif words[at].fold == "ال" and (small := ctx.small_at(at + 1, 99)) is not None:
        count, at = small, at + 2
    elif words[at].fold in {"القليله", "الطويله", "القليلتين"}:
        at += 1
    word = words[at]
    past = word.base in names.LASTING_PAST
    if word.skip or not (past or word.base in names.LASTING_FUTURE):
        return None
    end = at + 1
    if end < ctx.line.count and words[end].fold in number_words.DEFINITE_NUMBERS and count is None:
        count, end = number_words.DEFINITE_NUMBERS[words[end].fold], end + 1
    anchor = ctx.anchor
    if count is None or anchor is None:
        note = moments.VAGUE if count is None else moments.NO_PUBLICATION
        return Found(
            index, end, moments.unknown("interval", note, anchored=True, latest=anchor if past else None)
        )
    days = unit == 0
    far = _distant(
        anchor, (-1 if past else 1) * (max(count // _DAY_HOURS, 1) if days else count), 1 if days else unit
    )
    today = moments.of_day(anchor)
    moment = moments.between(far, today) if past else moments.between(today, far)
    if moment is None:
        return None
    return Found(index, end, replace(moment, anchored=True, confidence=_LIKELY, note=moments.DISTANCE))


def this_at(ctx: Context, index: int) -> Found | None:
    """هذا العام, هذه السنة, هذا الأسبوع."""
    words = ctx.words
    unit = names.TIMES.get(words[index + 1].base)
    season = names.SEASONS.get(words[index + 1].base)
    if words[index - 1].base == "مثل" and unit in _REPEATED and not words[index + 1].skip:
        return Found(index, index + 2, moments.unknown(_granularity(unit), moments.OTHER_TIME))
    if season is not None and words[index + 1].base.startswith("ال"):
        return Found(index, index + 2, season_away(ctx.anchor, season, 0))
    if words[index + 1].skip or unit is None:
        if words[index + 1].base == "الليله":
            return Found(index, index + 2, _from(ctx.anchor, 0))
        return None
    if unit == 1:
        return Found(index, index + 2, _from(ctx.anchor, 0))
    if unit not in {7, names.MONTHS_UNIT, names.YEARS_UNIT}:
        return None
    return Found(index, index + 2, away(ctx.anchor, 0, unit))
