"""Dates that stand in Arabic text, with their place in it. Nothing is guessed: an unsaid year stays unsaid."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Literal

from kashaf.corpus import date_words as words
from kashaf.corpus.date_patterns import kinds, may_begin, scanner
from kashaf.corpus.hijri import to_gregorian

Granularity = Literal["day", "month", "year"]
Calendar = Literal["gregorian", "hijri", "hijri approximate"]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as written: `text` is `[start, end)` of the text searched.

    value: its first day (1 March for `مارس 2019`); None when the year is not said or the day does not exist.
    calendar: as written; `hijri approximate` where only the tabular calendar reaches (see `hijri`).
    """

    start: int
    end: int
    value: date | None
    granularity: Granularity
    calendar: Calendar
    text: str


_PAST: Final = frozenset({"الماضي", "الفايت", "المنصرم", "الفارط"})
_FUTURE: Final = frozenset({"المقبل", "القادم"})
_TOKEN: Final = re.compile(r"\d+|[\u0621-\u063a\u0640-\u065f\u0670-\u06d3A-Za-z\u00c0-\u024f]+")
_WINDOW: Final = 160  # code points; no date is longer


class _Hit:
    """A match in the folded window, with its parts by name and their places in the text."""

    def __init__(self, match: re.Match[str], places: Sequence[int], text: str) -> None:
        self.match = match
        self.places = places
        self.text = text
        self.kind = int((match.lastgroup or "k_0")[2:])

    def __getitem__(self, name: str) -> str | None:
        group = f"{name}_{self.kind}"
        return self.match[group] if group in self.match.re.groupindex else None

    def span(self, first: str = "k", last: str = "k") -> tuple[int, int]:
        start = self.places[self.match.start(f"{first}_{self.kind}")]
        end = self.places[self.match.end(f"{last}_{self.kind}") - 1] + 1
        while end < len(self.text) and words.MARK.match(self.text, end) and not self.text[end].isspace():
            end += 1
        return start, end


def find_dates(text: str, *, limit: int | None = None, anchor: date | None = None) -> Iterator[FoundDate]:
    """The dates of a text in their order, without overlap; at most `limit`.

    Read: days, months and years in the month names of every Arab country, dual names (`أكتوبر (تشرين الأول)`,
    `سبتمبر/أيلول`), Hijri dates, numeric dates with the day first (04/07/2025 is 4 July), ISO 8601, English and
    French month names. A bare number or a bare month is not a date.
    anchor: the day of publication; with it `نوفمبر الماضي` gets a value, without it the year stays open.
    """
    given = done = 0
    for token in _TOKEN.finditer(text):
        if token.start() < done or not may_begin(token[0]):
            continue
        hit = _match(text, token.start())
        if hit is None:
            continue
        done = hit.span()[1]
        for found in _resolve(hit, anchor):
            if limit is not None and given >= limit:
                return
            given += 1
            yield found


def _match(text: str, at: int) -> _Hit | None:
    low = max(0, at - 2)  # as far back as the pattern looks
    window = text[low : at + _WINDOW]
    if words.MARK.search(window) is None:
        places: Sequence[int] = range(low, low + len(window))
    else:
        places = [low + i for i, letter in enumerate(window) if words.MARK.match(letter) is None]
    begin = bisect_left(places, at)
    match = scanner().match(words.fold(window), begin)
    return None if match is None else _Hit(match, places, text)


def parse_date(value: object) -> FoundDate | None:
    """The date a field states: text that begins with a date, `20251024`, an epoch in seconds or milliseconds, or
    a date or datetime of YAML. A time zone does not move the day. None when there is none."""
    if isinstance(value, date):  # datetime is a date too
        written = value.isoformat()[:10]
        return FoundDate(0, 10, date(value.year, value.month, value.day), "day", "gregorian", written)
    if isinstance(value, int) and not isinstance(value, bool):
        return _compact(str(value)) or _epoch(value)
    if not isinstance(value, str):
        return None
    value = value.strip()
    found = next(find_dates(value[:200], limit=1), None)
    return found if found is not None else _compact(value)


def _compact(value: str) -> FoundDate | None:
    if len(value) != 8 or not value.isdecimal():
        return None
    day = _day(int(value[:4]), int(value[4:6]), int(value[6:]))
    return (
        FoundDate(0, 8, day, "day", "gregorian", value)
        if day is not None and 1900 <= day.year < 2100
        else None
    )


def _epoch(seconds: int) -> FoundDate | None:
    if seconds > 10**11:
        seconds //= 1000
    if not 10**8 < seconds < 4 * 10**9:
        return None
    day = datetime.fromtimestamp(seconds, UTC).date()
    return FoundDate(0, len(str(seconds)), day, "day", "gregorian", str(seconds))


def _resolve(hit: _Hit, anchor: date | None) -> Iterator[FoundDate]:
    kind = list(kinds())[hit.kind]
    day = hit["d"] or hit["o"]
    if kind in {"iso", "dmy"}:
        numeric = _numeric(_number(hit["y"]), _number(hit["n"]), _number(day), hijri=bool(hit["ah"]))
        if numeric is not None:
            yield _found(hit, hit.span(), numeric[0], "day", numeric[1])
    elif kind.startswith("hijri"):
        value, calendar = _hijri(hit)
        granularity: Granularity = "day" if day else "month" if hit["m"] else "year"
        yield _found(hit, hit.span(), value, granularity, calendar)
    elif kind == "year":
        last = "y" if hit["y2"] else "k"
        yield _found(hit, hit.span("k", last), date(_number(hit["y"]), 1, 1), "year")
        if hit["y2"]:
            yield _found(hit, hit.span("y2", "y2"), date(_number(hit["y2"]), 1, 1), "year")
    else:
        month = _month(hit["m"] or "")
        year = _number(hit["y"]) or _year_of(month, hit["rel"], anchor)
        if day is None:
            yield _found(hit, hit.span(), date(year, month, 1) if year else None, "month")
            return
        begin = "k"
        if hit["d0"]:
            yield _found(hit, hit.span("d0", "d0"), _day(year, month, _number(hit["d0"])), "day")
            begin = "d"
        yield _found(hit, hit.span(begin, "k"), _day(year, month, _number(day)), "day")


def _found(
    hit: _Hit,
    span: tuple[int, int],
    value: date | None,
    granularity: Granularity,
    calendar: Calendar = "gregorian",
) -> FoundDate:
    return FoundDate(*span, value, granularity, calendar, hit.text[span[0] : span[1]])


def _numeric(year: int, month: int, day: int, *, hijri: bool) -> tuple[date, Calendar] | None:
    if hijri or year < 1500:
        converted = to_gregorian(year, month, day)
        if converted is None:
            return None
        return converted[0], "hijri" if converted[1] else "hijri approximate"
    if month > 12 >= day:  # only the American order makes sense of it
        month, day = day, month
    value = _day(year, month, day)
    return None if value is None else (value, "gregorian")


def _hijri(hit: _Hit) -> tuple[date | None, Calendar]:
    if not hit["y"]:
        return None, "hijri"
    month = words.hijri_months()[words.key(hit["m"])] if hit["m"] else 1
    converted = to_gregorian(_number(hit["y"]), month, _number(hit["d"] or hit["o"] or "1"))
    if converted is None:
        return None, "hijri"
    return converted[0], "hijri" if converted[1] else "hijri approximate"


def _month(written: str) -> int:
    name = words.key(written).rstrip(".")
    arabic = words.gregorian_months()
    return arabic[name] if name in arabic else words.latin_months()[name]


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


def _day(year: int | None, month: int, day: int) -> date | None:
    if year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
