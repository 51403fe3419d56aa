"""The axis cut into periods at a zoom, with what is said of each.

A statement that names a year and no month is of the year and not of January: at a finer zoom it has a period of its
own, which stands before those within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from kashaf.entities.model import Granularity
from kashaf.entities.statements.model import Period, Statement, Zoom

_FINENESS: Final[dict[Granularity, int]] = {
    "century": 0, "decade": 1, "year": 2, "season": 3, "interval": 3, "month": 4, "week": 5, "day": 6,
}  # fmt: skip
_DAYS_BY_DAY: Final = 62
_DAYS_BY_MONTH: Final = 365 * 6
_DAYS_BY_YEAR: Final = 365 * 60
_MOST_COLUMNS: Final = 4_000


def fitting_zoom(statements: Sequence[Statement]) -> Zoom:
    """The zoom at which most of the axis can be seen: of the middle nine tenths of the statements."""
    days = sorted(statement.day for statement in statements if statement.day is not None)
    if not days:
        return "month"
    cut = len(days) // 20
    span = (days[-1 - cut] - days[cut]).days
    if span <= _DAYS_BY_DAY:
        return "day"
    if span <= _DAYS_BY_MONTH:
        return "month"
    return "year" if span <= _DAYS_BY_YEAR else "decade"


def periods(statements: Iterable[Statement], zoom: Zoom) -> list[Period]:
    """The periods that something is said of, in order: by first day, of equal ones the longest first."""
    found: dict[tuple[date, date, str], list[Statement]] = {}
    grains: dict[tuple[date, date, str], Granularity] = {}
    for statement in statements:
        day = statement.day
        if day is None:
            continue
        grain = statement.mention.granularity
        if _FINENESS[grain] >= _FINENESS[zoom] and grain != "interval":
            first, last = stretch(day, zoom)
            key, grain = label(first, zoom), zoom
        else:
            first, last = day, statement.mention.latest or day
            key = _own_key(statement, first, grain)
        place = first, last, key
        found.setdefault(place, []).append(statement)
        grains[place] = grain
    order = sorted(found, key=lambda place: (place[0], -place[1].toordinal(), place[2]))
    return [Period(place[2], place[0], place[1], grains[place], tuple(found[place])) for place in order]


def counts(statements: Iterable[Statement], zoom: Zoom) -> list[tuple[date, int]]:
    """How many statements begin in each stretch of the axis, from the first to the last, empty ones too.

    What is coarser than the zoom is left out: it is of no stretch. At most 4,000 stretches, the last ones.
    """
    number: dict[date, int] = {}
    for statement in statements:
        if statement.day is not None and _FINENESS[statement.mention.granularity] >= _FINENESS[zoom]:
            first, _ = stretch(statement.day, zoom)
            number[first] = number.get(first, 0) + 1
    if not number:
        return []
    row: list[tuple[date, int]] = []
    at, last = max(number), min(number)
    while at >= last and len(row) < _MOST_COLUMNS:
        row.append((at, number.get(at, 0)))
        if at == date.min:
            break
        at, _ = stretch(at - timedelta(1), zoom)
    return row[::-1]


def stretch(day: date, zoom: Zoom) -> tuple[date, date]:
    """First and last day of the decade, year, month or day that holds a day."""
    match zoom:
        case "day":
            return day, day
        case "month":
            after = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
            last = date.max if after[0] > date.max.year else date(*after, 1) - timedelta(1)
            return day.replace(day=1), last
        case "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
    begin = day.year // 10 * 10
    return date(max(1, begin), 1, 1), date(min(date.max.year, begin + 9), 12, 31)


def label(first: date, zoom: Zoom) -> str:
    """A stretch in EDTF: `202X`, `2025`, `2025-11`, `2025-11-03`."""
    match zoom:
        case "day":
            return first.isoformat()
        case "month":
            return first.isoformat()[:7]
        case "year":
            return first.isoformat()[:4]
    return f"{first.year // 10:03d}X"


def _own_key(statement: Statement, first: date, grain: Granularity) -> str:
    """What is coarser than the zoom goes by its value, and about a year stands with the year itself."""
    if grain == "year":
        return label(first, "year")
    return label(first, "decade") if grain == "decade" else statement.mention.edtf.rstrip("~%?")
