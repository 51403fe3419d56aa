"""The hashed words and fingerprints of articles on disk, in segments that are written once and read by memory map.

A segment is a line of JSON of `_HEADER` bytes, records in JSON, and two arrays of little-endian 32-bit numbers: the
words of all its articles, then their fingerprints. The header bears a version and the CRC-32 of all the rest. It is
derived data: whatever is not as it was written is ValueError here, and made again by who asked.
"""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from kashaf.corpus.duplicates import Prints, Words
from kashaf.errors import DiskTrouble
from kashaf.storage.atomic import disk_trouble, ensure_dir, unlink, write_bytes

SUFFIX: Final = ".signatures"
VERSION: Final = 1
_HEADER: Final = 256
_FULL: Final = 4_000_000  # words of a segment, about
_SMALL: Final = 500_000
_MANY: Final = 8


class Record(NamedTuple):
    """An article as it was compared, and how much of the segment's arrays is its own. digest: of its words."""

    id: str
    text_sha256: str
    published: str
    imported: str
    digest: str
    words: int
    prints: int

    @property
    def key(self) -> tuple[bool, str, str, str]:
        """Its place in first-seen order: undated ones last."""
        return not self.published, self.published, self.imported, self.id


@dataclass(frozen=True, slots=True)
class Segment:
    """An opened segment. Article n has the words and fingerprints from place n to place n + 1."""

    name: str
    records: tuple[Record, ...]
    _words: npt.NDArray[np.uint32]
    _prints: npt.NDArray[np.uint32]
    _word_places: npt.NDArray[np.int64]
    _print_places: npt.NDArray[np.int64]

    @classmethod
    def open(cls, folder: Path, name: str) -> Self:
        """Raises ValueError when it is missing or not what was written, DiskTrouble when the system refuses."""
        if Path(name).name != name or not name.endswith(SUFFIX):
            raise ValueError("no segment's name")
        try:
            with disk_trouble(folder / name, "read the file"):
                # A plain array over the map: slices of a memmap are slow to make.
                data = np.asarray(np.memmap(folder / name, dtype=np.uint8, mode="r"))
        except DiskTrouble as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise ValueError("missing") from error
            raise
        header = json.loads(bytes(data[:_HEADER]))
        if (
            not isinstance(header, dict)
            or (header.get("kashaf"), header.get("version")) != ("signatures", VERSION)
            or header.get("crc32") != zlib.crc32(data[_HEADER:].data)
        ):
            raise ValueError("not what was written")
        split = _HEADER + int(header["records"])
        records = tuple(Record(*row) for row in json.loads(bytes(data[_HEADER:split])))
        words, prints = (_places([getattr(one, of) for one in records]) for of in ("words", "prints"))
        numbers = data[split:].view("<u4")
        if len(numbers) != words[-1] + prints[-1]:
            raise ValueError("torn")
        return cls(name, records, numbers[: words[-1]], numbers[words[-1] :], words, prints)

    def words(self, number: int) -> Words:
        return self._words[self._word_places[number] : self._word_places[number + 1]]

    def prints(self, number: int) -> Prints:
        return self._prints[self._print_places[number] : self._print_places[number + 1]]

    @property
    def size(self) -> int:
        """In words."""
        return len(self._words)


class SegmentWriter:
    """Takes signatures and writes a segment whenever one is full. Nothing refers to them until the caller does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names: list[str] = []
        self._start()

    def put(self, record: Record, words: Words, prints: Prints) -> None:
        """Raises DiskTrouble."""
        self._records.append(record)
        self._words.append(words)
        self._prints.append(prints)
        self._size += len(words)
        if self._size >= _FULL:
            self.finish()

    def finish(self) -> None:
        """Write what is left. Raises DiskTrouble."""
        if not self._records:
            return
        records = json.dumps(self._records, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        records += b" " * (-len(records) % 4)
        arrays = [array.astype("<u4", copy=False).tobytes() for array in (*self._words, *self._prints)]
        body = b"".join([records, *arrays])
        header = {
            "kashaf": "signatures",
            "version": VERSION,
            "records": len(records),
            "crc32": zlib.crc32(body),
        }
        name = secrets.token_hex(8) + SUFFIX
        ensure_dir(self._folder)
        data = json.dumps(header).encode().ljust(_HEADER - 1) + b"\n" + body
        write_bytes(self._folder / name, data, durable=False)
        self.names.append(name)
        self._start()

    def discard(self) -> None:
        """Take away what was written. Raises DiskTrouble."""
        for name in self.names:
            unlink(self._folder / name)
        self.names.clear()
        self._start()

    def _start(self) -> None:
        self._records: list[Record] = []
        self._words: list[Words] = []
        self._prints: list[Prints] = []
        self._size = 0


class Signatures:
    """Segments without the articles that were dropped from them: one live record an id."""

    def __init__(self, segments: list[Segment], dropped: dict[str, set[int]]) -> None:
        """Raises ValueError when an id lives twice."""
        self.segments = segments
        self.dropped = dropped
        self.places: dict[str, tuple[Segment, int]] = {}
        for segment in segments:
            out = dropped.get(segment.name, ())
            for number, record in enumerate(segment.records):
                if number not in out:
                    if record.id in self.places:
                        raise ValueError("an article stands twice")
                    self.places[record.id] = segment, number

    def record(self, article_id: str) -> Record:
        segment, number = self.places[article_id]
        return segment.records[number]

    def records(self) -> Iterator[Record]:
        """Every live one."""
        return (segment.records[number] for segment, number in self.places.values())

    def words(self, article_id: str) -> Words:
        segment, number = self.places[article_id]
        return segment.words(number)

    def prints(self, article_id: str) -> Prints:
        segment, number = self.places[article_id]
        return segment.prints(number)

    def drop(self, article_id: str) -> None:
        """Forget an article, if it is known."""
        place = self.places.pop(article_id, None)
        if place is not None:
            self.dropped.setdefault(place[0].name, set()).add(place[1])

    def compacted(self, folder: Path) -> Signatures:
        """The same in fewer segments, when too many are small or a half of one is dropped. Raises DiskTrouble."""
        half = [one for one in self.segments if 2 * len(self.dropped.get(one.name, ())) > len(one.records)]
        small = [one for one in self.segments if one.size < _SMALL]
        old = {one.name for one in (*half, *(small if len(small) > _MANY else ()))}
        if not old:
            return self
        writer = SegmentWriter(folder)
        for segment, number in self.places.values():
            if segment.name in old:
                writer.put(segment.records[number], segment.words(number), segment.prints(number))
        writer.finish()
        kept = [one for one in self.segments if one.name not in old]
        return Signatures(
            [*kept, *(Segment.open(folder, name) for name in writer.names)],
            {name: out for name, out in self.dropped.items() if name not in old},
        )


def sweep_segments(folder: Path, keep: set[str]) -> None:
    """Remove the segments that are not to be kept. Only under the lock that guards them. Raises DiskTrouble."""
    with disk_trouble(folder, "list the folder"):
        files = [one for one in folder.iterdir() if one.name not in keep]
    for file in files:
        if file.suffix == SUFFIX or (file.suffix == ".tmp" and file.name.startswith(".")):
            unlink(file)


def _places(sizes: list[int]) -> npt.NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))).astype(np.int64)
