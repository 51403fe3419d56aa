"""A line of an article as dates and numbers are read: words, numbers and signs with their places.

Every surface is looked at once: folded as `kashaf.corpus.date_words` folds, and parted from the letters glued to its
front when what is left is a word that dates or numbers are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kashaf.corpus.date_words import MARK, key
from kashaf.entities.values import lexicon

_LETTER: Final = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u06d5A-Za-z\u00c0-\u024f"
_INSIDE: Final = _LETTER + "\u0640\u064b-\u065f\u0610-\u061a\u0670\u200c\u200d"
_INVISIBLE: Final = "\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff"
#: A number with its separators (Tunis writes 2ر2 for 2.2), a word, or one sign.
_TOKEN: Final = re.compile(rf"[{_LETTER}][{_INSIDE}]*|\d+(?:[.,\u066b\u066cر]\d+)*|[^\s{_INVISIBLE}]")
# A line, or what of a long one ends with a sentence, else with a word, else anywhere.
_LINE: Final = re.compile(
    r"[^\n]{1,4000}(?![^\n])|[^\n]{1,4000}(?<=[.؟!])(?!\S)|[^\n]{1,4000}(?!\S)|\S{1,20000}"
)
# Not ك: كمية is no hundred.
_CLITICS: Final = frozenset({"و", "ف", "ب", "ل", "وب", "ول", "فب", "فل", "لل", "ولل", "فلل"})
_WHOLE: Final = frozenset({"لست", "ولست", "فلست"})
_SHORTEST: Final = 3
_SHORT: Final = frozenset({"ست", "غد"})
_PADDING: Final = 12
_ASCII: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class Word(NamedTuple):
    """What is known of a surface.

    fold: the whole word folded; a sign as it is. base: without glued letters. skip: code points of the surface
    before the base (0 behind لل, which has swallowed the article). clitic: those letters. number: digits as
    written, or empty. heads: what can begin here, as `lexicon.heads` says.
    """

    fold: str
    base: str
    skip: int
    clitic: str
    number: str
    heads: int


NOTHING: Final = Word("", "", 0, "", "", 0)
_AROUND: Final = (NOTHING,) * _PADDING


class Line:
    """Words of one line; indices outside it (a few) give `NOTHING`.

    words, starts, ends: one entry a word, offsets in the whole text.
    """

    __slots__ = ("count", "ends", "starts", "text", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        matches = list(_TOKEN.finditer(text, start, end))
        self.count = len(matches)
        self.words: Sequence[Word] = [*[look(match[0]) for match in matches], *_AROUND]
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]

    def begin(self, index: int) -> int:
        """Offset of a word without the letters glued to it."""
        return self.starts[index] + self.words[index].skip

    def tight(self, index: int) -> bool:
        """Whether no space stands before this word."""
        return 0 < index < self.count and self.starts[index] == self.ends[index - 1]

    def form(self, first: int, end: int) -> str:
        """The text of the words `[first, end)`, with glued letters."""
        return self.text[self.starts[first] : self.ends[end - 1]]


def lines(text: str) -> Iterator[Line]:
    """The lines of a text; one longer than 4,000 code points is cut behind a sentence."""
    for match in _LINE.finditer(text):
        yield Line(text, *match.span())


@lru_cache(maxsize=1 << 16)
def look(surface: str) -> Word:
    """What is known of a word, a number or a sign."""
    if surface[0].isdecimal():
        fold = surface.translate(_ASCII)
        return Word(fold, fold, 0, "", surface, lexicon.NUMBER)
    if len(surface) > 64:
        return Word(surface[:64], surface[:64], 0, "", "", 0)
    fold = key(surface)
    heads = lexicon.heads()
    if fold in heads or len(fold) < _SHORTEST or fold in _WHOLE:
        return Word(fold, fold, 0, "", "", heads.get(fold, 0))
    for length in (1, 2, 3):
        clitic, rest = fold[:length], fold[length:]
        if clitic not in _CLITICS:
            continue
        letters = length
        if clitic.endswith("لل"):
            letters -= 2
            clitic, rest = clitic[:-1], "ال" + rest
        if rest in heads and (len(rest) >= _SHORTEST or rest in _SHORT):
            return Word(fold, rest, _places(surface, letters), clitic, "", heads[rest])
    return Word(fold, fold, 0, "", "", 0)


def _places(surface: str, letters: int) -> int:
    """Code points of the first letters with their marks."""
    place = 0
    while letters:
        place += 1
        while place < len(surface) and MARK.match(surface, place):
            place += 1
        letters -= 1
    return place


Names = Mapping[str, Sequence[tuple[tuple[str, ...], int]]]


def names_by_head(table: Mapping[str, int]) -> Names:
    """Names of one or several words by their first, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for name, value in table.items():
        head, *rest = (key(match[0]) for match in _TOKEN.finditer(name))
        found.setdefault(head, []).append((tuple(rest), value))
    for several in found.values():
        several.sort(key=lambda one: -len(one[0]))
    return found


def match_name(names: Names, line: Line, index: int, *, head: str | None = None) -> tuple[int, int] | None:
    """The value of the longest name that stands at a word, and the index after it."""
    words = line.words
    for rest, value in names.get(words[index].base if head is None else head, ()):
        for place, word in enumerate(rest, index + 1):
            if words[place].fold != word:
                break
        else:
            return value, index + 1 + len(rest)
    return None
