"""How often something occurs in each document, at all rungs at once.

What is in few documents is kept as a list of them, what is in many as a table of all: adding to a table and reading
from it costs less than sorting and looking up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Final

import numpy as np

from kashaf_index.analysis import RUNGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Docs = NDArray[np.int64]
    Counts = NDArray[np.int32]
    Mask = NDArray[np.bool_]
    #: Documents in any order, as often as there is something to count, and how often each time: once where None.
    Postings = tuple[Docs, NDArray[np.integer] | None]

#: What has fewer postings than this share of all documents is kept as a list.
_SPARSE: Final = 32


@dataclass(slots=True)
class Occurrences:
    """Occurrences at one rung.

    docs: ascending documents, among which are all that have any; None for all documents. counts: of each of them.
    """

    docs: Docs | None
    counts: Counts
    _frequency: int | None = field(default=None, init=False)

    @property
    def nbytes(self) -> int:
        """What it takes in memory."""
        return self.counts.nbytes + (self.docs.nbytes if self.docs is not None else 0)

    @property
    def frequency(self) -> int:
        """In how many documents it occurs."""
        if self._frequency is None:
            self._frequency = int(np.count_nonzero(self.counts))
        return self._frequency

    def found(self) -> Docs:
        """The documents in which it occurs, ascending."""
        places = np.flatnonzero(self.counts != 0)
        return places if self.docs is None else self.docs.take(places)

    def mask(self, size: int) -> Mask:
        """Where it occurs, shape (size,)."""
        if self.docs is None:
            found: Mask = self.counts != 0
            return found
        mask = np.zeros(size, np.bool_)
        mask[self.docs] = self.counts != 0
        return mask

    def table(self, size: int) -> Counts:
        """The occurrences in each document, shape (size,). A copy."""
        if self.docs is None:
            return self.counts.copy()
        table = np.zeros(size, np.int32)
        table[self.docs] = self.counts
        return table


@dataclass(frozen=True, slots=True)
class Tally:
    """Occurrences by rung: a wider rung's hold the narrower one's. Rungs without any of their own share them."""

    rungs: tuple[Occurrences, ...]

    @property
    def nbytes(self) -> int:
        """What it takes in memory."""
        return sum({id(one): one.nbytes for one in self.rungs}.values())

    def masks(self, size: int, rungs: Iterable[int]) -> tuple[Mask, ...]:
        """Where it occurs at each of these rungs, shape (size,): the same array for rungs that agree."""
        made: dict[int, Mask] = {}
        wanted = [self.rungs[rung] for rung in rungs]
        for one in wanted:
            if id(one) not in made:
                made[id(one)] = one.mask(size)
        return tuple(made[id(one)] for one in wanted)


def tally(size: int, by_rung: Sequence[Sequence[Postings]]) -> Tally:
    """Add up the postings of each rung, which are those that no narrower one has, of documents below `size`."""
    made: list[Occurrences] = []
    few: list[Postings] = []
    total = 0
    table: Counts | None = None
    left = [sum(len(docs) for docs, _ in postings) for postings in by_rung]
    for rung, postings in enumerate(by_rung):
        total += left[rung]
        if not left[rung] and made:
            made.append(made[-1])
            continue
        few += postings
        if table is None and total * _SPARSE < size:
            made.append(_listed(few))
            continue
        if table is None:
            table = np.zeros(size, np.int32)
        for docs, counts in few:
            # Numbers of the table's own type are added several times faster than others.
            added = np.ones(len(docs), np.int32) if counts is None else counts.astype(np.int32, copy=False)
            np.add.at(table, docs, added)
        few = []
        made.append(Occurrences(None, table.copy() if any(left[rung + 1 :]) else table))
    return Tally(tuple(made))


def _listed(parts: Sequence[Postings]) -> Occurrences:
    """Postings as a list, its documents each once."""
    if not parts:
        return _NOWHERE
    docs = np.concatenate([docs for docs, _ in parts])
    counts = np.concatenate(
        [np.ones(len(docs), np.int32) if counts is None else counts for docs, counts in parts]
    ).astype(np.int32, copy=False)
    if len(docs) > 1 and not (docs[1:] > docs[:-1]).all():
        order = np.argsort(docs, kind="stable")
        docs, counts = docs[order], counts[order]
        begins = np.flatnonzero(np.concatenate(((True,), docs[1:] != docs[:-1])))
        docs, counts = docs[begins], np.add.reduceat(counts, begins, dtype=np.int32)
    return Occurrences(docs, counts)


def by_rung(docs: Docs, rungs: NDArray[np.uint8]) -> list[list[Postings]]:
    """Occurrences one by one, each with the narrowest rung at which it is one, as postings."""
    return [[(docs[np.flatnonzero(rungs == rung)], None)] for rung in range(len(RUNGS))]


_NOWHERE: Final = Occurrences(np.empty(0, np.int64), np.empty(0, np.int32))


def nothing() -> Tally:
    """Of what occurs nowhere."""
    return Tally((_NOWHERE,) * len(RUNGS))


def added_up(tallies: Sequence[Tally], size: int) -> Tally:
    """Occurrences of any of them, when none is an occurrence of two."""
    if len(tallies) == 1:
        return tallies[0]
    made: dict[tuple[int, ...], Occurrences] = {}
    rungs: list[Occurrences] = []
    for at_rung in zip(*(one.rungs for one in tallies), strict=True):
        key = tuple(map(id, at_rung))
        if key not in made:
            made[key] = reduce(lambda one, other: _sum(one, other, size), at_rung)
        rungs.append(made[key])
    return Tally(tuple(rungs))


def _sum(one: Occurrences, other: Occurrences, size: int) -> Occurrences:
    if one.docs is not None and other.docs is not None:
        return _listed([(one.docs, one.counts), (other.docs, other.counts)])
    return Occurrences(None, one.table(size) + other.table(size))
