"""Compressed bytes to plain ones, in pieces of bounded size whatever the compressed ones ask for."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from kashaf.corpus.limits import MAX_XZ_MEMORY

PIECE: Final = 64 * 1024
CHUNK: Final = (
    16 * 1024
)  # of compressed bytes: what follows the end of a stream is copied, once for each stream


class Decompressor(Protocol):
    """As in `bz2` and `lzma`."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class Inflate:
    """zlib's decompressor with the interface of the others. wbits: as `zlib.decompressobj` takes it."""

    def __init__(self, wbits: int) -> None:
        self._machine = zlib.decompressobj(wbits)
        self._tail = b""
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._machine.eof

    @property
    def unused_data(self) -> bytes:
        return self._machine.unused_data

    def decompress(self, data: bytes, max_length: int = PIECE) -> bytes:
        piece = self._machine.decompress(self._tail + data, max_length)
        self._tail = self._machine.unconsumed_tail
        self.needs_input = not self._tail and len(piece) < max_length
        return piece


@dataclass(frozen=True, slots=True)
class Codec:
    """A way to compress one file. names: endings of its files."""

    magic: tuple[bytes, ...]
    new: Callable[[], Decompressor]
    names: tuple[str, ...]


def bz2() -> Decompressor:
    from bz2 import BZ2Decompressor  # noqa: PLC0415 -- only when there is such a file

    return BZ2Decompressor()


def _xz() -> Decompressor:
    from lzma import FORMAT_XZ, LZMADecompressor  # noqa: PLC0415 -- only when there is such a file

    return LZMADecompressor(FORMAT_XZ, memlimit=MAX_XZ_MEMORY)


def lzma_of_zip(properties: bytes) -> Decompressor:
    """For method 14 of ZIP (APPNOTE 5.8.8). properties: its five bytes. Raises ValueError."""
    from lzma import FILTER_LZMA1, FORMAT_RAW, LZMADecompressor  # noqa: PLC0415 -- only when there is such a file

    packed, size = properties[0], int.from_bytes(properties[1:5], "little")
    if size > MAX_XZ_MEMORY or packed >= 9 * 5 * 5:
        raise ValueError("its dictionary is too large")
    settings = {"lc": packed % 9, "lp": packed // 9 % 5, "pb": packed // 45, "dict_size": max(size, 4096)}
    return LZMADecompressor(FORMAT_RAW, filters=[{"id": FILTER_LZMA1, **settings}])


GZIP: Final = Codec((b"\x1f\x8b\x08",), lambda: Inflate(31), (".gz", ".gzip", ".z"))
_CODECS: Final = (
    GZIP,
    # A level, then a block or, in a file of nothing, the end.
    Codec(
        tuple(b"BZh%d" % level + mark for level in range(1, 10) for mark in (b"1AY&SY", b"\x17rE8P\x90")),
        bz2,
        (".bz2", ".bz"),
    ),
    Codec((b"\xfd7zXZ\x00",), _xz, (".xz",)),
)


def codec_of(head: bytes) -> Codec | None:
    """How a file with these first bytes is compressed; None: it is not."""
    return next((codec for codec in _CODECS if head.startswith(codec.magic)), None)


def faults() -> tuple[type[Exception], ...]:
    """What damaged data may raise."""
    from lzma import LZMAError  # noqa: PLC0415 -- only when there is such a file

    return (zlib.error, OSError, EOFError, ValueError, LZMAError)


def expand(chunks: Iterable[bytes], codec: Codec) -> Iterator[bytes]:
    """The plain bytes of one compressed stream, or of several end to end.

    Zeros after a stream are padding, and other bytes after it no part of it. Raises one of `faults`, EOFError
    when the last stream is cut.
    """
    shortest = min(map(len, codec.magic))
    machine: Decompressor | None = codec.new()
    carried = b""
    for chunk in chunks:
        data = carried + chunk
        carried = b""
        while True:
            if machine is None:
                data = data.lstrip(b"\0")
                if len(data) < shortest:
                    carried = data
                    break
                if not data.startswith(tuple(magic[:shortest] for magic in codec.magic)):
                    return
                machine = codec.new()
            piece = machine.decompress(data, PIECE)
            if piece:
                yield piece
            if machine.eof:
                data = machine.unused_data
                machine = None
            elif machine.needs_input:
                break
            else:
                data = b""
    if machine is not None:
        raise EOFError
