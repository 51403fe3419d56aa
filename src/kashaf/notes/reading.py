"""The notes as they stand on disk: the file, and the lines of the journal that follow it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kashaf.notes import journal
from kashaf.notes.file_format import MAX_BYTES, SCHEMA, Loaded, Position, Torn, header, parse
from kashaf.said import said
from kashaf.storage import atomic, backup

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kashaf.notes.lines import Tables
    from kashaf.notes.sealing import Cipher, Sealer

_TRIES: Final = 5
_PAUSE: Final = 0.02  # seconds

Signature = tuple[int, int, int] | None


class Damaged(Exception):
    """What is wrong, and with which file. data: its bytes, None when it is missing."""

    def __init__(self, what: str, path: Path, data: bytes | None) -> None:
        super().__init__(what)
        self.what = what
        self.path = path
        self.data = data


@dataclass(frozen=True, slots=True)
class State:
    """What was read. main, journal: the files' signatures then, None for one that is not there.

    length: how many bytes of the journal count. lines: how many of its changes are not in the file yet.
    torn: bytes behind them, which are not. stray: a journal of older changes that nothing shows to be this file's.
    """

    tables: Tables
    schema: int
    position: Position
    main: Signature
    journal: Signature
    length: int = 0
    lines: int = 0
    torn: bytes = b""
    cipher: Cipher | None = None
    stray: bytes = b""

    @property
    def fresh(self) -> bool:
        """Whether there is no file yet."""
        return self.main is None


def journal_path(path: Path) -> Path:
    """The journal of the notes file `path`."""
    return path.with_suffix(".journal")


def signature(path: Path) -> Signature:
    """What tells a file from another one in its place, and from itself before a change. Raises DiskTrouble."""
    with atomic.disk_trouble(path, "read the file"):
        try:
            status = path.stat()
        except FileNotFoundError:
            return None
    return (status.st_ino, status.st_size, status.st_mtime_ns)


def read(path: Path, sealer: Sealer | None = None, known: Cipher | None = None) -> State:
    """The notes in the file `path` and its journal; a fresh state when neither is there.

    known: the cipher that it was sealed with when it was read last; the passphrase is not asked for again.

    While another process writes, what is read may be of two moments: it is read again then.
    Raises Damaged, DiskTrouble, and what the sealer raises.
    """
    for left in reversed(range(_TRIES)):
        seen = signature(path), signature(journal_path(path))
        try:
            state = _read(path, seen, sealer, known)
        except Damaged:
            if not left or seen == (signature(path), signature(journal_path(path))):
                raise
        else:
            if not left or signature(path) == seen[0]:
                return state
        time.sleep(_PAUSE)
    raise AssertionError("unreachable")


def _read(
    path: Path, seen: tuple[Signature, Signature], sealer: Sealer | None, known: Cipher | None
) -> State:
    data = atomic.read_bytes(path, limit=MAX_BYTES)
    beside = journal_path(path)
    lines = atomic.read_bytes(beside, limit=MAX_BYTES) or b""
    if data is None:
        if lines or backup.copies(path):
            raise Damaged(said("the notes file is missing, though backups of it are there"), path, None)
        return State({}, SCHEMA, Position(0, ""), None, seen[1])
    try:
        about = header(data)
        cipher = unlock(about, sealer, path, known)
        loaded = parse(data, cipher)
    except Torn as error:
        raise Damaged(said("the notes file is damaged: {why}", why=error.args[0]), path, data) from error
    return _with_journal(loaded, lines, beside, seen, cipher)


def _with_journal(
    loaded: Loaded, data: bytes, beside: Path, seen: tuple[Signature, Signature], cipher: Cipher | None
) -> State:
    found = journal.read(data)
    position = loaded.position
    try:
        following = journal.following(found, position)
        for line in following:
            line.batch(cipher).apply(loaded.tables)
            position = line.position
    except Torn as error:
        what = said("the journal of the notes is damaged: {why}", why=error.args[0])
        raise Damaged(what, beside, data) from error
    return State(
        loaded.tables,
        loaded.schema,
        position,
        seen[0],
        seen[1],
        len(data) - len(found.torn),
        len(following),
        found.torn,
        cipher,
        data if found.lines and found.lines[-1].number < loaded.position.sequence else b"",
    )


def tail(path: Path, state_length: int, position: Position) -> tuple[journal.Line, ...] | None:
    """The lines added to the journal of `path` behind what was read of it; None when it is another journal now."""
    with atomic.disk_trouble(path, "read the file"):
        try:
            with journal_path(path).open("rb") as file:
                file.seek(state_length)
                data = file.read()
        except FileNotFoundError:
            return None
    found = journal.read(data)
    here = position
    for line in found.lines:
        if line.number != here.sequence + 1 or line.after != here.chain:
            return None
        here = line.position
    return None if found.bad or found.edited else found.lines


def unlock(
    about: Mapping[str, Any], sealer: Sealer | None, path: Path, known: Cipher | None = None
) -> Cipher | None:
    """The cipher of a notes file with this first line; None of one that is not encrypted.

    Raises NotesSealed without the passphrase, or with another one.
    """
    seal = about.get("seal")
    if seal is None:
        return None
    if known is not None and known.facts() == seal:
        return known
    from kashaf.notes import sealing  # noqa: PLC0415 -- only sealed notes need it

    if sealer is None:
        raise sealing.NotesSealed(
            said("the notes are encrypted"),
            where=str(path),
            cure=said("Give the passphrase on the terminal, or name its file in KASHAF_PASSPHRASE_FILE"),
        )
    return sealing.unlock(seal, sealer, path)
