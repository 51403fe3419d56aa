"""A list of rows of equal height that keeps its selection when its rows change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kashaf.bidi.layout import Options
from kashaf_tui.explorer.widgets.mirror import base_of, runs_rtl
from kashaf_tui.explorer.widgets.paint import Align, empty_line, line_strip

Row = TypeVar("Row")


class RowList(ScrollView, Generic[Row], can_focus=True):
    """Subclasses say what a row is: `key`, `row_height` and `draw_row`.

    The selected row has a bar at its edge as well as a colour, so that it is seen without colour too.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RowList { scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; overflow-x: hidden; }
    """
    row_height: ClassVar[int] = 1
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--selected", "row--dim", "row--hit", "row--heading"}

    @dataclass
    class Moved(Message):
        """The selection moved by the analyst's hand."""

        rows: RowList[object]

        @property
        def control(self) -> RowList[object]:
            return self.rows

    @dataclass
    class Chosen(Message):
        """The selected row was opened."""

        rows: RowList[object]

        @property
        def control(self) -> RowList[object]:
            return self.rows

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()
        self.selected = 0
        self.empty = empty

    def key(self, row: Row) -> object:
        """What stays the same when a row is listed again."""
        raise NotImplementedError

    def draw_row(self, row: Row, width: int, base: Style) -> Sequence[Strip]:
        """`row_height` strips of `width` cells."""
        raise NotImplementedError

    @property
    def current(self) -> Row | None:
        return self.rows[self.selected] if 0 <= self.selected < len(self.rows) else None

    def show(self, rows: Sequence[Row], empty: str = "", *, keep: bool = True) -> None:
        """Replace the rows. With `keep` the selected row stays selected if it is still there."""
        old = self.current if keep else None
        old_key = self.key(old) if old is not None else None
        self.rows = rows
        self.empty = empty
        self.selected = self.index_of(rows, old_key) if old_key else 0
        self.virtual_size = Size(0, len(rows) * self.row_height)
        self._reveal()
        self.refresh()

    def index_of(self, rows: Sequence[Row], key: object) -> int:
        """Where among `rows` the one with this key is; 0 when it is not."""
        return next((at for at, row in enumerate(rows) if self.key(row) == key), 0)

    def select(self, index: int) -> bool:
        """Select a row without telling anyone. Returns whether the selection changed."""
        if not self.rows:
            return False
        index = min(len(self.rows) - 1, max(0, index))
        changed, self.selected = index != self.selected, index
        self._reveal()
        self.refresh()
        return changed

    def action_move(self, step: int) -> None:
        if self.select(self.selected + step):
            self.post_message(self.Moved(self))  # type: ignore[arg-type]

    def action_page(self, step: int) -> None:
        self.action_move(step * max(1, self.scrollable_content_region.height // self.row_height - 1))

    def action_edge(self, step: int) -> None:
        self.action_move(step * len(self.rows))

    def action_open(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen(self))  # type: ignore[arg-type]

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        index = (offset.y + self.scroll_offset.y) // self.row_height if offset is not None else -1
        if 0 <= index < len(self.rows):
            self.clicked(index)

    def clicked(self, index: int) -> None:
        """What a click on a row does: it selects. (Textual calls the `on_click` of every base.)"""
        self.action_move(index - self.selected)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        base = self.rich_style
        index, part = divmod(y + self.scroll_offset.y, self.row_height)
        rtl = runs_rtl(self)
        if not self.rows:
            return empty_line(self.empty, y, width, base, Options(base=base_of(self)))
        if index >= len(self.rows) or width < 3:
            return Strip.blank(width, base)
        chosen = index == self.selected
        style = base + self.get_component_rich_style("row--selected", partial=True) if chosen else base
        strip = self.draw_row(self.rows[index], width - 2, style)[part]
        full, thin = ("▐", "▕") if rtl else ("▌", "▏")
        bar = full if chosen and self.has_focus else thin if chosen else " "
        return Strip.join([Strip.blank(1, style), strip, line_strip(bar, 1, style)])

    def part_style(self, name: str, base: Style) -> Style:
        """The style of a part of a row on a row's own background."""
        return base + self.get_component_rich_style(name, partial=True)

    @property
    def near(self) -> Align:
        """The side that a line of the interface begins at."""
        return "right" if runs_rtl(self) else "left"

    @property
    def far(self) -> Align:
        """The side that it ends at."""
        return "left" if runs_rtl(self) else "right"

    def in_order(self, strips: Sequence[Strip]) -> Strip:
        """Columns side by side, the first of them where a line of the interface begins."""
        return Strip.join(reversed(strips) if runs_rtl(self) else strips)

    def _reveal(self) -> None:
        height = self.scrollable_content_region.height
        top = self.selected * self.row_height
        if height and not self.scroll_offset.y <= top <= self.scroll_offset.y + height - self.row_height:
            above = top < self.scroll_offset.y
            self.scroll_to(y=top if above else top - height + self.row_height, animate=False)
