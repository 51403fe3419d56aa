"""What was done in this session, so that it can be undone and done again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from kashaf.notes.model import Note

What: TypeAlias = Literal["add", "edit", "delete", "import", "restore"]


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
    """What one call did, or what undoing or redoing it did (`direction`)."""

    what: What
    steps: tuple[Step, ...]
    direction: Literal["do", "undo", "redo"] = "do"

    @property
    def article_ids(self) -> frozenset[str]:
        """The articles whose notes have changed."""
        return frozenset(
            note.target.article_id for step in self.steps for note in (step.before, step.after) if note
        )

    def undone(self) -> Change:
        steps = tuple(Step(step.after, step.before) for step in reversed(self.steps))
        return Change(self.what, steps, "undo")

    def redone(self) -> Change:
        return Change(self.what, self.steps, "redo")


class History:
    """Two stacks of changes; a new change clears what could be redone."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def next_undo(self) -> Change | None:
        return self._done[-1].undone() if self._done else None

    def next_redo(self) -> Change | None:
        return self._undone[-1].redone() if self._undone else None

    def record(self, change: Change) -> None:
        """Note that a change has been made."""
        if change.direction == "undo":
            self._undone.append(self._done.pop())
        elif change.direction == "redo":
            self._done.append(self._undone.pop())
        else:
            self._done.append(change)
            self._undone.clear()
