"""Postings of live documents, over all segments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kashaf_index.analysis import RUNGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kashaf_index.matching.documents import Documents, Segment
    from kashaf_index.matching.resolve import Painted

    Docs = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Postings = tuple[Docs, NDArray[Any]]


def read(documents: Documents, field: str, painted: Sequence[Painted], widest: int) -> list[list[Postings]]:
    """For each rung every posting in live documents of the terms that are accepted there and at no narrower one:
    documents, in no order, and occurrences, in pieces.

    painted: by segment. widest: terms of wider rungs are left out.
    """
    found: list[list[Postings]] = [[] for _ in RUNGS]
    for one, terms in zip(documents.segments, painted, strict=True):
        postings = one.file.postings(field)
        ranges, rungs = terms.within(widest)
        if postings is None or not len(rungs):
            continue
        for rung, docs, counts in postings.stretches(ranges, rungs):
            found[rung].append(_alive(one, docs, counts))
    return found


def _alive(one: Segment, docs: Docs, counts: NDArray[Any]) -> Postings:
    """Postings of a segment's live documents, numbered over all segments."""
    if one.deleted is not None:
        kept = np.flatnonzero(~one.deleted[docs])
        docs, counts = docs[kept], counts[kept]
    return (docs + one.base if one.base else docs), counts


def _read(documents: Documents, field: str, ranges: Sequence[NDArray[np.int64]]) -> list[Postings]:
    """Every posting of these ranges of terms, given by segment, in live documents."""
    return [
        _alive(one, *postings.read(own))
        for one, own in zip(documents.segments, ranges, strict=True)
        if len(own) and (postings := one.file.postings(field)) is not None
    ]


def places(
    documents: Documents, field: str, painted: Sequence[Painted], widest: int, within: Mask
) -> tuple[Docs, NDArray[np.int64], NDArray[np.uint8]]:
    """Every occurrence of the terms that are accepted at a rung: document, position, narrowest rung. In no order.

    within: the only documents to look at.
    """
    parts = []
    for one, terms in zip(documents.segments, painted, strict=True):
        postings = one.file.postings(field)
        ranges, rungs = terms.within(widest)
        if postings is None or not len(rungs):
            continue
        own = within[one.base : one.end]
        if not own.any():
            continue
        if rungs.max() == rungs.min():
            docs, positions = postings.places(ranges, own)
            labels = np.full(len(docs), rungs[0])
        else:
            docs, positions, labels = postings.places_labelled(ranges, own, rungs)
        if one.base:
            docs += one.base
        parts.append((docs, positions, labels))
    docs, positions, labels = _columns(parts, (np.int64, np.int64, np.uint8))
    return docs, positions, labels


def occurrences(documents: Documents, field: str, painted: Sequence[Painted], widest: int) -> int:
    """How often the terms occur, in deleted documents too: what `places` would have to read."""
    return _occurrences(documents, field, [terms.upto(widest) for terms in painted])


def _occurrences(documents: Documents, field: str, ranges: Sequence[NDArray[np.int64]]) -> int:
    return sum(
        postings.occurrences(first, last)
        for one, own in zip(documents.segments, ranges, strict=True)
        if (postings := one.file.postings(field)) is not None
        for first, last in own.tolist()
    )


def begun(documents: Documents, field: str, prefix: bytes) -> list[Postings]:
    """Every posting in live documents of the terms that begin so: documents, in no order, and occurrences, in
    pieces."""
    return _read(documents, field, _beginning(documents, field, prefix))


def holding(documents: Documents, field: str, painted: Sequence[Painted], widest: int) -> Mask:
    """The documents, deleted ones among them, that have one of the terms."""
    mask = np.zeros(documents.size, np.bool_)
    for one, terms in zip(documents.segments, painted, strict=True):
        if (postings := one.file.postings(field)) is not None:
            mask[one.base : one.end][postings.read(terms.upto(widest))[0]] = True
    return mask


def tokens(documents: Documents, field: str, prefix: bytes) -> int:
    """How often terms that begin so occur in the live documents."""
    if documents.whole:
        return _occurrences(documents, field, _beginning(documents, field, prefix))
    return sum(int(counts.sum()) for _, counts in begun(documents, field, prefix))


def _beginning(documents: Documents, field: str, prefix: bytes) -> list[NDArray[np.int64]]:
    return [
        np.array([one.file.dictionary_of(field).beginning(prefix)], np.int64) for one in documents.segments
    ]


def keyed(documents: Documents, field: str, key: bytes) -> Docs:
    """The documents, deleted ones too, of one term of a field of keys."""
    parts = []
    for one in documents.segments:
        postings = one.file.postings(field)
        at = one.file.dictionary_of(field).find(key) if postings else -1
        if postings and at >= 0:
            parts.append(postings.read(np.array([[at, at + 1]], np.int64))[0] + one.base)
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _columns(
    parts: Sequence[tuple[NDArray[Any], ...]], dtypes: tuple[type[np.generic], ...]
) -> tuple[NDArray[Any], ...]:
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return tuple(np.empty(0, dtype) for dtype in dtypes)
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))
