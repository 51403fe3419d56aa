"""The words of many texts at once: what `kashaf.text.tokens.WORD` finds, by arrays instead of a match per word.

Each character has a class. Letters and digits decide whether a word begins, goes on or ends; marks, joiners and
tatweel (rare) take over what stands before them, so only they need a second look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kashaf.text.letters import ARABIC_LETTERS, MARKS, TATWEEL, ZERO_WIDTH

_NONE, _ARABIC, _OTHER, _MARK, _TATWEEL, _JOINER = range(6)
_PLANE: Final = 0x10000
_ALL: Final = 0x110000
_LETTER: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of texts, in order.

    joined: the texts with a line break before, between and behind; codes: its code points (16 bits when all fit).
    starts, ends: each word's span in `joined`. bases: where each text starts in it. counts: words of each text.
    """

    joined: str
    codes: NDArray[np.uint16] | NDArray[np.uint32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    bases: NDArray[np.int64]
    counts: NDArray[np.int64]

    def surface(self, word: int) -> str:
        return self.joined[self.starts[word] : self.ends[word]]

    def spans(self, text: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The words of one text: starts and ends in code points of it."""
        before = int(self.counts[:text].sum())
        here = slice(before, before + int(self.counts[text]))
        return self.starts[here] - self.bases[text], self.ends[here] - self.bases[text]


def find_words(texts: Sequence[str]) -> Words:
    """The words of each text, exactly those of `kashaf.text.tokens.WORD`."""
    joined = "\n".join(["", *texts, ""])
    codes = _code_points(joined)
    starts, ends = _bounds(_classes(codes))
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    after = np.cumsum(lengths + 1)
    counts = np.diff(np.searchsorted(starts, after), prepend=0)
    return Words(joined, codes, starts, ends, after - lengths, counts.astype(np.int64, copy=False))


def _code_points(joined: str) -> NDArray[np.uint16] | NDArray[np.uint32]:
    # A lone surrogate is one unit, and no word: it must not stop an import.
    data = joined.encode("utf-16-le", "surrogatepass")
    if len(data) == 2 * len(joined):
        return np.frombuffer(data, "<u2")
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")


def _classes(codes: NDArray[np.uint16] | NDArray[np.uint32]) -> NDArray[np.uint8]:
    return _table(_PLANE if codes.dtype.itemsize == 2 else _ALL).take(codes)


@cache
def _table(size: int) -> NDArray[np.uint8]:
    """The class of each code point below `size`."""
    every = np.arange(size, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    table = np.zeros(size, np.uint8)
    for match in _LETTER.finditer(every):
        table[match.start() : match.end()] = _OTHER
    for chars, kind in ((ARABIC_LETTERS, _ARABIC), (MARKS, _MARK), (ZERO_WIDTH, _JOINER)):
        codes = np.fromiter(map(ord, chars), np.int64, len(chars))
        table[codes[codes < size]] = kind
    table[ord(TATWEEL)] = _TATWEEL
    return table


def _bounds(classes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where words start and end, by the classes of characters; the first and the last one belong to no word."""
    special = np.flatnonzero(classes >= _MARK)
    if not len(special):
        return _changes(classes)
    kinds = classes[special]
    first = np.empty(len(special), np.bool_)
    first[0] = True
    np.not_equal(special[1:], special[:-1] + 1, out=first[1:])
    heads = np.flatnonzero(first)
    lengths = np.diff(heads, append=len(special))
    states = np.repeat(classes[special[heads] - 1], lengths)
    tatweel = np.flatnonzero((kinds == _TATWEEL) & (states != _ARABIC))
    if len(tatweel):
        # Outside an Arabic word tatweel is a letter as any other: what follows it in the run goes on with its word.
        run_of = np.repeat(np.arange(len(heads)), lengths)
        last = np.zeros(len(special), np.int64)
        last[tatweel] = tatweel + 1
        np.maximum.accumulate(last, out=last)
        states[(last > heads[run_of]) & (states != _ARABIC)] = _OTHER
    classes = classes.copy()
    classes[special] = states
    starts, ends = _changes(classes)
    joiners = kinds == _JOINER
    if joiners.any():
        # A span never ends in a joiner: back to the last character before it that is none.
        solid = np.where(joiners, np.where(first, special - 1, 0), special)
        np.maximum.accumulate(solid, out=solid)
        at = np.minimum(np.searchsorted(special, ends - 1), len(special) - 1)
        ends = np.where(special[at] == ends - 1, solid[at] + 1, ends)
    return starts, ends


def _changes(states: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The runs of one state that is not none."""
    change = states[1:] != states[:-1]
    starts = np.flatnonzero(change & (states[1:] != _NONE))
    ends = np.flatnonzero(change & (states[:-1] != _NONE))
    starts += 1
    ends += 1
    return starts, ends
