"""How much a string looks like Arabic prose: the judge between code pages that all decode without an error.

Every byte is a character in windows-1256, so decoding proves nothing. But letters follow each other by habit: the
right code page is the one whose text surprises least, letter after letter, by the figures of `_letter_pairs`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from kashaf.corpus._letter_pairs import LETTERS, ROWS

# Each with the bits that it must win by: rarer pages need more to be believed. Mac Arabic reads ISO 8859-6 without
# a fault, and comes after it.
CODE_PAGES: Final = {"cp1256": 0, "iso8859_6": 8, "cp720": 20, "mac_arabic": 14}
SAMPLE_CHARS: Final = 60_000
SURE_BITS: Final = 25  # a second page this close, two or three words' worth, leaves the first a guess

_WORD: Final = re.compile(r"[^\W\d_]+")
_ARABIC: Final = re.compile("[\u0621-\u063a\u0641-\u064a]")
# Letters that stand only at the end of a word, and hamza that never begins one.
_MISPLACED: Final = re.compile("[ةى][\u0621-\u063a\u0641-\u064a]|(?<![^\\W\\d_])[ةىؤئ]")
# What wrong code pages are full of: Latin letters and signs against Arabic letters, C1, box drawing.
_FOREIGN: Final = re.compile(
    "[\u0621-\u064a][\u00c0-\u024f]|[\u00c0-\u024f][\u0621-\u064a]"
    "|[\u0621-\u064a][\u00a1-\u00bf\u20a0-\u24ff][\u0621-\u064a]|[\x80-\x9f\u2500-\u25ff\ufffd]"
)
_NOT_LETTERS: Final = re.compile(r"[\W\d_]+")
_OTHER_LETTER: Final = re.compile("[^\\W\\d_\x00-\x7f\u0621-\u063a\u0641-\u064a]")
_BESIDE_LATIN: Final = re.compile(
    "[A-Za-z][\u0621-\u063a\u0641-\u064a]|[\u0621-\u063a\u0641-\u064a\u0640][A-Za-z]"
)
_LATIN: Final = re.compile("[A-Za-z]")
_PROCLITIC: Final = re.compile("[وفبكل]{1,2}\u0640?[A-Za-z]+")  # as in بـNATO: no fault
_UNSPOILT: Final = 0.25
_SURPRISE: Final = {
    (first, second): int(digit, 36) / 2
    for first, row in zip(LETTERS, ROWS, strict=True)
    for second, digit in zip(LETTERS, row, strict=True)
}
# Bits that a byte beyond ASCII costs when it is no letter: a sign that Arabic prose knows, or any other.
_SIGNS: Final = frozenset("،؛؟«»“”’‘–—…٪\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652٠١٢٣٤٥٦٧٨٩")
_SIGN_BITS: Final = 8
_STRANGE_BITS: Final = 12
_PROSE_BITS: Final = 4.6  # a letter, and half of what wrong code pages have beyond it
_NONSENSE_BITS: Final = 7.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """The likeliest code page: its Python name, the whole text in it, its plausibility from 0 to 1, and by how
    many bits it beats the best page that gives another text."""

    codec: str
    text: str
    plausibility: float
    margin: float


def rank(data: bytes) -> Ranked:
    """The likeliest Arabic code page of `data`. A word counts once, however often it stands there."""
    sample = b" ".join(sorted(set(data[:SAMPLE_CHARS].split())))
    pairs = _pairs(sample)
    used = bytes(sorted(set(data)))
    judged: list[tuple[float, int, str, str]] = []
    for codec, handicap in CODE_PAGES.items():
        try:
            used.decode(codec)
        except UnicodeDecodeError:
            continue
        words = sample.decode(codec, "replace").replace("\u00a0", " ")
        judged.append((surprise(pairs, codec) + handicap, len(judged), codec, words))
    if not judged:
        text = data.decode("cp1256", "replace")
        return Ranked("cp1256", text, plausibility(text), 0.0)
    best, _, codec, words = min(judged)
    margin = min((bits for bits, _, _, other in judged if other != words), default=float("inf")) - best
    text = data.decode(codec)
    return Ranked(codec, text, plausibility(text), margin)


def bits_against(data: bytes, codec: str, other: str | None = None) -> float:
    """By how many bits `other`, or the likeliest page, beats `codec` for a few lines."""
    pairs = _pairs(b" ".join(sorted(set(data.split()))))
    pages = CODE_PAGES if other is None else (other,)
    least = min(surprise(pairs, page) + CODE_PAGES[page] for page in pages)
    return surprise(pairs, codec) + CODE_PAGES[codec] - least


def _pairs(data: bytes) -> Mapping[int, int]:
    """How often each two bytes follow each other, with a space before and after all: `second * 256 + first`."""
    framed = b" " + data + b" "
    counted: Counter[int] = Counter()
    for shifted in (framed, framed[1:]):
        counted.update(memoryview(shifted[: len(shifted) & ~1]).cast("H"))
    return counted


class _Costs(dict[int, float]):
    """The bits that two bytes cost in a page, as `_pairs` names them: reckoned when first asked for."""

    def __init__(self, codec: str) -> None:
        super().__init__()
        self.chars = bytes(range(256)).decode(codec, "replace").replace("\u00a0", " ")
        self.little = sys.byteorder == "little"

    def __missing__(self, pair: int) -> float:
        first, second = (pair & 255, pair >> 8) if self.little else (pair >> 8, pair & 255)
        one, other = self.chars[first], self.chars[second]
        one, other = (char if char in LETTERS else " " for char in (one, other))
        bits = 0.0 if one == other == " " else _SURPRISE[one, other]
        char = self.chars[second]
        if second > 0x7F and char not in LETTERS:
            bits += _SIGN_BITS if char in _SIGNS else _STRANGE_BITS
        self[pair] = bits
        return bits


@cache
def _costs(codec: str) -> _Costs:
    return _Costs(codec)


def surprise(pairs: Mapping[int, int], codec: str) -> float:
    """Bits of surprise of bytes, given as their pairs, as Arabic in a code page."""
    costs = _costs(codec)
    return sum(costs[pair] * times for pair, times in pairs.items())


def plausibility(text: str) -> float:
    """From 0 (not Arabic) to 1 (Arabic prose). Looks at the first 60,000 code points only."""
    sample = text[:SAMPLE_CHARS]
    letters = len(_ARABIC.findall(sample))
    if letters < 2:
        return 0.0
    others = 0
    pairs = Counter(pairwise(f" {_NOT_LETTERS.sub(' ', sample)} "))
    pairs.pop((" ", " "), None)
    if _OTHER_LETTER.search(sample) is not None or _BESIDE_LATIN.search(sample) is not None:
        for word in _WORD.findall(sample):
            if _ARABIC.search(word) is None:
                others += 0 if word.isascii() else len(word)
            elif _LATIN.search(word) and not _PROCLITIC.fullmatch(word):
                others += len(word)
    told = sum(times for pair, times in pairs.items() if pair in _SURPRISE)
    if not told:
        return 0.0
    bits = sum(_SURPRISE[pair] * times for pair, times in pairs.items() if pair in _SURPRISE) / told
    spoilt = len(_MISPLACED.findall(sample)) + 2 * len(_FOREIGN.findall(sample)) + others
    likely = min(1.0, max(0.0, (_NONSENSE_BITS - bits) / (_NONSENSE_BITS - _PROSE_BITS)))
    # A few words may lack the common pairs; enough when nothing speaks against them and they are no Western text.
    if not spoilt and letters > 2 * len(_LATIN.findall(sample)):
        return max(likely, _UNSPOILT)
    return max(0.0, likely - min(1.0, 4 * spoilt / letters))
