"""Containers that somebody signed who knows the format: nothing that their header and directory say is believed."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.codec_support import arrays, content, write

from kashaf.errors import IndexDamaged
from kashaf_index.codec import layout
from kashaf_index.codec.container import Container


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a1.seg"
    write(path, arrays())
    return path


def forge(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Write the directory anew and sign everything, as whoever knows the format could."""
    data = path.read_bytes()
    footer = layout.unpack_footer(data[-layout.FOOTER.size :], len(data))
    end = footer.directory + footer.directory_length
    directory = json.loads(data[footer.directory : end])
    changed = change(directory)
    written = changed if isinstance(changed, bytes) else json.dumps(directory).encode()
    resign(path, data[: footer.directory], written)


def resign(path: Path, head: bytes, directory: bytes) -> None:
    table = layout.aligned(len(head) + len(directory))
    body = (head + directory).ljust(table, b"\0")
    sums = [zlib.crc32(body[at : at + layout.BLOCK]) for at in range(0, table, layout.BLOCK)]
    packed = struct.pack(f"<{len(sums)}I", *sums)
    size = table + len(packed) + layout.FOOTER.size
    footer = layout.Footer(len(head), len(directory), table, size, len(sums), zlib.crc32(packed))
    path.write_bytes(body + packed + layout.pack_footer(footer))


def test_the_forge_forges(path: Path) -> None:
    before = content(path)
    forge(path, lambda directory: None)
    assert content(path) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["arrays"].update(date=["u32", 8, 1]),
        lambda d: d["arrays"].update(date=["u32", d["arrays"]["date"][1], 1 << 40]),
        lambda d: d["arrays"].update(date=["u32", d["arrays"]["date"][1], -1]),
        lambda d: d["arrays"].update(date=["u32", d["arrays"]["date"][1], 1.0]),
        lambda d: d["arrays"].update(date=["u32", d["arrays"]["date"][1], True]),
        lambda d: d["arrays"].update(date=["O", d["arrays"]["date"][1], 1]),
        lambda d: d["arrays"].update(date=["|O", d["arrays"]["date"][1], 1]),
        lambda d: d["arrays"].update(date=[["a", "u1"], d["arrays"]["date"][1], 1]),
        lambda d: d["arrays"].update(date=["u32", d["arrays"]["date"][1]]),
        lambda d: d["arrays"].update(date={"dtype": "u32"}),
        lambda d: d["arrays"].update({"../date": d["arrays"].pop("weight")}),
        lambda d: d["arrays"].pop("weight"),
        lambda d: d["arrays"].update(more=["u8", 1 << 37, 0]),
        lambda d: d.update(arrays=[]),
        lambda d: d.update(meta=[]),
        lambda d: d.update(more={}),
        lambda d: d.pop("meta"),
        lambda d: b"",
        lambda d: b"null",
        lambda d: b"[1]",
        lambda d: b'{"arrays": {}, "arrays": {}, "meta": {}}',
        lambda d: b'{"arrays": {}, "meta": {"a": NaN}}',
        lambda d: b'{"arrays": {}, "meta": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_001,
        lambda d: b'{"arrays": {}, "meta": {"a": "\xff"}}',
    ],
)
def test_a_forged_directory_is_damage(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    forge(path, change)
    with pytest.raises(IndexDamaged, match="directory is not readable") as caught:
        Container.open(path)
    assert caught.value.where == str(path)


def header(version: int = layout.VERSION, block: int = layout.BLOCK, kind: bytes = b"segment") -> bytes:
    return layout.HEADER.pack(layout.MAGIC, version, block, kind)


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (header(version=2), "of another version"),
        (header(version=0), "of another version"),
        (header(block=4096), "no whole part"),
        (header(kind=b"Seg\0ment"), "no whole part"),
        (header(kind=b""), "no whole part"),
        (b"\x80\x04\x95" + header()[3:], "no whole part"),
    ],
)
def test_another_header_is_damage(path: Path, head: bytes, what: str) -> None:
    resign(path, head, b'{"arrays":{},"meta":{}}')
    with pytest.raises(IndexDamaged, match=what):
        Container.open(path)
