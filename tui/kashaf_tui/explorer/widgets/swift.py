"""Lines and a scroll bar that a scrolled page shows in every frame, without what they never have.

Textual 8.2.8 makes each line of a widget anew when it scrolls, asking for its borders, outline, tint and opacity,
and makes two strips where the widget made one. A strip that stays the same object keeps what filters and the
compositor made of it, so that only rows that come into view cost anything.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget


def bare_lines(widget: Widget, crop: Region, line: Callable[[int], Strip]) -> list[Strip] | None:
    """What `Widget.render_lines` gives of a widget without decoration; None where it has some.

    `line` gives row y of the widget with all its colours.
    """
    styles = widget.styles
    size = widget.outer_size
    if size != widget.content_region.size or styles.tint.a or styles.text_opacity != 1 or widget.opacity != 1:
        return None
    finish = finisher(widget)
    strips = [finish(line(y)) for y in crop.line_range]
    return (
        strips if crop.column_span == (0, size.width) else [strip.crop(*crop.column_span) for strip in strips]
    )


def finisher(widget: Widget) -> Callable[[Strip], Strip]:
    """What turns a line of a widget without decoration into what the compositor gets of it."""
    width = widget.outer_size.width
    beneath, background = widget.background_colors
    blank = Style.from_color(None, (beneath + background).rich_color)
    filters = widget.get_line_filters()

    def finish(strip: Strip) -> Strip:
        strip = strip.adjust_cell_length(width, blank)
        for effect in filters:
            strip = strip.apply_filter(effect, background)
        return strip

    return finish


class SwiftBar(ScrollBar):
    """Textual's vertical scroll bar, drawn in one go."""

    def render_lines(self, crop: Region) -> list[Strip]:
        bar = self.render()
        style = bar.style if isinstance(bar, self.renderer) else None
        if (
            not isinstance(bar, self.renderer)
            or not isinstance(style, Style)
            or not style.color
            or not style.bgcolor
        ):
            return super().render_lines(crop)
        rows = list(
            bar.render_bar(
                size=self.size.height,
                virtual_size=bar.virtual_size,
                window_size=bar.window_size,
                position=bar.position,
                thickness=bar.thickness,
                back_color=style.bgcolor,
                bar_color=style.color,
            ).segments
        )
        strips: dict[int, Strip] = {}

        def line(y: int) -> Strip:
            segment = rows[y]
            return strips.setdefault(id(segment), Strip([segment], bar.thickness))

        lines = bare_lines(self, crop, line)
        return super().render_lines(crop) if lines is None else lines
