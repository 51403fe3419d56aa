"""The directory of a ZIP archive (PKWARE APPNOTE 6.3), read entry by entry and believed in nothing it can lie about.

`zipfile` holds all of it in memory, gives the whole archive up for one name that is not UTF-8, and until Python
3.11.8 does not see entries that overlap.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

LOCAL: Final = b"PK\x03\x04"
_CENTRAL: Final = b"PK\x01\x02"
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x06"
_LOCATOR_64: Final = b"PK\x06\x07"
_END_FORM: Final = struct.Struct("<4s4H2LH")
_LOCATOR_FORM: Final = struct.Struct("<4sLQL")
_END_64_FORM: Final = struct.Struct("<4sQ2H2L4Q")
_CENTRAL_FORM: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL_FORM: Final = struct.Struct("<4s5H3L2H")
_COMMENT: Final = 0xFFFF
_UNSET: Final = 0xFFFFFFFF
_UNIX: Final = (3, 19)  # systems whose attributes are a file mode: Unix and macOS
_UTF_8: Final = 0x800
_EXTRA_64: Final = 0x0001
_EXTRA_NAME: Final = 0x7075


@dataclass(frozen=True, slots=True)
class Stated:
    """What the directory, or a file's own header, says of a file. Sizes in bytes; at: of the file's own header.

    name: as bytes. is_utf8: whether it says so. mode: of Unix, or 0.
    """

    name: bytes
    is_utf8: bool
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    at: int
    mode: int = 0

    @property
    def encrypted(self) -> bool:
        return bool(self.flags & 0x41)

    @property
    def streamed(self) -> bool:
        """Whether the file's own header leaves the sizes to what follows its data."""
        return bool(self.flags & 0x08)


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the directory lies, and by how much all offsets in it are off (a program may stand before it)."""

    start: int
    size: int
    shift: int


def find(file: BinaryIO) -> Directory | None:
    """The directory; None when there is none, as in an archive that was cut."""
    length = file.seek(0, os.SEEK_END)
    tail_at = max(0, length - _END_FORM.size - _COMMENT)
    file.seek(tail_at)
    tail = file.read(length - tail_at)
    at = tail.rfind(_END)
    while at >= 0:
        found = _end(file, tail_at + at, tail[at : at + _END_FORM.size])
        if found is not None:
            return found
        at = tail.rfind(_END, 0, at)
    return None


def entries(file: BinaryIO, directory: Directory) -> Iterator[Stated]:
    """What it lists. Ends where an entry is damaged, short of `size`. `file` is not to be moved meanwhile."""
    file.seek(directory.start)
    left = directory.size
    while left >= _CENTRAL_FORM.size:
        head = file.read(_CENTRAL_FORM.size)
        if len(head) < _CENTRAL_FORM.size or not head.startswith(_CENTRAL):
            return
        (_, made_by, _, flags, method, _, _, crc, packed, size, names, extras, comments, _, _, outer, at) = (
            _CENTRAL_FORM.unpack(head)
        )
        rest = file.read(names + extras + comments)
        left -= len(head) + len(rest)
        name, extra = rest[:names], dict(_extras(rest[names : names + extras]))
        size, packed, at = _wide(extra.get(_EXTRA_64, b""), size, packed, at)
        name, is_utf8 = _name(name, extra, flags)
        mode = outer >> 16 if made_by >> 8 in _UNIX else 0
        yield Stated(name, is_utf8, flags, method, crc, packed, size, at + directory.shift, mode)


def local(file: BinaryIO, at: int) -> tuple[Stated, int] | None:
    """A file's own header at an offset, and where its data begins; None when there is no header."""
    file.seek(at)
    head = file.read(_LOCAL_FORM.size)
    if len(head) < _LOCAL_FORM.size or not head.startswith(LOCAL):
        return None
    _, _, flags, method, _, _, crc, packed, size, names, extras = _LOCAL_FORM.unpack(head)
    rest = file.read(names + extras)
    name, extra = rest[:names], dict(_extras(rest[names:]))
    size, packed, _ = _wide(extra.get(_EXTRA_64, b""), size, packed, 0)
    name, is_utf8 = _name(name, extra, flags)
    data_at = at + _LOCAL_FORM.size + names + extras
    return Stated(name, is_utf8, flags, method, crc, packed, size, at), data_at


def _end(file: BinaryIO, at: int, record: bytes) -> Directory | None:
    if len(record) < _END_FORM.size:
        return None
    _, _, _, _, count, size, start, _ = _END_FORM.unpack(record)
    end = at
    if _UNSET in (size, start) or count == 0xFFFF:
        wide = _end_64(file, at)
        if wide is not None:
            size, start, end = wide
    shift = end - size - start
    if shift < 0:
        return None
    file.seek(end - size)
    if size and file.read(len(_CENTRAL)) != _CENTRAL:
        return None
    return Directory(end - size, size, shift)


def _end_64(file: BinaryIO, end: int) -> tuple[int, int, int] | None:
    """Size, stated start and true end of the directory of a large archive."""
    if end < _LOCATOR_FORM.size + _END_64_FORM.size:
        return None
    file.seek(end - _LOCATOR_FORM.size)
    signature, _, stated, _ = _LOCATOR_FORM.unpack(file.read(_LOCATOR_FORM.size))
    if signature != _LOCATOR_64:
        return None
    # Where it says, or right before the locator when something stands before the archive.
    for at in (stated, end - _LOCATOR_FORM.size - _END_64_FORM.size):
        if at <= end - _LOCATOR_FORM.size - _END_64_FORM.size:
            file.seek(at)
            record = _END_64_FORM.unpack(file.read(_END_64_FORM.size))
            if record[0] == _END_64:
                return record[8], record[9], at
    return None


def _extras(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<2H", data, at)
        yield kind, data[at + 4 : at + 4 + size]
        at += 4 + size


def _wide(extra: bytes, size: int, packed: int, at: int) -> tuple[int, int, int]:
    """Numbers that do not fit stand in the extra field, only those, in this order."""
    values = [size, packed, at]
    offset = 0
    for place, value in enumerate(values):
        if value == _UNSET and offset + 8 <= len(extra):
            values[place] = int.from_bytes(extra[offset : offset + 8], "little")
            offset += 8
    return values[0], values[1], values[2]


def _name(name: bytes, extra: dict[int, bytes], flags: int) -> tuple[bytes, bool]:
    better = extra.get(_EXTRA_NAME, b"")
    if len(better) > 5 and better[0] == 1:
        return better[5:], True
    return name, bool(flags & _UTF_8)
