"""Days that a text gives by their distance: `أمس`, `الثلاثاء الماضي`, `قبل يومين`. Only from a known day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from kashaf.corpus import date_words as words
from kashaf.corpus.date_values import FoundDate
from kashaf.corpus.date_words import GAP, SPACE, fold_pattern

_DAYS: Final = {
    "اليوم": 0, "أمس": -1, "البارحة": -1, "أمس الأول": -2, "أول أمس": -2, "أول من أمس": -2, "غدا": 1,
    "الغد": 1, "بعد غد": 2, "بعد الغد": 2,
}  # fmt: skip
_UNITS: Final = {
    "ثانية": 0, "ثوان": 0, "دقيقة": 0, "دقيقتين": 0, "دقائق": 0, "ساعة": 0, "ساعتين": 0, "ساعات": 0, "يوم": 1,
    "يومين": 1, "أيام": 1, "أسبوع": 7, "أسبوعين": 7, "أسابيع": 7,
}  # fmt: skip
_TWO: Final = frozenset({"دقيقتين", "ساعتين", "يومين", "اسبوعين"})
_NUMBERS: Final = {
    "ثلاثة": 3, "ثلاث": 3, "أربعة": 4, "أربع": 4, "خمسة": 5, "خمس": 5, "ستة": 6, "ست": 6, "سبعة": 7, "سبع": 7,
    "ثمانية": 8, "ثماني": 8, "تسعة": 9, "تسع": 9, "عشرة": 10, "عشر": 10,
}  # fmt: skip
_PAST: Final = "الماضي|الفائت|المنصرم|الفارط"
_COMING: Final = "المقبل|القادم"
_NEAR_DAYS: Final = 3
_SURE: Final = 0.9
_LESS_SURE: Final = 0.7
_DAY_HOURS: Final = 24


def _pattern() -> re.Pattern[str]:
    weekday = words.pattern(name for name in words.weekdays() if name.startswith("ال"))
    day = words.pattern(_DAYS)
    number = rf"(?:(?P<n>\d{{1,3}}|{words.pattern(_NUMBERS)}){SPACE})?"
    return re.compile(
        fold_pattern(
            rf"(?<!\w)(?:[وفب]{{0,2}}(?P<day>{day})(?:{GAP}[،,]?{GAP}(?P<on>{weekday}))?(?!\w)"
            rf"|[وفب]{{0,2}}(?P<w>{weekday}){SPACE}(?:(?P<past>{_PAST})|(?P<next>{_COMING}))(?!\w)"
            rf"|[وف]?(?P<ago>قبل|منذ|بعد){SPACE}{number}(?P<u>{words.pattern(_UNITS)})(?!\w|{SPACE}ال))"
        )
    )


_COMPILED: Final[list[re.Pattern[str]]] = []


def find_relative(text: str, anchor: date | None) -> Iterator[FoundDate]:
    """The days that a text gives by their distance from `anchor`, the day it was published; none without one.

    A weekday beside the day decides: `اليوم الجمعة` of an article of Saturday is the day before, as papers print it.
    """
    if anchor is None:
        return
    if not _COMPILED:
        _COMPILED.append(_pattern())
    marked = words.MARK.search(text) is not None
    places = (
        [i for i, char in enumerate(text) if words.MARK.match(char) is None] if marked else range(len(text))
    )
    folded = words.fold(text)
    for match in _COMPILED[0].finditer(folded):
        value, confidence = _value(match, anchor)
        if value is None:
            continue
        first = match.start("day") if match["day"] else match.start("w") if match["w"] else match.start("ago")
        start, end = places[first], places[match.end() - 1] + 1
        while end < len(text) and words.MARK.match(text, end):
            end += 1
        yield FoundDate(start, end, value, "day", "gregorian", text[start:end], confidence, "relative")


def _value(match: re.Match[str], anchor: date) -> tuple[date | None, float]:
    if match["day"]:
        day = _moved(anchor, _of(_DAYS, match["day"]))
        if match["on"] is None or day is None:
            return day, _SURE
        wanted = words.weekdays()[words.key(match["on"])]
        if day.weekday() == wanted:
            return day, 1.0
        near = [
            one
            for distance in range(1, _NEAR_DAYS + 1)
            if (one := _moved(day, -distance)) is not None and one.weekday() == wanted
        ]
        return (near[0], _LESS_SURE) if near else (None, 0.0)
    if match["w"]:
        wanted = words.weekdays()[words.key(match["w"])]
        if match["past"]:
            return _moved(anchor, -((anchor.weekday() - wanted - 1) % 7 + 1)), _SURE
        return _moved(anchor, (wanted - anchor.weekday() - 1) % 7 + 1), _SURE
    unit = words.key(match["u"])
    length = _of(_UNITS, match["u"])
    number = match["n"]
    count = 2 if unit in _TWO else 1
    if number is not None:
        count = int(number) if number.isdecimal() else _of(_NUMBERS, number)
    if length == 0:
        hours = count if unit.startswith("ساع") else 0
        return (anchor, _LESS_SURE) if hours < _DAY_HOURS else (None, 0.0)
    forward = match["ago"] == "بعد"
    return _moved(anchor, (1 if forward else -1) * count * length), _SURE if length == 1 else _LESS_SURE


def _of(table: dict[str, int], written: str) -> int:
    name = words.key(written)
    return next(value for known, value in table.items() if words.key(known) == name)


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
