"""Fields to write Arabic and Latin in: logical value and caret, visual painting, one line or many.

The arrow keys move the caret the way they point, judged by the direction of the line they are on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from kashaf.bidi.layout import Cell, Line, Options, crop, lay_out, lay_out_line
from kashaf_tui.explorer.widgets.editing import Buffer
from kashaf_tui.explorer.widgets.paint import paint

_OPTIONS = Options(marks="keep")
_CARET = Style(reverse=True)


@dataclass
class Changed(Message):
    """The value of a field changed by the analyst's hand."""

    field: TextInput | TextArea
    value: str


@dataclass
class Submitted(Message):
    """Enter in a field of one line."""

    field: TextInput
    value: str


def edit(buffer: Buffer, event: events.Key, *, rtl: bool) -> bool:
    """Apply a key that means the same in every field. Returns whether it was one."""
    match event.key:
        case "left" | "right":
            buffer.step(forward=(event.key == "left") == rtl)
        case "ctrl+left" | "ctrl+right":
            buffer.step_word(forward=(event.key == "ctrl+left") == rtl)
        case "backspace" | "ctrl+h":
            buffer.backspace()
        case "delete":
            buffer.delete()
        case "ctrl+w":
            buffer.delete_word()
        case "ctrl+u":
            buffer.set("")
        case "home" | "end":
            buffer.caret = buffer.line_bounds()[event.key == "end"]
        case _:
            if not event.character or not event.is_printable:
                return False
            buffer.insert(event.character)
    return True


class TextInput(Widget, can_focus=True):
    """One line. What does not fit scrolls under the caret."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"field--placeholder"}

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.buffer = Buffer(value, one_line=True)
        self.placeholder = placeholder

    @property
    def value(self) -> str:
        return self.buffer.value

    def set(self, value: str) -> None:
        """Replace the value without telling anyone."""
        self.buffer.set(value)
        self.refresh()

    def _line(self) -> Line:
        # The last blank is the caret's place after the text; rule L1 puts it at the end the text runs to.
        return lay_out_line(self.buffer.value + " ", _OPTIONS)

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        if not self.buffer.value:
            return self._placeholder(width, base)
        line = self._line()
        caret = self.buffer.caret

        def style_of(cell: Cell) -> Style:
            return base + _CARET if self.has_focus and cell.start <= caret < cell.end else base

        strip = paint(line, max(width, line.width), base, style_of)
        column = line.column_of(caret) or 0
        left = min(max(0, column - width // 2), max(0, line.width - width))
        if line.width <= width:
            return strip
        return strip.crop(left, left + width)

    def _placeholder(self, width: int, base: Style) -> Strip:
        muted = base + self.get_component_rich_style("field--placeholder", partial=True)

        def style_of(cell: Cell) -> Style:
            return base + _CARET if self.has_focus and cell.start == 0 else muted

        return paint(lay_out_line(crop(self.placeholder, width) or " "), width, muted, style_of)

    async def on_key(self, event: events.Key) -> None:
        before = self.buffer.value
        if event.key == "enter":
            self.post_message(Submitted(self, self.buffer.value))
        elif not edit(self.buffer, event, rtl=self._line().rtl):
            return
        event.stop()
        event.prevent_default()
        self._after(before)

    def on_paste(self, event: events.Paste) -> None:
        before = self.buffer.value
        self.buffer.insert(event.text)
        event.stop()
        self._after(before)

    def _after(self, before: str) -> None:
        self.refresh()
        if self.buffer.value != before:
            self.post_message(Changed(self, self.buffer.value))


class TextArea(ScrollView, can_focus=True):
    """Many lines, wrapped; each paragraph takes its own direction."""

    ALLOW_SELECT = False

    def __init__(self, value: str = "", *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.buffer = Buffer(value)
        self._lines: list[tuple[int, Line]] = []

    @property
    def value(self) -> str:
        return self.buffer.value

    def on_resize(self) -> None:
        self._relayout()

    def _relayout(self) -> None:
        width = max(4, self.scrollable_content_region.width)
        self._lines = []
        offset = 0
        for paragraph in self.buffer.value.split("\n"):
            body = paragraph.rstrip(" ")
            # No-break spaces keep trailing blanks, and the caret's place after them, from hanging out of sight.
            shown = body + "\u00a0" * (len(paragraph) - len(body) + 1)
            self._lines += [(offset, line) for line in lay_out(shown, width, _OPTIONS)]
            offset += len(paragraph) + 1
        self.virtual_size = Size(width, len(self._lines))
        row = self._row()
        height = self.scrollable_content_region.height
        if height and not self.scroll_offset.y <= row < self.scroll_offset.y + height:
            self.scroll_to(y=row if row < self.scroll_offset.y else row - height + 1, animate=False)
        self.refresh()

    def _row(self) -> int:
        """The row of the caret: the last one that begins at or before it."""
        caret = self.buffer.caret
        rows = [row for row, (offset, line) in enumerate(self._lines) if offset + line.start <= caret]
        return rows[-1] if rows else 0

    def render_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.rich_style
        row = y + self.scroll_offset.y
        if row >= len(self._lines):
            return Strip.blank(width, base)
        offset, line = self._lines[row]
        caret = self.buffer.caret - offset if self.has_focus and row == self._row() else -1

        def style_of(cell: Cell) -> Style:
            return base + _CARET if cell.start <= caret < cell.end else base

        return paint(line, width, base, style_of)

    async def on_key(self, event: events.Key) -> None:
        before = self.buffer.value
        if event.key in ("up", "down"):
            self._by_row(1 if event.key == "down" else -1)
        elif event.key == "enter":
            self.buffer.insert("\n")
        elif not self._lines or not edit(self.buffer, event, rtl=self._lines[self._row()][1].rtl):
            return
        event.stop()
        event.prevent_default()
        self._relayout()
        if self.buffer.value != before:
            self.post_message(Changed(self, self.buffer.value))

    def on_paste(self, event: events.Paste) -> None:
        self.buffer.insert(event.text)
        event.stop()
        self._relayout()
        self.post_message(Changed(self, self.buffer.value))

    def _by_row(self, step: int) -> None:
        row = self._row()
        target = row + step
        if not 0 <= target < len(self._lines):
            self.buffer.caret = len(self.buffer.value) if step > 0 else 0
            return
        width = self.scrollable_content_region.width
        offset, line = self._lines[row]
        column = line.column_of(self.buffer.caret - offset) or 0
        column += width - line.width if line.rtl else 0
        offset, line = self._lines[target]
        found = line.offset_at(column - (width - line.width if line.rtl else 0))
        end = self.buffer.value.find("\n", offset)
        self.buffer.caret = min(offset + found, len(self.buffer.value) if end < 0 else end)
