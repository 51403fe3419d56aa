"""Damaged notes: a copy kept aside, and an error that names the cure."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kashaf.errors import DiskTrouble, KashafError, StoreDamaged
from kashaf.notes.file_format import is_good
from kashaf.said import said
from kashaf.storage import atomic, backup

if TYPE_CHECKING:
    from pathlib import Path

    from kashaf.notes.reading import Damaged


class NotesDamaged(StoreDamaged):
    """The notes on disk are not what was written.

    aside: the copy kept of the damaged file, if one could be made. good: the newest backup that is whole, if any.
    """

    def __init__(self, what: str, *, where: str, cure: str, aside: Path | None, good: Path | None) -> None:
        super().__init__(what, where=where, cure=cure)
        self.aside = aside
        self.good = good


def damaged(path: Path, error: Damaged, *, keep: bool) -> NotesDamaged:
    """The error to raise for the notes in `path`. keep: copy the damaged bytes aside first."""
    what = error.what
    aside: Path | None = None
    if error.data is not None and keep:
        with suppress(DiskTrouble):
            aside = keep_aside(error.path, error.data, "damaged")
    if aside is not None:
        what = said(
            "{what}; nothing was overwritten, and a copy is kept as {name}", what=what, name=aside.name
        )
    good: Path | None = None
    with suppress(KashafError):
        good = backup.newest_good(path, is_good)
    return NotesDamaged(
        what, where=str(error.path), cure=_cure(path, error.path, good), aside=aside, good=good
    )


def _cure(path: Path, damaged: Path, good: Path | None) -> str:
    if damaged != path:
        return said("Run `kashaf notes restore`: it puts back what is whole of it")
    if good:
        return said(
            "Run `kashaf notes restore`: it puts the newest whole backup back, {name}", name=good.name
        )
    return said(
        "There is no whole backup: bring one from elsewhere with `kashaf notes restore --from FILE`, "
        "or move {name} away to begin anew",
        name=path.name,
    )


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
