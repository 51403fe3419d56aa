"""The folded words of a field over all segments: what patterns and fuzzy words are expanded from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from kashaf.text.distance import letters
from kashaf_index.query.slots import FuzzySlot, PatternSlot, fits
from kashaf_index.words.folds import Ranges, SegmentFolds, folds_of, runs
from kashaf_index.words.table import Numbers, greatest
from kashaf_index.words.union import union

if TYPE_CHECKING:
    from kashaf_index.codec.segment import SegmentFile

#: Folded words that one pattern or fuzzy word may stand for: the commonest.
MAX_WORDS: Final = 1000
_KEPT: Final = 32

Expanding = PatternSlot | FuzzySlot
#: Of one segment, term ranges under the narrowest rung at which a slot accepts them: EXACT, FOLDED, STEM.
ByRung = tuple[Ranges, Ranges, Ranges]

_Value = TypeVar("_Value")


class _Matched(NamedTuple):
    """Folds of one segment: their numbers, ascending, and which of them a slot accepts from the stem rung up only."""

    numbers: Numbers
    wide: NDArray[np.bool_]


class Lexicon:
    """Reads what it is asked for, and remembers it for the last slots."""

    def __init__(self, field: str, segments: Sequence[SegmentFile]) -> None:
        self._field = field
        self._segments = tuple(segments)
        self._folds = [folds_of(segment) for segment in segments]
        self._matched: dict[Expanding, list[_Matched]] = {}
        self._followed: dict[Expanding, tuple[frozenset[str] | None, int]] = {}
        self._ranges: dict[Expanding, tuple[ByRung, ...]] = {}

    def followed(self, slot: Expanding) -> tuple[frozenset[str] | None, int]:
        """The folded words that a search follows, None for all, and how many the slot stands for in the field.

        slot: not bound to some words. Raises IndexDamaged, and ValueError for a table that holds what is no word.
        """
        known = self._followed.get(slot)
        if known is None:
            known = self._follow(slot)
            _keep(self._followed, slot, known)
        return known

    def ranges(self, slot: Expanding) -> tuple[ByRung, ...]:
        """The terms of each segment that the slot stands for, ascending, each in one array only.

        Of a fuzzy slot those that its distance reaches, not those of its own word's stem and root. Terms that the
        field lacks may be among them. Raises as `followed` does.
        """
        known = self._ranges.get(slot)
        if known is None:
            rows = zip(self._folds, self._words_of(slot), strict=True)
            known = tuple(_by_rung(slot, folds, matched) for folds, matched in rows)
            _keep(self._ranges, slot, known)
        return known

    def _follow(self, slot: Expanding) -> tuple[frozenset[str] | None, int]:
        matched = self._words_of(slot)
        counts = [
            folds.frequencies(segment.postings(self._field), found.numbers)
            for segment, folds, found in zip(self._segments, self._folds, matched, strict=True)
        ]
        there = [np.flatnonzero(count) for count in counts]
        places, words = self._one_numbering(
            [found.numbers[rows] for found, rows in zip(matched, there, strict=True)]
        )
        if words <= MAX_WORDS:
            return None, words
        totals = np.zeros(words, np.int64)
        for count, rows, place in zip(counts, there, places, strict=True):
            totals[place] += count[rows]
        chosen = np.zeros(words, np.bool_)
        chosen[greatest(totals, MAX_WORDS)] = True
        held: list[_Matched] = []
        only: set[str] = set()
        for folds, found, rows, place in zip(self._folds, matched, there, places, strict=True):
            best = rows[chosen[place]]
            held.append(_Matched(found.numbers[best], found.wide[best]))
            only.update(folds.some(found.numbers[best]))
        kept = frozenset(only)
        _keep(self._matched, replace(slot, only=kept), held)
        return kept, words

    def _one_numbering(self, numbers: list[Numbers]) -> tuple[list[Numbers], int]:
        """Numbers over all segments, in the words' order, for folds of each; and how many words they are."""
        if len(numbers) == 1:
            return [np.arange(len(numbers[0]))], len(numbers[0])
        if not sum(map(len, numbers)):
            return numbers, 0
        whole, places = union([folds.some(some) for folds, some in zip(self._folds, numbers, strict=True)])
        return places, len(whole)

    def _words_of(self, slot: Expanding) -> list[_Matched]:
        # One query asks several times.
        known = self._matched.get(slot)
        if known is None:
            if slot.only is None:
                known = [
                    _fitting(slot, folds) if isinstance(slot, PatternSlot) else _close(slot, folds)
                    for folds in self._folds
                ]
            else:
                known = self._held(slot, slot.only)
            _keep(self._matched, slot, known)
        return known

    def _held(self, slot: Expanding, only: frozenset[str]) -> list[_Matched]:
        held: list[_Matched] = []
        for folds, found in zip(self._folds, self._words_of(replace(slot, only=None)), strict=True):
            which = np.fromiter((word in only for word in folds.some(found.numbers)), np.bool_)
            held.append(_Matched(found.numbers[which], found.wide[which]))
        return held


def _keep(kept: dict[Expanding, _Value], slot: Expanding, value: _Value) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
    kept[slot] = value


def _fitting(slot: PatternSlot, folds: SegmentFolds) -> _Matched:
    """The folds that fit a pattern, with proclitics too."""
    first, *others = (part.encode() for part in slot.folded)
    plain = folds.fitting((first, *others))
    ways = [folds.fitting((form.encode(), *others)) for form, _ in slot.behind_proclitics()]
    numbers = np.concatenate((plain, *ways))
    # Those that fit as they are come first among their equals. np.unique would import half of numpy.
    order = np.argsort(numbers, kind="stable")
    numbers = numbers[order]
    new = np.ones(len(numbers), np.bool_)
    new[1:] = numbers[1:] != numbers[:-1]
    return _Matched(numbers[new], order[new] >= len(plain))


def _close(slot: FuzzySlot, folds: SegmentFolds) -> _Matched:
    """The folds that a fuzzy word stands for, beside its own forms."""
    from rapidfuzz import process  # noqa: PLC0415 -- only for fuzzy queries
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- only for fuzzy queries

    folded, most = slot.reading.folded, slot.distance
    # One letter for another changes two bits, more or less one, a swap none.
    near = folds.table.near(len(folded), letters(folded), most, 2 * most)
    found = process.extract(
        folded,
        folds.table.some(near),
        scorer=OSA.distance,
        processor=None,
        score_cutoff=most,
        limit=None,
    )
    numbers = near[sorted(at for _, _, at in found)]
    return _Matched(numbers, np.ones(len(numbers), np.bool_))


def _by_rung(slot: Expanding, folds: SegmentFolds, matched: _Matched) -> ByRung:
    wide = runs(folds.terms(matched.numbers[matched.wide])[0])
    narrow = folds.terms(matched.numbers[~matched.wide])[0]
    exact = np.zeros(len(narrow), np.bool_)
    if isinstance(slot, PatternSlot) and len(narrow):
        exact[:] = [fits(slot.exact, form) for form in folds.exact(narrow)]
    return runs(narrow[exact]), runs(narrow[~exact]), wide
