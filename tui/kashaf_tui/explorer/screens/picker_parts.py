"""The picker's widgets and where they stand."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.panes.files import FileList
from kashaf_tui.explorer.screens.sized import Sized
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.pieces_line import PieceLine
from kashaf_tui.explorer.widgets.text_field import TextInput
from kashaf_tui.explorer.wording import Wording


class Files(Framed, FileList):
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


class PickerParts(Sized):
    """The widgets, empty."""

    AUTO_FOCUS = "#add"

    def __init__(self, say: Wording) -> None:
        super().__init__(say)
        self.head = Bar(say("add"), base=say.base, id="head")
        self.field = PathField(base="ltr", id="path")
        self.places_line = PlaceLine(base=say.base, id="places")
        self.files = Files(say, id="add")
        self.about = Bar(base=say.base, id="about")
        self.how = Bar(base=say.base, id="how")
        self.keys = KeyBar(say.language, id="keys")

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

    @property
    def main_widget(self) -> Files:
        return self.files
