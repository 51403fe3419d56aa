"""The shipped name book as it is read: `names.json`, which `scripts/pack_names.py` makes of `names.yaml`.

The YAML is the source and takes four times as long to read. A packed book of other bytes than it has, or a damaged
one, is passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import orjson

from kashaf.entities.book.bookfile import Layer, from_plain, parse_layer, read_layer, to_plain
from kashaf.entities.book.shipped import NAMES
from kashaf.errors import DiskTrouble
from kashaf.storage.atomic import read_bytes

PACKED: Final = NAMES.with_suffix(".json")

#: Where the entries begin; what is from there to the end has a checksum of its own.
_ENTRIES: Final = b',"entries":[\n'
_FAULTS: Final = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def layer_at(path: Path) -> Layer:
    """The name book at a path, the shipped one as it is packed. Raises what `read_layer` raises."""
    if path != NAMES:
        return read_layer(path)
    data = read_bytes(path)
    return read_layer(path) if data is None else _packed(data, PACKED)


@lru_cache(maxsize=1)
def _packed(data: bytes, packed: Path) -> Layer:
    with suppress(DiskTrouble, *_FAULTS):
        raw = read_bytes(packed) or b""
        value: Mapping[str, Any] = orjson.loads(raw)
        if value["sha256"] == _hash(data) and value["check"] == _hash(raw.partition(_ENTRIES)[2]):
            return from_plain(value)
    return parse_layer.__wrapped__(data, NAMES.name)


def pack(data: bytes) -> bytes:
    """The bytes of a name book, packed: an entry a line and none with its number, so that git sees what changes."""
    layer = parse_layer(data, NAMES.name)
    value = to_plain(replace(layer, entries=tuple(replace(entry, line=0) for entry in layer.entries)))
    lines = b",\n".join(map(orjson.dumps, value.pop("entries"))) + b"\n]}\n"
    return orjson.dumps({**value, "check": _hash(lines)})[:-1] + _ENTRIES + lines


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
