"""A dictionary: terms in the order of their bytes, numbered from 0.

Arrays of dictionary D: `D.blob` and `D.at` hold the terms (`blobs`); `D.sample.blob` and `D.sample.at` hold every
64th of them again, close together, so that a first look at a dictionary reads a sixtieth of it.

The words' dictionary has a table of folds beside it: `folds` is the dictionary of all folded words, `folds.first`
u32 the number of the first word that folds so, `folds.count` u32 how many do; they follow one another, because a
fold has one stem and one root (`analysis`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.blobs import Blobs, BlobWriter, inconsistent, stored_array
from kashaf_index.codec.container import Container, ContainerWriter
from kashaf_index.codec.numbers import offsets

SAMPLING: Final = 64
FOLDS: Final = "folds"
#: What decoded terms may take in memory, roughly, for each dictionary: two generations of half of it.
CACHE_BYTES: Final = 8 << 20

_SEPARATOR: Final = b"\0"
_PER_TERM: Final = 33 + 8  # what CPython adds to the bytes, and a list's slot


class DictionaryWriter:
    """Appends terms to a dictionary. With `folds`, they are terms of `analysis`, and the table of folds is made."""

    def __init__(self, out: ContainerWriter, name: str, *, folds: bool = False) -> None:
        self._out = out
        self._name = name
        self._blobs = BlobWriter(out, name)
        self._samples = BlobWriter(out, f"{name}.sample")
        self._last: bytes | None = None
        self._folds: list[tuple[bytes, int]] | None = [] if folds else None
        self._reading = b""
        self._finished = False

    def __len__(self) -> int:
        return len(self._blobs)

    def append(self, terms: Sequence[bytes]) -> int:
        """Append ascending terms; returns the number of the first. Raises ValueError for terms out of order."""
        first = len(self._blobs)
        if not terms:
            return first
        if (self._last is not None and terms[0] <= self._last) or any(a >= b for a, b in pairwise(terms)):
            raise ValueError("terms must ascend")
        if self._folds is not None:
            self._note_folds(terms, first)
        self._last = terms[-1]
        self._blobs.append(terms)
        self._samples.append(list(islice(terms, -first % SAMPLING, None, SAMPLING)))
        return first

    def _note_folds(self, terms: Sequence[bytes], number: int) -> None:
        assert self._folds is not None
        known = self._reading
        for term in terms:
            reading = term[: term.rindex(_SEPARATOR)]
            if reading != known:
                known = reading
                self._folds.append((reading[reading.rindex(_SEPARATOR) + 1 :], number))
            number += 1
        self._reading = known

    def finish(self) -> None:
        """May be called again to no effect. Raises ValueError when the terms of a fold are not together."""
        if self._finished:
            return
        self._finished = True
        self._blobs.finish()
        self._samples.finish()
        if self._folds is not None:
            self._finish_folds(self._folds)
            self._folds = None

    def _finish_folds(self, folds: list[tuple[bytes, int]]) -> None:
        first = np.fromiter((number for _, number in folds), np.uint32, len(folds))
        count = np.diff(first, append=np.uint32(len(self)))
        order = np.array(sorted(range(len(folds)), key=folds.__getitem__), np.int64)
        writer = DictionaryWriter(self._out, FOLDS)
        writer.append([folds[place][0] for place in order.tolist()])
        writer.finish()
        self._out.append(f"{FOLDS}.first", first[order].astype(np.uint32))
        self._out.append(f"{FOLDS}.count", count[order].astype(np.uint32))


class Dictionary:
    """Terms by number and numbers by term. Decoded terms are kept in a cache bounded in bytes.

    May be used from several threads: what the cache holds is exchanged whole.
    """

    __slots__ = ("_blobs", "_bytes", "_container", "_length", "_name", "_old", "_samples", "_young")

    def __init__(self, container: Container, name: str, length: int | None = None) -> None:
        self._container = container
        self._name = name
        self._blobs = Blobs(container, name, length)
        self._length = self._blobs.count
        self._samples: list[bytes] | None = None
        self._young: dict[int, list[bytes]] = {}
        self._old: dict[int, list[bytes]] = {}
        self._bytes = 0

    def __len__(self) -> int:
        return self._length

    def term(self, number: int) -> bytes:
        """Raises IndexError for a number outside `[0, len)`."""
        if not 0 <= number < self._length:
            raise IndexError(number)
        return self._block(number // SAMPLING)[number % SAMPLING]

    def terms(self, lo: int, hi: int) -> list[bytes]:
        """The terms `[lo, hi)`, cut to those there are."""
        return self._blobs.some(max(lo, 0), min(hi, self._length))

    def joined(self, lo: int, hi: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The bytes of the terms `[lo, hi)` one after another (a view), and hi - lo + 1 offsets into them."""
        joined, lengths = self._blobs.joined(lo, hi)
        return joined, offsets(lengths)

    def gathered(self, ranges: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The bytes of the terms of many ranges, shape (k, 2), one after another, and the offsets into them."""
        joined, lengths = self._blobs.gather_ranges(ranges[:, 0], ranges[:, 1])
        return joined, offsets(lengths)

    def find(self, term: bytes) -> int:
        """The term's number, -1 when there is none."""
        block = bisect_right(self._samples or self._load(), term) - 1
        if block < 0:
            return -1
        terms = self._young.get(block) or self._block(block)
        place = bisect_left(terms, term)
        return block * SAMPLING + place if place < len(terms) and terms[place] == term else -1

    def lower(self, term: bytes) -> int:
        """The number of the first term that is not less; len when there is none."""
        block = bisect_right(self._samples or self._load(), term) - 1
        if block < 0:
            return 0
        return block * SAMPLING + bisect_left(self._young.get(block) or self._block(block), term)

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """The range `[lo, hi)` of terms that begin so; (lo, lo) when none do."""
        samples = self._samples or self._load()
        block = max(bisect_right(samples, prefix) - 1, 0)
        if block >= len(samples):
            return 0, 0
        terms = self._young.get(block) or self._block(block)
        place = bisect_left(terms, prefix)
        lo = block * SAMPLING + place
        if place == len(terms):
            if block + 1 == len(samples) or not samples[block + 1].startswith(prefix):
                return lo, lo
        elif not terms[place].startswith(prefix):
            return lo, lo
        beyond = _successor(prefix)
        if beyond is None:
            return lo, self._length
        if terms[-1] >= beyond:
            return lo, block * SAMPLING + bisect_left(terms, beyond, place)
        return lo, self.lower(beyond)

    def _load(self) -> list[bytes]:
        blobs = Blobs(self._container, f"{self._name}.sample", -(-self._length // SAMPLING))
        samples = self._samples = blobs.some(0, blobs.count)
        return samples

    def _block(self, block: int) -> list[bytes]:
        terms = self._young.get(block)
        if terms is None:
            terms = self._old.get(block)
            if terms is None:
                start = block * SAMPLING
                terms = self._blobs.some(start, min(start + SAMPLING, self._length))
                if terms[0] != (self._samples or self._load())[block]:
                    raise inconsistent(self._container, f"{self._name}.sample")
            self._keep(block, terms)
        return terms

    def _keep(self, block: int, terms: list[bytes]) -> None:
        size = sum(map(len, terms)) + _PER_TERM * len(terms)
        if self._bytes + size > CACHE_BYTES // 2:
            self._old = self._young
            self._young = {}
            self._bytes = 0
        self._young[block] = terms
        self._bytes += size


def _successor(prefix: bytes) -> bytes | None:
    """The least string above all that begin with `prefix`; None when there is none."""
    stripped = prefix.rstrip(b"\xff")
    return stripped[:-1] + bytes((stripped[-1] + 1,)) if stripped else None


class Folds(Dictionary):
    """The table of folds: folded words, and which words of the `words` dictionary fold so."""

    __slots__ = ("_count", "_first", "_words")

    def __init__(self, container: Container, words: int) -> None:
        super().__init__(container, FOLDS)
        self._first = stored_array(container, f"{FOLDS}.first", len(self))
        self._count = stored_array(container, f"{FOLDS}.count", len(self))
        self._words = words

    def words(self, lo: int, hi: int) -> NDArray[np.int64]:
        """The ranges of words of the folds `[lo, hi)`, shape (hi - lo, 2), in the order of the folds."""
        first = self._first.slice(lo, hi).astype(np.int64)
        return self._ranges(first, self._count.slice(lo, hi))

    def words_of(self, folds: NDArray[np.int64]) -> NDArray[np.int64]:
        """The range of words of each of these folds, shape (k, 2)."""
        first = self._first.take(folds).astype(np.int64)
        return self._ranges(first, self._count.take(folds))

    def _ranges(self, first: NDArray[np.int64], count: NDArray[np.uint32]) -> NDArray[np.int64]:
        ranges = np.stack((first, first + count), axis=1)
        if len(ranges) and int(ranges.max()) > self._words:
            raise inconsistent(self._container, FOLDS)
        return ranges
