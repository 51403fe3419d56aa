"""Folding: what two spellings of one word have in common, with a map back to the text that was folded.

A fold works on one character at a time, whatever stands beside it. So folding a slice gives the slice of the
fold, folding twice changes nothing, and every folded character knows the one it came from.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyarabic import araby

from kashaf.text.letters import FOLDED_MARKS, PRESENTATION_MARKS, TATWEEL, ZERO_WIDTH

# Letters that decomposition and PyArabic's tasheel leave apart: final forms the press interchanges, and the
# Persian and Urdu letters that stand for an Arabic one or for the sound Arabic writes with it (پوتين, بوتين).
_LETTERS: Final = str.maketrans(
    {
        **dict.fromkeys(araby.ALEFAT, araby.ALEF),
        araby.ALEF_MAKSURA: araby.YEH,
        araby.TEH_MARBUTA: araby.HEH,
        **dict.fromkeys("ٲٳٵ", araby.ALEF),
        **dict.fromkeys("یېۍےۓؠؽؾؿۑ", araby.YEH),
        **dict.fromkeys("ہھۀۂۃەۿ", araby.HEH),
        **dict.fromkeys("کڪګگڭ", araby.KAF),
        **dict.fromkeys("ۋۆۇۈۅۄ", araby.WAW),
        "پ": araby.BEH,
        "چ": araby.JEEM,
        "ژ": araby.ZAIN,
        "ڤ": araby.FEH,
        "ڨ": araby.QAF,
        "ں": araby.NOON,
        "ٹ": araby.TEH,
        "ڈ": araby.DAL,
        "ڑ": araby.REH,
    }
)
_DROPPED: Final = FOLDED_MARKS | PRESENTATION_MARKS | ZERO_WIDTH | {TATWEEL}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where each of its characters came from.

    offsets: one entry a folded character, its source index, and the source's length last; never decreasing.
    """

    text: str
    offsets: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of a folded span, in code points.

        Covers whole source characters (half a lam-alef ligature is the ligature) and the removed marks that
        follow the last one. An empty span stays empty, at the source of `start`.
        """
        if start >= end:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1]
        while self.offsets[end] == last and end < len(self.text):
            end += 1
        return self.offsets[start], self.offsets[end]


def fold(text: str) -> Folded:
    """Fold a text of any length, keeping the offset map.

    Removed: tashkeel, accents, tatweel, zero-width and directional characters. Made one: alef forms (ا), alef
    maksura and yeh (ي), teh marbuta and heh (ه), hamza seats (و, ي), Persian and Urdu letters, presentation
    forms and compatibility characters (NFKC), digits (ASCII), letter case.
    """
    table = _TABLE
    parts: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        piece = table[ord(char)]
        if piece:
            parts.append(piece)
            if len(piece) == 1:
                offsets.append(index)
            else:
                offsets.extend([index] * len(piece))
    offsets.append(len(text))
    return Folded("".join(parts), tuple(offsets))


@lru_cache(maxsize=1 << 17)
def fold_word(word: str) -> str:
    """The fold of a word, without the map."""
    return word.translate(_TABLE)


class _Table(dict[int, str]):
    """Code point to its fold, filled as characters are met; fit for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


def _fold_char(char: str) -> str:
    seen = char
    while True:
        folded = "".join(_fold_once(part) for part in seen)
        if folded == seen:
            return folded
        seen = folded


def _fold_once(char: str) -> str:
    if char in _DROPPED:
        return ""
    # Spacing clones of marks decompose to a space and the mark: they are not words apart.
    if unicodedata.decomposition(char).startswith(("<isolated> 0020", "<medial> 0640")):
        return ""
    plain = unicodedata.normalize("NFKD", araby.normalize_ligature(char))
    plain = "".join(part for part in plain if part not in _DROPPED)
    plain = araby.normalize_hamza(plain, method="tasheel").translate(_LETTERS)
    plain = "".join(
        str(unicodedata.decimal(part)) if unicodedata.category(part) == "Nd" else part for part in plain
    )
    return unicodedata.normalize("NFKC", plain.casefold())


_TABLE: Final = _Table()
