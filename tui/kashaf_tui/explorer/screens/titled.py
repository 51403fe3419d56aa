"""What screens beside the main one have in common: a title, a body, a line about it, keys, and the way back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.screens.sized import Sized
from kashaf_tui.explorer.toasts import Severity, toast
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.wording import Wording


class TitledScreen(Sized):
    """Subclasses give what is between `main_widget` and the keys, too."""

    place: ClassVar[Place]

    def __init__(self, say: Wording) -> None:
        super().__init__(say)
        self.head = Bar(base=say.base, id="head")
        self.about = Bar(base=say.base, id="line-about")
        self.keys = KeyBar(say.language, id="keys")

    def between(self) -> ComposeResult:
        """What stands between the main widget and the keys."""
        yield self.about

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.main_widget
        yield from self.between()
        yield self.keys
        yield self.too_small

    def on_mount(self) -> None:
        self.keys.show_place(self.place)
        self.main_widget.focus()
        self.opened()

    def opened(self) -> None:
        """The screen is there: fetch what it shows."""

    def tell(self, text: str, severity: Severity = "information") -> None:
        """Say something over the screen; it goes by itself."""
        toast(self.app, text, severity)

    def show_copied(self, copied: Copied) -> None:
        self.tell(how_copied(copied, self.say))

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.say, self.place))

    def action_back(self) -> None:
        self.dismiss()
