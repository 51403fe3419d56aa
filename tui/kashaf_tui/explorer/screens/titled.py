"""What screens beside the main one have in common: a title, a body, a line about it, keys, and the way back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.screens.parts import MIN_HEIGHT, MIN_WIDTH
from kashaf_tui.explorer.toasts import Severity, toast
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.wording import Wording


class TitledScreen(Screen[None]):
    """Subclasses give `main_widget` and what is between it and the keys."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (MIN_WIDTH, "-narrow"), (112, "-wide")]  # noqa: RUF012 -- as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (MIN_HEIGHT, "-tall")]  # noqa: RUF012
    place: ClassVar[Place]

    def __init__(self, say: Wording) -> None:
        super().__init__()
        self.say = say
        self.head = Bar(base=say.base, id="head")
        self.about = Bar(base=say.base, id="line-about")
        self.keys = KeyBar(say.language, id="keys")
        self.too_small = Bar(base=say.base, id="too-small")

    @property
    def main_widget(self) -> Widget:
        """What has the focus."""
        raise NotImplementedError

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

    def on_resize(self) -> None:
        size = self.app.size
        self.too_small.show(self.say("too small", w=size.width, h=size.height))
        self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        """What was hidden for want of room has lost the focus."""
        if self.focused is None:
            self.main_widget.focus()

    def tell(self, text: str, severity: Severity = "information") -> None:
        """Say something over the screen; it goes by itself."""
        toast(self.app, text, severity)

    def show_copied(self, copied: Copied) -> None:
        self.tell(how_copied(copied, self.say))

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.say, self.place))

    def action_back(self) -> None:
        self.dismiss()
