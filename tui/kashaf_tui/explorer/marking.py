"""Marking words: a span that grows and shrinks by letters, words, lines, sentences and paragraphs.

Pure: spans are `[start, end)` code points of the article's text. Only what is near an offset is looked at, so that
the length of the article does not matter; a word or a sentence ends where `pieces` cuts a paragraph of thousands.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice
from typing import Final, Literal

from kashaf.text import segments
from kashaf_tui.explorer.widgets.pieces import pieces_of

Unit = Literal["letter", "word", "line", "sentence", "paragraph"]
Span = tuple[int, int]
Find = Callable[[int, int], Span]
"""The unit a number of steps away from the one at an offset. Lines are known to the page alone."""

_INK: Final = re.compile(r"\S")


@lru_cache(maxsize=32)
def _in_piece(text: str, unit: Unit, piece: int) -> Sequence[Span]:
    """The words or sentences of a piece of the text, in order and without overlap."""
    start, end = pieces_of(text).span(piece)
    found = (segments.words if unit == "word" else segments.sentences)(text[start:end])
    return [(start + begin, start + after) for begin, after in found]


def unit_at(text: str, unit: Unit, offset: int) -> Span:
    """The unit at `offset`; between units, the one before it, or the first."""
    return neighbour(text, unit, offset, 0)


def neighbour(text: str, unit: Unit, offset: int, step: int) -> Span:
    """The unit `step` units away from the one at `offset`; the last or first where there are no more.

    An offset between units belongs to the one before it; before the first one, a step forward leads to the first.
    """
    if unit == "letter":
        offset = min(max(0, offset + step), max(0, len(text) - 1))
        return offset, min(len(text), offset + 1)
    after = _paragraphs_after(text, offset) if unit == "paragraph" else _after(text, unit, offset)
    up_to = _paragraphs_up_to(text, offset) if unit == "paragraph" else _up_to(text, unit, offset)
    found = _last(islice(after, step)) if step > 0 else _last(islice(up_to, 1 - step))
    if found is None:
        found = next(up_to if step > 0 else after, None)
    return found or (offset, offset)


def _last(spans: Iterable[Span]) -> Span | None:
    found = None
    for found in spans:  # noqa: B007 -- the last one is wanted
        pass
    return found


def _after(text: str, unit: Unit, offset: int) -> Iterator[Span]:
    """The words or sentences that begin after `offset`."""
    pieces = pieces_of(text)
    for piece in range(pieces.at(offset), len(pieces)):
        spans = _in_piece(text, unit, piece)
        yield from spans[bisect_right(spans, offset, key=_start) :]


def _up_to(text: str, unit: Unit, offset: int) -> Iterator[Span]:
    """The words or sentences that begin at `offset` or before, from there backwards."""
    for piece in range(pieces_of(text).at(offset), -1, -1):
        spans = _in_piece(text, unit, piece)
        yield from reversed(spans[: bisect_right(spans, offset, key=_start)])


def _paragraphs_after(text: str, offset: int) -> Iterator[Span]:
    span = _paragraph_from(text, text.rfind("\n", 0, offset) + 1)
    while span is not None:
        if span[0] > offset:
            yield span
        span = _paragraph_from(text, span[1])


def _paragraphs_up_to(text: str, offset: int) -> Iterator[Span]:
    span = _paragraph_from(text, text.rfind("\n", 0, offset) + 1)
    if span is None or span[0] > offset:
        span = _paragraph_to(text, offset)
    while span is not None:
        yield span
        span = _paragraph_to(text, span[0])


def _start(span: Span) -> int:
    return span[0]


def _paragraph_from(text: str, offset: int) -> Span | None:
    """The first paragraph that has ink at or after `offset`, from there on."""
    ink = _INK.search(text, offset)
    if ink is None:
        return None
    newline = text.find("\n", ink.start())
    end = len(text) if newline < 0 else newline
    return ink.start(), ink.start() + len(text[ink.start() : end].rstrip())


def _paragraph_to(text: str, offset: int) -> Span | None:
    """The last paragraph that ends before `offset`."""
    end = len(text[:offset].rstrip())
    return _paragraph_from(text, text.rfind("\n", 0, end) + 1) if end else None


@dataclass(frozen=True, slots=True)
class Mark:
    """From the unit where marking began (`anchor`) to the unit it has come to (`reach`), both included."""

    anchor: Span
    reach: Span
    unit: Unit = "word"

    @classmethod
    def begin(cls, text: str, offset: int) -> Mark:
        word = unit_at(text, "word", offset)
        return cls(word, word)

    @property
    def span(self) -> Span:
        return min(self.anchor[0], self.reach[0]), max(self.anchor[1], self.reach[1])

    def widen(self, text: str, unit: Unit, step: int, find: Find | None = None) -> Mark:
        """Move the reach by `step` units. The first step in a larger unit takes the whole of it instead.

        `find` finds the units; without it they are those of the text, which has no lines.
        """
        if unit == "letter":
            return self._by_letter(text, step)
        find = find or partial(neighbour, text, unit)
        if unit != self.unit:
            start, end = self.span
            first, last = find(start, 0), find(max(start, end - 1), 0)
            forward = self.reach[0] >= self.anchor[0]
            return Mark(first if forward else last, last if forward else first, unit)
        return replace(self, reach=find(self.reach[0], step))

    def _by_letter(self, text: str, step: int) -> Mark:
        """Move the edge that was reached, by a letter with its marks; the other edge stays."""
        start, end = self.span
        if self.reach[0] >= self.anchor[0]:
            end = max(letter_edge(text, start, 1), letter_edge(text, end, step))
            return Mark((start, start), (end, end), "letter")
        start = min(letter_edge(text, end, -1), letter_edge(text, start, step))
        return Mark((end, end), (start, start), "letter")


def letter_edge(text: str, offset: int, step: int) -> int:
    """The next place between two letters: never between a letter and its combining marks."""
    offset = min(len(text), max(0, offset + step))
    while 0 < offset < len(text) and unicodedata.combining(text[offset]):
        offset += step
    return offset
