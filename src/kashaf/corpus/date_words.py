"""The words dates are written with, as patterns: every Arab system of months, weekdays, ordinals of days.

CLDR (through Babel) knows the months of each Arab country; spellings of the press that it lacks are added here.
Tables and patterns speak folded text (`fold`): no vowel marks or tatweel, one form of alef, ya, ta marbuta and kaf,
small Latin letters, one dash and one slash. Folding replaces characters one by one and takes out marks, so offsets
are easy to map back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

SPACE: Final = "[ \u00a0\u202f]{1,3}"
GAP: Final = "[ \u00a0\u202f]{0,3}"
MARK: Final = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069]"
)
_LETTERS: Final = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ئ": "ي",
    "ة": "ه",
    "ک": "ك",
    "ہ": "ه",
}
_FOLD_PATTERN: Final = str.maketrans(_LETTERS)
_SIGNS: Final = dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("⁄∕／\\؍", "/")
_FOLD_LETTERS: Final = tuple((_LETTERS | _SIGNS).items())
_UPPER: Final = re.compile("[A-Z\u00c0-\u00de\u0100-\u024f]")
_FOLD: Final = str.maketrans(
    _LETTERS
    | _SIGNS
    | {
        letter: low
        for letter in map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x250)))
        if len(low := letter.lower()) == 1
    }
)

_LOCALES: Final = (
    "ar", "ar_AE", "ar_DZ", "ar_EG", "ar_IQ", "ar_JO", "ar_LB", "ar_LY", "ar_MA", "ar_MR", "ar_PS",
    "ar_SA", "ar_SD",
    "ar_SY", "ar_TN", "ar_YE",
)  # fmt: skip
# Spellings CLDR does not list: Egyptian, Maghrebi, Iraqi, Mauritanian; the Syriac names joined, split and in short.
_MORE_MONTHS: Final = {
    1: "كانون ثاني|كانون ثان|كانون الثان|كانون الآخر|كانونالثاني|كانون2|كانون 2|ك2|ك 2|جانفى|جانفيي|ينائر",
    2: "فيبراير|فبرائر|فبرائير|فيفرى|فيفريه|شباط",
    3: "اذار|أذار|آدار",
    4: "ابريل|إبريل|ابرايل|أبرايل|افريل|نيسان|أبريل",
    5: "مايس|آيار|أيار|مايه|مائي",
    6: "يونيه|يونية|جويان|يونيوه|حزيران",
    7: "يوليه|يولية|يوليوس|جويليه|جويلية|جوليت|يوليوز|تموز|تمّوز",
    8: "أغسطوس|غشت|أغشت|اغسطس|أوغسطس|آب|اب",
    9: "سبتنبر|شتنبر|شتمبر|سيبتمبر|أيلول|آيلول",
    10: "تشرين أول|تشرين اول|تشرينالأول|تشرين1|تشرين 1|ت1|ت 1|أكتوبير|أوكتوبر|أكتوبر|كتوبر",
    11: "تشرين ثاني|تشرين ثان|تشرين الثان|تشرين الآخر|تشرينالثاني|تشرين2|تشرين 2|ت2|ت 2|نوفنبر|نوفامبر|نوڤمبر"
    "|نونبر",
    12: "كانون أول|كانون اول|كانونالأول|كانون1|كانون 1|ك1|ك 1|ديسنبر|دجنبر|دجمبر|ديسامبر|دسمبر",
}
# Libya from 1986 to 2011: common words, so only with a day and a year.
_LIBYAN: Final = {
    1: "أي النار|اي نار|أين النار", 2: "النوار", 3: "الربيع", 4: "الطير", 5: "الماء", 6: "الصيف", 7: "ناصر",
    8: "هانيبال", 9: "الفاتح", 10: "التمور", 11: "الحرث", 12: "الكانون",
}  # fmt: skip
# Gregorian months in Kurdish (of Iraq, after the Syriac ones), Urdu and Persian: only with a day and a year.
_NEIGHBOURS: Final = {
    1: "کانوونی دووەم|کانونی دووەم|جنوری|ژانویه", 2: "شوبات|فروری|فوریه", 3: "ئازار|مارچ", 4: "نیسان|اپریل|آوریل",
    5: "ئایار|مئی|مه", 6: "حوزەیران|جون|ژوئن", 7: "تەمموز|تەموز|جولائی|ژوئیه", 8: "ئاب|اگست|اوت",
    9: "ئەیلوول|ئەیلول|ستمبر|سپتامبر",
    10: "تشرینی یەکەم|اکتوبر|اکتبر", 11: "تشرینی دووەم|نومبر|نوامبر", 12: "کانوونی یەکەم|کانونی یەکەم|دسامبر",
}  # fmt: skip
_SOLAR: Final = {
    1: "فروردین|حمل", 2: "اردیبهشت|ثور", 3: "خرداد|جوزا", 4: "تیر|سرطان", 5: "مرداد|امرداد|اسد", 6: "شهریور|سنبله",
    7: "مهر|میزان", 8: "آبان|عقرب", 9: "آذر|قوس", 10: "دی|جدی", 11: "بهمن|دلو", 12: "اسفند|حوت",
}  # fmt: skip
_HIJRI: Final = {
    1: "محرم|المحرم|محرم الحرام|شهر الله المحرم|muharram|moharram",
    2: "صفر|صفر الخير|صفر المظفر|safar",
    3: "ربيع الأول|ربيع أول|ربيع الاول|ربيع الأنور|ربيع 1|rabi al-awwal|rabi' al-awwal|rabi i|rabi al awwal",
    4: "ربيع الآخر|ربيع الثاني|ربيع آخر|ربيع ثاني|ربيع ثان|ربيع 2|rabi al-thani|rabi' al-thani|rabi al-akhir|rabi ii",
    5: "جمادى الأولى|جمادى الأول|جمادى أولى|جماد الأول|جماد أول|جماد الأولى|jumada al-awwal|jumada al-ula|jumada i",
    6: "جمادى الآخرة|جمادى الثانية|جمادى الآخر|جمادى الثاني|جمادى آخرة|جماد الآخر|جماد الثاني|جماد الآخرة|جمادى ثانية"
    "|jumada al-thani|jumada al-akhirah|jumada al-akhira|jumada ii",
    7: "رجب|رجب الفرد|رجب المرجب|رجب الأصب|rajab",
    8: "شعبان|شعبان المعظم|shaban|sha'ban|shaaban",
    9: "رمضان|رمضان المبارك|رمضان المعظم|رمضان الكريم|ramadan|ramadhan",
    10: "شوال|شوال المكرم|shawwal|shawal",
    11: "ذو القعدة|ذي القعدة|ذا القعدة|ذوالقعدة|ذيالقعدة|ذي قعدة|ذو قعدة"
    "|dhu al-qi'dah|dhu al-qadah|dhul qadah|dhul-qadah",
    12: "ذو الحجة|ذي الحجة|ذا الحجة|ذوالحجة|ذيالحجة|ذي حجة|ذو حجة|dhu al-hijjah|dhul hijjah|dhul-hijjah",
}
_ORDINALS: Final = (
    "الأول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع|العاشر|الحادي عشر|الثاني عشر|الثالث عشر"
    "|الرابع عشر|الخامس عشر|السادس عشر|السابع عشر|الثامن عشر|التاسع عشر|العشرين|الحادي والعشرين|الثاني والعشرين"
    "|الثالث والعشرين|الرابع والعشرين|الخامس والعشرين|السادس والعشرين|السابع والعشرين|الثامن والعشرين"
    "|التاسع والعشرين|الثلاثين|الحادي والثلاثين"
)
_MORE_ORDINALS: Final = {
    "الواحد والعشرين": 21,
    "الواحد والثلاثين": 31,
    "الاول": 1,
    "الثانى": 2,
    "الحادى عشر": 11,
}
FIRSTS: Final = ("الفاتح", "فاتح", "غرة", "أول")  # the first of a month, also without `من`
_WEEKDAYS: Final = (
    "الاثنين|الإثنين|الأثنين", "الثلاثاء|الثلاثا", "الأربعاء"
    "|الاربعاء", "الخميس", "الجمعة", "السبت", "الأحد|الاحد",
)  # fmt: skip


def fold(text: str) -> str:
    """A text in the letters of the tables. Without marks in it the length stays the same."""
    return MARK.sub("", text).translate(_FOLD)


def fold_unmarked(text: str) -> str:
    """`fold` of a text without marks, quickly: replacing is ten times as fast as `str.translate`."""
    for letter, plain in _FOLD_LETTERS:
        if letter in text:
            text = text.replace(letter, plain)
    return _UPPER.sub(lambda match: match[0].translate(_FOLD), text)


def fold_pattern(pattern: str) -> str:
    """A regular expression in the letters of the tables."""
    return pattern.translate(_FOLD_PATTERN)


def key(name: str) -> str:
    """A name as the tables know it: folded, single spaces."""
    return " ".join(fold(name).split())


def pattern(names: Iterable[str]) -> str:
    """One regular expression, without groups, for any of the names; a trie, so that it is quick to say no."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]  # a recursive type says no more
    for name in names:
        node = root
        for letter in key(name):
            node = node.setdefault(letter, {})
        node[""] = {}
    return _render(root)


def _render(node: Mapping[str, Mapping]) -> str:  # type: ignore[type-arg]  # as above
    branches = [
        (SPACE if letter == " " else re.escape(letter)) + _render(child)
        for letter, child in node.items()
        if letter
    ]
    if not branches:
        return ""
    inner = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return inner + ("?" if "" in node else "")


@cache
def gregorian_months() -> dict[str, int]:
    """Every Arabic name of a Gregorian month, as `key` gives it, to its number."""
    from babel import Locale  # noqa: PLC0415 -- 0.1 s that most commands do not need

    months = _table(_MORE_MONTHS)
    for identifier in _LOCALES:
        wide = Locale.parse(identifier).months["format"]["wide"]
        months.update((key(wide[number]), number) for number in wide)
    return months


@cache
def latin_months() -> dict[str, int]:
    """English, French and Turkish months, long and short: bylines and meta tags of bilingual sites."""
    from babel import Locale  # noqa: PLC0415

    months: dict[str, int] = {"sept": 9, "fevrier": 2, "aout": 8, "decembre": 12}
    for identifier in ("tr", "fr", "en"):
        for width in ("wide", "abbreviated"):
            names = Locale.parse(identifier).months["format"][width]
            months.update((key(names[number]).rstrip("."), number) for number in names)
    return months


@cache
def guarded_months() -> dict[str, int]:
    """Names that are Gregorian months only between a day and a year: Libyan, Kurdish, Urdu, Persian."""
    return _table(_LIBYAN) | _table(_NEIGHBOURS)


@cache
def solar_months() -> dict[str, int]:
    """Months of the Solar Hijri calendar, Persian and Dari."""
    return _table(_SOLAR)


@cache
def hijri_months() -> dict[str, int]:
    """Every name of a Hijri month, as `key` gives it, to its number."""
    return _table(_HIJRI)


@cache
def ordinals() -> dict[str, int]:
    """Ordinals of the days of a month, as `key` gives them, to 1..31."""
    days = {key(name): day for day, name in enumerate(_ORDINALS.split("|"), 1)}
    days.update((key(name), day) for name, day in _MORE_ORDINALS.items())
    days.update((name.replace("ين", "ون"), day) for name, day in list(days.items()) if name.endswith("ين"))
    days.update((key(name), 1) for name in FIRSTS)
    return days


@cache
def weekdays() -> dict[str, int]:
    """Names of the days of the week, Arabic, English, French and Turkish, to `date.weekday` (Monday is 0)."""
    from babel import Locale  # noqa: PLC0415

    days = {key(name): day for day, names in enumerate(_WEEKDAYS) for name in names.split("|")}
    for identifier in ("tr", "fr", "en"):
        for width in ("wide", "abbreviated") if identifier == "en" else ("wide",):
            names = Locale.parse(identifier).days["format"][width]
            days.update((key(names[day]).rstrip("."), day) for day in names)
    return days


def _table(listed: Mapping[int, str]) -> dict[str, int]:
    return {key(name): number for number, names in listed.items() for name in names.split("|")}
