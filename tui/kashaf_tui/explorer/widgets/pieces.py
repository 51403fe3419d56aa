"""A text cut into pieces, each short enough to be measured, laid out or searched within a frame.

A piece is some whole paragraphs, or a part of one that is longer than `LONG`. Such a paragraph is parted after
a sentence, else after white space, else between letters, and no line, word or sentence reaches over the cut: a
limit nobody meets in prose, where paragraphs are shorter. Offsets and lengths are code points.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from kashaf.bidi.properties import CELL_CLASS

SHORT: Final = 2048
"""Paragraphs are put together up to this length."""
LONG: Final = 4096
"""A paragraph up to this length is never cut."""
_CLUSTER: Final = 16_384  # a flood of marks over one letter is cut all the same, here
_LOOKED_AT: Final = 262_144  # of a paragraph that is cut, for its direction

_NO_CELL: Final = frozenset("mtn")  # of the letters of CELL_CLASS: drawn with the character before
_ALEFS: Final = frozenset("اأإآ")
_AFTER_SENTENCE: Final = re.compile(r"""[.!?؟…؛][\"'”’»›)\]]*\s+""")
_SENTENCE: Final = 600  # a place between two sentences is looked for in the last so many before the limit
_LETTER: Final = re.compile(r"[^\W\d_]")
_RTL_LETTER: Final = re.compile(
    r"(?=[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff])[^\W\d_]"
)


class Letters(IntEnum):
    """What is known of the letters of a paragraph that was cut; its parts cannot tell by themselves."""

    UNKNOWN = 0
    LTR = 1
    LTR_FIRST = 2
    RTL_FIRST = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or the part of one that is in a piece: `[start, end)` without its newline.

    `new`: a paragraph before it has ended, so that a blank row stands between them.
    """

    start: int
    end: int
    new: bool


class Pieces:
    """Where the pieces of a text begin: five bytes a piece, at least one piece."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = array("I")
        self._letters = bytearray()
        at, letters = 0, Letters.UNKNOWN
        while not self._starts or at < len(text):
            inside = at > 0 and text[at - 1] != "\n"
            end, cut = _end_of_piece(text, at, inside=inside)
            if cut and not inside:
                letters = _letters(text, at)
            self._starts.append(at)
            self._letters.append(letters if cut or inside else Letters.UNKNOWN)
            at = end

    def __len__(self) -> int:
        return len(self._starts)

    def span(self, piece: int) -> tuple[int, int]:
        """`[start, end)` of the piece in the text."""
        end = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self._text)
        return self._starts[piece], end

    def at(self, offset: int) -> int:
        """The piece that holds `offset`; the first or last for offsets beyond the text."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def letters(self, piece: int) -> Letters:
        """Of the paragraph that the piece is a part of; unknown for whole paragraphs."""
        return Letters(self._letters[piece])

    def paragraphs(self, piece: int) -> Iterator[Paragraph]:
        """The paragraphs of the piece in order; an empty one after a newline that ends the text."""
        start, end = self.span(piece)
        at = start
        while True:
            newline = self._text.find("\n", at, end)
            new = at > 0 and self._text[at - 1] == "\n"
            yield Paragraph(at, end if newline < 0 else newline, new)
            at = newline + 1
            if newline < 0 or (at == end and end < len(self._text)):
                return


@lru_cache(maxsize=2)
def pieces_of(text: str) -> Pieces:
    """The pieces of a text, found once. Linear in its length, with a small constant."""
    return Pieces(text)


def has_rtl_letter(text: str, start: int, end: int) -> bool:
    """Whether a letter of a right-to-left script is in `[start, end)`."""
    return _RTL_LETTER.search(text, start, end) is not None


def _end_of_piece(text: str, start: int, *, inside: bool) -> tuple[int, bool]:
    """Where the piece that begins at `start` ends, and whether it cuts a paragraph there."""
    if not inside:
        if len(text) - start <= SHORT:
            return len(text), False
        if (newline := text.rfind("\n", start, start + SHORT)) >= 0:
            return newline + 1, False
    if (newline := text.find("\n", start, start + LONG + 1)) >= 0:
        return newline + 1, False
    if len(text) - start <= LONG:
        return len(text), False
    return _safe_cut(text, start), True


def _safe_cut(text: str, start: int) -> int:
    """The best place to part a paragraph that has no newline up to `start + LONG`."""
    limit = start + LONG
    cut = 0
    for match in _AFTER_SENTENCE.finditer(text, limit - _SENTENCE, limit):
        cut = match.end()
    if cut or (cut := text.rfind(" ", start + SHORT, limit) + 1):
        return cut
    cut = limit + (text[limit] in _ALEFS)
    end = min(len(text), start + _CLUSTER)
    seen = ""
    while cut < end and text[cut] != "\n" and CELL_CLASS[text[cut]] in _NO_CELL:
        seen += text[cut]
        cut = end - len(text[cut:end].lstrip(seen))
    return cut + 1 if text[cut : cut + 1] == "\n" else cut


def _letters(text: str, start: int) -> Letters:
    end = text.find("\n", start, start + _LOOKED_AT)
    end = min(len(text), start + _LOOKED_AT) if end < 0 else end
    rtl = _RTL_LETTER.search(text, start, end)
    if rtl is None:
        return Letters.LTR
    first = _LETTER.search(text, start, end)
    return Letters.RTL_FIRST if first is not None and first.start() == rtl.start() else Letters.LTR_FIRST
