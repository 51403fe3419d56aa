"""TinyDB on durable files.

TinyDB's own JSON storage writes in place, so a kill in the midst loses every note. This one replaces the file
whole (`kashaf.storage.atomic`), checks what it reads, and keeps a damaged file aside.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tinydb.storages import Storage

from kashaf.errors import DiskTrouble, KashafError, Locked, StoreDamaged
from kashaf.notes.file_format import MAX_BYTES, SCHEMA, Torn, is_good, parse, serialise
from kashaf.said import said
from kashaf.storage import atomic, backup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashaf.notes.file_format import Tables


class NotesDamaged(StoreDamaged):
    """The notes file is not what was written.

    aside: the copy kept of it, if one could be made. good: the newest backup that is whole, if there is one.
    """

    def __init__(self, what: str, *, where: str, cure: str, aside: Path | None, good: Path | None) -> None:
        super().__init__(what, where=where, cure=cure)
        self.aside = aside
        self.good = good


class ReadOnly(Locked):
    """A change was asked of notes that are open for reading only."""


class DurableStorage(Storage):
    """One notes file under TinyDB.

    The tables are held in memory, as the one writer has them (the caller holds the lock); each write replaces
    the file. When the disk refuses, the change stays in memory, `unsaved` is True, and the next write or
    `save` brings it all to disk. A reader (`read_only`) never changes a file and sees what the writer saves.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._read_only = read_only
        self._batch: Tables | None = None
        self._batching = False
        self.unsaved = False
        self.changed = False  # since the file was opened
        self.displaced: list[Path] = []
        self._tables: Tables = {}
        self._schema = SCHEMA
        self._seen: tuple[int, int, int] | None = None
        self._ours: set[bytes] = set()  # hashes of what may stand on disk through us
        if not read_only and path.parent.is_dir():
            atomic.sweep(path.parent, path.name)
        self._load()

    @property
    def path(self) -> Path:
        return self._path

    @property
    def schema(self) -> int:
        """The schema version that the file on disk was written in."""
        return self._schema

    def make_read_only(self) -> None:
        self._read_only = True

    def read(self) -> Tables | None:
        """A copy of the tables: TinyDB works on what it is given, and a refused change must leave no trace."""
        if self._read_only and self._signature() != self._seen:
            self._load()
        tables = self._batch if self._batch is not None else self._tables
        return {
            name: {key: dict(document) for key, document in table.items()} for name, table in tables.items()
        }

    def write(self, data: Tables) -> None:
        if self._read_only:
            raise ReadOnly(said("the notes are open for reading only"), where=str(self._path))
        if self._batching:
            self._batch = data
        else:
            self._commit(data)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Gather the writes of the block into one; an exception in the block undoes them all."""
        self._batching = True
        try:
            yield
            batch = self._batch
        finally:
            self._batching = False
            self._batch = None
        if batch is not None:
            self.write(batch)

    def save(self) -> None:
        """Try again to write what the disk refused. Raises DiskTrouble."""
        if self.unsaved:
            self._commit(self._tables)

    def _commit(self, tables: Tables) -> None:
        data = serialise(tables)
        digest = hashlib.sha256(data).digest()
        self._tables = tables
        self.unsaved = True
        if self._signature() != self._seen:
            self._set_aside_foreign()
        self._ours.add(digest)
        atomic.ensure_dir(self._path.parent)
        atomic.write_bytes(self._path, data)
        self._seen = self._signature()
        self._ours = {digest}
        self.unsaved = False
        self.changed = True

    def _set_aside_foreign(self) -> None:
        """Keep the file that another program, heedless of the lock, has put in the place of ours."""
        data = atomic.read_bytes(self._path)
        # A write that failed in its last step may have put our own file there all the same.
        if data is not None and hashlib.sha256(data).digest() not in self._ours:
            self.displaced.append(keep_aside(self._path, data, "displaced"))

    def _signature(self) -> tuple[int, int, int] | None:
        with atomic.disk_trouble(self._path, "read the file"):
            try:
                status = self._path.stat()
            except FileNotFoundError:
                return None
        return (status.st_ino, status.st_size, status.st_mtime_ns)

    def _load(self) -> None:
        self._seen = self._signature()
        data = atomic.read_bytes(self._path, limit=MAX_BYTES)
        if data is None:
            if backup.copies(self._path):
                raise self._damage(said("the notes file is missing, though backups of it are there"), None)
            self._tables, self._schema = {}, SCHEMA
            self._ours = set()
            return
        try:
            loaded = parse(data)
        except Torn as error:
            raise self._damage(said("the notes file is damaged: {why}", why=error.args[0]), data) from error
        self._tables, self._schema = loaded.tables, loaded.schema
        self._ours = {hashlib.sha256(data).digest()}

    def _damage(self, what: str, data: bytes | None) -> NotesDamaged:
        aside: Path | None = None
        if data is not None and not self._read_only:
            with suppress(DiskTrouble):
                aside = keep_aside(self._path, data, "damaged")
        if aside is not None:
            what = said(
                "{what}; nothing was overwritten, and a copy is kept as {name}", what=what, name=aside.name
            )
        good: Path | None = None
        with suppress(KashafError):
            good = backup.newest_good(self._path, is_good)
        cure = (
            said("Run `kashaf notes restore`: it puts the newest whole backup back, {name}", name=good.name)
            if good
            else said(
                "There is no whole backup: bring one from elsewhere with `kashaf notes restore --from FILE`, "
                "or move {name} away to begin anew",
                name=self._path.name,
            )
        )
        return NotesDamaged(what, where=str(self._path), cure=cure, aside=aside, good=good)


def keep_aside(path: Path, data: bytes, reason: str) -> Path:
    """Copy `data`, found at `path`, to `NAME.REASON-<n>`, once for the same bytes. Raises DiskTrouble."""
    number = 1
    while True:
        aside = path.with_name(f"{path.name}.{reason}-{number}")
        held = atomic.read_bytes(aside)
        if held is None:
            atomic.write_bytes(aside, data)
            return aside
        if held == data:
            return aside
        number += 1
