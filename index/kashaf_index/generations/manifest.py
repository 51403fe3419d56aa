"""What a generation consists of, and the pointer to the current one: two small files of JSON, read without trust.

current.json     {"generation": "gen-000007", "manifest_sha256": "…"}
manifest.json    the files of a generation with size and SHA-256, its segments in order
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from kashaf.errors import IndexDamaged, IndexMissing
from kashaf.said import said
from kashaf_index.codec.damage import damaged, reason

POINTER: Final = "current.json"
MANIFEST: Final = "manifest.json"
FORMAT: Final = 2
CURE_INDEX: Final = said("Run `kashaf index FOLDER`")
CURE_OUTDATED: Final = said("Run `kashaf index`: it is built anew from the articles that you imported")
MAX_BYTES: Final = 16 << 20
MAX_DOCUMENTS: Final = 1 << 32

_GENERATION: Final = re.compile(r"gen-([0-9]{6,18})\Z")
_SEGMENT: Final = re.compile(r"[0-9a-z]{1,40}\.seg\Z")
_DELETIONS: Final = re.compile(r"[0-9a-z]{1,40}-[0-9]{1,18}\.del\Z")
_SHA256: Final = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a generation: name, size in bytes, SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment: the file it stands in, the file that says which of its documents are deleted ("" for none of them),
    how many documents it has, and how many of them are deleted."""

    file: str
    deletions: str
    documents: int
    deleted: int

    @property
    def live(self) -> int:
        return self.documents - self.deleted


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation consists of. `created` is ISO 8601 in UTC; `fingerprint` names layout and analysis.

    articles: those that are not deleted. Documents of the index are numbered through its segments, in this order.
    """

    generation: str
    created: str
    articles: int
    fingerprint: str
    files: tuple[FileEntry, ...]
    segments: tuple[SegmentEntry, ...]

    def to_bytes(self) -> bytes:
        value = {"format": FORMAT} | asdict(self)
        return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    def entry(self, name: str) -> FileEntry:
        return next(file for file in self.files if file.name == name)


def number_of(name: str) -> int | None:
    """The number in a generation's name; None for any other name."""
    match = _GENERATION.match(name)
    return int(match[1]) if match else None


def name_of(number: int) -> str:
    return f"gen-{number:06d}"


def pointer_to(manifest: Manifest) -> str:
    """What the pointer says."""
    digest = hashlib.sha256(manifest.to_bytes()).hexdigest()
    return json.dumps({"generation": manifest.generation, "manifest_sha256": digest}) + "\n"


def read_pointer(index_dir: Path) -> tuple[str, str]:
    """The current generation's name, and the hash of its manifest. Raises IndexMissing and IndexDamaged."""
    path = index_dir / POINTER
    try:
        value = json.loads(_read(path))
        name, digest = str(value["generation"]), str(value["manifest_sha256"])
    except FileNotFoundError as error:
        raise IndexMissing(said("there is no index yet"), where=str(index_dir), cure=CURE_INDEX) from error
    except OSError as error:
        raise damaged(said("the pointer cannot be read ({reason})", reason=reason(error)), path) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(said("the pointer to the current index is not readable"), path) from error
    if number_of(name) is None:
        raise damaged(said("the pointer does not name a generation"), path)
    return name, digest


def read_manifest(index_dir: Path) -> Manifest:
    """The current generation's manifest, checked against the pointer. Raises IndexMissing and IndexDamaged."""
    name, digest = read_pointer(index_dir)
    path = index_dir / name / MANIFEST
    try:
        data = _read(path)
    except OSError as error:
        raise damaged(said("the manifest cannot be read ({reason})", reason=reason(error)), path) from error
    except ValueError as error:
        raise damaged(said("the manifest is not readable"), path) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise damaged(said("the manifest is not the one that was written"), path)
    try:
        value = json.loads(data)
        version = value["format"]
        if version == FORMAT:
            manifest = _parsed(value)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(said("the manifest is not readable"), path) from error
    if version != FORMAT:
        earlier = isinstance(version, int) and version < FORMAT
        words = (
            said("the index was built by an earlier version")
            if earlier
            else said("the index is of another version")
        )
        raise IndexDamaged(words, where=str(path.parent), cure=CURE_OUTDATED)
    if manifest.generation != name or not _is_consistent(manifest):
        raise damaged(said("the manifest names what it should not"), path)
    return manifest


def _read(path: Path) -> bytes:
    """The file's bytes. Raises OSError, and ValueError for what is no file of a possible size."""
    # Opening a pipe would wait for who writes to it.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("not a file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(MAX_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(data) > MAX_BYTES:
        raise ValueError("too large")
    return data


def _parsed(value: Any) -> Manifest:
    return Manifest(
        generation=str(value["generation"]),
        created=str(value["created"]),
        articles=_natural(value["articles"]),
        fingerprint=str(value["fingerprint"]),
        files=tuple(
            FileEntry(str(one["name"]), _natural(one["size"]), str(one["sha256"])) for one in value["files"]
        ),
        segments=tuple(
            SegmentEntry(
                str(one["file"]),
                str(one["deletions"]),
                _natural(one["documents"]),
                _natural(one["deleted"]),
            )
            for one in value["segments"]
        ),
    )


def _natural(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("not a natural number")
    return value


def _is_consistent(manifest: Manifest) -> bool:
    """Names that are only names, each file once and of one segment, and numbers that add up."""
    segments = manifest.segments
    names = [one.file for one in segments] + [one.deletions for one in segments if one.deletions]
    return (
        all(_SEGMENT.match(one.file) for one in segments)
        and all(_DELETIONS.match(one.deletions) for one in segments if one.deletions)
        and all(bool(one.deletions) == bool(one.deleted) for one in segments)
        and all(one.documents >= one.deleted for one in segments)
        and all(_SHA256.match(file.sha256) for file in manifest.files)
        and sorted(names) == sorted({file.name for file in manifest.files})
        and len(names) == len(manifest.files)
        and sum(one.live for one in segments) == manifest.articles
        and sum(one.documents for one in segments) < MAX_DOCUMENTS
    )
