"""The stored documents: bytes, each deflated by itself with a preset dictionary.

    stored.blob, stored.at   raw deflate (RFC 1951) of each document
    stored.size u32          how many bytes it inflates to
    stored.parts u32         pairs: a part's first document, and the number of its preset dictionary
    stored.preset.blob, .at  the preset dictionaries (`zlib.compressobj(zdict=…)`)

A segment that was merged has several parts: documents are copied as they are, with their preset dictionary.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.blobs import Blobs, BlobWriter, inconsistent, stored_array
from kashaf_index.codec.container import Container, ContainerWriter

_LEVEL: Final = 1
# 16 KiB of window and its tables are quicker to set up for each document than 32, and cost no ratio on articles.
_WRITE_BITS: Final = -14
_READ_BITS: Final = -15
#: The preset dictionary: so many bytes, of each of the first documents at most a share.
_PRESET: Final = 16 << 10
_SHARE: Final = 4 << 10
_FROM_AT_MOST: Final = 64
#: Fewer documents of one part are deflated anew when copied: a preset dictionary must pay.
_WORTH_COPYING: Final = 256
_BUFFER: Final = 1 << 20
#: Deflate makes at most 1,032 bytes out of one (a match of 258 bytes takes two bits).
_MOST: Final = 1032

_U32: Final = 1 << 32


class StoredWriter:
    """Takes documents one after another. The preset dictionary is made of the first ones."""

    def __init__(self, out: ContainerWriter) -> None:
        self._out = out
        self._blobs = BlobWriter(out, "stored")
        self._presets = BlobWriter(out, "stored.preset")
        self._numbers: dict[bytes, int] = {}
        self._parts: list[tuple[int, int]] = []
        self._first: list[bytes] | None = []
        self._gathered = 0
        self._own = -1
        self._primed: Any = None
        self._deflated: list[bytes] = []
        self._sizes: list[int] = []
        self._held = 0
        self._finished = False

    def __len__(self) -> int:
        waiting = len(self._first) if self._first is not None else 0
        return len(self._blobs) + len(self._deflated) + waiting

    def append(self, data: bytes) -> None:
        """Append one document."""
        if self._first is None:
            self._deflate(data)
            return
        self._first.append(data)
        self._gathered += min(len(data), _SHARE)
        if self._gathered >= _PRESET or len(self._first) == _FROM_AT_MOST:
            self._begin()

    def copy(self, source: Stored, documents: NDArray[Any]) -> None:
        """Append these documents of another segment, ascending. Raises IndexDamaged when it is."""
        for preset, of_part in source.parts(documents.astype(np.int64)):
            if len(of_part) < _WORTH_COPYING:
                for document in of_part.tolist():
                    self.append(source.read(document))
                continue
            self._flush()
            self._enter(self._number(preset))
            for piece in np.array_split(of_part, -(-len(of_part) // 4096)):
                deflated, lengths, sizes = source.deflated(piece)
                self._blobs.append_joined(deflated, lengths)
                self._out.append("stored.size", sizes)

    def finish(self) -> None:
        """May be called again to no effect."""
        if not self._finished:
            self._finished = True
            self._flush()
            self._blobs.finish()
            self._presets.finish()
            self._out.append("stored.size", np.empty(0, np.uint32))
            self._out.append("stored.parts", np.array(self._parts, np.uint32).reshape(-1))

    def _begin(self) -> None:
        """Make the preset dictionary of the documents that wait for it, and deflate them."""
        first, self._first = self._first or [], None
        preset = b"".join(data[:_SHARE] for data in first)[:_PRESET]
        self._own = self._number(preset)
        self._primed = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WRITE_BITS, zdict=preset)
        for data in first:
            self._deflate(data)

    def _deflate(self, data: bytes) -> None:
        if len(data) >= _U32:
            raise ValueError("a document is too large")
        deflate = self._primed.copy()
        self._deflated.append(deflate.compress(data) + deflate.flush())
        self._sizes.append(len(data))
        self._held += len(self._deflated[-1])
        if self._held >= _BUFFER:
            self._flush()

    def _flush(self) -> None:
        if self._first:
            self._begin()
        if self._deflated:
            self._enter(self._own)
            self._blobs.append(self._deflated)
            self._out.append("stored.size", np.array(self._sizes, np.uint32))
            self._deflated, self._sizes, self._held = [], [], 0

    def _number(self, preset: bytes) -> int:
        if preset not in self._numbers:
            self._numbers[preset] = len(self._numbers)
            self._presets.append([preset])
        return self._numbers[preset]

    def _enter(self, preset: int) -> None:
        """What follows is of that preset dictionary."""
        if not self._parts or self._parts[-1][1] != preset:
            self._parts.append((len(self._blobs), preset))


class Stored:
    """The documents of a segment."""

    def __init__(self, container: Container, documents: int) -> None:
        self._container = container
        self._documents = documents
        self._blobs = Blobs(container, "stored", documents)
        self._sizes = stored_array(container, "stored.size", documents)
        parts = stored_array(container, "stored.parts").all()
        if len(parts) % 2:
            raise inconsistent(container, "stored.parts")
        self._firsts: list[int] = parts[::2].tolist()
        numbers: list[int] = parts[1::2].tolist()
        presets = Blobs(container, "stored.preset")
        ordered = self._firsts == sorted(set(self._firsts)) and self._firsts[:1] == [0] * min(documents, 1)
        if not ordered or any(number >= presets.count for number in numbers):
            raise inconsistent(container, "stored.parts")
        self._presets = [presets.one(number) for number in numbers]

    def read(self, document: int) -> bytes:
        """The document, in `[0, documents)`. Raises IndexDamaged when it does not inflate to its size."""
        deflated = self._blobs.one(document)
        size = self._sizes.item(document)
        if size > _MOST * len(deflated):
            raise inconsistent(self._container, "stored.size")
        inflate = zlib.decompressobj(_READ_BITS, self._presets[bisect_right(self._firsts, document) - 1])
        try:
            # One more than is due, so that the end is reached when it is as it should be.
            data = inflate.decompress(deflated, size + 1)
        except zlib.error as error:
            raise inconsistent(self._container, "stored.blob") from error
        if len(data) != size or not inflate.eof:
            raise inconsistent(self._container, "stored.size")
        return data

    def parts(self, documents: NDArray[np.int64]) -> list[tuple[bytes, NDArray[np.int64]]]:
        """The documents, which ascend, by part: its preset dictionary, and those of them that are in it."""
        cuts = np.searchsorted(documents, np.array(self._firsts[1:], np.int64))
        pieces = np.split(documents, cuts)
        return [(preset, piece) for preset, piece in zip(self._presets, pieces, strict=False) if len(piece)]

    def deflated(
        self, documents: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint32], NDArray[np.uint32]]:
        """The documents as they are stored one after another, the length of each, and what it inflates to."""
        joined, lengths = self._blobs.gather(documents)
        return joined, lengths, self._sizes.take(documents)
