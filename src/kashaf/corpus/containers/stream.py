"""An archive read forward only, plain or compressed, with every byte charged to its meter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from kashaf.corpus.containers.codecs import CHUNK, PIECE, Codec, expand, faults
from kashaf.corpus.containers.meter import Meter

CUT: Final = "ends early: the rest of it is missing"
_DAMAGED: Final = "damaged: the rest of it cannot be read"


class Stream:
    """The plain bytes of `file`. Whatever reads raises ArchiveRefused for damage and limits, and Cancelled."""

    def __init__(self, file: BinaryIO, codec: Codec | None, meter: Meter) -> None:
        self.meter = meter
        self._pieces = self._plain(file) if codec is None else expand(self._packed(file), codec)
        self._buffer = b""
        self._at = 0

    def peek(self, size: int) -> bytes:
        """The next bytes without taking them; fewer at the end."""
        while len(self._buffer) - self._at < size and self._fill():
            pass
        return self._buffer[self._at : self._at + size]

    def read(self, size: int) -> bytes:
        """Between one and `size` bytes; none at the end."""
        if self._at >= len(self._buffer) and not self._fill():
            return b""
        taken = self._buffer[self._at : self._at + size]
        self._at += len(taken)
        return taken

    def exactly(self, size: int) -> bytes:
        """So many bytes, held in memory. Refuses the archive when it ends before."""
        self.meter.step()
        taken = self.peek(size)
        if len(taken) < size:
            self.meter.refuse(CUT, damaged=True)
        self._at += size
        return taken

    def line(self, limit: int) -> bytes:
        """Up to and with the next newline, the end, or `limit` bytes."""
        self.meter.step()
        looked = 0
        while True:
            end = self._buffer.find(b"\n", self._at + looked, self._at + limit)
            if end >= 0:
                break
            looked = len(self._buffer) - self._at
            if looked >= limit or not self._fill():
                end = min(len(self._buffer), self._at + limit) - 1
                break
        taken = self._buffer[self._at : end + 1]
        self._at = end + 1
        return taken

    def _fill(self) -> bool:
        try:
            piece = next(self._pieces, b"")
        except EOFError:
            self.meter.refuse(CUT, damaged=True)
        except faults():
            self.meter.refuse(_DAMAGED, damaged=True)
        self.meter.spend(len(piece))
        self._buffer = self._buffer[self._at :] + piece
        self._at = 0
        return bool(piece)

    def _plain(self, file: BinaryIO) -> Iterator[bytes]:
        while piece := file.read(PIECE):
            yield piece

    def _packed(self, file: BinaryIO) -> Iterator[bytes]:
        while chunk := file.read(CHUNK):
            self.meter.check()
            yield chunk


class Block:
    """The next `size` bytes of a stream: one member."""

    def __init__(self, stream: Stream, size: int) -> None:
        self._stream = stream
        self.left = size

    def read(self, size: int = PIECE) -> bytes:
        """Some bytes; none at the end of the block. Refuses the archive when it ends before the block."""
        if not self.left:
            return b""
        piece = self._stream.read(min(size, self.left))
        if not piece:
            self._stream.meter.refuse(CUT)
        self.left -= len(piece)
        return piece

    def line(self, limit: int) -> bytes:
        """As `Stream.line`, within the block."""
        taken = self._stream.line(min(limit, self.left)) if self.left else b""
        self.left -= len(taken)
        return taken

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read():
            yield piece

    def skip(self) -> None:
        """Pass over what is left."""
        for _ in self:
            pass
