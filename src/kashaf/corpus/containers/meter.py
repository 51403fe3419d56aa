"""What unpacking may cost, counted while it happens."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, NoReturn

from kashaf.corpus.limits import (
    MAX_ARCHIVE_FILES,
    MAX_ARCHIVE_STEPS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    MIN_FREE_BYTES,
    RATIO_FREE_BYTES,
)
from kashaf.errors import BadInput, Cancelled

_GIB: Final = 1024**3
_LOOK_EVERY: Final = 8 * 1024**2
BOMB: Final = f"expands to over {MAX_RATIO} times its size, as a bomb does"


class MemberRefused(BadInput):
    """One member is not taken; the others may be. cut: its end is missing, and what came until then is right."""

    def __init__(self, what: str, *, cut: bool = False) -> None:
        super().__init__(what)
        self.cut = cut


class ArchiveRefused(BadInput):
    """The rest of an archive is not taken. `meter` is that archive's: it may be one around the innermost.

    damaged: its bytes are at fault, not its size, and what came out of it until then is right.
    """

    def __init__(self, what: str, meter: Meter, *, damaged: bool = False) -> None:
        super().__init__(what)
        self.meter = meter
        self.damaged = damaged


class Meter:
    """The account of one archive. What a nested one costs is charged to those around it too.

    size: of the archive in bytes. into: a folder on the disk that is written to.
    """

    def __init__(
        self, size: int, into: Path, cancelled: Callable[[], bool], outer: Meter | None = None
    ) -> None:
        self._size = size
        self._into = into
        self._cancelled = cancelled
        self._outer = outer
        self._unpacked = 0
        self._members = 0
        self._steps = 0
        self._root: Meter = outer._root if outer is not None else self
        self._unlooked = _LOOK_EVERY

    def inner(self, size: int) -> Meter:
        """The account of an archive in this one."""
        return Meter(size, self._into, self._cancelled, self)

    def refuse(self, what: str, *, damaged: bool = False) -> NoReturn:
        """Give this archive up."""
        raise ArchiveRefused(what, self, damaged=damaged)

    def check(self) -> None:
        """Raises Cancelled when the work is to stop."""
        if self._cancelled():
            raise Cancelled(cure="Run it again to go on")

    def spend(self, size: int) -> None:
        """Charge bytes that came out of the archive. Raises ArchiveRefused, Cancelled."""
        self.check()
        self._unpacked += size
        if is_bomb(self._unpacked, self._size):
            self.refuse(BOMB)
        if self._outer is not None:
            self._outer.spend(size)
        elif self._unpacked > MAX_UNPACKED_BYTES:
            self.refuse(f"holds over {MAX_UNPACKED_BYTES // _GIB} GB; unpack it and import the parts")

    def step(self) -> None:
        """Charge a step that may bring no member: a header, a line. Raises ArchiveRefused."""
        root = self._root
        root._steps += 1
        if root._steps > MAX_ARCHIVE_STEPS:
            root.refuse("made of too many small parts; the rest was left out")

    def count(self) -> None:
        """Charge one member more. Raises ArchiveRefused, Cancelled."""
        self.check()
        self._members += 1
        if self._outer is not None:
            self._outer.count()
        elif self._members > MAX_ARCHIVE_FILES:
            self.refuse(f"holds over {MAX_ARCHIVE_FILES:,} files; the rest was left out")

    def write(self, size: int) -> None:
        """Ask for room on the disk. Raises ArchiveRefused for the outermost archive when it gets short."""
        if self._outer is not None:
            self._outer.write(size)
            return
        self._unlooked += size
        if self._unlooked >= _LOOK_EVERY:
            self._unlooked = 0
            if shutil.disk_usage(self._into).free < MIN_FREE_BYTES + _LOOK_EVERY:
                self.refuse("too little room on the disk to unpack it")


def is_bomb(unpacked: int, packed: int) -> bool:
    """Whether so many bytes are too many to have come out of so few."""
    return unpacked > RATIO_FREE_BYTES and unpacked > MAX_RATIO * packed
