"""Pieces that lie one after another: where each begins, and the numbers of many ranges."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def spread(starts: NDArray[np.int64], counts: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """`arange(start, start + count)` of each, one after another. Both of shape (k,)."""
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - ends + counts, counts) + np.arange(total, dtype=np.int64)


def offsets(lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Where pieces of these lengths begin, one after another, and the end of the last. Shape (k + 1,)."""
    at = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=at[1:])
    return at
