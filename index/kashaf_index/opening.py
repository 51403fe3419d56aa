"""Generations on disk, and opening one without trusting it.

    index_dir/current.json          which generation is current, and the hash of its manifest; swapped atomically
    index_dir/gen-000007/           containers: a segment each, and which of its documents are deleted; manifest.json
    index_dir/gen-000006/           the one before

Opening follows the pointer to the manifest (by its hash), compares the sizes of the files, and reads both ends of
each container; what stands between is checked block by block when it is first read, or all at once by `verify`. An
index is derived data: whatever is wrong with it is one error, IndexDamaged, whose cure is to rebuild it.
"""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kashaf.said import said
from kashaf_index.codec.damage import CURE_REBUILD, damaged, unreadable
from kashaf_index.generations import deletions
from kashaf_index.generations.fingerprint import fingerprint
from kashaf_index.generations.manifest import (
    CURE_INDEX,
    MANIFEST,
    POINTER,
    FileEntry,
    Manifest,
    SegmentEntry,
    read_manifest,
    read_pointer,
)

if TYPE_CHECKING:
    from kashaf_index.codec.segment import SegmentFile

__all__ = [
    "CURE_INDEX",
    "CURE_REBUILD",
    "MANIFEST",
    "POINTER",
    "FileEntry",
    "Manifest",
    "SegmentEntry",
    "check_files",
    "checked_manifest",
    "current_generation",
    "damaged",
    "open_segments",
    "read_manifest",
    "sha256_of",
    "verify",
]

_CHUNK: Final = 1 << 20


def current_generation(index_dir: Path) -> Path:
    """The current generation's folder, by the pointer alone. Raises IndexMissing and IndexDamaged."""
    return index_dir / read_pointer(index_dir)[0]


def checked_manifest(index_dir: Path) -> Manifest:
    """The manifest of a generation that is fit to open: files as large as written, made by this version's analysis.

    Raises IndexMissing and IndexDamaged.
    """
    manifest = read_manifest(index_dir)
    folder = index_dir / manifest.generation
    if manifest.fingerprint != fingerprint():
        raise damaged(said("the index was built by another version of the analysis"), folder)
    check_files(folder, manifest)
    return manifest


def check_files(folder: Path, manifest: Manifest, *, hashes: bool = False) -> None:
    """Compare a generation's files with its manifest: sizes, and SHA-256 when asked. Raises IndexDamaged."""
    expected = {file.name for file in manifest.files} | {MANIFEST}
    try:
        for extra in sorted({path.name for path in folder.iterdir()} - expected):
            raise damaged(said("a file that was not written with the index"), folder / extra)
        for file in manifest.files:
            path = folder / file.name
            status = path.lstat()
            if not stat.S_ISREG(status.st_mode) or status.st_size != file.size:
                raise damaged(said("the file's size is not what was written"), path)
            if hashes and sha256_of(path) != file.sha256:
                raise damaged(said("the file's content is not what was written"), path)
    except OSError as error:
        raise unreadable(error, error.filename or folder) from error


def verify(index_dir: Path) -> Manifest:
    """Hash every file of the current generation. Raises IndexMissing and IndexDamaged; returns its manifest."""
    manifest = read_manifest(index_dir)
    check_files(index_dir / manifest.generation, manifest, hashes=True)
    return manifest


def open_segments(folder: Path, manifest: Manifest) -> list[tuple[SegmentFile, deletions.Mask | None]]:
    """A generation's segments in order, each with the mask of its deleted documents (None: there is none).

    The manifest is a checked one. Files that are open go on answering when the generation is removed. Whoever opens
    closes. Raises IndexDamaged.
    """
    opened: list[tuple[SegmentFile, deletions.Mask | None]] = []
    try:
        for segment in manifest.segments:
            opened.append(_open_segment(folder, segment))
    except BaseException:
        for file, _ in opened:
            file.close()
        raise
    return opened


def _open_segment(folder: Path, segment: SegmentEntry) -> tuple[SegmentFile, deletions.Mask | None]:
    from kashaf_index.codec.segment import SegmentFile  # noqa: PLC0415 -- whoever asks for the pointer needs no numpy

    file = SegmentFile.open(folder / segment.file)
    try:
        if file.size != segment.documents:
            raise damaged(said("the file does not hold as many articles as were written"), file.path)
        if not segment.deletions:
            return file, None
        path = folder / segment.deletions
        return file, deletions.read(path, documents=segment.documents, deleted=segment.deleted)
    except BaseException:
        file.close()
        raise


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
