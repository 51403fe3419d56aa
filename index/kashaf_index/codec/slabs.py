"""One slab of a field's postings: the arrays that `postings` describes, and copying stretches out of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.blobs import inconsistent, stored_array
from kashaf_index.codec.container import Container, StoredArray
from kashaf_index.codec.numbers import spread

#: Documents of a slab, at most 65,536. A segment names its own; tests make it small.
SLAB: Final = 1 << 16
COUNT_ESCAPE: Final = 255
POSITION_ESCAPE: Final = 65535

#: Of more numbers than this, below this share of which is wanted, sums are made between those instead of at each.
_BRIEF: Final = 1 << 12
_SPARSE: Final = 0.06
#: Up to so many numbers, or so many for each that is wanted, are looked at together.
_NEAR: Final = 1 << 13
_BROAD: Final = 8
_FIRST: Final = np.zeros(1, np.int64)

#: Stretches that are shorter on average are taken one number at a time.
_SHORT: Final = 4

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FieldShape:
    """What a field holds. `rows` are the terms that occur, `every` whether these are all of the dictionary."""

    counts: bool
    positions: bool
    rows: int
    every: bool
    postings: int
    occurrences: int


class Labels(NamedTuple):
    """What the postings of ranges are called: up to the first of `ends` by the first of `values`, and so on."""

    values: NDArray[Any]
    ends: Numbers

    def of(self, kept: Numbers) -> NDArray[Any]:
        """The labels of these postings."""
        return self.values[np.searchsorted(self.ends, kept, side="right")]

    def all(self) -> NDArray[Any]:
        """The labels of all postings."""
        return np.repeat(self.values, np.diff(self.ends, prepend=0))


class Spans(NamedTuple):
    """Stretches of one slab's arrays, none of them empty: postings `[begins, begins + sizes)` of rows `[lo, hi)`."""

    lo: Numbers
    hi: Numbers
    begins: Numbers
    sizes: Numbers


class _Values:
    """Small numbers, the large ones among them kept aside."""

    __slots__ = ("_at", "_limit", "_more", "_raw", "_where")

    def __init__(self, container: Container, name: str, limit: int, length: int | None = None) -> None:
        self._where = (container, name)
        self._raw = stored_array(container, name, length)
        self._limit = limit
        self._at: StoredArray | None = None
        self._more: StoredArray | None = None
        if f"{name}.at" in container:
            self._at = stored_array(container, f"{name}.at")
            self._more = stored_array(container, f"{name}.more", len(self._at))

    def __len__(self) -> int:
        return len(self._raw)

    def into(self, out: NDArray[Any], begins: Numbers, sizes: Numbers) -> None:
        """Copy the stretches one after another into `out`, which they fill."""
        if len(begins) == 1:
            self.stretch_into(out, int(begins[0]), int(begins[0] + sizes[0]))
        elif len(out) <= _SHORT * len(begins):
            out[:] = self.take(spread(begins, sizes))
        else:
            gathered = self._raw.gather(begins, sizes)
            out[:] = gathered
            if self._holds_large(gathered):
                where = np.flatnonzero(gathered == self._limit)
                ends = np.cumsum(sizes)
                stretch = np.searchsorted(ends, where, side="right")
                self._mend(out, where, where + (begins - (ends - sizes))[stretch])

    def take(self, places: Numbers) -> Numbers:
        """The numbers at these places, of any order."""
        taken = self._raw.take(places)
        out = taken.astype(np.int64)
        if self._holds_large(taken):
            where = np.flatnonzero(taken == self._limit)
            self._mend(out, where, places[where])
        return out

    def sums(self, begin: int, end: int, kept: Numbers) -> tuple[Numbers, Numbers, int]:
        """Of the places `kept` of `[begin, end)`, which ascend and are some: the sum of all before each, the number
        at each. And the sum of all."""
        piece = self._raw.slice(begin, end)
        values = piece
        if self._holds_large(piece):
            values = np.empty(end - begin, np.int64)
            self.stretch_into(values, begin, end)
        elif len(piece) > _BRIEF and len(kept) < _SPARSE * len(piece):
            sums = np.add.reduceat(piece, np.concatenate((_FIRST, kept)), dtype=np.int64).cumsum()
            # Between two equal places there is one number to it, where there should be none.
            shift = int(piece[0]) if kept[0] == 0 else 0
            return sums[:-1] - shift, piece.take(kept).astype(np.int64), int(sums[-1]) - shift
        sums = values.cumsum(dtype=np.int64)
        numbers = values.take(kept).astype(np.int64)
        return sums.take(kept) - numbers, numbers, int(sums[-1])

    def among(self, begin: int, size: int, places: Numbers) -> Numbers:
        """The numbers at these places of `[begin, begin + size)`."""
        if size > _NEAR and size > _BROAD * len(places):
            return self.take(places + begin)
        try:
            taken = self._raw.slice(begin, begin + size).take(places)
        except IndexError as error:
            raise inconsistent(*self._where) from error
        out = taken.astype(np.int64)
        if self._holds_large(taken):
            where = np.flatnonzero(taken == self._limit)
            self._mend(out, where, places[where] + begin)
        return out

    def stretch_into(self, out: NDArray[Any], begin: int, end: int) -> None:
        """Copy `[begin, end)`, which is not empty, into `out`, which it fills."""
        piece = self._raw.slice(begin, end)
        out[:] = piece
        if self._holds_large(piece):
            where = np.flatnonzero(piece == self._limit)
            self._mend(out, where, where + begin)

    def _holds_large(self, values: NDArray[Any]) -> bool:
        return self._at is not None and len(values) > 0 and bool(values.max() == self._limit)

    def _mend(self, out: NDArray[Any], where: Numbers, numbers: Numbers) -> None:
        if self._at is None or self._more is None or not len(self._at):
            raise inconsistent(*self._where)
        at = self._at.all()
        found = np.minimum(np.searchsorted(at, numbers.astype(at.dtype)), len(at) - 1)
        if not np.array_equal(at[found].astype(np.int64), numbers):
            raise inconsistent(*self._where)
        out[where] = self._more.take(found.astype(np.int64))


class Slab:
    """One slab's arrays."""

    __slots__ = (
        "_container",
        "_docs",
        "_length",
        "_name",
        "_places",
        "_start",
        "base",
        "counts",
        "documents",
        "positions",
    )

    def __init__(
        self, container: Container, name: str, shape: FieldShape, base: int, documents: int, slab: int
    ) -> None:
        self._container = container
        self._name = name
        self.base = base
        #: What the documents' numbers must stay below; None when they cannot but.
        self.documents = None if documents == slab == 1 << 16 else documents
        self._start = stored_array(container, f"{name}.start", shape.rows + 1)
        self._docs = stored_array(container, f"{name}.docs")
        self._length = len(self._docs)
        self.counts = self.positions = self._places = None
        if shape.counts:
            self.counts = _Values(container, f"{name}.counts", COUNT_ESCAPE, self._length)
        if shape.positions:
            self._places = stored_array(container, f"{name}.places", shape.rows + 1)
            self.positions = _Values(container, f"{name}.positions", POSITION_ESCAPE)

    def frequency(self, lo: int, hi: int) -> int:
        return self._start.item(hi) - self._start.item(lo)

    def occurrences(self, lo: int, hi: int) -> int:
        return self._places.item(hi) - self._places.item(lo) if self._places is not None else 0

    def sizes(self, lo: int, hi: int) -> Numbers:
        """Postings of each row of `[lo, hi)`."""
        start = self._start.slice(lo, hi + 1).astype(np.int64)
        return self._checked(start[1:] - start[:-1], int(start[-1]))

    def occurrence_sizes(self, lo: int, hi: int) -> Numbers:
        """Positions of each row of `[lo, hi)`."""
        if self._places is None or self.positions is None:
            raise ValueError(f"{self._name} has no positions")
        places = self._places.slice(lo, hi + 1).astype(np.int64)
        sizes = places[1:] - places[:-1]
        if int(places[-1]) > len(self.positions) or (len(sizes) and int(sizes.min()) < 0):
            raise inconsistent(self._container, f"{self._name}.places")
        return sizes

    def sizes_of(self, rows: Numbers) -> Numbers:
        start = self._start.take(rows).astype(np.int64)
        ends = self._start.take(rows + 1).astype(np.int64)
        return self._checked(ends - start, int(ends.max())) if len(rows) else start

    def spans(self, lo: Numbers, hi: Numbers) -> Spans:
        """The postings of the rows `[lo, hi)` of each, where there are any."""
        begins = self._start.take(lo).astype(np.int64)
        ends = self._start.take(hi).astype(np.int64)
        sizes = ends - begins
        if len(sizes) and int(self._checked(sizes, int(ends.max())).min()) == 0:
            held = sizes > 0
            return Spans(lo[held], hi[held], begins[held], sizes[held])
        return Spans(lo, hi, begins, sizes)

    def ends(self, rows: Numbers, begin: int | None = None) -> Numbers:
        """Where the postings of each range of rows, shape (k, 2), end when all are put one after another.

        begin: the first posting, where the ranges follow one another as they are. Raises IndexDamaged.
        """
        ends = self._start.take(rows[:, 1]).astype(np.int64)
        if begin is not None:
            ends -= begin
        else:
            ends = np.cumsum(ends - self._start.take(rows[:, 0]).astype(np.int64))
        if len(ends) and (int(ends[0]) < 0 or bool((ends[1:] < ends[:-1]).any())):
            raise inconsistent(self._container, f"{self._name}.start")
        return ends

    def labels(self, values: NDArray[Any], rows: Numbers, begin: int | None = None) -> Labels:
        """What the postings of ranges of rows are called; see `ends`."""
        return Labels(values, self.ends(rows, begin))

    def _checked(self, sizes: Numbers, end: int) -> Numbers:
        if end > self._length or (len(sizes) and int(sizes.min()) < 0):
            raise inconsistent(self._container, f"{self._name}.start")
        return sizes

    def docs(self, begin: int, end: int) -> NDArray[np.uint16]:
        """The documents of the postings `[begin, end)`, which are some, from the slab's first."""
        return self._checked_docs(self._docs.slice(begin, end))

    def docs_of(self, spans: Spans) -> NDArray[np.uint16]:
        """The documents of the postings, which are some, from the slab's first."""
        return self._checked_docs(self._docs.gather(spans.begins, spans.sizes))

    def stretch(self, lo: int, hi: int) -> tuple[int, int]:
        """The postings of the rows `[lo, hi)`."""
        begin, end = self._start.item(lo), self._start.item(hi)
        if not begin <= end <= self._length:
            raise inconsistent(self._container, f"{self._name}.start")
        return begin, end

    def _checked_docs(self, docs: NDArray[np.uint16]) -> NDArray[np.uint16]:
        if self.documents is not None and docs.max() >= self.documents:
            raise inconsistent(self._container, f"{self._name}.docs")
        return docs

    def place(self, lo: int, hi: int, total: int) -> int:
        """Where the positions of the rows `[lo, hi)` begin. `total` says how many they must be."""
        assert self._places is not None
        assert self.positions is not None
        begin, end = self._places.item(lo), self._places.item(hi)
        if end - begin != total or end > len(self.positions):
            raise inconsistent(self._container, f"{self._name}.places")
        return begin

    def place_spans(self, spans: Spans, totals: Numbers) -> Numbers:
        """Where the positions of each stretch begin. `totals` says how many they must be."""
        assert self._places is not None
        assert self.positions is not None
        begins = self._places.take(spans.lo).astype(np.int64)
        ends = self._places.take(spans.hi).astype(np.int64)
        if not np.array_equal(ends - begins, totals) or (len(ends) and int(ends.max()) > len(self.positions)):
            raise inconsistent(self._container, f"{self._name}.places")
        return begins
