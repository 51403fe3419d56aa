"""The article: right-aligned, wrapped, with hits, entities, notes, and a mark that grows by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kashaf.bidi.layout import Cell, Options
from kashaf.corpus.article import Article
from kashaf_tui.explorer.marking import Mark, Span, Unit, neighbour
from kashaf_tui.explorer.widgets.page import Layer, Page
from kashaf_tui.explorer.widgets.paint import empty_line, paint

_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader shows of an article: the spans of every layer, all in offsets of its text."""

    article: Article
    hits: tuple[Span, ...] = ()
    entities: dict[Layer, tuple[Span, ...]] = field(default_factory=dict)
    notes: tuple[Span, ...] = ()


class Reader(ScrollView, can_focus=True):
    """Keeps its place by text offset. The caret is seen only while the reader has the focus."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--title",
        "reader--hit",
        "reader--current",
        "reader--person",
        "reader--place",
        "reader--organization",
        "reader--note",
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
        self.options = Options()
        self.caret = 0
        self.mark: Mark | None = None
        self.empty = empty
        self._page: Page | None = None
        self._goal: int | None = None
        self._pointing = False

    # What is shown

    def show(self, reading: Reading | None, caret: int | None = None) -> None:
        """Show an article at `caret`, or at its first hit, or at its beginning."""
        self.reading = reading
        self.mark = None
        self._pointing = False
        self._page = None
        if reading is None:
            self.virtual_size = Size(0, 0)
            self.refresh()
            return
        first_hit = reading.hits[0][0] if reading.hits else 0
        self.caret = min(first_hit if caret is None else caret, max(0, len(reading.article.text) - 1))
        self._relayout(top=caret is None)

    def teach(self, text: str) -> None:
        """Say something where there is no article."""
        self.empty = text
        self.show(None)

    def update(self, reading: Reading) -> None:
        """The same article with other spans: nothing moves."""
        self.reading = reading
        self._paint_layers()
        self.refresh()

    def set_options(self, options: Options) -> None:
        self.options = options
        self._page = None
        self._relayout()

    def on_resize(self) -> None:
        self._relayout()

    @property
    def span(self) -> Span | None:
        """What is marked."""
        return self.mark.span if self.mark else None

    @property
    def hit_number(self) -> int | None:
        """Which hit the caret is on, from 1; None between hits."""
        if self.reading is None:
            return None
        return next(
            (at for at, (start, end) in enumerate(self.reading.hits, 1) if start <= self.caret < end), None
        )

    def _relayout(self, *, top: bool = False) -> None:
        width = self.scrollable_content_region.width - _MARGIN
        if self.reading is None or width < 4:
            return
        if self._page is None or self._page.width != width:
            article = self.reading.article
            self._page = Page(article.text, width, self.options, article.body_start)
            self.virtual_size = Size(width, len(self._page.rows))
            self._paint_layers()
        self._reveal(centre=not top)
        self.refresh()

    def _paint_layers(self) -> None:
        if self._page is None or self.reading is None:
            return
        self._page.paint(Layer.HIT, self.reading.hits)
        self._page.paint(Layer.NOTE, self.reading.notes)
        for layer in (Layer.PERSON, Layer.PLACE, Layer.ORGANIZATION):
            self._page.paint(layer, self.reading.entities.get(layer, ()))

    # Drawing

    def render_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.rich_style
        page, reading = self._page, self.reading
        if page is None or reading is None:
            return empty_line(self.empty, y, width, base)
        at = y + self.scroll_offset.y
        if at >= len(page.rows) or page.rows[at].line is None:
            return Strip.blank(width, base)
        row = page.rows[at]
        line = row.line
        assert line is not None
        mark = self.span
        caret = self.caret if (self.has_focus or self._pointing) and mark is None else -1
        here = self._current_hit()
        styles: dict[tuple[int, bool, bool, bool], Style] = {}

        def style_of(cell: Cell) -> Style:
            start, end = row.offset + cell.start, row.offset + cell.end
            key = (
                page.layers_of(row, cell),
                start <= caret < end,
                mark is not None and mark[0] < end and start < mark[1],
                here is not None and here[0] < end and start < here[1],
            )
            if key not in styles:
                styles[key] = self._style(base, *key)
            return styles[key]

        text = paint(line, page.width, base, style_of)
        noted = page.has_layer(row, Layer.NOTE)
        edge = self.get_component_rich_style("reader--note", partial=True) if noted else Style()
        return Strip.join(
            [text, Strip([Segment(" ", base), Segment("▐" if noted else " ", base + edge)], _MARGIN)]
        )

    def _style(self, base: Style, layers: int, caret: bool, marked: bool, current: bool) -> Style:
        names = [
            name
            for layer, name in (
                (Layer.TITLE, "title"),
                (Layer.PERSON, "person"),
                (Layer.PLACE, "place"),
                (Layer.ORGANIZATION, "organization"),
                (Layer.NOTE, "note"),
                (Layer.HIT, "hit"),
            )
            if layers & layer
        ]
        names += ["current"] * (current and bool(layers & Layer.HIT)) + ["mark"] * marked + ["caret"] * caret
        for name in names:
            base = base + self.get_component_rich_style(f"reader--{name}", partial=True)
        return base

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
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(self))

    def _reveal(self, *, centre: bool = False) -> None:
        if self._page is None:
            return
        at = self._page.row_of(self.caret)
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        if not height or top <= at < top + height:
            return
        edge = at if at < top else at - height + 1
        target = at - height // 3 if centre or abs(at - top) > 2 * height else edge
        self.scroll_to(y=max(0, target), animate=False)

    def _to_row(self, at: int) -> None:
        assert self._page is not None
        if self._goal is None:
            self._goal = self._page.position(self.caret)[1]
        goal = self._goal
        step = 1 if at >= self._page.row_of(self.caret) else -1
        self.go_to(self._page.offset_at(self._text_row(at, step), goal))
        self._goal = goal

    def _text_row(self, at: int, step: int) -> int:
        """The row `at`, or the next one in the direction of `step` that has text."""
        assert self._page is not None
        at = max(0, min(len(self._page.rows) - 1, at))
        while 0 < at < len(self._page.rows) - 1 and self._page.rows[at].line is None:
            at += step
        return at

    def action_line(self, step: int) -> None:
        if self._page is None:
            return
        if self.mark is not None:
            row = self._text_row(self._page.row_of(self.mark.reach[0]) + step, step)
            target = self._page.offset_at(row, self._page.width // 2)
            self._set_mark(Mark(self.mark.anchor, neighbour(self._page.text, "word", target, 0), "word"))
            return
        self._to_row(self._page.row_of(self.caret) + step)

    def action_page(self, step: int) -> None:
        if self._page is not None:
            self._to_row(
                self._page.row_of(self.caret) + step * max(1, self.scrollable_content_region.height - 1)
            )

    def action_edge(self, step: int) -> None:
        if self._page is not None:
            self.go_to(0 if step < 0 else len(self._page.text) - 1)

    def action_letter(self, side: str) -> None:
        if self._page is None:
            return
        offset = self.mark.reach[0] if self.mark else self.caret
        line = self._page.rows[self._page.row_of(offset)].line
        step = 1 if (line is not None and line.rtl) == (side == "left") else -1
        if self.mark is not None:
            self._set_mark(self.mark.widen(self._page.text, "letter", step))
        else:
            self.go_to(self.caret + step)

    def action_unit(self, unit: Unit, step: int) -> None:
        if self._page is None:
            return
        if self.mark is not None:
            self._set_mark(self.mark.widen(self._page.text, unit, step))
        else:
            self.go_to(neighbour(self._page.text, unit, self.caret, step)[0])

    def action_hit(self, step: int) -> None:
        if self.reading is None or not self.reading.hits:
            return
        hits = self.reading.hits
        if step > 0:
            start = next((start for start, _ in hits if start > self.caret), hits[0][0])
        else:
            start = next((start for start, _ in reversed(hits) if start < self.caret), hits[-1][0])
        self.mark = None
        self.go_to(start)

    def next_of(self, spans: Sequence[Span]) -> None:
        """Go to the first of `spans` after the caret, or round to the first of all."""
        if spans:
            self._pointing = True
            self.go_to(next((start for start, _ in spans if start > self.caret), spans[0][0]))

    # Marking, and what is asked of the screen

    def action_mark(self) -> None:
        if self._page is not None and self._page.text:
            self._set_mark(None if self.mark else Mark.begin(self._page.text, self.caret))

    def _set_mark(self, mark: Mark | None) -> None:
        self.mark = mark
        if mark is not None:
            self.caret = mark.reach[0]
            self._reveal()
        self.refresh()
        self.post_message(self.Moved(self))

    def cancel_mark(self) -> bool:
        """Whether there was a mark to cancel."""
        had = self.mark is not None
        self._set_mark(None)
        return had

    def _ask(self, wish: str) -> None:
        self.post_message(self.Asked(self, wish))

    def action_copy(self) -> None:
        self._ask("copy")

    def action_removed(self) -> None:
        self._ask("removed")

    def action_tashkeel(self) -> None:
        self._ask("tashkeel")

    def action_result(self, step: int) -> None:
        self._ask("next" if step > 0 else "previous")

    def on_click(self, event: events.Click) -> None:
        if self._page is not None:
            self.go_to(self._page.offset_at(event.y + self.scroll_offset.y, event.x))
