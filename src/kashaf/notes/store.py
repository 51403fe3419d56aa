"""The notes of a workspace: one writer, every change durable before the call returns, nothing lost.

A change that the disk refuses stays in memory, is seen by every query, and goes to disk with the next change
or with `save`; the caller is told by DiskTrouble. Deleted notes go to the trash. Safe to call from any thread.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self

from kashaf.errors import DiskTrouble, NotFound, UsageError
from kashaf.notes import identity, recovery
from kashaf.notes.documents import NoteDocuments, Trashed
from kashaf.notes.gate import clean_body, clean_line, clean_note, clean_tags
from kashaf.notes.history import Change, History, Step
from kashaf.notes.merge import ImportReport, OnConflict, compare
from kashaf.notes.model import Kind, Note, Target
from kashaf.notes.opening import open_notes
from kashaf.notes.storage_tinydb import ReadOnly
from kashaf.said import said
from kashaf.storage import backup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from types import TracebackType

    from kashaf.notes.storage_tinydb import DurableStorage
    from kashaf.storage.lock import Lock

BACKUP_SECONDS: Final = 600.0  # of changes between two backups in one session


class NoteStore:
    """Notes in a TinyDB file. Use `NoteStore.open`, and `close` or `with`.

    read_only_reason: why changes are refused, in words for the user; empty when they are not.
    backup_trouble: why the last backup could not be made, if so. The notes themselves are saved all the same.
    """

    def __init__(self, path: Path, storage: DurableStorage, lock: Lock | None, reason: str) -> None:
        self.path = path
        self.read_only_reason = reason
        self.backup_trouble: DiskTrouble | None = None
        self._storage = storage
        self._lock = lock
        self._documents = NoteDocuments(storage)
        self._guard = threading.RLock()
        self._history = History()
        self._listeners: list[Callable[[Change], None]] = []
        self._last_backup: float | None = None

    restore_backup = staticmethod(recovery.restore_backup)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, or_read_only: bool = False) -> NoteStore:
        """Open the notes in the file `path`, which the first change makes.

        read_only: take no lock and change nothing on disk.
        or_read_only: when another process holds the notes, or the disk takes no lock, open for reading, and
        say why in `read_only_reason`. Notes of a newer schema always open for reading only.
        Raises Locked, DiskTrouble, NotesDamaged (a StoreDamaged), which names the newest whole backup, and
        BadInput for a newer schema whose notes cannot even be read.
        """
        opened = open_notes(path, read_only=read_only, or_read_only=or_read_only)
        return cls(path, opened.storage, opened.lock, opened.reason)

    @property
    def read_only(self) -> bool:
        return bool(self.read_only_reason)

    @property
    def unsaved(self) -> bool:
        """True while a change is in memory only, because the disk refused it."""
        return self._storage.unsaved

    @property
    def displaced(self) -> tuple[Path, ...]:
        """Copies of foreign files found in the place of ours, made by another program while we held the lock."""
        return tuple(self._storage.displaced)

    def get(self, note_id: str) -> Note:
        """Raises NotFound."""
        with self._guard:
            note = self._documents.find(note_id)
        if note is None:
            raise NotFound("no such note", where=note_id)
        return note

    def notes(self, article_id: str | None = None, *, tag: str | None = None) -> list[Note]:
        """Notes in the order they were made; of one article in the order of its text."""
        with self._guard:
            found = self._documents.search(article_id, tag)
        if article_id is None:
            return sorted(found, key=lambda note: note.id)
        return sorted(found, key=lambda note: (note.target.start, note.target.end, note.id))

    def for_article(self, article_id: str) -> list[Note]:
        """The notes of one article in the order of its text."""
        return self.notes(article_id)

    def article_ids(self) -> frozenset[str]:
        """The articles that have notes."""
        return frozenset(note.target.article_id for note in self.notes())

    def tags(self) -> dict[str, int]:
        """Every tag and the number of its notes, in alphabetical order."""
        counts: dict[str, int] = {}
        for note in self.notes():
            for tag in note.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return dict(sorted(counts.items()))

    def trash(self) -> list[Trashed]:
        """Deleted notes, and those an import replaced; the last one first."""
        with self._guard:
            return self._documents.trash()

    def __len__(self) -> int:
        with self._guard:
            return len(self._documents)

    def add(
        self,
        target: Target,
        *,
        body: str = "",
        tags: Iterable[str] = (),
        kind: Kind | None = None,
        author: str = "",
    ) -> Note:
        """Add a note. `kind` is "note" when there is a body, else "highlight", unless given.

        Raises UsageError for control characters in body, tags or author.
        """
        moment = identity.now()
        body = clean_body(body)
        note = Note(
            id=identity.uuid7(),
            target=target,
            body=body,
            tags=clean_tags(tags),
            kind=kind or ("note" if body else "highlight"),
            author=clean_line(author, said("author")),
            created=moment,
            modified=moment,
        )
        self._make(Change("add", (Step(None, note),)))
        return note

    def edit(
        self,
        note_id: str,
        *,
        body: str | None = None,
        tags: Iterable[str] | None = None,
        kind: Kind | None = None,
        target: Target | None = None,
    ) -> Note:
        """Change what is given, and nothing else; an edit that changes nothing is none.

        Raises NotFound, and UsageError for control characters.
        """
        with self._guard:
            before = self.get(note_id)
            after = replace(
                before,
                body=before.body if body is None else clean_body(body),
                tags=before.tags if tags is None else clean_tags(tags),
                kind=kind or before.kind,
                target=target or before.target,
            )
            if after == before:
                return before
            # A clock set back must not make the edit older than what it edits.
            after = replace(after, modified=max(identity.now(), before.modified))
            self._make(Change("edit", (Step(before, after),)))
            return after

    def delete(self, note_id: str) -> Note:
        """Move a note to the trash. Raises NotFound."""
        with self._guard:
            note = self.get(note_id)
            self._make(Change("delete", (Step(note, None),)))
            return note

    def restore(self, note_id: str) -> Note:
        """Bring the last deleted note of that id back from the trash. Raises NotFound; UsageError if it is here."""
        with self._guard:
            if self._documents.find(note_id) is not None:
                raise UsageError("the note is not deleted", where=note_id)
            for thrown in self.trash():
                if thrown.note.id == note_id:
                    self._make(Change("restore", (Step(None, thrown.note),)))
                    return thrown.note
        raise NotFound("no such note in the trash", where=note_id)

    def import_notes(self, notes: Iterable[Note], *, on_conflict: OnConflict = "ours") -> ImportReport:
        """Merge notes by id, in one change. Control characters in them are stripped.

        A note that differs from ours of the same id is a conflict: ours stays, whatever the clocks say, unless
        `on_conflict` is "theirs"; then ours goes to the trash.
        """
        with self._guard:
            self._check_writable()
            ours = {note.id: note for note in self.notes()}
            report = compare(ours, [clean_note(note) for note in notes], on_conflict)
            steps = [Step(None, note) for note in report.added]
            if on_conflict == "theirs":
                steps += [Step(conflict.ours, conflict.theirs) for conflict in report.conflicts]
            if steps:
                self._make(Change("import", tuple(steps)))
            return report

    @property
    def can_undo(self) -> bool:
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        return self._history.can_redo

    def undo(self) -> Change | None:
        """Take back the last change of this session; None when there is none."""
        with self._guard:
            change = self._history.next_undo()
            if change is not None:
                self._make(change)
            return change

    def redo(self) -> Change | None:
        """Make the change last undone again; None when there is none."""
        with self._guard:
            change = self._history.next_redo()
            if change is not None:
                self._make(change)
            return change

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Call `listener` after every change, in the thread that made it. Returns a function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def save(self) -> None:
        """Try again to bring to disk what it refused. Raises DiskTrouble."""
        with self._guard:
            self._storage.save()

    def close(self, *, discard: bool = False) -> None:
        """Save what is unsaved, back the session up, and give the lock back.

        Raises DiskTrouble, and stays open, when unsaved changes cannot be saved; `discard` gives them up.
        """
        with self._guard:
            if not discard:
                self._storage.save()
            if self._lock is not None:
                if self._storage.changed:
                    self._back_up()
                self._lock.release()
                self._lock = None
            self.read_only_reason = self.read_only_reason or said("The notes are closed")
            self._storage.make_read_only()

    def _make(self, change: Change) -> None:
        with self._guard:
            self._check_writable()
            if self._last_backup is None or time.monotonic() - self._last_backup > BACKUP_SECONDS:
                self._back_up()
            trouble: DiskTrouble | None = None
            try:
                self._documents.apply(change.steps, identity.now(), keep_replaced=change.what == "import")
            except DiskTrouble as error:
                trouble = error
            self._history.record(change)
        for listener in tuple(self._listeners):
            listener(change)
        if trouble is not None:
            raise DiskTrouble(
                said("{trouble}; the change is kept in memory", trouble=trouble.what),
                where=trouble.where,
                cure=trouble.cure,
            ) from trouble

    def _check_writable(self) -> None:
        if self.read_only_reason:
            raise ReadOnly(
                said("the notes cannot be changed"), where=str(self.path), cure=self.read_only_reason
            )

    def _back_up(self) -> None:
        self._last_backup = time.monotonic()
        try:
            backup.rotate(self.path)
        except DiskTrouble as error:
            self.backup_trouble = error
        else:
            self.backup_trouble = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(discard=error is not None)
