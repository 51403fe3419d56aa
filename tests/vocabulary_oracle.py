"""What a vocabulary answers, found word by word in plain Python: what the one of arrays is held against."""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from math import log10
from typing import Final

from kashaf.text.distance import UNIT, allowed, distance, letters, pairs
from kashaf.text.letters import MARKS
from kashaf.text.transliteration import arabic_key, latin_keys, price
from kashaf_index.vocabulary import PER_DECADE, PER_DECADE_LATIN, Candidate

_ARTICLE: Final = "ال"
_ARTICLE_PRICE: Final = 2
_LAST: Final = "\U0010ffff"


class PlainVocabulary:
    """Folded words of the text, sorted."""

    tried = 1500

    def __init__(self, terms: Iterable[tuple[str, str, int]]) -> None:
        """terms: folded word, exact word, number of articles; in any order, a fold as often as it has spellings."""
        totals: dict[str, int] = {}
        written: dict[str, tuple[bool, int, str]] = {}
        for folded, exact, count in terms:
            if not folded:  # a lone mark
                continue
            totals[folded] = totals.get(folded, 0) + count
            # A spelling with tashkeel is shown only when there is no other.
            rank = (folded == exact or MARKS.isdisjoint(exact), count, exact)
            if folded not in written or rank > written[folded]:
                written[folded] = rank
        self.words: list[str] = sorted(totals)
        self.frequencies: array[int] = array("I", map(totals.__getitem__, self.words))
        self._shown = {word: exact for word, (_, _, exact) in written.items() if exact != word}

    def __len__(self) -> int:
        return len(self.words)

    def frequency(self, folded: str) -> int:
        """In how many articles a folded word is; 0 for one that is in none."""
        at = bisect_left(self.words, folded)
        known = at < len(self.words) and self.words[at] == folded
        return self.frequencies[at] if known else 0

    def shown(self, folded: str) -> str:
        """A folded word as it is mostly written."""
        return self._shown.get(folded, folded)

    def beginning(self, folded: str, limit: int) -> list[Candidate]:
        """Words that begin so, the most frequent first."""
        first = bisect_left(self.words, folded)
        last = bisect_left(self.words, folded + _LAST)
        best = heapq.nsmallest(limit, range(first, last), key=lambda at: (-self.frequencies[at], at))
        return [self._candidate(at) for at in best]

    def near(self, folded: str, limit: int) -> list[Candidate]:
        """Words that a slip could have turned into `folded`, the likeliest first, itself not among them."""
        bound = allowed(folded)
        if not bound:
            return []
        mine, my_pairs = letters(folded), pairs(folded)
        one_slip = bound <= UNIT
        spread, most_letters, most_pairs = (1, 2, 6) if one_slip else (2, 4, 8)
        close: list[tuple[int, int, int]] = []
        for length in range(max(len(folded) - spread, 1), len(folded) + spread + 1):
            for at, mask, beside in zip(*self._by_length.get(length, _NONE), strict=True):
                if (mask ^ mine).bit_count() <= most_letters:
                    apart = (beside ^ my_pairs).bit_count()
                    if apart <= most_pairs:
                        close.append((apart, -self.frequencies[at], at))
        if len(close) > self.tried:
            close = heapq.nsmallest(self.tried, close)
        found: list[Candidate] = []
        for _, _, at in close:
            word = self.words[at]
            if word != folded and (paid := distance(folded, word, bound)) is not None:
                found.append(self._candidate(at, paid))
        found.sort(key=lambda one: (one.price - PER_DECADE * log10(one.frequency + 1), one.folded))
        return found[:limit]

    def sounding(self, latin: str, limit: int, *, article: bool = False) -> list[Candidate]:
        """Words that a Latin spelling (`transliteration.latin_word`) may stand for, the likeliest first.

        article: the spelling had an article, which was taken off; words with one are then preferred.
        """
        dearest = 1 + len(latin) // 2
        found: dict[int, Candidate] = {}
        for key in latin_keys(latin):
            for at in self._keyed.get(key, ()):
                word = self.words[at]
                # A word with an article, asked for without one or the other way round, is a little further off.
                ways = [(price(latin, word), _ARTICLE_PRICE if article else 0)]
                if word.startswith(_ARTICLE):
                    ways.append((price(latin, word[len(_ARTICLE) :]), 0 if article else _ARTICLE_PRICE))
                paid = [way + more for way, more in ways if way is not None and way <= dearest]
                if paid:
                    found[at] = self._candidate(at, min(paid))
        ranked = sorted(
            found.values(),
            key=lambda one: (one.price - PER_DECADE_LATIN * log10(one.frequency + 1), one.folded),
        )
        return ranked[:limit]

    def _candidate(self, at: int, paid: int = 0) -> Candidate:
        word = self.words[at]
        return Candidate(word, self.shown(word), self.frequencies[at], paid)

    @cached_property
    def _by_length(self) -> dict[int, tuple[array[int], array[int], array[int]]]:
        """Numbers of words, and bits of their letters and pairs of letters, by length."""
        found: dict[int, tuple[array[int], array[int], array[int]]] = {}
        for at, word in enumerate(self.words):
            numbers, masks, beside = found.setdefault(len(word), (array("I"), array("Q"), array("Q")))
            numbers.append(at)
            masks.append(letters(word))
            beside.append(pairs(word))
        return found

    @cached_property
    def _keyed(self) -> dict[str, array[int]]:
        """Numbers of Arabic words by consonant key, those with an article under both of theirs."""
        found: dict[str, array[int]] = {}
        for at, word in enumerate(self.words):
            if not "ء" <= word[0] <= "ي":
                continue
            keys = {arabic_key(word)}
            if word.startswith(_ARTICLE):
                keys.add(arabic_key(word[len(_ARTICLE) :]))
            for key in keys - {""}:
                if key in found:
                    found[key].append(at)
                else:
                    found[key] = array("I", (at,))
        return found


_NONE: Final = (array("I"), array("Q"), array("Q"))
