"""`Y`: the citation card of marked words or of a note, in either language, to read and to copy."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from kashaf.bidi.layout import Options
from kashaf.notes.citation import Citation, card
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.screens.text import TextView
from kashaf_tui.explorer.toasts import toast
from kashaf_tui.explorer.widgets.bars import KeyBar
from kashaf_tui.explorer.widgets.paint import label
from kashaf_tui.explorer.wording import LANGUAGES, Wording


class Card(TextView):
    BINDINGS: ClassVar = bindings_for("citation")


class CitationScreen(ModalScreen[None]):
    """Begins in the language of the interface; what is copied is what is shown."""

    CSS = """
    CitationScreen { align: center middle; }
    CitationScreen #text-view { height: 1fr; }
    """

    def __init__(self, say: Wording, citation: Citation, language: str = "") -> None:
        super().__init__()
        self.say = say
        self._citation = citation
        self.language = language or say.language
        self.lines = card(citation, self.language)
        # A card's lines are isolated where they need it: each runs the way of its language.
        self._card = Card(self.lines, Options(base="rtl" if self.language == "ar" else "ltr"))
        self.keys = KeyBar(say.language, id="agree-keys")

    def compose(self) -> ComposeResult:
        with Vertical(id="window") as window:
            window.border_title = label(self.say("citation"), base=self.say.base)
            yield self._card
            yield self.keys

    def on_mount(self) -> None:
        self.keys.show_place("citation")
        self._card.focus()

    def action_copy(self) -> None:
        self.app.copy_to_clipboard("\n".join(self.lines))

    def show_copied(self, copied: Copied) -> None:
        toast(self.app, how_copied(copied, self.say))

    def action_language(self) -> None:
        other = next(one for one in LANGUAGES if one != self.language)
        self.app.switch_screen(CitationScreen(self.say, self._citation, other))

    def action_back(self) -> None:
        self.dismiss()
