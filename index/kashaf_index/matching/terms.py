"""What the words of units stand for in every segment's dictionary, remembered for a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kashaf.said import said
from kashaf_index.analysis import EXACT
from kashaf_index.codec.damage import damaged
from kashaf_index.matching import postings
from kashaf_index.matching.resolve import Painted, resolve, united
from kashaf_index.query.lexicon import Lexicon
from kashaf_index.query.plan import Field, Row, Unit
from kashaf_index.query.slots import FuzzySlot, PatternSlot, Slot
from kashaf_index.reading import IndexReader

#: A slot's terms, by segment.
SlotTerms = tuple[Painted, ...]

_KEPT: Final = 512


@dataclass(frozen=True, slots=True)
class Counting:
    """What to count. widest: the widest rung that is looked at. flat: narrower ones are not told apart."""

    unit: Unit
    widest: int
    flat: bool = False

    @property
    def field(self) -> Field:
        return self.unit.field


class Terms:
    """Keeps what recent slots stand for. Every method raises IndexDamaged. Not thread-safe."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._terms: dict[tuple[Slot, int | None], SlotTerms] = {}
        self._sizes: dict[tuple[Field, Slot, int], int] = {}
        self._lexicons: dict[str, Lexicon] = {}

    def forget(self) -> None:
        """Forget what earlier queries left."""
        self._terms.clear()
        self._sizes.clear()

    def followed(self, name: Field, slot: PatternSlot | FuzzySlot) -> tuple[frozenset[str] | None, int]:
        """See `Lexicon.followed`."""
        try:
            return self._lexicon(name).followed(slot)
        except ValueError as error:
            raise self._damaged() from error

    def of(self, slot: Slot, counting: Counting) -> SlotTerms:
        """What a slot stands for. All fields of words share their dictionary."""
        key = slot, counting.widest if counting.flat else None
        known = self._terms.pop(key, None)
        if known is None:
            if counting.flat:
                whole = self.of(slot, replace(counting, flat=False))
                known = tuple(one.flat(counting.widest) for one in whole)
            else:
                known = self._resolved(counting.field, slot)
            while len(self._terms) >= _KEPT:
                del self._terms[next(iter(self._terms))]
        self._terms[key] = known
        return known

    def united(self, rows: Sequence[Row], counting: Counting) -> SlotTerms:
        """What rows of one word stand for."""
        found = [(self.of(row.slots[0], counting), row.narrowest) for row in rows]
        if len(found) == 1 and (rows[0].narrowest == EXACT or counting.flat):
            return found[0][0]
        return tuple(
            united([(terms[at], narrowest) for terms, narrowest in found])
            for at in range(len(self._reader.segments))
        )

    def occurrences(self, slot: Slot, counting: Counting) -> int:
        """How often a slot occurs, in deleted documents too."""
        key = counting.field, slot, counting.widest
        known = self._sizes.get(key)
        if known is None:
            if len(self._sizes) >= _KEPT:
                self._sizes.clear()
            terms = self.of(slot, counting)
            known = postings.occurrences(self._reader, counting.field, terms, counting.widest)
            self._sizes[key] = known
        return known

    def _resolved(self, name: Field, slot: Slot) -> SlotTerms:
        segments = self._reader.segments
        if not isinstance(slot, (PatternSlot, FuzzySlot)):
            return tuple(resolve(slot, one.file.dictionary("words")) for one in segments)
        try:
            expanded = self._lexicon(name).ranges(slot)
        except ValueError as error:
            raise self._damaged() from error
        return tuple(
            resolve(slot, one.file.dictionary("words"), ranges)
            for one, ranges in zip(segments, expanded, strict=True)
        )

    def _lexicon(self, name: Field) -> Lexicon:
        if name not in self._lexicons:
            self._lexicons[name] = Lexicon(name, [one.file for one in self._reader.segments])
        return self._lexicons[name]

    def _damaged(self) -> Exception:
        return damaged(said("the index holds a term that is none"), self._reader.folder)
