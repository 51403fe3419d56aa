"""A question before something that concerns much at once, or cannot be undone: Enter does it, Esc does not."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from kashaf.bidi.layout import Options
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.screens.text import TextView
from kashaf_tui.explorer.widgets.bars import KeyBar
from kashaf_tui.explorer.widgets.paint import label
from kashaf_tui.explorer.wording import Wording


class Question(TextView):
    BINDINGS: ClassVar = bindings_for("agreeing")


class AskScreen(ModalScreen[bool]):
    """Gives whether it was agreed to."""

    CSS = """
    AskScreen { align: center middle; }
    AskScreen #window { width: 64; max-width: 95%; height: 9; max-height: 100%; }
    AskScreen #text-view { height: 1fr; }
    """

    def __init__(self, say: Wording, title: str, question: str) -> None:
        super().__init__()
        self.say = say
        self._title = title
        self._text = Question([question], Options(base=say.base))
        self.keys = KeyBar(say.language, id="agree-keys")

    def compose(self) -> ComposeResult:
        with Vertical(id="window") as window:
            window.border_title = label(self._title, base=self.say.base)
            yield self._text
            yield self.keys

    def on_mount(self) -> None:
        self.keys.show_place("agreeing")
        self._text.focus()

    def action_agree(self) -> None:
        self.dismiss(True)

    def action_back(self) -> None:
        self.dismiss(False)
