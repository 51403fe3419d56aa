"""Where words that were changed may be now: places with what speaks for each, and whether one may be proposed.

Measured, and the thresholds chosen, by `scripts/anchor_matrix.py`; see docs/anchoring.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Indel

from kashaf.notes.chaining import REACH, WIDEST_INSERT, Needle, Run, chains, covered, first, last
from kashaf.notes.likeness import Plain, readable
from kashaf.notes.model import CONTEXT
from kashaf.notes.places import UNIQUE, repeats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashaf.notes.model import WordsTarget

_SIDE: Final = 32  # those of them, nearest to the quote, that are counted
_LONGEST_MEASURED: Final = 20_000  # of a longer quote only the runs are counted
_CHANCE: Final = 0.5  # the likeness that any two texts of one language have
_KEPT: Final = 0.8  # what a quote counts for whose words all stand, with others put between them
_HEAVIEST: Final = 96  # code points that a quote counts for at most, so that context still does
_LIGHTEST: Final = 8
_PART: Final = 4  # letters that are no mere part of another word
_HALF_EDGE: Final = 0.5
_LOOSE: Final = frozenset(" \n\t,.;:!?\"'،؛؟«»“”()[]-–—…")

#: A proposal's least score, and how far the next best place must be behind it.
ACCEPTANCE: Final = 0.5
MARGIN: Final = 0.2
#: How far behind any other place must be for the very words to be claimed.
RIVAL: Final = 0.1
_SURE_SIDE: Final = 0.75  # of a side that speaks for itself
_SURE_REPEATS: Final = 0.9  # the same where the article repeated itself
_SOME: Final = 0.15  # of a quote between two sure sides
_MUCH: Final = 0.3  # of any other
_SHORT: Final = 64  # code points between two whole sides that need be nothing like the quote
_ALIKE: Final = 0.5  # of a place that could be taken for the quote's
_LONG: Final = 2000  # code points of a quote that is like nothing else
_PHRASE: Final = 12  # code points of a quote that can be like another


@dataclass(frozen=True, slots=True)
class Match:
    """A place, `[start, end)` of the text, and from 0 to 1 what speaks for it.

    quote: how alike the words are, 0 for what chance would give. before, after: how much of the context stands
    there, in runs; 1 for none on that side. score: all three, weighted by their length. same: the words are the same
    but for their spelling. alikes: the article held look-alikes when the note was made.
    """

    start: int
    end: int
    quote: float
    before: float
    after: float
    score: float
    same: bool
    alikes: bool


def chosen(
    target: WordsTarget,
    found: Sequence[Match],
    text: str,
    *,
    acceptance: float = ACCEPTANCE,
    margin: float = MARGIN,
) -> Match | None:
    """The place among those of `matches` that speaks for itself while no other one speaks nearly as loud.

    Or else the one place of the very words, where they are too many to stand anywhere else by chance.
    """
    if not found:
        return None
    accepted = [one for one in found if is_accepted(one, acceptance)]
    if accepted and accepted[0] is found[0]:
        rival = found[1].score if len(found) > 1 else 0.0
        if found[0].score - rival >= margin:
            return found[0]
    if any(one.quote < 1 for one in accepted):
        return None
    return next((one for one in found if _is_unique(target, one, text)), None)


def is_accepted(match: Match, acceptance: float = ACCEPTANCE) -> bool:
    """Whether enough speaks for a place to propose it, were it the only one."""
    sides = min(match.before, match.after)
    if match.alikes:
        return sides >= _SURE_REPEATS and match.score >= acceptance
    if sides == 1 and match.end - match.start <= _SHORT:
        return True
    if sides >= _SURE_SIDE and match.quote >= _SOME:
        return True
    return match.quote >= _MUCH and match.score >= acceptance


def _is_unique(target: WordsTarget, match: Match, text: str) -> bool:
    """Whether these are the very words, and stood once when the note was made and stand once now."""
    words = text[match.start : match.end]
    return (
        len(words) >= UNIQUE
        and words == target.quote
        and not repeats(target.prefix, target.suffix)
        and text.find(words, text.find(words) + 1) < 0
    )


def has_look_alikes(target: WordsTarget, text: str) -> bool:
    """Whether another place of the text is so like the target that it could be taken for it, were it to go."""
    if len(target.quote) > _LONG:
        return False
    here = target.start, target.end
    return any(
        (one.quote >= _ALIKE and len(target.quote) >= _PHRASE) or one.score >= _ALIKE
        for one in matches(target, text)
        if not (one.start < here[1] and here[0] < one.end)
    )


def matches(target: WordsTarget, text: str) -> list[Match]:
    """The places that may be the target's, the best first, none overlapping a better one; five at most."""
    needle, ground = Needle.of(target), readable(text)
    if needle.start >= needle.end:
        return []
    found: list[Match] = []
    for chain in chains(needle, ground.text):
        match = _match(target, needle, chain, ground, text)
        if match is not None and not any(
            match.start < other.end and other.start < match.end for other in found
        ):
            found.append(match)
    return sorted(found, key=lambda one: (-one.score, one.start))


def _match(
    target: WordsTarget, needle: Needle, chain: Sequence[Run], ground: Plain, text: str
) -> Match | None:
    start, end = first(needle, chain, ground.text), last(needle, chain, ground.text)
    if start >= end:
        return None
    quote = needle.text[needle.start : needle.end]
    span = ground.source_span(start, end)
    if ground.text[start:end] != quote or len(quote) < _PART:
        span = _trimmed(target, text, *span)
        start, end = ground.at(span[0]), ground.at(span[1])
    if not text[span[0] : span[1]].strip():
        return None
    alike = _alike(quote, ground.text[start:end], needle, chain)
    alikes = max(len(target.prefix), len(target.suffix)) > CONTEXT
    side = REACH if alikes else _SIDE
    before_length = min(side, needle.start)
    after_length = min(side, len(needle.text) - needle.end)
    before = covered(chain, needle.start - before_length, needle.start)
    after = covered(chain, needle.end, needle.end + after_length)
    weight = min(max(len(quote), _LIGHTEST), _HEAVIEST)
    kept = covered(chain, needle.start, needle.end) / len(quote)
    told = max(0.0, (alike - _CHANCE) / (1 - _CHANCE))
    if end - start <= 3 * len(quote) + WIDEST_INSERT:
        told = max(told, _KEPT * kept)
    return Match(
        span[0],
        span[1],
        quote=told,
        before=before / before_length
        if before_length
        else _edge(span[0] == 0, text.endswith("\n", 0, span[0])),
        after=after / after_length
        if after_length
        else _edge(span[1] == len(text), text.startswith("\n", span[1])),
        score=(weight * told + before + after) / (weight + before_length + after_length),
        same=alike == 1.0,
        alikes=alikes,
    )


def _edge(at_end: bool, at_line: bool) -> float:
    """What speaks for a place on a side where there was no context, because the text began or ended there."""
    return 1.0 if at_end else _HALF_EDGE if at_line else 0.0


def _alike(quote: str, words: str, needle: Needle, chain: Sequence[Run]) -> float:
    if quote == words:
        return 1.0
    if max(len(quote), len(words)) > _LONGEST_MEASURED:
        return min(0.999, 2 * covered(chain, needle.start, needle.end) / (len(quote) + len(words)))
    return float(Indel.normalized_similarity(quote, words))


def _trimmed(target: WordsTarget, text: str, start: int, end: int) -> tuple[int, int]:
    """The span to whole words where the quote was, without the spaces and signs that the quote did not have."""
    quote = target.quote
    if not (target.prefix[-1:] + quote[:1]).isalnum() or len(target.prefix) == 0:
        while start > 0 and _within_word(text, start):
            start -= 1
    if not (quote[-1:] + target.suffix[:1]).isalnum() or len(target.suffix) == 0:
        while end < len(text) and _within_word(text, end):
            end += 1
    if quote[0] not in _LOOSE:
        while start < end and text[start] in _LOOSE:
            start += 1
    if quote[-1] not in _LOOSE:
        while start < end and text[end - 1] in _LOOSE:
            end -= 1
    return start, end


def _within_word(text: str, at: int) -> bool:
    """Whether a word goes on across this place."""
    return _wordly(text[at - 1]) and _wordly(text[at])


def _wordly(char: str) -> bool:
    return char not in _LOOSE and not char.isspace()
