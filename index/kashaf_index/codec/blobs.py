"""Many byte strings as two arrays: `NAME.blob`, all of them one after another, and `NAME.at`, where each begins.

`NAME.at` has one element more than there are strings, the last being the blob's length. It is u32, or u64 when the
blob takes 4 GiB.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kashaf.errors import IndexDamaged
from kashaf.said import said
from kashaf_index.codec.container import Container, ContainerWriter, StoredArray
from kashaf_index.codec.damage import damaged

_U32: Final = 1 << 32


def inconsistent(container: Container, name: str) -> IndexDamaged:
    """The error to raise over an array that does not fit the others."""
    return damaged(said("the array {name} does not fit the others", name=name), container.path)


def stored_array(container: Container, name: str, length: int | None = None) -> StoredArray:
    """The array of integers of that name, `length` elements long. Raises IndexDamaged when there is none."""
    if name not in container:
        raise inconsistent(container, name)
    array = container.array(name)
    if array.dtype.kind not in "ui" or (length is not None and len(array) != length):
        raise inconsistent(container, name)
    return array


def encode(text: str) -> bytes:
    """UTF-8. Names of files may hold lone surrogates for bytes that were none (`os.fsdecode`)."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """The inverse of `encode`. Raises ValueError."""
    return data.decode("utf-8", "surrogatepass")


class BlobWriter:
    """Writes byte strings under `name`. Of each its length is held in memory, four bytes."""

    def __init__(self, out: ContainerWriter, name: str) -> None:
        self._out = out
        self._name = name
        self._lengths: list[NDArray[np.uint32]] = []
        self._count = 0
        self._finished = False

    def __len__(self) -> int:
        return self._count

    def append(self, strings: Sequence[bytes]) -> None:
        lengths = np.fromiter(map(len, strings), np.uint32, len(strings))
        self.append_joined(np.frombuffer(b"".join(strings), np.uint8), lengths)

    def append_joined(self, joined: NDArray[np.uint8], lengths: NDArray[np.uint32]) -> None:
        """`joined` holds strings of these lengths one after another."""
        if len(lengths):
            self._out.append(f"{self._name}.blob", joined)
            self._lengths.append(lengths.astype(np.uint32, copy=False))
            self._count += len(lengths)

    def finish(self) -> None:
        """Write the offsets. May be called again to no effect."""
        if self._finished:
            return
        self._finished = True
        self._out.append(f"{self._name}.blob", np.empty(0, np.uint8))
        total = sum(int(lengths.sum(dtype=np.int64)) for lengths in self._lengths)
        dtype = np.uint32 if total < _U32 else np.uint64
        self._out.append(f"{self._name}.at", np.zeros(1, dtype))
        start = 0
        for lengths in self._lengths:
            ends = start + np.cumsum(lengths, dtype=np.int64)
            self._out.append(f"{self._name}.at", ends.astype(dtype))
            start = int(ends[-1])
        self._lengths.clear()


class Blobs:
    """Reads `count` byte strings, however many there are when None. Raises IndexDamaged for offsets that are none."""

    __slots__ = ("_at", "_blob", "_container", "_length", "_name", "count")

    def __init__(self, container: Container, name: str, count: int | None = None) -> None:
        self._container = container
        self._name = name
        self._at = stored_array(container, f"{name}.at", None if count is None else count + 1)
        self._blob = stored_array(container, f"{name}.blob")
        if not len(self._at) or self._blob.dtype != np.uint8:
            raise inconsistent(container, name)
        self._length = len(self._blob)
        self.count = len(self._at) - 1

    def one(self, number: int) -> bytes:
        """The string of that number, which must be in `[0, count)`."""
        start, end = self._at.slice(number, number + 2).tolist()
        if not start <= end <= self._length:
            raise inconsistent(self._container, f"{self._name}.at")
        return self._blob.slice(start, end).tobytes()

    def some(self, lo: int, hi: int) -> list[bytes]:
        """The strings `[lo, hi)`."""
        if lo >= hi:
            return []
        at, joined = self._stretch(lo, hi)
        text = joined.tobytes()
        return [text[start:end] for start, end in pairwise((at - at[0]).tolist())]

    def texts(self, lo: int, hi: int) -> list[str]:
        """The strings `[lo, hi)` of UTF-8. Raises IndexDamaged for bytes that are no text."""
        if lo >= hi:
            return []
        at, joined = self._stretch(lo, hi)
        return self._decoded(joined, (at - at[0]).tolist())

    def texts_of(self, numbers: NDArray[np.int64]) -> list[str]:
        """The strings of these numbers, of UTF-8. Raises IndexDamaged for bytes that are no text."""
        joined, lengths = self.gather(numbers)
        return self._decoded(joined, [0, *np.cumsum(lengths, dtype=np.int64).tolist()])

    def _decoded(self, joined: NDArray[np.uint8], cuts: Sequence[int]) -> list[str]:
        data = joined.tobytes()
        if data.isascii():
            text = data.decode("ascii")
            return [text[start:end] for start, end in pairwise(cuts)]
        try:
            return [decode(data[start:end]) for start, end in pairwise(cuts)]
        except ValueError as error:
            raise inconsistent(self._container, self._name) from error

    def joined(self, lo: int, hi: int) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
        """The strings `[lo, hi)` one after another, and the length of each. The first is a view."""
        if lo >= hi:
            return np.empty(0, np.uint8), np.empty(0, np.uint32)
        at, joined = self._stretch(lo, hi)
        return joined, np.diff(at).astype(np.uint32)

    def gather(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
        """The strings of these numbers one after another, and the length of each."""
        starts = self._at.take(numbers).astype(np.int64)
        lengths = self._at.take(numbers + 1).astype(np.int64) - starts
        if len(numbers) and (int(lengths.min()) < 0 or int((starts + lengths).max()) > self._length):
            raise inconsistent(self._container, f"{self._name}.at")
        return self._blob.gather(starts, lengths), lengths.astype(np.uint32)

    def gather_ranges(
        self, lo: NDArray[np.int64], hi: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
        """The strings of the ranges `[lo, hi)` one after another, and the length of each."""
        some = hi > lo
        lo, hi = lo[some], hi[some]
        starts = self._at.gather(lo, hi - lo).astype(np.int64)
        ends = self._at.gather(lo + 1, hi - lo).astype(np.int64)
        lengths = ends - starts
        if len(lengths) and int(lengths.min()) < 0:
            raise inconsistent(self._container, f"{self._name}.at")
        places = np.cumsum(hi - lo)
        begins = starts[places - (hi - lo)]
        return self._blob.gather(begins, ends[places - 1] - begins), lengths.astype(np.uint32)

    def _stretch(self, lo: int, hi: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
        at = self._at.slice(lo, hi + 1).astype(np.int64)
        if int(at[-1]) > self._length or bool((at[1:] < at[:-1]).any()):
            raise inconsistent(self._container, f"{self._name}.at")
        return at, self._blob.slice(int(at[0]), int(at[-1]))
