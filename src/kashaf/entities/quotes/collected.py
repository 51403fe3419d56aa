"""The quotations of a page as they come to light, each with how sure it is."""

from __future__ import annotations

from typing import Final

from kashaf.entities.model import Quotation
from kashaf.entities.quotes import words
from kashaf.entities.quotes.clauses import SHORT, Sign, clause_end, line_end
from kashaf.entities.quotes.outline import Outline
from kashaf.entities.quotes.speakers import Speaker, Speakers

#: How sure each way of finding is, as measured on the articles of tests/benchmarks/ner.
_QUOTED: Final = 0.95
_CLAUSE: Final = 0.92
COLON_SURE: Final = 0.7
_SHORT_QUOTED: Final = 0.55
_UNCLOSED: Final = 0.75
NOBODY_SURE: Final = 0.7

_WHO: Final = words.SOURCES | words.BODIES


class Collected:
    """used: the stretches in quotation marks that are taken. covered: the last word that is said by somebody."""

    def __init__(self, outline: Outline, speakers: Speakers) -> None:
        self._outline = outline
        self._page = outline.page
        self._speakers = speakers
        self.found: list[Quotation] = []
        self.used: set[int] = set()
        self.covered = -1

    def put_sign(self, verb: int, base: str, sign: Sign, speaker: Speaker | None, scale: float = 1.0) -> None:
        outline = self._outline
        if sign.kind == "quoted":
            self.put_stretch(sign.stretch, verb, base, speaker, scale)
        elif sign.kind == "colon" and self._page.folds[sign.word] in words.THAT:
            self.put_clause(sign.word + 1, verb, base, speaker, scale, COLON_SURE)
        elif sign.kind == "colon":
            last = line_end(outline, sign.word)
            if last > sign.word:
                self.put_words(sign.word, last, verb, base, speaker, COLON_SURE * scale)
        else:
            self.put_clause(sign.word + 1, verb, base, speaker, scale)
        if speaker is not None:
            self._speakers.remember(speaker, verb)

    def put_clause(
        self, first: int, verb: int, base: str, speaker: Speaker | None, scale: float, sure: float = _CLAUSE
    ) -> None:
        """A reported clause; when it is nearly all in quotation marks, the words in them."""
        outline = self._outline
        if first > outline.last_of[first - 1]:
            return  # the line ends with what announces it
        last = clause_end(outline, first)
        if last < first or (last == first and outline.at[first] < 0):
            return
        number = outline.at[first]
        if number >= 0 and not outline.is_name(number) and outline.words[number] in _whole(first, last):
            self.put_stretch(number, verb, base, speaker, scale)
            self.covered = max(self.covered, last)
            return
        self.put_words(first, last, verb, base, speaker, sure * scale)

    def put_stretch(self, number: int, verb: int, base: str, speaker: Speaker | None, scale: float) -> None:
        if number in self.used:
            return
        self.used.add(number)
        outline = self._outline
        stretch = outline.quoted[number]
        size = outline.size(number)
        sure = (_QUOTED if size > SHORT else _SHORT_QUOTED) * (1.0 if stretch.closed else _UNCLOSED) * scale
        self.covered = max(self.covered, outline.words[number][1])
        self._put(stretch.start, stretch.end, True, verb, base, speaker, sure)

    def put_words(
        self, first: int, last: int, verb: int, base: str, speaker: Speaker | None, sure: float
    ) -> None:
        outline = self._outline
        start, end = outline.span(first, last)
        self.covered = max(self.covered, last)
        for word in range(first, last + 1):
            if outline.at[word] >= 0:
                self.used.add(outline.at[word])
        self._put(start, end, False, verb, base, speaker, sure)

    def _put(
        self,
        start: int,
        end: int,
        direct: bool,
        verb: int,
        base: str,
        speaker: Speaker | None,
        sure: float,
    ) -> None:
        page = self._page
        verb_start, verb_end = (page.starts[verb], page.ends[verb]) if verb >= 0 else (0, 0)
        if speaker is None:
            who, kind, who_start, who_end = "", "", 0, 0
            sure *= NOBODY_SURE
        elif speaker.mention is None:
            who, kind = "", ""
            who_start, who_end = self._outline.span(speaker.first, speaker.last)
            fold = page.folds[speaker.first]
            if fold[:1] in {"ل", "ف", "و"} and fold not in _WHO and _known(fold[1:]):
                who_start += 1
            sure *= speaker.sure
        else:
            mention = speaker.mention
            who, kind, who_start, who_end = mention.name, mention.type, mention.start, mention.end
            sure *= speaker.sure
        self.found.append(
            Quotation(
                start, end, direct, base, verb_start, verb_end, who,
                "" if kind in ("", "date") else kind,  # type: ignore[arg-type]  # a mention's type but "date"
                who_start, who_end, round(min(sure, 1.0), 2),
            )
        )  # fmt: skip


def _known(fold: str) -> bool:
    """Whether a word is one for whoever speaks, perhaps governing another: «صيادو البلدة»."""
    return fold in _WHO or fold + "ن" in _WHO


def _whole(first: int, last: int) -> set[tuple[int, int]]:
    """Stretches that are a whole clause, or all of a long one but a word."""
    return {(first, last), (first, last - 1)} if last - first > SHORT else {(first, last)}
