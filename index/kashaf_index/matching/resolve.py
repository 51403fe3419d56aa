"""What words of a query stand for in a dictionary: ranges of terms, each under the narrowest rung that accepts it.

A term holds a word's readings from wide to narrow (see `analysis`), so whatever a slot accepts begins with one of a
few prefixes: its root, its root and stem, and so on. Prefixes enclose each other or lie apart, and an enclosed one is
never of a wider rung.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from kashaf.text.clitics import with_proclitics
from kashaf.text.root import root
from kashaf.text.stem import stem
from kashaf_index.analysis import EXACT, FOLDED, ROOT, RUNGS, SEPARATOR, STEM, Ladder
from kashaf_index.query.slots import ExactSlot, FuzzySlot, PatternSlot, RootSlot, Slot, WordSlot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kashaf_index.codec.dictionary import Dictionary

    Ranges = NDArray[np.int64]
    #: By rung EXACT, FOLDED and STEM: ranges that a pattern or a fuzzy word stands for.
    Expanded = tuple[Ranges, Ranges, Ranges]

#: First term, the term after the last, rung.
Stretch = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Painted:
    """Ranges of terms of one dictionary.

    ranges: (k, 2), ascending, disjoint, none empty, [first, last) of each. rungs: (k,), the narrowest rung at which
    the terms of each are accepted.
    """

    ranges: Ranges
    rungs: NDArray[np.uint8]

    @classmethod
    def of(cls, stretches: Iterable[Stretch]) -> Painted:
        """Of any ranges; where they meet, the narrowest rung counts."""
        flat = np.array(list(_flattened(stretches)), np.int64).reshape(-1, 3)
        return cls(np.ascontiguousarray(flat[:, :2]), flat[:, 2].astype(np.uint8))

    @classmethod
    def expanded(cls, found: Expanded) -> Painted:
        """Of ranges by rung that are disjoint already."""
        ranges = np.concatenate(found)
        rungs = np.repeat(np.arange(len(found), dtype=np.uint8), [len(one) for one in found])
        order = np.argsort(ranges[:, 0], kind="stable")
        return cls(ranges[order], rungs[order])

    def __len__(self) -> int:
        return len(self.rungs)

    def stretches(self) -> Iterator[Stretch]:
        """The ranges one by one."""
        return zip(*self.ranges.T.tolist(), self.rungs.tolist(), strict=True)

    def upto(self, widest: int) -> Ranges:
        """All terms that are accepted at the rung, in as few ranges as they need. Shape (k, 2)."""
        chosen = self.ranges if widest >= ROOT else self.ranges[self.rungs <= widest]
        if len(chosen) < _MERGED_FROM:
            return chosen
        apart = chosen[1:, 0] != chosen[:-1, 1]
        if apart.all():
            return chosen
        firsts = chosen[np.concatenate(((True,), apart)), 0]
        lasts = chosen[np.concatenate((apart, (True,))), 1]
        return np.stack((firsts, lasts), axis=1)

    def at(self, rung: int) -> Ranges:
        """The terms for which the rung is the narrowest. Shape (k, 2)."""
        chosen: Ranges = self.ranges[self.rungs == rung]
        return chosen

    def flat(self, widest: int) -> Painted:
        """All terms that are accepted at the rung, as if at the narrowest."""
        ranges = self.upto(widest)
        return Painted(ranges, np.zeros(len(ranges), np.uint8))

    def within(self, widest: int) -> tuple[Ranges, NDArray[np.uint8]]:
        """The ranges and rungs of the terms that are accepted at the rung."""
        if widest >= ROOT:
            return self.ranges, self.rungs
        chosen = self.rungs <= widest
        return self.ranges[chosen], self.rungs[chosen]


_MERGED_FROM: Final = 2
_BARE: Final = len(RUNGS)
_BEGINS: Final = -1  # sorts first: where one range ends and one begins, nothing is bare
_ENDS: Final = 1


def united(painted: Sequence[tuple[Painted, int]]) -> Painted:
    """What any of them accepts. Each comes with the narrowest rung at which its terms may count."""
    if len(painted) == 1 and painted[0][1] == EXACT:
        return painted[0][0]
    return Painted.of(
        (first, last, max(rung, narrowest))
        for one, narrowest in painted
        for first, last, rung in one.stretches()
    )


def resolve(slot: Slot, dictionary: Dictionary, expanded: Expanded | None = None) -> Painted:
    """The terms that a slot accepts.

    expanded: for a pattern or a fuzzy word, what its `Lexicon` says. Raises IndexDamaged.
    """
    if isinstance(slot, PatternSlot):
        assert expanded is not None
        return Painted.expanded(expanded)
    stretches = list(_stretches(slot, dictionary))
    if isinstance(slot, FuzzySlot):
        assert expanded is not None
        for rung, ranges in enumerate(expanded):
            stretches += ((first, last, rung) for first, last in ranges.tolist())
    return Painted.of(stretches)


def _stretches(
    slot: WordSlot | ExactSlot | RootSlot | FuzzySlot, dictionary: Dictionary
) -> Iterator[Stretch]:
    reading = slot.reading
    if isinstance(slot, ExactSlot):
        yield from _exact(reading, dictionary)
        return
    prefixes = _prefixes(reading)
    of_root = dictionary.beginning(prefixes.root)
    if isinstance(slot, RootSlot):
        yield (*of_root, STEM)
        of_stem = of_root
    else:
        of_stem = dictionary.beginning(prefixes.stem) if of_root[0] < of_root[1] else of_root
        plain = isinstance(slot, FuzzySlot)
        tolerant = isinstance(slot, WordSlot) and slot.tolerant
        whole = isinstance(slot, WordSlot) and slot.whole
        if not whole:
            yield (*of_root, ROOT)
            yield (*of_stem, STEM)
        behind = FOLDED if tolerant else STEM
        forms = prefixes.stranger if plain or not (tolerant or whole) else prefixes.behind
        for form in forms:
            yield (*dictionary.beginning(form), behind)
    if of_stem[0] < of_stem[1]:
        of_fold = dictionary.beginning(prefixes.folded)
        yield (*of_fold, FOLDED)
        if of_fold[0] < of_fold[1]:
            yield from _exact(reading, dictionary)


def _exact(reading: Ladder, dictionary: Dictionary) -> Iterator[Stretch]:
    at = dictionary.find(reading.term())
    if at >= 0:
        yield at, at + 1, EXACT


@dataclass(frozen=True, slots=True)
class _Prefixes:
    """What the terms of a word begin with.

    behind: of the word behind each proclitic; stranger: of those whose stem is another than the word's.
    """

    root: bytes
    stem: bytes
    folded: bytes
    behind: tuple[bytes, ...]
    stranger: tuple[bytes, ...]


@lru_cache(maxsize=2048)
def _prefixes(reading: Ladder) -> _Prefixes:
    behind: list[bytes] = []
    stranger: list[bytes] = []
    for form, _ in with_proclitics(reading.folded)[1:]:
        stemmed = stem(form)
        prefix = _prefix(root(stemmed), stemmed, form)
        behind.append(prefix)
        if stemmed != reading.stem:
            stranger.append(prefix)
    return _Prefixes(
        _prefix(reading.root),
        _prefix(reading.root, reading.stem),
        _prefix(*reading[: len(RUNGS) - FOLDED]),
        tuple(behind),
        tuple(stranger),
    )


def _prefix(*readings: str) -> bytes:
    return SEPARATOR.join((*readings, "")).encode("utf-8")


def _flattened(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Disjoint ranges out of any, each under the narrowest rung of those that cover it."""
    borders: list[tuple[int, int, int]] = []
    for first, last, rung in stretches:
        if first < last:
            borders.append((first, _BEGINS, rung))
            borders.append((last, _ENDS, rung))
    borders.sort()
    covering = [0] * (len(RUNGS) + 1)
    covering[_BARE] = 1
    begun, current = 0, _BARE
    for at, change, rung in borders:
        covering[rung] -= change
        if change == _BEGINS and rung >= current:
            continue
        narrowest = next(rung for rung, count in enumerate(covering) if count)
        if narrowest != current:
            if current != _BARE and begun < at:
                yield begun, at, current
            begun, current = at, narrowest
