"""Words in quotation marks that no verb before them has taken, and lines that are «فلان: كلامه»."""

from __future__ import annotations

from typing import Final

from kashaf.entities.quotes import words
from kashaf.entities.quotes.clauses import SHORT, sign_after, verb_at
from kashaf.entities.quotes.collected import COLON_SURE, NOBODY_SURE, Collected
from kashaf.entities.quotes.outline import COLON, COMMA, LINE, SENTENCE, Outline
from kashaf.entities.quotes.sources import Sources, base_of
from kashaf.entities.quotes.speakers import Speaker, Speakers
from kashaf.entities.quotes.verbs import Saying
from kashaf.entities.rules.cues import word_set

_NEAR: Final = 0.6
#: Words in quotation marks that may be said rather than named, when a verb of saying stands behind them.
_LEAST: Final = 2
_ALONE: Final = 0.35
#: Words in quotation marks with nobody beside them that are still a quotation.
_TELLING: Final = 8
#: Words of a line that is «فلان: كلامه», and of the name before its colon.
_HEADLINE: Final = 30
_HEADLINE_NAME: Final = 6
_TITLES_OF_WORKS: Final = word_set(
    """كتاب رواية فيلم بعنوان عنوان أغنية مسرحية مسلسل برنامج مشروع حملة عملية شعار هاشتاغ وسم قصيدة ديوان معرض
    مهرجان تقريره كتابه"""
)


class Unclaimed:
    """Looks behind the words, before them, and at who spoke last."""

    def __init__(self, outline: Outline, speakers: Speakers, sources: Sources, collected: Collected) -> None:
        self._outline = outline
        self._page = outline.page
        self._speakers = speakers
        self._sources = sources
        self._collected = collected

    def stretch(self, number: int) -> None:
        """A stretch that no verb before it has taken."""
        outline, folds = self._outline, self._page.folds
        first, last = outline.words[number]
        size = last - first + 1
        if outline.is_name(number) or size < _LEAST:
            return
        behind = self._behind(last)
        if size <= SHORT and (behind is None or not self._said_alone(first, behind[0])):
            return
        if behind is not None:
            verb, base, speaker = behind
            self._collected.put_stretch(number, verb, base, speaker, 1.0)
            if speaker is not None:
                self._speakers.remember(speaker, verb)
            return
        signed = self._signed(last)
        if signed is not None:
            self._collected.put_stretch(number, -1, "", signed, 0.9)
            self._speakers.remember(signed, last)
            return
        if size <= SHORT + 1 and folds[max(0, first - 1)] not in words.THAT:
            return
        before = self._speaker_of_colon(first)
        if before is not None:
            self._collected.put_stretch(number, -1, "", before, 0.9)
            self._speakers.remember(before, first)
            return
        if first and folds[first - 1] in _TITLES_OF_WORKS:
            return
        begin = outline.first_of[first]
        near = self._nearest_verb(begin, first)
        if near is not None:
            verb, form = near
            nearest = self._speakers.of_sentence(first, form.gender)
            self._collected.put_stretch(number, verb, form.base, nearest, _NEAR)
        elif begin < first and outline.flags[first] & COLON:
            announced = self._speakers.of_sentence(first, "any")
            self._collected.put_stretch(number, -1, "", announced, _NEAR)
        elif begin == first and outline.flags[first] & LINE and self._collected.found and size >= _TELLING:
            self._collected.put_stretch(number, -1, "", self._speakers.recall("any"), _NEAR)
        elif size >= _TELLING:
            self._collected.put_stretch(number, -1, "", None, _ALONE / NOBODY_SURE)

    def _said_alone(self, first: int, verb: int) -> bool:
        """Whether a few words in quotation marks were said, and are no name: «"لن نصوت"، قالها فلان»."""
        outline, folds = self._outline, self._page.folds
        begins = outline.first_of[first] == first or outline.flags[first] & (COMMA | COLON)
        if (
            not begins
            or folds[first - 1 if first else 0] in _TITLES_OF_WORKS
            or folds[verb] in words.ACCORDING
        ):
            return False
        return folds[verb] in words.SAID_IT or not sign_after(outline, verb).kind

    def _signed(self, last: int) -> Speaker | None:
        """«"…" — فلان» at the end of a line."""
        outline = self._outline
        at = last + 1
        found = outline.mention_from(at)
        if (
            found is None
            or found.type == "place"
            or not outline.flags[at] & COMMA
            or outline.flags[at] & LINE
        ):
            return None
        behind = outline.spans[outline.named[at]][1] + 1
        ends = behind >= len(self._page) or outline.flags[behind] & LINE
        dashed = any(dash in self._page.gaps[at] for dash in "–—-")
        return self._speakers.read(at, behind) if ends and dashed else None

    def _nearest_verb(self, begin: int, first: int) -> tuple[int, Saying] | None:
        for word in range(first - 1, max(begin - 1, first - 30), -1):
            form = verb_at(self._outline, word)
            if (
                form is not None
                and self._outline.named[word] < 0
                and self._page.folds[word] not in words.SOURCES
            ):
                if self._page.fold_at(word - 1) in words.NEGATIONS:
                    return None
                return word, form
        return None

    def _behind(self, last: int) -> tuple[int, str, Speaker | None] | None:
        """«"…" قال فلان», «"…"، بحسب فلان», «"…" على حد قوله»."""
        outline, folds = self._outline, self._page.folds
        at = last + 1
        if at >= len(folds) or outline.flags[at] & (SENTENCE | LINE) or outline.at[at] >= 0:
            return None
        if folds[at] in {"كما", "هكذا", "بهذه"} and at + 1 < len(folds):
            at += 1
        if folds[at] == "علي" and folds[at + 1 : at + 2] == ["حد"] and at + 2 < len(folds):
            if folds[at + 2] in words.HIS_WORDS:
                said = self._speakers.recall("f" if folds[at + 2].endswith("ها") else "m")
            else:
                said = self._sources.behind_noun(at + 3, at + 9)
            return None if said is None else (at + 2, "قال", said)
        if folds[at] in words.ACCORDING:
            read = self._sources.read(at, outline.last_of[at])
            return None if read is None else (at, base_of(folds[at]), read[0])
        if folds[at] in words.SAID_IT:
            speaker = self._speakers.read(at + 1, min(outline.last_of[at] + 1, at + 16))
            if speaker is None:
                speaker = self._speakers.recall("any")
            return None if speaker is None else (at, words.SAID_IT[folds[at]], speaker)
        form = verb_at(outline, at)
        if form is None or form.joined or form.tense in ("participle", "passive"):
            return None
        sign = sign_after(outline, at)
        if sign.kind == "clause" and sign.word <= at + 12:
            return None
        speaker = self._speakers.read(at + 1, min(sign.word, at + 16))
        if speaker is None:
            speaker = self._speakers.recall(form.gender) or self._speakers.told_of(at, form.gender)
        return None if speaker is None and form.weak else (at, form.base, speaker)

    def _speaker_of_colon(self, first: int) -> Speaker | None:
        """«فلان: "…"»: the name right before a colon."""
        outline = self._outline
        if not first or not outline.flags[first] & COLON:
            return None
        number = outline.named[first - 1]
        if number < 0 or outline.spans[number][1] != first - 1 or outline.mentions[number].type == "place":
            return None
        begin, last = outline.spans[number]
        return Speaker(begin, last, outline.mentions[number], "any", 0.9)

    def _source_of_colon(self, begin: int, word: int) -> Speaker | None:
        """«مصدر أمني: …» in the first line of a text."""
        if begin or self._page.folds[0] not in words.SOURCES:
            return None
        speaker = self._speakers.read(0, word)
        if speaker is None or speaker.mention is not None or speaker.last != word - 1:
            return None
        return self._speakers.described_ahead(speaker) or speaker

    def headline(self, word: int) -> None:
        """«فلان: كلامه» as a line of its own."""
        outline = self._outline
        begin = outline.first_of[word]
        if (
            outline.at[word] >= 0
            or word - begin > _HEADLINE_NAME
            or outline.last_of[word] - begin > _HEADLINE
        ):
            return
        if begin and not outline.flags[begin] & LINE:
            return
        speaker = self._speaker_of_colon(word) or self._source_of_colon(begin, word)
        size = outline.last_of[word] - word + 1
        if speaker is None or size < (_LEAST if speaker.mention is not None else SHORT + 1):
            return
        if word > speaker.first > begin and self._page.folds[begin] not in words.SOURCES:
            return
        self._collected.put_words(word, outline.last_of[word], -1, "", speaker, COLON_SURE)
        self._speakers.remember(speaker, word)
