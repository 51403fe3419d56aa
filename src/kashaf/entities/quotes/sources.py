"""Whose word it is: «بحسب فلان», «وفقاً للوزارة», «حسب ما أفاد به», «في بيان للجيش»."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kashaf.entities.quotes import words
from kashaf.entities.quotes.memory import SAME
from kashaf.entities.quotes.outline import COMMA, SENTENCE, Outline
from kashaf.entities.quotes.speakers import Speaker, Speakers
from kashaf.entities.rules.cues import word_set

#: Figures of a body are no speech.
_FIGURES: Final = 0.6
#: With a pronoun: whoever spoke last.
BY_HIM: Final = word_set(
    "بحسبه بحسبها بحسبهم وبحسبه وبحسبها وبحسبهم برأيه برأيها برأيهم وبرأيه وبرأيها وبرأيهم"
)
_SHOWN: Final = {"وفقا": "وفق", "وفقما": "وفق", "حسبما": "بحسب", "حسب": "بحسب", "نقلا": "نقل", "براي": "رأي"}


class Sources:
    """Reads the words behind an attribution."""

    def __init__(self, outline: Outline, speakers: Speakers) -> None:
        self._outline = outline
        self._page = outline.page
        self._speakers = speakers

    def read(self, word: int, last: int) -> tuple[Speaker, int] | None:
        """Who stands behind «بحسب», and the last word of it; None when it is a rule or a need («وفق القانون»)."""
        outline, folds = self._outline, self._page.folds
        if folds[word] in BY_HIM:
            speaker = self._speakers.recall("f" if folds[word].endswith("ها") else "m")
            return None if speaker is None else (speaker, word)
        at = word + 1
        if at > last:
            return None
        stem = folds[word][1:] if folds[word] in words.ACCORDING_JOINED else folds[word]
        if stem == "نقلا":
            if folds[at] != "عن":
                return None
            at += 1
        told = stem in {"حسبما", "وفقما"}
        if at <= last and folds[at] in {"ما", "لما", "مما"}:
            told = True
            at += 1
        if told:
            at += 1  # the verb, whichever it is
            while (
                at <= last
                and folds[at]
                in {"به", "عنه", "فيه", "عليه", "اليه", "له", "في", "ايضا", "علي", "عن", "من", "لدي"}
                | words.UTTERANCES
            ):
                at += 1
            if at > last:
                return None
        if folds[at] in words.HIS_WORDS or folds[at] in {"برايه", "قوله"}:
            speaker = self._speakers.recall("f" if folds[at].endswith("ها") else "m")
            return None if speaker is None else (speaker, at)
        if stem == "برايه":
            return None
        if folds[at] in words.WORDS_OF and at < last:
            behind = self.behind_noun(at + 1, min(at + 8, last + 1))
            if behind is not None:
                sure = _FIGURES if folds[at] in words.FIGURES else 1.0
                return replace(behind, sure=behind.sure * sure), max(behind.last, at)
        if folds[at] in SAME and at < last:  # «وحسب ذات المتحدث»
            same = self._speakers.read(at, min(at + 3, last + 1))
            return None if same is None else (same, at + 1)
        stop = min(at + 16, last + 1)
        mention = outline.mention_within(at)
        if mention is not None:
            begin, end = outline.spans[outline.named[at]]
            glued = self._page.text[self._page.starts[at] : mention.start]
            if glued not in {"", "ل"}:
                return None
            return Speaker(begin, end, mention, "any", 0.95), end
        fold = folds[at]
        plain = (
            "ال" + fold[2:]
            if fold.startswith("لل")
            else fold[1:]
            if fold[:1] == "ل" and fold[1:] in (words.SOURCES | words.BODIES)
            else fold
        )
        if plain in words.SOURCES or plain in words.BODIES:
            speaker = self._speakers.read(at, stop) if plain == fold else self._glued(at, stop, plain)
            if speaker is not None:
                return speaker, max(speaker.last, at) if speaker.first >= at else at
        return None

    def behind_noun(self, first: int, stop: int) -> Speaker | None:
        """Whose statement it is: «بيان القيادة», «بيان للوزارة», «بيان صادر عن الجيش»."""
        outline, folds = self._outline, self._page.folds
        for word in range(first, min(stop, first + 6)):
            if outline.flags[word] & (COMMA | SENTENCE) or folds[word] in {"في", "حسابه", "حسابها"}:
                return None
            if (
                outline.mention_within(word) is not None
                and outline.mentions[outline.named[word]].type != "place"
            ):
                mention = outline.mentions[outline.named[word]]
                begin, last = outline.spans[outline.named[word]]
                return Speaker(begin, last, mention, "any", 0.9)
            bare = folds[word][1:] if folds[word].startswith("لل") else folds[word]
            if folds[word] in words.SOURCES or folds[word] in words.BODIES or "ا" + bare in words.BODIES:
                return self._speakers.read(word, stop)
        return None

    def _glued(self, at: int, stop: int, plain: str) -> Speaker | None:
        """A source behind a glued ل: read as if it stood alone."""
        folds = self._page.folds
        kept, folds[at] = folds[at], plain
        try:
            return self._speakers.read(at, stop)
        finally:
            folds[at] = kept


def base_of(fold: str) -> str:
    """The word that lists show for «وبحسب», «وفقاً»."""
    stem = fold[1:] if fold in words.ACCORDING_JOINED else fold
    if stem in BY_HIM:
        return "رأى" if "راي" in stem else "بحسب"
    return _SHOWN.get(stem, stem)
