"""An article as the rules read it: its words folded, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import Final, Protocol

from kashaf.text.fold import fold, fold_word
from kashaf.text.letters import ARABIC_LETTERS, ZERO_WIDTH
from kashaf.text.tokens import WORD, exact_forms

OPENERS: Final = frozenset("\"“„«'‘(['")
CLOSERS: Final = frozenset("\"”“»'’)]")
_PAIRS: Final = {'"': '"”', "“": '”"', "„": "“”", "«": "»", "'": "'’", "‘": "’'", "(": ")", "[": "]"}
_SPACES: Final = re.compile(r"[^\S\n]*\Z")
_SPACES_AND_OPENER: Final = re.compile(r"[^\S\n]*[\"“„«'‘(\[]\Z|[^\S\n]+\Z")
_NO_WIDTH: Final[dict[int, str | None]] = {
    **dict.fromkeys(map(ord, ZERO_WIDTH)),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " "),
}
#: No more characters without width stand between a name and the mark that closes it.
_FAR: Final = 8
#: How many words are remembered with what is known of them.
_WORDS: Final = 1 << 15
_FATHATAN: Final = "\u064b"


class Words(Protocol):
    """What a tagger knows of folded words: those of the language, and single names of people."""

    @property
    def clusters(self) -> Container[str]: ...
    @property
    def single(self) -> Container[str]: ...


class Page:
    """Words of a text with their folds and gaps; a word is named by its index.

    folds, starts, ends: one entry a word. gaps: the text before each word, back to the word before it, without the
    characters that have no width, and with plain spaces for those that do not break.
    tags: label and probability of each word, once a tagger has seen the page; empty before. lexicon: what it knows
    of words, or None.
    """

    __slots__ = ("ends", "exacts", "folds", "gaps", "lexicon", "starts", "tags", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folds: list[str] = []
        self.exacts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.gaps: list[str] = []
        self.tags: list[tuple[str, float]] = []
        self.lexicon: Words | None = None
        last = 0
        exacts, folds, starts, ends, gaps = self.exacts, self.folds, self.starts, self.ends, self.gaps
        for match in WORD.finditer(text):
            exact, folded = _read(match[0])
            if not folded:
                continue  # tatweel alone
            start, end = match.span()
            exacts.append(exact)
            folds.append(folded)
            starts.append(start)
            ends.append(end)
            gap = text[last:start]
            gaps.append(" " if gap == " " else gap.translate(_NO_WIDTH))
            last = end

    def __len__(self) -> int:
        return len(self.folds)

    def fold_at(self, index: int) -> str:
        """The fold of a word, or the empty string outside the text."""
        return self.folds[index] if 0 <= index < len(self.folds) else ""

    def doubt(self, index: int) -> float:
        """The tagger's probability that a word is part of a name: 0 outside the page, 1 when none has seen it."""
        if not self.tags:
            return 1.0
        if not 0 <= index < len(self.tags):
            return 0.0
        label, chance = self.tags[index]
        return 1.0 - chance if label == "O" else chance

    def rare(self, index: int, skip: int = 0) -> bool:
        """Whether a word, without `skip` glued letters, is in no list of words or of people's names: more likely a
        name than a word. Never when no list is at hand."""
        lexicon = self.lexicon
        if lexicon is None:
            return False
        return not any(
            base in lexicon.clusters or base in lexicon.single for base, _ in bases(self.folds[index][skip:])
        )

    def joined(self, index: int) -> bool:
        """Whether only spaces of one line stand between this word and the one before it."""
        if not 0 < index < len(self.gaps):
            return False
        gap = self.gaps[index]
        return gap == " " or _plain(gap)

    def joined_or_opened(self, index: int) -> bool:
        """As `joined`, or with one opening quotation mark or bracket between."""
        return 0 < index < len(self.gaps) and _plain_or_opener(self.gaps[index])

    def opener(self, index: int) -> str:
        """The quotation mark or bracket that stands right before a word, or the empty string."""
        before = self.gaps[index][-1:]
        return before if before in OPENERS else ""

    def closed_after(self, last: int, opener: str) -> int | None:
        """Offset after the mark that closes `opener` right behind the word `last`, or None."""
        mark = self._behind(last)
        if not mark or mark not in _PAIRS.get(opener, ""):
            return None
        return self.text.index(mark, self.ends[last]) + 1

    def _behind(self, last: int) -> str:
        """The first character behind a word that has a width, or the empty string at the end of the text."""
        if last + 1 < len(self.gaps):
            return self.gaps[last + 1][:1]
        end = self.ends[last]
        return self.text[end : end + _FAR].translate(_NO_WIDTH)[:1]

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
                self._behind(word) in _PAIRS[opener] for word in range(index, last)
            ):
                closed = self.closed_after(last, opener)
                return (start, end if closed is None else closed)
        return start, end

    def indefinite_accusative(self, index: int) -> bool:
        """Whether a word is written with fathatan, which no name of the book bears (كوباً is no Cuba)."""
        return _FATHATAN in self.exacts[index]


@lru_cache(maxsize=_WORDS)
def _read(surface: str) -> tuple[str, str]:
    """A surface's exact token and its fold; of a ligature that stands for several words, those of the first."""
    for exact in exact_forms.__wrapped__(surface):  # kept here and not there, too
        if folded := fold_word.__wrapped__(exact):
            return exact, folded
    return surface, ""


#: Words of letters that fold one by one, a space between: nearly every name is such.
_PLAIN_WORDS: Final = re.compile("[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+)*")


@lru_cache(maxsize=1 << 14)
def folded_words(surface: str) -> tuple[str, ...]:
    """The folded words of a name: two names with the same are spelt alike."""
    if _PLAIN_WORDS.fullmatch(surface):
        return tuple(fold_word.__wrapped__(surface).split(" "))
    return tuple([fold_word(exact) for word in WORD.findall(surface) for exact in exact_forms(word)])


def folded_name(surface: str) -> str:
    """`folded_words`, a space between, for many names of which none is asked for again."""
    if _PLAIN_WORDS.fullmatch(surface):
        return fold_word.__wrapped__(surface)
    return " ".join(folded_words.__wrapped__(surface))


@lru_cache(maxsize=4096)
def _plain(gap: str) -> bool:
    return bool(gap) and _SPACES.match(gap) is not None


@lru_cache(maxsize=4096)
def _plain_or_opener(gap: str) -> bool:
    return bool(gap) and _SPACES_AND_OPENER.match(gap) is not None


@lru_cache(maxsize=_WORDS)
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


def is_one(word: str, words: frozenset[str]) -> bool:
    """Whether a folded word, or what is left of it without glued letters, is one of `words`."""
    if word:
        for base, _ in bases(word):
            if base in words:
                return True
    return False


def letters_before(word: str, words: frozenset[str]) -> int | None:
    """How many glued letters stand before one of `words` in a folded word; None when it is none of them."""
    for base, skip in bases(word):
        if base in words:
            return skip
    return None
