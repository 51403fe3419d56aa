"""Bidi_Class as one byte a character, so that the rules of UAX #9 are searches in byte strings.

L L    EN 1    ES +    B  B          LRE l    RLE r    LRO x    RLO y    PDF f
R R    AN 2    ET %    S  S          LRI i    RLI j    FSI k    PDI d
AL A   NSM m   CS ,    WS (a space)  BN b     ON o, and ( or ) where the character is a paired bracket
"""

from __future__ import annotations

from typing import Final

from kashaf.bidi._ucd import CLOSING, OPENING
from kashaf.bidi.properties import BIDI_CLASS, CACHE_LIMIT

CODE_OF: Final = {
    "L": "L", "R": "R", "AL": "A", "EN": "1", "AN": "2", "ES": "+", "ET": "%", "CS": ",", "NSM": "m", "BN": "b",
    "B": "B", "S": "S", "WS": " ", "ON": "o", "LRE": "l", "RLE": "r", "LRO": "x", "RLO": "y", "PDF": "f",
    "LRI": "i", "RLI": "j", "FSI": "k", "PDI": "d",
}  # fmt: skip


class _Codes(dict[int, str]):
    """For `str.translate`, filled with the characters that are met."""

    def __missing__(self, code: int) -> str:
        if len(self) >= CACHE_LIMIT:
            self.clear()
        char = chr(code)
        bracket = "(" if char in OPENING else ")" if char in CLOSING else ""
        self[code] = found = bracket or CODE_OF[BIDI_CLASS[char]]
        return found


_CODES: Final = _Codes()


def class_codes(text: str) -> bytes:
    """The code of each code point of `text`."""
    return text.translate(_CODES).encode("ascii")
