"""A list whose rows differ in height: the rest is as in `row_list`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

from textual import events
from textual.geometry import Size
from textual.strip import Strip

from kashaf.bidi.layout import Options
from kashaf_tui.explorer.widgets.mirror import base_of, runs_rtl
from kashaf_tui.explorer.widgets.paint import empty_line, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList

Row = TypeVar("Row")


class MixedList(RowList[Row]):
    """Subclasses also say where each row begins; `draw_row` gives as many strips as it is high."""

    _tops: Sequence[int] = (0,)

    def tops_of(self, rows: Sequence[Row]) -> Sequence[int]:
        """The first line of each row, and after them the number of all lines."""
        raise NotImplementedError

    def show(self, rows: Sequence[Row], empty: str = "", *, keep: bool = True) -> None:
        self._tops = self.tops_of(rows)
        super().show(rows, empty, keep=keep)
        self.virtual_size = Size(0, self._tops[-1])

    def at_line(self, line: int) -> int:
        """The row that has this line of the whole list; past the last row, their number."""
        return bisect_right(self._tops, line) - 1

    def action_page(self, step: int) -> None:
        if self.rows:
            room = max(1, self.scrollable_content_region.height - 1)
            line = min(max(0, self._tops[self.selected] + step * room), self._tops[-1] - 1)
            there = self.at_line(line)
            self.action_move(there - self.selected or step)

    def on_click(self, event: events.Click) -> None:
        # Textual calls this of every base: theirs must not count rows of one height.
        event.prevent_default()
        offset = event.get_content_offset(self)
        index = self.at_line(offset.y + self.scroll_offset.y) if offset is not None else -1
        if 0 <= index < len(self.rows):
            self.clicked(index)

    def render_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.rich_style
        if not self.rows:
            return empty_line(self.empty, y, width, base, Options(base=base_of(self)))
        line = y + self.scroll_offset.y
        index = self.at_line(line)
        if index >= len(self.rows) or width < 3:
            return Strip.blank(width, base)
        chosen = index == self.selected
        style = base + self.get_component_rich_style("row--selected", partial=True) if chosen else base
        strip = self.draw_row(self.rows[index], width - 2, style)[line - self._tops[index]]
        full, thin = ("▐", "▕") if runs_rtl(self) else ("▌", "▏")
        bar = full if chosen and self.has_focus else thin if chosen else " "
        return Strip.join([Strip.blank(1, style), strip, line_strip(bar, 1, style)])

    def _reveal(self) -> None:
        height = self.scrollable_content_region.height
        if not height or self.selected >= len(self._tops) - 1:
            return
        top, end = self._tops[self.selected], self._tops[self.selected + 1]
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        elif end > self.scroll_offset.y + height:
            self.scroll_to(y=end - height, animate=False)
