"""Writing a note in the editor, and the draft on disk while it is being written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kashaf.errors import KashafError
from kashaf.notes.model import EntityTarget, NewNote, Note, SearchTarget, Target, WordsTarget
from kashaf_tui.explorer import drafts
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.drafts import Unfinished
from kashaf_tui.explorer.flows.saving import SavingFlow

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen
    from kashaf_tui.explorer.screens.note_editor import Draft, NoteEditor


class WritingFlow:
    """One editor at a time. A note on words stands on them as they were when it was begun."""

    def __init__(self, screen: MainScreen, desk: Desk, saving: SavingFlow, state: Path) -> None:
        self._screen = screen
        self._desk = desk
        self._saving = saving
        self._state = state
        self._editor: NoteEditor | None = None
        self._about: Unfinished | None = None
        self._kept: Unfinished | None = None

    def new(self, target: Target, tags: tuple[str, ...] = ()) -> None:
        """Write a note on something."""
        if not self._saving.refused():
            self._write(Unfinished(target, "", "", tags))

    def edit(self, note: Note) -> None:
        if not self._saving.refused():
            about = Unfinished(
                note.target, note.id, note.body, note.tags, note.kind, note.confidence, note.status
            )
            self._write(about)

    def _write(self, about: Unfinished, *, unsaved: bool = False) -> None:
        from kashaf_tui.explorer.screens.note_editor import (  # noqa: PLC0415 -- not before first paint
            Draft,
            NoteEditor,
        )

        self._about = about
        draft = Draft(about.body, about.tags, about.kind, about.confidence, about.status)
        self._editor = NoteEditor(
            self._screen.say,
            on(about.target),
            draft,
            unsaved=unsaved,
            codebook=self._desk.codebook,
            used=self._screen.noting.used_tags(),
        )
        self._screen.app.push_screen(self._editor, self._written)

    def _written(self, draft: Draft | None) -> None:
        about, self._editor = self._about, None
        if draft is None or about is None:
            self.forget()
            return
        if draft.tags:
            self._screen.noting.used(draft.tags)
        if about.note:
            self._saving.change(
                lambda: self._desk.edit(
                    about.note,
                    body=draft.body,
                    tags=draft.tags,
                    confidence=draft.confidence,
                    status=draft.status,
                    kind=draft.kind or about.kind or "note",
                )
            )
            return
        self._screen.article.cancel_mark()
        new = NewNote(
            about.target, draft.body, draft.tags, draft.kind or None, draft.confidence, draft.status
        )
        self._saving.change(lambda: self._desk.add(new))

    # The draft on disk

    @property
    def editor(self) -> NoteEditor | None:
        """The editor, while something in it would be lost."""
        return self._editor if self._editor is not None and self._editor.dirty else None

    def keep(self) -> None:
        """Keep what is being written. A disk that refuses must not stop anyone from writing."""
        if self.editor is None or self._about is None:
            return
        written, about = self.editor.written, self._about
        draft = Unfinished(
            about.target,
            about.note,
            written.body,
            written.tags,
            written.kind,
            written.confidence,
            written.status,
        )
        if draft != self._kept:
            try:
                drafts.save(self._state, draft)
            except KashafError as error:
                self._screen.status.stand(self._screen.say("not saved", why=self._screen.say.told(error)))
            else:
                self._kept = draft

    def forget(self) -> None:
        """What was being written is saved, or given up."""
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
            self._write(draft, unsaved=True)


def on(target: Target) -> str:
    """The words, the title, the name or the query that a note is on."""
    match target:
        case WordsTarget():
            return target.quote
        case EntityTarget():
            return target.name
        case SearchTarget():
            return target.query
    return target.title
