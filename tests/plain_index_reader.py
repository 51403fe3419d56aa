"""A reader of segments by docs/index-format.md alone: the standard library, and nothing of Kashaf's own."""

from __future__ import annotations

import json
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

TYPES = "u8 u16 u32 u64 i8 i16 i32 i64 f32 f64"
ELEMENT = dict(zip(TYPES.split(), "BHIQbhiqfd", strict=True))
MAGIC = bytes.fromhex("89 4B 53 48 46 0D 0A 1A")


class PlainContainer:
    def __init__(self, data: bytes) -> None:
        magic, version, block, kind = struct.unpack_from("<8sII16s", data, 0)
        assert (magic, version, block) == (MAGIC, 1, 8192)
        footer = data[-56:]
        directory, length, table, size, again, blocks, table_sum, magic, own = struct.unpack(
            "<QQQQIII8sI", footer
        )
        assert (size, again, magic) == (len(data), 1, MAGIC)
        assert own == zlib.crc32(footer[:52])
        assert table == up(directory + length)
        assert blocks == -(-table // 8192)
        sums = struct.unpack_from(f"<{blocks}I", data, table)
        assert zlib.crc32(data[table : table + 4 * blocks]) == table_sum
        assert table + 4 * blocks + 56 == size
        for number, checksum in enumerate(sums):
            assert zlib.crc32(data[:table][number * 8192 : (number + 1) * 8192]) == checksum
        described = json.loads(data[directory : directory + length])
        assert set(described) == {"arrays", "meta"}
        end = 32
        for dtype, offset, count in described["arrays"].values():
            assert offset == up(end)
            end = offset + count * struct.calcsize(ELEMENT[dtype])
        assert directory == up(end)
        self.kind = kind.rstrip(b"\0").decode("ascii")
        self.meta: dict[str, Any] = described["meta"]
        self._arrays: dict[str, tuple[str, int, int]] = described["arrays"]
        self._data = data

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def array(self, name: str) -> list[int]:
        dtype, offset, count = self._arrays[name]
        return list(struct.unpack_from(f"<{count}{ELEMENT[dtype]}", self._data, offset))

    def type_of(self, name: str) -> str:
        return self._arrays[name][0]

    def strings(self, name: str) -> list[bytes]:
        blob = bytes(self.array(f"{name}.blob"))
        return [blob[start:end] for start, end in pairwise(self.array(f"{name}.at"))]


def up(offset: int) -> int:
    return (offset + 7) // 8 * 8


class PlainSegment:
    def __init__(self, data: bytes) -> None:
        self.file = PlainContainer(data)
        assert self.file.kind == "segment"
        self.meta = self.file.meta
        self.size: int = self.meta["documents"]

    def terms(self, dictionary: str) -> list[bytes]:
        terms = self.file.strings(dictionary)
        assert len(terms) == self.meta["dictionaries"][dictionary]
        assert all(a < b for a, b in pairwise(terms))
        assert self.file.strings(f"{dictionary}.sample") == terms[::64]
        return terms

    def folds(self) -> dict[bytes, list[int]]:
        ranges = zip(self.file.array("folds.first"), self.file.array("folds.count"), strict=True)
        return {
            fold: list(range(first, first + count))
            for fold, (first, count) in zip(self.file.strings("folds"), ranges, strict=True)
        }

    def rows(self, field: str) -> list[int]:
        about = self.meta["fields"][field]
        return list(range(about["rows"])) if about["every"] else self.file.array(f"{field}.terms")

    def postings(self, field: str) -> Iterator[tuple[int, int, int | None, list[int]]]:
        """(term number, document, count, positions) of all postings."""
        about = self.meta["fields"][field]
        slab = self.meta["slab"]
        for number in range(-(-self.size // slab)):
            name = f"{field}.{number}"
            start, docs = self.file.array(f"{name}.start"), self.file.array(f"{name}.docs")
            counts = self._escaped(f"{name}.counts", 255) if about["counts"] else None
            places = self.file.array(f"{name}.places") if about["positions"] else None
            where = self._escaped(f"{name}.positions", 65535) if about["positions"] else []
            for row, term in enumerate(self.rows(field)):
                place = places[row] if places else 0
                for posting in range(start[row], start[row + 1]):
                    count = counts[posting] if counts else None
                    end = place + (count or 0) if places else place
                    yield term, number * slab + docs[posting], count, where[place:end]
                    place = end
                assert not places or place == places[row + 1]

    def _escaped(self, name: str, escape: int) -> list[int]:
        values = self.file.array(name)
        if f"{name}.at" in self.file:
            for at, more in zip(self.file.array(f"{name}.at"), self.file.array(f"{name}.more"), strict=True):
                assert values[at] == escape
                values[at] = more
        return values

    def column(self, name: str) -> list[Any]:
        about = self.meta["columns"][name]
        values = self.file.array(f"column.{name}")
        if about["kind"] == "number":
            return values
        if about["kind"] == "ordinal":
            names = self.file.strings(f"column.{name}.names")
            return [names[value].decode("utf-8", "surrogatepass") for value in values]
        size = about["size"]
        return [bytes(values[at : at + size]) for at in range(0, len(values), size)]

    def ids(self) -> list[str]:
        return [one.decode("utf-8", "surrogatepass") for one in self.file.strings("ids")]

    def find(self, wanted: str) -> int:
        order = self.file.array("ids.order")
        ids = self.file.strings("ids")
        found = [document for document in order if ids[document] == wanted.encode()]
        return found[-1] if found else -1

    def stored(self, document: int) -> bytes:
        parts = self.file.array("stored.parts")
        presets = self.file.strings("stored.preset")
        preset = presets[parts[1::2][bisect_left(parts[::2], document + 1) - 1]]
        inflate = zlib.decompressobj(-15, preset)
        data = inflate.decompress(self.file.strings("stored")[document])
        assert inflate.eof
        assert len(data) == self.file.array("stored.size")[document]
        return data
