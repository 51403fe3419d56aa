"""What a highlighter finds, word by word in plain Python: what the one of arrays is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kashaf.corpus.article import Article
from kashaf.text.clitics import with_proclitics
from kashaf.text.tokens import WORD, exact_forms
from kashaf_index.analysis import RUNGS, Ladder, ladder
from kashaf_index.highlight import Found
from kashaf_index.matching.nearness import Spot, chains
from kashaf_index.query.plan import Row, Unit
from kashaf_index.query.slots import Accepted, ExactSlot, RootSlot, Slot, WordSlot

Span = tuple[int, int]
Verdict = Mapping[int, Accepted]
_ABSENT: Final = (len(RUNGS), "")


@dataclass(frozen=True, slots=True)
class _Read:
    """The words of a text: their spans, what each was judged to be, and by slot where it accepts one."""

    spans: list[Span]
    judged: list[Verdict]
    places: dict[int, list[int]]


class PlainHighlighter:
    """Finds the same units in one text after another; remembers what each word was judged to be."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = tuple(units)
        self._judge = _Judge(self._units)
        self._memory: dict[str, tuple[Verdict, ...]] = {}

    def find(self, article: Article, widest: int) -> list[Found]:
        """Occurrences in the text at the rung `widest` or narrower, in the order of the text, then of the units.

        Units that look into the author's name have none here.
        """
        ends = {"text": len(article.text), "title": article.body_start}
        return self._find(article.text, ends, widest)

    def in_author(self, name: str, widest: int) -> list[Found]:
        """Occurrences in an author's name, of the units that look there."""
        return self._find(name, {"author": len(name)}, widest)

    def _find(self, text: str, ends: Mapping[str, int], widest: int) -> list[Found]:
        """ends: by field, where it ends in the text."""
        units = [(number, unit) for number, unit in enumerate(self._units) if unit.field in ends]
        if not units:
            return []
        read = self._read(text)
        found: list[Found] = []
        for number, unit in units:
            found += (
                one for one in self._occurrences(number, unit, read, widest) if one.end <= ends[unit.field]
            )
        return sorted(found, key=lambda one: (one.start, one.unit, one.end))

    def _read(self, text: str) -> _Read:
        spans: list[Span] = []
        judged: list[Verdict] = []
        places: dict[int, list[int]] = {}
        memory = self._memory
        for match in WORD.finditer(text):
            surface = match.group()
            verdicts = memory.get(surface)
            if verdicts is None:
                verdicts = memory[surface] = tuple(map(self._judge.verdict, _ladders(surface)))
            for verdict in verdicts:
                for slot in verdict:
                    places.setdefault(slot, []).append(len(judged))
                spans.append(match.span())
                judged.append(verdict)
        return _Read(spans, judged, places)

    def _occurrences(self, number: int, unit: Unit, read: _Read, widest: int) -> Iterator[Found]:
        if unit.parts:
            yield from self._near(number, unit, read, widest)
            return
        for at, ways in self._matches(unit, read, widest):
            length, (rung, rule) = min(ways, key=lambda way: way[1][0])
            yield Found(number, rung, _each_once(read.spans[at : at + length]), rule)

    def _near(self, number: int, unit: Unit, read: _Read, widest: int) -> Iterator[Found]:
        items: list[list[Spot]] = []
        rules: dict[Spot, str] = {}
        for part in unit.parts:
            spots: list[Spot] = []
            for at, ways in self._matches(part, read, widest):
                for length, (rung, rule) in ways:
                    spots.append(Spot(at, at + length, rung))
                    rules[spots[-1]] = rule
            items.append(spots)
        for chain in chains(items, unit.distance):
            last = max(chain, key=lambda spot: spot.rung)
            words = _each_once([read.spans[at] for spot in chain for at in range(spot.start, spot.end)])
            yield Found(number, last.rung, words, rules[last])

    def _matches(
        self, unit: Unit, read: _Read, widest: int
    ) -> Iterator[tuple[int, list[tuple[int, Accepted]]]]:
        """Where rows of the unit begin, and for each: its length in words, its rung and rule."""
        numbers = self._judge.numbers
        first = [numbers[row.slots[0]] for row in unit.rows]
        for at in sorted({at for number in first for at in read.places.get(number, ())}):
            verdict = read.judged[at]
            ways = [
                (len(row.slots), accepted)
                for row, number in zip(unit.rows, first, strict=True)
                if number in verdict and (accepted := self._row(row, read.judged, at))[0] <= widest
            ]
            if ways:
                yield at, ways

    def _row(self, row: Row, judged: Sequence[Verdict], at: int) -> Accepted:
        if at + len(row.slots) > len(judged):
            return _ABSENT
        numbers = self._judge.numbers
        reasons = [judged[at + step].get(numbers[slot], _ABSENT) for step, slot in enumerate(row.slots)]
        rung, rule = max(reasons, key=lambda reason: reason[0])
        rung = max(rung, row.narrowest)
        return (rung, row.rule) if row.rule and rung == row.narrowest else (rung, rule)


class _Judge:
    """Knows which of many slots can accept a word, so that not all are asked."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.numbers: dict[Slot, int] = {}
        self._by_root: dict[str, list[int]] = {}
        self._by_form: dict[str, list[int]] = {}
        self._others: list[int] = []
        for slot in (slot for unit in units for slot in _slots(unit)):
            if slot in self.numbers:
                continue
            number = self.numbers[slot] = len(self.numbers)
            if isinstance(slot, (WordSlot, ExactSlot, RootSlot)):
                self._by_root.setdefault(slot.reading.root, []).append(number)
                if isinstance(slot, WordSlot):
                    for form, _ in with_proclitics(slot.reading.folded)[1:]:
                        self._by_form.setdefault(form, []).append(number)
            else:
                self._others.append(number)
        self._slots = list(self.numbers)

    def verdict(self, word: Ladder) -> Verdict:
        """The slots that accept the word."""
        asked = (*self._by_root.get(word.root, ()), *self._by_form.get(word.folded, ()), *self._others)
        return {number: accepted for number in asked if (accepted := self._slots[number].accepts(word))}


def _ladders(surface: str) -> tuple[Ladder, ...]:
    return tuple(map(ladder, exact_forms(surface)))


def _slots(unit: Unit) -> Iterator[Slot]:
    if unit.parts:
        for part in unit.parts:
            yield from _slots(part)
    else:
        for row in unit.rows:
            yield from row.slots


def _each_once(spans: Sequence[Span]) -> tuple[Span, ...]:
    """A ligature that stands for several words is one span."""
    return tuple(dict.fromkeys(spans))
