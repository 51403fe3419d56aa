"""Days by name, and days of the week: 6 نوفمبر (تشرين الثاني) 2025, غرة أفريل, الجمعة 3 رجب 1446هـ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from kashaf.entities.values import moments, number_words
from kashaf.entities.values import time_words as names
from kashaf.entities.values.context import Context, Found
from kashaf.entities.values.distances import sense_at, sense_of
from kashaf.entities.values.months import checked, dated, exact, month_at
from kashaf.entities.values.numeric_dates import numeric_at
from kashaf.entities.values.other_calendars import other_calendars
from kashaf.entities.values.tables import folded
from kashaf.entities.values.words import match_name

_COMMAS: Final = frozenset("،,")
_LOOSE: Final = 0.7
_DASHES: Final = frozenset("-/.")
_NEXT: Final = 3
#: No month has more Sundays.
_MOST_OF_A_WEEKDAY: Final = 5
_OF_NOW: Final = frozenset({"الجاري"})
_PARTS_OF_MONTHS: Final = names.YEAR_PARTS.keys() | folded("الأسبوع الجزء القسم الشطر")
# Words that make a weekday the name of something, or any such day.
_BEFORE_NO_WEEKDAY: Final = folded(
    "حي بيت جبل نهر وادي كنيسة سوق باب صحيفة عين قرية مسجد جامع بلدة عبد صلاة خطبة كل أيام ليالي جمعة حد خميس ال"
    " شارع محطة موقعة"
)
_AFTER_NO_WEEKDAY: Final = folded("الأسود السوداء العظيمة الحزينة البيضاء الدامي الدامية العظيم اليتيمة")


def day_at(ctx: Context, index: int, weekday: int | None = None, *, first: int | None = None) -> Found | None:
    """`6 [من] [شهر] نوفمبر …` or `السادس من نوفمبر …`, of any calendar."""
    words = ctx.words
    first = index if first is None else first
    day = ctx.small_at(index, 31)
    at = index + 1
    if day is None:
        ordinal = match_name(names.ordinal_days(), ctx.line, index)
        if ordinal is None:
            return None
        day, at = ordinal
        if words[index - 1].base in _PARTS_OF_MONTHS:
            return None  # النصف الثاني من شباط
        if words[at].fold == "من":
            at += 1
        elif words[index].base not in {"غره", "فاتح", "الفاتح", "اول"} and weekday is None:
            return None
    elif words[at].fold == "من" or (words[at].fold in {"/", "-", ".", "of"} and words[at + 1].heads):
        at += 1
    this_month = _of_this_month(ctx, first, at, day, weekday)
    if this_month is not None:
        return this_month
    if words[at].base in names.MONTH:
        at += 1
    if not words[at].heads and not words[at].fold:
        return None
    month = month_at(ctx, at)
    if month is not None:
        if month.latin and ctx.year_at(month.end + (words[month.end].fold in _COMMAS)) is None:
            return None
        if words[at].skip:  # `3 ومارس`
            return None
        return dated(ctx, first, month, day, weekday)
    if words[at - 1].fold in _DASHES:
        return None  # `6 - صفر` is a score
    return other_calendars(ctx, first, at, day, weekday)


def _of_this_month(ctx: Context, first: int, at: int, day: int, weekday: int | None) -> Found | None:
    """`15 من الشهر الجاري`, `الحادي عشر من هذا الشهر`, `12 الجاري`."""
    words = ctx.words
    if words[at].base in _OF_NOW and not words[at].skip:
        return _in_month(ctx, first, at + 1, day, weekday, 0)
    if words[at - 1].fold != "من":
        return None
    if words[at].base in names.THIS and words[at + 1].base == "الشهر":
        sense: int | None = 0
    elif words[at].base == "الشهر":
        sense = sense_of(words[at + 1].base)
    else:
        return None
    return None if sense is None else _in_month(ctx, first, at + 2, day, weekday, sense)


def _in_month(ctx: Context, first: int, end: int, day: int, weekday: int | None, sense: int) -> Found | None:
    """A day of the month that is `sense` months from publication."""
    if ctx.anchor is None:
        return Found(first, end, moments.unknown("day", moments.NO_PUBLICATION, anchored=True))
    month = moments.month_away(ctx.anchor, sense)
    if month is None or month.year is None or month.month is None:
        return None
    moment = exact(month.year, month.month, day)
    return None if moment is None else Found(first, end, checked(moment.counted(), weekday))


def weekday_at(ctx: Context, index: int, *, first: int | None = None) -> Found | None:
    """A weekday alone, with `الماضي` and its like, or before a date."""
    words = ctx.words
    named = match_name(names.weekdays(), ctx.line, index)
    if named is None:
        return None
    weekday, at = named
    first = index if first is None else first
    if words[index - 1].base in _BEFORE_NO_WEEKDAY or words[at].fold in _AFTER_NO_WEEKDAY:
        return None
    if words[index].clitic == "و" and words[index - 2].base in names.EVERY and _names_day(ctx, index - 1):
        return None  # أيام السبت والأحد
    sense, end = sense_at(words, at) or _sense_of_two(ctx, at) or (None, at)
    after = _behind(ctx, end)
    if after is not None:
        found = day_at(ctx, after, weekday, first=first) or numeric_behind(ctx, after, weekday, first)
        if found is not None:
            return _by_rank(ctx, after, weekday, found) if end == after == at else found
    anchor = ctx.anchor
    if anchor is None:
        return Found(first, end, moments.unknown("day", moments.NO_PUBLICATION, anchored=True))
    coming = sense in {1, 2} or (sense is None and (_is_scheduled(ctx, first, end) or ctx.future(first, end)))
    if coming:
        today = sense is None and weekday == anchor.weekday()
        moment = moments.day_away(anchor, 0 if today else (weekday - anchor.weekday() - 1) % 7 + 1)
    elif sense in {-1, -2}:
        moment = moments.day_away(anchor, -((anchor.weekday() - weekday - 1) % 7 + 1))
    else:
        moment = moments.day_away(anchor, -((anchor.weekday() - weekday) % 7))
    if moment is not None and moment.earliest is not None and sense in {-2, 2}:
        moment = moments.day_away(moment.earliest, 7 if sense == 2 else -7)
    if moment is None:
        return None
    if sense is None or sense == 0:
        note = moments.WEEKDAY_AFTER if coming else moments.WEEKDAY_BEFORE
        moment = moment.doubted(note, _LOOSE)
    return Found(first, end, moment.counted())


def _sense_of_two(ctx: Context, at: int) -> tuple[int, int] | None:
    """Of either day of `السبت والأحد المقبلين`: its sense, and the index after the words that are its own."""
    words = ctx.words
    joined = words[at].clitic == "و" and _names_day(ctx, at)
    base = words[at + joined].base
    if base not in names.OF_TWO_DAYS:
        return None
    return (1 if base in names.LASTING_FUTURE else -1), at + (not joined)


def _names_day(ctx: Context, index: int) -> bool:
    return match_name(names.weekdays(), ctx.line, index) is not None


def _by_rank(ctx: Context, at: int, weekday: int, found: Found) -> Found:
    """`الأحد الثاني من أكتوبر` is the second Sunday, unless the second is a Sunday."""
    rank = number_words.UNIT_ORDINALS.get(ctx.words[at].fold, 0)
    moment = found.moment
    if moment.note != moments.WRONG_WEEKDAY or not 1 <= rank <= _MOST_OF_A_WEEKDAY or moment.month is None:
        return found
    if moment.year is None:
        return found._replace(moment=replace(moments.open_month(moment.month), granularity="day"))
    begins = date(moment.year, moment.month, 1)
    day = (weekday - begins.weekday()) % 7 + 7 * rank - 6
    ranked = exact(moment.year, moment.month, day)
    if ranked is None:
        return found
    return found._replace(
        moment=replace(ranked, anchored=moment.anchored, confidence=_LOOSE, note=moments.WEEKDAY_DECIDES)
    )


def _is_scheduled(ctx: Context, first: int, end: int) -> bool:
    """Whether the words next to a weekday are those of announcements: `بداية من يوم الجمعة`, `الأحد الساعة 16:00`."""
    words = ctx.words
    at = first
    while words[at - 1].base in names.DAY | names.DAYPARTS:  # بدءا من صباح يوم الاثنين
        at -= 1
    at -= words[at - 1].fold in {"من", "الي"}
    called = words[at - 1].base in names.UNTIL
    behind = {words[place].base for place in range(end, end + _NEXT)}
    listed = first == 0 or not words[first - 1].fold[:1].isalpha()
    return called or (listed and not behind.isdisjoint(names.AT_O_CLOCK))


def _behind(ctx: Context, at: int) -> int | None:
    """Where the date behind a weekday begins, or None."""
    words = ctx.words
    if words[at].fold in _COMMAS or words[at].fold in {"-", "/", "|"}:
        at += 1
    if words[at].base in names.AGREED:
        at += 1
    if words[at].fold in {"ل", "لـ", "في", "ال"}:
        at += 1
    word = words[at]
    return at if word.number or word.heads else None


def numeric_behind(ctx: Context, index: int, weekday: int | None, first: int) -> Found | None:
    """The date in digits behind a weekday."""
    if not ctx.words[index].number:
        return None
    found = numeric_at(ctx, index)
    return None if found is None else Found(first, found.end, checked(found.moment, weekday))
