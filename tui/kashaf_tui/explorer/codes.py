"""Changes of the codebook in the explorer. All of it runs in the thread of the notes, which some of them retag.

The codebook is written before the notes: were they not reached, their tags are still known by their old names.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kashaf.errors import KashafError, UsageError
from kashaf.notes.codebook import Code, Codebook, check_path, is_within
from kashaf.notes.codebook_deeds import Deed, Renamed
from kashaf.notes.codebook_file import CodebookFile
from kashaf.said import said

if TYPE_CHECKING:
    from kashaf.notes.history import Change
    from kashaf.notes.store import NoteStore
    from kashaf.workspace import Workspace


class Codes:
    """The codebook of a workspace, and the notes that bear its codes.

    When a renaming is taken back among the notes, it is taken back here too, and the other way round.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._file: CodebookFile | None = None
        self._listening = False
        self._busy = False
        #: Renamings of this session that no note bore.
        self._without_notes: set[Renamed] = set()

    def file(self, store: NoteStore | None = None) -> CodebookFile:
        """Raises DiskTrouble."""
        if self._file is None:
            self._file = CodebookFile(self._workspace)
        if store is not None and not self._listening:
            self._listening = True
            store.subscribe(self._heard)
        return self._file

    def load(self, store: NoteStore | None = None) -> CodebookFile:
        """Read what another window, or an editor, has written. Raises DiskTrouble."""
        file = self.file(store)
        file.reload()
        return file

    # Each raises UsageError, BadInput, DiskTrouble or Locked

    def add(self, store: NoteStore, code: Code) -> Codebook:
        return self.file(store).add(code)

    def change(self, store: NoteStore, code: Code) -> Codebook:
        return self.file(store).change(code)

    def hide(self, store: NoteStore, path: str, hidden: bool) -> Codebook:
        return self.file(store).hide(path, hidden)

    def rename(self, store: NoteStore, old: str, new: str, author: str) -> int:
        """Rename a code or a tag with all under it. Returns how many notes were retagged."""
        path, target = check_path(old), check_path(new)
        self._check_writable(store)
        self._busy = True
        try:
            self.file(store).rename(path, target)
            ids = {
                note.id
                for one in dict.fromkeys((old, path))
                for note in store.rename_tag(one, target, author=author)
            }
        finally:
            self._busy = False
        if not ids:
            self._without_notes.add(Renamed(path, target))
        return len(ids)

    def undo(self, store: NoteStore) -> Deed | None:
        """Take the last deed back, with what it did to notes. Refused when notes have been changed since."""
        file = self.load(store)
        deed = file.loaded.deeds[-1] if file.loaded.deeds else None
        if deed is None:
            return None
        self._busy = True
        try:
            if isinstance(deed, Renamed):
                self._check_writable(store)
                retagged = _is_of(store.next_undo, deed)
                touched = deed not in self._without_notes
                if not retagged and touched and any(is_within(tag, deed.new) for tag in store.tags()):
                    raise UsageError(
                        said("notes were changed since it was renamed"),
                        cure=said("Take those changes back first, or rename it once more"),
                    )
                file.undo()
                if retagged:
                    store.undo()
            else:
                file.undo()
        finally:
            self._busy = False
        return deed

    def redo(self, store: NoteStore, author: str) -> Deed | None:
        """Do again what was taken back last."""
        self._busy = True
        try:
            deed = self.file(store).redo()
            if isinstance(deed, Renamed):
                if _is_of(store.next_redo, deed):
                    store.redo()
                else:
                    store.rename_tag(deed.old, deed.new, author=author)
        finally:
            self._busy = False
        return deed

    def _heard(self, change: Change) -> None:
        """The notes' own undo and redo: keep step."""
        if self._busy or change.what != "rename" or change.direction == "do":
            return
        # Were it refused, the codebook would only know the old name as one of before: that can be mended there.
        with suppress(KashafError):
            self._follow(self.load(), change)

    @staticmethod
    def _follow(file: CodebookFile, change: Change) -> None:
        last = file.loaded.deeds[-1] if file.loaded.deeds else None
        if change.direction == "undo":
            if isinstance(last, Renamed) and _is_of(change, last):
                file.undo()
        elif isinstance(file.next_redo, Renamed) and _is_of(change, file.next_redo):
            file.redo()

    @staticmethod
    def _check_writable(store: NoteStore) -> None:
        if store.read_only:
            raise UsageError(said("the notes cannot be changed"), cure=store.read_only_reason)


def _is_of(change: Change | None, deed: Renamed) -> bool:
    """Whether a change of the notes is what a renaming did to them."""
    return change is not None and change.what == "rename" and change.detail == f"{deed.old} → {deed.new}"
