"""Marking words by keyboard: a span that grows and shrinks by letters, words, sentences and paragraphs.

Pure: spans are `[start, end)` code points of the article's text.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from kashaf.text import segments

Unit = Literal["letter", "word", "sentence", "paragraph"]
Span = tuple[int, int]


@lru_cache(maxsize=12)
def units(text: str, unit: Unit) -> Sequence[Span]:
    """All units of the text, in order and without overlap."""
    match unit:
        case "word":
            return segments.words(text)
        case "sentence":
            return segments.sentences(text)
        case "paragraph":
            return segments.paragraphs(text)
        case "letter":
            return [(index, index + 1) for index in range(len(text))]


def unit_at(text: str, unit: Unit, offset: int) -> Span:
    """The unit at `offset`; between units, the one before it, or the first."""
    spans = units(text, unit)
    if not spans:
        return (offset, offset)
    return spans[max(0, bisect_right(spans, offset, key=lambda span: span[0]) - 1)]


def neighbour(text: str, unit: Unit, offset: int, step: int) -> Span:
    """The unit `step` units away from the one at `offset`; the last or first where there are no more."""
    spans = units(text, unit)
    if not spans:
        return (offset, offset)
    here = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return spans[min(len(spans) - 1, max(0, here + step))]


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

    def widen(self, text: str, unit: Unit, step: int) -> Mark:
        """Move the reach by `step` units. The first step in a larger unit takes the whole of it instead."""
        if unit == "letter":
            return self._by_letter(text, step)
        if unit != self.unit:
            start, end = self.span
            first, last = unit_at(text, unit, start), unit_at(text, unit, max(start, end - 1))
            forward = self.reach[0] >= self.anchor[0]
            return Mark(first if forward else last, last if forward else first, unit)
        return replace(self, reach=neighbour(text, unit, self.reach[0], step))

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
