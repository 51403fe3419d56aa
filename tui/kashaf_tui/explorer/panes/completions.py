"""The list under the search box: words of the corpus, entities, and what was searched before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from kashaf.bidi.layout import cell_width, crop
from kashaf_tui.explorer.widgets.mirror import runs_rtl
from kashaf_tui.explorer.widgets.paint import line_strip
from kashaf_tui.explorer.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class Offer:
    """text: as shown. value, caret: what the box holds when it is taken. about: kind, count or when."""

    text: str
    value: str
    caret: int
    about: str


class CompletionList(RowList[Offer], can_focus=False):
    """Never has the focus: the box keeps it, and moves the selection here."""

    row_height: ClassVar[int] = 1

    @dataclass
    class Taken(Message):
        """An offer was clicked."""

        offer: Offer

    def key(self, row: Offer) -> object:
        return row.value

    def draw_row(self, row: Offer, width: int, base: Style) -> Sequence[Strip]:
        # What is offered is cut at its end, and before what is said about it.
        about = crop(row.about, max(0, width // 2))
        size = cell_width(about)
        offered = line_strip(row.text, max(1, width - size - 1), base)
        told = line_strip(about, size, self.part_style("row--dim", base))
        gap = Strip.blank(1, base)
        return [Strip.join([told, gap, offered] if runs_rtl(self) else [offered, gap, told])]

    def clicked(self, index: int) -> None:
        """One click takes it."""
        self.post_message(self.Taken(self.rows[index]))
