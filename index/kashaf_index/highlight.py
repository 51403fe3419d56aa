"""Where a query's units stand in an article's text, found by reading the text again.

Offsets are not stored: tokens carry them, a page of hits is few articles, and what is marked is then by
construction what the text holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from kashaf.corpus.article import Article
from kashaf.text.clitics import with_proclitics
from kashaf.text.tokens import exact_forms
from kashaf_index.analysis import RUNGS, Ladder, ladder
from kashaf_index.found import Found, Span, merged_spans
from kashaf_index.matching.nearness import Spot, chains
from kashaf_index.query.plan import Row, Unit
from kashaf_index.query.slots import Accepted, ExactSlot, RootSlot, Slot, WordSlot
from kashaf_index.surfaces import Judged, Surfaces, Verdict

__all__ = ["Found", "Highlighter", "Span", "merged_spans"]

_ABSENT: Final = (len(RUNGS), "")

_NOTHING: Final[Verdict] = {}


@dataclass(slots=True)
class _Read:
    """The words of a text that some slot accepts, by their place among its words: their spans, what each was judged
    to be, and by slot where it accepts one."""

    spans: dict[int, Span] = field(default_factory=dict)
    judged: dict[int, Verdict] = field(default_factory=dict)
    places: dict[int, list[int]] = field(default_factory=dict)


class Highlighter:
    """Finds the same units in one text after another; remembers what each word was judged to be. For any thread."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = tuple(units)
        self._judge = _Judge(self._units)
        self._surfaces = Surfaces(self._judge.slots, self._judge.verdicts)

    def find(self, article: Article, widest: int) -> list[Found]:
        """Occurrences in the text at the rung `widest` or narrower, in the order of the text, then of the units.

        Units that look into the author's name have none here.
        """
        return self.find_all([article], [widest])[0]

    def find_all(self, articles: Sequence[Article], widest: Sequence[int]) -> list[list[Found]]:
        """`find` for several articles, each at its rung: much faster than one after another."""
        ends = [{"text": len(one.text), "title": one.body_start} for one in articles]
        return self._find([one.text for one in articles], ends, widest)

    def in_authors(self, names: Sequence[str], widest: Sequence[int]) -> list[list[Found]]:
        """Occurrences in authors' names, of the units that look there."""
        return self._find(names, [{"author": len(name)} for name in names], widest)

    def _find(
        self, texts: Sequence[str], ends: Sequence[Mapping[str, int]], widest: Sequence[int]
    ) -> list[list[Found]]:
        """ends: of each text, by field, where it ends in the text."""
        units = [(number, unit) for number, unit in enumerate(self._units) if ends and unit.field in ends[0]]
        if not units:
            return [[] for _ in texts]
        found: list[list[Found]] = []
        for accepted, end, rung in zip(self._surfaces.accepted(texts), ends, widest, strict=True):
            read = _read(accepted)
            here = [
                one
                for number, unit in units
                for one in self._occurrences(number, unit, read, rung)
                if one.end <= end[unit.field]
            ]
            found.append(sorted(here, key=lambda one: (one.start, one.unit, one.end)))
        return found

    def _occurrences(self, number: int, unit: Unit, read: _Read, widest: int) -> Iterator[Found]:
        if unit.parts:
            yield from self._near(number, unit, read, widest)
            return
        for at, ways in self._matches(unit, read, widest):
            length, (rung, rule) = min(ways, key=lambda way: way[1][0])
            yield Found(number, rung, _each_once([read.spans[at + step] for step in range(length)]), rule)

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

    def _row(self, row: Row, judged: Mapping[int, Verdict], at: int) -> Accepted:
        numbers = self._judge.numbers
        reasons = [
            judged.get(at + step, _NOTHING).get(numbers[slot], _ABSENT) for step, slot in enumerate(row.slots)
        ]
        rung, rule = max(reasons, key=lambda reason: reason[0])
        rung = max(rung, row.narrowest)
        return (rung, row.rule) if row.rule and rung == row.narrowest else (rung, rule)


def _read(accepted: Iterable[Judged]) -> _Read:
    read = _Read()
    for at, span, verdict in accepted:
        if verdict:
            read.spans[at] = span
            read.judged[at] = verdict
            for slot in verdict:
                read.places.setdefault(slot, []).append(at)
    return read


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
        self.slots: Final = tuple(self.numbers)

    def verdicts(self, surface: str) -> tuple[Verdict, ...]:
        """Of each word that a surface stands for."""
        return tuple(map(self._verdict, _ladders(surface)))

    def _verdict(self, word: Ladder) -> Verdict:
        """The slots that accept the word."""
        asked = (*self._by_root.get(word.root, ()), *self._by_form.get(word.folded, ()), *self._others)
        return {number: accepted for number in asked if (accepted := self.slots[number].accepts(word))}


@lru_cache(maxsize=1 << 15)
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
