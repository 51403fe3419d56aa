"""How much a string looks like Arabic prose: the judge between code pages that all decode without an error.

Every byte is a character in windows-1256, so decoding proves nothing. Arabic has telling pairs of letters: the
sixty below make up about four in ten pairs inside the words of press prose, and about one in twenty when the
same bytes are read in the wrong code page.
"""

from __future__ import annotations

import re
from typing import Final

CODE_PAGES: Final = ("cp1256", "iso8859_6", "cp720", "mac_arabic")
SAMPLE_CHARS: Final = 60_000

_PAIRS: Final = frozenset(
    "ال لم من في وا ية ات لا ان لت ها لى ما عل لس لع لح ست ين ون ري ته رة ام لي لق لو سي اء كا نا يا ار"
    " ني لر ير قا ول تي أن لن دي مع با مت عم مل ذي تم بي را اد سا تح قد يد لد قو لب را عن هذ كو مة هم أم".split()
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_ARABIC: Final = re.compile("[\u0621-\u063a\u0641-\u064a]")
# Letters that stand only at the end of a word, and hamza that never begins one.
_MISPLACED: Final = re.compile("[ةى][\u0621-\u063a\u0641-\u064a]|(?<![^\\W\\d_])[ةىؤئ]")
# What wrong code pages are full of; Arabic words hold none of these inside them.
_FOREIGN: Final = re.compile(
    "[\u0621-\u064a][\u0080-\u024f\u2000-\u206f\u20a0-\u27ff\ufffd][\u0621-\u064a]|[\x80-\x9f\u2500-\u257f\ufffd]"
)
_TYPICAL: Final = 0.30


def plausibility(text: str) -> float:
    """From 0 (not Arabic) to 1 (Arabic prose). Looks at the first 60,000 code points only."""
    sample = text[:SAMPLE_CHARS]
    letters = len(_ARABIC.findall(sample))
    if letters < 4:
        return 0.0
    hits = pairs = others = 0
    for word in _WORD.findall(sample):
        if _ARABIC.search(word) is None:
            others += 0 if word.isascii() else len(word)
            continue
        pairs += len(word) - 1
        hits += sum(word[i : i + 2] in _PAIRS for i in range(len(word) - 1))
    if not pairs:
        return 0.0
    spoilt = len(_MISPLACED.findall(sample)) + 2 * len(_FOREIGN.findall(sample)) + others
    return max(0.0, min(1.0, hits / pairs / _TYPICAL) - min(1.0, 4 * spoilt / letters))
