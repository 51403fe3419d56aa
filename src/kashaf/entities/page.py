"""An article as the rules read it: its words folded, and what stands between them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kashaf.text.fold import fold, fold_word
from kashaf.text.letters import ARABIC_LETTERS
from kashaf.text.tokens import tokenise

OPENERS: Final = frozenset("\"“„«'‘(['")
CLOSERS: Final = frozenset("\"”“»'’)]")
_PAIRS: Final = {'"': '"”', "“": '”"', "„": "“”", "«": "»", "'": "'’", "‘": "’'", "(": ")", "[": "]"}
_SPACES: Final = re.compile(r"[^\S\n]*\Z")
_SPACES_AND_OPENER: Final = re.compile(r"[^\S\n]*[\"“„«'‘(\[]\Z|[^\S\n]+\Z")
_FATHATAN: Final = "\u064b"


class Page:
    """Words of a text with their folds and gaps; a word is named by its index.

    folds, starts, ends: one entry a word. gaps: the text before each word, back to the word before it.
    """

    __slots__ = ("ends", "exacts", "folds", "gaps", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folds: list[str] = []
        self.exacts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.gaps: list[str] = []
        last = 0
        for token in tokenise(text):
            folded = fold_word(token.exact)
            if token.start < last or not folded:
                continue  # a further word of a ligature of several, or tatweel alone
            self.exacts.append(token.exact)
            self.folds.append(folded)
            self.starts.append(token.start)
            self.ends.append(token.end)
            self.gaps.append(text[last : token.start])
            last = token.end

    def __len__(self) -> int:
        return len(self.folds)

    def fold_at(self, index: int) -> str:
        """The fold of a word, or the empty string outside the text."""
        return self.folds[index] if 0 <= index < len(self.folds) else ""

    def joined(self, index: int) -> bool:
        """Whether only spaces of one line stand between this word and the one before it."""
        return 0 < index < len(self.gaps) and _plain(self.gaps[index])

    def joined_or_opened(self, index: int) -> bool:
        """As `joined`, or with one opening quotation mark or bracket between."""
        return 0 < index < len(self.gaps) and _plain_or_opener(self.gaps[index])

    def opener(self, index: int) -> str:
        """The quotation mark or bracket that stands right before a word, or the empty string."""
        before = self.text[self.starts[index] - 1 : self.starts[index]]
        return before if before in OPENERS else ""

    def closed_after(self, last: int, opener: str) -> int | None:
        """Offset after the mark that closes `opener` right behind the word `last`, or None."""
        end = self.ends[last]
        mark = self.text[end : end + 1]
        return end + 1 if mark and mark in _PAIRS.get(opener, "") else None

    def enclosed(self, first: int, last: int) -> bool:
        """Whether the words first..last stand alone between quotation marks or brackets."""
        opener = self.opener(first)
        return bool(opener) and self.closed_after(last, opener) is not None

    def span(self, first: int, last: int, skip: int = 0) -> tuple[int, int]:
        """The span of the words first..last, without `skip` glued letters of the first.

        A quotation mark that opens inside the span is closed inside it, so that a form never has half a pair.
        """
        start, end = self.starts[first], self.ends[last]
        if skip:
            start += fold(self.text[start : self.ends[first]]).offsets[skip]
        for index in range(first + 1, last + 1):
            if (opener := self.opener(index)) and not any(
                self.text[self.ends[word]] in _PAIRS[opener] for word in range(index, last)
            ):
                closed = self.closed_after(last, opener)
                return (start, end if closed is None else closed)
        return start, end

    def indefinite_accusative(self, index: int) -> bool:
        """Whether a word is written with fathatan, which no name of the book bears (كوباً is no Cuba)."""
        return _FATHATAN in self.exacts[index]


@lru_cache(maxsize=1 << 14)
def folded_words(surface: str) -> tuple[str, ...]:
    """The folded words of a name: two names with the same are spelt alike."""
    return tuple(fold_word(token.exact) for token in tokenise(surface))


@lru_cache(maxsize=4096)
def _plain(gap: str) -> bool:
    return bool(gap) and _SPACES.match(gap) is not None


@lru_cache(maxsize=4096)
def _plain_or_opener(gap: str) -> bool:
    return bool(gap) and _SPACES_AND_OPENER.match(gap) is not None


@lru_cache(maxsize=1 << 16)
def bases(word: str) -> tuple[tuple[str, int], ...]:
    """A folded word and what is left of it without glued و ف ب ك ل: (base, letters to skip), the word itself first.

    The rarer ف and ك are taken off long words only: كلاوس is no Laos. With لل the article has lost its alef and the
    span keeps the whole word: للتحالف is (التحالف, 0).
    """
    found = [(word, 0)]
    if len(word) < 4 or word[0] not in ARABIC_LETTERS:
        return tuple(found)
    stems = [(word, 0)]
    if word[0] in "وف":
        stems.append((word[1:], 1))
        if word[0] == "و" or word[1:3] == "ال" or len(word) > 5:
            found.append((word[1:], 1))
    for stem, skip in stems:
        if stem.startswith("لل") and len(stem) > 4:
            found += [("ال" + stem[2:], skip), ("الل" + stem[2:], skip)]
        if stem[0] in "بكل" and len(stem) > 3 and (stem[0] != "ك" or stem[1:3] == "ال" or len(stem) > 5):
            found.append((stem[1:], skip + 1))
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def is_one(word: str, words: frozenset[str]) -> bool:
    """Whether a folded word, or what is left of it without glued letters, is one of `words`."""
    return bool(word) and any(base in words for base, _ in bases(word))


@lru_cache(maxsize=1 << 16)
def letters_before(word: str, words: frozenset[str]) -> int | None:
    """How many glued letters stand before one of `words` in a folded word; None when it is none of them."""
    return next((skip for base, skip in bases(word) if base in words), None)
