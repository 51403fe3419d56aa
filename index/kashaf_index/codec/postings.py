"""The postings of a field: which documents hold a term, how often, and where.

Documents are cut into slabs of `slab` documents (65,536), so that a number inside a slab takes 16 bits and needs no
decoding. Rows are the terms that occur in the field, in the dictionary's order; `F.terms` u32 says which these are
and is absent when all are. In slab s of field F:

    F.s.start u32      rows + 1: each row's first posting
    F.s.docs u16       each posting's document, from the slab's first; ascending inside a row
    F.s.counts u8      how often; 255 when more than 254, see F.s.counts.at (ascending posting numbers) and .more u32
    F.s.places u32|u64 rows + 1: each row's first position
    F.s.positions u16  the positions of each posting, ascending; 65535 when more, see F.s.positions.at and .more u32

`counts` are absent in a field that does not count, `places` and `positions` in one without positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.blobs import inconsistent
from kashaf_index.codec.container import Container
from kashaf_index.codec.numbers import spread
from kashaf_index.codec.places import Places, places_of, places_of_stretch
from kashaf_index.codec.ranges import Hull, by_row, concatenated, hulls_of, joined_ranges
from kashaf_index.codec.rows import Rows
from kashaf_index.codec.slabs import FieldShape, Numbers, Slab

__all__ = ["Chunk", "FieldShape", "Postings"]


class Chunk(NamedTuple):
    """Postings by term: `df` of each of `terms`, `docs` by term and ascending inside one, `counts` along with them,
    `positions` by posting. What `PostingsWriter.append` takes. uint32 all."""

    terms: NDArray[np.uint32]
    df: NDArray[np.uint32]
    docs: NDArray[np.uint32]
    counts: NDArray[np.uint32] | None
    positions: NDArray[np.uint32] | None


#: A label, documents, and counts along with them.
Stretch = tuple[int, Numbers, NDArray[np.int32]]


class Postings:
    """One field of a segment. Terms are the dictionary's numbers, whatever subset of them occurs in the field;
    `ranges` are int64 of shape (k, 2), disjoint `[lo, hi)`. Documents are numbered from the segment's first, and
    deleted ones are among them. Raises IndexDamaged for arrays that contradict one another."""

    def __init__(
        self, container: Container, field: str, shape: FieldShape, terms: int, documents: int, slab: int
    ) -> None:
        self.shape = shape
        self.documents = documents
        self._container = container
        self._field = field
        self._rows = Rows(container, field, shape, terms)
        self._slabs = [
            Slab(container, f"{field}.{number}", shape, base, min(slab, documents - base), slab)
            for number, base in enumerate(range(0, documents, slab))
        ]

    def frequency(self, lo: int, hi: int) -> int:
        """Postings of the terms `[lo, hi)`, deleted documents' too."""
        lo, hi = self._rows.stretch(lo, hi)
        return sum(slab.frequency(lo, hi) for slab in self._slabs)

    def occurrences(self, lo: int, hi: int) -> int:
        """Occurrences of the terms `[lo, hi)`; their postings, in a field without positions."""
        if not self.shape.positions:
            return self.frequency(lo, hi)
        lo, hi = self._rows.stretch(lo, hi)
        return sum(slab.occurrences(lo, hi) for slab in self._slabs)

    def frequencies(self, terms: NDArray[Any]) -> Numbers:
        """Postings of each of these terms."""
        terms = np.asarray(terms, np.int64)
        found = np.zeros(len(terms), np.int64)
        there, rows = self._rows.occurring(terms)
        for slab in self._slabs:
            found[there] += slab.sizes_of(rows)
        return found

    def sizes(self, lo: int, hi: int) -> Numbers:
        """Postings of each term of `[lo, hi)`, 0 for those that do not occur."""
        return self._of_each(lo, hi, "sizes")

    def occurrence_sizes(self, lo: int, hi: int) -> Numbers:
        """Positions of each term of `[lo, hi)`, 0 for those that do not occur; only in a field with positions."""
        return self._of_each(lo, hi, "occurrence_sizes")

    def read(self, ranges: NDArray[np.int64]) -> tuple[Numbers, NDArray[np.uint32]]:
        """Documents and counts of all postings of the ranges, aligned; in no promised order across terms."""
        rows = self._rows.of(ranges)
        hulls = hulls_of(rows)
        if hulls is not None:
            return self._read_few(hulls)
        docs, counts, _ = self._read_many(rows, None)
        return docs, counts

    def stretches(self, ranges: NDArray[np.int64], labels: Sequence[int] | NDArray[Any]) -> list[Stretch]:
        """As `read`, in pieces of one label each, none empty, in any order. `labels`: of each range, shape (k,)."""
        rows = self._rows.of(ranges)
        hulls = hulls_of(rows)
        if hulls is None:
            order = np.argsort(np.asarray(labels), kind="stable")
            return self._stretches_of_many(rows[order], np.asarray(labels)[order])
        found: list[Stretch] = []
        for hull in hulls:
            names = labels[hull.first : hull.last]
            for slab in self._slabs:
                begin, end = slab.stretch(hull.lo, hull.hi)
                if begin == end:
                    continue
                docs = slab.docs(begin, end).astype(np.int64)
                if slab.base:
                    docs += slab.base
                counts = np.ones(end - begin, np.int32)
                if slab.counts is not None:
                    slab.counts.stretch_into(counts, begin, end)
                if len(names) == 1:
                    found.append((int(names[0]), docs, counts))
                    continue
                ends = slab.ends(rows[hull.first : hull.last], begin)
                found += [
                    (int(name), docs[lo:hi], counts[lo:hi])
                    for name, (lo, hi) in zip(names, pairwise((0, *ends.tolist())), strict=True)
                    if lo < hi
                ]
        return found

    def _stretches_of_many(self, rows: Numbers, labels: NDArray[Any]) -> list[Stretch]:
        """`labels` are sorted."""
        docs, counts, named = self._read_many(rows, labels)
        if named is None or not len(named):
            return []
        # A slab's labels ascend, and the next slab begins anew.
        cuts = [0, *(np.flatnonzero(named[1:] != named[:-1]) + 1).tolist(), len(named)]
        return [(int(named[lo]), docs[lo:hi], counts[lo:hi].astype(np.int32)) for lo, hi in pairwise(cuts)]

    def places(self, ranges: NDArray[np.int64], within: NDArray[np.bool_] | None) -> tuple[Numbers, Numbers]:
        """Document and position of every occurrence, aligned; only of documents of the mask `within`, shape (N,)."""
        docs, positions, _ = self._places(ranges, within, None)
        return docs, positions

    def places_labelled(
        self, ranges: NDArray[np.int64], within: NDArray[np.bool_] | None, labels: NDArray[Any]
    ) -> tuple[Numbers, Numbers, NDArray[Any]]:
        """As `places`, and for each occurrence the label of its range."""
        docs, positions, labelled = self._places(ranges, within, labels)
        assert labelled is not None
        return docs, positions, labelled

    def chunk(self, lo: int, hi: int) -> Chunk:
        """The postings of the terms `[lo, hi)` by term: what `PostingsWriter.append` takes, for merging."""
        first, last = self._rows.stretch(lo, hi)
        rows = np.arange(first, last, dtype=np.int64)
        sizes = np.stack([slab.sizes(first, last) for slab in self._slabs]) if self._slabs else None
        if sizes is None or not rows.size:
            none = np.empty(0, np.uint32)
            return Chunk(
                none, none, none, none if self.shape.counts else None, none if self.shape.positions else None
            )
        one = np.array([[lo, hi]], np.int64)
        counts = positions = None
        docs_at_first, counts_at_first = self.read(one)
        order = by_row(sizes)
        docs = docs_at_first if order is None else docs_at_first[order]
        if self.shape.counts:
            counts = counts_at_first if order is None else counts_at_first[order]
        if self.shape.positions:
            _, positions_at_first, _ = self._places(one, None, None)
            if order is not None:
                starts = (np.cumsum(counts_at_first, dtype=np.int64) - counts_at_first)[order]
                positions_at_first = positions_at_first[spread(starts, counts_at_first[order])]
            positions = positions_at_first.astype(np.uint32)
        df = sizes.sum(axis=0)
        return Chunk(
            self._rows.terms(first, last), df.astype(np.uint32), docs.astype(np.uint32), counts, positions
        )

    def _read_many(
        self, rows: Numbers, labels: NDArray[Any] | None
    ) -> tuple[Numbers, NDArray[np.uint32], NDArray[Any] | None]:
        lo, hi = joined_ranges(rows)
        found = [(slab, slab.spans(lo, hi)) for slab in self._slabs]
        total = sum(int(spans.sizes.sum()) for _, spans in found)
        docs, counts, labelled = self._empty(total, labels)
        filled = 0
        for slab, spans in found:
            if not len(spans.sizes):
                continue
            part = slice(filled, filled := filled + int(spans.sizes.sum()))
            np.add(slab.docs_of(spans), slab.base, out=docs[part], dtype=np.int64)
            if slab.counts is not None:
                slab.counts.into(counts[part], spans.begins, spans.sizes)
            if labelled is not None and labels is not None:
                labelled[part] = slab.labels(labels, rows).all()
        return docs, counts, labelled

    def _read_few(self, hulls: list[Hull]) -> tuple[Numbers, NDArray[np.uint32]]:
        """As `read`, without an array operation a range: that would cost more than a short list itself."""
        pieces: list[tuple[Slab, int, int]] = []
        total = 0
        for hull in hulls:
            for slab in self._slabs:
                begin, end = slab.stretch(hull.lo, hull.hi)
                if begin < end:
                    pieces.append((slab, begin, end))
                    total += end - begin
        docs, counts, _ = self._empty(total, None)
        filled = 0
        for slab, begin, end in pieces:
            part = slice(filled, filled := filled + end - begin)
            of_piece = docs[part]
            of_piece[:] = slab.docs(begin, end)
            if slab.base:
                of_piece += slab.base
            if slab.counts is not None:
                slab.counts.stretch_into(counts[part], begin, end)
        return docs, counts

    def _empty(
        self, total: int, labels: NDArray[Any] | None
    ) -> tuple[Numbers, NDArray[np.uint32], NDArray[Any] | None]:
        counts = np.empty(total, np.uint32) if self.shape.counts else np.ones(total, np.uint32)
        return (
            np.empty(total, np.int64),
            counts,
            np.empty(total, labels.dtype) if labels is not None else None,
        )

    def _places(
        self, ranges: NDArray[np.int64], within: NDArray[np.bool_] | None, labels: NDArray[Any] | None
    ) -> Places:
        if not self.shape.positions:
            raise ValueError(f"{self._field} has no positions")
        if within is not None and len(within) != self.documents:
            raise ValueError("the mask is of another segment")
        rows = self._rows.of(ranges)
        hulls = hulls_of(rows)
        if hulls is not None:
            parts = [
                places_of_stretch(slab, hull.lo, hull.hi, within, _part(hull, rows, labels))
                for hull in hulls
                for slab in self._slabs
            ]
        else:
            lo, hi = joined_ranges(rows)
            named = (labels, rows) if labels is not None else None
            parts = [places_of(slab, slab.spans(lo, hi), within, named) for slab in self._slabs]
        found = [part for part in parts if part is not None]
        labelled = None
        if labels is not None:
            labelled = concatenated([part[2] for part in found if part[2] is not None], labels.dtype)
        return concatenated([part[0] for part in found]), concatenated([part[1] for part in found]), labelled

    def _of_each(self, lo: int, hi: int, sizes: Literal["sizes", "occurrence_sizes"]) -> Numbers:
        first, last = self._rows.stretch(lo, hi)
        found = np.zeros(last - first, np.int64)
        for slab in self._slabs:
            found += slab.sizes(first, last) if sizes == "sizes" else slab.occurrence_sizes(first, last)
        if self.shape.every:
            return found
        of_all = np.zeros(hi - lo, np.int64)
        places = self._rows.terms(first, last).astype(np.int64) - lo
        if len(places) and not 0 <= int(places.min()) <= int(places.max()) < hi - lo:
            raise inconsistent(self._container, f"{self._field}.terms")
        of_all[places] = found
        return of_all


def _part(hull: Hull, rows: Numbers, labels: NDArray[Any] | None) -> tuple[NDArray[Any], Numbers] | None:
    """The labels of the ranges that were joined, and their rows."""
    ours = slice(hull.first, hull.last)
    return (labels[ours], rows[ours]) if labels is not None else None
