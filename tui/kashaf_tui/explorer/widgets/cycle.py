"""A field with a few values in one line: arrows or Space go through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kashaf.bidi.layout import Options, cell_width
from kashaf_tui.explorer.widgets.mirror import runs_rtl
from kashaf_tui.explorer.widgets.paint import Align, isolated, line_strip
from kashaf_tui.explorer.wording import Base


class Cycle(Widget, can_focus=True):
    """`name: value`; an angle bracket for the colon while it has the focus. values: each with what it is called."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Cycle { height: 1; } Cycle:focus { text-style: bold; background: $panel; }"
    STEPS: ClassVar[dict[str, int]] = {"down": 1, "up": -1, "space": 1, "plus": 1, "minus": -1}

    @dataclass
    class Turned(Message):
        """The value changed by the analyst's hand."""

        cycle: Cycle

    def __init__(
        self,
        name: str,
        values: Sequence[tuple[str, str]],
        value: str,
        *,
        base: Base = "ltr",
        id: str | None = None,  # noqa: A002 -- Textual's name
    ) -> None:
        super().__init__(id=id)
        self._name = name
        self._values = list(values)
        self._base = base
        self.value = value
        widest = max(cell_width(called) for _, called in self._values)
        self.styles.width = cell_width(name) + widest + 2

    def turn(self, step: int) -> None:
        """Another value; after the last the first."""
        values = [value for value, _ in self._values]
        self.value = values[(values.index(self.value) + step) % len(values)]
        self.refresh()
        self.post_message(self.Turned(self))

    def on_key(self, event: events.Key) -> None:
        step = self.STEPS.get(event.key)
        if event.key in ("left", "right"):
            # The way the line runs.
            step = 1 if (event.key == "left") is runs_rtl(self) else -1
        if step is not None:
            event.stop()
            self.turn(step)

    def on_click(self) -> None:
        self.turn(1)

    def render_line(self, y: int) -> Strip:
        width, style = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, style)
        # Without colours the sign between tells which field has the focus.
        sign = "›" if self.has_focus else ":"
        text = f"{self._name}{sign} {isolated(dict(self._values)[self.value])}"
        align: Align = "right" if self._base == "rtl" else "left"
        return line_strip(text, width, style, align=align, options=Options(base=self._base))
