"""Hashes of words by arrays, and a table from hash to number.

Texts are hostile: whoever could foresee the hashes could make two words one. So each character has a random value of
64 bits, each place in a word a random odd factor, both drawn anew by every process, and a word's hash is the sum
of their products modulo 2^64 (multilinear hashing: Lemire and Kaser, "Strongly universal string hashing is fast",
2014). Two given words collide with a chance of about 2^-60; the letters of other planes than the first share the
values of its places, shifted by a random value of their plane.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

#: Words are hashed up to this length in code points.
LONGEST: Final = 64

_PLANE: Final = 1 << 16
_PLANES: Final = 17
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / the golden ratio, made odd
_HALF: Final = np.uint64(32)
_SMALLEST: Final = 12  # bits
_LOAD: Final = 2  # slots a key


@cache
def _secrets() -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64]]:
    """The values of characters by their low 16 bits, what their plane adds, the factors of places."""
    drawn = np.frombuffer(os.urandom(8 * (_PLANE + _PLANES + LONGEST)), "<u8").astype(np.uint64)
    characters, planes, places = np.split(drawn, [_PLANE, _PLANE + _PLANES])
    planes[0] = 0
    return characters, planes, places | np.uint64(1)


def hashes(
    codes: NDArray[np.uint16] | NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """The hash of each span `[start, end)` of `codes`, of its first LONGEST characters; never 0."""
    characters, planes, factors = _secrets()
    wide = codes.dtype.itemsize > 2
    lengths = np.minimum(ends - starts, LONGEST).astype(np.int8)
    # From long to short: the spans that have a character at a place are then the first ones.
    order = np.argsort(-lengths, kind="stable")
    begins = starts[order]
    reaching = len(starts) - np.cumsum(np.bincount(lengths, minlength=LONGEST))
    found = np.zeros(len(starts), np.uint64)
    for place, count in enumerate(reaching.tolist()):
        if not count:
            break
        here = codes.take(begins[:count] + place)
        if wide:
            values = characters.take(here & (_PLANE - 1))
            values += planes.take(here >> 16)
        else:
            values = characters.take(here)
        values *= factors[place]
        found[:count] += values
    found ^= found >> _HALF
    found *= _ODD
    found ^= found >> _HALF
    found[found == 0] = 1
    ordered = np.empty_like(found)
    ordered[order] = found
    return ordered


class HashTable:
    """Numbers of 32 bits by hashes of 64 bits: open addressing, linear probing, by arrays."""

    def __init__(self) -> None:
        self._bits = _SMALLEST
        self._keys = np.zeros(1 << self._bits, np.uint64)
        self._values = np.zeros(1 << self._bits, np.int32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The number of each key, -1 where it is not there."""
        slots = self._slots(keys)
        found = self._keys[slots]
        values = self._values[slots]
        other = np.flatnonzero(found != keys)
        if len(other):
            values[other] = -1
            mask = len(self._keys) - 1
            other = other[found[other] != 0]
            while len(other):
                following = slots[other] + 1 & mask
                slots[other] = following
                there = self._keys[following]
                same = there == keys[other]
                values[other[same]] = self._values[following[same]]
                other = other[~same & (there != 0)]
        return values

    def add(self, keys: NDArray[np.uint64], values: NDArray[np.int32]) -> None:
        """Put in keys that are not there yet, each of them once."""
        needed = self._count + len(keys)
        if needed * _LOAD > len(self._keys):
            old = self._keys != 0
            keys = np.concatenate((self._keys[old], keys))
            values = np.concatenate((self._values[old], values))
            while needed * _LOAD > 1 << self._bits:
                self._bits += 1
            self._keys = np.zeros(1 << self._bits, np.uint64)
            self._values = np.zeros(1 << self._bits, np.int32)
        slots = self._slots(keys)
        mask = len(self._keys) - 1
        left = np.arange(len(keys))
        while len(left):
            here = slots[left]
            free = left[self._keys[here] == 0]
            # Of several that want one slot the last one gets it; the others go on.
            self._keys[slots[free]] = keys[free]
            self._values[slots[free]] = values[free]
            left = left[self._keys[here] != keys[left]]
            slots[left] = slots[left] + 1 & mask
        self._count = needed

    def _slots(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        return (keys >> np.uint64(64 - self._bits)).astype(np.int64)
