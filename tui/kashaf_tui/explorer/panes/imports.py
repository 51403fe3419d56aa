"""Lines of an import's report, each with what it says more below it, wrapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.strip import Strip

from kashaf.bidi.layout import Line, Options, cell_width, lay_out
from kashaf_tui.explorer.panes.report_items import Item
from kashaf_tui.explorer.widgets.mirror import base_of, runs_rtl
from kashaf_tui.explorer.widgets.paint import Align, line_strip, paint
from kashaf_tui.explorer.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of the screen. The first of an item can be selected; the others belong to it."""

    item: Item
    line: Line
    first: bool
    detail: bool = False


class ImportRows(RowList[ItemRow]):
    """Items, wrapped."""

    row_height: ClassVar[int] = 1

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._items: Sequence[Item] = ()

    def key(self, row: ItemRow) -> object:
        item = row.item
        return item.part, item.report, item.article, item.text, row.first

    @property
    def item(self) -> Item | None:
        return self.current.item if self.current is not None else None

    def show_items(self, items: Sequence[Item], empty: str = "", *, keep: bool = True) -> None:
        """Show these; what was selected stays so, if it is still there."""
        self._items = items
        self._wrap(empty, keep=keep)

    def on_resize(self, event: events.Resize) -> None:
        del event
        self._wrap(self.empty)

    def _wrap(self, empty: str, *, keep: bool = True) -> None:
        width = max(8, self.scrollable_content_region.width - 2)
        self.show([row for item in self._items for row in self._rows(item, width)], empty, keep=keep)
        self.select(self.selected)

    def _rows(self, item: Item, width: int) -> Iterator[ItemRow]:
        sign = 2 if item.opened is not None else 0
        room = width - 2 * item.level - sign - (cell_width(item.count) + 2 if item.count else 0)
        for at, line in enumerate(lay_out(item.text, max(4, room), self._options())):
            yield ItemRow(item, line, first=at == 0)
        if item.detail:
            for line in lay_out(item.detail, max(4, width - 2 * item.level - 2), self._options()):
                yield ItemRow(item, line, first=False, detail=True)

    def _options(self) -> Options:
        return Options(base="rtl" if base_of(self) == "rtl" else "auto")

    def select(self, index: int) -> bool:
        """The nearest row that can be selected, on the way to `index` or else before it."""
        if not self.rows:
            return False
        index = min(len(self.rows) - 1, max(0, index))
        step = 1 if index >= self.selected else -1
        for way in (range(index, len(self.rows) if step > 0 else -1, step), range(index, -1, -1)):
            for at in way:
                if self.rows[at].first and self.rows[at].item.text:
                    return super().select(at)
        return super().select(index)

    def clicked(self, index: int) -> None:
        """One click does what Enter does."""
        while index and not self.rows[index].first:
            index -= 1
        self.select(index)
        self.action_open()

    def draw_row(self, row: ItemRow, width: int, base: Style) -> Sequence[Strip]:
        rtl = runs_rtl(self)
        near: Align = "right" if rtl else "left"
        item, indent = row.item, 2 * row.item.level + (2 if row.detail else 0)
        heading, dim = self.part_style("row--heading", base), self.part_style("row--dim", base)
        # Open or closed is said by a sign as well.
        sign = "" if item.opened is None or not row.first else "−" if item.opened else "+"
        style = heading if item.opened is not None else dim if row.detail else base
        count = item.count if row.first else ""
        size = min(width // 2, cell_width(count))
        signs = 0 if item.opened is None else 2
        strips = [
            Strip.blank(indent, base),
            line_strip(sign, signs, style, align=near),
            paint(row.line, max(1, width - indent - signs - size - 1), style, align=near),
            Strip.blank(1, base),
            line_strip(count, size, heading, options=Options(base="rtl" if rtl else "auto")),
        ]
        return [self.in_order(strips)]
