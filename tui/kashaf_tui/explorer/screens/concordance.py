"""F7: every match of the current query between its contexts, the words beside them, and how often they come."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.strip import Strip
from textual.widget import Widget

from kashaf.errors import KashafError
from kashaf_tui.explorer.action import Action
from kashaf_tui.explorer.actions import actions_of
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.flows.concordance import EARLY, VIEWS, ConcordanceFlow, Narrowing, View
from kashaf_tui.explorer.panes.concordance import CollocateRows, ConcordanceRows, FrequencyRows, LineRows
from kashaf_tui.explorer.screens.deciding import Deciding
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.widgets.mirror import Mirrored, runs_rtl
from kashaf_tui.explorer.widgets.paint import facts, isolated
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

# Of what works everywhere: what is done here. The rest belongs to the main screen, to which it leads back.
_HERE: Final = frozenset({"help", "back", "concordance", "app.leave", "undo", "redo"})
_ELSEWHERE: Final[tuple[Action, ...]] = tuple(
    action
    for action in actions_of("everywhere")
    if action.id not in _HERE and not action.id.startswith("pane")
)


PROGRESS_EVERY: Final = 0.4  # seconds


def _everywhere() -> list[BindingType]:
    """Keys of the main screen as they are here. Those of the lists themselves go before them."""
    here: list[BindingType] = [
        Binding(key, action.id, show=False)
        for action in actions_of("everywhere")
        if action.id in _HERE
        for key in action.keys
    ]
    return here + [
        Binding(key, f"elsewhere({at})", show=False)
        for at, action in enumerate(_ELSEWHERE)
        for key in action.keys
    ]


class Lines(Mirrored, LineRows):
    BINDINGS: ClassVar = bindings_for("concordance")


class Words(Mirrored, CollocateRows):
    BINDINGS: ClassVar = bindings_for("concordance")


class Counts(Mirrored, FrequencyRows):
    BINDINGS: ClassVar = bindings_for("concordance")


class Heading(Widget):
    """The names of a list's columns, above it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Heading { height: 1; }"

    def __init__(self, rows: ConcordanceRows[object]) -> None:
        super().__init__()
        self._rows = rows

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        inner = self._rows.scrollable_content_region.width - 2
        if y or inner <= 0:
            return Strip.blank(width, base)
        strip = self._rows.heading(inner, base + Style(bold=True))
        parts = [Strip.blank(1, base), strip, Strip.blank(max(0, width - inner - 1), base)]
        return Strip.join(reversed(parts) if runs_rtl(self) else parts)


class ConcordanceScreen(Deciding):
    """Shows what the flow knows. Leaving it keeps the flow as it is."""

    BINDINGS: ClassVar = _everywhere()
    CSS = """
    ConcordanceScreen #told { color: $text-muted; }
    ConcordanceScreen #about { color: $text-muted; }
    ConcordanceScreen ConcordanceRows {
        height: 1fr;
        scrollbar-gutter: stable;
    }
    ConcordanceScreen #sentence { display: none; background: $surface; height: 4; }
    .kwic--key { text-style: underline; }
    .sentence--match { text-style: bold reverse; }
    .sentence--note { text-style: underline; }
    """

    def __init__(self, say: Wording, flow: ConcordanceFlow) -> None:
        super().__init__(say, flow)
        self.head = Bar(base=say.base, id="head")
        self.told = Bar(base=say.base, id="told")
        self.lines = Lines(say, id="lines")
        self.words = Words(say, id="words")
        self.counts = Counts(say, id="counts")
        self.about = Bar(base=say.base, id="about")
        self.keys = KeyBar(say.language, id="keys")
        self._headings = {"collocates": Heading(self.words), "frequencies": Heading(self.counts)}  # type: ignore[arg-type]  # rows of any kind

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.told
        with Vertical(id="panes"):
            yield from self._headings.values()
            yield self.lines
            yield self.words
            yield self.counts
        yield self.sentence
        yield self.about
        yield self.keys
        yield self.too_small

    def on_mount(self) -> None:
        self.set_interval(PROGRESS_EVERY, self._show_progress)
        self.lines.options = self.flow.main.article.options
        self.keys.show_place("concordance")
        self.show_view(self.flow.view)

    def on_unmount(self) -> None:
        self.flow.stop()

    # Views

    @property
    def main_widget(self) -> ConcordanceRows[object]:
        return self.rows

    @property
    def rows(self) -> ConcordanceRows[object]:
        """The list in view."""
        lists = {"lines": self.lines, "collocates": self.words, "frequencies": self.counts}
        return lists[self.flow.view]  # type: ignore[return-value]  # rows of any kind

    def show_view(self, view: View) -> None:
        """Bring a view in front, and gather what it shows if that was not done."""
        flow = self.flow
        flow.view = view
        self.lines.display = view == "lines"
        self.words.display = view == "collocates"
        self.counts.display = view == "frequencies"
        for name, heading in self._headings.items():
            heading.display = view == name
        self.rows.focus()
        self.fill()
        if flow.known(view) is None and flow.query is not None and flow.gathering != view:
            self.run_worker(self._gather(view), group="concordance", exclusive=True)

    def _show_progress(self) -> None:
        """While articles are read: how far that is, and the first lines. While many lines are accepted: how far."""
        if self.flow.gathering is None:
            if self.flow.deciding.making is not None:
                self.tell()
            return
        if self.flow.view == "lines" and len(self.flow.early) > len(self.lines.rows) < EARLY:
            self.fill()
        else:
            self.tell()

    async def _gather(self, view: View) -> None:
        try:
            await self.flow.gather(view)
        except KashafError as error:
            if view == self.flow.view:
                self.rows.show([], self.say.told(error))
        else:
            if view == self.flow.view and self.flow.known(view) is not None:
                self.fill()

    def fill(self) -> None:
        """Show the rows of the view; the one that was selected stays so."""
        flow, say = self.flow, self.say
        known = flow.known(flow.view) is not None or flow.query is None
        match flow.view:
            case "lines":
                self.lines.sort = flow.sort
                kind = flow.query is not None and flow.found is not None and flow.found.lines
                empty = say("none of queue") if kind else say("no lines")
                self.lines.show(flow.lines(), empty if known else say("gathering"))
            case "collocates":
                self.words.show(flow.collocates(), say("no collocates") if known else say("gathering"))
            case "frequencies":
                self.counts.relative = flow.relative
                self.counts.show(flow.frequencies(), say("no lines") if known else say("gathering"))
        at = flow.at.pop(flow.view, None) if known else None
        if at is not None:
            self.call_after_refresh(self.rows.select, at)
        elif flow.view == "lines" and known and flow.resume():
            self.resume()
        self.show_sentence()
        self.tell()

    def tell(self) -> None:
        """The lines above and below the list."""
        flow, say = self.flow, self.say
        query = flow.query.text if flow.query is not None else ""
        self.head.show(
            f"{say(flow.view if flow.view != 'lines' else 'concordance')} · {query}", self._extent()
        )
        counted = self.counted() if flow.view == "lines" else ""
        self.told.show(" " + facts(self._how()), counted and counted + " ")
        self.about.show(" " + self._about(), "")
        for heading in self._headings.values():
            heading.refresh()

    def _extent(self) -> str:
        flow, say = self.flow, self.say
        done, total = flow.read_of
        if flow.gathering is not None and total:
            return say("gathering of", done=f"{done:,}", all=f"{total:,}")
        if flow.query is None or flow.found is None:
            return ""
        found = flow.found
        shown, total = len(found.lines), found.total
        lines = (
            say("lines", n=total)
            if shown == total
            else say("first lines", shown=f"{shown:,}", all=f"{total:,}")
        )
        return facts([lines, say("articles", n=found.articles), say(flow.query.rung)])

    def _how(self) -> list[str]:
        """In which order, narrowed to what, and how much was decided."""
        flow, say = self.flow, self.say
        match flow.view:
            case "lines":
                name, number = flow.sort.rstrip("123"), flow.sort[-1]
                order = say(f"sort {name}", n=number) if number.isdigit() else say(f"sort {name}")
                if flow.query is None:
                    return [order]
                return [*self.manner_words(), *self.queue_words(), *self._narrowing_words(), order]
            case "collocates":
                hidden = [] if flow.stop_words else [say("stop words hidden")]
                return [say("beside"), say(f"by {flow.measure}"), *hidden]
            case "frequencies":
                return [say("bars per million" if flow.relative else "bars matches")]

    def _narrowing_words(self) -> list[str]:
        narrowed, shown = self.flow.narrowed, f"{len(self.lines.rows):,}"
        if narrowed is None:
            return []
        if narrowed.ids:
            return [self.say("only listed", n=shown)]
        return [self.say("only", what=isolated(narrowed.shown), n=shown)]

    def _about(self) -> str:
        """What the selected line is from."""
        line = self.line
        if line is None:
            return ""
        say = self.say
        where = f"{self.lines.selected + 1:,}/{len(self.lines.rows):,}"
        date = line.published.isoformat() if line.published else say("no date")
        return facts([where, date, line.outlet or say("no outlet"), line.title])

    # Keys

    @on(RowList.Moved)
    def _on_moved(self) -> None:
        self.flow.at.pop(self.flow.view, None)
        self.show_sentence()
        self.tell()

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        """A line: read it there. A word, an outlet or a month: its lines."""
        if (line := self.line) is not None:
            self.flow.at["lines"] = self.lines.selected
            self.dismiss()
            self.app.call_later(partial(self.flow.read_line, line))
        elif (narrowing := self._narrowing()) is not None:
            self.flow.narrowed = narrowing
            self.flow.at[self.flow.view] = self.rows.selected
            self.show_view("lines")

    def _narrowing(self) -> Narrowing | None:
        if self.flow.view == "collocates" and self.words.current is not None:
            return Narrowing("word", self.words.current.form, self.words.current.word)
        row = self.counts.current if self.flow.view == "frequencies" else None
        if row is None or row.share is None or row.kind == "all":
            return None
        unnamed = self.say("no outlet" if row.kind == "outlet" else "no date")
        return Narrowing(row.kind, row.share.name, row.share.name or unnamed)

    @on(ConcordanceRows.Asked)
    def _on_asked(self, message: ConcordanceRows.Asked) -> None:
        flow = self.flow
        match message.wish:
            case "side":
                flow.next_side(message.how)
                flow.view = "lines"
            case "order":
                flow.next_order()
            case "stop words":
                flow.stop_words = not flow.stop_words
            case "show":
                (wanted,) = (view for view in VIEWS if view == message.how)
                self.show_view("lines" if wanted == flow.view else wanted)
                return
            case "view":
                at = VIEWS.index(flow.view) + int(message.how)
                self.show_view(VIEWS[at % len(VIEWS)])
                return
        self.show_view(flow.view)

    def action_back(self) -> None:
        """Out of the narrowing or the side view, if in one; else to where the analyst was."""
        if self.flow.view != "lines":
            self.show_view("lines")
        elif self.flow.narrowed is not None or self.flow.queue != "all":
            self.flow.narrowed = None
            self.flow.show_queue("all")
            self.fill()
        else:
            self.action_concordance()

    def action_concordance(self) -> None:
        """Back to the main screen."""
        self.flow.at = {"lines": self.lines.selected} if self.flow.view == "lines" else {}
        self.dismiss()

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.say, "concordance"))

    def action_undo(self) -> None:
        self.flow.deciding.undo()

    def action_redo(self) -> None:
        self.flow.deciding.redo()

    async def action_elsewhere(self, at: int) -> None:
        """Back to the main screen, and there what the key is for."""
        main, action = self.flow.main, _ELSEWHERE[at].id
        self.action_concordance()
        self.app.call_later(self.app.run_action, action, main)
