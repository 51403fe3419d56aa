"""Damaged notes put back: a backup, and on top of it what is whole of the journal."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kashaf.errors import BadInput, DiskTrouble, NotFound, StoreDamaged
from kashaf.notes import journal, reading
from kashaf.notes.damage import keep_aside
from kashaf.notes.file_format import MAX_BYTES, Position, Torn, header, is_good, parse, position_of, serialise
from kashaf.notes.lines import NOTES, REDO, UNDO
from kashaf.notes.migration import forward
from kashaf.notes.reading import journal_path, unlock
from kashaf.said import said
from kashaf.storage import atomic, backup
from kashaf.storage.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashaf.notes.journal import Line
    from kashaf.notes.sealing import Sealer

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
    """What was put back, and where the bytes are kept that it replaced (None: there were none).

    changes: how many of the journal's are on top of it. lost: how many changes are known to be in neither.
    notes: how many notes there are now.
    """

    backup: Path
    kept: Path | None
    changes: int = 0
    lost: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Salvage:
    """The lines of a journal that can be made on top of a file, and how many are missing among them."""

    lines: tuple[Line, ...] = ()
    lost: int = 0


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


def journal_is_whole(path: Path) -> bool:
    """Whether the journal of the whole notes file `path` leads on from it, or there is none. Raises DiskTrouble."""
    data = atomic.read_bytes(path, limit=MAX_BYTES) or b""
    lines = atomic.read_bytes(journal_path(path), limit=MAX_BYTES) or b""
    try:
        journal.following(journal.read(lines), position_of(header(data), data))
    except Torn:
        return False
    return True


def choose(path: Path, found: Sequence[Backup], name: str | None) -> Backup:
    """What to build on in the place of `path`: the file or backup of that name, or the best there is.

    The best is the notes file itself where only its journal is damaged, unless that is whole and leads on from a
    backup: then the file is not the one it was written for. Else it is, of the backups `found`, the newest whole one
    from which the journal leads on, or the newest whole one. A name that no backup has is that of a file elsewhere.
    Raises NotFound, StoreDamaged for a damaged one, DiskTrouble.
    """
    if name is None:
        current = inspect(path)
        whole = [one for one in found if one.notes is not None]
        if current is not None and current.notes is not None and not journal_is_whole(path):
            beside = journal.read(atomic.read_bytes(journal_path(path), limit=MAX_BYTES) or b"")
            return next((one for one in whole if _continues(beside, one.path)), current)
        if not whole:
            raise NotFound(
                "no whole backup of the notes",
                where=str(path),
                cure=f"Bring one from elsewhere with --from FILE, or move {path.name} away to begin anew",
            )
        held = journal.read(atomic.read_bytes(journal_path(path), limit=MAX_BYTES) or b"")
        return next((one for one in whole if _leads_on(held, one.path)), whole[0])
    chosen = next((one for one in found if one.path.name == name), None) or inspect(Path(name))
    if chosen is None:
        raise NotFound("no such backup", where=name, cure=_CURE)
    if chosen.notes is None:
        raise StoreDamaged("the backup is damaged too", where=str(chosen.path), cure=_CURE)
    return chosen


def restore_backup(path: Path, copy: Path | None = None, sealer: Sealer | None = None) -> Restored:
    """Put a backup in the place of the notes file `path`: `copy`, or what `choose` finds; with the journal on top.

    Where the notes are whole, `copy` is a step back on purpose, and the journal is not put on top of it. What stood
    there is kept: as a backup if it is whole, else aside as `NAME.damaged-<n>`. Raises NotFound when there is none,
    StoreDamaged when `copy` is not whole, Locked while the notes are open somewhere, NotesSealed, DiskTrouble.
    """
    with Lock(path, said("restoring a backup of the notes")):
        copy = copy or choose(path, backups(path), None).path
        data = atomic.read_bytes(copy, limit=MAX_BYTES)
        if data is None:
            raise NotFound("no whole backup", where=str(copy), cure=_CURE)
        if not is_good(data):
            raise StoreDamaged("the backup is damaged too", where=str(copy), cure=_CURE)
        kept, salvaged = _clear(path, copy, data, sealer)
        data, notes, unread = _with_lines(copy, data, salvaged, sealer)
        atomic.write_bytes(path, data)
        with suppress(DiskTrouble):
            backup.rotate(path)
        atomic.unlink(journal_path(path))
        return Restored(copy, kept, len(salvaged.lines) - unread, salvaged.lost + unread, notes)


def _clear(path: Path, copy: Path, base: bytes, sealer: Sealer | None) -> tuple[Path | None, Salvage]:
    """Keep what stands in the place of the notes; what of its journal is to be made on top of `base`."""
    current = atomic.read_bytes(path)
    beside = atomic.read_bytes(journal_path(path), limit=MAX_BYTES) or b""
    if current is not None and is_good(current) and journal_is_whole(path):
        state = reading.read(path, sealer)
        if state.stray:
            keep_aside(journal_path(path), state.stray, "displaced")
        if state.lines:
            atomic.write_bytes(path, serialise(state.tables, state.position, state.cipher))
        kept = backup.rotate(path)
        # All of it is in the file now. Beside an older one, were this cut off, it would pass for damaged.
        atomic.unlink(journal_path(path))
        return kept, Salvage()
    salvaged = salvage(journal.read(beside), position_of(header(base), base))
    aside: Path | None = None
    if beside:
        aside = keep_aside(journal_path(path), beside, "damaged")
    if current is not None and copy != path:
        aside = backup.rotate(path) if is_good(current) else keep_aside(path, current, "damaged")
    return aside, salvaged


def salvage(held: journal.Journal, position: Position) -> Salvage:
    """What of a journal can be made on top of a file that stands at `position`.

    A line puts whole documents, so those behind a broken one are as good as ever: only what the broken one said is
    lost. Nothing is taken of a journal that shows that it follows another file.
    """
    lines: list[Line] = []
    lost = 0
    here = position
    for line in sorted(held.lines, key=lambda line: line.number):
        if line.number == position.sequence and line.mark != position.chain:
            return Salvage()
        if line.number <= here.sequence:
            continue
        if line.number == here.sequence + 1 and line.after != here.chain:
            return Salvage(tuple(lines), lost)
        lost += line.number - here.sequence - 1
        lines.append(line)
        here = line.position
    return Salvage(tuple(lines), lost + (1 if held.bad and not lost else 0))


def _with_lines(copy: Path, data: bytes, salvaged: Salvage, sealer: Sealer | None) -> tuple[bytes, int, int]:
    """The file with the lines made on it, the number of its notes, and how many lines could not be opened: those that
    were sealed after a backup in the clear."""
    if not salvaged.lines and not salvaged.lost:
        return data, _count(copy) or 0, 0
    about = header(data)
    cipher = unlock(about, sealer, copy)
    loaded = parse(data, cipher)
    tables = forward(loaded.tables) if about["schema"] == 1 else loaded.tables
    position = loaded.position
    unread = 0
    for line in salvaged.lines:
        try:
            line.batch(cipher).apply(tables)
        except Torn:
            unread += 1
        position = line.position
    if salvaged.lost or unread:
        # What would be undone is not what was done last.
        tables.pop(UNDO, None)
        tables.pop(REDO, None)
    return serialise(tables, position, cipher), len(tables.get(NOTES, {})), unread


def _leads_on(held: journal.Journal, path: Path) -> bool:
    """Whether the journal has a line that shows it follows this file."""
    data = atomic.read_bytes(path, limit=MAX_BYTES) or b""
    position = position_of(header(data), data)
    return any(
        (line.number == position.sequence and line.mark == position.chain)
        or (line.number == position.sequence + 1 and line.after == position.chain)
        for line in held.lines
    )


def _continues(held: journal.Journal, path: Path) -> bool:
    """Whether the whole journal is of this file, and nothing is missing between them."""
    data = atomic.read_bytes(path, limit=MAX_BYTES) or b""
    position = position_of(header(data), data)
    try:
        journal.following(held, position)
    except Torn:
        return False
    return bool(held.lines) and held.lines[-1].number >= position.sequence


def _count(path: Path) -> int | None:
    """How many notes are in the file; None when it is no whole notes file. Raises DiskTrouble."""
    try:
        data = atomic.read_bytes(path, limit=MAX_BYTES)
        if data is None:
            return None
        about = header(data)
        return int(about["notes"]) if "seal" in about else len(parse(data).tables.get(NOTES, {}))
    except (BadInput, Torn):
        return None


def _iso(stamp: str) -> str:
    """`20260301T093000Z` as `2026-03-01T09:30:00Z`."""
    day, clock = stamp.rstrip("Z").split("T")
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock[:2]}:{clock[2:4]}:{clock[4:]}Z"
