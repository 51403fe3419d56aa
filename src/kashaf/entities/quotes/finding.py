"""Who said what in one article: words in quotation marks, and reported speech.

A pass over the verbs of saying and over the stretches in quotation marks in the order of the text, so that a bare
«وأضاف» finds the speaker before it. Every look around has a bound, so time is linear in the text's length.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kashaf.entities.model import Mention, Quotation
from kashaf.entities.page import Page
from kashaf.entities.quotes import words
from kashaf.entities.quotes.clauses import SHORT, Sign, clause_end, sign_after, verb_at
from kashaf.entities.quotes.collected import Collected
from kashaf.entities.quotes.nouns import NOUNS, SAYINGS, SayingNouns
from kashaf.entities.quotes.outline import COLON, COMMA, SENTENCE, Outline
from kashaf.entities.quotes.sources import BY_HIM, Sources, base_of
from kashaf.entities.quotes.speakers import Speaker, Speakers
from kashaf.entities.quotes.unclaimed import Unclaimed
from kashaf.entities.quotes.verbs import Saying, forms
from kashaf.entities.rules.cues import word_set

__all__ = ["find_quotations"]

_APART: Final = SENTENCE | COMMA | COLON
_OBJECT: Final = 0.6
_ACCORDING: Final = 0.85
#: Words between a verb and a colon that announces its words, without quotation marks.
_COLON_REACH: Final = 15
#: Words that may have been said before «تقول فلانة» at the end of a sentence.
_FEWEST: Final = 3
_MOST: Final = 40

_ON_END: Final = frozenset({"علي", "وعلي"})
_OTHERS: Final = (
    _ON_END | words.ACCORDING | words.ACCORDING_JOINED | SAYINGS.keys() | words.CAME | BY_HIM | NOUNS.keys()
)
#: Verbs that take no object: a noun behind one is whoever speaks.
_PLAIN: Final = frozenset({"قال", "أضاف", "أفاد", "صرح", "تابع", "أردف"})
#: Words between a verb that opens what somebody reports, and the sign of what is said.
_NEAR_SIGN: Final = 8
#: «لم يستبعد أن» says something.
_ALSO_DENIED: Final = frozenset({"استبعد"})
#: Verbs of handing on what another said, with the word before him.
_PASSED_ON: Final = {"نقل": "عن", "نسب": "الي"}
_OBJECT_PARTICLES: Final = {"الي": "إلى", "من": "من", "عن": "عن", "علي": "على"}
_ABOUT_IT: Final = frozenset({"عنه", "عنها", "عنهم", "به", "بها", "اليه", "اليها", "له", "لها"})
_SMALL_WORDS: Final = word_set(
    "ما لا لم لن أنه هو هي هم إذا كل كيف متى أين هل ثم أو بل ولا هذا هذه ذلك شيئا كما له لها به بها فيه"
)
_NO_OBJECT: Final = _SMALL_WORDS | words.WITHIN | words.STOPS | words.ADVERBS


def find_quotations(page: Page, mentions: Sequence[Mention]) -> tuple[Quotation, ...]:
    """The quotations of an article, in order of their words. Never raises for any text.

    mentions: those of the article, in order and without overlaps; dates among them are passed over.
    """
    if not len(page):
        return ()
    return _Finder(Outline(page, mentions)).find()


class _Finder:
    """One pass over a page."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._page = outline.page
        self._speakers = Speakers(outline)
        self._sources = Sources(outline, self._speakers)
        self._collected = Collected(outline, self._speakers)
        self._nouns = SayingNouns(outline, self._speakers, self._sources, self._collected)
        self._unclaimed = Unclaimed(outline, self._speakers, self._sources, self._collected)

    def find(self) -> tuple[Quotation, ...]:
        outline, folds = self._outline, self._page.folds
        verbs, at, flags, collected = forms(), outline.at, outline.flags, self._collected
        for word, fold in enumerate(folds):
            stretch = at[word]
            if stretch < 0 and fold not in verbs and fold not in _OTHERS and not flags[word] & COLON:
                continue
            if stretch >= 0:
                if (
                    outline.words[stretch][0] == word
                    and stretch not in self._collected.used
                    and word > self._collected.covered
                ):
                    self._unclaimed.stretch(stretch)
                continue
            if word <= collected.covered:
                continue
            if fold in verbs:
                self._verb(word)
            elif fold in words.ACCORDING or fold in words.ACCORDING_JOINED or fold in BY_HIM:
                self._according(word)
            elif fold in _ON_END:
                self._according_to_him(word)
            elif fold in SAYINGS:
                self._nouns.his_words(word)
            elif fold in NOUNS:
                self._nouns.announcement(word)
            elif fold in words.CAME:
                self._nouns.came_in(word)
            if flags[word] & COLON and word > 0:
                self._unclaimed.headline(word)
        self._collected.found.sort(key=lambda one: (one.start, one.end))
        return tuple(self._collected.found)

    def _verb(self, word: int) -> None:
        page, outline = self._page, self._outline
        form = verb_at(outline, word)
        if form is None or outline.named[word] >= 0 or page.folds[word] in words.SOURCES:
            return
        previous = page.fold_at(word - 1) if word and not outline.flags[word] & _APART else ""
        if previous in words.QUESTIONS or (previous in words.NEGATIONS and form.base not in _ALSO_DENIED):
            return
        if form.tense == "present" and previous in words.THAT:
            return
        if previous == "احد" and page.fold_at(word - 2) in words.NEGATIONS:
            return
        if form.tense == "passive" and not outline.starts_sentence(word):
            return
        sign = sign_after(outline, word)
        if form.base in _PASSED_ON:
            self._passed_on(word, sign, form.base)
            return
        if form.tense == "participle":
            if sign.kind or form.governs != "-":
                self._participle(word, form, sign)
            return
        if sign.kind == "colon" and sign.word > word + _COLON_REACH:
            sign = Sign("", sign.word)
        if self._boilerplate(word, form, sign):
            return
        if sign.kind:
            speaker = self._subject(word, form, sign.word)
            if speaker is None and form.opinion:
                return
            self._collected.put_sign(word, form.base, sign, speaker)
        elif not self._behind_words(word, form):
            self._object(word, form, sign.word)

    def _behind_words(self, verb: int, form: Saying) -> bool:
        """«القناة ضيقة، تقول فلانة.», «… كما قال فلان.»: a verb and its name alone at the end of a sentence."""
        outline, folds = self._outline, self._page.folds
        begin, last = outline.first_of[verb], outline.last_of[verb]
        likened = self._page.fold_at(verb - 1) == "كما" and verb - 1 > begin
        tail = verb - 2 if likened else verb - 1
        apart = likened or (outline.flags[verb] & COMMA and form.base in _PLAIN)
        if not apart or form.weak or form.joined or not begin + _FEWEST <= tail + 1 <= begin + _MOST:
            return False
        opening = folds[begin].removeprefix("و")
        if opening in words.STOPS or opening in words.WITHIN or self._collected.covered >= begin:
            return False
        if any(verb_at(outline, word) is not None for word in range(begin, tail + 1)):
            return False
        if any(outline.at[word] >= 0 for word in range(begin, tail + 1)):
            return False
        speaker = self._speakers.read(verb + 1, last + 1)
        if speaker is None or speaker.mention is None or not verb < speaker.first <= speaker.last == last:
            return False
        self._collected.put_words(begin, tail, verb, form.base, speaker, _ACCORDING * speaker.sure)
        self._speakers.remember(speaker, verb)
        return True

    def _passed_on(self, word: int, sign: Sign, base: str) -> None:
        """«نقلت الوكالة عن فلان أن», «… قوله إن», «نسبت إلى مصادرها أن»."""
        folds = self._page.folds
        by = _PASSED_ON[base]
        about = next((at for at in range(word + 1, min(sign.word, word + 10)) if folds[at] == by), -1)
        if not sign.kind or about < 0:
            return
        said = next((at for at in range(about + 1, sign.word) if folds[at] in SAYINGS), -1)
        speaker = self._speakers.read(about + 1, said if said > 0 else sign.word)
        if said > 0:
            self._collected.put_sign(said, "قال", sign, speaker)
        else:
            self._collected.put_sign(word, base, sign, speaker)

    def _boilerplate(self, word: int, form: Saying, sign: Sign) -> bool:
        """«يذكر أن», «يعتقد أن», «من المتوقع أن»: nobody says it."""
        if sign.kind != "clause" or sign.word > word + 2:
            return False
        return form.base == "ذكر" and form.tense == "present" and sign.word == word + 1

    def _subject(self, verb: int, form: Saying, stop: int) -> Speaker | None:
        """Behind the verb, before it, or the last speaker."""
        if form.tense == "passive":
            return None
        if self._page.fold_at(verb - 1) in words.AUXILIARIES or form.tense == "present":
            # «وكان البيت الأبيض قد أوضح»: what stands behind is no subject.
            before = self._speakers.before(verb, form)
            if before is not None and (not form.opinion or before.last >= verb - 2):
                return before
        plain = form.base in _PLAIN
        behind = self._speakers.read(verb + 1, stop, any_noun=plain) if stop > verb + 1 else None
        if behind is not None and behind.mention is None and behind.sure < 0.5:
            before = self._speakers.before(verb, form)
            return before or behind
        if behind is not None:
            return behind
        if (
            form.joined
            and self._page.folds[verb][0] == "ف"
            and (told := self._speakers.of_narrative(verb)) is not None
        ):
            return told
        if form.joined and not form.opinion and (here := self._speakers.of_clause(verb, form)) is not None:
            return here
        before = self._speakers.before(verb, form)
        if before is not None and (not form.opinion or before.last >= verb - 2):
            return before
        if form.opinion:
            return None
        if (
            self._page.fold_at(verb + 1) in words.IN_IT
            and (writer := self._speakers.nearest(verb)) is not None
        ):
            return writer
        return self._speakers.recall(form.gender) or self._speakers.told_of(verb, form.gender)

    def _according_to_him(self, word: int) -> None:
        """«وعلى حد قوله، فإن …» at the head of a sentence."""
        folds, outline = self._page.folds, self._outline
        last = outline.last_of[word]
        if word + 3 > last or folds[word + 1] != "حد" or not outline.starts_sentence(word):
            return
        if folds[word + 2] in words.HIS_WORDS:
            speaker = self._speakers.recall("f" if folds[word + 2].endswith("ها") else "m")
            end = word + 2
        elif folds[word + 2] in words.WORDS_OF:
            speaker = self._sources.behind_noun(word + 3, word + 9)
            end = word + 3 if speaker is None else speaker.last
        else:
            return
        after = next(
            (at for at in range(end + 1, min(end + 4, last + 1)) if outline.flags[at] & (COMMA | COLON)), -1
        )
        if speaker is None or after < 0:
            return
        after += folds[after] in words.THEN
        if after < last:
            self._collected.put_clause(after, word + 2, "قال", speaker, 1.0, _ACCORDING)
            self._speakers.remember(speaker, word)

    def _participle(self, word: int, form: Saying, sign: Sign) -> None:
        if not sign.kind and (form.weak or not self._outline.flags[word] & COMMA):
            return  # «إصابة مؤكدة»
        speaker = self._speakers.of_sentence(word, form.gender)
        if sign.kind:
            self._collected.put_sign(word, form.base, sign, speaker, 0.95)
        elif speaker is not None:
            self._object_from(word, form, word + 1, speaker)

    def _object(self, verb: int, form: Saying, stop: int) -> None:
        """«أكد الوزير انضمام بلاده», «حذر من خطر»: what is said, as a noun."""
        outline, folds = self._outline, self._page.folds
        if form.tense == "passive":
            return
        limit = min(outline.last_of[verb] + 1, stop)
        first = verb + 1
        speaker = None
        if self._page.fold_at(verb - 1) not in words.AUXILIARIES:
            speaker = self._speakers.read(verb + 1, limit, strict=True)
        if speaker is not None:
            begin = speaker.last + 1
            if speaker.first < verb:
                begin = verb + 1
                while begin < limit and self._goes_on_title(verb, begin):
                    begin += 1
            elif speaker.mention is not None and speaker.first > verb:
                while begin < limit and outline.named[begin] < 0 and _adjective(folds[begin]):
                    begin += 1
            first = begin
        else:
            speaker = self._speakers.before(verb, form)
            if speaker is None and form.joined and self._page.fold_at(verb + 1) in _OBJECT_PARTICLES:
                speaker = self._speakers.recall(form.gender)  # «وأعلن عن»
        if speaker is None or (form.opinion and speaker.mention is None):
            return
        if speaker.mention is not None:
            self._speakers.remember(speaker, verb)
        if form.governs != "-" and first < limit:
            self._object_from(verb, form, first, speaker)

    def _goes_on_title(self, verb: int, word: int) -> bool:
        fold = self._page.folds[word]
        return word == verb + 1 or _adjective(fold) or fold in words.SOURCES

    def _object_from(self, verb: int, form: Saying, first: int, speaker: Speaker) -> None:
        outline, folds = self._outline, self._page.folds
        end = min(outline.last_of[verb], first + 12)
        begin = -1
        particle = form.governs.removeprefix("=")
        if form.governs[0] == "=" and first <= end and not outline.flags[first] & (COMMA | SENTENCE | COLON):
            fold = folds[first]
            past = form.tense != "present" and self._page.fold_at(verb - 1) not in words.RELATIVES
            if past and fold[0] != "ل" and fold not in _NO_OBJECT:
                begin = first if folds[verb + 1] not in _ABOUT_IT else -1
        if begin < 0 and particle:
            for word in range(first, end + 1):
                fold = folds[word]
                if outline.flags[word] & SENTENCE:
                    break
                if _OBJECT_PARTICLES.get(fold) == particle:
                    begin = word + 1
                    break
                if particle == "ب" and fold.startswith("ب") and len(fold) > 3 and fold not in words.THAT:
                    begin = word
                    break
                if fold in words.STOPS and fold not in words.WITHIN:
                    break
        if begin < 0 or begin > outline.last_of[verb] or folds[begin] in words.THAT:
            return
        last = clause_end(outline, begin)
        if last - begin < 1:
            return
        self._speakers.remember(speaker, verb)
        self._collected.put_clause(begin, verb, form.base, speaker, 1.0, _OBJECT)

    def _according(self, word: int) -> None:
        """«بحسب فلان», «وفقاً للوزارة», «حسب ما أفاد به», «برأيه»: behind what is said, or before it."""
        outline, folds = self._outline, self._page.folds
        last = outline.last_of[word]
        read = self._sources.read(word, last)
        if read is None:
            return
        speaker, end = read
        # What was said in quotation marks or by a verb just before has its speaker already, or gets it here.
        begin = outline.first_of[word]
        joined = folds[word] in words.ACCORDING_JOINED or (folds[word][0] == "و" and folds[word] in BY_HIM)
        leads = word - begin <= 1 and (word == begin or folds[begin] in {"و", "ف", "لكن", "كما"})
        if leads or (joined and outline.flags[word] & COMMA):
            reach = range(end + 1, min(last, end + 30) + 1)
            after = next((at for at in reach if folds[at] in words.THEN), -1)
            if after < 0:
                after = next((at for at in reach[:14] if outline.flags[at] & (COMMA | COLON)), end + 1)
            if after <= last and folds[after] in words.THEN | words.THAT:
                after += 1
            elif after <= last and self._says_there(after):
                return  # «وحسب الوكالة، رد الوزير بالقول إن»
            if after < last:
                self._collected.put_clause(after, word, base_of(folds[word]), speaker, 1.0, _ACCORDING)
                self._speakers.remember(speaker, word)
            return
        start = max(begin, self._collected.covered + 1)
        if self._collected.covered >= begin and word - self._collected.covered <= 3:
            return  # «أن …، على حد قوله»: said already
        if word - start < 3 and not (end < last and outline.flags[end + 1] & COMMA):
            return
        tail = word - 1
        if (
            word - start <= 8
            and end < last
            and outline.flags[end + 1] & COMMA
            and outline.flags[word] & COMMA
        ):
            tail = clause_end(outline, end + 1)
        while start < tail and outline.flags[start] & COMMA == 0 and folds[start] in {"كما", "و"}:
            start += 1
        stretch = outline.at[tail]
        if (
            stretch >= 0
            and outline.size(stretch) > SHORT
            and outline.words[stretch][0] >= start
            and (2 * outline.size(stretch) >= tail - start + 1)
        ):
            self._collected.put_stretch(stretch, word, base_of(folds[word]), speaker, 1.0)
        elif tail - start >= 2:
            self._collected.put_words(
                start, tail, word, base_of(folds[word]), speaker, _ACCORDING * speaker.sure
            )
        self._speakers.remember(speaker, word)

    def _says_there(self, word: int) -> bool:
        """Whether what stands at a word is a report of somebody else's words."""
        outline = self._outline
        form = verb_at(outline, word)
        if form is None or outline.named[word] >= 0 or self._page.folds[word] in words.SOURCES:
            return False
        sign = sign_after(outline, word)
        return bool(sign.kind) and (not form.weak or sign.kind != "clause" or sign.word <= word + _NEAR_SIGN)


def _adjective(fold: str) -> bool:
    return len(fold) > 4 and fold.startswith("ال") and fold.endswith(("ي", "يه"))
