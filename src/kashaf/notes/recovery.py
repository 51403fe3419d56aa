"""Backups of the notes: which are there, which are whole, and putting one back in the place of the notes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kashaf.errors import BadInput, DiskTrouble, NotFound, StoreDamaged
from kashaf.notes.file_format import MAX_BYTES, NOTES, Torn, is_good, parse
from kashaf.notes.storage_tinydb import keep_aside
from kashaf.said import said
from kashaf.storage import atomic, backup
from kashaf.storage.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Sequence

_CURE = said("`kashaf notes restore --list` shows the whole backups there are")


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that is, or should be, a whole notes file.

    made: ISO 8601 UTC with seconds; of a rotated backup as its name says, else when the file was last changed.
    notes: how many are in it; None when it is damaged.
    """

    path: Path
    made: str
    notes: int | None


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where the bytes are kept that it replaced (None: there were none)."""

    backup: Path
    kept: Path | None


def backups(path: Path) -> list[Backup]:
    """The rotated backups of the notes file `path`, newest first, the damaged ones too. Raises DiskTrouble.

    One that the disk refuses to give counts as damaged: the others must be within reach all the same.
    """
    found: list[Backup] = []
    for copy in backup.copies(path):
        notes: int | None = None
        with suppress(DiskTrouble):
            notes = _count(copy.path)
        found.append(Backup(copy.path, _iso(copy.made), notes))
    return found


def inspect(path: Path) -> Backup | None:
    """Any file as a backup: the notes file itself, or a copy from elsewhere. None when there is no such file.

    Raises DiskTrouble.
    """
    with atomic.disk_trouble(path, "read the file"):
        try:
            changed = path.stat().st_mtime
        except FileNotFoundError:
            return None
    return Backup(path, datetime.fromtimestamp(changed, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), _count(path))


def choose(path: Path, found: Sequence[Backup], name: str | None) -> Backup:
    """The backup to put in the place of `path`: of those `found` the newest whole one, or the one of that name.

    A name that none of them has is that of a file elsewhere. Raises NotFound, StoreDamaged for a damaged one,
    DiskTrouble.
    """
    if name is None:
        newest = next((one for one in found if one.notes is not None), None)
        if newest is None:
            raise NotFound(
                "no whole backup of the notes",
                where=str(path),
                cure=f"Bring one from elsewhere with --from FILE, or move {path.name} away to begin anew",
            )
        return newest
    chosen = next((one for one in found if one.path.name == name), None) or inspect(Path(name))
    if chosen is None:
        raise NotFound("no such backup", where=name, cure=_CURE)
    if chosen.notes is None:
        raise StoreDamaged("the backup is damaged too", where=str(chosen.path), cure=_CURE)
    return chosen


def newest_good_backup(path: Path) -> Path | None:
    """The newest whole backup of the notes in `path`, if there is one."""
    return backup.newest_good(path, is_good)


def restore_backup(path: Path, copy: Path | None = None) -> Restored:
    """Put a backup in the place of the notes file `path`: `copy`, or the newest whole one.

    What stood there is kept: as a backup if it is whole, else aside as `NAME.damaged-<n>`. Raises NotFound when
    there is none, StoreDamaged when `copy` is not whole, Locked while the notes are open somewhere, DiskTrouble.
    """
    with Lock(path, said("restoring a backup of the notes")):
        copy = copy or newest_good_backup(path)
        data = None if copy is None else atomic.read_bytes(copy, limit=MAX_BYTES)
        if copy is None or data is None:
            raise NotFound("no whole backup", where=str(copy or path), cure=_CURE)
        if not is_good(data):
            raise StoreDamaged("the backup is damaged too", where=str(copy), cure=_CURE)
        current = atomic.read_bytes(path)
        kept: Path | None = None
        if current is not None:
            kept = backup.rotate(path) if is_good(current) else keep_aside(path, current, "damaged")
        atomic.write_bytes(path, data)
        return Restored(copy, kept)


def _count(path: Path) -> int | None:
    """How many notes are in the file; None when it is no whole notes file. Raises DiskTrouble."""
    try:
        data = atomic.read_bytes(path, limit=MAX_BYTES)
        return None if data is None else len(parse(data).tables.get(NOTES, {}))
    except (BadInput, Torn):
        return None


def _iso(stamp: str) -> str:
    """`20260301T093000Z` as `2026-03-01T09:30:00Z`."""
    day, clock = stamp.rstrip("Z").split("T")
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock[:2]}:{clock[2:4]}:{clock[4:]}Z"
