"""Documents over several segments, and finding them by id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kashaf_index.codec.segment import SegmentFile

    Docs = NDArray[np.int64]
    Mask = NDArray[np.bool_]

_FEW_IDS: Final = 256
_MANY_IDS: Final = 4096


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the index. base: the number of its first document. deleted: those of its own that are; or none."""

    file: SegmentFile
    base: int
    deleted: Mask | None

    @property
    def end(self) -> int:
        return self.base + self.file.size


class Documents:
    """The documents of a generation's segments in one row, numbered from 0, deleted ones too, and their ids.

    Every method raises IndexDamaged when the files are not what was written. Arrays are not to be written to.
    """

    def __init__(self, segments: Iterable[tuple[SegmentFile, Mask | None]]) -> None:
        placed: list[Segment] = []
        base = 0
        for file, deleted in segments:
            placed.append(Segment(file, base, deleted if deleted is not None and deleted.any() else None))
            base += file.size
        self.segments = tuple(placed)
        #: Documents, deleted ones too.
        self.size = base
        self.live: Mask = np.ones(base, np.bool_)
        for one in placed:
            if one.deleted is not None:
                self.live[one.base : one.end] = ~one.deleted
        #: Documents that are not deleted.
        self.count = int(np.count_nonzero(self.live))

    @property
    def whole(self) -> bool:
        """Whether no document is deleted."""
        return self.count == self.size

    def id(self, doc: int) -> str:
        """The article id of a document."""
        one, own = self.place(doc)
        return one.file.id(own)

    def find(self, article_id: str) -> int:
        """The live document with the id; -1 when there is none."""
        for one in self.segments:
            own = one.file.find_id(article_id)
            if own >= 0 and self.live[one.base + own]:
                return one.base + own
        return -1

    def numbered(self, ids: Iterable[str]) -> Docs:
        """The live documents with these ids, ascending; ids that are not there are passed over."""
        wanted = list(ids)
        if len(wanted) <= _FEW_IDS and "numbers" not in self.__dict__:
            found = [doc for known in wanted if (doc := self.find(known)) >= 0]
        else:
            numbers = self.numbers
            found = [numbers[known] for known in wanted if known in numbers]
        return np.array(sorted(found), np.int64)

    def beginning(self, prefix: str, limit: int) -> list[str]:
        """Live ids that begin so, in order; no more than about `limit`."""
        found: set[str] = set()
        for one in self.segments:
            order = one.file.id_order()
            at = _lower(one.file, order, prefix)
            taken = 0
            while at < len(order) and taken < limit:
                known = one.file.id(int(order[at]))
                if not known.startswith(prefix):
                    break
                if self.live[one.base + int(order[at])]:
                    found.add(known)
                    taken += 1
                at += 1
        return sorted(found)

    @cached_property
    def ids(self) -> list[str]:
        """Article id of each document, deleted ones too. For who needs nearly all of them."""
        return [known for one in self.segments for known in one.file.ids()]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Live article id to document number. For who needs nearly all of them."""
        live = self.live.tolist()
        return {known: doc for doc, known in enumerate(self.ids) if live[doc]}

    @cached_property
    def id_ranks(self) -> NDArray[np.int64]:
        """Each document's place in the order of all ids. Costly over several segments."""
        if len(self.segments) == 1:
            return self._own_ranks(self.segments[0])
        order = np.argsort(np.array([known.encode("utf-8") for known in self.ids]), kind="stable")
        ranks = np.empty(self.size, np.int64)
        ranks[order] = np.arange(self.size)
        return ranks

    def first_by_id(self, docs: Docs, count: int) -> Docs:
        """The `count` documents of the smallest ids among `docs`, in the order of their ids."""
        if len(docs) > _FEW_IDS:
            docs = np.concatenate([self._first_of(one, docs, count) for one in self.segments])
        named = sorted(zip(self.ids_of(docs), docs.tolist(), strict=True))
        return np.array([doc for _, doc in named[:count]], np.int64)

    def _first_of(self, one: Segment, docs: Docs, count: int) -> Docs:
        own = docs[np.searchsorted(docs, one.base) : np.searchsorted(docs, one.end)]
        if len(own) <= count:
            return own
        ranks = self._own_ranks(one)[own - one.base]
        return own[np.argpartition(ranks, count - 1)[:count]] if count else own[:0]

    def ids_of(self, docs: Docs) -> list[str]:
        """The article ids of documents, in their order."""
        if len(docs) > _MANY_IDS:
            ids = self.ids
            return [ids[doc] for doc in docs.tolist()]
        if len(self.segments) == 1:
            return self.segments[0].file.ids_of(docs)
        found = [""] * len(docs)
        for one in self.segments:
            here = np.flatnonzero((docs >= one.base) & (docs < one.end))
            if len(here):
                for at, known in zip(here.tolist(), one.file.ids_of(docs[here] - one.base), strict=True):
                    found[at] = known
        return found

    def _own_ranks(self, one: Segment) -> NDArray[np.int64]:
        known = self._ranks.get(one.base)
        if known is None:
            order = one.file.id_order()
            known = np.empty(one.file.size, np.int64)
            known[order] = np.arange(one.file.size)
            self._ranks[one.base] = known
        return known

    @cached_property
    def _ranks(self) -> dict[int, NDArray[np.int64]]:
        return {}

    def place(self, doc: int) -> tuple[Segment, int]:
        """The segment of a document, and its number there."""
        for one in self.segments:
            if one.base <= doc < one.end:
                return one, doc - one.base
        raise IndexError(doc)


def _lower(file: SegmentFile, order: NDArray[Any], wanted: str) -> int:
    """The place in the order of ids of the first that is not less."""
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        if file.id(int(order[middle])) < wanted:
            low = middle + 1
        else:
            high = middle
    return low
