"""An array of a container, of which only what is asked for is read."""

from __future__ import annotations

from operator import index
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kashaf.errors import IndexDamaged
from kashaf.said import said
from kashaf_index.codec.blocks import Blocks, Space
from kashaf_index.codec.damage import damaged
from kashaf_index.codec.layout import BLOCK_BITS, DTYPES, Extent
from kashaf_index.codec.numbers import spread

#: Copying a range by itself costs as much as copying about so many elements one by one.
_RANGE_COST: Final = 64


class StoredArray:
    """One array, one-dimensional, read-only. Every method raises IndexDamaged.

    A place outside of the array is damage too: places come out of other arrays.
    """

    __slots__ = ("_blocks", "_count", "_offset", "_size", "_view", "dtype")

    def __init__(self, blocks: Blocks, extent: Extent) -> None:
        self.dtype: Final[np.dtype[Any]] = DTYPES[extent.dtype]
        self._blocks = blocks
        self._offset = extent.offset
        self._count = extent.count
        self._size = self.dtype.itemsize
        self._view: tuple[Space, NDArray[Any]]
        self.renew()

    def renew(self) -> None:
        """Look at the memory that the blocks have now."""
        space = self._blocks.space
        end = self._offset + self._count * self._size
        self._view = space, space.values[self._offset : end].view(self.dtype)

    def __len__(self) -> int:
        return self._count

    def item(self, i: int) -> int:
        """The `i`-th element."""
        i = index(i)
        if not 0 <= i < self._count:
            raise self._outside()
        space, values = self._view
        block = self._offset + i * self._size >> BLOCK_BITS
        if not space.held[block]:
            self._blocks.load(space, block, block + 1)
        element: int = values.item(i)
        return element

    def slice(self, a: int, b: int) -> NDArray[Any]:
        """The elements `[a, b)`: a read-only view. Copy what is kept beyond a query: views hold memory."""
        a, b = index(a), index(b)
        if not 0 <= a <= b <= self._count:
            raise self._outside()
        space, values = self._view
        if a < b:
            first = self._offset + a * self._size >> BLOCK_BITS
            stop = (self._offset + b * self._size - 1 >> BLOCK_BITS) + 1
            if space.held.find(0, first, stop) >= 0:
                self._blocks.load(space, first, stop)
        return values[a:b]

    def all(self) -> NDArray[Any]:
        """Every element: a read-only view."""
        return self.slice(0, self._count)

    def take(self, indices: NDArray[np.integer[Any]]) -> NDArray[Any]:
        """The elements at `indices`, of any order and number: a copy."""
        if not len(indices):
            return np.empty(0, self.dtype)
        places = indices.astype(np.int64, copy=False)
        # As unsigned numbers the negative ones are beyond every array.
        if int(places.view(np.uint64).max()) >= self._count:
            raise self._outside()
        space, values = self._view
        if not self._is_whole(space):
            numbers = places * self._size
            numbers += self._offset
            numbers >>= BLOCK_BITS
            if not space.held_array[numbers].all():
                self._blocks.load_some(space, numbers)
        return values.take(places)

    def gather(self, starts: NDArray[np.integer[Any]], counts: NDArray[np.integer[Any]]) -> NDArray[Any]:
        """The elements of the ranges `[starts[i], starts[i] + counts[i])`, one after the other: a copy."""
        if len(starts) != len(counts):
            raise ValueError("a start and a count for every range")
        begins = starts.astype(np.int64, copy=False)
        lengths = counts.astype(np.int64, copy=False)
        if not len(begins):
            return np.empty(0, self.dtype)
        ends = begins + lengths
        if max(int(array.view(np.uint64).max()) for array in (begins, lengths, ends)) > self._count:
            raise self._outside()
        if np.array_equal(ends[:-1], begins[1:]):
            return self.slice(int(begins[0]), int(ends[-1])).copy()
        space, values = self._view
        if not self._is_whole(space):
            self._load_ranges(space, begins, lengths)
        if int(lengths.sum()) > _RANGE_COST * len(lengths):
            pairs = zip(begins.tolist(), ends.tolist(), strict=True)
            return np.concatenate([values[begin:end] for begin, end in pairs])
        return values.take(spread(begins, lengths))

    def _is_whole(self, space: Space) -> bool:
        first = self._offset >> BLOCK_BITS
        stop = (self._offset + self._count * self._size - 1 >> BLOCK_BITS) + 1
        return space.held.find(0, first, stop) < 0

    def _load_ranges(self, space: Space, begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> None:
        some = lengths > 0
        first = self._offset + begins[some] * self._size >> BLOCK_BITS
        last = self._offset + (begins + lengths)[some] * self._size - 1 >> BLOCK_BITS
        numbers = spread(first, last - first + 1)
        if not space.held_array[numbers].all():
            self._blocks.load_some(space, numbers)

    def _outside(self) -> IndexDamaged:
        return damaged(said("the file points at what it does not hold"), self._blocks.path)
