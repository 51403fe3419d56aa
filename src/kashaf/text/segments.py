"""Paragraphs, sentences and words of a text as spans in code points.

Sentences end as press prose ends them: after . ! ? ؟ … or ؛ with the closing quotes and brackets that follow. This
is a set of rules in the spirit of UAX #29 (sentence boundaries) with what Arabic lacks taken away: there are no
capitals, so a full stop is judged by what stands on both sides of it.
"""

from __future__ import annotations

import re
from typing import Final

from kashaf.text.letters import ARABIC_LETTERS, ZERO_WIDTH
from kashaf.text.tokens import WORD

Span = tuple[int, int]

_CLOSERS: Final = "\"'”’»›)]}）」』"
_ENDERS: Final = ".!?؟…؛;۔。！？"
_FULL_STOPS: Final = ".۔"
_END: Final = re.compile(f"[{re.escape(_ENDERS)}]+[{re.escape(_CLOSERS + ''.join(sorted(ZERO_WIDTH)))}]*")
_LINE: Final = re.compile(r"[^\n]+")
# What the press abbreviates with a full stop, beside single letters.
_ABBREVIATIONS: Final = frozenset(
    {
        "هـ",
        "إلخ",
        "الخ",
        "أ.د",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "jr",
        "sr",
        "vs",
        "no",
        "inc",
        "ltd",
        "co",
    }
)
_LAST_WORD: Final = re.compile(r"[^\s\"'“”‘’«»‹›(\[{)\]}،,:؛]+$")


def paragraphs(text: str) -> list[Span]:
    """Lines that hold more than white space, without the white space around them."""
    return [span for match in _LINE.finditer(text) if (span := _trim(text, *match.span()))]


def sentences(text: str) -> list[Span]:
    """Sentences in order. They never cross a paragraph, and together hold all but white space of the text."""
    found: list[Span] = []
    for start, end in paragraphs(text):
        begin = start
        for match in _END.finditer(text, start, end):
            if match.end() >= end or not _ends_sentence(text, begin, match.start(), match.end(), end):
                continue
            if span := _trim(text, begin, match.end()):
                found.append(span)
            begin = match.end()
        if span := _trim(text, begin, end):
            found.append(span)
    return found


def words(text: str) -> list[Span]:
    """Words in order: the spans of `kashaf.text.tokens`."""
    return [match.span() for match in WORD.finditer(text)]


def _ends_sentence(text: str, begin: int, mark: int, after: int, limit: int) -> bool:
    """Whether the enders at `mark`, closed at `after`, end a sentence that began at `begin`."""
    following = text[after] if after < limit else " "
    if ")" in text[mark:after] and text[begin:mark].lstrip()[:1] != "(":
        # An aside inside the sentence.
        return False
    if text[mark] == ";":
        # In Latin a semicolon joins, in Arabic text it is the ؛ of a Latin keyboard.
        return following.isspace() and any(
            char in ARABIC_LETTERS for char in text[max(begin, mark - 3) : mark]
        )
    if text[mark] not in _FULL_STOPS or text[mark : mark + 2] in {"..", "۔۔"} or after - mark > 1:
        # Quoted words inside a sentence keep their ! and ?: what follows is a comma or more of the clause.
        return not _continues(text, after, limit)
    if not following.isspace():
        # Scraped prose loses the space after a full stop: two Arabic words joined by a dot are two sentences,
        # but 3.5, a.b.c, example.com and the initials أ.ب are not.
        return (
            following in ARABIC_LETTERS
            and text[mark - 1 : mark] in ARABIC_LETTERS
            and _letters_before(text, begin, mark) > 1
            and _letters_after(text, after, limit) > 1
        )
    last = _LAST_WORD.search(text, begin, mark)
    word = last.group().casefold() if last else ""
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or re.fullmatch(r"(?:\w\.)+\w", word):
        return False
    # A numbered item (`1. `) belongs to what it numbers.
    return not (word.isdecimal() and last is not None and last.start() == begin)


def _continues(text: str, after: int, limit: int) -> bool:
    if after < limit and text[after].isalnum() and text[after] not in ARABIC_LETTERS:
        return True  # a.b?x=1
    return text[after:limit].lstrip()[:1] in {"،", ",", ":", "؛", ";", "-", "–"}


def _letters_before(text: str, begin: int, mark: int) -> int:
    count = 0
    while mark - count - 1 >= begin and text[mark - count - 1] in ARABIC_LETTERS:
        count += 1
    return count


def _letters_after(text: str, after: int, limit: int) -> int:
    count = 0
    while after + count < limit and text[after + count] in ARABIC_LETTERS:
        count += 1
    return count


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
