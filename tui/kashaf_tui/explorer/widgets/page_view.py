"""A page in a window: scrolls, keeps its place by text offset, and has the rows of a long text counted by a thread.

All that happens to a page happens on the UI thread; the thread counts rows and tells them in batches. While it
does, what is in the window stays where it is, and only the scroll bar learns of the better numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic, sleep
from typing import Final

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.timer import Timer
from textual.worker import get_current_worker

from kashaf.bidi.layout import Options
from kashaf_tui.explorer.widgets.kinds import NONE, Kinds
from kashaf_tui.explorer.widgets.measure import count_piece
from kashaf_tui.explorer.widgets.page import Page, Row
from kashaf_tui.explorer.widgets.pieces import Pieces
from kashaf_tui.explorer.widgets.swift import SwiftBar

MARGIN: Final = 2
"""Cells beside the text."""
_NARROWEST: Final = 4
_BATCH: Final = 0.05  # seconds of counting that are told at once
_BREATH: Final = 0.0002  # seconds; a sleep of 0 would not let the UI thread have the interpreter
_QUIET: Final = 0.06  # seconds without a resize before rows are counted anew
_AROUND: Final = 2  # windows above and below the one that is seen, measured ahead
_KEPT: Final = 4  # windows whose lines are kept


@dataclass(frozen=True, slots=True)
class _Held:
    """What a resize keeps: `offset` stays `row` rows below the top; void once `scroll` is no longer true."""

    offset: int
    row: int
    scroll: int


class PageView(ScrollView, can_focus=True):
    """Shows a `Page` around `caret`, an offset of its text."""

    ALLOW_SELECT = False

    @dataclass
    class Counted(Message, bubble=False):
        """Rows of the pieces from `first` on, for the count that `ticket` was given to."""

        ticket: int
        first: int
        rows: list[int]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.options = Options()
        self.caret = 0
        self._page: Page | None = None
        self._text: tuple[str, int, Kinds] | None = None
        self._held: _Held | None = None
        self._window = 0
        self._ticket = 0
        self._waiting: Timer | None = None

    @property
    def page(self) -> Page | None:
        """What is shown; none while there is no article, or no room for one."""
        return self._page

    # Opening and resizing

    def open_page(self, text: str, body_start: int, kinds: Kinds = NONE) -> None:
        """Show a text around the caret: its first screen now, whatever its length."""
        self.close_page()
        self._text = (text, body_start, kinds)
        self.scroll_target_y = self.scroll_y = 0
        self._open_if_there_is_room()

    def close_page(self) -> None:
        """Show nothing. What was under way for the text that was open is cancelled."""
        self._cancel_count()
        self._page = self._text = self._held = None

    def set_options(self, options: Options) -> None:
        """Other options: the same rows, drawn anew."""
        self.options = options
        if self._page is not None:
            self._page.set_options(options)
        self.page_changed()

    def on_resize(self) -> None:
        width, height = self._room()
        if self._text is None or width < _NARROWEST:
            return
        if self._page is None:
            self._open_if_there_is_room()
            return
        held = self._hold(self._page)  # before the rows have other numbers
        if self._page.width != width:
            self._page.resize(width)
            self.page_changed()
            self._count_rest(_QUIET)
        self._look_through(self._page, height)
        self._place(self._page, held.offset, min(held.row, max(0, height - 1)))
        self._held = _Held(held.offset, held.row, self.scroll_offset.y)

    def page_changed(self) -> None:
        """The page, its width or its options are others than before: what was drawn of it is of no use."""
        self.refresh()

    def page_opened(self, page: Page) -> None:
        """A page is there and not shown yet."""

    def _open_if_there_is_room(self) -> None:
        width, height = self._room()
        if self._text is None or width < _NARROWEST:
            return
        text, body_start, kinds = self._text
        self._page = Page(text, width, self.options, body_start, kinds)
        self._look_through(self._page, height)
        self.page_opened(self._page)
        self.page_changed()
        self._fit(self._page, 0)
        self.reveal(centre=True)
        self._count_rest()

    def _look_through(self, page: Page, height: int) -> None:
        self._window = height
        page.keep(_KEPT * height)

    def _room(self) -> tuple[int, int]:
        region = self.scrollable_content_region
        return region.width - MARGIN, region.height

    def _hold(self, page: Page) -> _Held:
        """The caret, if it is in the window, else the first row; as long as nobody moves, what was held before."""
        scroll = self.scroll_offset.y
        if self._held is not None and scroll == min(self._held.scroll, self.max_scroll_y):
            return self._held
        row = page.row_of(self.caret) - scroll
        if 0 <= row < max(1, self._window):
            return _Held(self.caret, row, scroll)
        return _Held(page.row(scroll).start, 0, scroll)

    def _place(self, page: Page, offset: int, row: int) -> None:
        """Scroll so that `offset` is `row` rows below the top."""
        page.measure_around(offset, _AROUND * max(1, self._window))
        self._fit(page, page.row_of(offset) - row)

    def _fit(self, page: Page, scroll: int) -> None:
        """Tell Textual how high the page is, and scroll."""
        self.virtual_size = Size(page.width, page.height)
        if self.scroll_offset.y != scroll:
            self.app.animator.force_stop_animation(self, "scroll_y")
            self.scroll_y = scroll
            self.scroll_target_y = self.scroll_y
        self.refresh()

    # Scrolling

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = SwiftBar(name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar

    def turn(self, rows: int) -> None:
        """Let the text go by, as far as there is any; the caret is left where it is."""
        if self._page is not None:
            self._fit(self._page, min(max(0, self.scroll_offset.y + rows), self.max_scroll_y))

    def reveal(self, *, centre: bool = False) -> None:
        """Bring the caret into the window: at its edge, or at a third of its height from far away."""
        page, height = self._page, self._window
        self._held = None
        if page is None or not height:
            return
        if not page.exact:
            self._unmoved(page, partial(page.measure_around, self.caret, _AROUND * height))
        at, top = page.row_of(self.caret), self.scroll_offset.y
        if top <= at < top + height:
            return
        edge = at if at < top else at - height + 1
        self._fit(page, max(0, at - height // 3 if centre or abs(at - top) > 2 * height else edge))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        page = self._page
        if page is None or page.exact or self._moving:
            return
        start = page.row(self.scroll_offset.y).start
        self._unmoved(page, partial(page.measure_around, start, _AROUND * max(1, self._window)))

    @property
    def _moving(self) -> bool:
        """Whether somebody's hand is on the scroll bar, or Textual is on its way to a row."""
        held = self.show_vertical_scrollbar and self.vertical_scrollbar.grabbed is not None
        return held or self.app.animator.is_being_animated(self, "scroll_y")

    def _unmoved(self, page: Page, change: Callable[[], None]) -> None:
        """Do what gives rows other numbers, and leave the window where it is in the text."""
        row: Row = page.row(self.scroll_offset.y)
        held, scroll = self._held, self.scroll_offset.y
        change()
        self._fit(page, page.row_of(row.start) - (row.line is None))
        if held is not None and held.scroll == scroll:
            self._held = _Held(held.offset, held.row, self.scroll_offset.y)

    # Counting

    def _count_rest(self, quiet: float = 0.0) -> None:
        """Count the rows of the whole text in a thread, after `quiet` seconds in which nothing else is asked."""
        self._cancel_count()
        if self._page is None or self._page.exact:
            return
        if quiet:
            self._waiting = self.set_timer(quiet, self._count)
        else:
            self._count()

    def _cancel_count(self) -> None:
        self._ticket += 1
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        if self.is_attached:
            self.workers.cancel_group(self, "count")

    def _count(self) -> None:
        page = self._page
        if page is None:
            return
        job = partial(self._count_pieces, self._ticket, page.text, page.pieces, page.width, page.kinds)
        self.run_worker(job, group="count", thread=True, exclusive=True)

    def _count_pieces(self, ticket: int, text: str, pieces: Pieces, width: int, kinds: Kinds) -> None:
        """In a thread of its own: touches nothing but what it is given."""
        worker = get_current_worker()
        first, rows, told = 0, list[int](), monotonic()
        for piece in range(len(pieces)):
            if worker.is_cancelled:
                return
            rows.append(count_piece(text, pieces, piece, width, kinds))
            if monotonic() - told > _BATCH:
                self.post_message(self.Counted(ticket, first, rows))
                first, rows, told = piece + 1, [], monotonic()
            sleep(_BREATH)
        self.post_message(self.Counted(ticket, first, rows))

    def on_page_view_counted(self, message: Counted) -> None:
        page = self._page
        if page is None or message.ticket != self._ticket:
            return
        if self._moving:
            self.set_timer(_BATCH, partial(self.post_message, message))
            return
        self._unmoved(page, partial(page.measure, message.first, message.rows))
