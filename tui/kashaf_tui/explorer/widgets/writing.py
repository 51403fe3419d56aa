"""What fields of one line and of many have in common: keys, mouse, selection, cut, copy and paste, undo.

| keys | |
|---|---|
| arrows | the caret to the cell beside, the way they point |
| Ctrl+arrows | by words; Home, End, Ctrl+Home, Ctrl+End: to the ends of the row, of the text |
| Shift with any of these | selects; Ctrl+A selects all |
| Backspace, Delete | a code point back, a letter on; with Ctrl, or Ctrl+W: a word; Ctrl+U: everything |
| Ctrl+Z, Ctrl+Y | undo, redo |
| Ctrl+X, Ctrl+C, Ctrl+V; Shift+Delete, Ctrl+Insert, Shift+Insert | cut, copy, paste |

Keys with Ctrl are extras, which an Arabic layout may not send: a screen that needs one of these offers it by a key of
its own, through `Writing.do`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.style import Style
from textual import events
from textual.message import Message

from kashaf.bidi.layout import Cell
from kashaf_tui.explorer.widgets.editing import Buffer
from kashaf_tui.explorer.widgets.field_rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget as _Base

    CellStyle = Callable[[Cell], Style]
else:
    _Base = object  # a mixin: Textual takes styles and bindings from the first widget among the bases

Command = Literal["undo", "redo", "cut", "copy", "paste", "select all", "clear"]

_CARET = Style(reverse=True)
_COMMANDS: dict[str, Command] = {
    "ctrl+z": "undo",
    "ctrl+y": "redo",
    "ctrl+shift+z": "redo",
    "ctrl+x": "cut",
    "shift+delete": "cut",
    "ctrl+c": "copy",
    "ctrl+insert": "copy",
    "ctrl+v": "paste",
    "shift+insert": "paste",
    "ctrl+a": "select all",
    "ctrl+u": "clear",
}
_SELECT = "shift"
_BY_WORD = frozenset({"ctrl", "alt"})  # Option on a Mac


@dataclass
class Changed(Message):
    """The value of a field changed by the analyst's hand."""

    field: Writing
    value: str


@dataclass
class TooLong(Message):
    """There was no room in a field for the last `lost` code points that were typed or pasted."""

    field: Writing
    lost: int


class Writing(_Base):
    """Mixin of the fields. Each says how it is laid out (`lay_anew`) and which cell is where (`cell_at`)."""

    takes_text: ClassVar[bool] = True
    """Keys are letters here: nothing translates them."""

    buffer: Buffer
    rows: Rows
    _grip: tuple[int, int] | None = None  # the cell at which the mouse was pressed, while it is

    @property
    def value(self) -> str:
        return self.buffer.value

    def set(self, value: str) -> None:
        """Replace the value without telling anyone. Can be undone like what is typed."""
        self.buffer.set(value)
        self.lay_anew()

    def lay_anew(self) -> None:
        """Lay out anew what changed, show the caret, and draw."""
        raise NotImplementedError

    def cell_at(self, event: events.MouseEvent) -> tuple[int, int]:
        """`[start, end)` of the cell under the mouse."""
        raise NotImplementedError

    def do(self, command: Command) -> None:
        """What menus and keys of a screen ask for."""
        before, buffer = self.buffer.value, self.buffer
        match command:
            case "undo" | "redo":
                if not (buffer.undo() if command == "undo" else buffer.redo()):
                    self.app.bell()
            case "cut" | "copy":
                if text := buffer.cut() if command == "cut" else buffer.selected:
                    self.app.copy_to_clipboard(text)
            case "paste":
                self._paste(self.app.clipboard)
            case "select all":
                buffer.select(0, len(buffer.value))
            case "clear":
                buffer.set("")
        self._settle(before)

    # Keys

    async def on_key(self, event: events.Key) -> None:
        before = self.buffer.value
        *modifiers, name = event.key.split("+")
        if (command := _COMMANDS.get(event.key)) is not None:
            self.do(command)
        elif self._moved(name, frozenset(modifiers)) or self._edited(event.key, event):
            self._settle(before)
        else:
            return
        event.stop()
        event.prevent_default()

    def _moved(self, name: str, modifiers: frozenset[str]) -> bool:
        """Carry out a key that moves the caret. Returns whether it was one."""
        select, by_word = _SELECT in modifiers, bool(modifiers & _BY_WORD)
        caret = self.buffer.caret
        match name:
            case "left" | "right":
                to = self._by_word(name == "left") if by_word else self._by_cell(name == "left", select)
            case "home" | "end" if by_word:
                to = 0 if name == "home" else len(self.buffer.value)
            case "home" | "end":
                to = self.rows.edges(caret)[name == "end"]
            case _:
                return False
        self.buffer.move(to, select=select)
        return True

    def _by_cell(self, left: bool, select: bool) -> int:
        start, end = self.buffer.selection
        if start < end and not select:
            # The first arrow lets the selection go and stops at the side it points to.
            return end if self.rows.forward(self.buffer.caret, left=left) else start
        return self.rows.beside(self.buffer.caret, left=left)

    def _by_word(self, left: bool) -> int:
        caret = self.buffer.caret
        if self.rows.forward(caret, left=left):
            return self.buffer.word_after(caret)
        to = self.buffer.word_before(caret)
        return caret if self.rows.turns(caret, to) else to

    def _edited(self, key: str, event: events.Key) -> bool:
        """Carry out a key that changes the value. Returns whether it was one."""
        match key:
            case "backspace" | "shift+backspace" | "ctrl+h":
                self.buffer.backspace()
            case "delete":
                self.buffer.delete()
            case "ctrl+w" | "ctrl+backspace" | "alt+backspace":
                self.buffer.delete_word()
            case "ctrl+delete" | "alt+delete" | "alt+d":
                self.buffer.delete_word(forward=True)
            case _:
                if not event.character or not event.is_printable:
                    return False
                self._report(self.buffer.insert(event.character))
        return True

    def on_paste(self, event: events.Paste) -> None:
        before = self.buffer.value
        self._paste(event.text)
        event.stop()
        self._settle(before)

    def _paste(self, text: str) -> None:
        self._report(self.buffer.insert(text, kind="other"))

    def _report(self, lost: int) -> None:
        if lost:
            self.app.bell()
            self.post_message(TooLong(self, lost))

    def _settle(self, before: str) -> None:
        self.lay_anew()
        if self.buffer.value != before:
            self.post_message(Changed(self, self.buffer.value))

    # The mouse: press and drag select whole cells, the one pressed and the one reached among them

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button != 1:
            return
        event.stop()
        span = self.cell_at(event)
        self.buffer.move(span[0], select=event.shift)
        self._grip = span
        self.capture_mouse()
        self.lay_anew()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._grip is None:
            return
        event.stop()
        grip, span = self._grip, self.cell_at(event)
        if span[0] > grip[0]:
            self.buffer.select(grip[0], self._end(span))
        elif span[0] < grip[0]:
            self.buffer.select(self._end(grip), span[0])
        else:
            self.buffer.move(grip[0], select=event.shift)
        self.lay_anew()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._grip is not None:
            event.stop()
            self._grip = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Twice selects the word, three times the line."""
        event.stop()
        buffer = self.buffer
        at = self.cell_at(event)[0]
        start, end = buffer.line_at(at)
        if event.chain == 2 and start < end:
            buffer.select(*buffer.word_at(min(at, end - 1)))
        elif event.chain == 3:
            buffer.select(start, end)
        else:
            return
        self.lay_anew()

    def _end(self, span: tuple[int, int]) -> int:
        """The end of a cell; that behind a line is empty, so that its newline is not taken by a slip."""
        start, end = span
        return start if self.buffer.value[start : start + 1] in ("", "\n") else end

    # Drawing

    def style_of(self, row: int, base: Style, selection: Style) -> CellStyle | None:
        """How the cells of a row are drawn that holds the caret or something selected; None for the others."""
        if not self.has_focus:
            return None
        line, shift = self.rows.lines[row], self.rows.shifts[row]
        start, end = (offset - shift for offset in self.buffer.selection)
        at, caret = self.rows.shown(self.buffer.caret)
        if at != row and (end <= line.start or line.end <= start):
            return None
        here = caret.start if at == row else -1
        plain, chosen = base, base + selection
        block, block_chosen = plain + _CARET, chosen + _CARET

        def of(cell: Cell) -> Style:
            if start < cell.end and cell.start < end:
                return block_chosen if cell.start == here else chosen
            return block if cell.start == here else plain

        return of
