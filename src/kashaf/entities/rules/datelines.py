"""Outlets and places in datelines: «الفيروز (سدرة) – أعلنت», «عدن - المرفأ» at the beginning of a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page
from kashaf.entities.rules import cues
from kashaf.entities.rules.given_names import GIVEN
from kashaf.entities.rules.phrases import body
from kashaf.entities.rules.spans import Candidate, Taken

_DASHES: Final = frozenset("-–—ـ:")
_NO_OUTLETS: Final = cues.word_set(
    "خاص خاصة وكالات الوكالات متابعات متابعة مراسلون مراسل مراسلة تقرير مراسلنا أرشيف رأي حوار قسم مكتب كتب كتبت"
)
_MOST: Final = 3
#: A line of no more words, after the place, is the name of who writes.
_LONGEST: Final = 3


def dateline_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Who sends a report, by where lines begin."""
    for first in range(len(page)):
        if first and "\n" not in page.gaps[first]:
            continue
        if (found := dateline(page, taken, first)) is not None:
            yield found._replace(rule="dateline")


def dateline(page: Page, taken: Taken, first: int) -> Candidate | None:
    """The words in brackets before a dash, or behind a dash to the end of a short line, when a place stands first."""
    held = taken.at(first)
    start = held.last + 1 if held is not None and held.type == "place" else first + 1
    if held is None or held.type != "place":
        start = _after_place(page, first)
    if not first < start < len(page) or "\n" in page.gaps[start]:
        return None
    last = start
    while last + 1 < len(page) and last - start + 1 < _MOST and page.joined(last + 1):
        last += 1
    if taken.at(start) is not None or page.folds[start] in _NO_OUTLETS or page.folds[start] in cues.NEVER:
        return None
    gap = page.gaps[start]
    behind = page.gaps[last + 1] if last + 1 < len(page) else "\n"
    if page.opener(start) == "(" and page.closed_after(last, "(") is not None:
        dashed = behind.strip().removeprefix(")").strip()[:1] in _DASHES if behind.strip() != ")" else False
        return body(page, start, last, 0) if dashed else None
    whole = held is not None and held.type == "place"
    if page.folds[start] in GIVEN:
        return None  # who writes
    if whole and gap.strip() in _DASHES and "\n" in behind and last - start < _LONGEST:
        return body(page, start, last, 0)
    return None


def _after_place(page: Page, first: int) -> int:
    """The word in brackets behind one or two words that begin a line."""
    for at in range(first + 1, min(first + 4, len(page))):
        if page.opener(at) == "(":
            return at
        if not page.joined(at):
            return 0
    return 0
