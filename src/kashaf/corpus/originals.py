"""The raw bytes of everything imported, under the SHA-256 of their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kashaf.errors import DiskTrouble, StoreDamaged
from kashaf.storage.atomic import ensure_dir, write_bytes


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
            raise StoreDamaged(
                "the original is not what was imported",
                where=str(path),
                cure="Move it away and import its source again",
            )
        return data
