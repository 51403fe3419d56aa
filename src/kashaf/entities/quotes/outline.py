"""A page as quotations are found in it: its sentences, what stands in quotation marks, and who is named where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from kashaf.entities.model import Mention
from kashaf.entities.page import Page
from kashaf.entities.quotes.marks import Stretch, stretches
from kashaf.entities.quotes.verbs import forms
from kashaf.entities.quotes.words import ACCORDING, THAT

SENTENCE: Final = 1
COMMA: Final = 2
COLON: Final = 4
LINE: Final = 8

_ENDERS: Final = ".!?؟…؛۔"
_END: Final = re.compile(r"[.!?؟…؛۔]")
_GOES_ON: Final = re.compile(r"[.!?؟…؛۔]+[\s\"”“»«›‹’')\]]*[،,:]")
_COMMAS: Final = "،,–—"
#: «وقال "…"» with nothing between: what may stand right before a quotation that is never closed.
_ANNOUNCING: Final = THAT | {"قوله", "قولها", "بالقول", "بقوله", "القول"}


class _Flags(dict[str, int]):
    """What a gap between two words means, by the gap; gaps are few kinds."""

    def __missing__(self, gap: str) -> int:
        value = _flags_of(gap)
        if len(gap) <= 8:
            self[gap] = value
        return value


def _flags_of(gap: str) -> int:
    value = 0
    if "\n" in gap:
        value |= SENTENCE | LINE
    if any(mark in gap for mark in _COMMAS) or " - " in gap:
        value |= COMMA
    if ":" in gap:
        value |= COLON
    if _END.search(gap) and not _GOES_ON.search(gap) and gap != ".":
        value |= SENTENCE
    return value


_FLAGS: Final = _Flags()


class Outline:
    """Words are named by their index on the page.

    flags: what stands before each word, outside quotation marks. first_of, last_of: the first and the last word of
    the sentence of each word; a stretch in quotation marks never ends one. at: the stretch that a word is in, by its
    place in `quoted`, or -1. named: the place of the mention that a word belongs to, or -1.
    """

    __slots__ = (
        "at",
        "first_of",
        "flags",
        "last_of",
        "mentions",
        "named",
        "page",
        "quoted",
        "spans",
        "words",
    )

    def __init__(self, page: Page, mentions: Sequence[Mention]) -> None:
        self.page = page
        count = len(page)
        self.mentions = [mention for mention in mentions if mention.type != "date"]
        self.named = [-1] * count
        self.spans: list[tuple[int, int]] = []
        for number, mention in enumerate(self.mentions):
            first = max(0, bisect_right(page.starts, mention.start) - 1)
            last = max(first, bisect_left(page.starts, mention.end) - 1)
            self.spans.append((first, last))
            for word in range(first, min(last + 1, count)):
                self.named[word] = number
        flags = _FLAGS
        self.flags = [flags[gap] for gap in page.gaps]
        self.quoted: list[Stretch] = []
        self.words: list[tuple[int, int]] = []
        self.at = [-1] * count
        self._put_stretches()
        self._put_sentences()

    def _put_stretches(self) -> None:
        page, text = self.page, self.page.text
        starts = page.starts
        for stretch in stretches(text, self._introduced):
            first = bisect_left(starts, stretch.start)
            last = bisect_left(starts, stretch.end) - 1
            if last < first:
                continue
            number = len(self.quoted)
            self.quoted.append(stretch)
            self.words.append((first, last))
            self.at[first : last + 1] = [number] * (last - first + 1)
            before = text[page.ends[first - 1] : stretch.outer_start] if first else ""
            self.flags[first] = _FLAGS[before]
            for word in range(first + 1, last + 1):
                self.flags[word] &= ~(SENTENCE | LINE)
            if last + 1 < len(page):
                after = text[stretch.outer_end : starts[last + 1]]
                value = _FLAGS[after]
                ended = (
                    text[stretch.end - 1] in _ENDERS or text[page.ends[last] : stretch.end].strip(" ") != ""
                )
                if ended and not value and not attributes(page.folds[last + 1]):
                    value |= SENTENCE
                self.flags[last + 1] = value

    def _introduced(self, offset: int) -> bool:
        """Whether the words before an offset announce a quotation: a colon, a verb of saying, أن."""
        word = bisect_left(self.page.starts, offset) - 1
        if word < 0:
            return False
        gap = self.page.text[self.page.ends[word] : offset]
        fold = self.page.folds[word]
        return ":" in gap or ("\n" not in gap and (fold in _ANNOUNCING or fold in forms()))

    def _put_sentences(self) -> None:
        count, flags = len(self.page), self.flags
        folds, exacts, gaps = self.page.folds, self.page.exacts, self.page.gaps
        self.first_of = [0] * count
        self.last_of = [0] * count
        begin = 0
        for word in range(1, count + 1):
            if word < count:
                value = flags[word]
                if not value & SENTENCE and not (gaps[word] == "." and _lost_space(exacts, word)):
                    continue
                if not value & LINE and len(folds[word - 1]) == 1 and gaps[word].startswith("."):
                    flags[word] &= ~SENTENCE  # «د. فلان»
                    continue
                if value & COLON and self.at[word] >= 0 and not gaps[word].count("\n") > 2:
                    continue  # «وقال:» and the words on the next line
                flags[word] |= SENTENCE
            for inside in range(begin, word):
                self.first_of[inside] = begin
                self.last_of[inside] = word - 1
            begin = word

    def starts_sentence(self, word: int) -> bool:
        return self.first_of[word] == word

    def mention_from(self, word: int) -> Mention | None:
        """The mention that begins at a word, with no more than و before it."""
        if not 0 <= word < len(self.named) or self.named[word] < 0:
            return None
        number = self.named[word]
        if self.spans[number][0] != word:
            return None
        mention = self.mentions[number]
        glued = self.page.text[self.page.starts[word] : mention.start]
        return mention if glued in {"", "و", "ف"} else None

    def mention_within(self, word: int) -> Mention | None:
        """The mention that begins at a word, whatever is glued before it."""
        number = self.named[word] if 0 <= word < len(self.named) else -1
        return self.mentions[number] if number >= 0 and self.spans[number][0] == word else None

    def size(self, stretch: int) -> int:
        first, last = self.words[stretch]
        return last - first + 1

    def is_name(self, stretch: int) -> bool:
        """Whether a stretch is the name of somebody or something, not words that were said."""
        first, last = self.words[stretch]
        number = self.named[first]
        return number >= 0 and number == self.named[last]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The code points of words first..last, with quotation marks and brackets that are whole only so."""
        page = self.page
        start, end = page.starts[first], page.ends[last]
        opening, closing = self.at[first], self.at[last]
        if opening >= 0 and self.words[opening][0] == first and self.words[opening][1] <= last:
            start = self.quoted[opening].outer_start
        if closing >= 0 and self.words[closing][1] == last and self.words[closing][0] >= first:
            end = self.quoted[closing].outer_end
        following = page.text[end : end + 1]
        if (
            following in {")", "]"} and page.text.rfind("(["[")]".index(following)], start, end) >= 0
        ) or following == "%":
            end += 1
        return start, end


def attributes(fold: str) -> bool:
    """Whether a word can say whose words stand before it: «قال», «بحسب», not «وقال»."""
    form = forms().get(fold)
    return (form is not None and not form.joined) or fold in ACCORDING or fold in {"علي", "كما", "هكذا"}


def _lost_space(exacts: Sequence[str], word: int) -> bool:
    """«كلمة.كلمة»: two sentences whose space was lost, but not 3.5 and أ.ب."""
    before, after = exacts[word - 1], exacts[word]
    return (
        len(before) > 1
        and len(after) > 1
        and "\u0621" <= before[-1] <= "\u0652"
        and "\u0621" <= after[0] <= "\u0652"
    )
