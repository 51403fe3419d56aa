"""Which articles a plan matches at each rung, and how often: sets of whole posting lists, no scoring.

Everything is asked at all rungs at once, because the counts of all are always shown and a narrower rung's postings
are among the wider one's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field, replace
from typing import Final

from kashaf.errors import Cancelled
from kashaf.said import said
from kashaf.text.clitics import with_proclitics
from kashaf.text.root import root
from kashaf.text.stem import stem
from kashaf_index.analysis import FOLDED, ROOT, RUNGS, SEPARATOR, Ladder, ladder_of_term, unpack_positions
from kashaf_index.nearness import Spot, chains
from kashaf_index.opening import damaged
from kashaf_index.query.lexicon import Lexicon
from kashaf_index.query.plan import (
    All,
    AllOf,
    AnyOf,
    Field,
    FromOutlet,
    InDates,
    InLanguage,
    Joined,
    Numbered,
    Plan,
    Row,
    Unit,
    Without,
    changed,
)
from kashaf_index.query.slots import FuzzySlot, PatternSlot, Slot, WordSlot
from kashaf_index.reading import IndexReader, Postings

#: By rung: document number to occurrences. Each rung's holds what the narrower one's does.
Counts = tuple[dict[int, int], ...]
#: A term, the narrowest rung at which it is accepted, and where it stands.
Entry = tuple[bytes, int, Postings]
#: Document to the places where a unit stands.
Spots = dict[int, list[Spot]]

_CACHED: Final = 2_000_000  # counts kept: about 200 MB at most
_SLOTS_KEPT: Final = 16
_TERMS_KEPT: Final = 500
_POLL: Final = 128
_ABSENT: Final = len(RUNGS)


def _never() -> bool:
    return False


@dataclass(slots=True)
class Evaluator:
    """Answers for one generation; keeps what recent units matched. Not thread-safe."""

    reader: IndexReader
    _counts: dict[tuple[Unit, int], Counts] = field(default_factory=dict)
    _held: int = 0
    # A word is asked for again by phrases and pairs of the same query.
    _entries_read: dict[tuple[Field, Slot, int], list[Entry]] = field(default_factory=dict)
    _lexicons: dict[str, Lexicon] = field(default_factory=dict)

    def bind(self, plan: Plan, joined: Callable[[Joined], frozenset[int]]) -> tuple[Plan, tuple[str, ...]]:
        """The plan with its joined conditions answered, and its patterns and fuzzy words held to as many words as a
        search follows, with what to say of that.

        Ask the other methods for bound plans only. Raises IndexDamaged.
        """
        notices: dict[str, None] = {}

        def change(name: Field, slot: Slot) -> Slot:
            if not isinstance(slot, (PatternSlot, FuzzySlot)):
                return slot
            only, count = self._lexicon(name).followed(slot)
            if only is not None:
                notices[
                    said(
                        "{text} stands for {n} words; the {kept} commonest are searched",
                        text=slot.text,
                        n=count,
                        kept=len(only),
                    )
                ] = None
            return slot if only is None else replace(slot, only=only)

        return changed(plan, change, lambda one: Numbered(joined(one))), tuple(notices)

    def docs(self, plan: Plan, rung: int, cancelled: Callable[[], bool] = _never) -> Set[int]:
        """Live documents that match at the rung. Raises Cancelled and IndexDamaged."""
        reader = self.reader
        match plan:
            case Unit():
                return self.counts(plan, cancelled)[rung].keys()
            case FromOutlet(key):
                return frozenset(reader.postings("outlet", key.encode()).docs) if key else frozenset()
            case InDates(first, last):
                dates = reader.dates
                return frozenset(doc for doc in reader.live if first <= dates[doc] <= last)
            case InLanguage(tag):
                tags, regions = reader.languages, tag + "-"
                return frozenset(
                    doc
                    for doc in reader.live
                    if tags[doc].lower() == tag or tags[doc].lower().startswith(regions)
                )
            case Numbered(docs):
                return docs & reader.live
            case All():
                return reader.live
            case Without(item):
                # One rung for every count: a wider rung would exclude more, and no longer hold the narrower.
                return reader.live - self.docs(item, FOLDED, cancelled)
            case Joined():
                raise TypeError("the plan was not bound")
            case AnyOf(items):
                return frozenset().union(*(self.docs(item, rung, cancelled) for item in dict.fromkeys(items)))
            case AllOf(items):
                found = sorted((self.docs(item, rung, cancelled) for item in dict.fromkeys(items)), key=len)
                return frozenset(found[0]).intersection(*found[1:])

    def counts(self, unit: Unit, cancelled: Callable[[], bool] = _never, widest: int = ROOT) -> Counts:
        """Occurrences of the unit by rung and document. Raises Cancelled and IndexDamaged.

        widest: the widest rung that is looked at; those beyond it count as it does, which is cheaper.
        """
        known = self._counts.pop((unit, widest), None)
        if known is None:
            known = self._count(unit, cancelled, widest)
            self._make_room(sum(map(len, known)))
        self._counts[unit, widest] = known
        return known

    def _count(self, unit: Unit, cancelled: Callable[[], bool], widest: int) -> Counts:
        if not unit.parts and all(len(row.slots) == 1 for row in unit.rows):
            entries: dict[bytes, tuple[int, Postings]] = {}
            for row in unit.rows:
                for term, rung, postings in self._entries(unit.field, row.slots[0], cancelled, widest):
                    allowed = max(rung, row.narrowest)
                    if term not in entries or allowed < entries[term][0]:
                        entries[term] = allowed, postings
            return _sum(entries.values())
        counts: Counts = tuple({} for _ in RUNGS)
        for doc, spots in self._spots(unit, unit.field, cancelled, widest).items():
            for spot in spots:
                for rung in range(spot.rung, len(RUNGS)):
                    counts[rung][doc] = counts[rung].get(doc, 0) + 1
        return counts

    def _make_room(self, needed: int) -> None:
        """Forget the units asked for longest ago until the cache holds no more than its share."""
        self._held += needed
        while self._counts and self._held > _CACHED:
            oldest = self._counts.pop(next(iter(self._counts)))
            self._held -= sum(map(len, oldest))

    def _spots(
        self,
        unit: Unit,
        name: Field,
        cancelled: Callable[[], bool],
        widest: int,
        within: frozenset[int] | None = None,
    ) -> Spots:
        """within: the only documents to look at."""
        if unit.parts:
            return self._nearby(unit, name, cancelled, widest)
        by_doc: dict[int, dict[tuple[int, int], int]] = {}
        for row in unit.rows:
            length = len(row.slots)
            for doc, starts in self._rows(row, name, cancelled, widest, within).items():
                places = by_doc.setdefault(doc, {})
                for start, rung in starts.items():
                    key = (start, start + length)
                    places[key] = min(max(rung, row.narrowest), places.get(key, _ABSENT))
        return {
            doc: [Spot(start, end, rung) for (start, end), rung in sorted(places.items())]
            for doc, places in by_doc.items()
        }

    def _nearby(self, unit: Unit, name: Field, cancelled: Callable[[], bool], widest: int) -> Spots:
        parts = tuple(dict.fromkeys(unit.parts))
        shared = frozenset.intersection(
            *(
                frozenset().union(*(self._holding(row, name, cancelled, widest) for row in part.rows))
                for part in parts
            )
        )
        spots = {part: self._spots(part, name, cancelled, widest, shared) for part in parts}
        found: Spots = {}
        for at, doc in enumerate(sorted(shared)):
            if at % _POLL == 0 and cancelled():
                raise Cancelled
            ends = chains([spots[part].get(doc, []) for part in unit.parts], unit.distance)
            if ends:
                found[doc] = [
                    Spot(chain[0].start, chain[-1].end, max(spot.rung for spot in chain)) for chain in ends
                ]
        return found

    def _holding(self, row: Row, name: Field, cancelled: Callable[[], bool], widest: int) -> frozenset[int]:
        """Documents that hold every word of a row, in whatever order."""
        return frozenset.intersection(
            *(
                frozenset().union(*(entry[2].docs for entry in self._entries(name, slot, cancelled, widest)))
                for slot in row.slots
            )
        )

    def _rows(
        self, row: Row, name: Field, cancelled: Callable[[], bool], widest: int, within: frozenset[int] | None
    ) -> dict[int, dict[int, int]]:
        """By document: where the words stand in a row, and the rung of the widest of them."""
        shared = self._holding(row, name, cancelled, widest)
        if within is not None:
            shared &= within
        found: dict[int, dict[int, int]] = {}
        if not shared:
            return found
        # For each slot and shared document: position to narrowest rung.
        tables: list[dict[int, dict[int, int]]] = []
        for slot in row.slots:
            if cancelled():
                raise Cancelled
            table: dict[int, dict[int, int]] = {doc: {} for doc in shared}
            for _, rung, postings in self._entries(name, slot, cancelled, widest):
                for doc, packed in zip(postings.docs, postings.positions, strict=True):
                    if doc in shared:
                        table[doc].update(dict.fromkeys(unpack_positions(packed), rung))
            tables.append(table)
        for doc in shared:
            first, *others = (table[doc] for table in tables)
            starts = first
            for offset, other in enumerate(others, 1):
                starts = {
                    start: max(rung, other[start + offset])
                    for start, rung in starts.items()
                    if start + offset in other
                }
            if starts:
                found[doc] = starts
        return found

    # Terms

    def _entries(self, name: Field, slot: Slot, cancelled: Callable[[], bool], widest: int) -> list[Entry]:
        """Every term the slot accepts, with its narrowest rung and its postings."""
        key = (name, slot, widest)
        known = self._entries_read.pop(key, None)
        if known is None:
            known = self._read_entries(name, slot, cancelled, widest)
            while len(self._entries_read) >= _SLOTS_KEPT:
                del self._entries_read[next(iter(self._entries_read))]
        if len(known) <= _TERMS_KEPT:
            self._entries_read[key] = known
        return known

    def _read_entries(
        self, name: Field, slot: Slot, cancelled: Callable[[], bool], widest: int
    ) -> list[Entry]:
        wider = self._entries_read.get((name, slot, ROOT))
        if wider is not None:
            return [entry for entry in wider if entry[1] <= widest]
        entries: list[Entry] = []
        for at, term in enumerate(self._candidates(name, slot, widest)):
            if at % _POLL == 0 and cancelled():
                raise Cancelled
            accepted = slot.accepts(self._read(term))
            if accepted and accepted[0] <= widest:
                entries.append((term, accepted[0], self.reader.postings(name, term)))
        return entries

    def _candidates(self, name: Field, slot: Slot, widest: int) -> Iterable[bytes]:
        """Terms among which are all that the slot accepts, each once."""
        if isinstance(slot, PatternSlot):
            return self._lexicon(name).terms(slot)
        reading = slot.reading
        if not isinstance(slot, (WordSlot, FuzzySlot)):
            return self.reader.terms(name, (reading.root + SEPARATOR).encode())
        readings = (reading.root, "") if widest >= ROOT else (reading.root, reading.stem, "")
        prefix = SEPARATOR.join(readings)
        found = set(self.reader.terms(name, prefix.encode()))
        for form in _behind_proclitics(reading):
            if not form.startswith(prefix):
                found.update(self.reader.terms(name, form.encode()))
        if isinstance(slot, FuzzySlot):
            found.update(self._lexicon(name).terms(slot))
        return sorted(found)

    def _lexicon(self, name: Field) -> Lexicon:
        if name not in self._lexicons:
            try:
                self._lexicons[name] = Lexicon(self.reader.frequencies(name))
            except ValueError as error:
                raise self._damaged() from error
        return self._lexicons[name]

    def _read(self, term: bytes) -> Ladder:
        try:
            return ladder_of_term(term)
        except ValueError as error:
            raise self._damaged() from error

    def _damaged(self) -> Exception:
        return damaged(said("the index holds a term that is none"), self.reader.folder)


def _behind_proclitics(reading: Ladder) -> Iterator[str]:
    """What the terms of a word behind proclitics begin with."""
    for form, _ in with_proclitics(reading.folded)[1:]:
        stemmed = stem(form)
        yield SEPARATOR.join((root(stemmed), stemmed, form, ""))


def _sum(entries: Iterable[tuple[int, Postings]]) -> Counts:
    by_rung: list[list[Postings]] = [[] for _ in RUNGS]
    for rung, postings in entries:
        by_rung[rung].append(postings)
    counts: list[dict[int, int]] = []
    for new in by_rung:
        # Copying what the narrower rung has is several times faster than counting it again.
        into = dict(counts[-1]) if counts else {}
        for postings in new:
            if not into:
                into = dict(zip(postings.docs, postings.counts, strict=True))
                continue
            for doc, count in zip(postings.docs, postings.counts, strict=True):
                into[doc] = into.get(doc, 0) + count
        counts.append(into)
    return tuple(counts)
