"""What the tagger reads of a page: sequences of folded words with the punctuation that parts them.

Commas and full stops tell names apart and stay as words of their own; quotation marks tell nothing (the sets that
the tagger learns from have few) and are never words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kashaf.entities.page import Page

#: A sequence is cut here even without a full stop: bounds what decoding holds in memory.
LONGEST: Final = 120

_QUOTES: Final = frozenset("\"'`«»‹›“”„‟‘’‚‛〝〞＂＇´")
_ENDS: Final = frozenset(".؟?!؛…۔")
_ALIKE: Final = {",": "،", ";": "؛", "?": "؟", "…": ".", "۔": ".", "–": "-", "—": "-", "−": "-", "٪": "%"}
_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Sequence:
    """One sentence, or a part of a long one.

    words: folded words and single punctuation marks. indexes: for each the index of the page's word, -1 for a mark.
    """

    words: tuple[str, ...]
    indexes: tuple[int, ...]


def sequences(page: Page) -> Iterator[Sequence]:
    """The sequences of a page in order; together they hold each word of it once."""
    words: list[str] = []
    indexes: list[int] = []
    for index, (fold, gap) in enumerate(zip(page.folds, page.gaps, strict=True)):
        if gap != " ":
            marks, ends = marks_of(gap)
            words.extend(marks)
            indexes.extend([-1] * len(marks))
            if ends and words:
                yield Sequence(tuple(words), tuple(indexes))
                words, indexes = [], []
        if len(words) >= LONGEST:
            yield Sequence(tuple(words), tuple(indexes))
            words, indexes = [], []
        words.append(fold)
        indexes.append(index)
    if words:
        yield Sequence(tuple(words), tuple(indexes))


@lru_cache(maxsize=4096)
def marks_of(gap: str) -> tuple[tuple[str, ...], bool]:
    """The punctuation marks of a gap as words, three at most, and whether a sentence ends in it.

    A full stop without a space behind it (3.5, kashaf.org) ends none.
    """
    if len(gap) > 64:
        gap = gap[:32] + gap[-32:] if "\n" not in gap else gap[:32] + "\n" + gap[-31:]
    marks = [
        _ALIKE.get(char, char)
        for char in gap
        if not char.isspace() and char not in _QUOTES and unicodedata.category(char)[0] in "PS"
    ]
    ends = "\n" in gap or (gap[-1:].isspace() and any(char in _ENDS for char in gap)) or ".." in gap
    return tuple(marks[:_MOST]), ends
