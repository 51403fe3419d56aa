"""One writer at a time, and a name for the one who writes.

The lock is the operating system's (flock through filelock): it ends with its process, so a crash leaves
nothing to clean. Who holds it stands in a file of its own, because a lock file cannot be read while locked
everywhere.
"""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from kashaf.errors import DiskTrouble, Locked
from kashaf.said import said
from kashaf.storage import atomic

if TYPE_CHECKING:
    from types import TracebackType


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds, or last held, a lock. `since`: ISO 8601 UTC with seconds; `purpose`: words for the user."""

    pid: int
    host: str
    since: str
    purpose: str


class Lock:
    """The lock that guards `path`: `NAME.lock` and `NAME.owner` beside it. A context manager.

    purpose: what the holder does, in words that end the sentence "… is in use: ".
    """

    def __init__(self, path: Path, purpose: str) -> None:
        self._path = path
        self._purpose = purpose
        self._owner_path = path.with_name(path.name + ".owner")
        self._lock_path = path.with_name(path.name + ".lock")
        # Not thread-local: the explorer opens in one thread and closes in another.
        self._lock = FileLock(self._lock_path, mode=0o600, thread_local=False)

    @property
    def held(self) -> bool:
        """True while this object holds the lock."""
        return self._lock.is_locked

    def acquire(self, *, blocking: bool = False, timeout: float = -1) -> None:
        """Take the lock, making its folder if need be.

        blocking: wait `timeout` seconds for the holder, for ever when negative.
        Raises Locked, naming the holder; DiskTrouble when no lock file can be made.
        """
        atomic.ensure_dir(self._path.parent)
        try:
            self._lock.acquire(timeout=timeout if blocking else 0)
        except Timeout as error:
            raise self._refusal() from error
        except OSError as error:
            with atomic.disk_trouble(self._path, "lock the file"):
                raise error
        try:
            self._sign()
        except DiskTrouble:
            self._lock.release()
            raise

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._lock.is_locked:
            # Before the release: afterwards the name may be another's.
            with suppress(DiskTrouble):
                atomic.unlink(self._owner_path)
            self._lock.release()

    def owner(self) -> Owner | None:
        """Who holds the lock; None when it is free or the holder could not be read."""
        if self.held:
            return self._read_owner()
        if not self._lock_path.exists():
            return None
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return self._read_owner()
        except OSError:
            return None
        self._lock.release()
        return None

    def _sign(self) -> None:
        since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        owner = Owner(os.getpid(), platform.node(), since, self._purpose)
        atomic.write_text(
            self._owner_path, json.dumps(asdict(owner), ensure_ascii=True) + "\n", durable=False
        )

    def _read_owner(self) -> Owner | None:
        try:
            value = json.loads((atomic.read_bytes(self._owner_path) or b"").decode("utf-8"))
            return Owner(int(value["pid"]), str(value["host"]), str(value["since"]), str(value["purpose"]))
        except (DiskTrouble, ValueError, KeyError, TypeError, RecursionError):
            return None

    def _refusal(self) -> Locked:
        owner = self._read_owner()
        cure = said("Close it there, or wait and try again")
        if owner is None:
            return Locked(said("in use by another process"), where=str(self._path), cure=cure)
        return Locked(
            said(
                "in use by process {pid} on {host} since {since}: {purpose}",
                pid=owner.pid,
                host=owner.host,
                since=owner.since,
                purpose=said(owner.purpose),
            ),
            where=str(self._path),
            cure=cure,
        )

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
