"""Fields to write Arabic and Latin in: logical value, visual painting and movement, one line or many.

Keys and mouse are those of `writing`. In a field of many lines Up, Down, PageUp and PageDown keep the column that is
seen, through lines of either direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from kashaf.bidi.layout import Cell, Line, crop, lay_out_line
from kashaf_tui.explorer.widgets.editing import Buffer
from kashaf_tui.explorer.widgets.field_rows import Base, Rows
from kashaf_tui.explorer.widgets.paint import paint
from kashaf_tui.explorer.widgets.writing import Changed, TooLong, Writing

__all__ = ["Changed", "Submitted", "TextArea", "TextInput", "TooLong"]

LONGEST_LINE: Final = 2000
"""Code points that may be typed into a field of one line, which is laid out anew with every key."""

_CARET = Style(reverse=True)


@dataclass
class Submitted(Message):
    """Enter in a field of one line."""

    field: TextInput
    value: str


class TextInput(Writing, Widget, can_focus=True):
    """One line. What does not fit scrolls under the caret.

    base: the side on which a text without letters, and the caret in an empty field, begins.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"field--placeholder", "field--selection"}
    DEFAULT_CSS = (
        "TextInput > .field--selection { background: $accent; color: black; text-style: underline; }"
    )

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        base: Base = "ltr",
        id: str | None = None,  # noqa: A002 -- Textual's name
    ) -> None:
        super().__init__(id=id)
        self.buffer = Buffer(value, one_line=True, limit=LONGEST_LINE)
        self.rows = Rows(base)
        self.rows.update(self.buffer.value, None)
        self.placeholder = placeholder
        # Cells out of sight at the side where the line begins.
        self._hidden = 0

    def lay_anew(self) -> None:
        self.rows.update(self.buffer.value, None)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        if not self.buffer.value:
            return self._placeholder(width, base)
        line = self.rows.lines[0]
        selection = self.get_component_rich_style("field--selection", partial=True)
        strip = paint(line, max(width, line.width), base, self.style_of(0, base, selection))
        if line.width <= width:
            return strip
        left = self._left(line, width)
        return strip.crop(left, left + width)

    def _left(self, line: Line, width: int) -> int:
        """The first column in sight of a line that is too long: no further from the last one than the caret asks."""
        _, cell = self.rows.shown(self.buffer.caret)
        column = self.rows.column(0, line.cells.index(cell))
        ahead = line.width - column - cell.width if line.rtl else column
        hidden = max(ahead + cell.width - width, min(self._hidden, ahead))
        self._hidden = max(0, min(hidden, line.width - width))
        return line.width - width - self._hidden if line.rtl else self._hidden

    def _placeholder(self, width: int, base: Style) -> Strip:
        muted = base + self.get_component_rich_style("field--placeholder", partial=True)

        def style_of(cell: Cell) -> Style:
            return base + _CARET if self.has_focus and cell.start == 0 else muted

        rtl = self.rows.base == "rtl"
        line = lay_out_line(crop(self.placeholder, width) or " ")
        return paint(line, width, muted, style_of, "right" if rtl else "auto")

    def cell_at(self, event: events.MouseEvent) -> tuple[int, int]:
        line, width = self.rows.lines[0], self.size.width
        column = event.get_content_offset_capture(self).x
        if line.width > width:
            column += self._left(line, width)
        elif line.rtl:
            column -= width - line.width
        return self.rows.span_at(0, column)

    async def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(Submitted(self, self.buffer.value))
        else:
            await super().on_key(event)


class TextArea(Writing, ScrollView, can_focus=True):
    """Many lines, wrapped; each line of the value takes its own direction.

    base: the direction of an empty text; a line without letters takes that of the one above.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"field--selection"}
    # The scroll bar keeps its column, so that a text which outgrows the field is not wrapped anew for it.
    DEFAULT_CSS = """
    TextArea { scrollbar-gutter: stable; overflow-x: hidden; }
    TextArea > .field--selection { background: $accent; color: black; text-style: underline; }
    """

    def __init__(
        self,
        value: str = "",
        *,
        base: Base = "ltr",
        id: str | None = None,  # noqa: A002 -- Textual's name
    ) -> None:
        super().__init__(id=id)
        self.buffer = Buffer(value)
        self.rows = Rows(base)
        # The column that Up and Down keep, from the left edge of the field.
        self._goal: int | None = None

    def on_resize(self) -> None:
        self.lay_anew()

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def lay_anew(self) -> None:
        if not self._width:
            return
        self.rows.update(self.buffer.value, self._width)
        self.virtual_size = Size(self._width, len(self.rows.lines))
        row = self.rows.row_of(self.buffer.caret)
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if height and not top <= row < top + height:
            self.scroll_to(y=row if row < top else row - height + 1, animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, base = self._width, self.rich_style
        row = y + self.scroll_offset.y
        if row >= len(self.rows.lines):
            return Strip.blank(width, base)
        selection = self.get_component_rich_style("field--selection", partial=True)
        return paint(self.rows.lines[row], width, base, self.style_of(row, base, selection))

    def cell_at(self, event: events.MouseEvent) -> tuple[int, int]:
        column, y = event.get_content_offset_capture(self)
        row = max(0, min(y + self.scroll_offset.y, len(self.rows.lines) - 1))
        return self.rows.span_at(row, column - self._indent(row))

    async def on_key(self, event: events.Key) -> None:
        goal, self._goal = self._goal, None
        page = max(1, self.scrollable_content_region.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        name = event.key.removeprefix("shift+")
        if name in steps:
            self._by_rows(steps[name], goal, select=name != event.key)
            self.lay_anew()
        elif event.key in ("enter", "shift+enter", "ctrl+j"):
            before = self.buffer.value
            self._report(self.buffer.insert("\n"))
            self._settle(before)
        else:
            await super().on_key(event)
            return
        event.stop()
        event.prevent_default()

    def _by_rows(self, step: int, goal: int | None, *, select: bool) -> None:
        """So many rows on, in the column `goal` or else that of the caret; from the last row to the end of it all."""
        row, index = self.rows.place(self.buffer.caret)
        if goal is None:
            goal = self.rows.column(row, index) + self._indent(row)
        last = len(self.rows.lines) - 1
        target = max(0, min(row + step, last))
        if target == row:
            self.buffer.move(0 if step < 0 else len(self.buffer.value), select=select)
            return
        self.buffer.move(self.rows.offset_at(target, goal - self._indent(target)), select=select)
        self._goal = goal

    def _indent(self, row: int) -> int:
        line = self.rows.lines[row]
        return self._width - line.width if line.rtl else 0
