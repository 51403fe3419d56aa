"""A file read by blocks, each checked against its checksum once, when it is first touched.

The file is not mapped: the kernel answers a page of a mapping that the file no longer has with SIGBUS, which ends
the interpreter (`man 2 mmap`). Blocks are read into anonymous memory as large as the file, of which only what was
touched is real.
"""

from __future__ import annotations

import mmap
import os
import platform
import stat
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kashaf.errors import IndexDamaged, KashafError
from kashaf.said import said
from kashaf_index.codec.damage import damaged, unreadable
from kashaf_index.codec.layout import BLOCK

_READ: Final = 1 << 30  # bytes at once
_VERIFY: Final = 1 << 20  # bytes at once

# Python names it from 3.13 on; the number is that of <asm-generic/mman.h>.
_ASM_GENERIC: Final = {"x86_64", "aarch64", "riscv64", "i686", "s390x"}
_NORESERVE: Final[int] = getattr(
    mmap, "MAP_NORESERVE", 0x4000 if sys.platform == "linux" and platform.machine() in _ASM_GENERIC else 0
)


class Space:
    """Memory for a whole file, and which of its blocks are there. Views of `values` keep the memory alive.

    values: uint8, read-only. held: a byte for every block, 1 when it was read and checked.
    """

    __slots__ = ("held", "held_array", "memory", "values")

    def __init__(self, size: int, blocks: int, path: Path) -> None:
        try:
            memory = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _NORESERVE)
        except (OSError, OverflowError) as error:
            raise KashafError(
                said("there is not enough memory to open the index"),
                where=str(path),
                cure=said("Close other programs and try again"),
            ) from error
        if hasattr(mmap, "MADV_NOHUGEPAGE"):
            # A huge page would make 2 MiB real for a block of 8 KiB. Kernels without them refuse the advice.
            with suppress(OSError):
                memory.madvise(mmap.MADV_NOHUGEPAGE)
        self.memory = memoryview(memory)
        values = np.frombuffer(memory, np.uint8)
        values.flags.writeable = False
        self.values: NDArray[np.uint8] = values
        self.held = bytearray(blocks)
        self.held_array: NDArray[np.bool_] = np.frombuffer(self.held, np.bool_)


class Blocks:
    """The blocks of one open file: its first `end` bytes, with a checksum each. Threads may share it."""

    def __init__(self, descriptor: int, path: Path, end: int, sums: NDArray[np.uint32]) -> None:
        self.path: Final = path
        self.end: Final = end
        self.space = Space(end, len(sums), path)
        self._descriptor = descriptor
        # An index that nobody closed must not keep its files open for the life of the process.
        self._given_back = weakref.finalize(self, os.close, descriptor)
        self._given_back.atexit = False
        self._sums = sums
        self._lock = threading.Lock()

    @property
    def held(self) -> int:
        """Bytes of memory that blocks take at present."""
        return int(np.count_nonzero(self.space.held_array)) * BLOCK

    def load(self, space: Space, first: int, stop: int) -> None:
        """Read the blocks `[first, stop)` that are missing. Raises IndexDamaged."""
        with self._lock:
            # What is there already is not read again: views look at it, and the file may be another by now.
            for start, end in _runs(space.held, first, stop):
                self._read(space, start, end)

    def load_some(self, space: Space, numbers: NDArray[np.integer[Any]]) -> None:
        """Read those of the blocks `numbers`, in any order, that are missing. Raises IndexDamaged."""
        with self._lock:
            missing = np.unique(numbers[~space.held_array[numbers]])
            if not len(missing):
                return
            breaks = np.flatnonzero(np.diff(missing) != 1)
            starts = missing[np.concatenate(([0], breaks + 1))]
            stops = missing[np.concatenate((breaks, [len(missing) - 1]))] + 1
            for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
                self._read(space, start, stop)

    def renew(self) -> None:
        """Start anew with no block in memory. What still looks at the old memory keeps it, and may go on reading."""
        with self._lock:
            self.space = Space(self.end, len(self._sums), self.path)

    def verify(self) -> None:
        """Read and check every block, keeping none. Raises IndexDamaged."""
        step = _VERIFY // BLOCK
        data = bytearray(min(_VERIFY, self.end))
        with self._lock, memoryview(data) as view:
            for first in range(0, len(self._sums), step):
                start = first * BLOCK
                piece = view[: min(_VERIFY, self.end - start)]
                read_into(self._open(), piece, start, self.path)
                self._check(piece, first)

    def close(self) -> None:
        """Give the file back. Blocks that are in memory stay readable."""
        with self._lock:
            self._given_back()
            self._descriptor = -1

    def _open(self) -> int:
        if self._descriptor < 0:
            raise ValueError("the container is closed")
        return self._descriptor

    def _read(self, space: Space, start: int, stop: int) -> None:
        view = space.memory[start * BLOCK : min(stop * BLOCK, self.end)]
        read_into(self._open(), view, start * BLOCK, self.path)
        if stop - start == 1:  # what a thousand scattered terms cost
            if crc32(view) != self._sums.item(start):
                raise self._changed()
            space.held[start] = 1
        else:
            self._check(view, start)
            space.held[start:stop] = b"\1" * (stop - start)

    def _check(self, view: memoryview, first: int) -> None:
        """Compare the blocks in `view`, of which `first` is the first, with their checksums."""
        offsets = range(0, len(view), BLOCK)
        sums = self._sums[first : first + len(offsets)].tolist()
        if [crc32(view[offset : offset + BLOCK]) for offset in offsets] != sums:
            raise self._changed()

    def _changed(self) -> IndexDamaged:
        return damaged(said("the file's content is not what was written"), self.path)


def open_file(path: Path) -> tuple[int, int]:
    """A descriptor of the regular file at `path`, no link, and its size. Raises IndexDamaged."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise unreadable(error, path) from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise damaged(said("is no ordinary file"), path)
    except OSError as error:
        os.close(descriptor)
        raise unreadable(error, path) from error
    except IndexDamaged:
        os.close(descriptor)
        raise
    return descriptor, status.st_size


def read_at(descriptor: int, offset: int, length: int, path: Path) -> bytes:
    """`length` bytes of the file, unchecked. Raises IndexDamaged when they are not there."""
    data = bytearray(length)
    with memoryview(data) as view:
        read_into(descriptor, view, offset, path)
    return bytes(data)


def read_into(descriptor: int, view: memoryview, offset: int, path: Path) -> None:
    """Fill `view` with the file's bytes from `offset` on. Raises IndexDamaged when there are too few."""
    try:
        done = _pread(descriptor, view, offset)
        while done < len(view):
            # A signal, or more than the system reads at once.
            taken = _pread(descriptor, view[done:], offset + done)
            if not taken:
                raise damaged(said("the file's size is not what was written"), path)
            done += taken
    except OSError as error:
        raise unreadable(error, path) from error


def _preadv(descriptor: int, view: memoryview, offset: int) -> int:
    return os.preadv(descriptor, (view,), offset)


def _pread_copied(descriptor: int, view: memoryview, offset: int) -> int:
    """For macOS before 11, which has no preadv."""
    data = os.pread(descriptor, min(len(view), _READ), offset)
    view[: len(data)] = data
    return len(data)


_pread: Final = _preadv if hasattr(os, "preadv") else _pread_copied


def _runs(held: bytearray, first: int, stop: int) -> Iterator[tuple[int, int]]:
    """The runs of missing blocks within `[first, stop)`."""
    while (start := held.find(0, first, stop)) >= 0:
        end = held.find(1, start, stop)
        first = stop if end < 0 else end
        yield start, first
