"""The rows of an article as strips: text, layers, caret, mark, and the margin where notes show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from kashaf.bidi.layout import Cell
from kashaf_tui.explorer.guard import color_system
from kashaf_tui.explorer.marking import Span
from kashaf_tui.explorer.widgets.kinds import HANG, MARKS, STYLED
from kashaf_tui.explorer.widgets.mirror import runs_rtl
from kashaf_tui.explorer.widgets.noted import Cover, Noted, cover, inked, margin, on_row, tinted
from kashaf_tui.explorer.widgets.page import Layer, Page, Row
from kashaf_tui.explorer.widgets.page_view import MARGIN
from kashaf_tui.explorer.widgets.paint import paint

_LAYERS: Final = (
    (Layer.TITLE, "title"),
    (Layer.PERSON, "person"),
    (Layer.PLACE, "place"),
    (Layer.ORGANIZATION, "organization"),
    (Layer.DATE, "date"),
    (Layer.NUMBER, "number"),
    (Layer.HIT, "hit"),
)
Spans = tuple[Span | None, Span | None, Span | None]
"""The caret, the mark and the hit that the caret is on."""
NO_SPANS: Final[Spans] = (None, None, None)
Look = tuple[Style, bool]
"""The style under all others, and whether the margin is at the left."""


class Painter:
    """Draws for one widget, with its component styles, and keeps what it drew of rows without caret or mark."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._strips: dict[int, Strip] = {}
        self._styles: dict[tuple[Style, int, Cover | None, bool, bool, bool], Style] = {}
        self.noted: Sequence[Noted] = ()
        self._look: Look = (Style(), False)

    def new_frame(self) -> None:
        """Ask Textual anew how the widget looks: once a frame, for it goes up all ancestors to find out."""
        look = (self._widget.rich_style, runs_rtl(self._widget))
        if look != self._look:
            self._look = look
            self._strips.clear()

    @property
    def base(self) -> Style:
        """The style under all others in this frame."""
        return self._look[0]

    def forget(self) -> None:
        """Rows show something else now."""
        self._strips.clear()

    def forget_styles(self) -> None:
        """The style sheet is another one."""
        self._strips.clear()
        self._styles.clear()

    def draw(self, page: Page, row: Row, spans: Spans, keep: int) -> Strip:
        """A row with text. At most `keep` of those that no span touches are kept."""
        if any(span is not None and span[0] < row.end and row.start < span[1] for span in spans):
            return self._drawn(page, row, spans)
        strip = self._strips.get(row.start)
        if strip is None:
            if len(self._strips) >= keep:
                del self._strips[next(iter(self._strips))]
            strip = self._strips[row.start] = self._drawn(page, row, NO_SPANS)
        return strip

    def _drawn(self, page: Page, row: Row, spans: Spans) -> Strip:
        assert row.line is not None
        base, mirrored = self._look
        kind = page.kinds.at(row.offset)
        worded = base + self._component(kind) if kind in STYLED else base
        caret, mark, here = spans
        layers = page.layers_in(row)
        noted = on_row(self.noted, row.start, row.end) if layers & Layer.NOTE else []

        def style_of(cell: Cell) -> Style:
            start, end = row.offset + cell.start, row.offset + cell.end
            return self._style(
                worded,
                page.layers_of(row, cell) if layers else 0,
                cover(noted, start, end) if noted else None,
                caret is not None and start <= caret[0] < end,
                mark is not None and mark[0] < end and start < mark[1],
                here is not None and here[0] < end and start < here[1],
            )

        room = page.width - (hang := page.hang(row.offset))
        text = paint(row.line, room, worded, style_of if layers or spans != NO_SPANS else None)
        if hang:
            text = self._hanging(text, page, row, base)
        edge = self._margin(noted, row, base)
        if mirrored:
            return Strip.join([Strip(edge[::-1], MARGIN), text])
        return Strip.join([text, Strip(edge, MARGIN)])

    def _margin(self, noted: Sequence[Noted], row: Row, base: Style) -> list[Segment]:
        """Beside the text, from it outwards: a bar in the colour of the code, and a sign, or how many notes.

        The bar of a place that is only proposed is broken.
        """
        if not noted:
            return [Segment(" " * MARGIN, base)]
        sign, of_sign, of_bar = margin(noted, row.start)
        edge = base + self._component("margin")
        broken = all(one.changed for one in noted)
        bar = "┊" if broken else "▌" if self._look[1] else "▐"
        return [Segment(bar, inked(edge, of_bar)), Segment(sign, inked(edge, of_sign))]

    def _hanging(self, text: Strip, page: Page, row: Row, base: Style) -> Strip:
        """The row with the mark of its paragraph where its line begins, outside of the text."""
        assert row.line is not None
        first, below = MARKS[page.kinds.at(row.offset)]
        begins = not row.line.start and page.kinds.begins(row.offset)
        mark = Segment(first if begins else below, base)
        space = Segment(" ", base)
        if row.line.rtl:
            return Strip.join([text, Strip([space, mark], HANG)])
        return Strip.join([Strip([mark, space], HANG), text])

    def _style(
        self, base: Style, layers: int, noted: Cover | None, caret: bool, marked: bool, current: bool
    ) -> Style:
        key = (base, layers, noted, caret, marked, current)
        if key in self._styles:
            return self._styles[key]
        names = [name for layer, name in _LAYERS if layers & layer]
        names += ["current"] * (current and bool(layers & Layer.HIT)) + ["mark"] * marked + ["caret"] * caret
        style = base
        if noted is not None:
            if color_system(self._widget.app.console) >= ColorSystem.EIGHT_BIT:
                style = tinted(style + self._component("note"), noted.colour)
            else:  # sixteen colours have no shades: it would come out as a grey that swallows entities
                style = style + Style(underline=True)
            names = ["notes"] * noted.several + ["unsure"] * noted.changed + names
        for name in names:
            style = style + self._component(name)
        self._styles[key] = style
        return style

    def _component(self, name: str) -> Style:
        return self._widget.get_component_rich_style(f"reader--{name}", partial=True)
