"""`H` in the notes: the versions of a note, what each changed, and earlier values to take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from kashaf.notes.codec import with_content
from kashaf.notes.model import Note
from kashaf.notes.past import Changed, history_of
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.flows.settling import SettleFlow
from kashaf_tui.explorer.note_values import field_name
from kashaf_tui.explorer.panes.board import called
from kashaf_tui.explorer.panes.differences import DifferenceView
from kashaf_tui.explorer.panes.past import PastRows, blocks_of
from kashaf_tui.explorer.screens.about_notes import AboutNotes
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import facts, isolated
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.notes.store import NoteStore
    from kashaf.storage.strict_json import Json

_EDITABLE = ("target", "other", "body", "tags", "kind", "confidence", "status")


class Rows(Framed, PastRows):
    BINDINGS: ClassVar = bindings_for("history")


class HistoryScreen(AboutNotes):
    """Above the versions, below the fields of the selected one: before, and after."""

    place: ClassVar[Place] = "history"

    def __init__(self, say: Wording, flow: SettleFlow, note: Note) -> None:
        super().__init__(say, flow)
        self._note = note
        self.rows = Rows(say, id="history", empty=say("no history"))

    @property
    def main_widget(self) -> Widget:
        return self.rows

    @property
    def note(self) -> Note | None:
        return self._note

    async def reload(self) -> None:
        note_id = self._note.id

        def look(store: NoteStore) -> Note | None:
            there = store.find(note_id)
            thrown = (one.note for one in store.trash() if one.note.id == note_id)
            return there if there is not None else next(thrown, None)

        found = await self.flow.desk.ask(look)
        self._note = self._note if found is None else found
        past = history_of(self._note)[::-1]
        self.rows.show(past, self.say("no history"))
        self.head.show(
            facts([self.say("history"), self.say("versions", n=len(past))]), isolated(called(self._note))
        )
        self._show()

    @on(RowList.Moved)
    def _on_moved(self) -> None:
        self.beside.selected = 0
        self._show()

    def _show(self) -> None:
        past = self.rows.current
        self.put_beside(blocks_of(past, self.say) if past is not None else ())
        self._tell()

    @on(DifferenceView.Moved)
    def _tell(self) -> None:
        changed, say = self._changed, self.say
        if changed is None:
            self.about.show("")
            return
        parts = [field_name(say, changed.field), f"− {say('before value')}", f"+ {say('after value')}"]
        self.about.show(" " + facts(parts))

    @property
    def _changed(self) -> Changed | None:
        past = self.rows.current
        if past is None or not past.changes:
            return None
        return past.changes[min(self.beside.selected, len(past.changes) - 1)]

    def action_field(self, step: int) -> None:
        self.beside.action_difference(step)

    @on(RowList.Chosen)
    def _on_taken_back(self) -> None:
        """The field gets the value that it had before the selected version: an edit like any other."""
        changed, past = self._changed, self.rows.current
        first = past is None or not past.version.parents
        if changed is None or first or changed.field not in _EDITABLE or changed.before is None:
            self.tell(self.say("no earlier value"), "warning")
            return
        if not self.may():
            return
        field, value, note_id, author = changed.field, changed.before, self._note.id, self.flow.desk.author

        def edit(store: NoteStore) -> Note:
            return _with(store, note_id, field, value, author)

        word = self.say("took back", field=field_name(self.say, field))
        self.change(lambda: self.flow.desk.change(edit), word)


def _with(store: NoteStore, note_id: str, field: str, value: Json, author: str) -> Note:
    """Edit the one field of the note as it is now. Raises NotFound for one in the trash, and BadInput."""
    new = with_content(store.get(note_id), {field: value}, where=note_id)
    match field:
        case "target":
            return store.edit(note_id, target=new.target, author=author)
        case "other":
            return store.edit(note_id, other=new.other, author=author)
        case "body":
            return store.edit(note_id, body=new.body, author=author)
        case "tags":
            return store.edit(note_id, tags=new.tags, author=author)
        case "kind":
            return store.edit(note_id, kind=new.kind, author=author)
        case "confidence":
            return store.edit(note_id, confidence=new.confidence, author=author)
    return store.edit(note_id, status=new.status, author=author)
