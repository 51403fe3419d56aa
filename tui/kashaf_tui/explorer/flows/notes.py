"""Taking notes: marked, written, saved off the UI thread, undone, and shown in three places at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kashaf.corpus.article import Article
from kashaf.errors import KashafError, Locked, NotFound
from kashaf.notes.anchoring import State
from kashaf.notes.model import Note
from kashaf.storage.atomic import ensure_dir, write_bytes
from kashaf_tui.explorer import drafts
from kashaf_tui.explorer.desk import Desk, place
from kashaf_tui.explorer.drafts import Unfinished
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.messages import AnchorsChecked, NotesChanged, Trouble
from kashaf_tui.explorer.panes.notes import NoteRow
from kashaf_tui.explorer.panes.reader import Reader
from kashaf_tui.explorer.screens.note_editor import Draft, NoteEditor
from kashaf_tui.explorer.screens.text import TextScreen
from kashaf_tui.explorer.widgets.paint import left_to_right

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen


class NotesFlow:
    """The notes as the screen shows them. Every change goes through the desk, one after the other."""

    def __init__(self, screen: MainScreen, engine: Engine, desk: Desk, state: Path) -> None:
        self._screen = screen
        self._engine = engine
        self._desk = desk
        self._state = state
        self._notes: tuple[Note, ...] = ()
        self._anchors: dict[str, State] = {}
        self._editor: NoteEditor | None = None
        self._about: Unfinished | None = None
        self._article: Article | None = None
        self._kept: Unfinished | None = None

    # The list

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
        self._notes = message.notes
        self.show_rows()
        self._screen.results.noted = Counter(note.target.article_id for note in message.notes)
        self._screen.results.refresh()
        if message.saved:
            self._forget_draft()
            self._screen.status.stand("")
            saved = say("saved", time=f"{datetime.now().astimezone():%H:%M}")
            self._screen.status.say(" · ".join(filter(None, (message.word, saved))))
        elif self._desk.read_only_reason:
            self._screen.status.stand(say("read only"))

    def show_rows(self) -> None:
        """The rows with the state of each anchor, as far as its article has been looked at."""
        reading = self._screen.article.reading
        if reading is not None:
            for note in self._notes:
                if note.target.article_id == reading.article.id:
                    state = place(note, reading.article)[0].state
                    if state is not None:
                        self._anchors[note.id] = state
        rows = [NoteRow(note, self._anchors.get(note.id)) for note in self._notes]
        self._screen.notes.show(rows, self._screen.say("no notes"))

    def tagged(self) -> dict[str, set[str]]:
        """Tag to the ids of the articles with a note that bears it."""
        found: dict[str, set[str]] = {}
        for note in self._notes:
            for tag in note.tags:
                found.setdefault(tag, set()).add(note.target.article_id)
        return found

    def check_anchors(self) -> None:
        """Look at every noted article, in the background, and say where each note stands."""
        self._screen.run_worker(self._check_anchors(), group="anchors", exclusive=True)

    async def _check_anchors(self) -> None:
        by_article: dict[str, list[Note]] = {}
        for note in await self._desk.notes():
            by_article.setdefault(note.target.article_id, []).append(note)
        states: dict[str, State] = {}
        for article_id, notes in by_article.items():
            try:
                article = await self._engine.article(article_id)
            except NotFound:
                states.update({note.id: "orphan" for note in notes})
            except KashafError:
                return
            else:
                states.update({note.id: place(note, article)[0].state or "orphan" for note in notes})
        self._screen.post_message(AnchorsChecked(states))

    def show_anchors(self, message: AnchorsChecked) -> None:
        self._anchors.update(message.states)
        self.show_rows()

    # Changes

    def _refused(self) -> bool:
        """Whether notes cannot be changed; says so before anything is written in vain."""
        if not self._desk.read_only_reason:
            return False
        self.trouble(Locked(self._screen.say("read only"), cure=self._desk.read_only_reason))
        return True

    def _change(self, change: Callable[[], Awaitable[object]], word: str = "") -> None:
        if self._refused():
            return
        try:
            # Called here and now, so that the change is queued before anything else can happen.
            queued = change()
        except KashafError as error:
            self.trouble(error)
            return
        self._screen.status.say(self._screen.say("saving"), until_replaced=True)
        self._screen.run_worker(self._run(queued, word), group="notes")

    async def _run(self, change: Awaitable[object], word: str) -> None:
        try:
            outcome = await change
        except KashafError as error:
            self._screen.post_message(Trouble(error, "notes"))
            if not self._desk.unsaved:
                return
            outcome = True
        notes = tuple(await self._desk.notes())
        if outcome is False:
            self._screen.status.say(self._screen.say("nothing to undo"))
        else:
            self._screen.post_message(NotesChanged(notes, saved=not self._desk.unsaved, word=word))

    def undo(self) -> None:
        self._change(self._desk.undo)

    def redo(self) -> None:
        self._change(self._desk.redo)

    def asked(self, wish: str, row: NoteRow | None) -> None:
        """Wishes of the note list: edit, trash, export."""
        match wish:
            case "edit" if row is not None:
                self._edit(row.note)
            case "trash" if row is not None:
                note_id = row.note.id
                self._change(lambda: self._desk.trash(note_id), self._screen.say("trashed"))
            case "export":
                self._screen.run_worker(self._export(), group="export")

    # Writing

    def mark(self, reader: Reader, *, write: bool) -> None:
        """Highlight what is marked, or write a note on it; without a mark, edit the note under the caret."""
        if reader.reading is None or self._refused():
            return
        article, span = reader.reading.article, reader.span
        if span is None:
            if write and (note := self._under(reader)) is not None:
                self._edit(note)
            else:
                self._screen.status.say(self._screen.say("mark first"))
        elif write:
            about = Unfinished(article.id, *span, article.text[slice(*span)], "", "", "")
            self._write(about, Draft("", ()), article)
        else:
            reader.cancel_mark()
            self._change(lambda: self._desk.add(article, span, "", ()))

    def _under(self, reader: Reader) -> Note | None:
        assert reader.reading is not None
        for note in self._notes:
            if note.target.article_id == reader.reading.article.id:
                span = place(note, reader.reading.article)[1]
                if span is not None and span[0] <= reader.caret < span[1]:
                    return note
        return None

    def _edit(self, note: Note) -> None:
        if not self._refused():
            target = note.target
            about = Unfinished(target.article_id, target.start, target.end, target.quote, note.id, "", "")
            self._write(about, Draft(note.body, note.tags))

    def _write(
        self, about: Unfinished, draft: Draft, article: Article | None = None, *, unsaved: bool = False
    ) -> None:
        self._about = about
        self._article = article
        self._editor = NoteEditor(self._screen.say, about.quote, draft, unsaved=unsaved)
        self._screen.app.push_screen(self._editor, self._written)

    def _written(self, draft: Draft | None) -> None:
        about, self._editor = self._about, None
        if draft is not None and about is not None:
            article, span = self._article, (about.start, about.end)
            if about.note:
                self._change(lambda: self._desk.edit(about.note, draft.body, draft.tags))
            elif article is not None:
                self._screen.article.cancel_mark()
                self._change(lambda: self._desk.add(article, span, draft.body, draft.tags))
            else:
                self._screen.run_worker(self._add(about, draft), group="notes")
        else:
            self._forget_draft()

    async def _add(self, about: Unfinished, draft: Draft) -> None:
        """A note that was begun before the app was closed: its article is read again, and may have changed."""
        try:
            article = await self._engine.article(about.article)
        except KashafError as error:
            self._screen.post_message(Trouble(error, "notes"))
            self._write(about, draft, unsaved=True)
            return
        span = (about.start, about.end)
        if article.text[slice(*span)] != about.quote:
            at = article.text.find(about.quote)
            span = (at, at + len(about.quote)) if at >= 0 else (0, max(1, article.body_start))
        self._change(lambda: self._desk.add(article, span, draft.body, draft.tags))

    # The draft on disk

    @property
    def writing(self) -> NoteEditor | None:
        """The editor, while something in it would be lost."""
        return self._editor if self._editor is not None and self._editor.dirty else None

    def keep_draft(self) -> None:
        """Keep what is being written. A disk that refuses must not stop anyone from writing."""
        if self.writing is None or self._about is None:
            return
        written = self.writing.written
        about = self._about
        draft = Unfinished(
            about.article,
            about.start,
            about.end,
            about.quote,
            about.note,
            written.body,
            " ".join(written.tags),
        )
        if draft != self._kept:
            try:
                drafts.save(self._state, draft)
            except KashafError as error:
                self._screen.status.stand(self._screen.say("not saved", why=self._screen.say.told(error)))
            else:
                self._kept = draft

    def _forget_draft(self) -> None:
        if self._editor is not None:
            return
        self._kept = None
        try:
            drafts.clear(self._state)
        except KashafError as error:
            self._screen.status.say(self._screen.say.told(error))

    def resume(self) -> None:
        """Open the editor on what was being written when the app ended without being left."""
        draft = drafts.load(self._state)
        if draft is not None and not self._desk.read_only_reason:
            self._write(draft, Draft(draft.body, tuple(draft.tags.split())), unsaved=True)

    # Carrying out

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
            shown = left_to_right(f"{folder.name}/{path.name}")
            self._screen.status.say(self._screen.say("exported", n=count, path=shown))

    def trouble(self, error: KashafError) -> None:
        """What could not be saved must not pass unseen: it stays on the screen until it is read."""
        say = self._screen.say
        lines = [
            say.told(error.what),
            left_to_right(error.where) if error.where else "",
            say.told(error.cure),
        ]
        self._screen.app.push_screen(TextScreen(say("notes"), [line for line in lines if line], say("close")))
