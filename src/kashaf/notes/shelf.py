"""The notes that are open: what they answer, how a change is written, undone and told.

What a change is made of is in `kashaf.notes.store`, which is what other rooms use.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Self

from kashaf.errors import DiskTrouble, NotFound
from kashaf.notes import history, identity, versions, view
from kashaf.notes.documents import NoteDocuments, Trashed
from kashaf.notes.history import Change, Entry
from kashaf.notes.lines import REDO, UNDO
from kashaf.notes.storage_tinydb import ReadOnly
from kashaf.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from kashaf.notes.history import Cell, What
    from kashaf.notes.model import Ended, Note
    from kashaf.notes.sealing import Cipher
    from kashaf.notes.storage_tinydb import DurableStorage
    from kashaf.storage.lock import Lock

BACKUP_SECONDS: Final = 600.0  # of changes between two backups in one session


class Shelf:
    """Notes in a TinyDB file and its journal.

    read_only_reason: why changes are refused, in words for the user; empty when they are not.
    author: who makes a change that names no author.
    """

    def __init__(
        self, path: Path, storage: DurableStorage, lock: Lock | None, reason: str, author: str
    ) -> None:
        self.path = path
        self.read_only_reason = reason
        self.author = author
        self._storage = storage
        self._lock = lock
        self._documents = NoteDocuments(storage)
        self._guard = threading.RLock()
        self._listeners: list[Callable[[Change], None]] = []
        self._last_backup = time.monotonic()

    @property
    def read_only(self) -> bool:
        return bool(self.read_only_reason)

    @property
    def unsaved(self) -> bool:
        """True while a change is in memory only, because the disk refused it."""
        return self._storage.unsaved

    @property
    def cipher(self) -> Cipher | None:
        """What the notes are encrypted with on disk; None when they are not."""
        return self._storage.cipher

    @property
    def sealed(self) -> bool:
        """Whether the notes are encrypted on disk."""
        return self.cipher is not None

    @property
    def backup_trouble(self) -> DiskTrouble | None:
        """Why the last backup could not be made, if so. The notes themselves are saved all the same."""
        return self._storage.backup_trouble

    @property
    def displaced(self) -> tuple[Path, ...]:
        """Copies of foreign files found in the place of ours, made by another program while we held the lock."""
        return tuple(self._storage.displaced)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know of the opening, a line each."""
        return self._storage.notices

    def get(self, note_id: str) -> Note:
        """Raises NotFound."""
        note = self.find(note_id)
        if note is None:
            raise NotFound("no such note", where=note_id)
        return note

    def find(self, note_id: str) -> Note | None:
        """The note of that id, unless it is deleted or was never here."""
        with self._fresh():
            return self._documents.find(note_id)

    def notes(self, article_id: str | None = None, *, tag: str | None = None) -> list[Note]:
        """Notes in the order they were made; of one article in the order of its text."""
        with self._fresh():
            found = self._documents.search(article_id, tag)
        if article_id is None:
            return sorted(found, key=lambda note: note.id)
        return sorted(found, key=lambda note: (*note.place, note.id))

    def for_article(self, article_id: str) -> list[Note]:
        """The notes of one article in the order of its text."""
        return self.notes(article_id)

    def article_ids(self) -> frozenset[str]:
        """The articles that have notes."""
        with self._fresh():
            return self._documents.article_ids()

    def tags(self) -> dict[str, int]:
        """Every tag and the number of its notes, in alphabetical order."""
        with self._fresh():
            return self._documents.tags()

    def conflicted(self) -> list[Note]:
        """The notes on which two analysts disagree, in the order they were made."""
        with self._fresh():
            found = self._documents.branched()
        return sorted((note for note in found if view.conflicts(note)), key=lambda note: note.id)

    def trash(self) -> list[Trashed]:
        """Deleted notes; the last one first."""
        with self._fresh():
            return self._documents.trash()

    def ended(self) -> list[Ended]:
        """What other workspaces must know of the notes in the trash, and of those purged: that they ended."""
        with self._fresh():
            thrown = {one.note.id: versions.ended(one.note) for one in reversed(self._documents.trash())}
            gone = {one.id: one for one in self._documents.ended()}
            return [end for _, end in sorted((thrown | gone).items()) if self._documents.find(end.id) is None]

    def __len__(self) -> int:
        with self._fresh():
            return len(self._documents)

    @property
    def next_undo(self) -> Change | None:
        """What undoing would do; None when there is nothing to take back."""
        return self._upcoming(UNDO)

    @property
    def next_redo(self) -> Change | None:
        """What redoing would do; None when nothing was undone last."""
        return self._upcoming(REDO)

    def undo(self) -> Change | None:
        """Take back the last change, of an earlier session too; None when there is none."""
        return self._walk(UNDO, REDO)

    def redo(self) -> Change | None:
        """Make the change last undone again; None when there is none."""
        return self._walk(REDO, UNDO)

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Call `listener` after every change, in the thread that made it. Returns a function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def refresh(self) -> bool:
        """For a second window: take in what the writer has saved since. Whether anything has changed.

        Costs two looks at files when nothing has. Every question does it by itself. Raises as `open` does.
        """
        with self._guard:
            return self._storage.refresh()

    def save(self) -> None:
        """Try again to bring to disk what it refused. Raises DiskTrouble."""
        with self._guard:
            self._storage.save()

    def compact(self) -> None:
        """Write the notes file anew, back it up and empty the journal, if there is anything in it.

        Closing does it. Raises DiskTrouble; nothing is lost then.
        """
        with self._guard:
            self._check_writable()
            self._storage.compact()
            self._last_backup = time.monotonic()

    def reseal(self, cipher: Cipher | None) -> None:
        """Write the notes anew, sealed with `cipher`, or in the clear. For `kashaf.notes.encrypting`."""
        with self._guard:
            self._check_writable()
            self._storage.reseal(cipher)

    def close(self, *, discard: bool = False) -> None:
        """Save what is unsaved, back the session up, and give the lock back.

        Raises DiskTrouble, and stays open, when unsaved changes cannot be saved; `discard` gives them up.
        """
        with self._guard:
            if not discard:
                self._storage.save()
            if self._lock is not None:
                self._storage.settle()
                self._lock.release()
                self._lock = None
            self.read_only_reason = self.read_only_reason or said("The notes are closed")
            self._storage.close()

    def _upcoming(self, stack: str) -> Change | None:
        with self._fresh():
            entry = history.top(self._documents.tables[stack])
            return None if entry is None else self._change(entry, stack)

    def _walk(self, source: str, target: str) -> Change | None:
        with self._guard:
            self._check_writable()
            entry = history.top(self._documents.tables[source])
            if entry is None:
                return None
            change = self._change(entry, source)
            stacks = history.moved(self._documents.tables, entry, source, target, at=identity.now())
            self._write(change, [*entry.cells, *stacks])
            return change

    def _change(self, entry: Entry, stack: str) -> Change:
        steps = self._documents.steps(entry.cells)
        return Change(entry.what, steps, "undo" if stack == UNDO else "redo", entry.detail)

    def _make(self, what: What, cells: Sequence[Cell], detail: str = "") -> None:
        """A change of the user's, which can be undone; nothing when there are no cells."""
        if not cells:
            return
        with self._guard:
            self._check_writable()
            change = Change(what, self._documents.steps(cells), detail=detail)
            tables = self._documents.tables
            stacks = history.recorded(tables, cells, what=what, at=identity.now(), detail=detail)
            self._write(change, [*cells, *stacks])

    def _write(self, change: Change, cells: Sequence[Cell]) -> None:
        with self._guard:
            self._check_writable()
            trouble: DiskTrouble | None = None
            try:
                self._documents.write(cells)
            except DiskTrouble as error:
                trouble = error
            if trouble is None and time.monotonic() - self._last_backup > BACKUP_SECONDS:
                self._last_backup = time.monotonic()
                self._storage.settle()
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

    @contextmanager
    def _fresh(self) -> Iterator[None]:
        """The guard held, over notes that are as new as the disk."""
        with self._guard:
            self._storage.refresh()
            yield

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(discard=error is not None)
