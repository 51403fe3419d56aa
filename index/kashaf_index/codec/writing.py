"""Writing a container: arrays grow in turn, and the file appears whole under its name or not at all.

What does not fit the buffer goes to a spool file, which loses its name as soon as it is made: a killed process
leaves none.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from numpy.typing import NDArray

from kashaf.errors import BadInput
from kashaf.storage import strict_json, syscalls
from kashaf.storage.atomic import disk_trouble
from kashaf_index.codec import layout
from kashaf_index.codec.layout import Extent, Footer

if TYPE_CHECKING:
    from kashaf.storage.strict_json import Json

_BUFFER: Final = 16 << 20  # bytes of all arrays together
_LARGE: Final = 64 << 10
_PIECE: Final = 64 * layout.BLOCK

_NAMES: Final = {dtype: name for name, dtype in layout.DTYPES.items()}


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is on the disk for good: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(slots=True)
class _Growing:
    """An array so far. spooled: (offset, length) in the spool file; buffered: what follows."""

    dtype: str
    count: int = 0
    spooled: list[tuple[int, int]] = field(default_factory=list)
    buffered: list[bytes] = field(default_factory=list)
    pending: int = 0  # bytes buffered


class ContainerWriter:
    """Writes one container to `path`, whose folder must exist. Not for several threads.

    Raises DiskTrouble when the system refuses; `abandon` then leaves nothing.
    """

    def __init__(self, path: Path, kind: str) -> None:
        if not layout.is_kind(kind):
            raise ValueError(f"no kind of a container: {kind!r}")
        self._path = path
        self._kind = kind
        self._arrays: dict[str, _Growing] = {}
        self._pending = 0
        self._spool = -1
        self._spool_name = _temporary(path)
        self._spooled = 0
        self._over = False

    def append(self, name: str, values: NDArray[Any]) -> None:
        """Add elements behind those of the array `name`. The first call fixes its type.

        Raises TypeError for another type than before, or one that containers do not hold.
        """
        if self._over:
            raise ValueError("the container is finished or abandoned")
        if values.ndim != 1:
            raise ValueError(f"{name}: an array of a container has one dimension")
        dtype = _NAMES.get(values.dtype.newbyteorder("<"))
        if dtype is None:
            raise TypeError(f"{name}: containers hold no {values.dtype}")
        array = self._arrays.get(name)
        if array is None:
            if not layout.is_name(name):
                raise ValueError(f"no name of an array: {name!r}")
            array = self._arrays[name] = _Growing(dtype)
        if array.dtype != dtype:
            raise TypeError(f"{name} holds {array.dtype}, not {dtype}")
        data = values.astype(layout.DTYPES[dtype], copy=False).tobytes()
        array.count += len(values)
        if not data:
            return
        array.buffered.append(data)
        array.pending += len(data)
        self._pending += len(data)
        if self._pending > _BUFFER:
            self._spill()

    def length(self, name: str) -> int:
        """How many elements the array `name` has so far; 0 when it is not there."""
        array = self._arrays.get(name)
        return array.count if array else 0

    def finish(self, meta: Mapping[str, Json]) -> Written:
        """Write the file, make its content durable and give it its name; the folder is left to the caller to sync.

        Raises ValueError for `meta` that JSON, or a reader within its limits, does not hold.
        """
        if self._over:
            raise ValueError("the container is finished or abandoned")
        extents, end = self._extents()
        directory = _directory(extents, meta)
        table = layout.aligned(end + len(directory))
        blocks = layout.blocks_of(table)
        size = table + 4 * blocks + layout.FOOTER.size
        if size > layout.MAX_SIZE:
            raise ValueError("larger than a container may be")
        footer = Footer(end, len(directory), table, size, blocks, 0)
        self._over = True
        try:
            with disk_trouble(self._path, "write the file"):
                sha256 = _write(self._path, _summed(self._body(directory, footer), footer))
        finally:
            self._drop()
        return Written(size, sha256)

    def abandon(self) -> None:
        """Leave nothing; nothing happens after `finish`."""
        self._over = True
        self._drop()

    def _extents(self) -> tuple[dict[str, Extent], int]:
        """Where each array will stand, and the directory behind them."""
        extents: dict[str, Extent] = {}
        offset = layout.HEADER.size
        for name, array in self._arrays.items():
            offset = layout.aligned(offset)
            extents[name] = extent = Extent(array.dtype, offset, array.count)
            offset = extent.end
        return extents, layout.aligned(offset)

    def _body(self, directory: bytes, footer: Footer) -> Iterator[bytes]:
        """The bytes of all that checksums cover, in pieces of any length."""
        yield layout.pack_header(self._kind)
        for array in self._arrays.values():
            length = 0
            for piece in self._content(array):
                length += len(piece)
                yield piece
            yield bytes(layout.aligned(length) - length)
        yield directory
        yield bytes(footer.table - footer.directory - footer.directory_length)

    def _content(self, array: _Growing) -> Iterator[bytes]:
        for offset, length in array.spooled:
            for start in range(offset, offset + length, _PIECE):
                wanted = min(_PIECE, offset + length - start)
                data = os.pread(self._spool, wanted, start)
                if len(data) != wanted:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                yield data
        yield from array.buffered

    def _spill(self) -> None:
        """Move what is buffered of large arrays, of all when none is large, to the spool file."""
        growing = self._arrays.values()
        chosen = [array for array in growing if array.pending >= _LARGE] or [a for a in growing if a.pending]
        try:
            with disk_trouble(self._path, "write the file"):
                if self._spool < 0:
                    self._spool = _nameless(self._spool_name)
                for array in chosen:
                    start = self._spooled
                    for data in array.buffered:
                        syscalls.write(self._spool, self._spool_name, data)
                        self._spooled += len(data)
                    array.spooled.append((start, self._spooled - start))
                    self._pending -= array.pending
                    array.pending = 0
                    array.buffered.clear()
        except BaseException:
            self.abandon()
            raise

    def _drop(self) -> None:
        self._arrays.clear()
        self._pending = 0
        if self._spool >= 0:
            os.close(self._spool)
            self._spool = -1


def _temporary(path: Path) -> str:
    """A name beside `path`, of those that `atomic.sweep` removes."""
    return str(path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp"))


def _nameless(name: str) -> int:
    """A descriptor of a new file to write and read, which has the name `name` for a moment only."""
    descriptor = syscalls.scratch(name, 0o600)
    try:
        syscalls.unlink(name)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _directory(extents: Mapping[str, Extent], meta: Mapping[str, Json]) -> bytes:
    value = {
        "arrays": {name: [extent.dtype, extent.offset, extent.count] for name, extent in extents.items()},
        "meta": dict(meta),
    }
    data = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    try:
        strict_json.loads(data, where="", max_bytes=layout.MAX_DIRECTORY, max_depth=layout.MAX_DEPTH)
    except BadInput as error:
        raise ValueError(f"no description of a container: {error.what}") from error
    return data


def _summed(body: Iterator[bytes], footer: Footer) -> Iterator[bytes]:
    """The body in larger pieces, and behind it the table of its checksums and the footer."""
    sums: list[int] = []
    for piece in _pieces(body):
        with memoryview(piece) as view:
            sums.extend(zlib.crc32(view[at : at + layout.BLOCK]) for at in range(0, len(view), layout.BLOCK))
        yield piece
    table = struct.pack(f"<{len(sums)}I", *sums)
    yield table + layout.pack_footer(replace(footer, table_sum=zlib.crc32(table)))


def _pieces(body: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of whole blocks; the last may be shorter."""
    waiting = bytearray()
    for data in body:
        waiting += data
        whole = len(waiting) // _PIECE * _PIECE
        if whole:
            yield bytes(waiting[:whole])
            del waiting[:whole]
    if waiting:
        yield bytes(waiting)


def _write(path: Path, pieces: Iterator[bytes]) -> str:
    """Put a file at `path` and return its SHA-256: whole and durable, or not at all."""
    digest = hashlib.sha256()
    temporary = _temporary(path)
    descriptor = syscalls.create(temporary, 0o600)
    try:
        try:
            for piece in pieces:
                digest.update(piece)
                syscalls.write(descriptor, temporary, piece)
            syscalls.fsync(descriptor, temporary)
        finally:
            os.close(descriptor)
        syscalls.replace(temporary, str(path))
    except BaseException:
        with suppress(OSError):
            syscalls.unlink(temporary)
        raise
    return digest.hexdigest()
