"""How much a string looks like Arabic prose: the judge between code pages that all decode without an error.

Every byte is a character in windows-1256, so decoding proves nothing. Arabic has telling pairs of letters: the
ones below make up nearly half of the pairs inside the words of press prose, and under a fifth when the same bytes
are read in the wrong code page.
"""

from __future__ import annotations

import re
from typing import Final

CODE_PAGES: Final = ("cp1256", "iso8859_6", "cp720", "mac_arabic")
SAMPLE_CHARS: Final = 60_000

_PAIRS: Final = frozenset(
    re.findall(
        "..",  # written without gaps, two letters each
        "اللممنفيوايةاتلاانلتهالىماعللسلعلحستينونريتهرةامليلقلوسياءكاناياارنيلريرقاولتيأنلنديمعبامتعمملذيتمبيرااد"
        "ساتحقديدلدقولبعنهذكومةهمأم",
    )
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_ARABIC: Final = re.compile("[\u0621-\u063a\u0641-\u064a]")
# Letters that stand only at the end of a word, and hamza that never begins one.
_MISPLACED: Final = re.compile("[ةى][\u0621-\u063a\u0641-\u064a]|(?<![^\\W\\d_])[ةىؤئ]")
# What wrong code pages are full of: Latin letters and signs against Arabic letters, C1, box drawing.
_FOREIGN: Final = re.compile(
    "[\u0621-\u064a][\u00c0-\u024f]|[\u00c0-\u024f][\u0621-\u064a]"
    "|[\u0621-\u064a][\u00a1-\u00bf\u20a0-\u24ff][\u0621-\u064a]|[\x80-\x9f\u2500-\u25ff\ufffd]"
)
_LATIN: Final = re.compile("[A-Za-z]")
_TYPICAL: Final = 0.30
_UNSPOILT: Final = 0.25


def rank(data: bytes) -> tuple[str, str, float]:
    """The likeliest Arabic code page: its Python name, the text it gives, its plausibility.

    A later page must beat an earlier one clearly: Mac Arabic reads ISO 8859-6 without a fault.
    """
    best = (CODE_PAGES[0], data.decode(CODE_PAGES[0], "replace"), -1.0)
    for codec in CODE_PAGES:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        score = plausibility(text)
        if score > best[2] + 0.05:
            best = (codec, text, score)
    return best


def plausibility(text: str) -> float:
    """From 0 (not Arabic) to 1 (Arabic prose). Looks at the first 60,000 code points only."""
    sample = text[:SAMPLE_CHARS]
    letters = len(_ARABIC.findall(sample))
    if letters < 2:
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
    likely = min(1.0, hits / pairs / _TYPICAL)
    # A few words may lack the common pairs; enough when nothing speaks against them and they are no Western text.
    if not spoilt and letters > 2 * len(_LATIN.findall(sample)):
        return max(likely, _UNSPOILT)
    return max(0.0, likely - min(1.0, 4 * spoilt / letters))
