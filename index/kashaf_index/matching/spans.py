"""Where words stand in a row or near each other, by arrays of all their occurrences.

A place is one number: document << 32 | word. Sorted, places of a row's second word are those of the first moved by
one wherever the words stand together, so rows are found by sorting both and looking for equal neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kashaf.errors import Cancelled
from kashaf_index.analysis import RUNGS
from kashaf_index.matching import postings
from kashaf_index.matching.nearness import chains

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kashaf_index.codec.matcher import SpotsMatcher
    from kashaf_index.matching.resolve import Painted
    from kashaf_index.reading import IndexReader

    Places = NDArray[np.int64]
    Rungs = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

WORD_BITS: Final = 32
_RUNG_BITS: Final = 2
_RUNG: Final = (1 << _RUNG_BITS) - 1
_ABSENT: Final = len(RUNGS)
_POLL: Final = 128


@dataclass(frozen=True, slots=True)
class Spots:
    """Occurrences of an item. starts: places of their first words, ascending. lengths: in words. rungs: of each."""

    starts: Places
    lengths: NDArray[np.int64]
    rungs: Rungs

    @property
    def docs(self) -> NDArray[np.int64]:
        """The document of each."""
        return self.starts >> WORD_BITS

    @property
    def ends(self) -> Places:
        """The place behind the last word of each."""
        return self.starts + self.lengths


def words(
    reader: IndexReader, field: str, painted: Sequence[Painted], widest: int, within: Mask
) -> tuple[Places, Rungs]:
    """Every place where one of the terms stands, ascending, and its rung. painted: by segment."""
    docs, positions, rungs = postings.places(reader, field, painted, widest, within)
    docs <<= WORD_BITS
    docs |= positions
    return _sorted(docs, rungs)


def row(
    reader: IndexReader,
    field: str,
    slots: Sequence[Sequence[Painted]],
    order: Sequence[int],
    widest: int,
    within: Mask,
    cancelled: Callable[[], bool],
) -> tuple[Places, Rungs]:
    """Every place where words stand in a row that the slots accept one by one, and the rung of the widest.

    order: in which the slots are read, the rarest first: of the others only documents that are left are.
    """
    found: Places = np.empty(0, np.int64)
    for step, at in enumerate(order):
        if cancelled():
            raise Cancelled
        docs, positions, rungs = postings.places(reader, field, slots[at], widest, within)
        # A place before a text's beginning is one of no text: the first word is never there.
        own = (((docs << WORD_BITS) + positions - at) << _RUNG_BITS) | rungs
        found = np.sort(own) if not step else _met(found, own)
        if not len(found):
            break
        if step + 1 < len(order):
            within = np.zeros(len(within), np.bool_)
            within[found >> WORD_BITS + _RUNG_BITS] = True
    return found >> _RUNG_BITS, (found & _RUNG).astype(np.uint8)


def _met(one: Places, other: Places) -> Places:
    """The places of both, with the wider rung; each holds a place once. Both have the rung in their last bits."""
    both = np.sort(np.concatenate((one, other)))
    places = both >> _RUNG_BITS
    first = np.flatnonzero(places[1:] == places[:-1])
    # Of two equal places the second has the wider rung: it sorts so.
    return both[first + 1]


def _sorted(places: Places, rungs: Rungs) -> tuple[Places, Rungs]:
    places <<= _RUNG_BITS
    places |= rungs
    places.sort()
    return places >> _RUNG_BITS, (places & _RUNG).astype(np.uint8)


def once(found: Sequence[tuple[Places, Rungs]]) -> tuple[Places, Rungs]:
    """Places of several rows of one length, each once, at its narrowest rung."""
    if len(found) == 1:
        return found[0]
    places, rungs = _sorted(
        np.concatenate([places for places, _ in found]), np.concatenate([rungs for _, rungs in found])
    )
    first = np.flatnonzero(np.concatenate(((True,), places[1:] != places[:-1]))) if len(places) else places
    return places[first], rungs[first]


def spots(by_length: Iterable[tuple[int, tuple[Places, Rungs]]]) -> Spots:
    """Places of rows of several lengths as spots."""
    found = list(by_length) or [(1, (np.empty(0, np.int64), np.empty(0, np.uint8)))]
    starts = np.concatenate([places for _, (places, _) in found])
    rungs = np.concatenate([rungs for _, (_, rungs) in found])
    lengths = np.repeat([length for length, _ in found], [len(places) for _, (places, _) in found])
    if len(found) > 1:
        order = np.argsort(starts, kind="stable")
        starts, rungs, lengths = starts[order], rungs[order], lengths[order]
    return Spots(starts, lengths, rungs)


def pairs(one: Spots, other: Spots, distance: int) -> tuple[NDArray[np.int64], Rungs]:
    """Where two items are met, as `nearness.chains` sees it: the document and the rung of each chain."""
    found = [_ended(one, other, distance), _ended(other, one, distance)]
    return np.concatenate([docs for docs, _ in found]), np.concatenate([rungs for _, rungs in found])


def _ended(last: Spots, before: Spots, distance: int) -> tuple[NDArray[np.int64], Rungs]:
    """The chains of two that end with a spot of `last`."""
    starts, rungs = last.starts, np.full(len(last.starts), _ABSENT, np.uint8)
    # The places of an end that are near enough; not those of the document before.
    nearest = np.maximum(starts - (distance - 1), last.docs << WORD_BITS)
    ends = before.ends
    for rung in np.unique(before.rungs).tolist():
        reached = np.sort(ends[np.flatnonzero(before.rungs <= rung)])
        at = np.searchsorted(reached, starts, side="right") - 1
        met = (at >= 0) & (reached[at] >= nearest) & (rungs == _ABSENT)
        rungs[met] = np.maximum(last.rungs[met], rung)
    met = np.flatnonzero(rungs < _ABSENT)
    return last.docs[met], rungs[met]


def many(
    items: Sequence[Spots], distance: int, cancelled: Callable[[], bool]
) -> tuple[NDArray[np.int64], Rungs]:
    """Where any number of items are met: the document and the rung of each chain.

    Whoosh's matchers step to the documents that hold all of them.
    """
    from kashaf_index.codec.matcher import SpotsMatcher, together  # noqa: PLC0415 -- Whoosh is seldom needed

    docs: list[int] = []
    rungs: list[int] = []
    matchers = [_matcher(SpotsMatcher, item) for item in items]
    for read, (doc, in_doc) in enumerate(together(matchers)):
        if read % _POLL == 0 and cancelled():
            raise Cancelled
        for chain in chains(in_doc, distance):
            docs.append(doc)
            rungs.append(max(spot.rung for spot in chain))
    return np.array(docs, np.int64), np.array(rungs, np.uint8)


def _matcher(kind: type[SpotsMatcher], item: Spots) -> SpotsMatcher:
    words = item.starts & (1 << WORD_BITS) - 1
    return kind(item.docs, words, words + item.lengths, item.rungs)
