"""The picker's widgets and where they stand."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen

from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.panes.files import FileList
from kashaf_tui.explorer.screens.parts import MIN_HEIGHT, MIN_WIDTH
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.widgets.pieces_line import PieceLine
from kashaf_tui.explorer.widgets.text_field import TextInput
from kashaf_tui.explorer.wording import Wording


class Files(Mirrored, FileList):
    BINDINGS: ClassVar = bindings_for("add")


class PathField(TextInput):
    """Where a path is typed. Tab completes it, and so does the arrow down, which then leads into the list."""

    BINDINGS: ClassVar = [
        Binding("tab", "screen.complete", show=False),
        Binding("down", "screen.into_list", show=False),
        Binding("f1", "screen.help", show=False),
        Binding("f2", "screen.start", show=False),
        Binding("f3", "screen.look", show=False),
        Binding("f6", "screen.places", show=False),
        Binding("f7,escape", "screen.leave_field", show=False),
    ]


class PlaceLine(PieceLine):
    """The places by name; a click goes there."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"place--here"}


class PickerParts(Screen[None]):
    """The widgets, empty."""

    AUTO_FOCUS = "#add"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (MIN_WIDTH, "-narrow")]  # noqa: RUF012 -- as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (MIN_HEIGHT, "-tall")]  # noqa: RUF012

    def __init__(self, say: Wording) -> None:
        super().__init__()
        self.say = say
        self.head = Bar(say("add"), base=say.base, id="head")
        self.field = PathField(base="ltr", id="path")
        self.places_line = PlaceLine(base=say.base, id="places")
        self.files = Files(say, id="add")
        self.about = Bar(base=say.base, id="about")
        self.how = Bar(base=say.base, id="how")
        self.keys = KeyBar(say.language, id="keys")
        self.too_small = Bar(base=say.base, id="too-small")

    def compose(self) -> ComposeResult:
        yield self.head
        with Horizontal(id="where"):
            yield Bar(self.say("path"), base=self.say.base, id="where-name")
            yield self.field
        yield self.places_line
        yield self.files
        yield self.about
        yield self.how
        yield self.keys
        yield self.too_small

    def on_resize(self) -> None:
        size = self.app.size
        self.too_small.show(self.say("too small", w=size.width, h=size.height))
        self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        """A list that was hidden for want of room has lost the focus."""
        if self.focused is None:
            self.set_focus(self.files)
