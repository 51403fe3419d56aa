"""A window of text over the main screen: scrolls, wraps, closes with Escape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kashaf.bidi.layout import Line, Options, lay_out
from kashaf_tui.explorer.widgets.mirror import Mirrored, base_of
from kashaf_tui.explorer.widgets.paint import label, paint


class TextLines(ScrollView, can_focus=True):
    """Lines of text, each wrapped and aligned by its own direction. A line that begins with `# ` is a heading."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
    ]

    def __init__(self, lines: Sequence[str], options: Options | None = None) -> None:
        super().__init__(id="text-view")
        self._texts = lines
        self._options = options or Options()
        self._rows: list[tuple[Line, bool]] = []

    def on_resize(self) -> None:
        width = max(1, self.scrollable_content_region.width)
        self._rows = [
            (line, text.startswith("# "))
            for text in self._texts
            for line in lay_out(text.removeprefix("# "), width, self._options)
        ]
        self.virtual_size = Size(width, len(self._rows))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.rich_style
        at = y + self.scroll_offset.y
        if at >= len(self._rows):
            return Strip.blank(width, base)
        line, heading = self._rows[at]
        return paint(line, width, base + Style(bold=True) if heading else base)


class TextView(Mirrored, TextLines):
    """The lines with their scroll bar where the interface ends."""


class TextScreen(ModalScreen[None]):
    """Shows `lines` under a title. Without `options` they run as the interface does."""

    BINDINGS: ClassVar = [Binding("escape,q,enter", "dismiss", show=False)]

    def __init__(self, title: str, lines: Sequence[str], footer: str, options: Options | None = None) -> None:
        super().__init__()
        self._options = options
        self._heading = title
        self._lines = lines
        self._footer = footer

    def compose(self) -> ComposeResult:
        base = base_of(self)
        with Vertical(id="window") as window:
            window.border_title = label(self._heading, base=base)
            window.border_subtitle = label(self._footer, base=base)
            yield TextView(self._lines, self._options or Options(base=base))
