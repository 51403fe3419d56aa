"""`D` in the notes: what was deleted, to be restored, or to be deleted for good after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from kashaf.notes.model import Note
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.flows.settling import SettleFlow
from kashaf_tui.explorer.panes.board import TrashRows
from kashaf_tui.explorer.panes.differences import Block
from kashaf_tui.explorer.screens.about_notes import AboutNotes
from kashaf_tui.explorer.screens.asking import AskScreen
from kashaf_tui.explorer.side_by_side import AROUND, bracketed
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.notes.documents import Trashed
    from kashaf.notes.store import NoteStore


class Rows(Framed, TrashRows):
    BINDINGS: ClassVar = bindings_for("trash")


class TrashScreen(AboutNotes):
    """The last one deleted first; below the list what the selected one says."""

    place: ClassVar[Place] = "trash"

    def __init__(self, say: Wording, flow: SettleFlow) -> None:
        super().__init__(say, flow)
        self.rows = Rows(say, id="trash", empty=say("loading"))

    @property
    def main_widget(self) -> Widget:
        return self.rows

    async def reload(self) -> None:
        found = await self.flow.desk.ask(lambda store: store.trash())
        self.rows.marked &= {one.note.id for one in found}
        at, before = self.rows.selected, self.rows.current
        gone = before is not None and all(one.note.id != before.note.id for one in found)
        self.rows.show(found, self.say("trash empty"))
        if gone:
            self.rows.select(at)
        self.head.show(self.say("trash"), self.say("in trash", n=len(found)) if found else "")
        self._show()

    @on(RowList.Moved)
    def _show(self) -> None:
        note = self.note
        if note is None:
            self.put_beside(())
            return
        blocks = [Block("only_a", bracketed(note.body, ()), None, sign="●")] if note.body else []
        if note.quote:
            blocks.append(Block("only_a", bracketed(note.quote, ()), None, sign=AROUND))
        self.put_beside(blocks)

    @property
    def note(self) -> Note | None:
        return self.rows.current.note if self.rows.current is not None else None

    def _chosen(self) -> list[Trashed]:
        """The marked ones, or else the one selected."""
        marked = [one for one in self.rows.rows if one.note.id in self.rows.marked]
        return marked or ([self.rows.current] if self.rows.current is not None else [])

    @on(RowList.Chosen)
    def _on_restored(self) -> None:
        ids = [one.note.id for one in self._chosen()]
        author = self.flow.desk.author

        def restore(store: NoteStore) -> object:
            return store.restore(*ids, author=author)

        if ids and self.may():
            self.change(lambda: self.flow.desk.change(restore), self.say("restored n", n=len(ids)))

    def action_purge(self) -> None:
        self._purge([one.note.id for one in self._chosen()])

    def action_purge_all(self) -> None:
        self._purge([one.note.id for one in self.rows.rows])

    def _purge(self, ids: list[str]) -> None:
        if not ids or not self.may():
            return
        say = self.say

        def purge(store: NoteStore) -> object:
            return store.purge(ids)

        def answered(agreed: bool | None) -> None:
            if agreed:
                self.change(lambda: self.flow.desk.change(purge), say("purged n", n=len(ids)))

        self.app.push_screen(AskScreen(say, say("purge"), say("purge n", n=len(ids))), answered)
