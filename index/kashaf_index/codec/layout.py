"""Where what stands in a container: header, arrays, directory, table of checksums, footer.

All integers are little-endian. The checksum is CRC-32 (ISO 3309, as in zlib), of each block of 8 KiB from the
file's start up to the table; the last block may be shorter.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

MAGIC: Final = b"\x89KSHF\r\n\x1a"
VERSION: Final = 1
BLOCK_BITS: Final = 13
BLOCK: Final = 1 << BLOCK_BITS
ALIGN: Final = 8
#: Beyond any segment; what a forged file may make its reader reserve.
MAX_SIZE: Final = 1 << 38
MAX_DIRECTORY: Final = 16 << 20
MAX_DEPTH: Final = 16

# magic, version, block size, kind
HEADER: Final = struct.Struct("<8sII16s")
# directory offset and length, table offset, file size; version, blocks, CRC of the table; magic; CRC of the above
FOOTER: Final = struct.Struct("<QQQQIII8sI")

DTYPES: Final[Mapping[str, np.dtype[np.generic]]] = MappingProxyType(
    {
        name: np.dtype(code)
        for name, code in {
            "u8": "|u1",
            "u16": "<u2",
            "u32": "<u4",
            "u64": "<u8",
            "i8": "|i1",
            "i16": "<i2",
            "i32": "<i4",
            "i64": "<i8",
            "f32": "<f4",
            "f64": "<f8",
        }.items()
    }
)

_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\Z")
_KIND: Final = re.compile(r"[a-z][a-z0-9-]{0,15}\Z")


class Malformed(ValueError):
    """The bytes are no header or footer of this version."""


class OtherVersion(Malformed):
    """The bytes are those of another version of the format."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where an array stands: the name of its type, its first byte, how many elements."""

    dtype: str
    offset: int
    count: int

    @property
    def end(self) -> int:
        return self.offset + self.count * DTYPES[self.dtype].itemsize


@dataclass(frozen=True, slots=True)
class Footer:
    """Where directory and table stand, and what they must amount to. Offsets, lengths and sizes are bytes."""

    directory: int
    directory_length: int
    table: int
    size: int
    blocks: int
    table_sum: int


def aligned(offset: int) -> int:
    return -(-offset // ALIGN) * ALIGN


def blocks_of(length: int) -> int:
    """How many blocks `length` bytes take."""
    return -(-length // BLOCK)


def is_name(name: str) -> bool:
    return _NAME.match(name) is not None


def is_kind(kind: str) -> bool:
    return _KIND.match(kind) is not None


def pack_header(kind: str) -> bytes:
    return HEADER.pack(MAGIC, VERSION, BLOCK, kind.encode("ascii"))


def unpack_header(data: bytes) -> str:
    """The kind. Raises Malformed, OtherVersion."""
    if len(data) != HEADER.size:
        raise Malformed("too short")
    magic, version, block, padded = HEADER.unpack(data)
    if magic != MAGIC:
        raise Malformed("no container")
    if version != VERSION:
        raise OtherVersion(f"version {version}")
    kind = str(padded.rstrip(b"\0"), "ascii", "replace")
    if block != BLOCK or not is_kind(kind):
        raise Malformed("the header")
    return kind


def pack_footer(footer: Footer) -> bytes:
    """The footer's bytes, its own checksum at the end."""
    data = FOOTER.pack(
        footer.directory,
        footer.directory_length,
        footer.table,
        footer.size,
        VERSION,
        footer.blocks,
        footer.table_sum,
        MAGIC,
        0,
    )[:-4]
    return data + struct.pack("<I", zlib.crc32(data))


def unpack_footer(data: bytes, size: int) -> Footer:
    """The footer of a file of `size` bytes, consistent in itself. Raises Malformed."""
    if len(data) != FOOTER.size:
        raise Malformed("too short")
    directory, length, table, written, version, blocks, table_sum, magic, own = FOOTER.unpack(data)
    if magic != MAGIC or own != zlib.crc32(data[:-4]) or version != VERSION:
        raise Malformed("the footer")
    fits = (
        written == size
        and length <= MAX_DIRECTORY
        and HEADER.size <= directory
        and directory % ALIGN == 0
        and table == aligned(directory + length)
        and blocks == blocks_of(table)
        and size == table + 4 * blocks + FOOTER.size
    )
    if not fits:
        raise Malformed("the footer")
    return Footer(directory, length, table, written, blocks, table_sum)
