"""Which of a page's date lines are the article's own: not a clock, not a schedule, not another article's day."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kashaf.corpus.article import RemovedLine
from kashaf.corpus.chrome import normal_form
from kashaf.corpus.cleaning import Line, is_paragraph
from kashaf.corpus.date_lines import MAX_CHARS, DateLine, is_ago, is_label, read_date_line, without
from kashaf.corpus.dates import FoundDate, find_dates

MENU_RULES: Final = frozenset({"menu", "search-box", "breadcrumb", "skip-link"})
_LIST_RULES: Final = frozenset({"related", "related-nodes", "most-read", "latest"})
_BARRIERS: Final = MENU_RULES | _LIST_RULES | {"site-name", "read-more"}
_LABEL_GAP: Final = 3  # lines of the file, most of them blank, between a label and its date
_COUNTER: Final = re.compile(r"(?<![\d:/.-])\d[\d.,٬٫]*(?![\d:/-])")
_SENTENCE_WORDS: Final = 6
_LABELLED: Final = 1.0
_ALONE: Final = 0.95
_WITH_PLACE: Final = 0.8
_BEFORE_TITLE: Final = 0.7


@dataclass(slots=True)
class HeadDates:
    """published, updated: the day, the number of its line, and how sure. taken: lines given to dates, by index."""

    published: tuple[FoundDate, int, float] | None = None
    updated: tuple[FoundDate, int, float] | None = None
    taken: dict[int, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lines:
    """A page's lines as far as its title is known. title_at: index of its line, None when it is not among them.
    title: as known from elsewhere. telling: indices worth looking at. taken: what other values were read from."""

    lines: Sequence[Line]
    removed: Sequence[RemovedLine]
    telling: Collection[int]
    taken: Mapping[int, str]
    title_at: int | None
    title: str | None = None


def read_dates(page: Lines) -> HeadDates:
    """The days a page states of itself, and the lines that hold nothing else."""
    read = HeadDates()
    days: list[tuple[int, DateLine]] = []
    for index in page.telling:
        if index in page.taken or index == page.title_at:
            continue
        text = page.lines[index].text
        if len(text) > MAX_CHARS:
            continue
        found = read_date_line(text, _label_before(page, index))
        if found is not None:
            days.append((index, found))
        elif is_ago(text):
            read.taken[index] = "date-line"
        elif is_label(text):
            read.taken[index] = "date-label"
    for index, found in days:
        number = page.lines[index].number
        sure = _certainty(page, index, found, alone=len(days) == 1)
        if found.updated is not None and sure and read.updated is None:
            read.updated = (found.updated, number, sure)
        if found.published is not None and sure and (read.published is None or sure > read.published[2]):
            read.published = (found.published, number, sure)
            read.warnings += [found.warning] if found.warning else []
        under_way = _after_prose(page, index) or _has_begun(page, index)
        if found.only and (sure or not under_way):
            rest = without(page.lines[index].text, list(find_dates(page.lines[index].text, limit=4)))
            counted = _COUNTER.search(rest) and ":" not in rest
            read.taken[index] = "view-counter" if counted else "date-line"
    return read


def _certainty(page: Lines, index: int, found: DateLine, *, alone: bool) -> float:
    """How sure the day of this line is the article's; 0 when it is not."""
    lines, title = page.lines, page.title_at
    number = lines[index].number
    prose = _after_prose(page, index)
    if prose:
        # A standfirst of a whole sentence may stand between title and date; later on it is a schedule or another
        # article's day, and so is one of many.
        follows = any(is_paragraph(line.text) for line in lines[index + 1 :])
        if prose > 1 or not found.only or not (found.labelled or (alone and follows and title is not None)):
            return 0
    elif not found.labelled and _has_begun(page, index):
        return 0
    if title is not None and index < title:
        parted = any(number < barrier < lines[title].number for barrier in _places(page, _BARRIERS))
        if parted or (found.clock and not found.labelled):
            return 0
        return _ALONE if found.labelled else _BEFORE_TITLE
    after = lines[title].number if title is not None else 0
    if any(after < barrier < number for barrier in _places(page, _LIST_RULES)) and not found.labelled:
        return 0
    return _LABELLED if found.labelled else _ALONE if found.only else _WITH_PLACE


def _has_begun(page: Lines, index: int) -> bool:
    """Whether the article is under way before a line: a sentence stands there that announces what follows, or, where
    the title is known from elsewhere, any sentence; or the line is an entry of a schedule, with its hour below."""
    following = page.lines[index + 1].text if index + 1 < len(page.lines) else ""
    if following.startswith("الساعة"):
        return True
    for place in range(0 if page.title_at is None else page.title_at + 1, index):
        text = page.lines[place].text
        if place in page.taken or page.lines[place].kind == "standfirst" or _is_title(text, page.title):
            continue
        if text.count(" ") + 1 < _SENTENCE_WORDS:
            continue
        if page.title_at is None or text.endswith(":"):
            return True
    return False


def _is_title(text: str, title: str | None) -> bool:
    return title is not None and normal_form(text) == normal_form(title)


def _after_prose(page: Lines, index: int) -> int:
    """How many paragraphs stand before a line."""
    return sum(
        i not in page.taken and i != page.title_at and is_paragraph(page.lines[i].text) for i in range(index)
    )


def _places(page: Lines, rules: Collection[str]) -> list[int]:
    """Numbers of the lines that fell under one of the rules."""
    gone = [line.line for line in page.removed if line.rule in rules]
    return gone + [page.lines[index].number for index, rule in page.taken.items() if rule in rules]


def _label_before(page: Lines, index: int) -> str:
    """The line right before, kept or removed, when it is nothing but the label of a date."""
    number = page.lines[index].number
    before = [(page.lines[index - 1].number, page.lines[index - 1].text)] if index else []
    before += [(gone.line, gone.text) for gone in page.removed if number - _LABEL_GAP <= gone.line < number]
    at, text = max(before, default=(0, ""))
    return text if number - at <= _LABEL_GAP and is_label(text) else ""
