"""The words dates are written with, as patterns: every Arab system of months, weekdays, ordinals of days.

CLDR (through Babel) knows the months of each Arab country; spellings of the press that it lacks are added here.
Tables and patterns speak folded text (`fold`): no vowel marks or tatweel, one form of alef, ya, ta marbuta and kaf,
small Latin letters. Folding replaces characters one by one and takes out marks, so offsets are easy to map back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

SPACE: Final = "[ \u00a0\u202f]{1,3}"
GAP: Final = "[ \u00a0\u202f]{0,3}"
MARK: Final = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u061c]")
_LETTERS: Final = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ة": "ه", "ک": "ك"}
_FOLD_PATTERN: Final = str.maketrans(_LETTERS)
_FOLD: Final = str.maketrans(
    _LETTERS | {letter: letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZÉÈÛ"}
)

_LOCALES: Final = (
    "ar", "ar_AE", "ar_DZ", "ar_EG", "ar_IQ", "ar_JO", "ar_LB", "ar_LY", "ar_MA", "ar_MR", "ar_PS", "ar_SA", "ar_SD",
    "ar_SY", "ar_TN", "ar_YE",
)  # fmt: skip
# Spellings CLDR does not list: Egyptian, Maghrebi, joined Levantine.
_MORE_MONTHS: Final = {
    1: "كانون ثاني|كانون ثان|جانفى",
    2: "فيبراير|فبرائر",
    3: "اذار|أذار",
    4: "ابريل|إبريل|ابرايل",
    5: "مايس",
    6: "يونيه|يونية|جويان",
    7: "يوليه|يولية|يوليوس|جويليه",
    8: "أغسطوس|غشت",
    9: "سبتنبر|شتنبر",
    10: "تشرين أول|تشرين اول|أكتوبير",
    11: "تشرين ثاني|تشرين ثان|نوفنبر",
    12: "كانون أول|كانون اول|ديسنبر",
}
_HIJRI: Final = {
    1: "محرم|المحرم|محرم الحرام",
    2: "صفر|صفر الخير",
    3: "ربيع الأول|ربيع أول|ربيع الاول",
    4: "ربيع الآخر|ربيع الثاني|ربيع آخر|ربيع ثاني|ربيع ثان",
    5: "جمادى الأولى|جمادى الأول|جمادى أولى",
    6: "جمادى الآخرة|جمادى الثانية|جمادى الآخر|جمادى الثاني|جمادى آخرة",
    7: "رجب|رجب الفرد",
    8: "شعبان",
    9: "رمضان|رمضان المبارك",
    10: "شوال",
    11: "ذو القعدة|ذي القعدة|ذا القعدة|ذوالقعدة|ذيالقعدة",
    12: "ذو الحجة|ذي الحجة|ذا الحجة|ذوالحجة|ذيالحجة",
}
_ORDINALS: Final = (
    "الأول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع|العاشر|الحادي عشر|الثاني عشر|الثالث عشر"
    "|الرابع عشر|الخامس عشر|السادس عشر|السابع عشر|الثامن عشر|التاسع عشر|العشرين|الحادي والعشرين|الثاني والعشرين"
    "|الثالث والعشرين|الرابع والعشرين|الخامس والعشرين|السادس والعشرين|السابع والعشرين|الثامن والعشرين"
    "|التاسع والعشرين|الثلاثين|الحادي والثلاثين"
)
_WEEKDAYS: Final = "الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد"


def fold(text: str) -> str:
    """A text in the letters of the tables. Without marks in it the length stays the same."""
    return MARK.sub("", text).translate(_FOLD)


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
    """Every name of a Gregorian month, as `key` gives it, to its number."""
    from babel import Locale  # noqa: PLC0415 -- 0.1 s that most commands do not need

    months = {key(name): number for number, name in _listed(_MORE_MONTHS)}
    for identifier in _LOCALES:
        wide = Locale.parse(identifier).months["format"]["wide"]
        months.update((key(wide[number]), number) for number in wide)
    return months


@cache
def latin_months() -> dict[str, int]:
    """English and French months, long and short: bylines and meta tags of bilingual sites."""
    from babel import Locale  # noqa: PLC0415

    months: dict[str, int] = {"sept": 9}
    for identifier in ("en", "fr"):
        for width in ("wide", "abbreviated"):
            names = Locale.parse(identifier).months["format"][width]
            months.update((key(names[number]).rstrip("."), number) for number in names)
    return months


@cache
def hijri_months() -> dict[str, int]:
    """Every name of a Hijri month, as `key` gives it, to its number."""
    return {key(name): number for number, name in _listed(_HIJRI)}


@cache
def ordinals() -> dict[str, int]:
    """Ordinals of the days of a month, as `key` gives them, to 1..31."""
    days = {key(name): day for day, name in enumerate(_ORDINALS.split("|"), 1)}
    days.update((name.replace("ين", "ون"), day) for name, day in list(days.items()) if name.endswith("ين"))
    return days


@cache
def weekdays() -> tuple[str, ...]:
    """Names of the days of the week."""
    return tuple(map(key, _WEEKDAYS.split("|")))


def _listed(table: Mapping[int, str]) -> Iterable[tuple[int, str]]:
    return ((number, name) for number, names in table.items() for name in names.split("|"))
