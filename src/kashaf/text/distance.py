"""How far two Arabic spellings lie apart, for did-you-mean.

Damerau's edit distance ("A technique for computer detection and correction of spelling errors", 1964) in its
optimal string alignment form, with the prices of Arabic slips: a hamza left out costs next to nothing, a letter for
one that differs by dots, sound or a finger's breadth costs less than any other. Prices are integers; UNIT is that
of one letter for an unrelated one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import combinations
from typing import Final

from kashaf.text.fold import fold_word
from kashaf.text.keyboards import neighbours

UNIT: Final = 10

_SAME_FOLD: Final = 1
_DOTS: Final = 4
_SOUND: Final = 5
_NEAR_KEY: Final = 6
_VOWELS: Final = 7
_SWAP: Final = 5
_TWICE: Final = 5
_EXTRA: Final = {
    "ء": 3,
    "أ": 5,
    "إ": 5,
    "آ": 5,
    "ا": 6,
    "و": 6,
    "ي": 6,
    "ى": 6,
    "ئ": 6,
    "ؤ": 6,
    "ه": 8,
    "ة": 7,
}

_OTHER_EXTRA: Final = 7

# Letters that share a shape and differ by dots; letters that sound alike to many speakers or writers.
_DOTTED: Final = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")
_SOUNDS: Final = ("ضظ", "ذز", "ثس", "تط", "سص", "قك", "دض", "ذظ", "زظ", "حه", "غق", "جغ")


def distance(one: str, other: str, bound: int | None = None) -> int | None:
    """The price of turning one word into the other, or None when it is over `bound`.

    Symmetric, 0 for equal words alone, and at most UNIT times the longer one's length. Words may be folded or not.
    """
    if one == other:
        return 0
    if len(one) > len(other):
        one, other = other, one
    limit = UNIT * len(other) if bound is None else bound
    if (len(other) - len(one)) * _CHEAPEST_EXTRA > limit:
        return None
    price = _Prices.instance().price
    add_one = [_extra(one, at) for at in range(len(one))]
    add_other = [_extra(other, at) for at in range(len(other))]
    # What both begin and end with is free.
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    end = 0
    while end < len(one) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, add_one = one[start : len(one) - end], add_one[start : len(one) - end]
    other, add_other = other[start : len(other) - end], add_other[start : len(other) - end]
    before: list[int] = []
    row = [0]
    for extra in add_other:
        row.append(row[-1] + extra)
    lowest_before = 0
    for i, (char, extra) in enumerate(zip(one, add_one, strict=True), 1):
        above, row, oldest = row, [row[0] + extra], before
        for j, theirs in enumerate(other, 1):
            best = above[j - 1] if char == theirs else above[j - 1] + price(char, theirs)
            if (added := row[j - 1] + add_other[j - 1]) < best:
                best = added
            if (taken := above[j] + extra) < best:
                best = taken
            if (
                i > 1
                and j > 1
                and char == other[j - 2]
                and theirs == one[i - 2]
                and (swapped := oldest[j - 2] + _SWAP) < best
            ):
                best = swapped
            row.append(best)
        lowest = min(row)
        # A swap reaches back over one row: both must be too dear.
        if lowest > limit and lowest_before > limit:
            return None
        lowest_before = lowest
        before = above
    return row[-1] if row[-1] <= limit else None


def allowed(word: str) -> int:
    """The dearest correction worth offering for a word: short words have too many neighbours."""
    if len(word) <= 2:
        return 0
    if len(word) == 3:
        return 6
    if len(word) == 4:
        return 8
    # Up to six letters one slip, or two easy ones.
    return 12 if len(word) <= 6 else 18


def pairs(word: str) -> int:
    """The pairs of neighbouring letters of a word, its ends counted as letters, as bits of a 64-bit number.

    One letter more, less or for another changes at most four bits, a swap six.
    """
    bits = 0
    before = 0
    for char in (*word, "\0"):
        code = ord(char)
        bits |= 1 << (before * 31 + code * 17) % 64
        before = code
    return bits


def letters(word: str) -> int:
    """The letters of a word as bits of a 64-bit number: one per Arabic letter, the rest shared by the others.

    One letter more or less changes at most one bit, one letter for another at most two, a swap none.
    """
    bits = 0
    for char in word:
        bits |= 1 << _BIT.get(char, _OTHERS + ord(char) % (64 - _OTHERS))
    return bits


_BIT: Final = {char: at for at, char in enumerate("ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآةىؤئ")}
_OTHERS: Final = len(_BIT)
_CHEAPEST_EXTRA: Final = min(_EXTRA.values())
_REMEMBERED: Final = 20_000


def _extra(word: str, at: int) -> int:
    """The price of leaving out the letter at `at`; a doubled one is easily left out."""
    price = _EXTRA.get(word[at], _OTHER_EXTRA)
    return min(price, _TWICE) if at and word[at] == word[at - 1] else price


class _Prices:
    """The price of one letter for another, by pair."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}
        # What is cheaper comes later.
        self._set(neighbours(), _NEAR_KEY)
        self._set(combinations("اوي", 2), _VOWELS)
        for group in _SOUNDS:
            self._set(combinations(group, 2), _SOUND)
        for group in _DOTTED:
            self._set(combinations(group, 2), _DOTS)

    def _set(self, pairs: Iterable[tuple[str, str]], price: int) -> None:
        for one, other in pairs:
            self._known[one, other] = self._known[other, one] = price

    @staticmethod
    @cache
    def instance() -> _Prices:
        return _Prices()

    def price(self, one: str, other: str) -> int:
        pair = (one, other)
        known = self._known.get(pair)
        if known is None:
            first, second = fold_word(one), fold_word(other)
            known = _SAME_FOLD if first == second else self._known.get((first, second), UNIT)
            if len(self._known) < _REMEMBERED:
                self._set([pair], known)
        return known
