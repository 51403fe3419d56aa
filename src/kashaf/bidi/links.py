"""What reads left to right whatever surrounds it: addresses, paths, and some numbers and names with signs in them.

Higher-level protocol HL3 of UAX #9: levels are those the text would have with LRI and PDI around each of them.
Left to UAX #9, because its order is how Arabic writes them: ranges and scores (2019-2023, 3-1), dates with the day
first (03-11-2025), and everything in Arabic-Indic digits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kashaf.bidi.levels import ParagraphLevels, Span, levels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LRI: Final = "\u2066"
_PDI: Final = "\u2069"
_ADDRESS_HINTS: Final = ("://", "www.", "@", "#", "/", "\\")
_NUMBER_HINTS: Final = ("-", "+", "00")
_NAME_HINTS: Final = (".", "+", "#")

# A letter beyond ASCII belongs to an address after a delimiter, as in /wiki/مصر, but not after a Latin letter or
# digit: there it is the next word, glued on by a scraper.
_ADDRESS: Final = re.compile(
    r"""
    (?: (?:https?|ftp):// | www\. )
    (?: [A-Za-z0-9\-._~:/?\#\[\]@!$&'*+,;=%] | (?<![A-Za-z0-9])[^\W_] | \( [^\s()]* \) )+
  | (?<![A-Za-z0-9._%+\-]) [A-Za-z0-9._%+\-]+ @ [A-Za-z0-9\-]+ (?: \. [A-Za-z0-9\-]+ )+
  | (?<!\w) [@\#] [A-Za-z] [A-Za-z0-9_]*
  | (?<![\w/.~:]) (?: ~ | \.{1,2} )? / [A-Za-z0-9._+\-@%]++ /
    (?: [A-Za-z0-9._+\-@%/] | (?<![A-Za-z0-9])[^\W_] )*
  | (?<!\w) (?: [A-Za-z]: | \\\\ [A-Za-z0-9._\-]++ ) \\
    (?: [A-Za-z0-9._+\-@%~$()\\] | (?<![A-Za-z0-9])[^\W_] )*
    """,
    re.VERBOSE,
)
_TRAILING: Final = ".,;:!?'*[]"

_NUMBER: Final = re.compile(
    r"""
    (?<! [A-Za-z0-9_\u0660-\u0669.,:/+\-] )
    (?: (?P<time> [0-9]{4} - (?:0[1-9]|1[0-2]) - (?:0[1-9]|[12][0-9]|3[01])
        (?: [T\ ] [0-9]{2} : [0-9]{2} (?: :[0-9]{2} (?: \.[0-9]++ )? )?
            (?: Z | [+\-][0-9]{2} (?: :?[0-9]{2} )? )? )? )
      | (?P<version> [0-9]++ (?: \.[0-9]++ )++ - [A-Za-z][A-Za-z0-9]*+ (?: [.\-][A-Za-z0-9]++ )*+ )
      | (?P<telephone> (?: \+ | 00 ) [1-9][0-9]*+
        (?: [\ .\-]? \([0-9]{1,4}\) [\ .\-]? [0-9]++ | [\ .\-][0-9]{2,}+ )*+ ) )
    (?! [A-Za-z0-9_\u0660-\u0669] | [/:+\-][0-9] )
    """,
    re.VERBOSE,
)
_TELEPHONE_DIGITS: Final = range(7, 18)  # E.164 allows 15; 00 may stand before them

# Names whose signs would change sides after an Arabic word: U.S., C++, F#.
_NAME: Final = re.compile(
    r"[A-Za-z]\.(?<![A-Za-z0-9.].\.)(?:[A-Za-z]\.)++(?![A-Za-z0-9])"
    r"|[A-Za-z](?<![A-Za-z0-9_].)(?:[A-Za-z0-9]*+\+{1,2}|\#)(?![\w+#])"
)


def link_spans(text: str) -> tuple[Span, ...]:
    """Code point spans of web and mail addresses, handles, Latin hashtags and file paths, without punctuation.

    In order and apart from one another; linear in the length of the text.
    """
    if not any(hint in text for hint in _ADDRESS_HINTS):
        return ()
    found = []
    for match in _ADDRESS.finditer(text):
        start = match.start()
        end = start + len(match.group().rstrip(_TRAILING))
        if end > start:
            found.append((start, end))
    return tuple(found)


def isolated_spans(text: str, links: Sequence[Span]) -> tuple[Span, ...]:
    """`links`, the `link_spans` of the text, and beside them dates and times of ISO 8601, international telephone
    numbers, versions with a suffix (2.0.1-rc.1), and abbreviations and names that end in a sign (U.S., C++).
    """
    found = sorted((*links, *_numbers(text), *_names(text)), key=lambda span: (span[0], -span[1]))
    spans: list[Span] = []
    for span in found:
        if not spans or span[0] >= spans[-1][1]:
            spans.append(span)
    return tuple(spans)


def _numbers(text: str) -> Iterator[Span]:
    if not any(hint in text for hint in _NUMBER_HINTS):
        return
    for match in _NUMBER.finditer(text):
        telephone = match["telephone"]
        if telephone is None or sum(map(str.isdigit, telephone)) in _TELEPHONE_DIGITS:
            yield match.span()


def _names(text: str) -> Iterator[Span]:
    if any(hint in text for hint in _NAME_HINTS):
        for match in _NAME.finditer(text):
            yield match.span()


def levels_with_isolates(text: str, base: int | None, spans: Sequence[Span]) -> ParagraphLevels:
    """`levels.levels` of the text with each of the `spans`, in order and apart, isolated left to right."""
    if not spans:
        return levels(text, base)
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (text[at:start], _LRI, text[start:end], _PDI)
        at = end
    found = levels("".join([*pieces, text[at:]]), base)
    return ParagraphLevels(_without(found.levels, spans), found.base, _without(found.classes, spans))


def _without(values: bytes, spans: Sequence[Span]) -> bytes:
    """The values of the text itself, of those of a text with a control before and behind each of the spans."""
    pieces: list[bytes] = []
    at = 0
    for number, (start, end) in enumerate(spans):
        more = 2 * number
        pieces += (values[at : start + more], values[start + more + 1 : end + more + 1])
        at = end + more + 2
    return b"".join([*pieces, values[at:]])
