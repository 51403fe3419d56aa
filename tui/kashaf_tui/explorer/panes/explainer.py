"""What stands in the place of the results when there are none: why, and what to search instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.strip import Strip

from kashaf.bidi.layout import Options, lay_out
from kashaf_tui.explorer.widgets.mirror import base_of, runs_rtl
from kashaf_tui.explorer.widgets.paint import line_strip
from kashaf_tui.explorer.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class Way:
    """A line. With `take` it can be chosen, and `count` says how many articles that finds."""

    text: str
    count: str = ""
    heading: bool = False
    take: Callable[[], None] | None = None


class Explainer(RowList[Way]):
    """Lines that explain, wrapped, and among them ways on, of which one is selected."""

    row_height: ClassVar[int] = 1

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._ways: Sequence[Way] = ()

    def key(self, row: Way) -> object:
        return row.text

    def explain(self, ways: Sequence[Way]) -> None:
        """Show these; the first that can be chosen is selected."""
        self._ways = ways
        self._wrap()

    def on_resize(self, event: events.Resize) -> None:
        del event
        self._wrap()

    def _wrap(self) -> None:
        self.show(list(self._wrapped()), keep=False)
        self.select(0)

    def _wrapped(self) -> Iterator[Way]:
        width = max(8, self.scrollable_content_region.width - 2)
        for way in self._ways:
            room = width - (len(way.count) + 1 if way.count else 0)
            for at, line in enumerate(lay_out(way.text, max(4, room), self._options())):
                part = way.text[line.start : line.end]
                # Only its first line can be chosen; the others belong to it.
                yield replace(way, text=part) if at == 0 else Way(part, heading=way.heading)

    def _options(self) -> Options:
        return Options(base="rtl" if base_of(self) == "rtl" else "ltr")

    def select(self, index: int) -> bool:
        """The nearest line that can be chosen, on the way to `index` or else before it."""
        choices = [at for at, row in enumerate(self.rows) if row.take is not None]
        if not choices:
            return super().select(index)
        onward = index >= self.selected
        beyond = [at for at in choices if (at >= index if onward else at <= index)]
        nearest = (
            (min(beyond) if onward else max(beyond)) if beyond else (choices[-1] if onward else choices[0])
        )
        changed = super().select(nearest)
        if nearest == choices[0] and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False)  # what is explained above the first choice can be read again
        return changed

    def action_open(self) -> None:
        if self.current is not None and self.current.take is not None:
            self.current.take()

    def clicked(self, index: int) -> None:
        """A click on a way takes it."""
        if self.rows[index].take is not None:
            self.select(index)
            self.action_open()

    def draw_row(self, row: Way, width: int, base: Style) -> Sequence[Strip]:
        if row.heading:
            style = self.part_style("row--heading", base)
        else:
            style = base if row.take is not None else self.part_style("row--dim", base)
        room = width - (len(row.count) + 1 if row.count else 0)
        text = line_strip(
            row.text, room, style, align="right" if runs_rtl(self) else "left", options=self._options()
        )
        if not row.count:
            return [text]
        count = line_strip(row.count, len(row.count), self.part_style("row--heading", base))
        gap = Strip.blank(1, base)
        return [Strip.join([count, gap, text] if runs_rtl(self) else [text, gap, count])]
