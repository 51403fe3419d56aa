"""Generations on disk, and opening one without trusting it.

    index_dir/current.json          which generation is current, and the hash of its manifest; swapped atomically
    index_dir/gen-000007/           Whoosh's files, and manifest.json: size and SHA-256 of each
    index_dir/gen-000006/           the one before

An index is derived data. Whatever is wrong with it becomes one error, IndexDamaged, whose cure is to rebuild it.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from kashaf.errors import IndexDamaged, IndexMissing
from kashaf.said import said
from kashaf_index import unpickle
from kashaf_index.schema import fingerprint, make_schema

POINTER: Final = "current.json"
MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
CURE_REBUILD: Final = said("Run `kashaf index --rebuild`: nothing you made is in the index")
CURE_INDEX: Final = said("Run `kashaf index FOLDER`")
#: Up to this many bytes a generation is hashed whole at every opening (about 0.1 s); beyond it sizes are compared,
#: and `verify` hashes on demand.
HASH_LIMIT: Final = 48 * 1024 * 1024

_GENERATION: Final = re.compile(r"gen-[0-9]{6,}\Z")
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.]*\Z")
_SEGMENT_ID: Final = re.compile(r"[0-9a-z]+\Z")
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a generation: name, size in bytes, SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation consists of. `created` is ISO 8601 in UTC; `fingerprint` names schema and analysis."""

    generation: str
    created: str
    articles: int
    fingerprint: str
    files: tuple[FileEntry, ...]

    def to_bytes(self) -> bytes:
        value = {"format": FORMAT} | asdict(self)
        return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def damaged(what: str, where: Path | str) -> IndexDamaged:
    return IndexDamaged(what, where=str(where), cure=CURE_REBUILD)


def _reason(error: OSError) -> str:
    return said(error.strerror) if error.strerror else type(error).__name__


def _unreadable(error: Exception) -> str:
    return said("the index cannot be read ({reason})", reason=f"{type(error).__name__}: {error}")


# Damage surfaces out of Whoosh as whatever the garbled bytes ran into.
_RAISED_BY_DAMAGE: Final = (
    struct.error,
    zlib.error,
    unpickle.UnpicklingError,
    EOFError,
    OSError,
    ValueError,  # UnicodeDecodeError too
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    NameError,  # a file that a segment's directory does not hold
    MemoryError,  # a length field turned large
    RecursionError,
)


@contextmanager
def damage_reported(where: Path | str) -> Iterator[None]:
    """Turn what Whoosh raises over damaged files into IndexDamaged. Wrap only code that reads them."""
    try:
        yield
    except _RAISED_BY_DAMAGE as error:
        raise damaged(_unreadable(error), where) from error
    except Exception as error:
        # Whoosh raises bare Exception for a wrong block tag, and direct subclasses of its own elsewhere. Whatever
        # else there is, is another matter.
        if type(error) is not Exception and not type(error).__module__.startswith("whoosh."):
            raise
        raise damaged(_unreadable(error), where) from error


def current_generation(index_dir: Path) -> Path:
    """The current generation's folder, by the pointer alone. Raises IndexMissing and IndexDamaged."""
    return index_dir / _read_pointer(index_dir)[0]


def read_manifest(index_dir: Path) -> Manifest:
    """The current generation's manifest, checked against the pointer. Raises IndexMissing and IndexDamaged."""
    name, digest = _read_pointer(index_dir)
    path = index_dir / name / MANIFEST
    try:
        data = path.read_bytes()
    except OSError as error:
        raise damaged(said("the manifest cannot be read ({reason})", reason=_reason(error)), path) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise damaged(said("the manifest is not the one that was written"), path)
    try:
        value = json.loads(data)
        if value["format"] != FORMAT:
            raise damaged(said("the index is of another version"), path)
        files = tuple(FileEntry(str(f["name"]), int(f["size"]), str(f["sha256"])) for f in value["files"])
        manifest = Manifest(
            str(value["generation"]),
            str(value["created"]),
            int(value["articles"]),
            str(value["fingerprint"]),
            files,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(said("the manifest is not readable"), path) from error
    if manifest.generation != name or not all(_FILE_NAME.match(file.name) for file in files):
        raise damaged(said("the manifest names what it should not"), path)
    return manifest


def check_files(folder: Path, manifest: Manifest, *, hashes: bool) -> None:
    """Compare a generation's files with its manifest: sizes, and SHA-256 when asked. Raises IndexDamaged."""
    expected = {file.name for file in manifest.files} | {MANIFEST}
    try:
        found = {path.name for path in folder.iterdir()}
        for extra in sorted(found - expected):
            raise damaged(said("a file that was not written with the index"), folder / extra)
        for file in manifest.files:
            path = folder / file.name
            if path.is_symlink() or path.stat().st_size != file.size:
                raise damaged(said("the file's size is not what was written"), path)
            if hashes and sha256_of(path) != file.sha256:
                raise damaged(said("the file's content is not what was written"), path)
    except OSError as error:
        raise damaged(
            said("a file cannot be read ({reason})", reason=_reason(error)),
            error.filename or folder,
        ) from error


def verify(index_dir: Path) -> Manifest:
    """Hash every file of the current generation. Raises IndexMissing and IndexDamaged; returns its manifest."""
    manifest = read_manifest(index_dir)
    check_files(index_dir / manifest.generation, manifest, hashes=True)
    return manifest


def checked_manifest(index_dir: Path) -> Manifest:
    """The manifest of a generation that is fit to open: files as written, made by this version's analysis."""
    manifest = read_manifest(index_dir)
    folder = index_dir / manifest.generation
    if manifest.fingerprint != fingerprint():
        raise damaged(said("the index was built by another version of the analysis"), folder)
    check_files(folder, manifest, hashes=sum(file.size for file in manifest.files) <= HASH_LIMIT)
    return manifest


def open_files(folder: Path) -> Any:
    """Whoosh's index in `folder`, with our schema instead of the pickled one. Raises IndexDamaged."""
    from whoosh.filedb.filestore import FileStorage  # noqa: PLC0415 -- only when an index is opened
    from whoosh.index import FileIndex  # noqa: PLC0415

    with damage_reported(folder):
        index = FileIndex(FileStorage(str(folder)), schema=make_schema())
        for segment in index._segments():
            # Names of files are made of these.
            if segment.indexname != "MAIN" or not _SEGMENT_ID.match(segment.segid):
                raise ValueError("a segment's name is not one that Whoosh gives")
        return index


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _read_pointer(index_dir: Path) -> tuple[str, str]:
    path = index_dir / POINTER
    try:
        value = json.loads(path.read_bytes())
        name, digest = str(value["generation"]), str(value["manifest_sha256"])
    except FileNotFoundError as error:
        raise IndexMissing(said("there is no index yet"), where=str(index_dir), cure=CURE_INDEX) from error
    except OSError as error:
        raise damaged(said("the pointer cannot be read ({reason})", reason=_reason(error)), path) from error
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(said("the pointer to the current index is not readable"), path) from error
    if not _GENERATION.match(name):
        raise damaged(said("the pointer does not name a generation"), path)
    return name, digest
