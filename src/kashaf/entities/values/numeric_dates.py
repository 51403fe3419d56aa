"""Dates in digits alone. What they are worth is `kashaf.corpus.dates`'s to say: the heads of pages hold them too."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date
from typing import Final

from kashaf.corpus.date_values import TWO_CALENDARS
from kashaf.corpus.dates import find_dates
from kashaf.entities.values import moments
from kashaf.entities.values.context import Context, Found
from kashaf.entities.values.moments import Moment

_SHAPE: Final = re.compile(r"\d{1,4} ?[-/.–] ?\d{1,2} ?[-/.–] ?\d{2,4}(?!\d)")
_BEFORE: Final = re.compile(r"\d[-/.]?$")
_ERA: Final = 12  # code points; room for هجرية


def numeric_at(ctx: Context, index: int) -> Found | None:
    """04/07/2025, 2025-10-24, 7.10.2023, 13-5-1446 هـ; the day first."""
    line = ctx.line
    start = line.starts[index]
    shape = _SHAPE.match(line.text, start)
    if shape is None or _BEFORE.search(line.text, max(0, start - 2), start):
        return None
    window = line.text[start : shape.end() + _ERA]
    found = next(find_dates(window, limit=1, anchor=ctx.anchor), None)
    if found is None or found.start != 0 or found.end < shape.end() - start:
        return None
    end = bisect_left(line.ends, start + found.end, index) + 1
    if end > line.count or line.ends[end - 1] != start + found.end:
        return None
    moment = (
        moments.unknown("day", found.note) if found.value is None else _moment(found.value, found.calendar)
    )
    if found.value is not None:
        if found.note or (found.confidence < 1 and not moment.note):
            moment = moment.doubted(found.note or TWO_CALENDARS, found.confidence)
        if found.calendar.startswith("greg"):
            ctx.said = (found.value.year, end)
    return Found(index, end, moment)


def _moment(value: date, calendar: str) -> Moment:
    moment = replace(moments.of_day(value), calendar=calendar)
    if calendar == "hijri approximate":
        return replace(moment, edtf=moment.edtf + "%", confidence=0.6, note=moments.TABULAR)
    return moment
