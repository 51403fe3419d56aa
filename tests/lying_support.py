"""Arrays that are not what they should be."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray


def changes(values: NDArray[Any], chance: random.Random) -> Iterator[NDArray[Any]]:
    """The array with other elements, and other arrays."""
    least, most = int(np.iinfo(values.dtype).min), int(np.iinfo(values.dtype).max)
    for value in (least, most, most // 2, 1):
        for place in {0, len(values) - 1, chance.randrange(max(len(values), 1))} if len(values) else set():
            changed = values.copy()
            changed[place] = value
            yield changed
    yield np.full_like(values, most)
    yield np.zeros_like(values)
    yield values[::-1].copy()
    yield values[:-1].copy()
    yield values[:0].copy()
    yield np.append(values, values[-1:])
    yield values.astype(np.int64)
    yield values.astype(np.float64)
    shuffled = values.copy()
    np.random.default_rng(1).shuffle(shuffled)
    yield shuffled
