"""Addresses and handles in running text: they read left to right whatever surrounds them.

Higher-level protocol HL3 of UAX #9: levels are those the text would have with LRI and PDI around each address.
"""

from __future__ import annotations

import re
from typing import Final

from kashaf.bidi.levels import ParagraphLevels, levels

_LRI: Final = "\u2066"
_PDI: Final = "\u2069"
_HINTS: Final = ("://", "www.", "@", "#")

# A letter beyond ASCII belongs to an address after a delimiter, as in /wiki/مصر, but not after a Latin letter or
# digit: there it is the next word, glued on by a scraper.
_ADDRESS = re.compile(
    r"""
    (?: (?:https?|ftp):// | www\. )
    (?: [A-Za-z0-9\-._~:/?\#\[\]@!$&'*+,;=%] | (?<![A-Za-z0-9])[^\W_] | \( [^\s()]* \) )+
  | (?<![A-Za-z0-9._%+\-]) [A-Za-z0-9._%+\-]+ @ [A-Za-z0-9\-]+ (?: \. [A-Za-z0-9\-]+ )+
  | (?<!\w) [@\#] [A-Za-z] [A-Za-z0-9_]*
    """,
    re.VERBOSE,
)
_TRAILING: Final = ".,;:!?'*[]"


def link_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of web addresses, mail addresses, handles and Latin hashtags, in order, without final punctuation."""
    if not any(hint in text for hint in _HINTS):
        return ()
    found = []
    for match in _ADDRESS.finditer(text):
        start = match.start()
        end = start + len(match.group().rstrip(_TRAILING))
        if end > start:
            found.append((start, end))
    return tuple(found)


def levels_with_links(text: str, base: int | None, spans: tuple[tuple[int, int], ...]) -> ParagraphLevels:
    """`levels.levels` of the text with each of the `spans` isolated left to right."""
    if not spans:
        return levels(text, base)
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for number, (start, end) in enumerate(spans):
        pieces += (text[at:start], _LRI, text[start:end], _PDI)
        kept += range(at + 2 * number, start + 2 * number)
        kept += range(start + 2 * number + 1, end + 2 * number + 1)
        at = end
    pieces.append(text[at:])
    kept += range(at + 2 * len(spans), len(text) + 2 * len(spans))
    isolated = levels("".join(pieces), base)
    return ParagraphLevels(tuple(isolated.levels[i] for i in kept), isolated.base)
