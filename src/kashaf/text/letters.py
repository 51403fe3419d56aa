"""Classes of characters that folding, tokens and segments share, built on PyArabic's tables."""

from __future__ import annotations

import unicodedata
from typing import Final

from pyarabic import araby

TATWEEL: Final = araby.TATWEEL

_ARABIC_BLOCKS: Final = (
    (0x0600, 0x06FF),
    (0x0750, 0x077F),
    (0x0870, 0x089F),
    (0x08A0, 0x08FF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFF),
)
_ZERO_WIDTH: Final = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2061, 0x206A), *range(0xFE00, 0xFE10))
)

# Marks of Latin, Greek, Cyrillic, Hebrew, Arabic and Syriac, and marks for any script. Scanning for those of every
# script would cost start-up time for words that Arabic prose does not hold.
_MARK_RANGES: Final = (
    (0x0300, 0x0370),
    (0x0483, 0x048A),
    (0x0591, 0x05C8),
    (0x0610, 0x0900),
    (0x1AB0, 0x1B00),
    (0x1DC0, 0x1E00),
    (0x20D0, 0x2100),
    (0xFE20, 0xFE30),
)


def _scan(ranges: tuple[tuple[int, int], ...], categories: frozenset[str]) -> frozenset[str]:
    category = unicodedata.category
    return frozenset(
        chr(code) for low, high in ranges for code in range(low, high) if category(chr(code)) in categories
    )


_ALL_MARKS: Final = _scan(_MARK_RANGES, frozenset({"Mn", "Me"}))

#: Characters that take no room and belong to no word: joiners, directional marks, variation selectors.
ZERO_WIDTH: Final = frozenset(_ZERO_WIDTH)

#: Isolated and medial presentation forms of a harakah (U+FE70-U+FE7F and ligatures): marks, though category Lo.
PRESENTATION_MARKS: Final = frozenset(
    chr(code)
    for low, high in ((0xFC5E, 0xFC64), (0xFCF2, 0xFCF5), (0xFE70, 0xFE80))
    for code in range(low, high)
    if unicodedata.name(chr(code), "")
) - {"\ufe73"}

#: Combining marks that belong to the word they stand in.
MARKS: Final = (_ALL_MARKS | frozenset(araby.TASHKEEL) | PRESENTATION_MARKS) - ZERO_WIDTH

#: Marks that a fold removes: tashkeel and Qur'anic signs, accents, Hebrew points.
FOLDED_MARKS: Final = MARKS - PRESENTATION_MARKS

#: Letters of the Arabic script, with Persian and Urdu ones and presentation forms.
ARABIC_LETTERS: Final = frozenset(araby.LETTERS) | (
    _scan(tuple((low, high + 1) for low, high in _ARABIC_BLOCKS), frozenset({"Lo"})) - PRESENTATION_MARKS
)
