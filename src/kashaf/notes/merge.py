"""Notes that come from elsewhere, against ours: by id, and never the newer one by its clock alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kashaf.notes.model import Note

OnConflict: TypeAlias = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One id with two contents."""

    ours: Note
    theirs: Note


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: notes added, notes already here alike, and notes that differ.

    conflicts: decided as `on_conflict` said; ours are kept unless it said "theirs", and then go to the trash.
    """

    added: tuple[Note, ...]
    unchanged: tuple[Note, ...]
    conflicts: tuple[Conflict, ...]
    on_conflict: OnConflict = "ours"


def compare(
    ours: Mapping[str, Note], theirs: Iterable[Note], on_conflict: OnConflict = "ours"
) -> ImportReport:
    """What importing `theirs` into `ours` (by id) would do. An id that comes again counts as a conflict."""
    known = dict(ours)
    added: list[Note] = []
    unchanged: list[Note] = []
    conflicts: list[Conflict] = []
    for note in theirs:
        mine = known.get(note.id)
        if mine is None:
            known[note.id] = note
            added.append(note)
        elif mine == note:
            unchanged.append(note)
        else:
            conflicts.append(Conflict(mine, note))
    return ImportReport(tuple(added), tuple(unchanged), tuple(conflicts), on_conflict)
