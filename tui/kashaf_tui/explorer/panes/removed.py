"""An article's lines with those that were removed from its file where they stood, each with the rule that says so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from kashaf.bidi.layout import Cell, Options
from kashaf.corpus.article import Article, RemovedLine
from kashaf.corpus.lines import Decision, LineDecisions, article_scope
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.evidence_words import removal_words
from kashaf_tui.explorer.widgets.mirror import base_of, runs_rtl
from kashaf_tui.explorer.widgets.page_view import MARGIN, PageView
from kashaf_tui.explorer.widgets.paint import empty_line, isolated, paint, path_words
from kashaf_tui.explorer.wording import Wording

State = Literal["kept", "back", "removed"]

_SIGNS: Final[dict[State, str]] = {"kept": "", "back": "+ ", "removed": "− "}


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of the view: `[start, end)` in the view's own text, its words up to `label`.

    at: where it stands, or stood, in the article's text. gone: what is known of a removed one.
    """

    start: int
    label: int
    end: int
    at: int
    state: State
    gone: RemovedLine | None = None


@dataclass(frozen=True, slots=True)
class FileLines:
    """The view's text and its lines. title: how many lines at the beginning are the article's title."""

    article: Article
    text: str
    lines: tuple[FileLine, ...]

    def words(self, line: FileLine) -> str:
        """The line as the file has it."""
        if line.gone is not None:
            return line.gone.text
        return self.text[line.start + len(_SIGNS[line.state]) : line.label]

    def is_title(self, line: FileLine) -> bool:
        return line.gone is None and line.at < self.article.body_start


def file_lines(say: Wording, article: Article, decisions: LineDecisions) -> FileLines:
    """The lines of the article and the removed ones between them. Linear in the text."""
    source = article.provenance
    here = article_scope(source.sha256, source.member)
    decided = decisions.touches(here, source.scope)
    found: list[FileLine] = []
    parts: list[str] = []
    length = 0
    for text, at, gone in _in_order(article):
        decision = decisions.decision(gone.text if gone else text, here, source.scope) if decided else None
        state: State = "removed" if gone else "kept"
        if gone is None and decision is not None and decision.verdict == "keep":
            state = "back"
        written = _SIGNS[state] + text
        label = _label(say, article, state, gone, decision)
        whole = f"{written}  {isolated(f'[{label}]')}" if label else written
        found.append(FileLine(length, length + len(written), length + len(whole), at, state, gone))
        parts.append(whole)
        length += len(whole) + 1
    return FileLines(article, "\n".join(parts), tuple(found))


def _in_order(article: Article) -> Iterator[tuple[str, int, RemovedLine | None]]:
    """Kept and removed lines as they stood: text, offset in the article's text, and what was removed."""
    removed = sorted(article.provenance.removed, key=lambda gone: (gone.at, gone.line))
    start = at = 0
    for line in article.text.split("\n"):
        while at < len(removed) and removed[at].at <= start:
            yield removed[at].text.replace("\n", " "), start, removed[at]
            at += 1
        yield line, start, None
        start += len(line) + 1
    for gone in removed[at:]:
        yield gone.text.replace("\n", " "), len(article.text), gone


def _label(
    say: Wording, article: Article, state: State, gone: RemovedLine | None, decision: Decision | None
) -> str:
    """What is said beside a line: why it is not in the article, or why it is."""
    if state == "kept":
        return ""
    where = ""
    if decision is not None and decision.by == "analyst":
        where = scope_words(say, article, decision.scope)
    parts = (
        [say("brought back"), where]
        if gone is None
        else [say("line", n=gone.line), removal_words(say, gone.rule), where]
    )
    return " · ".join(filter(None, parts))


def scope_words(say: Wording, article: Article, scope: str) -> str:
    """For which articles a decision holds."""
    source = article.provenance
    if scope == article_scope(source.sha256, source.member):
        return say("in this article")
    if scope == source.scope:
        folder = scope.removeprefix("folder:")
        if folder != scope:
            return say("in the folder", folder=path_words(folder))
        return say("in the outlet", outlet=isolated(sanitise_line(scope.removeprefix("outlet:"))))
    return say("in every article")


class RemovedView(PageView):
    """One of the lines is selected: it has a bar at its edge. Kept lines are plain; signs tell the others."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "removed--gone",
        "removed--back",
        "removed--label",
        "removed--title",
        "removed--selected",
    }

    @dataclass
    class Moved(Message):
        """Another line is selected."""

        view: RemovedView

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.shown: FileLines | None = None
        self.selected = 0
        self.empty = empty

    # What is shown

    def show(self, shown: FileLines, at: int | None = None) -> None:
        """Show these lines, with the first one from the offset `at` of the article's text selected."""
        self.shown = shown
        self.selected = self._near(at) if at is not None else 0
        self.caret = shown.lines[self.selected].start
        self.open_page(shown.text, 0)
        self.select(self.selected)

    def _near(self, at: int) -> int:
        """The kept line that holds an offset; of several lines there, the last, which is the kept one."""
        assert self.shown is not None
        return max(0, bisect_right(self.shown.lines, at, key=lambda one: one.at) - 1)

    @property
    def lines(self) -> Sequence[FileLine]:
        return self.shown.lines if self.shown is not None else ()

    @property
    def current(self) -> FileLine | None:
        return self.lines[self.selected] if self.selected < len(self.lines) else None

    # Moving

    def select(self, index: int) -> None:
        """Select a line and bring it into view: all of it, if there is room for it."""
        if not self.lines:
            return
        self.selected = max(0, min(index, len(self.lines) - 1))
        line = self.lines[self.selected]
        self.caret = line.start
        self.reveal()
        page, height = self.page, self.scrollable_content_region.height
        if page is not None and height:
            first, last = page.row_of(line.start), page.row_of(max(line.start, line.end - 1))
            below = min(last, first + height - 1) - (self.scroll_offset.y + height - 1)
            if below > 0:
                self.turn(below)
        self.refresh()
        self.post_message(self.Moved(self))

    def action_line(self, step: int) -> None:
        """The next line; through one that is longer than the window, row by row."""
        line, page, height = self.current, self.page, self.scrollable_content_region.height
        if line is None or page is None:
            return
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + height - 1
        first, last = page.row_of(line.start), page.row_of(max(line.start, line.end - 1))
        more = last > bottom if step > 0 else first < top
        if last - first >= height and more and first <= bottom and last >= top:
            self.turn(step)
            return
        self.select(self.selected + step)

    def action_removed(self, step: int) -> None:
        """The next line that was removed or brought back."""
        here = self.selected
        ahead = range(here + 1, len(self.lines)) if step > 0 else range(here - 1, -1, -1)
        for index in ahead:
            if self.lines[index].state != "kept":
                self.select(index)
                return

    def action_page(self, step: int) -> None:
        page, height = self.page, self.scrollable_content_region.height
        if page is None or not self.lines:
            return
        rows = step * max(1, height - 1)
        self.turn(rows)
        at = page.row(max(0, min(page.height - 1, page.row_of(self.caret) + rows))).start
        index = bisect_right(self.lines, at, key=lambda one: one.start) - 1
        if index == self.selected:
            index += step if self.scroll_offset.y in (0, self.max_scroll_y) else 0
        self.selected = max(0, min(index, len(self.lines) - 1))
        self.caret = self.lines[self.selected].start
        self.refresh()
        self.post_message(self.Moved(self))

    def action_edge(self, step: int) -> None:
        self.select(0 if step < 0 else len(self.lines) - 1)

    def on_click(self, event: events.Click) -> None:
        offset, page = event.get_content_offset(self), self.page
        if offset is None or page is None:
            return
        at = page.row(min(page.height - 1, offset.y + self.scroll_offset.y)).start
        self.select(bisect_right(self.lines, at, key=lambda one: one.start) - 1)

    # Drawing

    def render_line(self, y: int) -> Strip:
        width, page, base = self.scrollable_content_region.width, self.page, self.rich_style
        if page is None or self.shown is None:
            return empty_line(self.empty, y, width, base, Options(base=base_of(self)))
        at = y + self.scroll_offset.y
        if at >= page.height or (row := page.row(at)).line is None:
            return Strip.blank(width, base)
        index = max(0, bisect_right(self.lines, row.start, key=lambda one: one.start) - 1)
        line, chosen = self.lines[index], index == self.selected
        if chosen:
            base = base + self._component("selected")
        words = self._words(line, base)
        label = base + self._component("label")

        def style_of(cell: Cell) -> Style:
            return label if row.offset + cell.start >= line.label else words

        text = paint(row.line, page.width, base, style_of)
        mirrored = runs_rtl(self)
        bar = Segment(("▌" if mirrored else "▐") if chosen else " ", base)
        edge = [bar, Segment(" ", base)] if mirrored else [Segment(" ", base), bar]
        margin = Strip(edge, MARGIN)
        return Strip.join([margin, text] if mirrored else [text, margin])

    def _words(self, line: FileLine, base: Style) -> Style:
        assert self.shown is not None
        if line.state == "removed":
            return base + self._component("gone")
        if line.state == "back":
            return base + self._component("back")
        return base + self._component("title") if self.shown.is_title(line) else base

    def _component(self, name: str) -> Style:
        return self.get_component_rich_style(f"removed--{name}", partial=True)
