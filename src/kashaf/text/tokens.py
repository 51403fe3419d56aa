"""Words of a text with their offsets.

A word is a run of Arabic letters, or a run of letters and digits of any other script; marks, tatweel and joiners
inside a run belong to it. Arabic meets Latin letters or digits without a space in the press (الـ90, والـBBC), so
the script border parts words. Punctuation parts them always: `3.5` is two tokens and a query for it a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kashaf.text.letters import ARABIC_LETTERS, MARKS, PRESENTATION_MARKS, TATWEEL, ZERO_WIDTH


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text.

    exact: the surface without tatweel and zero-width characters, presentation forms made plain letters, Latin
        in lower case; tashkeel kept. Never empty.
    start, end: its span in the text, in code points.
    """

    exact: str
    start: int
    end: int


def tokenise(text: str) -> Iterator[Token]:
    """The words of a text in order.

    A ligature that stands for several words (U+FDFA) gives several tokens with the ligature's span.
    """
    for match in WORD.finditer(text):
        start, end = match.span()
        for exact in exact_forms(match.group()):
            yield Token(exact, start, end)


def _ranges(chars: frozenset[str]) -> str:
    """The inside of a regular expression's character class: runs as ranges, which match faster than a list."""
    codes = sorted(map(ord, chars))
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in runs)


_ARABIC: Final = _ranges(ARABIC_LETTERS)
_MARKS: Final = _ranges(MARKS)
_JOINERS: Final = _ranges(ZERO_WIDTH)
_OTHER: Final = rf"[^\W_{_ARABIC}{_ranges(PRESENTATION_MARKS)}]"
_ARABIC_TAIL: Final = rf"[{_ARABIC}{_MARKS}{TATWEEL}]"
_OTHER_TAIL: Final = rf"(?:{_OTHER}|[{_MARKS}])"

#: One word's surface. Joiners count only between two characters of the word, so a span never ends in one.
WORD: Final = re.compile(
    rf"[{_ARABIC}](?:{_ARABIC_TAIL}+|[{_JOINERS}]+(?={_ARABIC_TAIL}))*"
    rf"|{_OTHER}(?:{_OTHER_TAIL}+|[{_JOINERS}]+(?={_OTHER_TAIL}))*"
)


@lru_cache(maxsize=1 << 17)
def exact_forms(surface: str) -> tuple[str, ...]:
    """The exact tokens that a matched surface stands for: nearly always one."""
    plain = surface.translate(_EXACT).lower()
    return tuple(plain.split()) or (surface,)


class _ExactTable(dict[int, str]):
    def __missing__(self, code: int) -> str:
        plain = self[code] = _exact_char(chr(code))
        return plain


def _exact_char(char: str) -> str:
    if char == TATWEEL or char in ZERO_WIDTH:
        return ""
    plain = unicodedata.normalize("NFKC", char)
    if char in PRESENTATION_MARKS:
        return "".join(part for part in plain if part not in {" ", TATWEEL})
    return plain.replace(TATWEEL, "")


_EXACT: Final = _ExactTable()
