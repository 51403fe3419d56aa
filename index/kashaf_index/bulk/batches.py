"""Entries as the bytes that go from process to process: JSON of all but what is stored, and that as it is."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

import orjson

from kashaf_index.bulk.entry import Entry

_LENGTH: Final = struct.Struct("<cI")
_FAST, _WIDE = b"f", b"w"
_TOLD: Final = [field.name for field in fields(Entry) if field.name != "stored"]
_told: Final = attrgetter(*_TOLD)


def pack(entries: Sequence[Entry]) -> bytes:
    """One message."""
    values = [(*_told(entry), len(entry.stored)) for entry in entries]
    kind = _FAST
    try:
        head = orjson.dumps(values)
    except TypeError:
        # Names of files may hold lone surrogates, which orjson refuses.
        kind, head = _WIDE, json.dumps(values).encode("ascii")
    return b"".join((_LENGTH.pack(kind, len(head)), head, *(entry.stored for entry in entries)))


def unpack(message: bytes) -> Iterator[Entry]:
    """The inverse of `pack`."""
    kind, length = _LENGTH.unpack_from(message)
    at = _LENGTH.size + length
    head = message[_LENGTH.size : at]
    values: list[list[Any]] = orjson.loads(head) if kind == _FAST else json.loads(head)
    for row in values:
        # The last value is the length of what is stored, which is the last field.
        end = at + row[-1]
        row[-1] = message[at:end]
        yield Entry(*row)
        at = end
