"""Dates and ranges of dates as a query writes them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final, Literal

from kashaf.errors import UsageError
from kashaf.said import said
from kashaf.text.fold import fold_word
from kashaf_index.query.ast import Published

_DAY: Final = re.compile(r"([0-9]{4})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?)?")
#: Code points of a text that a message quotes.
LONGEST: Final = 40
CURE: Final = said("Write date:2025, date:2025-11, date:2025-11-10 or a range A..B")


def published(field: Literal["date", "after", "before"], value: str) -> Published:
    """What `date:value`, `after:value` or `before:value` stands for. Raises UsageError for what is no date.

    After and before leave out the day, month or year they name.
    """
    plain = fold_word(value).strip()
    value = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    if field != "date":
        first, last = _days(plain, value)
        try:
            day = timedelta(days=1)
            return Published(last + day, None) if field == "after" else Published(None, first - day)
        except OverflowError as error:
            raise _refused(value) from error
    low, dots, high = plain.partition("..")
    if not dots:
        return Published(*_days(plain, value))
    high = high.lstrip(".")
    if not low and not high:
        raise UsageError(said("{text}: a date range needs a date on one side", text=value), cure=CURE)
    begins = _days(low, value)[0] if low else None
    ends = _days(high, value)[1] if high else None
    if begins and ends and begins > ends:
        raise UsageError(said("{text}: the range ends before it begins", text=value), cure=CURE)
    return Published(begins, ends)


def _days(text: str, whole: str) -> tuple[date, date]:
    """First and last day of a year, month or day."""
    match = _DAY.fullmatch(text.strip().rstrip(",،;؛."))
    try:
        if match is None:
            raise ValueError(text)
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if not match[2]:
            return date(year, 1, 1), date(year, 12, 31)
        if not match[3]:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise _refused(whole) from error


def _refused(value: str) -> UsageError:
    return UsageError(said("{text} is not a date", text=value), cure=CURE)
