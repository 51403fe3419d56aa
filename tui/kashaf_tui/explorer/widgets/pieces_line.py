"""One line of short texts side by side, each of which can be clicked: the ladder, and the filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kashaf.bidi.layout import Options, cell_width
from kashaf_tui.explorer.widgets.paint import Align, line_strip

Base = Literal["rtl", "ltr"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, and what a click on it means; nothing when that is empty. look: a component class, or empty."""

    text: str
    means: str = ""
    look: str = ""


class PieceLine(Widget):
    """Pieces from where a line of the interface begins. What there is no room for is cut off."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "PieceLine { height: 1; }"

    @dataclass
    class Chosen(Message):
        """A piece was clicked."""

        line: PieceLine
        means: str

        @property
        def control(self) -> PieceLine:
            return self.line

    def __init__(self, *, base: Base = "ltr", id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._base: Base = base
        self._pieces: Sequence[Piece] = ()

    def put(self, pieces: Sequence[Piece]) -> None:
        """Show these in the place of those before."""
        self._pieces = pieces
        self.refresh()

    @property
    def needs(self) -> int:
        """Cells that all the pieces take."""
        return sum(cell_width(piece.text) for piece in self._pieces)

    def _fitting(self, room: int) -> Sequence[Piece]:
        """What to show in so many cells."""
        del room
        return self._pieces

    def _placed(self) -> Iterator[tuple[Piece, int, int]]:
        """Each piece that is shown, with its first cell from the line's beginning and its width."""
        at, room = 0, self.size.width
        for piece in self._fitting(room):
            width = min(cell_width(piece.text), room - at)
            if width > 0:
                yield piece, at, width
            at += max(0, width)

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        near: Align = "left" if self._base == "ltr" else "right"
        options = Options(base=self._base)
        strips: list[Strip] = []
        used = 0
        for piece, _, cells in self._placed():
            style = self._style(piece, base)
            strips.append(line_strip(piece.text, cells, style, align=near, options=options))
            used += cells
        strips.append(Strip.blank(width - used, base))
        return Strip.join(strips if self._base == "ltr" else reversed(strips)).simplify()

    def _style(self, piece: Piece, base: Style) -> Style:
        return base + self.get_component_rich_style(piece.look, partial=True) if piece.look else base

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        column = offset.x if self._base == "ltr" else self.size.width - 1 - offset.x
        for piece, at, width in self._placed():
            if piece.means and at <= column < at + width:
                self.post_message(self.Chosen(self, piece.means))
