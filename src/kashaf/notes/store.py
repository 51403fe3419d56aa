"""The notes of a workspace: one writer, every change durable before the call returns, nothing lost.

A change that the disk refuses stays in memory, is seen by every query, and goes to disk with the next change
or with `save`; the caller is told by DiskTrouble. Deleted notes go to the trash. Safe to call from any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashaf.errors import NotFound, UsageError
from kashaf.notes import editing, history, identity, recovery, settling, versions, view
from kashaf.notes.editing import Edit
from kashaf.notes.gate import clean_line, clean_tags
from kashaf.notes.history import Change, What
from kashaf.notes.merge import MergeReport, merge_records
from kashaf.notes.model import Confidence, Ended, Kind, NewNote, Note, Status, Target, WordsTarget
from kashaf.notes.opening import open_notes
from kashaf.notes.shelf import Shelf
from kashaf.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import Self

    from kashaf.notes.documents import Trashed
    from kashaf.notes.sealing import Sealer
    from kashaf.notes.settling import Choice


class NoteStore(Shelf):
    """The notes, and every change that can be made to them. Use `NoteStore.open`, and `close` or `with`."""

    restore_backup = staticmethod(recovery.restore_backup)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        or_read_only: bool = False,
        sealer: Sealer | None = None,
        author: str = "",
    ) -> Self:
        """Open the notes in the file `path`, which the first change makes.

        read_only: take no lock and change nothing on disk.
        or_read_only: when another process holds the notes, or the disk takes no lock, open for reading, and
        say why in `read_only_reason`. Notes of a newer schema always open for reading only.
        sealer: who knows the passphrase of encrypted notes. author: whose changes those are that name nobody.
        Raises Locked (NotesSealed without the passphrase), DiskTrouble, NotesDamaged (a StoreDamaged), which names
        the newest whole backup, and BadInput for a newer schema whose notes cannot even be read.
        """
        opened = open_notes(path, read_only=read_only, or_read_only=or_read_only, sealer=sealer)
        return cls(path, opened.storage, opened.lock, opened.reason, author)

    def add(
        self,
        target: Target,
        *,
        body: str = "",
        tags: Iterable[str] = (),
        kind: Kind | None = None,
        confidence: Confidence = "",
        status: Status = "open",
        author: str = "",
        other: WordsTarget | None = None,
    ) -> Note:
        """Add a note. `kind` is "note" when there is a body, else "highlight", unless given.

        Raises UsageError for control characters in body, tags or author.
        """
        new = NewNote(target, body, tuple(tags), kind, confidence, status, author, other)
        return self.add_many([new])[0]

    def add_many(self, new: Iterable[NewNote]) -> list[Note]:
        """Add notes in one change. Raises as `add` does."""
        with self._guard:
            moment = identity.now()
            notes = [editing.made(one, moment=moment, author=self.author) for one in new]
            self._make("add", self._documents.cells(live=notes))
            return notes

    def edit(
        self,
        note_id: str,
        *,
        body: str | None = None,
        tags: Iterable[str] | None = None,
        kind: Kind | None = None,
        confidence: Confidence | None = None,
        status: Status | None = None,
        target: Target | None = None,
        other: WordsTarget | None = None,
        author: str = "",
    ) -> Note:
        """Change what is given, and nothing else; an edit that changes nothing is none.

        Raises NotFound, and UsageError for control characters.
        """
        edit = Edit(body, tags, kind, confidence, status, target, other)
        return self.edit_many({note_id: edit}, author=author)[0]

    def edit_many(self, edits: Mapping[str, Edit], *, author: str = "") -> list[Note]:
        """Edit notes, each by its id, in one change. Returns them as they then are. Raises as `edit` does."""
        return self._amend(
            "edit", edits, lambda note: editing.edited(note, edits[note.id], author=self._by(author))
        )

    def retag(
        self, ids: Iterable[str], *, add: Iterable[str] = (), remove: Iterable[str] = (), author: str = ""
    ) -> list[Note]:
        """Give tags to notes and take tags from them, in one change. Returns them. Raises NotFound, UsageError."""
        plus, minus = clean_tags(add), frozenset(remove)
        detail = " ".join((*plus, *(f"-{tag}" for tag in sorted(minus))))
        return self._amend(
            "tag", ids, lambda note: editing.retagged(note, plus, minus, author=self._by(author)), detail
        )

    def rename_tag(self, old: str, new: str, *, author: str = "") -> list[Note]:
        """Rename a tag on all notes, with the codes below it, in one change. Returns the notes that bore it."""
        (name,) = clean_tags([new]) or ("",)
        if not name:
            raise UsageError(said("a tag needs a name"))
        with self._guard:
            ids = [note.id for note in self._documents.search(tag=old)]
            return self._amend(
                "rename",
                ids,
                lambda note: editing.renamed(note, old, name, author=self._by(author)),
                f"{old} → {name}",
            )

    def delete(self, *ids: str, author: str = "") -> list[Note]:
        """Move notes to the trash, in one change. Returns them as they were. Raises NotFound."""
        with self._guard:
            notes = [self.get(note_id) for note_id in dict.fromkeys(ids)]
            gone = [self._deleted(note, True, author) for note in notes]
            self._make("delete", self._documents.cells(trash=[(note, note.modified) for note in gone]))
            return notes

    def restore(self, *ids: str, author: str = "") -> Note:
        """Bring notes back from the trash, in one change. Returns the last of them.

        Raises NotFound; UsageError for one that is not deleted.
        """
        with self._guard:
            back: list[Note] = []
            for note_id in dict.fromkeys(ids):
                if self._documents.find(note_id) is not None:
                    raise UsageError("the note is not deleted", where=note_id)
                back.append(self._deleted(self._thrown(note_id).note, False, author))
            self._make("restore", self._documents.cells(live=back))
            return back[-1]

    def purge(self, ids: Iterable[str] | None = None) -> int:
        """Forget notes in the trash for good, all of them when None: only that they ended is kept. How many.

        It cannot be undone, and what the notes said leaves the history of changes too. Raises NotFound.
        """
        with self._guard:
            wanted = [one.note.id for one in self._documents.trash()] if ids is None else list(ids)
            thrown = {note_id: self._thrown(note_id).note for note_id in wanted}
            ends = [versions.ended(note) for note in thrown.values() if self._documents.find(note.id) is None]
            cells = [cell for note_id in thrown for cell in self._documents.purged(note_id)]
            cells += self._documents.cells(ended=ends)
            cells += history.forgotten(self._documents.tables, frozenset(one.id for one in ends))
            self._write(Change("purge", ()), cells)
            # The journal tells what the notes said until it is put away.
            self._storage.settle()
            return len(thrown)

    def compare(self, notes: Iterable[Note], ended: Iterable[Ended] = ()) -> MergeReport:
        """What merging these would do; nothing is changed. Raises BadInput for what no honest workspace wrote."""
        with self._fresh():
            return merge_records(
                self._documents.search(),
                [one.note for one in self._documents.trash()],
                self._documents.ended(),
                notes,
                ended,
            )

    def merge(self, notes: Iterable[Note], ended: Iterable[Ended] = ()) -> MergeReport:
        """Take in what another workspace knows, in one change. Raises BadInput as `compare` does."""
        with self._guard:
            self._check_writable()
            report = self.compare(notes, ended)
            if report.changed:
                moment = identity.now()
                thrown = {one.note.id: one.deleted for one in self._documents.trash()}
                cells = self._documents.cells(
                    live=report.live,
                    trash=[(note, thrown.get(note.id, moment)) for note in report.trash],
                    ended=report.ended,
                )
                self._make("merge", cells)
            return report

    def settle(self, note_id: str, choices: Mapping[str, Choice], *, author: str = "") -> Note:
        """Settle fields in conflict; a deletion that is chosen puts the note into the trash. Returns the note.

        Raises NotFound, and UsageError for no such conflict or alternative.
        """
        with self._guard:
            before = self.get(note_id)
            at = max(identity.now(), before.modified)
            settled = settling.settle(before, choices, at=at, author=self._by(author))
            if view.is_deleted(settled.versions):
                self._make("settle", self._documents.cells(trash=[(settled, at)]))
            else:
                self._make("settle", self._documents.cells(live=[settled]))
            return settled

    def _amend(
        self, what: What, ids: Iterable[str], amend: Callable[[Note], Note | None], detail: str = ""
    ) -> list[Note]:
        with self._guard:
            before = [self.get(note_id) for note_id in dict.fromkeys(ids)]
            after = [amend(note) for note in before]
            self._make(what, self._documents.cells(live=[note for note in after if note is not None]), detail)
            return [new or old for old, new in zip(before, after, strict=True)]

    def _deleted(self, note: Note, deleted: bool, author: str) -> Note:
        amended = editing.amended(note, note, author=self._by(author), deleted=deleted)
        return note if amended is None else amended

    def _thrown(self, note_id: str) -> Trashed:
        thrown = self._documents.trashed(note_id)
        if thrown is None:
            raise NotFound("no such note in the trash", where=note_id)
        return thrown

    def _by(self, author: str) -> str:
        return clean_line(author, said("author")) or self.author
