"""Years and what is told by them: عام 2014, سنة 1446 هـ, 2016-2017, العام الماضي."""

from __future__ import annotations

from typing import Final

from kashaf.entities.values import counted_words, moments, number_words, units
from kashaf.entities.values import time_words as names
from kashaf.entities.values.centuries import century_at, decade_of_century
from kashaf.entities.values.context import YEARS, Context, Found
from kashaf.entities.values.distances import away, sense_at
from kashaf.entities.values.function_words import COUNTRIES, FUNCTION_WORDS
from kashaf.entities.values.numbers import read_number
from kashaf.entities.values.tables import folded

_BARE: Final = range(1900, 2101)
_NOW_OR_SO: Final = 2040
_LIKELY: Final = 0.9
_GUESSED: Final = 0.8
#: A year of these without an era may be of either calendar.
_OF_TWO: Final = range(1300, 1500)
_GENERAL: Final = folded(
    "مدير أمين مدعي نائب قائد مفتش مراقب منسق سكرتير قنصل محامي مشرف مفوض مندوب ناظر وكيل رأي قطاع إضراب اتحاد نظام"
    " عفو صالح حاكم قاضي مسجل أمن مقرر"
)
_COUNTED: Final = units.WORDS | counted_words.NOUNS.keys() | counted_words.THINGS
_OLD: Final = range(100, 1300)
_NOT_COUNTED: Final = FUNCTION_WORDS | COUNTRIES | names.DAY


def year_at(ctx: Context, index: int) -> Found | None:
    """عام 2014, سنة 1446 هـ, عامي 2022 (of several the first), عام ألفين وخمسة عشر, العام الماضي."""
    words = ctx.words
    at = index + 1
    if words[at].fold == "(":
        at += 1
    word = words[at]
    if word.number:
        return _called_year(ctx, index, at)
    if words[index].base in names.YEARS:
        return None
    number = read_number(ctx.line, at) if word.heads and not word.skip else None
    if number is not None and number.spelt and number.low == number.high and number.low in YEARS:
        return Found(index, number.end, moments.of_year(int(number.low)))
    return time_at(ctx, index) if words[index].base in names.TIMES else None


def _called_year(ctx: Context, index: int, at: int) -> Found | None:
    words = ctx.words
    written = words[at].number
    if not written.isdecimal() or len(written) > 4:
        return None
    year = int(written)
    end = at + 1
    era = words[end].fold
    if (era == "قبل" and words[end + 1].fold == "الميلاد") or (
        era == "ق" and words[end + 1].fold in {".", "م"}
    ):
        return Found(index, end + 2, moments.unknown("year", moments.BEFORE_COMMON_ERA))
    if era in names.HIJRI_ERAS:
        moment = moments.of_hijri(year, None, None)
        return None if moment is None else Found(index, end + 1, moment)
    if len(written) < 3:
        return None
    if era in names.ERAS:
        end += 1
    elif year in _OF_TWO:
        return Found(index, end, moments.unknown("year", moments.TWO_ERAS))
    if year in _OLD:
        return Found(index, end, moments.of_year(year).doubted(moments.TAKEN_FOR_YEAR, _GUESSED))
    if not 1300 <= year <= 2200:
        return None
    ctx.said = (year, end)
    return Found(index, end, moments.of_year(year))


def bare_year(ctx: Context, index: int) -> Found | None:
    """Four digits alone, where the words around say that they are a year; 1446هـ."""
    words = ctx.words
    written = words[index].number
    if len(written) != 4 or not written.isdecimal():
        return None
    year = int(written)
    end = index + 1
    if words[end].fold in names.HIJRI_ERAS and (words[end].fold != "ه" or 1200 <= year <= 1500):
        moment = moments.of_hijri(year, None, None)
        return None if moment is None or not 1 <= year <= 1600 else Found(index, end + 1, moment)
    if year not in _BARE:
        return None
    if words[end].fold in names.ERAS and ctx.line.text[ctx.line.starts[end] :][:1] == "م":
        return Found(index, end + 1, moments.of_year(year))
    before = words[index - 1]
    if before.fold in {"-", "/", "."} and ctx.line.tight(index):
        return None
    following = words[end]
    if following.fold in {"%", "٪", "/", ":"} or (following.fold == "-" and words[end + 1].number and
                                                  not ctx.year_at(end + 1)):  # fmt: skip
        return None
    confidence = 0.0
    if before.base in names.YEAR_CALLERS:
        confidence = _LIKELY if before.base in names.PARTS or before.base in {"منذ", "خلال"} else _GUESSED
    elif (
        _bare(before.fold) in names.YEAR_PREPOSITIONS
        or before.clitic == "ب"
        or (
            before.fold == "("
            and following.fold == ")"
            and year <= (ctx.anchor.year + 1 if ctx.anchor else _NOW_OR_SO)
        )
    ):
        confidence = _GUESSED
    if not confidence or counts(ctx, end) or _counts_both(ctx, index):
        return None
    ctx.said = (year, end)
    moment = moments.of_year(year)
    if confidence < _LIKELY:
        moment = moment.doubted(moments.TAKEN_FOR_YEAR, confidence)
    return Found(index, end, moment)


def _counts_both(ctx: Context, index: int) -> bool:
    """`من 1950 إلى 2000 دينار`, `بين 1900 و2000 كيلومتر`: what stands behind the second is counted by both."""
    words = ctx.words
    sign = words[index + 1].fold
    joined = sign == "و" and words[index - 1].base == "بين"
    second = ctx.year_at(index + 2) if joined or sign == "-" or sign in names.RANGE_TO else None
    return second is not None and words[index + 3].fold in _COUNTED


def _bare(fold: str) -> str:
    """A word without the و before it."""
    return fold.removeprefix("و")


def counts(ctx: Context, index: int) -> bool:
    """Whether the word behind four digits may be what they count."""
    word = ctx.words[index]
    fold = word.fold
    if not fold or not fold[0].isalpha() or fold in _NOT_COUNTED:
        return False
    if word.base in number_words.CARDINALS:
        return True
    if fold.endswith("ت") and not fold.endswith("ات"):
        return False  # a verb: في 1999 نالت
    if word.clitic or fold.startswith(("ال", "وال", "بال", "لل", "فال", "كال")):
        return False
    # A conjunction or preposition glued to a word that the tables do not know, or a verb.
    return not fold.startswith(("و", "ب", "ل", "ف", "ك", "ي", "ت", "س")) or fold.endswith(("ه", "ا"))


def _general(fold: str) -> bool:
    """Whether a word before `العام` makes it no year: `الأمين العام السابق`, `مديرها العام الحالي`."""
    plain = fold.removeprefix("و").removeprefix("لل").removeprefix("ب").removeprefix("ال")
    return plain in _GENERAL or any(plain.removesuffix(own) in _GENERAL for own in ("ها", "هم", "ه"))


def range_of_years(ctx: Context, index: int) -> Found | None:
    """2016-2017, 2013/2014: two years running, or any two where `between` or a season says so."""
    words = ctx.words
    first = ctx.year_at(index)
    if first is None or words[index + 1].fold not in {"-", "/"}:
        return None
    last = ctx.year_at(index + 2)
    before = words[index - 1]
    if last is None or words[index + 3].fold in {"-", "/"} or before.fold in {"©", "/", "-"}:
        return None
    called = (
        before.base in names.YEAR_CALLERS
        or before.base in names.YEARS
        or before.base in {"الفتره", "بين", "("}
    )
    if not (last - first == 1 or (called and first < last)):
        return None
    return _years(index, index + 3, first, last)


def _years(index: int, end: int, first: int, last: int) -> Found | None:
    moment = moments.between(moments.of_year(first), moments.of_year(last))
    return None if moment is None else Found(index, end, moment)


def time_at(ctx: Context, index: int) -> Found | None:
    """العام الماضي, الشهر الجاري, الأسبوع المقبل, القرن التاسع عشر, العقد الثاني من القرن الحادي والعشرين."""
    words = ctx.words
    unit = names.TIMES.get(words[index].base)
    if unit is None:
        return None
    if unit == 100 * names.YEARS_UNIT:
        return century_at(ctx, index)
    if unit == 10 * names.YEARS_UNIT:
        return decade_of_century(ctx, index)
    moved = sense_at(words, index + 1)
    if moved is None or (words[index].base == "العام" and _general(words[index - 1].fold)):
        return None
    sense, end = moved
    moment = away(ctx.anchor, sense, unit)
    if words[index + 1].base in names.LOOSE_PAST:
        moment = moment.doubted(moments.OTHER_TIME, 0.6) if moment.edtf else moment
    return Found(index, end, moment)
