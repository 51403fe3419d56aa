"""Who was named and who has spoken, and as whom they are found again: by a pronoun, by «الوزير», by «المصدر نفسه»."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Final

from kashaf.entities.model import Mention
from kashaf.entities.quotes import words
from kashaf.entities.quotes.outline import COMMA, SENTENCE, Outline
from kashaf.entities.quotes.verbs import Gender, forms
from kashaf.entities.rules.cues import word_set
from kashaf.entities.rules.given_names import GIVEN, is_woman
from kashaf.text.fold import fold_word

#: Words before a name, and behind it, that describe who bears it.
_BEFORE: Final = 12
_BEHIND: Final = 8
#: Words that together tell one from another: «وزير الصحة».
_TELLING: Final = 2
#: Earlier speakers that a bare verb may go back to.
_REMEMBERED: Final = 4
#: Names among which a description is looked for.
_LOOKED_BACK: Final = 60

SAME: Final = word_set("ذات نفس المذكور المذكورة")
_MEN: Final = word_set(
    "موسى عيسى مصطفى يحيى مرتضى مجتبى أسامة حمزة طلحة معاوية عبيدة قتيبة علاء بهاء ضياء صفاء زكرياء"
)
_SERVANT: Final = "عبد"
_WOMEN: Final = word_set("أماني تهاني مي نادي ماري")


@dataclass(frozen=True, slots=True)
class Speaker:
    """first, last: the words that name whoever speaks. mention: the entity, or None for «مصدر أمني»."""

    first: int
    last: int
    mention: Mention | None
    gender: Gender
    sure: float


@dataclass(frozen=True, slots=True)
class _Described:
    """A person or a body with the words that describe it, by which «الوزير» is found again."""

    word: int
    mention: Mention
    words: frozenset[str]


class Memory:
    """met: who has spoken, in that order. last_sentence: the first word of the sentence where somebody last did."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._page = outline.page
        self.met: list[Speaker] = []
        self.last_sentence = -1
        self._described: list[_Described] | None = None

    def remember(self, speaker: Speaker, word: int) -> None:
        """`word`: where the speaking is, so that participles of the same sentence find it."""
        if not self.met or self.met[-1] != speaker:
            self.met.append(speaker)
        self.last_sentence = self._outline.first_of[word]

    def recall(self, gender: Gender) -> Speaker | None:
        """The last speaker whom a verb agrees with."""
        latest = self.met[: -_REMEMBERED - 1 : -1]
        for back, speaker in enumerate(latest):
            if "any" in (gender, speaker.gender) or speaker.gender == gender:
                return replace(speaker, sure=0.85 if not back else 0.6)
        return replace(latest[0], sure=0.4) if latest else None

    def met_before(self, unnamed: Speaker) -> Speaker | None:
        """«المصدر» is the «مصدر أمني» of before, when no words tell it from that one."""
        folds = self._page.folds
        head = folds[unnamed.first]
        if not head.startswith("ال") or any(
            not same_one(fold) for fold in folds[unnamed.first + 1 : unnamed.last + 1]
        ):
            return None
        for speaker in self.met[: -_REMEMBERED - 1 : -1]:
            if speaker.mention is None and words.bare(folds[speaker.first]) == words.bare(head):
                return replace(speaker, sure=0.8)
        return None

    def named(self, at: int, mention: Mention, sure: float = 0.95) -> Speaker:
        first, last = self._outline.spans[self._outline.named[at]]
        return Speaker(first, last, mention, self._gender(mention, first), sure)

    def _gender(self, mention: Mention, first: int) -> Gender:
        name = mention.name.split()
        if mention.type == "person":
            return _gender_of(name[0]) if name else "any"
        if mention.type == "place":
            return "any"
        head = words.bare(self._page.folds[first])
        if head.endswith(("ه", "ات")):
            return "f"
        return (
            "m" if head in {"حزب", "تنظيم", "مجلس", "مركز", "اتحاد", "جيش", "تحالف", "بنك", "مرصد"} else "any"
        )

    def again(self, unnamed: Speaker, *, person: bool) -> Speaker | None:
        """The one who was described by the same words before: «الوزير», «الوزارة»."""
        folds = self._page.folds
        wanted = {words.bare(word) for word in folds[unnamed.first : unnamed.last + 1]} - words.WITHIN
        head = words.bare(folds[unnamed.first])
        if not folds[unnamed.first].startswith("ال") and len(wanted) < 2:
            return None
        if self._described is None:
            self._described = list(self._describe())
        before = bisect_left(self._described, unnamed.first, key=lambda one: one.word)
        for one in reversed(self._described[max(0, before - _LOOKED_BACK) : before]):
            if (one.mention.type == "person") == person and head in one.words and wanted <= one.words:
                return replace(self.named(one.word, one.mention), sure=0.8)
        return None

    def described_ahead(self, unnamed: Speaker) -> Speaker | None:
        """Of a headline's «وزير الصحة»: the first one in the text who is described so."""
        folds = self._page.folds
        wanted = {words.bare(word) for word in folds[unnamed.first : unnamed.last + 1]} - words.WITHIN
        head = words.bare(folds[unnamed.first])
        if len(wanted) < _TELLING:
            return None
        if self._described is None:
            self._described = list(self._describe())
        for one in self._described:
            if one.mention.type == "person" and head in one.words and len(wanted & one.words) >= _TELLING:
                return replace(self.named(one.word, one.mention), sure=0.7)
        return None

    def _describe(self) -> list[_Described]:
        folds, outline = self._page.folds, self._outline
        found: list[_Described] = []
        for number, (first, last) in enumerate(outline.spans):
            mention = outline.mentions[number]
            if mention.type == "place":
                continue
            if mention.type == "organization":
                about = [words.bare(folds[first])]
                if (
                    first
                    and folds[first - 1] in words.BODIES
                    and not outline.flags[first] & (COMMA | SENTENCE)
                ):
                    about.append(words.bare(folds[first - 1]))  # «شركة "المرجان"»
                about += map(words.bare, folds[first + 1 : last + 1])
                found.append(_Described(first, mention, frozenset(about)))
                continue
            about = []
            for word in range(first - 1, max(first - 1 - _BEFORE, -1), -1):
                stops = folds[word] in words.STOPS and folds[word] not in words.WITHIN
                if stops or speaks(folds[word]) or outline.flags[word + 1] & SENTENCE:
                    break
                about.append(words.bare(folds[word]))
            if (
                last + 1 < len(folds)
                and folds[last + 1] in words.SOURCES
                and not outline.flags[last + 1] & SENTENCE
            ):
                for word in range(last + 1, min(last + 1 + _BEHIND, len(folds))):
                    if word > last + 1 and outline.flags[word] & (COMMA | SENTENCE):
                        break
                    about.append(words.bare(folds[word]))
            if about:
                found.append(_Described(first, mention, frozenset(about)))
        return found


def _gender_of(given: str) -> Gender:
    """Of a given name by its letters: هدى is hers, مجدي his, رنا may be either."""
    folded = fold_word(given)
    if folded.startswith(_SERVANT):
        return "m"
    if not is_woman(folded) or folded in _MEN:
        return "m" if folded in GIVEN else "any"
    if folded.endswith(("ه", "اء")) or given.endswith("ى"):
        return "f"
    return "m" if folded.endswith("ي") and folded not in _WOMEN else "any"


def same_one(fold: str) -> bool:
    """«المصدر نفسه», «المصدر ذاته»."""
    return fold in SAME or fold.startswith(("نفس", "ذات"))


def speaks(fold: str) -> bool:
    """Whether a folded word is a verb of saying and nothing else."""
    form = forms().get(fold)
    return form is not None and not form.weak and fold not in words.SOURCES
