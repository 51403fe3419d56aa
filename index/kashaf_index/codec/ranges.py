"""Ranges of rows: joined where they touch, and put into another order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.numbers import spread
from kashaf_index.codec.slabs import Numbers

#: Up to so many ranges are looked through for such as touch, one by one.
_SHORT: Final = 32
#: Up to so many that do not touch are read one by one.
_FEW: Final = 4


class Hull(NamedTuple):
    """Rows `[lo, hi)`, made of the ranges `[first, last)`."""

    lo: int
    hi: int
    first: int
    last: int


def hulls_of(rows: Numbers) -> list[Hull] | None:
    """Ranges that touch joined to one; None when they are many."""
    if len(rows) > _SHORT:
        return None
    hulls: list[Hull] = []
    for number, (lo, hi) in enumerate(rows.tolist()):
        if hulls and hulls[-1].hi == lo:
            hulls[-1] = hulls[-1]._replace(hi=hi, last=number + 1)
        elif len(hulls) == _FEW:
            return None
        else:
            hulls.append(Hull(lo, hi, number, number + 1))
    return hulls


def joined_ranges(rows: Numbers) -> tuple[Numbers, Numbers]:
    """Ranges that touch joined to one: their first rows, and those behind their last ones."""
    lo, hi = rows[:, 0], rows[:, 1]
    if len(lo) > 1:
        ends = hi[:-1] != lo[1:]
        if not ends.all():
            return lo[np.append(True, ends)], hi[np.append(ends, True)]
    return lo, hi


def concatenated(parts: Sequence[NDArray[Any]], dtype: np.dtype[Any] | type = np.int64) -> NDArray[Any]:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, dtype)


def by_row(sizes: Numbers) -> Numbers | None:
    """The order that makes postings by row out of postings by slab and row. `sizes`: shape (slabs, rows)."""
    if len(sizes) == 1:
        return None
    flat = sizes.ravel()
    starts = (np.cumsum(flat) - flat).reshape(sizes.shape)
    return spread(starts.T.ravel(), sizes.T.ravel())
