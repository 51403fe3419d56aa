"""Several sources of postings, runs or segments, into one segment: term ranges of bounded size, whole arrays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from kashaf_index.analysis import LEAD
from kashaf_index.bulk.entry import LEAD_FIELD
from kashaf_index.bulk.inversion import Numbers, Rows, leading
from kashaf_index.codec.dictionary import DictionaryWriter
from kashaf_index.codec.numbers import offsets, spread
from kashaf_index.codec.postings_writer import PostingsWriter

OnProgress = Callable[[int, int], None]

#: Positions of all sources that are merged at once, and terms of one.
_AT_ONCE: Final = 1 << 20
_LEAST: Final = 1 << 12
_TERMS: Final = 1 << 14


class Source(Protocol):
    """Terms in byte order with their postings. Its documents come behind those of the source before it."""

    def __len__(self) -> int:
        """How many terms."""

    def terms(self, lo: int, hi: int) -> list[bytes]: ...

    def weights(self, lo: int, hi: int) -> Numbers:
        """How much each of the terms `[lo, hi)` weighs, in positions."""

    def rows(self, field: str, lo: int, hi: int) -> Rows:
        """The postings of the terms `[lo, hi)`, documents numbered as in what is written. Ranges ascend and touch."""


class _Head:
    """A source, and the terms of it that are next."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.at = 0
        self.size = len(source)
        self.terms: list[bytes] = []

    def fill(self, quota: int) -> None:
        """Look ahead as far as postings of about `quota` positions go, one term at least."""
        lo = self.at + len(self.terms)
        hi = min(self.at + _TERMS, self.size)
        if lo >= hi:
            return
        sums = np.cumsum(self.source.weights(self.at, hi))
        hi = self.at + max(1, int(np.searchsorted(sums, quota, side="right")))
        if hi > lo:
            self.terms += self.source.terms(lo, min(hi, self.size))

    @property
    def reaches_end(self) -> bool:
        return self.at + len(self.terms) >= self.size

    def take(self, last: bytes | None) -> tuple[list[bytes], int, int]:
        """The next terms up to `last`, all when None, and their range."""
        count = len(self.terms) if last is None else bisect_right(self.terms, last)
        taken = self.terms[:count]
        del self.terms[:count]
        self.at += count
        return taken, self.at - count, self.at


def merge_terms(
    sources: Sequence[Source],
    dictionary: DictionaryWriter,
    fields: dict[str, PostingsWriter],
    *,
    cut: bool = False,
    progress: OnProgress | None = None,
) -> None:
    """Write the union of the sources' terms that have postings, and for each of `fields` their postings.

    The field `lead` is not read but made of `text`. cut: a document may end one source and begin the next.
    progress: told terms read and terms in all.
    """
    heads = [_Head(source) for source in sources if len(source)]
    total = sum(head.size for head in heads)
    while heads:
        quota = max(_AT_ONCE // len(heads), _LEAST)
        for head in heads:
            head.fill(quota)
        last = min((head.terms[-1] for head in heads if not head.reaches_end), default=None)
        taken = [(head.source, *head.take(last)) for head in heads]
        taken = [one for one in taken if one[1]]
        _merge_range(taken, dictionary, fields, cut=cut)
        heads = [head for head in heads if head.at < head.size]
        if progress is not None:
            progress(total - sum(head.size - head.at for head in heads), total)


def _merge_range(
    taken: list[tuple[Source, list[bytes], int, int]],
    dictionary: DictionaryWriter,
    fields: dict[str, PostingsWriter],
    *,
    cut: bool,
) -> None:
    if len(taken) == 1:
        union = taken[0][1]
        places = [np.arange(len(union))]
    else:
        union = sorted({term for _, terms, _, _ in taken for term in terms})
        number = {term: place for place, term in enumerate(union)}
        places = [
            np.fromiter(map(number.__getitem__, terms), np.int64, len(terms)) for _, terms, _, _ in taken
        ]
    merged: dict[str, Rows] = {}
    for field in fields:
        if field != LEAD_FIELD:
            parts = [source.rows(field, lo, hi) for source, _, lo, hi in taken]
            merged[field] = _combine(parts, places, len(union), cut=cut)
        else:
            merged[field] = leading(merged["text"], LEAD)
    held = np.zeros(len(union), np.bool_)
    for rows in merged.values():
        held |= rows.df > 0
    if held.all():
        first = dictionary.append(union)
        numbers = np.arange(first, first + len(union))
    else:
        first = dictionary.append([union[place] for place in np.flatnonzero(held).tolist()])
        numbers = np.cumsum(held) + (first - 1)
    for field, rows in merged.items():
        occurring = np.flatnonzero(rows.df)
        _append(fields[field], numbers[occurring], rows, rows.df[occurring])


def _append(writer: PostingsWriter, numbers: Numbers, rows: Rows, df: Numbers) -> None:
    counts: NDArray[Any] | None = rows.counts if len(rows.counts) == len(rows.docs) else None
    writer.append(numbers, df, rows.docs, counts, rows.positions if counts is not None else None)


def _combine(parts: list[Rows], places: list[Numbers], terms: int, *, cut: bool) -> Rows:
    """The postings of the sources by term. places: which of the `terms` each source's terms are."""
    if len(parts) == 1 and len(places[0]) == terms:
        return parts[0]
    of_row = np.concatenate(places)
    df = np.concatenate([rows.df for rows in parts])
    starts = offsets(df)[:-1]
    occurring = np.flatnonzero(df)
    order = occurring[np.argsort(of_row[occurring], kind="stable")]
    docs = np.concatenate([rows.docs for rows in parts])
    counts = np.concatenate([rows.counts for rows in parts])
    positions = np.concatenate([rows.positions for rows in parts])
    postings = spread(starts[order], df[order])
    if len(positions):
        position_starts = offsets(counts)
        firsts = position_starts[starts]
        sizes = position_starts[starts + df] - firsts
        positions = positions[spread(firsts[order], sizes[order])]
    docs = docs[postings]
    counts = counts[postings] if len(counts) else counts
    total = np.bincount(of_row, weights=df, minlength=terms).astype(np.int64)
    if not cut:
        return Rows(total, docs, counts, positions)
    # The two ends of one document are one posting; its positions stand side by side already.
    of_posting = np.repeat(of_row[order], df[order])
    again = np.zeros(len(docs), np.bool_)
    again[1:] = (docs[1:] == docs[:-1]) & (of_posting[1:] == of_posting[:-1])
    if again.any():
        kept = np.flatnonzero(~again)
        counts = np.add.reduceat(counts, kept, dtype=np.uint32)
        total -= np.bincount(of_posting[again], minlength=terms)
        docs = docs[kept]
    return Rows(total, docs, counts, positions)
