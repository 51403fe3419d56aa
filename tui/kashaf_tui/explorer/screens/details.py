"""`i`: what is known of an article, from where and how sure; title, outlet, author and day can be corrected here."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from kashaf.corpus.corrections import CorrectedField, correction
from kashaf.errors import KashafError
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.flows.revising import ReviseFlow
from kashaf_tui.explorer.panes.details import DetailRows, corrected_field, detail_items, value_of
from kashaf_tui.explorer.reviser import Dossier, FieldChange
from kashaf_tui.explorer.screens.about_article import AboutArticle
from kashaf_tui.explorer.widgets.bars import Bar
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import isolated
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.text_field import Submitted, TextInput
from kashaf_tui.explorer.widgets.writing import Changed
from kashaf_tui.explorer.wording import Wording

_ABOUT = {"title": "edit title about", "published": "edit date about"}


class Rows(Framed, DetailRows):
    BINDINGS: ClassVar = bindings_for("details")


class ValueField(TextInput):
    """Where a value is written. Enter is told by the field itself."""

    BINDINGS: ClassVar = bindings_for("editing")


class DetailsScreen(AboutArticle):
    """The field to write in is there while a value is corrected; what is wrong with the value stands under it."""

    place: ClassVar[Place] = "details"

    def __init__(self, say: Wording, flow: ReviseFlow, dossier: Dossier) -> None:
        super().__init__(say, flow)
        self.rows = Rows(id="details")
        self.dossier = dossier
        self.editing: CorrectedField | None = None
        self.name_bar = Bar(base=say.base, id="edit-name")
        self.field = ValueField(base=say.base, id="edit-field")
        self.edit_about = Bar(base=say.base, id="edit-about")
        self.editor = Vertical(id="edit")

    @property
    def main_widget(self) -> Widget:
        return self.rows

    def between(self) -> ComposeResult:
        with self.editor:
            with Horizontal(id="edit-line"):
                yield self.name_bar
                yield self.field
            yield self.edit_about
        yield self.about

    def opened(self) -> None:
        self.editor.display = False
        self._show()

    def _show(self) -> None:
        self.head.show(self.say("details"), isolated(self.dossier.article.title))
        self.rows.show_items(list(detail_items(self.say, self.dossier)))

    def revised(self, dossier: Dossier) -> None:
        if dossier.article.id == self.dossier.article.id:
            self.dossier = dossier
            self._show()
            self.about.show("")

    def _keep_focus(self) -> None:
        if self.focused is None:
            (self.field if self.editing else self.rows).focus()

    # Correcting

    @property
    def _selected(self) -> CorrectedField | None:
        return corrected_field(self.rows.item.part) if self.rows.item is not None else None

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        field = self._selected
        if field is None:
            self.flow.tell(self.say("cannot edit"))
            return
        self.editing = field
        self.name_bar.show(self.say(field))
        self.field.set(value_of(self.dossier.article, field))
        self._say_about(self.say(_ABOUT.get(field, "edit about")), error=False)
        self.editor.display = True
        self.about.display = False
        self.keys.show_place("editing")
        self.field.focus()

    def _say_about(self, text: str, *, error: bool) -> None:
        self.edit_about.set_class(error, "-error")
        self.edit_about.show(text)

    @on(Changed)
    def _on_changed(self) -> None:
        if self.editing is not None and self.edit_about.has_class("-error"):
            self._say_about(self.say(_ABOUT.get(self.editing, "edit about")), error=False)

    @on(Submitted)
    def action_save(self) -> None:
        """Keep what was written; what is no value is said beside it, and nothing is lost."""
        if self.editing is None:
            return
        field, article = self.editing, self.dossier.article
        if self.field.value == value_of(article, field):
            self.action_cancel()
            return
        try:
            given = correction(field, self.field.value)
        except KashafError as error:
            self._say_about("✕ " + self.say.told(error), error=True)
            return
        self.action_cancel()
        self.flow.begin(FieldChange(article, field, given))

    def action_cancel(self) -> None:
        """The value stays as it is."""
        self.editing = None
        self.editor.display = False
        self.about.display = True
        self.keys.show_place(self.place)
        self.rows.focus()

    def action_forget(self) -> None:
        field, entry = self._selected, self.dossier.entry
        if field is None or entry is None or all(one.field != field for one in entry.corrections):
            self.flow.tell(self.say("no correction"))
        else:
            self.flow.begin(FieldChange(self.dossier.article, field, None))

    # Else

    def action_copy(self) -> None:
        item = self.rows.item
        if item is not None and item.text:
            plain = "".join(char for char in item.text if char not in "\u2066\u2067\u2068\u2069")
            self.app.copy_to_clipboard(plain.partition(": ")[2] or plain)

    def action_removed(self) -> None:
        self.dismiss()
        self.app.call_later(self.flow.show_removed)
