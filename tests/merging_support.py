"""Analysts who each keep notes on a laptop of their own, and meet: for the tests of the merge."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.notes_support import note

from kashaf.export.native import NativeFile
from kashaf.notes.merge import MergeReport, merge_records
from kashaf.notes.model import Ended, Note
from kashaf.notes.settling import Take, settle
from kashaf.notes.versions import amended, ended, first
from kashaf.notes.view import conflicts, is_deleted

if TYPE_CHECKING:
    from collections.abc import Iterable


def moment(number: int) -> str:
    return f"2026-03-{number // 1440 + 1:02}T{number // 60 % 24:02}:{number % 60:02}:00Z"


@dataclass
class Laptop:
    """What a store does with notes, without a disk. offset: minutes by which its clock is wrong."""

    author: str
    offset: int = 0
    live: dict[str, Note] = field(default_factory=dict)
    trash: dict[str, Note] = field(default_factory=dict)
    gone: dict[str, Ended] = field(default_factory=dict)
    clock: int = 10_000

    def now(self) -> str:
        self.clock += 1
        return moment(self.clock + self.offset)

    def add(self, number: int, **changes: object) -> Note:
        made = replace(note(number), author=self.author, created=(at := self.now()), modified=at, **changes)  # type: ignore[arg-type]
        self.live[made.id] = first(made)
        return self.live[made.id]

    def edit(self, note_id: str, **changes: object) -> None:
        before = self.live[note_id]
        after = replace(before, **changes)  # type: ignore[arg-type]
        made = amended(before, after, at=max(self.now(), before.modified), author=self.author)
        self.live[note_id] = made or before

    def delete(self, note_id: str) -> None:
        before = self.live.pop(note_id)
        made = amended(before, before, at=self.now(), author=self.author, deleted=True)
        assert made is not None
        self.trash[note_id] = made

    def restore(self, note_id: str) -> None:
        before = self.trash.pop(note_id)
        made = amended(before, before, at=self.now(), author=self.author, deleted=False)
        assert made is not None
        self.live[note_id] = made

    def purge(self, note_id: str) -> None:
        self.gone[note_id] = ended(self.trash.pop(note_id))

    def settle(self, note_id: str, choice: int = 0) -> None:
        before = self.live[note_id]
        choices = {
            one.field: Take(one.alternatives[choice % len(one.alternatives)].version)
            for one in conflicts(before)
        }
        self._put(settle(before, choices, at=self.now(), author=self.author))

    def _put(self, settled: Note) -> None:
        self.live.pop(settled.id)
        (self.trash if is_deleted(settled.versions) else self.live)[settled.id] = settled

    def told(self) -> tuple[list[Note], list[Ended]]:
        """What a native export holds."""
        return list(self.live.values()), [*map(ended, self.trash.values()), *self.gone.values()]

    def everything(self) -> tuple[list[Note], list[Ended]]:
        """All that is known, with what the trash holds."""
        return [*self.live.values(), *self.trash.values()], list(self.gone.values())

    def meet(self, notes: Iterable[Note], ends: Iterable[Ended]) -> MergeReport:
        report = merge_records(
            self.live.values(), self.trash.values(), self.gone.values(), list(notes), list(ends)
        )
        for merged in (*report.live, *report.trash):
            self._forget(merged.id)
            (self.trash if is_deleted(merged.versions) else self.live)[merged.id] = merged
        for end in report.ended:
            self._forget(end.id)
            self.gone[end.id] = end
        return report

    def _forget(self, note_id: str) -> None:
        self.live.pop(note_id, None)
        self.trash.pop(note_id, None)
        self.gone.pop(note_id, None)

    def copy(self) -> Laptop:
        return replace(self, live=dict(self.live), trash=dict(self.trash), gone=dict(self.gone))

    def export(self) -> bytes:
        """The native export, byte for byte."""
        notes, ends = self.told()
        return NativeFile(tuple(notes), tuple(ends)).to_bytes()
