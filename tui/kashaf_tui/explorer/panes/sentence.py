"""A few lines of an article around a match: its sentence, with what a note on it would highlight."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from kashaf.bidi.layout import Cell, Line, Options, lay_out
from kashaf_tui.explorer.marking import Span
from kashaf_tui.explorer.widgets.paint import paint

_LONGEST: Final = 2000  # code points that are laid out


class SentenceView(Widget):
    """Wrapped; where there is not room for all of it, the lines around the match."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"sentence--match", "sentence--note"}
    DEFAULT_CSS = "SentenceView { height: 4; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._text = ""
        self._match: Span = (0, 0)
        self._note: Span = (0, 0)
        self._options = Options()
        self._lines: list[Line] = []

    def show(self, text: str, match: Span, note: Span, options: Options) -> None:
        """match, note: offsets in the text; of a long one only what is near the match is shown."""
        low = max(0, match[0] - _LONGEST // 2)
        self._text = "".join(" " if char.isspace() else char for char in text[low : low + _LONGEST])
        self._match = match[0] - low, match[1] - low
        self._note = note[0] - low, note[1] - low
        self._options = options
        self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        width, height = max(1, self.size.width - 2), max(1, self.size.height)
        lines = list(lay_out(self._text, width, self._options)) if self._text else []
        at = next((at for at, line in enumerate(lines) if self._holds(line)), 0)
        top = max(0, min(at - height // 2, len(lines) - height))
        self._lines = lines[top : top + height]
        self.refresh()

    def _holds(self, line: Line) -> bool:
        return any(cell.start < self._match[1] and self._match[0] < cell.end for cell in line.cells)

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y >= len(self._lines) or width < 3:
            return Strip.blank(width, base)
        match, note = (
            base + self.get_component_rich_style(f"sentence--{part}", partial=True)
            for part in ("match", "note")
        )

        def style_of(cell: Cell) -> Style:
            if self._match[0] < cell.end and cell.start < self._match[1]:
                return match
            return note if self._note[0] < cell.end and cell.start < self._note[1] else base

        strip = paint(self._lines[y], width - 2, base, style_of)
        return Strip.join([Strip.blank(1, base), strip, Strip.blank(1, base)])
