"""What the main screen does about notes: each key queues its change itself, and posts no message to the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from kashaf_tui.explorer.screens.parts import Notes, Parts
from kashaf_tui.explorer.widgets.text_field import Changed, Submitted

if TYPE_CHECKING:
    from kashaf_tui.explorer.flows.codebook import CodebookFlow
    from kashaf_tui.explorer.flows.notes import NotesFlow
    from kashaf_tui.explorer.flows.panes import PaneFlow


class NoteActions(Parts):
    """A part of the main screen."""

    noting: NotesFlow
    panes: PaneFlow
    _codebook: CodebookFlow | None = None

    # In the article

    def action_highlight(self) -> None:
        self.noting.words.highlight()

    def action_repeat(self) -> None:
        self.noting.words.repeat()

    def action_note(self) -> None:
        self.noting.words.write()

    def action_note_article(self) -> None:
        self.noting.words.write_on_article()

    def action_tag(self) -> None:
        self.noting.words.tag()

    def action_trash_here(self) -> None:
        self.noting.words.trash()

    def action_next_note(self, step: int) -> None:
        self.noting.words.step(step)

    def action_in_list(self) -> None:
        self.noting.show_in_list()

    def action_link(self) -> None:
        self.noting.words.link()

    def action_follow(self) -> None:
        self.noting.words.follow()

    # In the list

    @on(Notes.Chosen, "#notes")
    def _on_note_chosen(self) -> None:
        self.noting.opened()

    def action_edit(self) -> None:
        self.noting.edit()

    def action_trash(self) -> None:
        self.noting.trash()

    def action_tag_notes(self) -> None:
        self.noting.tag(self.noting.marked())

    def action_mark_note(self) -> None:
        self.noting.toggle_mark()

    def action_order(self) -> None:
        self.noting.next_order()

    def action_turn_order(self) -> None:
        self.noting.turn_order()

    def action_export(self) -> None:
        self.noting.export()

    def action_filter_notes(self) -> None:
        self.show_filter(focus=True)

    def show_filter(self, *, focus: bool = False) -> None:
        """Show the line to filter notes by as long as something stands in it, or is going to."""
        self.notes_filter.display = focus or bool(self.notes_filter.value.strip())
        if focus:
            self.set_focus(self.notes_filter)

    @on(Changed)
    def _on_filter_changed(self, message: Changed) -> None:
        if message.field is self.notes_filter:
            self.noting.filter(message.value)

    @on(Submitted)
    def _on_filter_submitted(self, message: Submitted) -> None:
        if message.field is self.notes_filter:
            self.action_filter_done()

    def action_filter_done(self) -> None:
        self.panes.go("notes")
        self.show_filter()

    def action_filter_away(self) -> None:
        """Show all notes again."""
        self.notes_filter.set("")
        self.noting.filter("")
        self.action_filter_done()

    # Elsewhere

    def action_note_entity(self) -> None:
        self.noting.write_on_entity()

    def action_note_search(self) -> None:
        self.noting.write_on_search()
