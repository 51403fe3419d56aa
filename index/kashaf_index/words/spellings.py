"""How the folded words of a field are written, read once from the terms of all segments.

A fold has a spelling that is the fold itself, or others: with hamzas, teh marbuta, tashkeel. Most have the first
alone, so only what differs is looked at and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kashaf.text.letters import MARKS
from kashaf_index.codec.numbers import offsets, spread
from kashaf_index.words.folds import WORDS, folds_of
from kashaf_index.words.table import Bytes, Numbers, WordTable
from kashaf_index.words.union import first_bytes, union

if TYPE_CHECKING:
    from kashaf_index.codec.segment import SegmentFile

#: Holds off whoever else wants to read, or to close, the segments.
Reading = Callable[[], AbstractContextManager[object]]

_CHUNK: Final = 1 << 13  # terms
_SEPARATORS: Final = 3  # of a term: root, stem, fold, exact form
_NUMBER: Final = np.dtype(">u4")
_UNMARKED: Final = 1 << 62
_PLACE: Final = 31  # bits of a spelling's place, below those of its count


class Written(NamedTuple):
    """Folded words that are in a field, and how they are mostly written.

    totals: in how many documents each is, uint32. odd: numbers of those that are mostly not written as they are
    folded, ascending; spellings: how these are.
    """

    words: WordTable
    totals: NDArray[np.uint32]
    odd: NDArray[np.uint32]
    spellings: WordTable


class _Odd(NamedTuple):
    """Spellings that are not their folds, in the order of the folds and then of their bytes: the fold's number, the
    number of documents, the exact form."""

    folds: Numbers
    counts: Numbers
    exact: WordTable


class _Segment(NamedTuple):
    folds: WordTable
    totals: Numbers
    odd: _Odd


def written(segments: Sequence[SegmentFile], field: str, reading: Reading) -> Written:
    """Deleted documents count. Raises IndexDamaged, and ValueError for a term that is none.

    reading: entered for a few milliseconds at a time.
    """
    read = [one for segment in segments if (one := _read(segment, field, reading)) is not None]
    if not read:
        empty = np.zeros(0, np.uint32)
        return Written(WordTable.of([]), empty, empty, WordTable.of([]))
    there = [(one.totals > 0) & (one.folds.sizes > 0) for one in read]
    words, places = union([one.folds.kept(which) for one, which in zip(read, there, strict=True)])
    totals = np.zeros(len(words), np.int64)
    odd: list[_Odd] = []
    for one, which, place in zip(read, there, places, strict=True):
        totals[place] += one.totals[which]
        number = np.full(len(which), -1, np.int64)
        number[which] = place
        folds = number[one.odd.folds]
        # A lone mark folds to nothing, and is no word.
        kept = folds >= 0
        odd.append(_Odd(folds[kept], one.odd.counts[kept], one.odd.exact.kept(kept)))
    merged = _merged(odd)
    rows = _shown(words, totals, merged)
    spellings = merged.exact.taken(rows)
    words.check()
    spellings.check()
    return Written(words, totals.astype(np.uint32), merged.folds[rows].astype(np.uint32), spellings)


def _read(segment: SegmentFile, field: str, reading: Reading) -> _Segment | None:
    with reading():
        postings = segment.postings(field)
        words = segment.dictionary(WORDS)
        if postings is None or not len(words):
            return None
        folds = folds_of(segment).table
        ranges = segment.folds.words(0, len(folds))
        counts = postings.sizes(0, len(words))
    summed = offsets(counts)
    totals = summed[ranges[:, 1]] - summed[ranges[:, 0]]
    found: list[Numbers] = []
    sizes: list[Numbers] = []
    pieces: list[Bytes] = []
    for lo in range(0, len(words), _CHUNK):
        hi = min(lo + _CHUNK, len(words))
        with reading():
            blob, at = words.joined(lo, hi)
        rows, starts, lengths = _odd(blob, at, counts[lo:hi] > 0)
        found.append(rows + lo)
        sizes.append(lengths)
        pieces.append(blob[spread(starts, lengths)])
    terms = np.concatenate(found)
    exact = WordTable(np.concatenate(pieces), offsets(np.concatenate(sizes)))
    of = _folds_of(terms, ranges[:, 0], len(words))
    # The terms of a fold stand together, and in the order of their exact forms.
    order = np.argsort(of, kind="stable")
    return _Segment(folds, totals, _Odd(of[order], counts[terms][order], exact.taken(order)))


def _folds_of(terms: Numbers, firsts: Numbers, words: int) -> Numbers:
    """The fold of each term. firsts: of each fold its first term; words: how many terms there are."""
    fold_at = np.full(words, -1, np.int32)
    fold_at[firsts] = np.arange(len(firsts), dtype=np.int32)
    begins = fold_at >= 0
    # Which fold it is in the order of the terms, and which one that is in the order of the folds.
    place = np.cumsum(begins, dtype=np.int32)[terms] - 1
    return fold_at[begins][place].astype(np.int64)


def _odd(blob: Bytes, at: Numbers, there: NDArray[np.bool_]) -> tuple[Numbers, Numbers, Numbers]:
    """Of some terms those whose exact form is not the fold: their rows, and where the exact form is in the bytes."""
    separators = np.flatnonzero(blob == 0)
    if len(separators) != _SEPARATORS * len(there):
        raise ValueError("a term has not four readings")
    parts = separators.reshape(-1, _SEPARATORS)
    if (parts[:, 0] < at[:-1]).any() or (parts[:, -1] >= at[1:]).any():
        raise ValueError("a term has not four readings")
    fold, exact = parts[:, 1] + 1, parts[:, 2] + 1
    fold_size, exact_size = parts[:, 2] - fold, at[1:] - exact
    same = there & (fold_size == exact_size)
    rows = np.flatnonzero(same)
    size = fold_size[rows]
    places = spread(fold[rows], size)
    letters = blob[places]
    places += np.repeat(size + 1, size)
    unlike = np.flatnonzero(letters != blob[places])
    same[rows[np.searchsorted(offsets(size)[1:], unlike, side="right")]] = False
    rows = np.flatnonzero(there & ~same)
    return rows, exact[rows], exact_size[rows]


def _merged(odd: Sequence[_Odd]) -> _Odd:
    """Spellings of several segments, each once."""
    if len(odd) == 1:
        return odd[0]
    whole, places = union([_keyed(one) for one in odd])
    counts = np.zeros(len(whole), np.int64)
    for one, place in zip(odd, places, strict=True):
        counts[place] += one.counts
    at = whole.at.astype(np.int64)
    starts, sizes = at[:-1] + _NUMBER.itemsize, whole.sizes - _NUMBER.itemsize
    numbers = whole.blob[spread(at[:-1], np.full(len(whole), _NUMBER.itemsize))].view(_NUMBER)
    return _Odd(
        numbers.astype(np.int64), counts, WordTable(whole.blob[spread(starts, sizes)], offsets(sizes))
    )


def _keyed(odd: _Odd) -> WordTable:
    """The spellings, each behind the number of its fold: in order, and alike where both are."""
    width = _NUMBER.itemsize
    sizes = odd.exact.sizes
    at = offsets(sizes + width)
    blob = np.empty(int(at[-1]), np.uint8)
    blob[spread(at[:-1], np.full(len(sizes), width))] = odd.folds.astype(_NUMBER).view(np.uint8)
    blob[spread(at[:-1] + width, sizes)] = odd.exact.blob
    return WordTable(blob, at)


def _shown(words: WordTable, totals: Numbers, odd: _Odd) -> Numbers:
    """Rows of `odd` that are how their words are mostly written.

    One with tashkeel is so only when there is no other; of equally frequent ones the last is.
    """
    if not len(odd.folds):
        return np.zeros(0, np.int64)
    plain = ~_marked(odd.exact)
    first = np.ones(len(odd.folds), np.bool_)
    first[1:] = odd.folds[1:] != odd.folds[:-1]
    starts = np.flatnonzero(first)
    rows = np.arange(len(odd.folds))
    rank = np.where(plain, _UNMARKED, 0) | odd.counts << _PLACE | rows
    best = np.maximum.reduceat(rank, starts) & (1 << _PLACE) - 1
    folds = odd.folds[best]
    # What is left of a word's documents is those that write it as it is folded.
    own = totals[folds] - np.add.reduceat(odd.counts, starts)
    count = odd.counts[best]
    wins = (own == 0) | (plain[best] & (count > own))
    even = np.flatnonzero((own > 0) & plain[best] & (count == own))
    wins[even] = _after(odd.exact.taken(best[even]), words.taken(folds[even]))
    shown: Numbers = best[wins]
    return shown


def _marked(words: WordTable) -> NDArray[np.bool_]:
    """Which of the words bear a mark."""
    found = np.zeros(len(words), np.bool_)
    marks = np.zeros(max(map(ord, MARKS)) + 2, np.uint8)
    marks[[ord(mark) for mark in MARKS]] = 1
    for codes, starts, which in words.code_points():
        found[which] = np.bitwise_or.reduceat(marks[np.minimum(codes, len(marks) - 1)], starts)
    return found


def _after(some: WordTable, others: WordTable) -> NDArray[np.bool_]:
    """Where a word comes after the other one in the same place."""
    one, other = first_bytes(some), first_bytes(others)
    after = np.greater(one, other)
    for row in np.flatnonzero(one == other).tolist():
        after[row] = some[row] > others[row]
    return after
