"""From tokens in the order of documents to postings in the order of terms."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.numbers import offsets

Numbers = NDArray[np.int64]


class Rows(NamedTuple):
    """Postings by term.

    df: postings of each term, shape (terms,). docs, counts: of each posting, by term, documents ascending.
    positions: of each posting, ascending. Unsigned integers all but df. A field of keys has neither counts nor
    positions.
    """

    df: Numbers
    docs: NDArray[Any]
    counts: NDArray[Any]
    positions: NDArray[Any]


def invert(
    ranks: NDArray[Any], docs: NDArray[np.uint16], positions: NDArray[np.uint32]
) -> tuple[Numbers, Rows]:
    """The distinct `ranks`, ascending, and their postings.

    ranks: the term of each token, below 2**32; docs and positions: of each token, both ascending as tokens are
    read. Fewer than 2**32 tokens.
    """
    size = len(ranks)
    # Rank and place in one number: sorting it is stable, and quicker than any argsort.
    keys = ranks.astype(np.uint64)
    keys <<= np.uint64(32)
    keys |= np.arange(size, dtype=np.uint64)
    keys.sort()
    order = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    keys >>= np.uint64(32)
    sorted_ranks = keys.astype(np.uint32)
    del keys
    docs = docs[order]
    positions = positions[order]
    del order
    fresh = np.empty(size, np.bool_)
    fresh[:1] = True
    np.not_equal(sorted_ranks[1:], sorted_ranks[:-1], out=fresh[1:])
    fresh[1:] |= docs[1:] != docs[:-1]
    firsts = np.flatnonzero(fresh)
    counts = np.diff(firsts, append=size).astype(np.uint32)
    of_posting = sorted_ranks[firsts]
    heads = heads_of(of_posting)
    df = np.diff(heads, append=len(of_posting))
    return of_posting[heads].astype(np.int64), Rows(df, docs[firsts], counts, positions)


def heads_of(values: NDArray[Any]) -> Numbers:
    """Where runs of equal values begin."""
    fresh = np.empty(len(values), np.bool_)
    fresh[:1] = True
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    return np.flatnonzero(fresh)


def narrow(values: NDArray[Any]) -> NDArray[Any]:
    """The values in the least of 8, 16 and 32 bits that holds them."""
    most = int(values.max()) if len(values) else 0
    return values.astype(
        np.uint8 if most < 1 << 8 else np.uint16 if most < 1 << 16 else np.uint32, copy=False
    )


def leading(rows: Rows, limit: int) -> Rows:
    """The occurrences at positions below `limit`; terms without any stay, with none."""
    near = rows.positions < limit
    starts = offsets(rows.counts)[:-1]
    counts = np.add.reduceat(near, starts, dtype=np.uint32) if len(starts) else rows.counts
    kept = counts > 0
    df = np.diff(offsets(kept)[offsets(rows.df)])
    return Rows(df, rows.docs[kept], counts[kept], rows.positions[near])


def without(rows: Rows, deleted: NDArray[np.bool_], renumbered: NDArray[np.uint32]) -> Rows:
    """The postings of documents that are not deleted, under the documents' new numbers."""
    kept = ~deleted[rows.docs]
    df = np.diff(offsets(kept)[offsets(rows.df)])
    return Rows(
        df,
        renumbered[rows.docs[kept]],
        rows.counts[kept] if len(rows.counts) else rows.counts,
        rows.positions[np.repeat(kept, rows.counts)] if len(rows.positions) else rows.positions,
    )
