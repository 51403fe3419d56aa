"""`E` in the notes: the format that they are carried out in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip

from kashaf.export.formats import FORMATS, Format
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.widgets.paint import Align, label, left_to_right, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

_SUFFIX = 10  # cells


class FormatRows(RowList[Format]):
    """The suffix of the file, and what it is for."""

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._say = say

    def key(self, row: Format) -> object:
        return row.name

    def draw_row(self, row: Format, width: int, base: Style) -> Sequence[Strip]:
        rtl = self._say.base == "rtl"
        near: Align = "right" if rtl else "left"
        heading = self.part_style("row--heading", base)
        strips = [
            line_strip(left_to_right(row.suffix), _SUFFIX, heading, align=near),
            line_strip(self._say.told(row.label), width - _SUFFIX, base, align=near),
        ]
        return [self.in_order(strips)]


class Formats(Mirrored, FormatRows):
    BINDINGS: ClassVar = bindings_for("export")


class ExportScreen(ModalScreen[Format | None]):
    """Gives the chosen format, or None. whole: all notes go, and not a part of them."""

    def __init__(self, say: Wording, number: int, *, whole: bool) -> None:
        super().__init__()
        self.say = say
        self.formats = Formats(say, id="formats")
        self._about = Bar(
            say("export all" if whole else "export shown", n=number), base=say.base, id="about-export"
        )
        self._keys = KeyBar(say.language, id="export-keys")

    def compose(self) -> ComposeResult:
        with Vertical(id="window") as window:
            window.border_title = label(self.say("export"), base=self.say.base)
            yield self._about
            yield self.formats
            yield self._keys

    def on_mount(self) -> None:
        self.formats.show(list(FORMATS.values()))
        self._keys.show_place("export")
        self.set_focus(self.formats)

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        self.dismiss(self.formats.current)

    def action_cancel(self) -> None:
        self.dismiss(None)
