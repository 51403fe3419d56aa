"""Many new files made durable together: each is whole or absent, and none costs two waits for the disk of its own."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from kashaf.storage import syscalls
from kashaf.storage.atomic import disk_trouble


class Batch:
    """Files written beside their places by `add`, and put there by `commit`, which returns once all are durable.

    What was added and not committed is no more than `.NAME.XXXXXXXX.tmp` beside its place, which `atomic.sweep`
    removes after a kill. The folders must exist, and be durable.
    """

    def __init__(self) -> None:
        self._staged: dict[Path, str] = {}

    def __contains__(self, path: Path) -> bool:
        return path in self._staged

    def __len__(self) -> int:
        return len(self._staged)

    def add(self, path: Path, data: bytes, *, mode: int = 0o600) -> None:
        """Write `data`, to be put at `path`. Raises DiskTrouble."""
        temporary = str(path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp"))
        with disk_trouble(path, "write the file"):
            descriptor = syscalls.create(temporary, mode)
            self._staged[path] = temporary
            try:
                syscalls.write(descriptor, temporary, data)
            finally:
                os.close(descriptor)

    def commit(self) -> None:
        """Make everything durable, then put it in its place, and make that durable. Raises DiskTrouble."""
        for path, temporary in self._staged.items():
            with disk_trouble(path, "write the file"):
                descriptor = os.open(temporary, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
                try:
                    syscalls.fsync(descriptor, temporary)
                finally:
                    os.close(descriptor)
        folders: dict[Path, None] = {}
        for path, temporary in list(self._staged.items()):
            with disk_trouble(path, "write the file"):
                syscalls.replace(temporary, str(path))
            del self._staged[path]
            folders[path.parent] = None
        for folder in folders:
            with disk_trouble(folder, "make the folder durable"):
                syscalls.fsync_dir(str(folder))

    def drop(self, path: Path) -> None:
        """Take away one file that was added. Raises DiskTrouble."""
        with disk_trouble(path, "remove the file"):
            syscalls.unlink(self._staged.pop(path))

    def discard(self) -> None:
        """Take away what was added since the last commit."""
        for temporary in self._staged.values():
            with suppress(OSError):
                syscalls.unlink(temporary)
        self._staged.clear()
