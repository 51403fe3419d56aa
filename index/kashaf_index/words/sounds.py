"""Arabic words by the consonants that a Latin spelling of them has too (`kashaf.text.transliteration`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from kashaf.text.transliteration import arabic_key
from kashaf_index.codec.numbers import spread
from kashaf_index.words.table import Bits, Numbers, WordTable

ARTICLE: Final = "ال"
_FIRST, _LAST = ord("ء"), ord("ي")  # letters that the words here begin with
_SILENT_END: Final = ord("ه")
_FACTOR: Final = 0x9E3779B97F4A7C15  # of a polynomial, odd
_MASK: Final = (1 << 64) - 1
_UNHEARD: Final = "ا"  # a letter that has no part in keys
_SILENT: Final = 0  # in a table of consonants by code point, for a letter without one
_UNKNOWN: Final = -1  # and for one that was not met yet


class Sounds:
    """A hash of each word's key, and of the key that it has without its article. Twelve bytes each."""

    def __init__(self, words: WordTable) -> None:
        self._words = words
        hashes: list[Bits] = []
        numbers: list[Numbers] = []
        keys = np.zeros(0, np.int64)
        for codes, starts, which in words.code_points():
            keys = _known(keys, codes)
            consonants = keys[codes]
            ends = np.append(starts[1:], len(codes))
            last = ends - 1
            consonants[last[codes[last] == _SILENT_END]] = _SILENT
            arabic = (codes[starts] >= _FIRST) & (codes[starts] <= _LAST)
            definite = arabic & (ends - starts > 1)
            definite[definite] = codes[starts[definite] + 1] == ord(ARTICLE[1])
            definite &= codes[starts] == ord(ARTICLE[0])
            for rows, skipped in ((arabic, 0), (definite, len(ARTICLE))):
                at = np.flatnonzero(rows)
                found, owners = _hashes(consonants, starts[at] + skipped, ends[at])
                hashes.append(found)
                numbers.append(which[at[owners]])
        unsorted = np.concatenate([np.zeros(0, np.uint64), *hashes])
        order = np.argsort(unsorted)
        self._hashes = unsorted[order]
        self._numbers = np.concatenate([np.zeros(0, np.int64), *numbers])[order].astype(np.uint32)

    def words(self, keys: Iterable[str]) -> Numbers:
        """Numbers of the words that have one of the keys (see `latin_keys`), with or without their article."""
        found: set[int] = set()
        for key in keys:
            wanted = np.uint64(_hash(key))
            lo, hi = np.searchsorted(self._hashes, wanted), np.searchsorted(self._hashes, wanted, "right")
            numbers = self._numbers[lo:hi].astype(np.int64)
            for number, word in zip(numbers.tolist(), self._words.some(numbers), strict=True):
                if number not in found and key in (arabic_key(word), arabic_key(word.removeprefix(ARTICLE))):
                    found.add(number)
        return np.array(sorted(found), np.int64)


def _known(keys: Numbers, codes: Numbers) -> Numbers:
    """The table of consonants, in which all of `codes` are known now. See `_UNKNOWN`."""
    top = int(codes.max())
    if top >= len(keys):
        keys = np.append(keys, np.full(top + 1 - len(keys), _UNKNOWN))
    new = codes[keys[codes] == _UNKNOWN]
    if len(new):
        for code in set(new.tolist()):
            # Keys are made letter by letter, but for what a word ends in.
            key = arabic_key(chr(code) + _UNHEARD)
            keys[code] = ord(key) if key else _SILENT
    return keys


def _hashes(consonants: Numbers, starts: Numbers, ends: Numbers) -> tuple[Bits, Numbers]:
    """Hashes of the keys of words, and which word each is of; a word without a key has none."""
    lengths = ends - starts
    heard = consonants[spread(starts, lengths)]
    of = np.repeat(np.arange(len(lengths)), lengths)
    of, heard = of[heard != _SILENT], heard[heard != _SILENT]
    if not len(of):
        return np.zeros(0, np.uint64), of
    other_word = of[1:] != of[:-1]
    once = np.append(True, other_word | (heard[1:] != heard[:-1]))
    of, heard = of[once], heard[once]
    first = np.flatnonzero(np.append(True, of[1:] != of[:-1]))
    counts = np.diff(np.append(first, len(of)))
    place = np.arange(len(of)) - np.repeat(first, counts)
    powers = np.cumprod(np.full(int(counts.max()), _FACTOR, np.uint64))
    return np.add.reduceat(heard.astype(np.uint64) * powers[place], first), of[first]


def _hash(key: str) -> int:
    found, power = 0, 1
    for char in key:
        power = power * _FACTOR & _MASK
        found += ord(char) * power
    return found & _MASK
