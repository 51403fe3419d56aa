"""Whoosh's view of one term: its postings one call at a time, in blocks whose best score can be known beforehand.

For what has no array form, and for whoever brings a query of Whoosh's. The engine's own searches read whole arrays.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import IntersectionMatcher, LeafMatcher, ReadTooFar
from whoosh.query.spans import Span
from whoosh.reading import TermInfo

from kashaf_index.codec.postings import Postings
from kashaf_index.matching.nearness import Spot

#: Postings that share a bound of their scores; Whoosh's own number.
BLOCK: Final = 128
_COUNT: Final = struct.Struct("!I")
_WORD_BITS: Final = 32


class TermPostings:
    """The postings of one term in one segment, each part read when it is first asked for. Raises IndexDamaged.

    lengths: of the field in every document, in tokens; None where the field's are not kept.
    """

    def __init__(self, postings: Postings, number: int, lengths: NDArray[np.uint32] | None = None) -> None:
        self._postings = postings
        self._range = np.array([[number, number + 1]], np.int64)
        self._lengths = lengths

    @cached_property
    def _read(self) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        return self._postings.read(self._range)

    @cached_property
    def docs(self) -> list[int]:
        """Document numbers in ascending order."""
        docs: list[int] = self._read[0].tolist()
        return docs

    @cached_property
    def counts(self) -> list[int]:
        """Occurrences in each of `docs`."""
        counts: list[int] = self._read[1].tolist()
        return counts

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        _, positions = self._postings.places(self._range, None)
        return positions.tolist(), [0, *np.cumsum(self._read[1], dtype=np.int64).tolist()]

    def positions(self, at: int) -> list[int]:
        """Where the term stands in the document `docs[at]`, in tokens."""
        positions, ends = self._places
        return positions[ends[at] : ends[at + 1]]

    @cached_property
    def most(self) -> list[int]:
        """The most occurrences of each block."""
        most: list[int] = np.maximum.reduceat(self._read[1], self._blocks).tolist()
        return most

    @cached_property
    def shortest(self) -> list[int]:
        """The shortest length of each block; zeros where lengths are not kept."""
        if self._lengths is None:
            return [0] * len(self._blocks)
        shortest: list[int] = np.minimum.reduceat(self._lengths[self._read[0]], self._blocks).tolist()
        return shortest

    @cached_property
    def longest(self) -> int:
        return 0 if self._lengths is None else int(self._lengths[self._read[0]].max())

    def info(self) -> Any:
        """What Whoosh wants to know of a term. Computed, not kept on disk."""
        return TermInfo(
            weight=float(sum(self.counts)),
            df=len(self.docs),
            minlength=min(self.shortest),
            maxlength=self.longest,
            maxweight=float(max(self.most)),
            minid=self.docs[0],
            maxid=self.docs[-1],
        )

    @property
    def _blocks(self) -> NDArray[np.int64]:
        return np.arange(0, len(self._read[0]), BLOCK)


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Steps through the postings of a term. format_: of the field, for who wants them encoded."""

    def __init__(
        self, postings: TermPostings, format_: Any, scorer: Any = None, term: tuple[str, bytes] | None = None
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._postings = postings
        self._ids = postings.docs
        self._at = 0

    def copy(self) -> Self:
        other = type(self)(self._postings, self.format, self.scorer, self._term)
        other._at = self._at
        return other

    def reset(self) -> None:
        self._at = 0

    def is_active(self) -> bool:
        return self._at < len(self._ids)

    def id(self) -> int:
        return self._ids[self._at]

    def all_ids(self) -> Any:
        return iter(self._ids[self._at :])

    def next(self) -> bool:
        """Returns whether another block begins. Raises ReadTooFar."""
        if self._at >= len(self._ids):
            raise ReadTooFar
        self._at += 1
        return self._at % BLOCK == 0 or self._at == len(self._ids)

    def skip_to(self, id: int) -> None:  # noqa: A002 -- Whoosh's name
        """Raises ReadTooFar."""
        if self._at >= len(self._ids):
            raise ReadTooFar
        if id > self._ids[self._at]:
            self._at = bisect_left(self._ids, id, self._at)

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._at = min((self._at // BLOCK + 1) * BLOCK, len(self._ids))
            skipped += 1
        return skipped

    # Values

    def weight(self) -> float:
        return float(self._postings.counts[self._at])

    def value(self) -> bytes:
        """The posting as the field's format encodes it."""
        if self.supports("positions"):
            encoded: bytes = self.format.encode(self._postings.positions(self._at))
            return encoded
        # Whoosh's formats without positions keep a number, or nothing at all.
        return _COUNT.pack(self._postings.counts[self._at]) if self.format.posting_size else b""

    def value_as(self, astype: str) -> Any:
        match astype:
            case "weight":
                return self.weight()
            case "frequency":
                return self._postings.counts[self._at]
            case "positions":
                return self._postings.positions(self._at)
            case _:
                return super().value_as(astype)

    def all_items(self) -> Any:
        while self.is_active():
            yield self.id(), self.value()
            self.next()

    def items_as(self, astype: str) -> Any:
        while self.is_active():
            yield self.id(), self.value_as(astype)
            self.next()

    # Blocks

    def block_min_id(self) -> int:
        return self._ids[self._at // BLOCK * BLOCK]

    def block_max_id(self) -> int:
        return self._ids[min((self._at // BLOCK + 1) * BLOCK, len(self._ids)) - 1]

    def block_min_length(self) -> int:
        return self._postings.shortest[self._at // BLOCK]

    def block_max_length(self) -> int:
        return self._postings.longest

    def block_max_weight(self) -> float:
        return float(self._postings.most[self._at // BLOCK])


class SpotsMatcher(LeafMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Steps through documents in which something stands, with the places where it does. It scores nothing.

    docs, starts, ends, rungs: of every place, aligned, in any order; words `[start, end)`.
    """

    def __init__(
        self,
        docs: NDArray[np.int64],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        rungs: NDArray[np.integer[Any]],
    ) -> None:
        keys = (docs << _WORD_BITS) + starts
        if len(keys) and bool((keys[1:] < keys[:-1]).any()):
            order = np.argsort(keys, kind="stable")
            docs, starts, ends, rungs = docs[order], starts[order], ends[order], rungs[order]
        self._starts, self._ends, self._rungs = starts, ends, rungs
        firsts = np.flatnonzero(np.diff(docs, prepend=-1))
        self._ids: list[int] = docs[firsts].tolist()
        self._firsts: list[int] = [*firsts.tolist(), len(docs)]
        self._at = 0
        self._term = None
        self.scorer = None

    def is_active(self) -> bool:
        return self._at < len(self._ids)

    def reset(self) -> None:
        self._at = 0

    def id(self) -> int:
        return self._ids[self._at]

    def next(self) -> bool:
        """Raises ReadTooFar."""
        if self._at >= len(self._ids):
            raise ReadTooFar
        self._at += 1
        return False

    def skip_to(self, id: int) -> None:  # noqa: A002 -- Whoosh's name
        """Raises ReadTooFar."""
        if self._at >= len(self._ids):
            raise ReadTooFar
        self._at = bisect_left(self._ids, id, self._at)

    def spots(self) -> list[Spot]:
        """Where it stands in the document at hand, in the order of the text."""
        at = slice(self._firsts[self._at], self._firsts[self._at + 1])
        return list(map(Spot, self._starts[at].tolist(), self._ends[at].tolist(), self._rungs[at].tolist()))

    def spans(self) -> list[Any]:
        """The same as Whoosh counts words: the last one included."""
        return [Span(spot.start, spot.end - 1) for spot in self.spots()]

    def weight(self) -> float:
        return float(self._firsts[self._at + 1] - self._firsts[self._at])

    def supports(self, astype: str) -> bool:
        return astype in ("positions", "frequency", "weight")


def together(parts: Sequence[SpotsMatcher]) -> Iterator[tuple[int, list[list[Spot]]]]:
    """Documents that all parts are in, and where each part stands. Whoosh's matchers step from where they are."""
    tree = reduce(IntersectionMatcher, parts)
    while tree.is_active():
        yield tree.id(), [part.spots() for part in parts]
        tree.next()
