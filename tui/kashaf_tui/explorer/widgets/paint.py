"""From laid-out cells to what Textual draws. The only way that article text takes to the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from kashaf.bidi.layout import Cell, Line, Options, crop, lay_out, lay_out_line, visual
from kashaf.text.sanitise import sanitise_line

Align = Literal["auto", "left", "right"]


def label(text: str, width: int | None = None, base: Literal["auto", "rtl", "ltr"] = "auto") -> Content:
    """One safe line for any Textual widget: cut at its logical end, in visual order, never read as markup."""
    line = sanitise_line(text)
    return Content(visual(crop(line, width) if width is not None else line, Options(base=base)))


def left_to_right(text: str) -> str:
    """A date, a key, a path: isolated (LRI … PDI) so that it neither turns nor is mirrored among Arabic words."""
    return f"\u2066{text}\u2069"


def isolated(text: str) -> str:
    """A name or a query within a sentence of ours: isolated (FSI … PDI), so that neither turns the other."""
    return f"\u2068{text}\u2069"


def path_words(path: str) -> str:
    """A path from left to right, each of its names by itself: one in Arabic must not turn what stands beside it.

    Whatever could steer a terminal or turn the line is taken out.
    """
    names = sanitise_line(path).split("/")
    return left_to_right("/".join(isolated(name) if name else "" for name in names))


def facts(parts: Iterable[str]) -> str:
    """Facts in one line, each isolated (FSI … PDI), so that a date beside an Arabic name keeps its order."""
    return " · ".join(map(isolated, parts))


def facts_label(parts: Iterable[str], width: int, base: Literal["auto", "rtl", "ltr"] = "auto") -> Content:
    """Facts in one safe line for any Textual widget, cut to `width`, none of them turning its neighbours."""
    line = facts(sanitise_line(part) for part in parts)
    return Content(visual(crop(line, width), Options(base=base)))


def paint(
    line: Line,
    width: int,
    base: Style,
    style_of: Callable[[Cell], Style] | None = None,
    align: Align = "auto",
) -> Strip:
    """A line as a strip of exactly `width` cells. `auto` aligns by the line's own direction.

    style_of gives each cell's style; cells with equal styles are joined into one segment.
    """
    segments: list[Segment] = []
    text: list[str] = []
    current = base
    for cell in line.cells:
        style = style_of(cell) if style_of is not None else base
        if style is not current and style != current:
            if text:
                segments.append(Segment("".join(text), current))
            text, current = [], style
        text.append(cell.text)
    if text:
        segments.append(Segment("".join(text), current))
    padding = max(0, width - line.width)
    right = line.rtl if align == "auto" else align == "right"
    if padding:
        segments.insert(0 if right else len(segments), Segment(" " * padding, base))
    strip = Strip(segments, line.width + padding)
    return strip if line.width <= width else strip.crop(0, width)


def line_strip(
    text: str,
    width: int,
    base: Style,
    spans: Iterable[tuple[int, int]] = (),
    span_style: Style | None = None,
    align: Align = "auto",
    options: Options | None = None,
) -> Strip:
    """One line of text, cut to `width`, with `spans` (offsets in `text`) in `span_style`."""
    line = lay_out_line(crop(text, width), options or Options())
    marked = [(start, end) for start, end in spans if start < end]
    if not marked or span_style is None:
        return paint(line, width, base, align=align)
    highlighted = base + span_style

    def style_of(cell: Cell) -> Style:
        return highlighted if any(start < cell.end and cell.start < end for start, end in marked) else base

    return paint(line, width, base, style_of, align)


def empty_line(text: str, y: int, width: int, base: Style, options: Options | None = None) -> Strip:
    """Line `y` of a pane that has nothing to show and says why: the text wrapped, below a blank line."""
    room = max(1, width - 2)
    options = options or Options()
    # Our own words, whose isolates the sanitiser would take out; an error among them may name anything.
    lines = [line for paragraph in text.split("\n") for line in lay_out(paragraph, room, options)]
    if not 0 < y <= len(lines):
        return Strip.blank(width, base)
    return Strip.join([Strip.blank(1, base), paint(lines[y - 1], room, base), Strip.blank(1, base)])
