"""Which articles a plan matches at each rung, and how often: sets of whole posting lists, no scoring.

Everything is asked at all three rungs at once, because the counts of all three are always shown and a narrower
rung's postings are among the wider one's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Final

from kashaf.errors import Cancelled
from kashaf.said import said
from kashaf.text.stem import stem
from kashaf_index.analysis import FOLDED, RUNGS, SEPARATOR, Ladder, ladder_of_term, unpack_positions
from kashaf_index.opening import damaged
from kashaf_index.query.compile import All, AllOf, AnyOf, FromOutlet, InDates, Plan, Slot, Unit, Without
from kashaf_index.reading import IndexReader, Postings

#: By rung: document number to occurrences. Each rung's holds what the narrower one's does.
Counts = tuple[dict[int, int], dict[int, int], dict[int, int]]

_CACHED: Final = 2_000_000  # counts kept: about 200 MB at most
_POLL: Final = 128
_ABSENT: Final = len(RUNGS)


@dataclass(slots=True)
class Evaluator:
    """Answers for one generation; keeps what recent units matched. Not thread-safe."""

    reader: IndexReader
    _counts: dict[Unit, Counts] = field(default_factory=dict)
    _by_fold: dict[str, list[tuple[bytes, bytes]]] = field(default_factory=dict)

    def docs(self, plan: Plan, rung: int, cancelled: Callable[[], bool] = lambda: False) -> Set[int]:
        """Live documents that match at the rung. Raises Cancelled and IndexDamaged."""
        match plan:
            case Unit():
                return self.counts(plan, cancelled)[rung].keys()
            case FromOutlet(key):
                return frozenset(self.reader.postings("outlet", key.encode()).docs) if key else frozenset()
            case InDates(first, last):
                dates = self.reader.dates
                return frozenset(doc for doc in self.reader.live if first <= dates[doc] <= last)
            case All():
                return self.reader.live
            case Without(item):
                # One rung for every count: a wider rung would exclude more, and no longer hold the narrower.
                return self.reader.live - self.docs(item, FOLDED, cancelled)
            case AnyOf(items):
                return frozenset().union(*(self.docs(item, rung, cancelled) for item in items))
            case AllOf(items):
                found = sorted((self.docs(item, rung, cancelled) for item in items), key=len)
                return frozenset(found[0]).intersection(*found[1:])

    def counts(self, unit: Unit, cancelled: Callable[[], bool] = lambda: False) -> Counts:
        """Occurrences of the unit by rung and document. Raises Cancelled and IndexDamaged."""
        known = self._counts.pop(unit, None)
        if known is None:
            found = [self._entries(unit.field, slot, cancelled) for slot in unit.slots]
            known = _sum(found[0]) if len(found) == 1 else _in_a_row(found, cancelled)
            self._make_room(sum(map(len, known)))
        self._counts[unit] = known
        return known

    def _make_room(self, needed: int) -> None:
        """Forget the units asked for longest ago until the cache holds no more than its share."""
        held = needed + sum(len(by_doc) for counts in self._counts.values() for by_doc in counts)
        while self._counts and held > _CACHED:
            oldest = self._counts.pop(next(iter(self._counts)))
            held -= sum(map(len, oldest))

    def _entries(self, name: str, slot: Slot, cancelled: Callable[[], bool]) -> list[tuple[int, Postings]]:
        """The postings of every term the slot accepts, each with its narrowest rung."""
        entries: list[tuple[int, Postings]] = []
        for at, (term, word) in enumerate(self._candidates(name, slot)):
            if at % _POLL == 0 and cancelled():
                raise Cancelled
            accepted = slot.accepts(word)
            if accepted:
                entries.append((accepted[0], self.reader.postings(name, term)))
        return entries

    def _candidates(self, name: str, slot: Slot) -> Iterable[tuple[bytes, Ladder]]:
        """Terms among which are all that the slot accepts."""
        if slot.prefix:
            terms = {term for form, _ in slot.forms() for term in self._beginning(name, form.encode())}
            return [(term, self._read(term)) for term in sorted(terms)]
        prefixes = {slot.reading.stem + SEPARATOR}
        prefixes |= {f"{stem(form)}{SEPARATOR}{form}{SEPARATOR}" for form, _ in slot.forms()[1:]}
        terms = {term for prefix in prefixes for term in self.reader.terms(name, prefix.encode())}
        return [(term, self._read(term)) for term in sorted(terms)]

    def _beginning(self, name: str, folded: bytes) -> Iterator[bytes]:
        """Terms whose fold begins so. The index has them in the order of their stems, so they are sorted here."""
        if name not in self._by_fold:
            separator = SEPARATOR.encode()
            self._by_fold[name] = sorted(
                (term.partition(separator)[2], term) for term in self.reader.all_terms(name)
            )
        terms = self._by_fold[name]
        for at in range(bisect_left(terms, (folded, b"")), len(terms)):
            if not terms[at][0].startswith(folded):
                return
            yield terms[at][1]

    def _read(self, term: bytes) -> Ladder:
        try:
            return ladder_of_term(term)
        except ValueError as error:
            raise damaged(said("the index holds a term that is none"), self.reader.folder) from error


def _sum(entries: list[tuple[int, Postings]]) -> Counts:
    counts: Counts = ({}, {}, {})
    for narrowest, postings in entries:
        for rung in range(narrowest, len(RUNGS)):
            into = counts[rung]
            if not into:
                into.update(zip(postings.docs, postings.counts, strict=True))
                continue
            for doc, count in zip(postings.docs, postings.counts, strict=True):
                into[doc] = into.get(doc, 0) + count
    return counts


def _in_a_row(slots: list[list[tuple[int, Postings]]], cancelled: Callable[[], bool]) -> Counts:
    """Occurrences of a phrase: its rung is that of its widest word."""
    counts: Counts = ({}, {}, {})
    shared = frozenset.intersection(
        *(frozenset(doc for _, postings in entries for doc in postings.docs) for entries in slots)
    )
    if not shared:
        return counts
    # For each slot and shared document: position to narrowest rung.
    tables: list[dict[int, dict[int, int]]] = []
    for entries in slots:
        if cancelled():
            raise Cancelled
        table: dict[int, dict[int, int]] = {doc: {} for doc in shared}
        for rung, postings in entries:
            for doc, packed in zip(postings.docs, postings.positions, strict=True):
                if doc in shared:
                    table[doc].update(dict.fromkeys(unpack_positions(packed), rung))
        tables.append(table)
    for doc in shared:
        first, *others = (table[doc] for table in tables)
        for start, of_first in first.items():
            rungs = [
                of_first,
                *(other.get(start + offset, _ABSENT) for offset, other in enumerate(others, 1)),
            ]
            for rung in range(max(rungs), len(RUNGS)):
                counts[rung][doc] = counts[rung].get(doc, 0) + 1
    return counts
