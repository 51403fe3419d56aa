"""What every screen does where the terminal is too small for it: say what it needs, and keep the focus for later."""

from __future__ import annotations

from time import monotonic
from typing import Final

from textual.screen import Screen
from textual.widget import Widget

from kashaf_tui.explorer.widgets.bars import Bar
from kashaf_tui.explorer.wording import Wording

MIN_WIDTH: Final = 60
MIN_HEIGHT: Final = 15
PATIENCE: Final = 1.0  # seconds that keys wait for a screen


class Sized(Screen[None]):
    """Subclasses give `main_widget` and compose `too_small` last; the style sheet hides all else where it is."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (MIN_WIDTH, "-narrow"), (112, "-wide")]  # noqa: RUF012 -- as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (MIN_HEIGHT, "-tall")]  # noqa: RUF012

    #: Whether what the screen shows has come.
    fetched = True

    def __init__(self, say: Wording) -> None:
        super().__init__()
        self._born = monotonic()
        self._laid_out = False
        self.say = say
        self.too_small = Bar(base=say.base, id="too-small")

    @property
    def main_widget(self) -> Widget:
        """What has the focus."""
        raise NotImplementedError

    def is_opening(self, key: str) -> bool:
        """Whether a key would come too early: for the focus, or for what it is about. Never for long."""
        there = self._laid_out and (self.fetched or key == "escape")
        return not there and monotonic() - self._born < PATIENCE

    def on_mount(self) -> None:
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        self._keep_focus()
        self._laid_out = True

    def on_resize(self) -> None:
        size = self.app.size
        self.too_small.show(self.say("too small", w=size.width, h=size.height))
        self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        """What was hidden for want of room has lost the focus."""
        if self.focused is None:
            self.main_widget.focus()
