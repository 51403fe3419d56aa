"""The folded words of a field in their order: what patterns and fuzzy words are expanded from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Final

from kashaf_index.analysis import ladder_of_term
from kashaf_index.query.slots import FuzzySlot, PatternSlot, fits

#: Folded words that one pattern or fuzzy word may stand for: the commonest.
MAX_WORDS: Final = 1000
_KEPT: Final = 32


Expanding = PatternSlot | FuzzySlot


class Lexicon:
    """Built from every term of a field with the number of documents it is in."""

    def __init__(self, frequencies: Mapping[bytes, int]) -> None:
        """Raises ValueError for a term that is none."""
        self._terms: dict[str, list[bytes]] = {}
        self._counts: dict[str, int] = {}
        for term, count in frequencies.items():
            folded = ladder_of_term(term).folded
            self._terms.setdefault(folded, []).append(term)
            self._counts[folded] = self._counts.get(folded, 0) + count
        self._words = sorted(self._terms)
        self._found: dict[Expanding, list[str]] = {}

    def followed(self, slot: Expanding) -> tuple[frozenset[str] | None, int]:
        """The folded words that a search follows, None for all, and how many the slot stands for."""
        words = self._words_of(slot)
        if len(words) <= MAX_WORDS:
            return None, len(words)
        commonest = sorted(words, key=lambda word: (-self._counts[word], word))
        return frozenset(commonest[:MAX_WORDS]), len(words)

    def terms(self, slot: Expanding) -> list[bytes]:
        """The index terms of the words that a slot stands for, each once."""
        words = self._words_of(slot) if slot.only is None else sorted(slot.only)
        return [term for word in words for term in self._terms.get(word, ())]

    def _words_of(self, slot: Expanding) -> list[str]:
        # One query asks several times.
        known = self._found.get(slot)
        if known is None:
            known = self._fitting(slot) if isinstance(slot, PatternSlot) else self._close(slot)
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[slot] = known
        return known

    def _fitting(self, slot: PatternSlot) -> list[str]:
        """The folded words that fit a pattern, with proclitics too, in order."""
        ways = [
            (first, *slot.folded[1:])
            for first in (slot.folded[0], *(form for form, _ in slot.behind_proclitics()))
        ]
        found = {word for parts in ways for word in self._beginning(parts[0]) if fits(parts, word)}
        return sorted(found)

    def _close(self, slot: FuzzySlot) -> list[str]:
        """The folded words that a fuzzy word stands for, beside its own forms, in order."""
        return [word for word in self._words if slot.close(word)]

    def _beginning(self, first: str) -> Iterator[str]:
        words = self._words
        for at in range(bisect_left(words, first), len(words)):
            if not words[at].startswith(first):
                return
            yield words[at]
