"""Weeks, months, years and seasons by their distance from that of publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from kashaf.entities.model import Granularity
from kashaf.entities.values import moments
from kashaf.entities.values import time_words as names
from kashaf.entities.values.moments import Moment
from kashaf.entities.values.words import Word

_GUESSED: Final = 0.8


def sense_of(base: str) -> int | None:
    """-1 for words like `الماضي`, 1 for `المقبل`, 0 for `الجاري`, None for others."""
    if base in names.PAST:
        return -1
    if base in names.FUTURE:
        return 1
    return 0 if base in names.PRESENT else None


def sense_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """As `sense_of` with the index after the words; -2 for `قبل الماضي`, 2 for `بعد المقبل`."""
    word = words[at]
    if word.skip:
        return None
    if (sense := sense_of(word.base)) is not None:
        return sense, at + 1
    behind = words[at + 1].fold
    if word.fold == "قبل" and behind in names.PAST:
        return -2, at + 2
    return (2, at + 2) if word.fold == "بعد" and behind in names.FUTURE else None


def away(anchor: date | None, sense: int, unit: int) -> Moment:
    """The week, month or year before, of or after publication."""
    granularity: Granularity = (
        "year" if unit == names.YEARS_UNIT else "month" if unit == names.MONTHS_UNIT else "week"
    )
    if anchor is None:
        return moments.unknown(granularity, moments.NO_PUBLICATION, anchored=True)
    found: Moment | None
    if unit == names.YEARS_UNIT:
        found = moments.year_away(anchor, sense)
    elif unit == names.MONTHS_UNIT:
        found = moments.month_away(anchor, sense)
    elif unit == 1:
        found = moments.day_away(anchor, sense)
    else:
        day = moments.day_away(anchor, 7 * sense)
        found = None if day is None or day.earliest is None else moments.of_week(day.earliest)
    if found is None:
        return moments.unknown(granularity, moments.NO_PUBLICATION, anchored=True)
    return found.counted()


def season_away(anchor: date | None, code: int, sense: int) -> Moment:
    """The season before, of or after publication; a winter lies in two years and has no value."""
    if anchor is None:
        return moments.unknown("season", moments.NO_PUBLICATION, anchored=True)
    several = [
        moments.of_season(year, code) for year in range(max(anchor.year - 2, 1), min(anchor.year + 3, 9999))
    ]
    if code == moments.WINTER_CODE:
        return moments.unknown("season", moments.WINTER, anchored=True)
    past = [one for one in several if one.latest is not None and one.latest < anchor]
    coming = [one for one in several if one.earliest is not None and one.earliest > anchor]
    now = [one for one in several if one not in past and one not in coming]
    chosen = past[-1:] if sense < 0 else coming[:1] if sense > 0 else now
    if not chosen and sense == 0:
        chosen = [one for one in several if one.year == anchor.year]
    if not chosen:
        return moments.unknown("season", moments.YEAR_UNKNOWN, anchored=True)
    return chosen[0].doubted(moments.NEAREST_SEASON, _GUESSED).counted()
