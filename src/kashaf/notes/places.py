"""Where the very words of a quote stand, and how much of what stood around them stands around them still.

A place must earn certainty by the words on both sides of it, and be the only one that does. The measures were judged
on press prose, where a formula such as "said the ministry's spokesman" fills one side of a name again and again; that
no look-alike earns it is what `scripts/anchor_matrix.py` counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from kashaf.notes.model import CONTEXT, LONGEST_CONTEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Context of a target whose place looked like another one, and of one whose very words had look-alikes, at least.
RESEMBLING: Final = CONTEXT * 3 // 2
REPEATING: Final = CONTEXT * 2

_SIDE: Final = 8  # code points that make a side agree
_BOTH: Final = 32  # code points that both sides together must reach
_PHRASE: Final = 32  # a quote this long needs one whole side only
_ENOUGH: Final = 64  # places that nothing tells apart
#: Letters of a quote that stands nowhere else by chance.
UNIQUE: Final = 24
_CANDIDATES: Final = 2000  # a quote more frequent than this is looked for with its whole context only


def repeats(prefix: str, suffix: str) -> bool:
    """Whether the article repeated the very words of the quote, by the length of its context.

    Other lengths than ours are those of a text too short to say so, or of another tool: then one must be as strict.
    """
    return max(len(prefix), len(suffix)) not in (CONTEXT, RESEMBLING)


@dataclass(frozen=True, slots=True)
class Words:
    """A quote and its context in the form that a text is compared in.

    cut_before, cut_after: whether the context is short because the text began or ended there.
    repeats: whether the article repeated itself around the quote when it was made: then only all of the context
    tells the place from others.
    """

    quote: str
    prefix: str
    suffix: str
    cut_before: bool
    cut_after: bool
    repeats: bool

    @classmethod
    def of(cls, quote: str, prefix: str, suffix: str, start: int) -> Words:
        """Of a target that began at `start`: its context in the form that it was taken in."""
        reach, cut_before = max(len(prefix), len(suffix)), len(prefix) == start
        repeating = repeats(prefix, suffix)
        if not repeating:
            reach, prefix, suffix = CONTEXT, prefix[-CONTEXT:], suffix[:CONTEXT]
        cut_before = cut_before and len(prefix) < reach
        return cls(quote, prefix, suffix, cut_before, len(suffix) < reach, repeating)

    @property
    def whole(self) -> int:
        """Code points of context that there are."""
        return len(self.prefix) + len(self.suffix)


@dataclass(frozen=True, slots=True)
class Place:
    """An occurrence of the quote. before, after: code points around it that are those of the context, from the quote
    outwards. certain: the context leaves no doubt, unless another place is as certain."""

    start: int
    end: int
    before: int
    after: int
    certain: bool

    @property
    def agreement(self) -> int:
        return self.before + self.after


def places(words: Words, text: str) -> list[Place]:
    """Every place of the quote; of one that stands everywhere, those with all of the context."""
    starts = list(islice(_occurrences(text, words.quote), _CANDIDATES + 1))
    if len(starts) > _CANDIDATES:
        around = words.prefix + words.quote + words.suffix
        found = islice(_occurrences(text, around), _ENOUGH)
        starts = [start + len(words.prefix) for start in found]
    return [_place(words, text, start) for start in starts]


def telling_reach(text: str, start: int, end: int) -> int:
    """How many code points on each side tell the span from every other place of its words; the most when none do.

    Each side must do so by itself: when the words are deleted, what stood before them comes to stand before whatever
    follows, and that may be a look-alike. More than `CONTEXT` where a look-alike could ever come near to certainty.
    """
    quote = text[start:end]
    reach = CONTEXT
    words = Words.of(quote, text[max(0, start - reach) : start], text[end : end + reach], start)
    others = [place for place in places(words, text) if place.start != start]
    if not others or (len(quote) < UNIQUE and all(max(one.before, one.after) < _SIDE for one in others)):
        return reach
    if len(others) >= _ENOUGH:
        return LONGEST_CONTEXT
    while reach < LONGEST_CONTEXT:
        reach *= 2
        words = Words.of(quote, text[max(0, start - reach) : start], text[end : end + reach], start)
        others = [_place(words, text, place.start) for place in others]
        if all(place.before < len(words.prefix) and place.after < len(words.suffix) for place in others):
            break
    return reach


def _place(words: Words, text: str, start: int) -> Place:
    end = start + len(words.quote)
    prefix, suffix = words.prefix, words.suffix
    before = _common(prefix[::-1], text[max(0, start - len(prefix)) : start][::-1])
    after = _common(suffix, text[end : end + len(suffix)])
    certain = _is_certain(words, text, start - before, end + after, before, after)
    return Place(start, end, before, after, certain)


def _is_certain(words: Words, text: str, start: int, end: int, before: int, after: int) -> bool:
    """start, end: of the quote with the context that agrees."""
    whole_before, whole_after = before == len(words.prefix), after == len(words.suffix)
    # A context cut short by the edge of the text agrees when it is whole and still at an edge. That edge may have
    # become the edge of a line, but lines are many: then the other side must agree to its last letter.
    at_start = words.cut_before and whole_before and start == 0
    at_end = words.cut_after and whole_after and end == len(text)
    at_line = (
        words.cut_before
        and whole_before
        and whole_after
        and after >= CONTEXT
        and text[start - 1 : start] == "\n"
    )
    at_line_end = (
        words.cut_after and whole_after and whole_before and before >= CONTEXT and text[end : end + 1] == "\n"
    )
    both = (before >= _SIDE or at_start or at_line) and (after >= _SIDE or at_end or at_line_end)
    if words.repeats:
        return both and whole_before and whole_after
    one = len(words.quote) >= _PHRASE and (
        (whole_before and before >= CONTEXT) or (whole_after and after >= CONTEXT) or at_start or at_end
    )
    agreement = before + after
    return (both and agreement >= min(_BOTH, words.whole)) or (one and agreement >= min(CONTEXT, words.whole))


def _occurrences(text: str, words: str) -> Iterator[int]:
    found = text.find(words)
    while found >= 0:
        yield found
        found = text.find(words, found + 1)


def _common(first: str, second: str) -> int:
    if first == second:
        return len(first)
    length = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        length += 1
    return length
