"""The sentence around a span, found without cutting up the rest of the article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from kashaf.text.fold import fold_word
from kashaf.text.segments import Span, sentences
from kashaf.text.stem import stem
from kashaf.text.stopwords import STOP_WORDS
from kashaf.text.tokens import WORD

#: Code points of a paragraph that are looked at on each side of a span, at least: one may be the whole of a file.
_REACH: Final = 2_000
_LETTERS_LIMIT: Final = 10_000
_SPACE: Final = re.compile(r"\s")


def sentence_at(text: str, start: int, end: int) -> Span:
    """The span of the sentence that holds `[start, end)`; a span over two sentences gets both.

    In a paragraph of many thousand code points a sentence may be cut, never the span itself.
    """
    # Windows begin at multiples of their size, so that neighbours in a long paragraph share one that is cut up once.
    floor = max(0, start - start % _REACH - _REACH)
    ceiling = min(len(text), end - end % _REACH + 2 * _REACH)
    low = text.rfind("\n", floor, start) + 1 or floor
    high = text.find("\n", end, ceiling)
    if high < 0:
        high = ceiling
    first, last = start, end
    for begin, stop in _sentences(text[low:high]):
        if begin + low < end and start < stop + low:
            first, last = min(first, begin + low), max(last, stop + low)
    return first, last


def one_line(text: str) -> str:
    """The text with every white space as a space: of the same length, so that offsets hold."""
    return _SPACE.sub(" ", text)


def words_of(text: str, without: Iterable[Span] = ()) -> dict[str, str]:
    """The content words of a sentence, stem to surface, but for the spans `without` and all numbers."""
    parts = text
    for start, end in without:
        parts = parts[:start] + " " * (end - start) + parts[end:]
    found: dict[str, str] = {}
    for surface in WORD.findall(parts):
        if (known := _content(surface)) is not None:
            found.setdefault(known, surface)
    return found


def key_of(text: str) -> str:
    """Two sentences with the same key are the same but for marks, punctuation and the forms of alef, ya and ta."""
    return text.translate(_LETTERS)


class _Letters(dict[int, str]):
    """For `str.translate`, filled with the characters that are met."""

    def __missing__(self, code: int) -> str:
        if len(self) >= _LETTERS_LIMIT:
            self.clear()
        folded = fold_word(chr(code))
        plain = self[code] = folded if folded.isalnum() else ""
        return plain


_LETTERS: Final = _Letters()


@lru_cache(maxsize=1 << 16)
def _content(surface: str) -> str | None:
    folded = fold_word(surface)
    if not folded or folded in STOP_WORDS or folded[0].isdecimal() or len(folded) < 2:
        return None
    return stem(folded)


@lru_cache(maxsize=64)
def _sentences(paragraph: str) -> tuple[Span, ...]:
    """Kept for a while: a paragraph with one date or number often has several."""
    return tuple(sentences(paragraph))
