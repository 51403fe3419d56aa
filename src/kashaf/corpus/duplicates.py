"""What two texts have in common: hashed words, fingerprints to find copies by, shingles to be sure.

Words are compared folded (`kashaf.text.fold`), so that tashkeel, alef forms, digits, punctuation and line breaks make
no difference. Fingerprints are chosen by winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for
Document Fingerprinting", SIGMOD 2003): of every window of shingles the least hash, so that a shared run of `SURE_RUN`
words always shares one, wherever it stands. MinHash would estimate how alike two whole texts are, which loses a wire
brief within a long article, and its bands miss copies by chance. Likeness itself is counted on the shingles (Broder,
"On the resemblance and containment of documents", 1997), never estimated.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

from kashaf.text.fold import fold_word
from kashaf.text.tokens import WORD, exact_forms

Words = npt.NDArray[np.uint32]
"""A text's words in their order, each as a hash of its fold."""
Prints = npt.NDArray[np.uint32]
"""A text's fingerprints, ascending, each once."""
Shingles = npt.NDArray[np.uint64]
"""A text's shingles, ascending, each once."""

SHINGLE: Final = 3  # words of a shingle that likeness is counted on: one changed word costs three of them
_PRINT: Final = 4  # words of a shingle that may become a fingerprint: common phrases are no copies
_WINDOW: Final = 8  # shingles of which one becomes a fingerprint
#: A run of words that two texts share and that is certain to leave a common fingerprint.
SURE_RUN: Final = _PRINT + _WINDOW - 1

_MEMO_LIMIT: Final = 1 << 17
# Odd multipliers: the golden ratio, and those of the finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_SHIFTS: Final = (np.uint64(30), np.uint64(27), np.uint64(31))
_HIGH: Final = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are.

    jaccard: shingles of both among the shingles of either. share: words of the shorter text that stand in shingles of
    both, among all its words. run: the most of them in a row, in words.
    """

    jaccard: float
    share: float
    run: int


class _Memo(dict[str, tuple[int, ...]]):
    """Surface to hashes; nearly always one. A corpus repeats its words."""

    def __missing__(self, surface: str) -> tuple[int, ...]:
        if len(self) > _MEMO_LIMIT:
            self.clear()
        folds = (fold_word(exact) for exact in exact_forms(surface))
        hashes = self[surface] = tuple(zlib.crc32(fold.encode("utf-8")) for fold in folds if fold)
        return hashes


_memo: Final = _Memo()


def hashed_words(text: str) -> Words:
    """The text's words. Hashes are CRC-32: two words may share one, eleven in a row do not."""
    memo = _memo
    return np.array([one for surface in WORD.findall(text) for one in memo[surface]], dtype=np.uint32)


def digest(words: Words) -> str:
    """The same for two texts of the same words in the same order: 16 hexadecimal digits."""
    return blake2b(words.astype("<u4", copy=False).tobytes(), digest_size=8).hexdigest()


def fingerprints(words: Words) -> Prints:
    """What the text can be found by; none for a text of less than four words."""
    hashes = (_runs(words, _PRINT) >> _HIGH).astype(np.uint32)
    if len(hashes) > _WINDOW:
        hashes = np.lib.stride_tricks.sliding_window_view(hashes, _WINDOW).min(axis=1)
    elif len(hashes):
        hashes = hashes.min(keepdims=True)
    return np.unique(hashes)


def shingles(words: Words) -> Shingles:
    """What the text's likeness is counted on; none for a text of less than three words."""
    return np.unique(_runs(words, SHINGLE))


def likeness(left: Words, right: Words) -> Likeness:
    """How alike two texts are, whichever is which."""
    return compare(left, shingles(left), right, shingles(right))


def compare(left: Words, of_left: Shingles, right: Words, of_right: Shingles) -> Likeness:
    """`likeness` with the shingles already known."""
    # Of texts of one length, always the same one counts as the shorter.
    if (len(right), right.tobytes()) < (len(left), left.tobytes()):
        left, of_left, right, of_right = right, of_right, left, of_left
    if not len(of_left) or not len(of_right):
        return Likeness(1.0, 1.0, len(left)) if np.array_equal(left, right) else Likeness(0.0, 0.0, 0)
    common = int(_within(of_left, of_right).sum())
    jaccard = common / (len(of_left) + len(of_right) - common)
    if not common:
        return Likeness(0.0, 0.0, 0)
    shared = _within(_runs(left, SHINGLE), of_right)
    covered = np.zeros(len(left), dtype=bool)
    for at in range(SHINGLE):
        covered[at : at + len(shared)] |= shared
    return Likeness(jaccard, float(covered.mean()), _longest(covered))


def _runs(words: Words, size: int) -> Shingles:
    """A hash of every `size` words in a row, in their order."""
    count = len(words) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    wide = words.astype(np.uint64)
    mixed = wide[:count].copy()
    for at in range(1, size):
        mixed *= _STEP
        mixed += wide[at : at + count]
    for shift, factor in zip(_SHIFTS, _MIX, strict=False):
        mixed = (mixed ^ (mixed >> shift)) * factor
    return mixed ^ (mixed >> _SHIFTS[-1])


def _within(values: Shingles, ascending: Shingles) -> npt.NDArray[np.bool_]:
    """Which values are among the others."""
    at = np.searchsorted(ascending, values)
    at[at == len(ascending)] = 0
    found: npt.NDArray[np.bool_] = ascending[at] == values
    return found


def _longest(flags: npt.NDArray[np.bool_]) -> int:
    """The most flags in a row that are set."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))
