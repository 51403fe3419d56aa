"""Who speaks: behind a verb of saying, before it, or whom a pronoun or a bare «وأضاف» goes back to."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kashaf.entities.quotes import words
from kashaf.entities.quotes.memory import Memory, Speaker, speaks
from kashaf.entities.quotes.outline import COLON, COMMA, LINE, SENTENCE, Outline
from kashaf.entities.quotes.subjects import TITLE, UNNAMED, Subjects
from kashaf.entities.quotes.verbs import Gender, Saying, forms
from kashaf.entities.rules.cues import NEVER, VERBS, word_set

__all__ = ["Speaker", "Speakers"]

_SUBJECT: Final = 16
#: Words of a sentence among which whoever it is about is named.
_BEHIND: Final = 8
#: Words in quotation marks that may be a name.
_NAME: Final = 4
_OF_CLAUSE: Final = 0.75

_OPENERS: Final = word_set(
    "أما لكن ولكن وكان وكانت كان كانت كما غير بدوره بدورها وبدوره وبدورها من ومن جهته جهتها جانبه جانبها هذا"
)
_ABOUT: Final = word_set(
    "عن وعن حول وحول بشأن وبشأن بخصوص وبخصوص ردا وردا في وفي لدى ولدى عند وعند عما وعما فيما وفيما حيال إزاء"
)
_NO_VERB: Final = NEVER - VERBS
_JOINING: Final = words.BUT | {"و"}
_OTHERS: Final = word_set("آخر آخرون بعضهم")


class Speakers:
    """The speakers of one page, in the order in which they are met."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._page = outline.page
        self._memory = Memory(outline)
        self._subjects = Subjects(outline, self._memory)
        self.remember = self._memory.remember
        self.recall = self._memory.recall
        self.described_ahead = self._memory.described_ahead
        self.read = self._subjects.read

    def told_of(self, word: int, gender: Gender) -> Speaker | None:
        """«وصل فلان أمس. وقال إن»: whom the sentence before is about, if nobody has spoken since."""
        outline = self._outline
        begin = outline.first_of[word]
        if not begin or outline.flags[begin] & LINE:
            return None
        before = outline.first_of[begin - 1]
        if self._memory.last_sentence >= before:
            return None
        for at in range(before, min(before + UNNAMED, begin)):
            found = outline.mention_from(at)
            if found is None or found.type != "person" or outline.at[at] >= 0:
                continue
            if at > before and self._page.folds[at - 1] in _NO_VERB:
                return None
            speaker = self._memory.named(at, found, 0.7)
            agrees = "any" in (gender, speaker.gender) or speaker.gender == gender
            return speaker if agrees else None
        return None

    def of_sentence(self, word: int, gender: Gender) -> Speaker | None:
        """Whose participle a word is: the speaker of its sentence, else the first named there, else the last one."""
        begin = self._outline.first_of[word]
        if self._memory.last_sentence == begin and self._memory.met:
            last = self._memory.met[-1]
            if "any" in (gender, last.gender) or last.gender == gender:
                return replace(last, sure=0.85)
        opening = forms().get(self._page.folds[begin])
        if opening is not None and opening.joined and self.read(begin + 1, word, strict=True) is None:
            return self.recall(gender)  # «وانتقد قرار الوزارة، مؤكدا أن»
        for at in range(begin, min(word, begin + 3 * TITLE)):
            found = self._outline.mention_from(at)
            near = (
                at < begin + UNNAMED or not self._memory.met or (found is not None and found.type == "person")
            )
            if found is not None and near and found.type != "place" and self._outline.at[at] < 0:
                speaker = self._memory.named(at, found)
                if "any" in (gender, speaker.gender) or speaker.gender == gender:
                    return replace(speaker, sure=0.65)
            elif begin < at < begin + 3 and self._page.folds[at] in words.SOURCES - _OTHERS:
                unnamed = self.read(at, word)
                if unnamed is not None:
                    return replace(unnamed, sure=0.6)
        return self.recall(gender)

    def of_clause(self, verb: int, form: Saying) -> Speaker | None:
        """«أما فلان فرفض العرض وقال إن», «وصلت الوزيرة أمس وقالت إن»: whom its sentence begins with."""
        outline, folds = self._outline, self._page.folds
        begin = outline.first_of[verb]
        if self._memory.last_sentence == begin or verb - begin <= 1:
            return None
        at = begin
        while at < verb and (folds[at] in _OPENERS or folds[at] in words.ADVERBS):
            at += 1
        for place in range(at, min(at + 2, verb)):
            if outline.at[place] >= 0 or (outline.flags[place] & (COMMA | COLON) and place > at):
                return None
            named = outline.mention_from(place)
            if named is not None and named.type == "place" and place == begin:
                return None  # a dateline
            body = folds[place].startswith("ال") and folds[place] in words.BODIES
            if named is None and folds[place] not in words.SOURCES and not body:
                continue
            speaker = self.read(place, verb)
            if speaker is None or not self._agrees(speaker, form):
                return None
            return replace(speaker, sure=min(speaker.sure, _OF_CLAUSE))
        return None

    def nearest(self, word: int) -> Speaker | None:
        """The name before a word in its sentence: «رسالة كتبها فلان، جاء فيها»."""
        outline = self._outline
        for at in range(word - 1, max(outline.first_of[word] - 1, word - 1 - _SUBJECT), -1):
            number = outline.named[at]
            if number >= 0 and outline.mentions[number].type != "place" and outline.at[at] < 0:
                return self._memory.named(outline.spans[number][0], outline.mentions[number], 0.7)
        return None

    def of_narrative(self, word: int) -> Speaker | None:
        """«حدثني نائب من كتلة …، فقال»: who was introduced in the sentence."""
        begin = self._outline.first_of[word]
        for at in range(begin, min(word, begin + _BEHIND)):
            named = self._outline.mention_from(at)
            if named.type == "place" if named is not None else self._page.folds[at] not in words.SOURCES:
                continue
            if at == begin or self._page.folds[at - 1] not in words.WITHIN:
                found = self.read(at, word)
                return None if found is None else replace(found, sure=0.6)
        return None

    def before(self, verb: int, form: Saying) -> Speaker | None:
        """Who stands before the verb: «المصادر ذكرت أن», «مصادر محلية، أكدت أن», «وكان البيت الأبيض قد أوضح»."""
        folds, outline = self._page.folds, self._outline
        end = verb
        while end > 0 and folds[end - 1] in words.AUXILIARIES:
            end -= 1
        begin = outline.first_of[verb]
        if begin >= end:
            return None
        previous = end - 1
        near = folds[previous] in words.RELATIVES or outline.flags[end] & COMMA
        if (
            not form.joined
            and (beside := self._beside(end, begin)) is not None
            and self._agrees(beside, form)
        ):
            return beside
        if not form.joined:
            at = begin
            while at < end and (folds[at] in _OPENERS or folds[at] in words.ADVERBS):
                at += 1
            if 0 < end - at <= _SUBJECT and self._subject_at(at, end):
                speaker = self.read(at, end)
                if speaker is not None and self._agrees(speaker, form):
                    return replace(speaker, sure=min(speaker.sure, 0.85))
        if folds[begin] in _ABOUT and folds[previous] not in words.RELATIVES:
            return None  # «وعن القرار الجديد، أجاب»
        if not near:
            return None if form.joined else self._unknown_before(begin, verb)
        for word in range(previous, max(previous - 8, begin - 1), -1):
            if outline.at[word] >= 0 and outline.size(outline.at[word]) > _NAME:
                return None  # words of somebody's
            number = outline.named[word]
            if number >= 0 and outline.mentions[number].type != "place":
                speaker = self._memory.named(outline.spans[number][0], outline.mentions[number])
                return replace(speaker, sure=0.7) if self._agrees(speaker, form) else None
            if outline.flags[word] & COMMA and folds[word] in words.SOURCES and self._is_person(word - 1):
                continue  # «فلان، وكيل الشحنة، الذي يرى أن»
            if folds[word] in words.SOURCES or words.bare(folds[word]) == "مصادر":
                speaker = self._subjects.unnamed(word, end, 0.7)
                return speaker if self._agrees(speaker, form) else None
        return None

    def _is_person(self, word: int) -> bool:
        number = self._outline.named[word] if word >= 0 else -1
        return number >= 0 and self._outline.mentions[number].type == "person"

    def _unknown_before(self, begin: int, verb: int) -> Speaker | None:
        """«سعدون قالت إن»: words that are no name we know, alone between the sentence's head and the verb."""
        folds, outline = self._page.folds, self._outline
        if not 0 < verb - begin <= 3 or any(
            outline.flags[word] & COMMA for word in range(begin + 1, verb + 1)
        ):
            return None
        if any(fold in NEVER or fold in words.ADVERBS or speaks(fold) for fold in folds[begin:verb]):
            return None
        return Speaker(begin, verb - 1, None, "any", 0.5)

    def _beside(self, end: int, begin: int) -> Speaker | None:
        """The name right before a verb, when a clause begins with it: «: الوزارة تقول إن», «، و"الشبكة" تقول»."""
        outline = self._outline
        stretch = outline.at[end - 1]
        apart = outline.flags[end] & (COMMA | COLON | SENTENCE)
        if stretch >= 0 and outline.named[end - 1] < 0 and outline.words[stretch][1] == end - 1 and not apart:
            first = outline.words[stretch][0]
            start = first - (first > begin and self._page.folds[first - 1] == "و")
            if start == begin or outline.flags[start] & (COMMA | COLON):
                return Speaker(first, end - 1, None, "any", 0.7)
        number = outline.named[end - 1]
        if number < 0 or outline.spans[number][1] != end - 1 or apart:
            return None
        first = outline.spans[number][0]
        start = first - (first > begin and self._page.folds[first - 1] in _JOINING)
        if start > begin and not outline.flags[start] & (COMMA | COLON | SENTENCE):
            return None
        found = outline.mention_from(first)
        return None if found is None else replace(self._memory.named(first, found), sure=0.85)

    def _subject_at(self, at: int, verb: int) -> bool:
        """Whether a clause begins with somebody who can speak, and no other verb of saying stands before this one."""
        outline, folds = self._outline, self._page.folds
        if outline.mention_from(at) is None and not (
            folds[at] in words.SOURCES or (folds[at].startswith("ال") and folds[at] in words.BODIES)
        ):
            return False
        return not any(speaks(folds[word]) for word in range(at, verb))

    def _agrees(self, speaker: Speaker, form: Saying) -> bool:
        return form.plural or "any" in (speaker.gender, form.gender) or speaker.gender == form.gender
