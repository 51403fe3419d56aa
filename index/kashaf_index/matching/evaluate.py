"""Which articles a plan matches at each rung, and how often: boolean logic over arrays, no scoring.

Everything is asked at all rungs at once, because the counts of all are always shown and a narrower rung's postings
are among the wider one's. A set of documents is a mask over all of them; occurrences are a `Tally`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kashaf.errors import Cancelled
from kashaf.said import said
from kashaf_index.analysis import FOLDED, ROOT, RUNGS
from kashaf_index.matching import postings, spans
from kashaf_index.matching.spans import WORD_BITS
from kashaf_index.matching.tallies import Occurrences, Tally, added_up, by_rung, nothing, tally
from kashaf_index.matching.terms import Counting, Terms
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
from kashaf_index.query.slots import FuzzySlot, PatternSlot, Slot
from kashaf_index.reading import IndexReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    #: By rung; rungs that agree share an array.
    Masks = tuple[Mask, ...]

_TALLIES: Final = 128 << 20  # bytes of tallies kept
_COUNTED: Final = 512  # words of which is known where they were counted
_MANY: Final = 4096  # occurrences that cost less to read than to avoid


def _never() -> bool:
    return False


class Evaluator:
    """Answers for one generation; keeps what recent units matched. Not thread-safe.

    Ask for bound plans only. Every method raises IndexDamaged, those that take `cancelled` raise Cancelled.
    """

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self._tallies: dict[Counting, Tally] = {}
        self._held = 0
        # Words that were counted, as which unit: a row looks only where all of its words are.
        self._counted: dict[tuple[Field, Slot], Counting] = {}
        self._terms = Terms(reader)

    def forget(self) -> None:
        """Forget what earlier queries left."""
        self._tallies.clear()
        self._counted.clear()
        self._terms.forget()
        self._held = 0

    def bind(self, plan: Plan, joined: Callable[[Joined], frozenset[int]]) -> tuple[Plan, tuple[str, ...]]:
        """The plan with its joined conditions answered, and its patterns and fuzzy words held to as many words as a
        search follows, with what to say of that.
        """
        notices: dict[str, None] = {}

        def change(name: Field, slot: Slot) -> Slot:
            if not isinstance(slot, (PatternSlot, FuzzySlot)):
                return slot
            only, count = self._terms.followed(name, slot)
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

    # Sets of documents

    def masks(
        self, plan: Plan, cancelled: Callable[[], bool] = _never, rungs: Sequence[int] = range(len(RUNGS))
    ) -> Masks:
        """The live documents that match at each of the rungs."""
        return self._masks(plan, cancelled, tuple(rungs), ROOT)

    def _masks(self, plan: Plan, cancelled: Callable[[], bool], rungs: tuple[int, ...], widest: int) -> Masks:
        reader = self.reader
        match plan:
            case Unit():
                if len(rungs) == 1 and widest == rungs[0]:
                    return (self.occurrences(plan, widest, cancelled).mask(reader.size),)
                return self.tally(plan, cancelled, widest).masks(reader.size, rungs)
            case AnyOf(items) | AllOf(items):
                how = np.logical_or if isinstance(plan, AnyOf) else np.logical_and
                return _combined(
                    how, [self._masks(item, cancelled, rungs, widest) for item in dict.fromkeys(items)]
                )
            case Without(item):
                # One rung for every count: a wider rung would exclude more, and no longer hold the narrower.
                (excluded,) = self._masks(item, cancelled, (FOLDED,), FOLDED)
                mask = reader.live & ~excluded
            case All():
                mask = reader.live
            case FromOutlet(key):
                mask = self._mask(postings.keyed(reader, "outlet", key.encode("utf-8")) if key else ())
            case InDates(first, last):
                mask = (reader.dates >= first) & (reader.dates <= last)
                mask &= reader.live
            case InLanguage(tag):
                of = reader.languages
                meant = np.array([_is_of(name.lower(), tag) for name in of.values], np.bool_)
                mask = meant[of.ordinals] & reader.live
            case Numbered(docs):
                mask = self._mask(docs)
            case Joined():
                raise TypeError("the plan was not bound")
        return (mask,) * len(rungs)

    def _mask(self, docs: Iterable[int]) -> Mask:
        mask = np.zeros(self.reader.size, np.bool_)
        numbers = docs if isinstance(docs, np.ndarray) else np.array(list(docs), np.int64)
        mask[numbers] = True
        return mask & self.reader.live

    # Occurrences

    def tally(self, unit: Unit, cancelled: Callable[[], bool] = _never, widest: int = ROOT) -> Tally:
        """Occurrences of the unit in live documents at every rung.

        widest: the widest rung that is looked at; those beyond it count as it does, which is cheaper.
        """
        return self._tally(Counting(unit, widest), cancelled)

    def occurrences(self, unit: Unit, rung: int, cancelled: Callable[[], bool] = _never) -> Occurrences:
        """Occurrences of the unit in live documents at one rung: cheaper than at every one."""
        return self._tally(Counting(unit, rung, flat=True), cancelled).rungs[ROOT]

    def _tally(self, counting: Counting, cancelled: Callable[[], bool]) -> Tally:
        if cancelled():
            raise Cancelled
        known = self._tallies.pop(counting, None)
        if known is None:
            known = self._count(counting, cancelled)
            self._make_room(known.nbytes)
        self._tallies[counting] = known
        return known

    def _count(self, counting: Counting, cancelled: Callable[[], bool]) -> Tally:
        unit, size = counting.unit, self.reader.size
        within = self._within(counting)
        if within is None:
            return nothing()
        if unit.parts:
            return self._near(counting, within, cancelled)
        found: list[Tally] = []
        for length, rows in _by_length(unit.rows, counting.widest).items():
            # Rows of different lengths are never the same occurrence.
            if length == 1:
                terms = self._terms.united(rows, counting)
                found.append(tally(size, postings.read(self.reader, unit.field, terms, counting.widest)))
                self._counted.update(((unit.field, row.slots[0]), counting) for row in rows)
            else:
                places, rungs = self._places(rows, counting, within, cancelled)
                found.append(tally(size, by_rung(places >> WORD_BITS, rungs)))
        return added_up(found, size) if found else nothing()

    def _within(self, counting: Counting) -> Mask | None:
        """Documents among which are all that have the unit, as far as it is known; None when none has it."""
        if counting.field == "lead":
            # The lead is the beginning of the text.
            text = self._tallies.get(Counting(replace(counting.unit, field="text"), ROOT))
            if text is not None:
                found = text.rungs[counting.widest]
                return found.mask(self.reader.size) if found.frequency else None
        return self.reader.live

    def _near(self, counting: Counting, within: Mask, cancelled: Callable[[], bool]) -> Tally:
        unit = counting.unit
        found: dict[Unit, spans.Spots] = {}
        for part in sorted(dict.fromkeys(unit.parts), key=lambda part: self._places_of(part, counting)):
            own = replace(counting, unit=replace(part, field=unit.field))
            spots = found[part] = spans.spots(
                (length, self._places(rows, own, within, cancelled))
                for length, rows in _by_length(part.rows, counting.widest).items()
            )
            if not len(spots.starts):
                return nothing()
            within = self._mask(spots.docs)
        items = [found[part] for part in unit.parts]
        if len(items) == 2:
            docs, rungs = spans.pairs(items[0], items[1], unit.distance)
        else:
            docs, rungs = spans.many(items, unit.distance, cancelled)
        return tally(self.reader.size, by_rung(docs, rungs))

    def _places_of(self, part: Unit, counting: Counting) -> int:
        """About how many places a part of a NEAR has."""
        return sum(min(self._size(slot, counting) for slot in row.slots) for row in part.rows)

    def _places(
        self, rows: Sequence[Row], counting: Counting, within: Mask, cancelled: Callable[[], bool]
    ) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Where rows of one length stand, and the narrowest rung of each place."""
        name, widest = counting.field, counting.widest
        if len(rows[0].slots) == 1:
            return spans.words(self.reader, name, self._terms.united(rows, counting), widest, within)
        found = []
        for row in rows:
            slots = [self._terms.of(slot, counting) for slot in row.slots]
            sizes = [self._size(slot, counting) for slot in row.slots]
            order = sorted(range(len(slots)), key=sizes.__getitem__)
            shared = self._shared(row, counting, within, cancelled)
            places, rungs = spans.row(self.reader, name, slots, order, widest, shared, cancelled)
            found.append((places, np.maximum(rungs, np.uint8(row.narrowest))))
        return spans.once(found)

    def _shared(self, row: Row, counting: Counting, within: Mask, cancelled: Callable[[], bool]) -> Mask:
        """Documents among which are all that hold every word of a row: places are read of no others."""
        name, widest = counting.field, counting.widest
        for slot in dict.fromkeys(row.slots):
            if cancelled():
                raise Cancelled
            if (counted := self._known(slot, counting)) is not None:
                within = within & counted.mask(self.reader.size)
            elif self._size(slot, counting) > _MANY:
                within = within & postings.holding(self.reader, name, self._terms.of(slot, counting), widest)
        return within

    def _known(self, slot: Slot, counting: Counting) -> Occurrences | None:
        """Occurrences among which are all of a slot, if it was counted before."""
        known = self._counted.get((counting.field, slot))
        tally = self._tallies.get(known) if known and known.widest >= counting.widest else None
        return tally.rungs[counting.widest] if tally else None

    def _size(self, slot: Slot, counting: Counting) -> int:
        """About how often a slot occurs."""
        if (counted := self._known(slot, counting)) is not None:
            return counted.frequency
        return self._terms.occurrences(slot, counting)

    def _make_room(self, needed: int) -> None:
        """Forget the units asked for longest ago until the cache holds no more than its share."""
        self._held += needed
        while self._tallies and self._held > _TALLIES:
            self._held -= self._tallies.pop(next(iter(self._tallies))).nbytes
        if len(self._counted) > _COUNTED:
            self._counted.clear()


def _by_length(rows: Iterable[Row], widest: int) -> dict[int, list[Row]]:
    """The rows that can match at the rung."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row.narrowest <= widest:
            found.setdefault(len(row.slots), []).append(row)
    return found


def _combined(how: np.ufunc, found: list[Masks]) -> Masks:
    made: dict[tuple[int, ...], Mask] = {}
    for at_rung in zip(*found, strict=True):
        key = tuple(map(id, at_rung))
        if key not in made:
            made[key] = at_rung[0] if len(at_rung) == 1 else how(at_rung[0], at_rung[1])
            for mask in at_rung[2:]:
                how(made[key], mask, out=made[key])
    return tuple(made[tuple(map(id, at_rung))] for at_rung in zip(*found, strict=True))


def _is_of(name: str, tag: str) -> bool:
    """Whether a language is the one of a tag, or one of its regions."""
    return name == tag or name.startswith(f"{tag}-")
