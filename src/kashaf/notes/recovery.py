"""Putting a backup of the notes back in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashaf.errors import NotFound, StoreDamaged
from kashaf.notes.file_format import MAX_BYTES, is_good
from kashaf.notes.storage_tinydb import keep_aside
from kashaf.storage import atomic, backup
from kashaf.storage.lock import Lock

if TYPE_CHECKING:
    from pathlib import Path


def newest_good_backup(path: Path) -> Path | None:
    """The newest whole backup of the notes in `path`, if there is one."""
    return backup.newest_good(path, is_good)


def restore_backup(path: Path, copy: Path | None = None) -> Path:
    """Put a backup in the place of the notes file `path`: `copy`, or the newest whole one.

    What stood there is kept: as a backup if it is whole, else aside as `NAME.damaged-<n>`. Returns the backup
    used. Raises NotFound when there is none, StoreDamaged when `copy` is not whole, Locked while the notes are
    open somewhere, DiskTrouble.
    """
    with Lock(path, "restoring a backup of the notes"):
        copy = copy or newest_good_backup(path)
        data = None if copy is None else atomic.read_bytes(copy, limit=MAX_BYTES)
        if copy is None or data is None:
            raise NotFound("no whole backup", where=str(copy or path))
        if not is_good(data):
            raise StoreDamaged("the backup is damaged too", where=str(copy), cure="Choose another one")
        current = atomic.read_bytes(path)
        if current is not None and is_good(current):
            backup.rotate(path)
        elif current is not None:
            keep_aside(path, current, "damaged")
        atomic.write_bytes(path, data)
        return copy
