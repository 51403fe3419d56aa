"""The chart above the lists of the timeline: how many statements when, or the figures of a claim over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from kashaf.bidi.layout import Options, cell_width
from kashaf_tui.charts import Mark, columns, columns_width, plane
from kashaf_tui.explorer.widgets.mirror import runs_rtl
from kashaf_tui.explorer.widgets.paint import Align, left_to_right, line_strip
from kashaf_tui.explorer.wording import Wording

_HERE: Final = "▲"


@dataclass(frozen=True, slots=True)
class Columns:
    """A column for each count. here: which of them is selected; -1 for none."""

    counts: tuple[int, ...]
    first: str
    last: str
    about: str
    here: int = -1


@dataclass(frozen=True, slots=True)
class Plane:
    """Figures over time."""

    marks: tuple[Mark, ...]
    first: str
    last: str
    about: str


class TimelineChart(Widget):
    """Lines of dots above an axis, which runs as the interface does. Everything it shows stands in the list, too."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"timeline--axis"}

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._say = say
        self._shown: Columns | Plane | None = None
        self._lines: list[str] = []
        self._for: object = None

    def show(self, shown: Columns | Plane | None) -> None:
        """Draw this, or nothing."""
        self._shown = shown
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, height, base = self.size.width, self.size.height, self.rich_style
        shown = self._shown
        if shown is None or width < 20 or height < 2 or y >= height:
            return Strip.blank(width, base)
        if y == height - 1:
            return self._axis(shown, width, base)
        room = width - 2
        lines = self._drawn(shown, room, height - 1)
        return Strip([Segment(f" {lines[y]} ", base)], width)

    def _drawn(self, shown: Columns | Plane, width: int, height: int) -> Sequence[str]:
        """The dots, drawn anew only when something of them is another."""
        rtl = runs_rtl(self)
        what = shown.counts if isinstance(shown, Columns) else shown.marks
        asked = (what, width, height, rtl)
        if asked != self._for:
            self._for = asked
            self._lines = (
                columns(shown.counts, width, height, rtl=rtl)
                if isinstance(shown, Columns)
                else plane(shown.marks, width, height, rtl=rtl)
            )
        return self._lines

    def _axis(self, shown: Columns | Plane, width: int, base: Style) -> Strip:
        """The first and last day under the dots, between them what is drawn, and where the selected line is."""
        style = base + self.get_component_rich_style("timeline--axis", partial=True)
        rtl = runs_rtl(self)
        near: Align = "right" if rtl else "left"
        far: Align = "left" if rtl else "right"
        taken = columns_width(len(shown.counts), width - 2) if isinstance(shown, Columns) else width - 2
        first, last = cell_width(shown.first) + 1, cell_width(shown.last) + 1
        if taken < first + last:
            taken = width - 2
        between = max(0, taken - first - last)
        parts = [
            Strip.blank(1, style),
            line_strip(left_to_right(shown.first), first, style, align=near),
            *self._middle(shown, first, between, taken, style),
            line_strip(left_to_right(shown.last), last, style, align=far),
        ]
        rest = width - sum(part.cell_length for part in parts)
        parts.append(Strip.blank(max(0, rest), style))
        return Strip.join(reversed(parts) if rtl else parts)

    def _middle(
        self, shown: Columns | Plane, first: int, between: int, taken: int, style: Style
    ) -> list[Strip]:
        words = shown.about if cell_width(shown.about) + 4 <= between else ""
        size = cell_width(words)
        before = (between - size) // 2
        strips = [
            Strip.blank(before, style),
            line_strip(words, size, style, options=Options(base=self._say.base)),
            Strip.blank(between - before - size, style),
        ]
        if isinstance(shown, Columns) and 0 <= shown.here < len(shown.counts):
            at = (2 * shown.here + 1) * taken // (2 * len(shown.counts)) - first
            mark = line_strip(_HERE, 1, style)
            if 0 <= at < before:
                strips[0] = self._marked(before, at, mark, style)
            elif before + size <= at < between:
                strips[2] = self._marked(between - before - size, at - before - size, mark, style)
        return strips

    def _marked(self, width: int, at: int, mark: Strip, style: Style) -> Strip:
        parts = [Strip.blank(at, style), mark, Strip.blank(width - at - 1, style)]
        return Strip.join(reversed(parts) if runs_rtl(self) else parts)
