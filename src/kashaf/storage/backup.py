"""Dated copies of a precious file, in `backups/` beside it.

A copy's name carries a number that only grows, and its date: the order of copies stands when a clock is set
back. Of many copies the newest half is kept, and of the rest the last one of each day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kashaf.errors import DiskTrouble
from kashaf.storage import atomic

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = "backups"
_LONGEST_LINE = 64 * 1024  # bytes
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: its path, its number among the copies of its file, and when it was made (as in the name)."""

    path: Path
    number: int
    made: str

    @property
    def day(self) -> str:
        return self.made[:8]


def copies(path: Path) -> list[Copy]:
    """The copies of `path`, newest first."""
    pattern = re.compile(
        rf"{re.escape(path.stem)}-(?P<number>\d{{6,}})-(?P<made>\d{{8}}T\d{{6}}Z){re.escape(path.suffix)}"
    )
    folder = path.parent / FOLDER
    with atomic.disk_trouble(folder, "list the folder"):
        names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    found = [
        Copy(folder / name, int(match["number"]), match["made"])
        for name in names
        if (match := pattern.fullmatch(name))
    ]
    return sorted(found, key=lambda copy: copy.number, reverse=True)


def rotate(path: Path, keep: int = 10) -> Path | None:
    """Copy `path` as it is now, and let go of old copies so that `keep` remain.

    Returns the newest copy: the one just made, or the one that already held the same bytes; None when there
    is no such file. Only under the lock that guards `path`. Raises DiskTrouble.
    """
    data = atomic.read_bytes(path)
    if data is None:
        return None
    kept = copies(path)
    if kept and atomic.read_bytes(kept[0].path) == data:
        return kept[0].path
    folder = path.parent / FOLDER
    atomic.ensure_dir(folder)
    number = kept[0].number + 1 if kept else 1
    made = datetime.now(UTC).strftime(_STAMP)
    fresh = Copy(folder / f"{path.stem}-{number:06}-{made}{path.suffix}", number, made)
    atomic.sweep(folder, f"{path.stem}-")
    atomic.write_bytes(fresh.path, data)
    kept.insert(0, fresh)
    for copy in _surplus(kept, keep):
        atomic.unlink(copy.path)
    return fresh.path


def holds(path: Path) -> bool:
    """Whether the newest copy has the size and the first line of `path`: of a file that begins with its own hash
    that tells whether the copy is of what stands there now, without reading either.

    Raises DiskTrouble.
    """
    kept = copies(path)
    if not kept:
        return False
    with atomic.disk_trouble(path, "read the file"):
        if path.stat().st_size != kept[0].path.stat().st_size:
            return False
        with path.open("rb") as ours, kept[0].path.open("rb") as copy:
            return ours.readline(_LONGEST_LINE) == copy.readline(_LONGEST_LINE)


def newest_good(path: Path, check: Callable[[bytes], bool]) -> Path | None:
    """The newest copy of `path` whose bytes pass `check`; copies that cannot be read are passed over."""
    for copy in copies(path):
        try:
            data = atomic.read_bytes(copy.path)
        except DiskTrouble:
            continue
        if data is not None and check(data):
            return copy.path
    return None


def _surplus(newest_first: list[Copy], keep: int) -> list[Copy]:
    if len(newest_first) <= keep:
        return []
    recent = newest_first[: keep - keep // 2]
    older = newest_first[len(recent) :]
    last_of_day: dict[str, Copy] = {}
    for copy in older:
        last_of_day.setdefault(copy.day, copy)
    wanted = dict.fromkeys([*recent, *last_of_day.values(), *older])
    stay = set(list(wanted)[:keep])
    return [copy for copy in newest_first if copy not in stay]
