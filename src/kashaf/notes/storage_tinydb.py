"""TinyDB on durable files: a notes file that is replaced whole, and a journal of the changes since.

TinyDB's own JSON storage writes in place, so a kill in the midst loses every note, and it rewrites everything at
every change. Here a change is one line of the journal, fsynced before the call returns.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from tinydb.storages import Storage

from kashaf.errors import DiskTrouble, Locked
from kashaf.notes import journal, migration, reading
from kashaf.notes.damage import NotesDamaged, damaged, keep_aside
from kashaf.notes.file_format import MARK_LENGTH, MAX_BYTES, SCHEMA, Position, Torn, serialise
from kashaf.notes.lines import Lines
from kashaf.notes.live_tables import Recorder, batch_of, become
from kashaf.said import said
from kashaf.storage import atomic, backup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kashaf.notes.journal import Batch
    from kashaf.notes.lines import Document, Tables
    from kashaf.notes.sealing import Cipher, Sealer

__all__ = ["DurableStorage", "NotesDamaged", "ReadOnly"]

JOURNAL_BYTES: Final = 16 * 1024 * 1024  # beyond that the file is written anew


class ReadOnly(Locked):
    """A change was asked of notes that are open for reading only."""


class DurableStorage(Storage):
    """One notes file and its journal under TinyDB.

    The tables are held in memory, as the one writer has them (the caller holds the lock). When the disk refuses a
    change it stays in memory, `unsaved` is True, and the next change or `save` brings it all to disk. A reader
    (`read_only`) never changes a file and sees what the writer saves.
    """

    def __init__(self, path: Path, *, read_only: bool = False, sealer: Sealer | None = None) -> None:
        self._path = path
        self._journal = reading.journal_path(path)
        self._read_only = read_only
        self._sealer = sealer
        self._pending: dict[str, dict[str, Document | None]] | None = None
        self._waiting: list[bytes] = []  # lines that the disk has not taken
        self._blurred = False  # a write failed: what stands behind the journal's length is ours
        self._observer: Callable[[Batch | None], None] = lambda _: None
        self._tables: Tables = {}
        self._schema = SCHEMA
        self._position = Position(0, "")
        self._main: reading.Signature = None
        self._journal_seen: reading.Signature = None
        self._length = 0  # of the journal: what stands behind is not ours, or not written to its end
        self._compact_at = JOURNAL_BYTES
        self._torn = b""
        self._cipher: Cipher | None = None
        self._covered = False  # whether a backup has what the file has
        self._wrote: set[int] = set()  # hashes of what may stand in the place of the file through us
        self._closed = False
        self.displaced: list[Path] = []
        self.backup_trouble: DiskTrouble | None = None
        if not read_only and path.parent.is_dir():
            atomic.sweep(path.parent, path.stem + ".")
            # Of notes that are encrypted now, what a killed write left may be in the clear.
            with suppress(DiskTrouble):
                atomic.sweep(path.parent / backup.FOLDER, path.stem + "-")
        self._load()
        if not read_only and self._schema == SCHEMA:
            self.settle()

    @property
    def path(self) -> Path:
        return self._path

    @property
    def schema(self) -> int:
        """The schema version that the file on disk was written in."""
        return self._schema

    @property
    def unsaved(self) -> bool:
        """Whether a change is in memory only, because the disk refused it."""
        return bool(self._waiting)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know of the opening."""
        told: list[str] = []
        if self._torn:
            told.append(
                said(
                    "The last change was cut off before it was confirmed as saved: it is not among the notes"
                )
            )
        if self._cipher is not None:
            from kashaf.notes.encrypting import clear_backups  # noqa: PLC0415 -- only sealed notes need it

            clear: list[Path] = []
            with suppress(DiskTrouble):
                clear = clear_backups(self._path)
            if clear:
                told.append(
                    said(
                        "The notes are encrypted, but not all of their backups ({n} are in the clear): "
                        "`kashaf notes encrypt` encrypts them too",
                        n=len(clear),
                    )
                )
        return tuple(told)

    @property
    def cipher(self) -> Cipher | None:
        return self._cipher

    def observe(self, observer: Callable[[Batch | None], None]) -> None:
        """Call `observer` with every batch made to the tables; with None when they are other tables."""
        self._observer = observer

    def make_read_only(self) -> None:
        self._read_only = True

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables whole, each in a mapping of its own: TinyDB asks only to name and to drop tables."""
        return {name: dict(table) for name, table in self._tables.items()}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Make the tables these; TinyDB itself asks for it only to drop tables."""
        with self.transaction():
            for name in {*data, *self._tables}:
                self.change(name, partial(become, data.get(name, {})))

    def table(self, name: str) -> Lines:
        """The documents of a table by key, live."""
        return self._tables.setdefault(name, Lines())

    def change(self, name: str, updater: Callable[[Any], None]) -> None:
        """Let `updater` change a table; as a change of its own outside a transaction."""
        if self._pending is None:
            with self.transaction():
                self.change(name, updater)
            return
        updater(Recorder(self.table(name), self._pending.setdefault(name, {})))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Gather the changes of the block into one line; an exception in the block undoes them all."""
        if self._read_only:
            raise ReadOnly(said("the notes are open for reading only"), where=str(self._path))
        self._pending = {}
        try:
            yield
            pending = self._pending
        finally:
            self._pending = None
        self._commit(batch_of(pending, self._tables))

    def save(self) -> None:
        """Try again to write what the disk refused. Raises DiskTrouble."""
        if self._waiting:
            self._flush()

    def compact(self) -> None:
        """Write the file anew with all changes, back it up, and empty the journal. Raises DiskTrouble.

        The journal stays until the backup is made: the newest backup and the journal together hold everything.
        """
        if self._main is None and not any(self._tables.values()):
            return
        self._write_main()
        lines_are_all_there = not self._waiting
        self._waiting = []
        if self._back_up() or not lines_are_all_there:
            self._empty_journal()
        else:
            self._compact_at = self._length + JOURNAL_BYTES

    def settle(self) -> None:
        """Compact what is in the journal, if the disk lets us: it is safe where it is.

        Not while a change waits in memory: whoever closes now has given it up.
        """
        if (self._length or self._blurred) and not self._waiting:
            self._compact_quietly()

    def refresh(self) -> bool:
        """For readers: take in what the writer has saved since. Returns whether anything has changed.

        Raises NotesDamaged, DiskTrouble.
        """
        if not self._read_only or self._closed:
            return False
        main, beside = reading.signature(self._path), reading.signature(self._journal)
        if (main, beside) == (self._main, self._journal_seen):
            return False
        if main == self._main and beside is not None and beside[1] >= self._length:
            lines = reading.tail(self._path, self._length, self._position)
            if lines is not None:
                self._follow(lines)
                self._journal_seen = beside
                return bool(lines)
        self._load()
        self._observer(None)
        return True

    def close(self) -> None:
        """Be read-only, and look at the disk no more."""
        self._read_only = self._closed = True

    def reseal(self, cipher: Cipher | None) -> None:
        """Write everything anew, sealed with `cipher`, or open without one. Raises DiskTrouble.

        Notes that could not be written so stay as they were.
        """
        before, self._cipher = self._cipher, cipher
        try:
            self._write_main()
        except DiskTrouble:
            self._cipher = before
            raise
        self._waiting = []
        self._back_up()
        self._empty_journal()

    def _follow(self, lines: tuple[journal.Line, ...]) -> None:
        for line in lines:
            batch = line.batch(self._cipher)
            batch.apply(self._tables)
            self._position, self._length = line.position, self._length + line.length
            self._observer(batch)

    def _commit(self, batch: Batch) -> None:
        if not batch:
            return
        line, position = journal.line_of(batch, self._position, self._cipher)
        batch.apply(self._tables)
        self._position = position
        self._observer(batch)
        self._waiting.append(line)
        self._flush()

    def _flush(self) -> None:
        """Bring the waiting lines to disk: into the journal, or with the file where the journal cannot serve."""
        atomic.ensure_dir(self._path.parent)
        if self._set_aside_foreign() or self._main is None or self._schema < SCHEMA:
            self.compact()
            return
        if not self._covered:
            self._covered = backup.holds(self._path) or self._back_up()
        data = b"".join(self._waiting)
        self._check_size(self._journal, self._length + len(data))
        try:
            atomic.append_bytes(self._journal, data, at=self._length)
        except DiskTrouble:
            self._blurred = True
            raise
        self._waiting = []
        self._blurred = False
        self._length += len(data)
        self._journal_seen = reading.signature(self._journal)
        if self._length > self._compact_at:
            self._compact_quietly()

    def _compact_quietly(self) -> None:
        """The change is safe in the journal: a disk that has no room for the file anew is no trouble yet."""
        try:
            self.compact()
        except DiskTrouble:
            self._compact_at = self._length + JOURNAL_BYTES

    def _write_main(self) -> None:
        if self._schema < SCHEMA and self._main is not None:
            self._back_up()
            self._tables = migration.forward(self._tables)
            self._observer(None)
        data = serialise(self._tables, self._position, self._cipher)
        self._check_size(self._path, len(data))
        self._wrote.add(hash(data))
        atomic.ensure_dir(self._path.parent)
        atomic.write_bytes(self._path, data)
        self._main = reading.signature(self._path)
        self._wrote = {hash(data)}
        self._schema = SCHEMA

    def _check_size(self, path: Path, size: int) -> None:
        """What is too large to be read again is not written. Raises DiskTrouble."""
        if size > MAX_BYTES:
            raise DiskTrouble(
                said("the file would be over {n} bytes", n=MAX_BYTES),
                where=str(path),
                cure=said("Undo the change, or purge what is in the trash"),
            )

    def _back_up(self) -> bool:
        """Back the file up; whether that was possible."""
        self.backup_trouble = None
        try:
            backup.rotate(self._path)
        except DiskTrouble as error:
            self.backup_trouble = error
        self._covered = self.backup_trouble is None
        return self._covered

    def _empty_journal(self) -> None:
        """Lines that stay because the disk refuses do no harm: their numbers say that they are in the file."""
        try:
            atomic.unlink(self._journal)
        except DiskTrouble:
            self._length, self._blurred = 0, True
            return
        self._length, self._blurred = 0, False
        self._journal_seen = None
        self._compact_at = JOURNAL_BYTES

    def _set_aside_foreign(self) -> bool:
        """Keep what another program, heedless of the lock, has put in the place of ours; whether there was any."""
        main = reading.signature(self._path) != self._main
        beside = reading.signature(self._journal) != self._journal_seen and not self._blurred
        for path, changed in ((self._path, main), (self._journal, beside)):
            data = atomic.read_bytes(path) if changed else None
            # A write that failed in its last step may have put our own file there all the same.
            if data and hash(data) not in self._wrote:
                self.displaced.append(keep_aside(path, data, "displaced"))
        return main or beside

    def _load(self) -> None:
        try:
            state = reading.read(self._path, self._sealer, self._cipher)
        except reading.Damaged as error:
            raise damaged(self._path, error, keep=not self._read_only) from error
        except Torn as error:
            missing = reading.Damaged(str(error), self._path, None)
            raise damaged(self._path, missing, keep=not self._read_only) from error
        self._tables, self._schema, self._position = state.tables, state.schema, state.position
        if state.fresh:
            self._position = Position(0, secrets.token_hex(MARK_LENGTH // 2))
        self._main, self._journal_seen = state.main, state.journal
        self._length, self._cipher = state.length, state.cipher
        self._torn = state.torn
        self._blurred = bool(state.torn)
        self._compact_at = JOURNAL_BYTES
        self._covered = False
        self._wrote = set()
        if state.stray and not self._read_only:
            # It is about to be emptied, and may be all there is of the changes of another workspace.
            self.displaced.append(keep_aside(self._journal, state.stray, "displaced"))
