"""What was done to the notes, so that it can be undone and done again, in this session and in later ones.

Each change is kept in a table of the notes file by the documents it replaced: the newest 200, and not over 8 MB.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from kashaf.notes.lines import REDO, TRASH, UNDO
from kashaf.storage import fast_json

if TYPE_CHECKING:
    from kashaf.notes.lines import Document, Lines
    from kashaf.notes.model import Note

What: TypeAlias = Literal[
    "add", "edit", "tag", "rename", "delete", "restore", "purge", "merge", "settle", "import"
]
MAX_CHANGES: Final = 200
MAX_BYTES: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Step:
    """One note before and after: None before is an added note, None after a deleted one."""

    before: Note | None
    after: Note | None

    @property
    def note(self) -> Note:
        note = self.after or self.before
        if note is None:
            raise ValueError("a step of nothing")
        return note


@dataclass(frozen=True, slots=True)
class Change:
    """What one call did, or what undoing or redoing it did (`direction`).

    detail: what the words of the interface may add: the tag of a renaming. Empty for most.
    """

    what: What
    steps: tuple[Step, ...]
    direction: Literal["do", "undo", "redo"] = "do"
    detail: str = ""

    @property
    def article_ids(self) -> frozenset[str]:
        """The articles whose notes have changed."""
        return frozenset(
            note.article_id
            for step in self.steps
            for note in (step.before, step.after)
            if note is not None and note.article_id
        )

    @property
    def note_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(step.note.id for step in self.steps))

    def undone(self) -> Change:
        steps = tuple(Step(step.after, step.before) for step in reversed(self.steps))
        return replace(self, steps=steps, direction="undo")


@dataclass(frozen=True, slots=True)
class Cell:
    """One document of a table, and what becomes of it: None for none. note: the same, when somebody has read it."""

    table: str
    key: str
    document: Document | None
    note: Note | None = field(default=None, compare=False)


Live: TypeAlias = "Mapping[str, Lines]"


@dataclass(frozen=True, slots=True)
class Entry:
    """A change on one of the stacks, at `key`: what the documents become when it is taken from there."""

    key: str
    what: What
    detail: str
    cells: tuple[Cell, ...]


def top(stack: Mapping[str, Document]) -> Entry | None:
    """The change last put on a stack, if it holds any."""
    if not stack:
        return None
    key = max(stack, key=int)
    document = stack[key]
    cells = tuple(Cell(table, at, before) for table, at, before in document["cells"])
    return Entry(key, document["what"], document.get("detail", ""), cells)


def recorded(
    tables: Live, cells: Sequence[Cell], *, what: What, at: str, detail: str = ""
) -> tuple[Cell, ...]:
    """What a new change adds to the stacks and lets go of; it clears what could be redone."""
    undo = tables[UNDO]
    entry = _document(tables, cells, what, detail, at)
    fresh = Cell(UNDO, _next(undo), entry)
    kept, size = 1, int(entry["size"])
    dropped: list[Cell] = []
    for key in sorted(undo, key=int, reverse=True):
        kept, size = kept + 1, size + int(undo.facts(UNDO, key)[0])
        if kept > MAX_CHANGES or size > MAX_BYTES:
            dropped.append(Cell(UNDO, key, None))
    return (fresh, *dropped, *(Cell(REDO, key, None) for key in tables[REDO]))


def moved(tables: Live, entry: Entry, source: str, target: str, *, at: str) -> tuple[Cell, ...]:
    """What taking a change from one stack does to both: the other keeps how to go back."""
    stacked = _document(tables, entry.cells, entry.what, entry.detail, at)
    return (Cell(source, entry.key, None), Cell(target, _next(tables[target]), stacked))


def forgotten(tables: Live, ids: frozenset[str]) -> tuple[Cell, ...]:
    """The stacks without anything that these notes ever said: they have been purged, and do not come back."""
    found: list[Cell] = [Cell(REDO, key, None) for key in tables[REDO]]
    undo = tables[UNDO]
    after: dict[tuple[str, str], Document | None] = {}
    for key in sorted(undo, key=int, reverse=True):
        kept: list[list[Any]] = []
        for table, at, before in undo[key]["cells"]:
            became = after.get((table, at), tables[table].get(at))
            after[table, at] = before
            if not (_is_about(table, before, ids) or _is_about(table, became, ids)):
                kept.append([table, at, before])
        if len(kept) < len(undo[key]["cells"]):
            shorter = {**undo[key], "cells": kept, "size": _size(kept)}
            found.append(Cell(UNDO, key, shorter if kept else None))
    return tuple(found)


def inverse(tables: Live, cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells as they are now."""
    return tuple(Cell(cell.table, cell.key, tables[cell.table].get(cell.key)) for cell in cells)


def _document(tables: Live, cells: Sequence[Cell], what: What, detail: str, at: str) -> dict[str, Any]:
    befores = [[cell.table, cell.key, cell.document] for cell in inverse(tables, cells)]
    document: dict[str, Any] = {"what": what, "at": at, "cells": befores, "size": _size(befores)}
    return document | {"detail": detail} if detail else document


def _size(befores: list[list[Any]]) -> int:
    return len(fast_json.encode(befores, trusted=True)[0])


def _next(stack: Mapping[str, Document]) -> str:
    return str(max(map(int, stack), default=0) + 1)


def _is_about(table: str, document: Document | None, ids: frozenset[str]) -> bool:
    if document is None:
        return False
    note = document.get("note") if table == TRASH else document
    return isinstance(note, dict) and note.get("id") in ids
