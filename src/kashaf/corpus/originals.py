"""The raw bytes of everything imported, under the SHA-256 of their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import cast

from kashaf.errors import DiskTrouble, StoreDamaged
from kashaf.storage.atomic import copy_file, ensure_dir, write_bytes


class Originals:
    """Write-once files `ab/ab12….raw` below `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / f"{sha256}.raw"

    def has(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def keep(self, sha256: str, data: bytes) -> None:
        """Store `data` durably, unless it is there. Raises DiskTrouble."""
        if not self.has(sha256):
            ensure_dir(self.path(sha256).parent)
            write_bytes(self.path(sha256), data)

    def keep_file(self, sha256: str, source: Path) -> None:
        """Store a file's bytes durably, however large it is, unless they are there.

        Raises DiskTrouble, and BadInput when the file changed since it was hashed.
        """
        if self.has(sha256):
            return
        ensure_dir(self.path(sha256).parent)
        copy_file(source, self.path(sha256), sha256=sha256)

    @contextmanager
    def opened(self, sha256: str) -> Iterator[bytes | None]:
        """The bytes as a memory map, or None when they were never copied (a linked source).

        Raises DiskTrouble, and StoreDamaged when what lies there is not what was stored.
        """
        path = self.path(sha256)
        try:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                    raise _not_the_same(path)
                with mmap(file.fileno(), 0, access=ACCESS_READ) as data:
                    yield cast(bytes, data)
        except FileNotFoundError:
            yield None
        except OSError as error:
            raise DiskTrouble(error.strerror or "cannot be read", where=str(path)) from error

    def read(self, sha256: str) -> bytes | None:
        """The bytes, or None when they were never copied (a linked source).

        Raises StoreDamaged when what lies there is not what was stored.
        """
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DiskTrouble(error.strerror or "cannot be read", where=str(path)) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise _not_the_same(path)
        return data


def _not_the_same(path: Path) -> StoreDamaged:
    return StoreDamaged(
        "the original is not what was imported",
        where=str(path),
        cure="Move it away and import its source again",
    )
