"""What a date as written is worth: its first day, how sure that is, and what makes it less than sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from kashaf.corpus import date_words as words
from kashaf.corpus import hijri, solar_hijri
from kashaf.corpus.date_patterns import kinds

Granularity = Literal["day", "month", "year"]
Calendar = Literal["gregorian", "hijri", "hijri approximate", "solar hijri"]

DAY_FIRST: Final = "day first"
MONTH_FIRST: Final = "month first"
WRONG_WEEKDAY: Final = "the weekday is another"
TWO_MONTHS: Final = "two months"
CENTURY: Final = "year of two digits"
TWO_CALENDARS: Final = "Hijri or Persian"

_PAST: Final = frozenset({"الماضي", "الفايت", "المنصرم", "الفارط"})
_FUTURE: Final = frozenset({"المقبل", "القادم"})
_CONTRADICTED: Final = 0.6
_AMBIGUOUS: Final = 0.9
_APPROXIMATE: Final = 0.6
_BY_EVIDENCE: Final = 0.7
_PERSIAN_DIGITS: Final = re.compile("^[۰-۹]+$")
# A year of these without a word for its era was in living memory in both calendars of the Hijra.
_OF_TWO_CALENDARS: Final = range(1300, 1421)
_LUNAR_YEARS: Final = range(1000, 1600)
_NEAR_YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as written: `text` is `[start, end)` of the text searched.

    value: its first day (1 March for `مارس 2019`); None when the year is not said, the day does not exist, or two
    readings are as good as each other.
    calendar: as written; `hijri approximate` where only the tabular calendar reaches (see `hijri`).
    confidence: from 0 to 1, that `value` is meant. note: what makes it less than sure, in words; or empty.
    """

    start: int
    end: int
    value: date | None
    granularity: Granularity
    calendar: Calendar
    text: str
    confidence: float = 1.0
    note: str = ""


class Hit:
    """A match in the folded window, with its parts by name and their places in the text."""

    def __init__(self, match: re.Match[str], places: Sequence[int], text: str) -> None:
        self.match = match
        self.places = places
        self.text = text
        self.number = int((match.lastgroup or "k_0")[2:])
        self.kind = _kind_names()[self.number]

    def __getitem__(self, name: str) -> str | None:
        group = f"{name}_{self.number}"
        return self.match[group] if group in self.match.re.groupindex else None

    def span(self, first: str = "k", last: str = "k") -> tuple[int, int]:
        start = self.places[self.match.start(f"{first}_{self.number}")]
        end = self.places[self.match.end(f"{last}_{self.number}") - 1] + 1
        while end < len(self.text) and words.MARK.match(self.text, end) and not self.text[end].isspace():
            end += 1
        return start, end

    def found(
        self,
        span: tuple[int, int],
        value: date | None,
        granularity: Granularity,
        calendar: Calendar = "gregorian",
        confidence: float = 1.0,
        note: str = "",
    ) -> FoundDate:
        if value is None:
            confidence = 0.0
        elif granularity == "day" and (weekday := self["w"]) and _weekday(weekday) != value.weekday():
            confidence, note = min(confidence, _CONTRADICTED), WRONG_WEEKDAY
        return FoundDate(*span, value, granularity, calendar, self.text[slice(*span)], confidence, note)


@cache
def _kind_names() -> tuple[str, ...]:
    return tuple(kinds())


def resolve(hit: Hit, anchor: date | None) -> Iterator[FoundDate]:
    """The dates that a match stands for: one, or two of `11 و17 جانفي`, or none when there is no such day."""
    kind = hit.kind
    if kind in {"iso", "dmy"}:
        yield from _numeric(hit)
    elif kind == "short":
        yield _short(hit, anchor)
    elif kind.startswith("hijri"):
        yield _hijri(hit)
    elif kind == "solar day":
        month = words.solar_months()[words.key(hit["m"] or "")]
        value = solar_hijri.to_gregorian(_number(hit["y"]), month, _number(hit["d"]))
        yield hit.found(hit.span(), value, "day", "solar hijri")
    elif kind == "year":
        last = "y" if hit["y2"] else "k"
        yield hit.found(hit.span("k", last), date(_number(hit["y"]), 1, 1), "year")
        if hit["y2"]:
            yield hit.found(hit.span("y2", "y2"), date(_number(hit["y2"]), 1, 1), "year")
    else:
        yield from _named(hit, anchor)


def _named(hit: Hit, anchor: date | None) -> Iterator[FoundDate]:
    month = _month(hit["m"] or "")
    other = hit["m2"] or hit["m3"] or hit["m4"]
    one = other is None or _month(other) == month
    year = (_number(hit["y"]) or _year_of(month, hit["rel"], anchor)) if one else None
    note = "" if one else TWO_MONTHS
    day = hit["d"] or hit["o"] or hit["o1"]
    if day is None:
        yield hit.found(hit.span(), date(year, month, 1) if year else None, "month", note=note)
        return
    begin = "k"
    if hit["d0"]:
        yield hit.found(hit.span("d0", "d0"), day_of(year, month, _number(hit["d0"])), "day")
        begin = "d"
    yield hit.found(hit.span(begin, "k"), day_of(year, month, _number(day)), "day", note=note)


def _numeric(hit: Hit) -> Iterator[FoundDate]:
    year, month, day = _number(hit["y"]), _number(hit["n"]), _number(hit["d"])
    span = hit.span()
    if year >= 1500 and not hit["ah"]:
        swapped = month > 12 >= day  # only the American order makes sense of it
        value = day_of(year, day, month) if swapped else day_of(year, month, day)
        if value is None:
            return
        note, confidence = "", 1.0
        if hit.kind == "dmy" and swapped:
            note = MONTH_FIRST
        elif hit.kind == "dmy" and day <= 12 and day != month:
            note, confidence = DAY_FIRST, _AMBIGUOUS
        yield hit.found(span, value, "day", "gregorian", confidence, note)
        return
    if hit["sh"] or (_PERSIAN_DIGITS.match(hit["y"] or "") and year in _OF_TWO_CALENDARS and not hit["ah"]):
        value = solar_hijri.to_gregorian(year, month, day)
        if value is not None:
            yield hit.found(span, value, "day", "solar hijri", 1.0 if hit["sh"] else _BY_EVIDENCE)
        return
    converted = hijri.to_gregorian(year, month, day)
    if converted is None:
        return
    calendar: Calendar = "hijri" if converted[1] else "hijri approximate"
    if not hit["ah"] and year in _OF_TWO_CALENDARS:
        yield hit.found(span, None, "day", calendar, note=TWO_CALENDARS)
    else:
        yield hit.found(span, converted[0], "day", calendar, 1.0 if converted[1] else _APPROXIMATE)


def _short(hit: Hit, anchor: date | None) -> FoundDate:
    """A year of two digits is known by its weekday, or by the day of publication when it is near."""
    year, month, day = _number(hit["y"]), _number(hit["n"]), _number(hit["d"])
    if month > 12 >= day:
        month, day = day, month
    readings = [
        value for century in (1900, 2000) if (value := day_of(century + year, month, day)) is not None
    ]
    weekday = hit["w"]
    if weekday:
        readings = [value for value in readings if value.weekday() == _weekday(weekday)]
    elif anchor is not None:
        readings = [value for value in readings if abs(value.year - anchor.year) <= _NEAR_YEARS]
    else:
        readings = []
    value = readings[0] if len(readings) == 1 else None
    return hit.found(hit.span(), value, "day", "gregorian", _BY_EVIDENCE, CENTURY)


def _hijri(hit: Hit) -> FoundDate:
    day = hit["d"] or hit["o"] or hit["o1"]
    granularity: Granularity = "day" if day else "month" if hit["m"] else "year"
    if not hit["y"]:
        return hit.found(hit.span(), None, granularity, "hijri")
    month = words.hijri_months()[words.key(hit["m"] or "")] if hit["m"] else 1
    converted = hijri.to_gregorian(_number(hit["y"]), month, _number(day or "1"))
    if converted is None:
        return hit.found(hit.span(), None, granularity, "hijri")
    value, exact = converted
    if exact:
        return hit.found(hit.span(), value, granularity, "hijri")
    return hit.found(hit.span(), value, granularity, "hijri approximate", _APPROXIMATE)


def _month(written: str) -> int:
    name = words.key(written).rstrip(".")
    for table in (words.gregorian_months(), words.latin_months(), words.guarded_months()):
        if name in table:
            return table[name]
    return 0


def _weekday(written: str) -> int:
    return words.weekdays()[words.key(written).rstrip(".")]


def _number(written: str | None) -> int:
    """A number in any digits or an ordinal; 0 for nothing."""
    if not written:
        return 0
    return int(written) if written.isdecimal() else words.ordinals()[words.key(written)]


def _year_of(month: int, relative: str | None, anchor: date | None) -> int | None:
    if relative is None or anchor is None:
        return None
    sense = relative.split()[-1]
    if sense in _PAST:
        return anchor.year - (1 if "العام" in relative or month >= anchor.month else 0)
    if sense in _FUTURE:
        return anchor.year + (1 if "العام" in relative or month <= anchor.month else 0)
    return anchor.year


def day_of(year: int | None, month: int, day: int) -> date | None:
    """The day, or None when there is none of the kind."""
    if not year:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
