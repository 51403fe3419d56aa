"""Which rows of a field's arrays the terms of its dictionary have."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.blobs import stored_array
from kashaf_index.codec.container import Container
from kashaf_index.codec.slabs import FieldShape, Numbers

#: Ranges of terms that are looked up one by one before the whole list is read.
_PROBES: Final = 128


class Rows:
    """Rows are the terms that occur, in the dictionary's order. Ranges are `[lo, hi)`.

    Raises ValueError for what is not of a dictionary of `terms` terms.
    """

    def __init__(self, container: Container, field: str, shape: FieldShape, terms: int) -> None:
        self._terms = terms
        self._count = shape.rows
        self._subset = None if shape.every else stored_array(container, f"{field}.terms", shape.rows)
        self._looked_up = 0

    def stretch(self, lo: int, hi: int) -> tuple[int, int]:
        """The rows of the terms `[lo, hi)`."""
        if not 0 <= lo <= hi <= self._terms:
            raise ValueError("a range is not of this dictionary")
        if self._subset is None:
            return lo, hi
        first, last = self._placed(np.array(((lo, hi),), np.int64))[0].tolist()
        return first, last

    def of(self, ranges: NDArray[np.int64]) -> Numbers:
        """Ranges of terms as ranges of rows, shape (k, 2)."""
        if not len(ranges):
            return ranges
        if int(ranges.min()) < 0 or int(ranges.max()) > self._terms:
            raise ValueError("a range is not of this dictionary")
        return ranges if self._subset is None else self._placed(ranges)

    def occurring(self, terms: Numbers) -> tuple[Numbers, Numbers]:
        """Which of the terms occur, as places among them, and their rows."""
        if self._subset is None:
            return np.arange(len(terms)), terms
        if not self._count or not len(terms):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        subset = self._subset.all()
        rows = np.minimum(np.searchsorted(subset, terms.astype(subset.dtype)), self._count - 1)
        there = np.flatnonzero(subset[rows] == terms)
        return there, rows[there]

    def terms(self, first: int, last: int) -> NDArray[np.uint32]:
        """The terms of the rows `[first, last)`."""
        if self._subset is None:
            return np.arange(first, last, dtype=np.uint32)
        return self._subset.slice(first, last).astype(np.uint32)

    def _placed(self, ranges: NDArray[np.int64]) -> Numbers:
        """How many rows are of lesser terms, of each bound of the ranges, shape (k, 2)."""
        assert self._subset is not None
        self._looked_up += len(ranges)
        if self._looked_up > _PROBES:
            subset = self._subset.all()
            return np.searchsorted(subset, ranges.astype(subset.dtype))
        # Until it pays to read the whole.
        return np.array([self._probed(lo, hi) for lo, hi in ranges.tolist()], np.int64).reshape(-1, 2)

    def _probed(self, lo: int, hi: int) -> tuple[int, int]:
        assert self._subset is not None
        places, item = range(self._count), self._subset.item
        first = bisect_left(places, lo, key=item)
        # No more rows than terms.
        return first, bisect_left(places, hi, first, min(first + hi - lo, self._count), key=item)
