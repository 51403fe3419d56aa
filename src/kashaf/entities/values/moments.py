"""What a date is worth: an EDTF value with the first and the last day that it may mean.

Values are those of ISO 8601-2:2019 level 1: `2015-22` is summer 2015, `196X` the sixties, `a/b` from a to b. What ISO
has no level-1 code for is an interval: weeks (from Monday), quarters, the months and years of the Hijri calendar.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from kashaf.corpus import hijri
from kashaf.entities.model import Granularity

#: Why a value is less than sure. A value that may be wrong is never without one.
YEAR_FROM_PUBLICATION: Final = "no year is said: the one nearest to the day of publication"
YEAR_UNKNOWN: Final = "no year is said"
WEEKDAY_BEFORE: Final = "a weekday alone: the last one before publication"
WEEKDAY_AFTER: Final = "a weekday alone: the next one after publication"
WRONG_WEEKDAY: Final = "the weekday is another"
TWO_MONTHS: Final = "two months"
NO_PUBLICATION: Final = "counted from the day of publication, which is not known"
VAGUE: Final = "how long is not said"
FROM_AN_EVENT: Final = "counted from something the text tells of"
ABOUT: Final = "about"
PART: Final = "which days is not said exactly"
WEEK: Final = "a week from Monday to Sunday"
WINTER: Final = "the winter at either end of the year"
CENTURY_UNSAID: Final = "no century is said"
TABULAR: Final = "Hijri by the tabular calendar: right to a day or two"
TAKEN_FOR_YEAR: Final = "a number taken for a year"
TODAY: Final = "may mean nowadays"
NAME: Final = "part of a name"
HIJRI_YEAR: Final = "no year is said: the one nearest to the day of publication"
HOURS: Final = "hours from publication may be another day"
DISTANCE: Final = "counted in round units from the day of publication"
SINCE_MORE: Final = "longer ago than that"
TWO_ERAS: Final = "Hijri or Gregorian"
WEEKDAY_DECIDES: Final = "the weekday decides"
OTHER_TIME: Final = "may be counted from another time"
SINCE_LESS: Final = "less long ago than that"
DECADE_OR_TEN_YEARS: Final = "a decade or the last ten years"
HIJRI_CENTURY: Final = "a century of the Hijra"
BEFORE_COMMON_ERA: Final = "before the common era"
NEAREST_SEASON: Final = "the season nearest to publication"
WHICH_UNSAID: Final = "of which year or month is not said"

_SURE_ENOUGH: Final = 0.9
SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
WINTER_CODE: Final = 24


@dataclass(frozen=True, slots=True)
class Moment:
    """As `kashaf.entities.model.DateMention` without its place.

    year, month, day: what is said or known of a date of the Gregorian calendar, for what is composed of it.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    granularity: Granularity
    calendar: str = "gregorian"
    anchored: bool = False
    confidence: float = 1.0
    note: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None

    def doubted(self, note: str, confidence: float) -> Moment:
        """The same, less sure, for a reason; a reason already given stays."""
        return replace(self, note=self.note or note, confidence=min(self.confidence, confidence))

    def counted(self) -> Moment:
        """The same, counted from the day of publication."""
        return replace(self, anchored=True)


def unknown(
    granularity: Granularity, note: str, *, anchored: bool = False, latest: date | None = None
) -> Moment:
    """A date without a value."""
    return Moment("", None, latest, granularity, anchored=anchored, note=note, confidence=_SURE_ENOUGH)


def of_day(day: date) -> Moment:
    """One day."""
    return Moment(day.isoformat(), day, day, "day", year=day.year, month=day.month, day=day.day)


def of_month(year: int, month: int) -> Moment:
    """One month."""
    first, last = _month(year, month)
    return Moment(f"{year:04}-{month:02}", first, last, "month", year=year, month=month)


def of_year(year: int) -> Moment:
    """One year."""
    return Moment(f"{year:04}", date(year, 1, 1), date(year, 12, 31), "year", year=year)


def open_day(month: int, day: int) -> Moment:
    """A day of every year."""
    return Moment(f"XXXX-{month:02}-{day:02}", None, None, "day", note=YEAR_UNKNOWN, month=month, day=day)


def open_month(month: int) -> Moment:
    """A month of every year."""
    return Moment(f"XXXX-{month:02}", None, None, "month", note=YEAR_UNKNOWN, month=month)


def of_decade(tens: int) -> Moment:
    """198 is the eighties of the twentieth century."""
    return Moment(f"{tens:03}X", date(max(tens * 10, 1), 1, 1), date(tens * 10 + 9, 12, 31), "decade")


def of_century(number: int) -> Moment:
    """19 is the nineteenth century, 1801 to 1900; EDTF writes it 18XX."""
    return Moment(f"{number - 1:02}XX", date(number * 100 - 99, 1, 1), date(number * 100, 12, 31), "century")


def of_season(year: int, code: int) -> Moment:
    """One season, by its code in EDTF."""
    first, last = SEASONS[code]
    if code == WINTER_CODE:
        earliest = date(max(year - 1, 1), 12, 1)
        latest = _month(min(year + 1, 9999), 2)[1]
        return Moment(
            f"{year:04}-{code}", earliest, latest, "season", note=WINTER, confidence=_SURE_ENOUGH, year=year
        )
    return Moment(f"{year:04}-{code}", date(year, first, 1), _month(year, last)[1], "season", year=year)


def of_months(year: int, first: int, last: int) -> Moment:
    """Months of one year: a quarter, a half."""
    written = f"{year:04}-{first:02}/{year:04}-{last:02}"
    return Moment(written, date(year, first, 1), _month(year, last)[1], "interval")


def of_week(day: date) -> Moment:
    """The week of a day, from Monday to Sunday."""
    first = _moved(day, -day.weekday()) or day
    last = _moved(first, 6) or first
    return Moment(f"{first}/{last}", first, last, "week", note=WEEK, confidence=_SURE_ENOUGH)


def between(first: Moment, last: Moment) -> Moment | None:
    """From the one to the other; None when it would run backwards or one has no value."""
    if not first.edtf or not last.edtf or "/" in first.edtf or "/" in last.edtf:
        return None
    if first.earliest is not None and last.latest is not None and first.earliest > last.latest:
        return None
    noted = first if first.note else last
    return Moment(
        f"{first.edtf}/{last.edtf}",
        first.earliest,
        last.latest,
        "interval",
        first.calendar if first.calendar == last.calendar else "gregorian",
        first.anchored or last.anchored,
        min(first.confidence, last.confidence),
        noted.note,
        last.year,
    )


def about(moment: Moment, note: str = ABOUT) -> Moment:
    """A value that is about right: `2015~`."""
    if not moment.edtf:
        return moment
    edtf = moment.edtf if "/" in moment.edtf else moment.edtf.rstrip("~") + "~"
    return replace(moment, edtf=edtf, confidence=min(moment.confidence, 0.8), note=moment.note or note)


#: Which part of a time is meant: its first third, its middle, its last third; or its very beginning or end.
EARLY, MIDDLE, LATE, BEGINNING, END = range(5)


def part_of(moment: Moment, part: int) -> Moment:
    """`أوائل 2020`, `منتصف تموز`: a third of a year, month or decade, `~` where its edge is soft.

    The beginning and the end of a year are its first and last month. Of a time with other bounds: the value itself,
    with a note.
    """
    year, month = moment.year, moment.month
    if moment.granularity == "year" and year is not None and moment.calendar == "gregorian":
        found = _part_of_year(year, part)
    elif moment.granularity == "month" and year is not None and month is not None:
        found = _part_of_month(year, month, part)
    elif moment.granularity == "decade" and moment.edtf:
        found = _part_of_decade(int(moment.edtf[:3]), part)
    elif moment.granularity == "century" and moment.edtf and part in {BEGINNING, END, EARLY, LATE}:
        tens = int(moment.edtf[:2]) * 10 + (0 if part in {BEGINNING, EARLY} else 9)
        found = about(of_decade(tens))
    else:
        return moment.doubted(PART, _SURE_ENOUGH)
    confidence = min(moment.confidence, _SURE_ENOUGH)
    return replace(found, anchored=moment.anchored, confidence=confidence, note=moment.note or PART)


def _part_of_year(year: int, part: int) -> Moment:
    if part in {BEGINNING, END}:
        return about(of_month(year, 1 if part == BEGINNING else 12))
    first, last, written = {
        EARLY: (1, 4, "{0}-01/{0}-04~"),
        MIDDLE: (5, 8, "{0}-05~/{0}-08~"),
        LATE: (9, 12, "{0}-09~/{0}-12"),
    }[part]
    return replace(of_months(year, first, last), edtf=written.format(f"{year:04}"))


def _part_of_month(year: int, month: int, part: int) -> Moment:
    end = _month(year, month)[1].day
    name = f"{year:04}-{month:02}"
    if part in {EARLY, BEGINNING}:
        first, last, written = 1, 10, f"{name}-01/{name}-10~"
    elif part == MIDDLE:
        first, last, written = 11, 20, f"{name}-11~/{name}-20~"
    else:
        first, last, written = 21, end, f"{name}-21~/{name}-{end}"
    return Moment(written, date(year, month, first), date(year, month, last), "interval")


def _part_of_decade(tens: int, part: int) -> Moment:
    if part in {EARLY, BEGINNING}:
        first, last, written = 0, 3, "{0}0/{0}3~"
    elif part == MIDDLE:
        first, last, written = 4, 6, "{0}4~/{0}6~"
    else:
        first, last, written = 7, 9, "{0}7~/{0}9"
    earliest, latest = date(tens * 10 + first, 1, 1), date(tens * 10 + last, 12, 31)
    return Moment(written.format(f"{tens:03}"), earliest, latest, "interval")


@lru_cache(maxsize=1 << 12)
def of_hijri(year: int, month: int | None, day: int | None) -> Moment | None:
    """A day, month or year of the Hijri calendar; None when there is no such day.

    `%` where only the tabular calendar reaches (`kashaf.corpus.hijri`).
    """
    first = hijri.to_gregorian(year, month or 1, day or 1)
    if first is None or (day is None and hijri.to_gregorian(year + 1, 1, 1) is None):
        return None
    begin, exact = first
    if day is not None:
        moment = replace(of_day(begin), calendar="hijri")
        return moment if exact else _tabular(moment)
    following = (
        hijri.to_gregorian(year + month // 12, month % 12 + 1, 1)
        if month
        else hijri.to_gregorian(year + 1, 1, 1)
    )
    if following is None:
        return None
    end = following[0] - timedelta(days=1)
    granularity: Granularity = "month" if month else "year"
    moment = Moment(f"{begin}/{end}", begin, end, granularity, "hijri")
    return moment if exact and following[1] else _tabular(moment)


def _tabular(moment: Moment) -> Moment:
    edtf = "/".join(f"{one}%" for one in moment.edtf.split("/"))
    return replace(moment, edtf=edtf, calendar="hijri approximate", confidence=0.6, note=TABULAR)


def month_away(anchor: date, months: int) -> Moment | None:
    """The month so many months from that of a day."""
    number = anchor.year * 12 + anchor.month - 1 + months
    return of_month(number // 12, number % 12 + 1) if 12 <= number < 120_000 else None


def year_away(anchor: date, years: int) -> Moment | None:
    """The year so many years from that of a day."""
    year = anchor.year + years
    return of_year(year) if 1 <= year <= 9999 else None


def day_away(anchor: date, days: int) -> Moment | None:
    """The day so many days from a day."""
    day = _moved(anchor, days)
    return None if day is None else of_day(day)


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
