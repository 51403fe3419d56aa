"""Taking notes: marked, written, saved off the UI thread, undone, and shown in three places at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from kashaf.errors import KashafError, Locked
from kashaf.notes.model import Note
from kashaf.storage.atomic import ensure_dir, write_bytes
from kashaf_tui.explorer.desk import Desk, place
from kashaf_tui.explorer.messages import NotesChanged, Trouble
from kashaf_tui.explorer.panes.notes import NoteRow
from kashaf_tui.explorer.panes.reader import Reader
from kashaf_tui.explorer.screens.note_editor import Draft, NoteEditor
from kashaf_tui.explorer.screens.text import TextScreen

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen


class NotesFlow:
    """The notes as the screen shows them. Every change goes through the desk, one after the other."""

    def __init__(self, screen: MainScreen, desk: Desk) -> None:
        self._screen = screen
        self._desk = desk

    def open(self) -> None:
        self._screen.run_worker(self._open(), group="notes")

    async def _open(self) -> None:
        try:
            await self._desk.open()
            notes = await self._desk.notes()
        except KashafError as error:
            self._screen.post_message(Trouble(error, "notes"))
            return
        self._screen.post_message(NotesChanged(tuple(notes), saved=False))

    def show(self, message: NotesChanged) -> None:
        """The list, the badges and the status; the reader draws its own."""
        say = self._screen.say
        reading = self._screen.article.reading
        rows = []
        for note in message.notes:
            mine = reading is not None and reading.article.id == note.target.article_id
            rows.append(place(note, reading.article)[0] if reading is not None and mine else NoteRow(note))
        self._screen.notes.show(rows, say("no notes"))
        self._screen.results.noted = Counter(note.target.article_id for note in message.notes)
        self._screen.results.refresh()
        if message.saved:
            self._screen.status(say("saved", time=f"{datetime.now().astimezone():%H:%M}"))
        elif self._desk.read_only_reason:
            self._screen.status("", standing=say("read only"))

    def _change(self, change: Callable[[], Awaitable[object]]) -> None:
        if self._desk.read_only_reason:
            self.trouble(Locked(self._screen.say("read only"), cure=self._desk.read_only_reason))
            return
        self._screen.status(self._screen.say("saving"))
        self._screen.run_worker(self._run(change), group="notes")

    async def _run(self, change: Callable[[], Awaitable[object]]) -> None:
        try:
            outcome = await change()
        except KashafError as error:
            self._screen.post_message(Trouble(error, "notes"))
            if not self._desk.unsaved:
                return
            outcome = True
        notes = tuple(await self._desk.notes())
        if outcome is False:
            self._screen.status(self._screen.say("nothing to undo"))
        else:
            self._screen.post_message(NotesChanged(notes, saved=not self._desk.unsaved))

    def undo(self) -> None:
        self._change(self._desk.undo)

    def redo(self) -> None:
        self._change(self._desk.redo)

    def mark(self, reader: Reader, *, write: bool) -> None:
        """Highlight what is marked, or write a note on it; without a mark, edit the note under the caret."""
        if reader.reading is None:
            return
        article, span = reader.reading.article, reader.span
        if span is None:
            if write and (note := self._under(reader)) is not None:
                self._edit(note)
            else:
                self._screen.status(self._screen.say("mark first"))
            return
        if not write:
            reader.cancel_mark()
            self._change(lambda: self._desk.add(article, span, "", ()))
            return

        def written(draft: Draft | None) -> None:
            if draft is not None:
                reader.cancel_mark()
                self._change(lambda: self._desk.add(article, span, draft.body, draft.tags))

        quote = article.text[slice(*span)]
        self._screen.app.push_screen(NoteEditor(self._screen.say, quote, Draft("", ())), written)

    def _under(self, reader: Reader) -> Note | None:
        assert reader.reading is not None
        for row in self._screen.notes.rows:
            if row.note.target.article_id == reader.reading.article.id:
                span = place(row.note, reader.reading.article)[1]
                if span is not None and span[0] <= reader.caret < span[1]:
                    return row.note
        return None

    def _edit(self, note: Note) -> None:
        def written(draft: Draft | None) -> None:
            if draft is not None:
                self._change(lambda: self._desk.edit(note.id, draft.body, draft.tags))

        editor = NoteEditor(self._screen.say, note.target.quote, Draft(note.body, note.tags))
        self._screen.app.push_screen(editor, written)

    def asked(self, wish: str, row: NoteRow | None) -> None:
        """Wishes of the note list: edit, trash, export."""
        match wish:
            case "edit" if row is not None:
                self._edit(row.note)
            case "trash" if row is not None:
                note_id = row.note.id
                self._change(lambda: self._desk.trash(note_id))
            case "export":
                self._screen.run_worker(self._export(), group="export")

    async def _export(self) -> None:
        folder = self._screen.export_folder
        path = folder / f"notes-{datetime.now().astimezone():%Y%m%d-%H%M%S}.json"
        try:
            data, count = await self._desk.export()
            ensure_dir(folder)
            write_bytes(path, data)
        except KashafError as error:
            self._screen.post_message(Trouble(error, "export"))
        else:
            self._screen.status(self._screen.say("exported", n=count, path=path))

    def trouble(self, error: KashafError) -> None:
        """What could not be saved must not pass unseen: it stays on the screen until it is read."""
        say = self._screen.say
        lines = [error.what, error.where, error.cure]
        self._screen.app.push_screen(TextScreen(say("notes"), [line for line in lines if line], say("close")))
