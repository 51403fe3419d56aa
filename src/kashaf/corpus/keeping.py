"""Originals of an import: stored in batches, each durable before the catalogue speaks of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kashaf.corpus.originals import Originals
from kashaf.storage.atomic import ensure_dir, unlink
from kashaf.storage.batch import Batch

_STAGED_BYTES: Final = 64 * 2**20  # not yet durable at most: what a full disk or a kill costs


class Keeper:
    """`Originals` for many files. Nothing that was kept may be relied on before `flush`."""

    def __init__(self, originals: Originals) -> None:
        self._originals = originals
        self._batch = Batch()
        self._bytes = 0
        self._folders: set[Path] = set()
        self._fresh: set[str] = set()

    def has(self, sha256: str) -> bool:
        path = self._originals.path(sha256)
        return path in self._batch or path.exists()

    def keep(self, sha256: str, data: bytes) -> None:
        """Store `data`, unless it is there. Raises DiskTrouble."""
        path = self._originals.path(sha256)
        if path in self._batch or path.exists():
            return
        if path.parent not in self._folders:
            ensure_dir(path.parent)
            self._folders.add(path.parent)
        self._batch.add(path, data)
        self._fresh.add(sha256)
        self._bytes += len(data)
        if self._bytes > _STAGED_BYTES:
            self.flush()

    def keep_file(self, sha256: str, source: Path) -> Path:
        """Store a file, however large it is, at once and durably. Returns where its bytes lie now.

        Raises DiskTrouble, and BadInput when the file is no longer that of the hash.
        """
        if not self._originals.has(sha256):
            self._fresh.add(sha256)
        self._originals.keep_file(sha256, source)
        return self._originals.path(sha256)

    def drop(self, sha256: str) -> None:
        """Take away a file that was stored by this import, and turned out to hold no article."""
        if sha256 in self._fresh:
            self._fresh.discard(sha256)
            path = self._originals.path(sha256)
            if path in self._batch:
                self._batch.drop(path)
            else:
                unlink(path)

    def flush(self) -> None:
        """Make everything kept durable. Raises DiskTrouble."""
        self._batch.commit()
        self._bytes = 0

    def discard(self) -> None:
        """Take away what is not yet durable."""
        self._batch.discard()
