"""Passages that show why an article is a hit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kashaf_index.found import Found, Span, merged_spans

#: Code points of one passage, and passages of one hit.
WIDTH: Final = 180
COUNT: Final = 2
_CANDIDATES: Final = 200


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage within one paragraph: `text == article.text[start:start + len(text)]`; spans are the article's."""

    text: str
    start: int
    spans: tuple[Span, ...]


def snippets(text: str, body_start: int, found: Sequence[Found]) -> tuple[Snippet, ...]:
    """The passages that hold most of what was found, in the order of the text.

    Different terms count more than repeated ones, the body more than the title, which a list of hits shows anyway.
    Without anything found: the beginning of the body.
    """
    if not found:
        start, end = _window(text, _first_word(text, body_start), _first_word(text, body_start))
        return (Snippet(text[start:end], start, ()),) if end > start else ()
    spans = merged_spans(found)
    candidates: dict[Span, tuple[int, int, int, int]] = {}
    found = sorted(found, key=lambda one: one.start)
    starts = [one.start for one in found]
    for anchor in found[:_CANDIDATES]:
        window = _window(text, anchor.start, anchor.end)
        begun = found[bisect_left(starts, window[0]) : bisect_left(starts, window[1])]
        inside = [other for other in begun if other.end <= window[1]]
        terms = len({other.unit for other in inside})
        candidates[window] = (terms, anchor.start >= body_start, len(inside), -anchor.start)
    chosen: list[Span] = []
    for window in sorted(candidates, key=candidates.__getitem__, reverse=True):
        if len(chosen) < COUNT and not any(window[0] < end and start < window[1] for start, end in chosen):
            chosen.append(window)
    return tuple(
        Snippet(text[start:end], start, tuple(span for span in spans if start <= span[0] and span[1] <= end))
        for start, end in sorted(chosen)
    )


def _window(text: str, start: int, end: int) -> Span:
    """A passage around a span: inside its paragraph, no word cut, a third of the room before the span."""
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    high = len(text) if high < 0 else high
    room = max(WIDTH - (end - start), 0)
    left = max(low, start - room // 3)
    right = min(high, max(end, left + WIDTH))
    left = max(low, min(left, right - WIDTH))
    while left > low and left < start and not text[left - 1].isspace():
        left += 1
    while right < high and right > end and not text[right].isspace():
        right -= 1
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def _first_word(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start
