"""The article: right-aligned, wrapped, with hits, entities, notes, and a mark that grows by keyboard and mouse."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import ClassVar, Final

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from kashaf.bidi.layout import Options
from kashaf.corpus.article import Article
from kashaf_tui.explorer.guard import Guarded
from kashaf_tui.explorer.marking import Find, Mark, Span, Unit, neighbour
from kashaf_tui.explorer.panes.painter import NO_SPANS, Painter
from kashaf_tui.explorer.panes.pointer import Pointer
from kashaf_tui.explorer.widgets.kinds import Kinds
from kashaf_tui.explorer.widgets.mirror import base_of, runs_rtl
from kashaf_tui.explorer.widgets.noted import Noted, notes_at
from kashaf_tui.explorer.widgets.page import Layer, Page
from kashaf_tui.explorer.widgets.page_view import MARGIN, PageView
from kashaf_tui.explorer.widgets.paint import empty_line
from kashaf_tui.explorer.widgets.swift import bare_lines, finisher

_NAMED: Final = (Layer.PERSON, Layer.PLACE, Layer.ORGANIZATION, Layer.DATE, Layer.NUMBER)
_STRIPS: Final = 4  # windows whose drawn rows are kept
_AHEAD: Final = 0.003  # seconds of drawing ahead before somebody else may have the thread, and as many after


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader shows of an article: the spans of every layer, all in offsets of its text."""

    article: Article
    hits: tuple[Span, ...] = ()
    entities: dict[Layer, tuple[Span, ...]] = field(default_factory=dict)
    noted: tuple[Noted, ...] = ()

    @property
    def notes(self) -> tuple[Span, ...]:
        """The words that notes stand on."""
        return tuple((one.start, one.end) for one in self.noted)


class Reader(PageView):
    """Keeps its place by text offset. The caret is seen only while the reader has the focus."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--title",
        "reader--standfirst",
        "reader--heading",
        "reader--quote",
        "reader--caption",
        "reader--hit",
        "reader--current",
        "reader--person",
        "reader--place",
        "reader--organization",
        "reader--date",
        "reader--number",
        "reader--note",
        "reader--notes",
        "reader--unsure",
        "reader--margin",
        "reader--mark",
        "reader--caret",
    }

    @dataclass
    class Moved(Message):
        """The caret came to another hit or place."""

        reader: Reader

    @dataclass
    class Asked(Message):
        """The analyst wants something done with the article: an action of the registry's article place."""

        reader: Reader
        wish: str

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.reading: Reading | None = None
        self.mark: Mark | None = None
        self.empty = empty
        self._goal: int | None = None
        self._pointing = False
        self._pointer = Pointer(self)
        self._painter = Painter(self)
        self._ahead = range(0)

    # What is shown

    def show(self, reading: Reading | None, caret: int | None = None) -> None:
        """Show an article at `caret`, or at its first hit, or at its beginning."""
        self.reading = reading
        self.mark = None
        self._goal = None
        self._pointing = False
        self._pointer.release()
        if reading is None:
            self.close_page()
            self.virtual_size = Size(0, 0)
            self.refresh()
            return
        article = reading.article
        first_hit = reading.hits[0][0] if reading.hits else 0
        self.caret = min(first_hit if caret is None else caret, max(0, len(article.text) - 1))
        self.open_page(article.text, article.body_start, Kinds.of(article))

    def teach(self, text: str) -> None:
        """Say something where there is no article."""
        self.empty = text
        self.show(None)

    def update(self, reading: Reading) -> None:
        """The same article with other spans: nothing moves."""
        self.reading = reading
        if self._page is not None:
            self._paint_layers(self._page)
        self._painter.forget()
        self.refresh()

    @property
    def span(self) -> Span | None:
        """What is marked."""
        return self.mark.span if self.mark else None

    def noted_here(self) -> list[Noted]:
        """The notes under the caret, the innermost first."""
        return notes_at(self.reading.noted, self.caret) if self.reading is not None else []

    @property
    def hit_number(self) -> int | None:
        """Which hit the caret is on, from 1; None between hits."""
        hits = self.reading.hits if self.reading else ()
        number = bisect_right(hits, self.caret, key=_start)
        return number if number and self.caret < hits[number - 1][1] else None

    def page_changed(self) -> None:
        self._painter.forget()
        super().page_changed()

    def page_opened(self, page: Page) -> None:
        self._paint_layers(page)

    def _paint_layers(self, page: Page) -> None:
        if self.reading is None:
            return
        page.paint(Layer.HIT, self.reading.hits)
        page.paint(Layer.NOTE, self.reading.notes)
        self._painter.noted = self.reading.noted
        for layer in _NAMED:
            page.paint(layer, self.reading.entities.get(layer, ()))

    # Drawing

    def notify_style_update(self) -> None:
        self._painter.forget_styles()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        self._painter.new_frame()
        lines = bare_lines(self, crop, self.render_line)
        return super().render_lines(crop) if lines is None else lines

    def render_line(self, y: int) -> Strip:
        width, page = self.scrollable_content_region.width, self._page
        if page is None or self.reading is None:
            return empty_line(self.empty, y, width, self.rich_style, Options(base=base_of(self)))
        at = y + self.scroll_offset.y
        if at >= page.height or (row := page.row(at)).line is None:
            return Strip.blank(width, self._painter.base)
        caret = (self.caret, self.caret + 1) if self.has_focus or self._pointing else None
        spans = (caret if self.mark is None else None, self.span, self._current_hit())
        return self._painter.draw(page, row, spans, _STRIPS * max(1, self._window))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        height, top = self._window, self.scroll_offset.y
        start = top + height if new_value > old_value else top - height
        if not self._ahead:
            self.call_after_refresh(self._draw_ahead)
        self._ahead = range(start, start + height)

    def _draw_ahead(self) -> None:
        """Draw what a page in the same direction would show, while nobody waits for anything."""
        page, rows = self._page, self._ahead
        self._ahead = range(0)
        if page is None or not page.exact:
            return
        until = monotonic() + _AHEAD
        finish = finisher(self)
        for at in rows:
            if monotonic() > until:
                self._ahead = range(at, rows.stop)
                self.set_timer(_AHEAD, self._draw_ahead)
                return
            if 0 <= at < page.height and (row := page.row(at)).line is not None:
                strip = finish(self._painter.draw(page, row, NO_SPANS, _STRIPS * max(1, self._window)))
                if isinstance(self.app, Guarded):
                    self.app.prepare(strip)

    def _current_hit(self) -> Span | None:
        number = self.hit_number
        return self.reading.hits[number - 1] if self.reading and number else None

    # Moving

    def go_to(self, offset: int) -> None:
        """Put the caret at an offset and bring it into view."""
        if self.reading is None:
            return
        self.caret = min(max(0, offset), max(0, len(self.reading.article.text) - 1))
        self._goal = None
        self.reveal()
        self.refresh()
        self.post_message(self.Moved(self))

    def _to_row(self, at: int) -> None:
        assert self._page is not None
        if self._goal is None:
            self._goal = self._page.position(self.caret)[1]
        goal = self._goal
        step = 1 if at >= self._page.row_of(self.caret) else -1
        self.go_to(self._page.offset_at(self._page.text_row(at, step), goal))
        self._goal = goal

    def action_line(self, step: int) -> None:
        if self._page is None:
            return
        if self.mark is not None:
            row = self._page.text_row(self._page.row_of(self.mark.reach[0]) + step, step)
            target = self._page.offset_at(row, self._page.width // 2)
            self.set_mark(Mark(self.mark.anchor, neighbour(self._page.text, "word", target, 0), "word"))
            return
        self._to_row(self._page.row_of(self.caret) + step)

    def action_page(self, step: int) -> None:
        if self._page is not None:
            rows = step * max(1, self.scrollable_content_region.height - 1)
            at = self._page.row_of(self.caret) + rows
            self.turn(rows)
            self._to_row(at)

    def action_edge(self, step: int) -> None:
        if self._page is not None:
            self.go_to(0 if step < 0 else len(self._page.text) - 1)

    def action_letter(self, side: str) -> None:
        if self._page is None:
            return
        offset = self.mark.reach[0] if self.mark else self.caret
        line = self._page.row(self._page.row_of(offset)).line
        step = 1 if (line is not None and line.rtl) == (side == "left") else -1
        if self.mark is not None:
            self.set_mark(self.mark.widen(self._page.text, "letter", step))
        else:
            self.go_to(self.caret + step)

    def action_unit(self, unit: Unit, step: int) -> None:
        if self._page is None:
            return
        find: Find = self._page.line_span if unit == "line" else partial(neighbour, self._page.text, unit)
        if self.mark is not None:
            self.set_mark(self.mark.widen(self._page.text, unit, step, find))
        else:
            self.go_to(find(self.caret, step)[0])

    def action_hit(self, step: int) -> None:
        if self.reading is None or not self.reading.hits:
            return
        hits = self.reading.hits
        after, before = (
            bisect_right(hits, self.caret, key=_start),
            bisect_left(hits, self.caret, key=_start) - 1,
        )
        self.mark = None
        self.go_to(hits[(after if step > 0 else before) % len(hits)][0])

    def next_of(self, spans: Sequence[Span]) -> None:
        """Go to the first of `spans` after the caret, or round to the first of all."""
        if spans:
            self._pointing = True
            self.go_to(next((start for start, _ in spans if start > self.caret), spans[0][0]))

    # Marking, and what is asked of the screen

    def action_mark(self) -> None:
        if self._page is not None and self._page.text:
            self.set_mark(None if self.mark else Mark.begin(self._page.text, self.caret))

    def set_mark(self, mark: Mark | None) -> None:
        """Mark something else, or nothing; the caret goes to the end that moves."""
        self.mark = mark
        if mark is not None:
            self.caret = mark.reach[0]
            self.reveal()
        self.refresh()
        self.post_message(self.Moved(self))

    def cancel_mark(self) -> bool:
        """Whether there was a mark to cancel."""
        had = self.mark is not None
        self.set_mark(None)
        return had

    def _ask(self, wish: str) -> None:
        self.post_message(self.Asked(self, wish))

    def action_copy(self) -> None:
        self._ask("copy")

    def action_tashkeel(self) -> None:
        self._ask("tashkeel")

    def action_result(self, step: int) -> None:
        self._ask("next" if step > 0 else "previous")

    # The mouse

    @property
    def text_column(self) -> int:
        """Where the text begins, from the left edge of what the scroll bar leaves."""
        return MARGIN if runs_rtl(self) else 0

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pointer.press(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._pointer.move(event)

    def on_mouse_up(self) -> None:
        self._pointer.release()

    def on_click(self, event: events.Click) -> None:
        self._pointer.click(event)


def _start(span: Span) -> int:
    return span[0]
