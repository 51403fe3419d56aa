"""What a search has to answer: plans over sets of documents, scores one document at a time.

The rules are those of the search language and of docs/decisions, written down without regard for speed: every term
of a field is asked whether it fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import log

from tests.oracle.stock import StockIndex, positions, title_of

from kashaf_index.analysis import FOLDED, ROOT, RUNGS, STEM, Ladder, ladder_of_term
from kashaf_index.matching.nearness import Spot, chains
from kashaf_index.model import Query
from kashaf_index.query.compile import compile_query
from kashaf_index.query.expansion import Expander
from kashaf_index.query.lexicon import MAX_WORDS
from kashaf_index.query.parser import parse
from kashaf_index.query.plan import (
    All,
    AllOf,
    AnyOf,
    Field,
    FromOutlet,
    InDates,
    InLanguage,
    Joined,
    Plan,
    Row,
    Unit,
    Without,
    changed,
    positive_units,
)
from kashaf_index.query.slots import FuzzySlot, PatternSlot, Slot, WordSlot

K1, B, B_TITLE = 1.2, 0.75, 0.3
WEIGHTS = {ROOT: 1.0, STEM: 1.0, FOLDED: 0.2, 0: 0.1}
BESIDE, TITLE, LEAD = 0.3, 0.6, 0.2
HALF_LIFE, AGELESS = 180.0, 0.5
DIGITS = 6

#: Where a unit stands, by document.
Spots = dict[int, list[Spot]]
Stories = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """ids: of one page, in order, each with its score. rungs: articles, or stories, at each. matching: at each."""

    ids: list[tuple[str, float]]
    rungs: dict[str, int]
    matching: dict[str, frozenset[str]]
    facets: dict[str, tuple[tuple[str, int], ...]]


@dataclass
class Reference:
    """joined: what `person:`, `tag:` and their like stand for. stories: ids in first-seen order, of two or more."""

    index: StockIndex
    joined: Callable[[Joined], Set[str]] = lambda _one: frozenset()
    stories: Stories = ()
    expander: Expander | None = None
    max_words: int = MAX_WORDS
    _ladders: dict[str, dict[bytes, Ladder]] = field(default_factory=dict)
    _spots: dict[tuple[Unit, Field], Spots] = field(default_factory=dict)

    def search(self, query: Query) -> Answer:
        plans = [self._plan(query.text, query), *(self._plan(text, None) for text in query.filters)]
        plan, filters = plans[0], [one for one in plans[1:] if one is not None]
        matching = [
            frozenset.intersection(self.docs(plan, rung), *(self.docs(one, rung) for one in filters))
            if plan
            else frozenset[int]()
            for rung in range(len(RUNGS))
        ]
        if query.ids is not None:
            only = frozenset(doc for doc in self.index.live if self._id(doc) in query.ids)
            matching = [docs & only for docs in matching]
        docs = matching[RUNGS.index(query.rung)]
        units = tuple(dict.fromkeys(positive_units(plan))) if plan else ()
        score = {doc: round(value, DIGITS) for doc, value in self._scores(units, docs, query).items()}
        if query.sort == "date":
            order = sorted(docs, key=lambda doc: (-self._date(doc), self._id(doc)))
        else:
            order = sorted(docs, key=lambda doc: (-score[doc], self._id(doc)))
        if query.group:
            order = self._firsts(order, None if query.sort == "date" else score)
        page = order[query.offset : query.offset + query.limit]
        return Answer(
            [(self._id(doc), score[doc]) for doc in page],
            {
                rung: len({self.story(doc) for doc in found} if query.group else found)
                for rung, found in zip(RUNGS, matching, strict=True)
            },
            {rung: frozenset(map(self._id, found)) for rung, found in zip(RUNGS, matching, strict=True)},
            self._facets(docs, query.group) if plan else {},
        )

    def _plan(self, text: str, query: Query | None) -> Plan | None:
        root = parse(text).root
        if root is None:
            return None
        return changed(compile_query(root, query.match if query else "all", self.expander), self._held)

    def _held(self, name: Field, slot: Slot) -> Slot:
        """The slot, held to the commonest words where it stands for more than a search follows."""
        if not isinstance(slot, (PatternSlot, FuzzySlot)):
            return slot
        counts: Counter[str] = Counter()
        for term, word in self._words(name).items():
            if slot.close(word.folded) if isinstance(slot, FuzzySlot) else slot.accepts(word):
                counts[word.folded] += self.index.frequency(name, term)
        if len(counts) <= self.max_words:
            return slot
        commonest = sorted(counts, key=lambda folded: (-counts[folded], folded))
        return replace(slot, only=frozenset(commonest[: self.max_words]))

    # Boolean logic

    def docs(self, plan: Plan, rung: int) -> frozenset[int]:
        live = self.index.live
        match plan:
            case Unit():
                return frozenset(self.counts(plan, rung))
            case FromOutlet(key):
                return frozenset(doc for doc, _ in self.index.postings("outlet", key.encode()) if key)
            case InDates(first, last):
                return frozenset(doc for doc in live if first <= self._date(doc) <= last)
            case InLanguage(tag):
                return frozenset(
                    doc for doc in live if f"{self._language(doc).lower()}-".startswith(f"{tag}-")
                )
            case Joined():
                named = self.joined(plan)
                return frozenset(doc for doc in live if self._id(doc) in named)
            case All():
                return live
            case Without(item):
                return live - self.docs(item, FOLDED)
            case AnyOf(items):
                return frozenset[int]().union(*(self.docs(item, rung) for item in items))
            case AllOf(items):
                return live.intersection(*(self.docs(item, rung) for item in items))
            case _:
                raise TypeError(plan)

    def counts(self, unit: Unit, rung: int) -> Counter[int]:
        """Occurrences of the unit at the rung by document."""
        found = {
            doc: sum(spot.rung <= rung for spot in spots)
            for doc, spots in self.spots(unit, unit.field).items()
        }
        return Counter({doc: count for doc, count in found.items() if count})

    def spots(self, unit: Unit, name: Field) -> Spots:
        """Where the unit stands, each place at the narrowest rung that it counts from."""
        if (unit, name) not in self._spots:
            self._spots[unit, name] = self._nearby(unit, name) if unit.parts else self._standing(unit, name)
        return self._spots[unit, name]

    def _nearby(self, unit: Unit, name: Field) -> Spots:
        parts = [self.spots(part, name) for part in unit.parts]
        return {
            doc: [Spot(chain[0].start, chain[-1].end, max(spot.rung for spot in chain)) for chain in found]
            for doc in set(parts[0]).intersection(*parts[1:])
            if (found := chains([part[doc] for part in parts], unit.distance))
        }

    def _standing(self, unit: Unit, name: Field) -> Spots:
        narrowest: dict[int, dict[tuple[int, int], int]] = {}
        for row in unit.rows:
            for doc, start, rung in self._rows(row, name):
                places = narrowest.setdefault(doc, {})
                key = (start, start + len(row.slots))
                places[key] = min(max(rung, row.narrowest), places.get(key, ROOT))
        return {
            doc: [Spot(*key, rung) for key, rung in sorted(places.items())]
            for doc, places in narrowest.items()
        }

    def _rows(self, row: Row, name: Field) -> Iterator[tuple[int, int, int]]:
        """Document, start and widest rung of the places where words stand in a row."""
        first, *others = (self._accepted(slot, name) for slot in row.slots)
        for doc, starts in first.items():
            for start, rung in starts.items():
                rungs = [rung]
                for offset, other in enumerate(others, 1):
                    rungs.append(other.get(doc, {}).get(start + offset, len(RUNGS)))
                if max(rungs) < len(RUNGS):
                    yield doc, start, max(rungs)

    def _accepted(self, slot: Slot, name: Field) -> dict[int, dict[int, int]]:
        """By document: the positions of words that the slot accepts, and at which rung."""
        found: dict[int, dict[int, int]] = {}
        for term, word in self._words(name).items():
            if accepted := slot.accepts(word):
                for doc, at in self.index.postings(name, term):
                    found.setdefault(doc, {}).update(dict.fromkeys(at, accepted[0]))
        return found

    def _words(self, name: Field) -> dict[bytes, Ladder]:
        if name not in self._ladders:
            self._ladders[name] = {term: ladder_of_term(term) for term in self.index.terms(name)}
        return self._ladders[name]

    # Scores

    def _scores(self, units: Sequence[Unit], docs: Set[int], query: Query) -> dict[int, float]:
        found = dict.fromkeys(docs, 0.0)
        for unit in units:
            lengths = self.title_lengths if unit.field == "title" else self.lengths
            b = B_TITLE if unit.field == "title" else B
            for rung, weight in WEIGHTS.items():
                self._add(found, self.counts(unit, rung), weight, lengths, b)
            if unit.field == "text":
                title, lead = (self.counts(replace(unit, field=name), STEM) for name in ("title", "lead"))
                self._add(found, title, TITLE, self.title_lengths, B_TITLE)
                self._add(found, lead, LEAD, self.lengths, 0.0)
        for left, right in pairwise(units):
            if all(
                unit.field == "text" and len(unit.slots) == 1 and isinstance(unit.slots[0], WordSlot)
                for unit in (left, right)
            ):
                pair = Unit(left.slots + right.slots, "text", "")
                self._add(found, self.counts(pair, STEM), BESIDE, self.lengths, B)
        if query.sort == "recency" and found:
            days = {doc: self._day(doc) for doc in found}
            newest = max(days.values())
            for doc in found:
                found[doc] *= AGELESS + (1 - AGELESS) * 0.5 ** ((newest - days[doc]) / HALF_LIFE)
        return found

    def _add(
        self, found: dict[int, float], counts: Counter[int], weight: float, lengths: list[int], b: float
    ) -> None:
        """BM25 with Lucene's idf."""
        idf = log(1 + (len(self.index.live) - len(counts) + 0.5) / (len(counts) + 0.5))
        average = self.average(lengths) or 1.0
        for doc in counts.keys() & found.keys():
            norm = K1 * (1 - b + b * lengths[doc] / average)
            found[doc] += weight * idf * (K1 + 1) * counts[doc] / (counts[doc] + norm)

    @cached_property
    def lengths(self) -> list[int]:
        return [positions(article.text)[1] for article in self.index.articles]

    @cached_property
    def title_lengths(self) -> list[int]:
        return [positions(title_of(article))[1] for article in self.index.articles]

    def average(self, lengths: list[int]) -> float:
        """Of live documents."""
        live = self.index.live
        return sum(lengths[doc] for doc in live) / len(live) if live else 0.0

    # Articles and stories

    def _id(self, doc: int) -> str:
        return self.index.articles[doc].id

    def _language(self, doc: int) -> str:
        return self.index.articles[doc].metadata.language

    def _date(self, doc: int) -> int:
        day = self.index.articles[doc].metadata.published
        return int(day.strftime("%Y%m%d")) if day else 0

    def _day(self, doc: int) -> int:
        day: date | None = self.index.articles[doc].metadata.published
        return day.toordinal() if day else 0

    def story(self, doc: int) -> str:
        """The id of the story's first live article, its own when it stands alone."""
        live = {self._id(one) for one in self.index.live}
        for story in self.stories:
            if self._id(doc) in story:
                return next(one for one in story if one in live)
        return self._id(doc)

    def _firsts(self, order: list[int], score: dict[int, float] | None) -> list[int]:
        """One document of each story: the best, of equal ones the one seen first."""
        place = {id_: at for story in self.stories for at, id_ in enumerate(story)}
        chosen: dict[str, tuple[float, int, int]] = {}
        for doc in order:
            ranked = (-score[doc] if score else 0.0, place.get(self._id(doc), 0), doc)
            chosen[self.story(doc)] = min(ranked, chosen.get(self.story(doc), ranked))
        kept = {doc for _, _, doc in chosen.values()}
        return [doc for doc in order if doc in kept]

    def _facets(self, docs: Iterable[int], group: bool) -> dict[str, tuple[tuple[str, int], ...]]:
        def counted(value: Callable[[int], str]) -> Counter[str]:
            pairs = {(value(doc), self.story(doc) if group else self._id(doc)) for doc in docs}
            return Counter(name for name, _ in pairs if name)

        def month(doc: int) -> str:
            day = self.index.articles[doc].metadata.published
            return f"{day:%Y-%m}" if day else ""

        outlets = counted(lambda doc: self.index.articles[doc].metadata.outlet or "")
        return {
            "outlet": tuple(sorted(outlets.items(), key=lambda item: (-item[1], item[0]))),
            "language": tuple(sorted(counted(self._language).items(), key=lambda item: (-item[1], item[0]))),
            "month": tuple(sorted(counted(month).items())),
        }
