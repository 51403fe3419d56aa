"""The occurrences of terms: from postings to a document and a position for each."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.slabs import Numbers, Slab, Spans

#: Documents, positions and labels of occurrences, aligned.
Places = tuple[Numbers, Numbers, NDArray[Any] | None]


#: Labels of ranges, and the rows of these.
Named = tuple[NDArray[Any], Numbers]


def places_of_stretch(
    slab: Slab, lo: int, hi: int, within: NDArray[np.bool_] | None, named: Named | None
) -> Places | None:
    """Those of the rows `[lo, hi)`, only in documents of the mask `within`; None when there are none.

    named: of ranges that make up these rows, one after another.
    """
    assert slab.counts is not None
    assert slab.positions is not None
    begin, end = slab.stretch(lo, hi)
    if begin == end:
        return None
    docs = slab.docs(begin, end)
    if within is None:
        labels = slab.labels(*named, begin) if named is not None else None
        counts = np.empty(end - begin, np.int64)
        slab.counts.stretch_into(counts, begin, end)
        totals = np.array((counts.sum(),))
        begins = np.array((slab.place(lo, hi, int(totals[0])),))
        return _expanded(slab, docs, counts, begins, totals, labels.all() if labels is not None else None)
    kept = within[slab.base :].take(docs).nonzero()[0]
    if not len(kept):
        return None
    before, counts, total = slab.counts.sums(begin, end, kept)
    first = slab.place(lo, hi, total)
    documents = docs.take(kept).astype(np.int64)
    if slab.base:
        documents += slab.base
    held = None
    if named is not None:
        values, rows = named
        held = values.repeat(len(kept)) if len(values) == 1 else slab.labels(values, rows, begin).of(kept)
    ends = counts.cumsum()
    if ends[-1] != len(kept):
        before = (before - ends + counts).repeat(counts) + np.arange(int(ends[-1]))
        documents = documents.repeat(counts)
        held = held.repeat(counts) if held is not None else None
    return documents, slab.positions.among(first, total, before), held


def places_of(
    slab: Slab, spans: Spans, within: NDArray[np.bool_] | None, named: Named | None
) -> Places | None:
    """Those of one slab's stretches; named: of ranges that make them up."""
    assert slab.counts is not None
    if not len(spans.sizes):
        return None
    docs = slab.docs_of(spans)
    kept = None
    if within is not None:
        kept = np.flatnonzero(within[slab.base :].take(docs))
        if not len(kept):
            return None
    counts = np.empty(len(docs), np.int64)
    slab.counts.into(counts, spans.begins, spans.sizes)
    before = np.empty(len(docs) + 1, np.int64)
    before[0] = 0
    np.cumsum(counts, out=before[1:])
    ends = np.cumsum(spans.sizes)
    firsts = ends - spans.sizes
    totals = before[ends] - before[firsts]
    begins = slab.place_spans(spans, totals)
    labels = slab.labels(*named) if named is not None else None
    if kept is None:
        return _expanded(slab, docs, counts, begins, totals, labels.all() if labels is not None else None)
    stretch = np.searchsorted(ends, kept, side="right")
    begins = before[kept] + (begins - before[firsts])[stretch]
    counts = counts[kept]
    return _expanded(
        slab, docs[kept], counts, begins, counts, labels.of(kept) if labels is not None else None
    )


def _expanded(
    slab: Slab,
    docs: NDArray[np.uint16],
    counts: Numbers,
    begins: Numbers,
    sizes: Numbers,
    labels: NDArray[Any] | None,
) -> Places:
    """Postings by occurrence, and the positions `[begins, begins + sizes)`, which are theirs."""
    assert slab.positions is not None
    positions = np.empty(int(counts.sum()), np.int64)
    if len(positions):
        slab.positions.into(positions, begins, sizes)
    documents = np.repeat(docs.astype(np.int64) + slab.base, counts)
    return documents, positions, np.repeat(labels, counts) if labels is not None else None
