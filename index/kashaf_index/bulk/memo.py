"""The terms of words by number: each surface is read once, all others are looked up by arrays."""

from __future__ import annotations

from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kashaf.text.tokens import exact_forms
from kashaf_index.analysis import ladder
from kashaf_index.bulk.hashing import LONGEST, HashTable, hashes
from kashaf_index.bulk.tokens import Words

#: Surfaces after which the process begins a new vocabulary. About 200 bytes each.
LIMIT: Final = 1 << 20

# A surface comes here once: remembering it there too would only take memory.
_exact_forms: Final = exact_forms.__wrapped__


class Vocabulary:
    """What was learnt of surfaces. The numbers of terms mean something to their vocabulary only.

    For several threads. terms: the bytes of each term (`analysis.Ladder.term`), by number; it only grows.
    """

    def __init__(self) -> None:
        self.terms: list[bytes] = []
        self._surfaces = HashTable()
        self._long: dict[str, int] = {}
        self._exact = HashTable()
        # By surface: the number of its term, negative when it has several.
        self._first = np.empty(1 << 10, np.int32)
        self._several: dict[int, NDArray[np.int32]] = {}
        self._count = 0
        self._order = np.empty(0, np.int64)
        self._lock = Lock()

    def __len__(self) -> int:
        """How many surfaces are known."""
        return self._count

    def read(self, words: Words) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The terms of all words in order, and how many of them each text has. Surfaces never seen are learnt."""
        with self._lock:
            surfaces = self._numbers(words)
            terms = self._first[surfaces]
            several = np.flatnonzero(terms < 0)
            if not len(several):
                return terms, words.counts
            more = [self._several[surface] for surface in surfaces[several].tolist()]
        extra = np.zeros(len(terms) + 1, np.int64)
        extra[several + 1] = [len(one) - 1 for one in more]
        np.cumsum(extra, out=extra)
        counts = np.diff(extra[np.concatenate(([0], np.cumsum(words.counts)))]) + words.counts
        places = np.arange(len(terms)) + extra[:-1]
        expanded = np.empty(len(terms) + int(extra[-1]), np.int32)
        expanded[places] = terms
        for place, one in zip(places[several].tolist(), more, strict=True):
            expanded[place : place + len(one)] = one
        return expanded, counts

    def order(self) -> NDArray[np.int64]:
        """The numbers of the terms known so far, in the terms' byte order."""
        with self._lock:
            known = len(self._order)
            if known < len(self.terms):
                # An ordered part and a new one: for Timsort that is sorting the new one, and a merge.
                fresh = sorted(range(known, len(self.terms)), key=self.terms.__getitem__)
                both = self._order.tolist() + fresh
                both.sort(key=self.terms.__getitem__)
                self._order = np.array(both, np.int64)
            return self._order

    def _numbers(self, words: Words) -> NDArray[np.int32]:
        keys = hashes(words.codes, words.starts, words.ends)
        found = self._surfaces.find(keys)
        long = np.flatnonzero(words.ends - words.starts > LONGEST)
        for word in long.tolist():
            found[word] = self._long.get(words.surface(word), -1)
        unknown = np.flatnonzero(found < 0)
        if len(unknown):
            try:
                self._learn(words, keys, found, unknown, set(long.tolist()))
            except BaseException:
                # Half learnt: for nobody to go on with.
                self._count = LIMIT
                raise
        return found

    def _learn(
        self,
        words: Words,
        keys: NDArray[np.uint64],
        found: NDArray[np.int32],
        unknown: NDArray[np.int64],
        long: set[int],
    ) -> None:
        """Give numbers to the words at `unknown`, in `found` too."""
        short = np.array([word for word in unknown.tolist() if word not in long], np.int64)
        if len(short):
            distinct, first, back = np.unique(keys[short], return_index=True, return_inverse=True)
            fresh = self._add([words.surface(word) for word in short[first].tolist()])
            self._surfaces.add(distinct, fresh)
            found[short] = fresh[back]
        if len(short) < len(unknown):
            surfaces = {word: words.surface(word) for word in unknown.tolist() if word in long}
            fresh_long = list(dict.fromkeys(surfaces.values()))
            self._long.update(zip(fresh_long, self._add(fresh_long).tolist(), strict=True))
            for word, surface in surfaces.items():
                found[word] = self._long[surface]

    def _add(self, surfaces: list[str]) -> NDArray[np.int32]:
        """Numbers for surfaces never seen."""
        start, self._count = self._count, self._count + len(surfaces)
        if self._count > len(self._first):
            self._first = np.concatenate(
                (self._first, np.empty(max(self._count, len(self._first)), np.int32))
            )
        exact = [_exact_forms(surface) for surface in surfaces]
        terms = self._terms([form[:LONGEST] for forms in exact for form in forms])
        at = 0
        for surface, forms in enumerate(exact, start):
            if len(forms) == 1:
                self._first[surface] = terms[at]
            else:
                self._first[surface] = -1
                self._several[surface] = terms[at : at + len(forms)]
            at += len(forms)
        return np.arange(start, self._count, dtype=np.int32)

    def _terms(self, exact: list[str]) -> NDArray[np.int32]:
        """The number of the term of each exact token, of at most LONGEST characters."""
        joined = "".join(exact)
        ends = np.cumsum(np.fromiter(map(len, exact), np.int64, len(exact)))
        starts = np.concatenate(([0], ends[:-1]))
        keys = hashes(np.frombuffer(joined.encode("utf-32-le"), "<u4"), starts, ends)
        found = self._exact.find(keys)
        unknown = np.flatnonzero(found < 0)
        if len(unknown):
            distinct, first, back = np.unique(keys[unknown], return_index=True, return_inverse=True)
            start = len(self.terms)
            self.terms.extend(ladder(exact[word]).term() for word in unknown[first].tolist())
            fresh = np.arange(start, len(self.terms), dtype=np.int32)
            self._exact.add(distinct, fresh)
            found[unknown] = fresh[back]
        return found


class _Shared:
    """The vocabulary of this process."""

    vocabulary: Vocabulary | None = None


def shared() -> Vocabulary:
    """The vocabulary of this process; a new one when the last has grown to its limit.

    Keep to the one you got as long as you hold numbers of it.
    """
    vocabulary = _Shared.vocabulary
    if vocabulary is None or len(vocabulary) >= LIMIT:
        vocabulary = _Shared.vocabulary = Vocabulary()
    return vocabulary
