"""Words in the order of their bytes, as two arrays, and what is asked of all of them at a time.

A word costs its UTF-8 and four bytes. Nothing here calls Python for each word, so that 300,000 of them are looked
through in milliseconds, most of them without the interpreter's lock.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from kashaf.text.distance import letters, pairs
from kashaf_index.codec.numbers import offsets, spread

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]
Bits = NDArray[np.uint64]

_CHUNK: Final = 1 << 13  # words looked at in one go, so that temporaries stay small
_U32: Final = 1 << 32
_FEW: Final = 1000


class WordTable:
    """Words strictly ascending by their bytes. Read-only, but for what is computed when first asked for.

    blob: the words' UTF-8, one after another. at: where each begins, and the blob's length last.
    """

    def __init__(self, blob: Bytes, at: NDArray[np.integer[Any]]) -> None:
        self.blob: Final = blob
        self.at: Final = at.astype(np.uint32 if len(blob) < _U32 else np.int64, copy=False)

    @classmethod
    def of(cls, words: Sequence[bytes]) -> Self:
        """The table of words that are in order."""
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        return cls(np.frombuffer(b"".join(words), np.uint8), offsets(lengths))

    def __len__(self) -> int:
        return len(self.at) - 1

    def __getitem__(self, number: int) -> bytes:
        """The word of that number, from 0 to len - 1."""
        return self.blob[int(self.at[number]) : int(self.at[number + 1])].tobytes()

    def some(self, numbers: Numbers) -> list[str]:
        """The words of these numbers. Raises ValueError for bytes that are no UTF-8."""
        starts, ends = self.at[numbers].tolist(), self.at[numbers + 1].tolist()
        blob = self.blob.data
        return [str(blob[start:end], "utf-8") for start, end in zip(starts, ends, strict=True)]

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), _CHUNK):
            yield from self.some(np.arange(start, min(start + _CHUNK, len(self))))

    def kept(self, which: NDArray[np.bool_]) -> WordTable:
        """The table without the words that `which` is false for."""
        left = np.flatnonzero(~which)
        if not len(left):
            return self
        lengths = self.sizes
        if len(left) <= _FEW:
            # The stretches between those that are left out, whole.
            ends = np.append(self.at[left], self.at[-1]).tolist()
            starts = [0, *self.at[left + 1].tolist()]
            stretches = [self.blob[start:end] for start, end in zip(starts, ends, strict=True)]
            return WordTable(np.concatenate(stretches), offsets(lengths[which]))
        return self.taken(np.flatnonzero(which))

    def taken(self, numbers: Numbers) -> WordTable:
        """The words of these numbers, in their order."""
        starts = self.at[numbers].astype(np.int64)
        at = offsets(self.at[numbers + 1].astype(np.int64) - starts)
        blob = np.empty(int(at[-1]), np.uint8)
        for lo in range(0, len(numbers), _CHUNK):
            hi = min(lo + _CHUNK, len(numbers))
            lengths = at[lo + 1 : hi + 1] - at[lo:hi]
            blob[int(at[lo]) : int(at[hi])] = self.blob[spread(starts[lo:hi], lengths)]
        return WordTable(blob, at)

    def check(self) -> None:
        """Raises ValueError for a word that is no UTF-8."""
        starts = self.at[:-1][self.sizes > 0]
        # The whole may be UTF-8 where words end amid a character.
        if ((self.blob[starts] & 0xC0) == 0x80).any():
            raise ValueError("a word is no UTF-8")
        for lo, hi in self._chunks():
            self._stretch(lo, hi)[0].tobytes().decode("utf-8")

    # By their beginnings

    def lower(self, word: bytes) -> int:
        """The number of the first word that is not less; len when there is none."""
        return bisect_left(range(len(self)), word, key=self.__getitem__)

    def find(self, word: bytes) -> int:
        """The word's number, -1 when it is not there."""
        number = self.lower(word)
        return number if number < len(self) and self[number] == word else -1

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """The range `[lo, hi)` of words that begin so; prefix: UTF-8, in which no byte is 255."""
        lo = self.lower(prefix)
        return lo, bisect_left(range(len(self)), prefix + b"\xff", lo, key=self.__getitem__)

    # All at a time

    @property
    def sizes(self) -> Numbers:
        """Each word's bytes."""
        at = self.at.astype(np.int64)
        return at[1:] - at[:-1]

    @cached_property
    def lengths(self) -> NDArray[np.uint16]:
        """Each word's code points."""
        found = np.empty(len(self), np.uint16)
        for lo, hi in self._chunks():
            blob, at = self._stretch(lo, hi)
            begun = np.zeros(len(blob) + 1, np.int32)
            # Those bytes begin a code point that do not go on with one: as signed numbers they are below -64.
            np.cumsum(blob.view(np.int8) >= -64, out=begun[1:])
            found[lo:hi] = np.diff(begun[at])
        return found

    @cached_property
    def letters(self) -> Bits:
        """`kashaf.text.distance.letters` of each word. Raises ValueError for bytes that are no UTF-8."""
        known = np.zeros(0, np.uint64)
        found = np.zeros(len(self), np.uint64)
        for codes, starts, which in self.code_points():
            top = int(codes.max())
            if top >= len(known):
                known = np.append(known, np.zeros(top + 1 - len(known), np.uint64))
            bits = known[codes]
            if not bits.all():
                for code in np.unique(codes[bits == 0]).tolist():
                    known[code] = letters(chr(code))
                bits = known[codes]
            found[which] = np.bitwise_or.reduceat(bits, starts)
        return found

    @cached_property
    def pairs(self) -> Bits:
        """`kashaf.text.distance.pairs` of each word. Raises ValueError for bytes that are no UTF-8."""
        found = np.full(len(self), pairs(""), np.uint64)
        one = np.uint64(1)
        for codes, starts, which in self.code_points():
            before = np.zeros_like(codes)
            before[1:] = codes[:-1]
            before[starts] = 0
            bits = one << ((before * 31 + codes * 17) & 63).astype(np.uint64)
            last = codes[np.append(starts[1:], len(codes)) - 1]
            found[which] = np.bitwise_or.reduceat(bits, starts) | one << (last * 31 & 63).astype(np.uint64)
        return found

    def code_points(self) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """By and by: code points of words, where each word begins in them, and the numbers of these words.

        Empty words are left out. Raises ValueError for bytes that are no UTF-8.
        """
        lengths = self.lengths
        for lo, hi in self._chunks():
            which = lo + np.flatnonzero(lengths[lo:hi])
            if len(which):
                blob, _ = self._stretch(lo, hi)
                wide = blob.tobytes().decode("utf-8").encode("utf-32-le")
                codes = np.frombuffer(wide, "<u4").astype(np.int64)
                yield codes, offsets(lengths[which])[:-1], which

    def near(self, length: int, mask: int, spread: int, most: int) -> Numbers:
        """Numbers of the words whose length is within `spread` of `length`, and whose letters' bits differ from
        `mask` in no more than `most`."""
        low, high = max(length - spread, 0), length + spread
        close = (self.lengths >= low) & (self.lengths <= high)
        close &= np.bitwise_count(self.letters ^ np.uint64(mask)) <= most
        return np.flatnonzero(close)

    def fitting(self, parts: Sequence[bytes], lo: int, hi: int) -> Numbers:
        """Numbers in `[lo, hi)` of the words that are these parts in order with anything between them.

        parts: at least two; the first and last are a word's beginning and end, and may be empty, the others not. All
        are whole characters in UTF-8, so that bytes match where characters do.
        """
        blob, at = self._stretch(lo, hi)
        first, *middle, last = parts
        starts, ends = at[:-1], at[1:]
        found = np.flatnonzero(ends - starts >= len(first) + len(last))
        found = _where(blob, found, starts, first)
        found = _where(blob, found, ends - len(last), last)
        reached = starts[found] + len(first)
        for part in middle:
            # Leftmost is enough, as in `slots.fits`.
            places = occurrences(blob, part)
            next_one = np.searchsorted(places, reached)
            some = next_one < len(places)
            found, next_one = found[some], next_one[some]
            reached = places[next_one] + len(part)
            inside = reached <= ends[found] - len(last)
            found, reached = found[inside], reached[inside]
        return found + lo

    def _stretch(self, lo: int, hi: int) -> tuple[Bytes, Numbers]:
        """The bytes of the words `[lo, hi)`, and their offsets in them."""
        at = self.at[lo : hi + 1].astype(np.int64)
        return self.blob[int(at[0]) : int(at[-1])], at - at[0]

    def _chunks(self) -> Iterator[tuple[int, int]]:
        yield from pairwise((*range(0, len(self), _CHUNK), len(self)))


def greatest(counts: NDArray[np.integer[Any]], most: int) -> Numbers:
    """Where the greatest numbers are, no more than `most`: the greatest first, of equal ones the first."""
    if most <= 0:
        return np.zeros(0, np.int64)
    below = -counts.astype(np.int64)
    if len(below) <= most:
        return np.argsort(below, kind="stable")
    near = np.flatnonzero(below <= np.partition(below, most - 1)[most - 1])
    return near[np.argsort(below[near], kind="stable")[:most]]


def occurrences(blob: Bytes, part: bytes) -> Numbers:
    """Where `part`, which is not empty, begins in the bytes, ascending; occurrences may overlap."""
    # The last byte of a character tells more than its first, which it shares with half the alphabet.
    end = len(part) - 1
    places = np.flatnonzero(blob[end:] == part[end])
    return places[_where(blob, np.arange(len(places)), places, part[:-1])]


def _where(blob: Bytes, which: Numbers, starts: Numbers, part: bytes) -> Numbers:
    """Those of `which` at whose start `part` stands."""
    for place in range(len(part) - 1, -1, -1):
        which = which[blob[starts[which] + place] == part[place]]
    return which
