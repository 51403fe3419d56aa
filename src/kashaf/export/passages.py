"""A note's words within their paragraphs, and the marks of other notes across them, cut so that none overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashaf.corpus.article import Article

REACH: Final = 300  # code points of a paragraph shown before and after the words


@dataclass(frozen=True, slots=True)
class Mark:
    """`[start, end)` of the article's text, marked by the note of that number."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Text under the same marks throughout. own: within the words shown. others: numbers of other notes."""

    text: str
    own: bool
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or what is shown of it. cut_before, cut_after: whether more of it stands there."""

    segments: tuple[Segment, ...]
    cut_before: bool = False
    cut_after: bool = False


class Passages:
    """The passages of one article. marks: of all the notes on its words, at places that are certain."""

    def __init__(self, article: Article, marks: Iterable[Mark]) -> None:
        self._text = article.text
        self._paragraphs = [(one.start, one.end) for one in article.paragraphs()]
        self._starts = [start for start, _ in self._paragraphs]
        self._marks = sorted(marks, key=lambda mark: (mark.start, mark.end, mark.number))

    def around(self, place: tuple[int, int], number: int) -> tuple[Line, ...]:
        """The paragraphs that `place` of the note `number` stands in, shortened before and after it."""
        start, end = place
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_left(self._starts, end), first + 1)
        low = self._before(self._paragraphs[first][0], start)
        high = self._after(end, self._paragraphs[last - 1][1])
        others = [
            mark
            for mark in self._marks
            if mark.start < high and mark.end > low and mark.start < mark.end and mark.number != number
        ]
        lines = []
        for at, until in self._paragraphs[first:last]:
            shown = (max(at, low), min(until, high))
            if shown[0] < shown[1]:
                segments = self._segments(shown, Mark(start, end, number), others)
                lines.append(Line(segments, shown[0] > at, shown[1] < until))
        return tuple(lines)

    def _before(self, paragraph: int, start: int) -> int:
        if start - paragraph <= REACH:
            return paragraph
        space = self._text.find(" ", start - REACH, start)
        return start - REACH if space < 0 else space + 1

    def _after(self, end: int, paragraph: int) -> int:
        if paragraph - end <= REACH:
            return max(paragraph, end)
        space = self._text.rfind(" ", end, end + REACH)
        return end + REACH if space < 0 else space

    def _segments(self, shown: tuple[int, int], own: Mark, others: list[Mark]) -> tuple[Segment, ...]:
        low, high = shown
        cuts = {low, high}
        for mark in (own, *others):
            cuts |= {min(max(edge, low), high) for edge in (mark.start, mark.end)}
        edges = sorted(cuts)
        return tuple(
            Segment(
                self._text[start:end],
                own.start <= start and end <= own.end,
                tuple(mark.number for mark in others if mark.start <= start and end <= mark.end),
            )
            for start, end in pairwise(edges)
        )
