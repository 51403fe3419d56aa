"""The folded words of one segment, from its table of folds: what patterns, fuzzy words and the vocabulary read.

A fold knows its terms, which stand together in the dictionary of words.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.numbers import offsets, spread
from kashaf_index.words.table import Numbers, WordTable

if TYPE_CHECKING:
    from kashaf_index.codec.postings import Postings
    from kashaf_index.codec.segment import SegmentFile

WORDS: Final = "words"
#: Half-open ranges of term numbers, shape (k, 2).
Ranges = NDArray[np.int64]


class SegmentFolds:
    """The folds of one segment, numbered in their order. Every method raises IndexDamaged."""

    # Holds nothing that holds the segment: else what `folds_of` remembers would keep every segment there ever was.

    def __init__(self, segment: SegmentFile) -> None:
        self._folds = segment.folds
        self._words = segment.dictionary(WORDS)

    def __len__(self) -> int:
        return len(self._folds)

    @cached_property
    def table(self) -> WordTable:
        """All of them, kept in memory."""
        blob, at = self._folds.joined(0, len(self))
        return WordTable(blob.copy(), at)

    def some(self, numbers: Numbers) -> WordTable:
        """Some of them, which must be ascending."""
        return WordTable(*self._folds.gathered(np.stack((numbers, numbers + 1), axis=1)))

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """The range `[lo, hi)` of those that begin so."""
        return self._folds.beginning(prefix)

    def fitting(self, parts: tuple[bytes, ...]) -> Numbers:
        """Those that are these parts in order with anything between them. See `WordTable.fitting`."""
        if not parts[0]:
            return self.table.fitting(parts, 0, len(self))
        lo, hi = self.beginning(parts[0])
        if lo == hi or parts[1:] == (b"",):
            return np.arange(lo, hi)
        part = WordTable(*self._folds.joined(lo, hi))
        return part.fitting(parts, 0, hi - lo) + lo

    def terms(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """The terms of some of them, fold by fold, and where each fold's begin among them."""
        ranges = self._folds.words_of(numbers)
        counts = ranges[:, 1] - ranges[:, 0]
        return spread(ranges[:, 0], counts), offsets(counts)

    def frequencies(self, postings: Postings | None, numbers: Numbers) -> Numbers:
        """In how many documents of the postings each of them is, spelling by spelling, deleted ones too."""
        if postings is None:
            return np.zeros(len(numbers), np.int64)
        terms, at = self.terms(numbers)
        summed = offsets(postings.frequencies(terms))
        return summed[at[1:]] - summed[at[:-1]]

    def exact(self, terms: Numbers) -> list[str]:
        """The exact forms of these terms. Raises ValueError for a term that has none."""
        blob, at = self._words.gathered(np.stack((terms, terms + 1), axis=1))
        text, ends = blob.tobytes(), at.tolist()
        return [text[text.rindex(0, start, end) + 1 : end].decode("utf-8") for start, end in pairwise(ends)]


_opened: Final[WeakKeyDictionary[SegmentFile, SegmentFolds]] = WeakKeyDictionary()


def folds_of(segment: SegmentFile) -> SegmentFolds:
    """The folds of a segment; the same object for all its fields."""
    found = _opened.get(segment)
    if found is None:
        found = _opened[segment] = SegmentFolds(segment)
    return found


def runs(terms: Numbers) -> Ranges:
    """Term numbers, each once in any order, as ranges."""
    terms = np.sort(terms)
    first = np.ones(len(terms), np.bool_)
    first[1:] = terms[1:] != terms[:-1] + 1
    last = np.append(first[1:], True) if len(terms) else first
    return np.stack((terms[first], terms[last] + 1), axis=1)
