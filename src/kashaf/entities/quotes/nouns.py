"""Nouns of saying: «عن فلان قوله», «بالقول», «جاء في بيان الوزارة», «مع إعلان الوزارة أنها»."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kashaf.entities.quotes import words
from kashaf.entities.quotes.clauses import sign_after
from kashaf.entities.quotes.collected import Collected
from kashaf.entities.quotes.outline import COMMA, SENTENCE, Outline
from kashaf.entities.quotes.sources import Sources
from kashaf.entities.quotes.speakers import Speaker, Speakers
from kashaf.entities.quotes.verbs import Gender

SAYINGS: Final[dict[str, Gender]] = {
    "قوله": "m", "قولها": "f", "قولهم": "m", "بالقول": "any", "بقوله": "m", "بقولها": "f", "بقولهم": "m",
}  # fmt: skip
NOUNS: Final = {
    "اعلان": "أعلن",
    "تاكيد": "أكد",
    "تصريح": "صرح",
    "قول": "قال",
    "ادعاء": "ادعى",
    "اقرار": "أقر",
}
_REACH: Final = 10
_SURE: Final = 0.6
_CLAUSE_SURE: Final = 0.8
_SENTENCE_REACH: Final = 45
_CAME_IN: Final = 0.9


class SayingNouns:
    """Each method looks at one word, and puts what it announces into `collected`."""

    def __init__(self, outline: Outline, speakers: Speakers, sources: Sources, collected: Collected) -> None:
        self._outline = outline
        self._page = outline.page
        self._speakers = speakers
        self._sources = sources
        self._collected = collected

    def his_words(self, word: int) -> None:
        """«عن فلان قوله إن», «بالقول:»."""
        outline, folds = self._outline, self._page.folds
        sign = sign_after(outline, word)
        if not sign.kind:
            return
        if outline.flags[word] & SENTENCE:
            return
        gender = SAYINGS[folds[word]]
        speaker: Speaker | None = None
        if folds[word].startswith("ب"):
            speaker = self._of_clause(word) or self._speakers.of_sentence(word, gender)
        else:
            for back in range(word - 1, max(word - 14, outline.first_of[word] - 1), -1):
                if folds[back] in {"عن", "الي", "علي"} and back + 1 < word:
                    speaker = self._speakers.read(back + 1, word)
                    break
                if folds[back] in {"عنه", "عنها", "اليه", "اليها"}:
                    break
            if speaker is None:
                speaker = self._speakers.of_sentence(word, "f" if gender == "f" else "m")
        self._collected.put_sign(word, "قال", sign, speaker)

    def came_in(self, word: int) -> None:
        """«وجاء في بيان الوزارة أن»."""
        outline, folds = self._outline, self._page.folds
        if self._page.fold_at(word + 1) in {"فيه", "فيها"}:
            sign = sign_after(outline, word + 1)
            if sign.kind:
                writer = self._speakers.nearest(word) or self._speakers.of_sentence(word, "any")
                self._collected.put_sign(word, "جاء", sign, writer)
            return
        if (
            folds[word + 1 : word + 2] != ["في"]
            or word + 2 >= len(folds)
            or words.bare(folds[word + 2]) not in words.TEXTS
        ):
            return
        sign = sign_after(outline, word + 2)
        if sign.kind:
            stop = sign.word
        else:
            stop = next(
                (
                    at
                    for at in range(word + 3, min(outline.last_of[word] + 1, word + 14))
                    if outline.flags[at] & COMMA
                ),
                -1,
            )
            if stop < 0:
                return
        speaker = self._sources.behind_noun(word + 3, stop) or self._speakers.of_sentence(word, "any")
        if sign.kind:
            self._collected.put_sign(word, "جاء", sign, speaker)
            return
        self._collected.put_clause(stop, word, "جاء", speaker, _CAME_IN)
        if speaker is not None:
            self._speakers.remember(speaker, word)

    def announcement(self, word: int) -> None:
        """«مع إعلان الوزارة أنها فككت خلية»: the noun of a verb of saying, who says it, and a clause."""
        sign = sign_after(self._outline, word)
        if sign.kind != "clause" or not word + 1 < sign.word <= word + _REACH:
            return
        speaker = self._speakers.read(word + 1, sign.word)
        if speaker is not None and speaker.first > word and speaker.sure >= _SURE:
            self._collected.put_sign(word, NOUNS[self._page.folds[word]], sign, speaker, 0.9)

    def _of_clause(self, word: int) -> Speaker | None:
        """«، فيما اكتفت الوزارة بالقول إن»: who stands in a clause that begins behind the sentence's own."""
        outline, folds = self._outline, self._page.folds
        begin = word
        while (
            begin > max(outline.first_of[word], word - _SENTENCE_REACH) and not outline.flags[begin] & COMMA
        ):
            begin -= 1
        if folds[begin] not in words.BUT:
            return None
        for at in range(begin + 1, word):
            if (
                outline.mention_from(at) is not None
                or folds[at] in words.SOURCES
                or folds[at] in words.BODIES
            ):
                found = self._speakers.read(at, word)
                return None if found is None else replace(found, sure=min(found.sure, _CLAUSE_SURE))
        return None
