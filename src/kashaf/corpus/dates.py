"""Dates that stand in Arabic text, with their place in it. Nothing is guessed: an unsaid year stays unsaid."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from kashaf.corpus import date_words as words
from kashaf.corpus.date_patterns import may_begin, scanner
from kashaf.corpus.date_values import Calendar, FoundDate, Granularity, Hit, day_of, resolve

__all__ = ["Calendar", "FoundDate", "Granularity", "find_dates", "parse_date"]

_TOKEN: Final = re.compile(r"\d+|[\u0621-\u063a\u0640-\u065f\u0670-\u06d3\u06d5A-Za-z\u00c0-\u024f]+")
_RANGE: Final = re.compile(r"\s*(?:[-–—]|و|إلى|الى|حتى|وحتى)\s*(?:يوم\s+)?")
_RANGE_SURE: Final = 0.9
_WINDOW: Final = 160  # code points; no date is longer


def find_dates(text: str, *, limit: int | None = None, anchor: date | None = None) -> Iterator[FoundDate]:
    """The dates of a text in their order, without overlap; at most `limit`.

    Read: days, months and years in the month names of every Arab country, dual names (`أكتوبر (تشرين الأول)`,
    `سبتمبر/أيلول`), Hijri dates, Solar Hijri days, numeric dates with the day first (04/07/2025 is 4 July), ISO 8601,
    RFC 5322, English, French and Turkish month names. A bare number or a bare month is not a date.
    anchor: the day of publication; with it `نوفمبر الماضي` gets a value, without it the year stays open. Words that
    say how far away a day is (`أمس`) are `relative_dates.find_relative`'s.
    """
    found = _all(text, anchor)
    waiting: FoundDate | None = None
    given = 0
    for one in found:
        if waiting is not None:
            yield _of_same_year(waiting, one, text[waiting.end : one.start])
            waiting = None
        if limit is not None and given >= limit:
            return
        given += 1
        if one.value is None and one.granularity == "day" and not one.note:
            waiting = one  # `21 جانفي إلى 3 فيفري 2026`: the year may follow
            continue
        yield one
    if waiting is not None:
        yield waiting


def _all(text: str, anchor: date | None) -> Iterator[FoundDate]:
    done = 0
    folded: str | None = None
    places: Sequence[int] = ()
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < done or not may_begin(token[0]):
            continue
        if folded is None:
            if words.MARK.search(text) is None:
                folded, places = words.fold_unmarked(text), range(len(text))
            else:
                folded = words.fold(text)
                places = [place for place, letter in enumerate(text) if words.MARK.match(letter) is None]
        begin = bisect_left(places, start)
        match = scanner().match(folded, begin, begin + _WINDOW)
        if match is not None:
            hit = Hit(match, places, text)
            done = hit.span()[1]
            yield from resolve(hit, anchor)


def _of_same_year(first: FoundDate, second: FoundDate, between: str) -> FoundDate:
    """The first day of a range with the year of its last, which comes after it."""
    if second.value is None or second.granularity != "day" or _RANGE.fullmatch(between) is None:
        return first
    if first.calendar != second.calendar or not first.calendar.startswith("greg"):
        return first
    for year in (second.value.year, second.value.year - 1):
        dated = next(_all(f"{first.text} {year}", None), None)
        if dated is not None and dated.value is not None and dated.value <= second.value:
            return replace(first, value=dated.value, confidence=_RANGE_SURE)
    return first


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
    day = day_of(int(value[:4]), int(value[4:6]), int(value[6:]))
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
