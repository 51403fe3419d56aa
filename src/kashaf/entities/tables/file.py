"""The SQLite file that the tables are in: derived data, made anew when it is damaged or of another version."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, TypeVar

from kashaf.entities.tables.schema import SCHEMA, VERSION
from kashaf.errors import DiskTrouble, Locked
from kashaf.said import said

T = TypeVar("T")

_WAIT_SECONDS: Final = 10.0
_CACHE_KIB: Final = 32 * 1024


class TablesFile:
    """The tables at `path`. Any thread may call; each call has its own connection."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, work: Callable[[sqlite3.Connection], T], empty: T) -> T:
        """Do work as `run` does; without a file the answer is `empty`, and none is made."""
        return self.run(work) if self.path.exists() else empty

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do work in one transaction; on a damaged file once more, on a new one. Raises Locked and DiskTrouble."""
        try:
            with self._connection() as db:
                return work(db)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise self._trouble(error) from error
        self._remove()
        try:
            with self._connection() as db:
                return work(db)
        except sqlite3.DatabaseError as error:
            raise self._trouble(error) from error

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if not self.path.exists():
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
        with closing(sqlite3.connect(self.path, timeout=_WAIT_SECONDS, cached_statements=512)) as db:
            db.execute("PRAGMA trusted_schema = OFF")
            # Derived data: a power cut may cost a batch, and a torn file is filled again.
            db.execute("PRAGMA synchronous = NORMAL")
            # A transaction that does not fit would lock readers out before it is done.
            db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            db.execute("PRAGMA temp_store = MEMORY")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version != VERSION:
                if db.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
                    raise sqlite3.DatabaseError("another version")
                db.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
            with db:
                yield db

    def _remove(self) -> None:
        try:
            for path in (self.path, self.path.with_name(self.path.name + "-journal")):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise DiskTrouble(
                said(
                    "cannot delete the damaged mentions: {reason}", reason=said(error.strerror or str(error))
                ),
                where=str(self.path),
                cure=said("Delete it by hand"),
            ) from error

    def _trouble(self, error: sqlite3.DatabaseError) -> DiskTrouble | Locked:
        if "locked" in str(error):
            return Locked(
                said("the mentions are being updated by another process"),
                where=str(self.path),
                cure=said("Try again"),
            )
        return DiskTrouble(
            said("cannot use the mentions: {reason}", reason=str(error)),
            where=str(self.path),
            cure=said("Free some space and try again"),
        )


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is not what was written, rather than busy or out of room."""
    if isinstance(error, sqlite3.OperationalError):
        return any(sign in str(error) for sign in ("no such table", "no such column", "malformed"))
    return type(error) is sqlite3.DatabaseError
