"""The mouse over the reader. Places are offsets of the text, whichever way a line runs: a drag marks what lies
between two letters in reading order, both included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import events
from textual.timer import Timer

from kashaf_tui.explorer.marking import Mark, Span, Unit, unit_at

if TYPE_CHECKING:
    from kashaf_tui.explorer.panes.reader import Reader

_BY_CLICKS: Final[dict[int, Unit]] = {2: "word", 3: "sentence"}
_SCROLL_EVERY: Final = 0.05  # seconds between two rows while a drag is held beyond an edge
_LEFT: Final = 1


class Pointer:
    """Click: the caret; twice a word, three times a sentence. Drag, or click with shift: a mark."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._from: Span | None = None
        self._dragged = False
        self._place = (0, 0)
        self._scrolling: Timer | None = None

    def press(self, event: events.MouseDown) -> None:
        self.release()
        self._dragged = False
        cell = self._cell(event)
        if cell is None or event.button != _LEFT:
            return
        if event.shift:
            mark, caret = self._reader.mark, self._reader.caret
            self._from = mark.anchor if mark else (caret, caret + 1)
            self._mark_to(cell)
        else:
            self._from = cell
        self._reader.capture_mouse()

    def move(self, event: events.MouseMove) -> None:
        cell = self._cell(event)
        if self._from is None or cell is None:
            return
        if self._dragged or cell != self._from:
            self._mark_to(cell)
        height = self._reader.scrollable_content_region.height
        beyond = not 0 <= self._place[1] < height
        if beyond and self._scrolling is None:
            self._scrolling = self._reader.set_interval(_SCROLL_EVERY, self._scroll)
        elif not beyond and self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None

    def release(self) -> None:
        """The button is up, or what it was held over has gone."""
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None
        if self._from is not None:
            self._from = None
            self._reader.release_mouse()

    def click(self, event: events.Click) -> None:
        cell, page = self._cell(event), self._reader.page
        if cell is None or page is None or self._dragged or event.button != _LEFT:
            return
        if (unit := _BY_CLICKS.get(event.chain)) is None:
            if self._reader.mark is not None:
                self._reader.set_mark(None)
            self._reader.go_to(cell[0])
        else:
            span = unit_at(page.text, unit, cell[0])
            self._reader.set_mark(Mark(span, span, unit))

    def _cell(self, event: events.MouseEvent) -> Span | None:
        """The offsets of the cell nearest to the mouse."""
        region = self._reader.scrollable_content_region
        self._place = event.screen_x - region.x, event.screen_y - region.y
        return self._cell_at_place()

    def _cell_at_place(self) -> Span | None:
        reader, page = self._reader, self._reader.page
        if page is None or not page.text:
            return None
        column, row = self._place
        row = max(0, min(row, reader.scrollable_content_region.height - 1))
        return page.cell_at(row + reader.scroll_offset.y, column - reader.text_column)

    def _mark_to(self, cell: Span) -> None:
        assert self._from is not None
        self._dragged = True
        self._reader.set_mark(Mark(self._from, cell, "letter"))

    def _scroll(self) -> None:
        """A row further: the mouse is held above or below the page."""
        reader = self._reader
        reader.scroll_to(y=reader.scroll_offset.y + (-1 if self._place[1] < 0 else 1), animate=False)
        if self._from is not None and (cell := self._cell_at_place()) is not None:
            self._mark_to(cell)
