"""`W`: dated statements on one line of time, and the figures that articles give for one thing side by side."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from kashaf.entities.statements.model import Figure, Statement
from kashaf.errors import KashafError
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.flows.filtering import asked
from kashaf_tui.explorer.flows.timeline import VIEWS, TimelineFlow, View
from kashaf_tui.explorer.panes.sentence import SentenceView
from kashaf_tui.explorer.panes.timeline import ClaimRows, FigureRow, Heading, StatementRows
from kashaf_tui.explorer.panes.timeline_chart import TimelineChart
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.screens.titled import TitledScreen
from kashaf_tui.explorer.timeline_words import about_figure, about_statement, why_together
from kashaf_tui.explorer.widgets.bars import Bar
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.widgets.paint import facts, left_to_right
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

PROGRESS_EVERY: Final = 0.4  # seconds
LOOK_EVERY: Final = 12  # of these, before it is looked whether more has been read


class Statements(Mirrored, StatementRows):
    BINDINGS: ClassVar = bindings_for("timeline")


class Claims(Mirrored, ClaimRows):
    BINDINGS: ClassVar = bindings_for("claims")


class TimelineScreen(TitledScreen):
    """Shows what the flow knows. Leaving it keeps the flow as it is."""

    place: ClassVar[Place] = "timeline"
    fetched = False
    CSS = """
    TimelineScreen #told, TimelineScreen #line-about { color: $text-muted; }
    TimelineScreen RowList {
        height: 1fr;
        scrollbar-gutter: stable;
    }
    TimelineScreen #chart { display: none; height: 4; color: $text; margin: 0 0 1 0; }
    TimelineScreen.-roomy #chart { display: block; }
    TimelineScreen.-high #chart { display: block; height: 7; }
    TimelineScreen.-listed #chart { display: none; }
    TimelineScreen #sentence { height: 2; background: $surface; }
    TimelineScreen.-roomy #sentence { height: 3; }
    TimelineScreen.-high #sentence { height: 5; }
    TimelineScreen.-tiny #timeline-body, TimelineScreen.-flat #timeline-body { display: none; }
    TimelineScreen.-tiny #told, TimelineScreen.-flat #told { display: none; }
    TimelineScreen.-tiny #line-about, TimelineScreen.-flat #line-about { display: none; }
    .timeline--words { text-style: bold underline; }
    .timeline--sign { text-style: bold; color: $text-accent; }
    .timeline--axis { color: $text-muted; }
    .sentence--match { text-style: bold reverse; }
    .sentence--note { text-style: none; }
    """
    VERTICAL_BREAKPOINTS = [*TitledScreen.VERTICAL_BREAKPOINTS, (20, "-roomy"), (32, "-high")]  # noqa: RUF012 -- as Textual declares it

    def __init__(self, say: Wording, flow: TimelineFlow) -> None:
        super().__init__(say)
        self.flow = flow
        self.told = Bar(base=say.base, id="told")
        self.chart = TimelineChart(say, id="chart")
        self.statements = Statements(say, id="statements")
        self.claims = Claims(say, id="claim-rows")
        self.sentence = SentenceView(id="sentence")
        self._looked = 0

    @property
    def main_widget(self) -> Statements | Claims:
        return self.statements if self.flow.view == "timeline" else self.claims

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.told
        with Vertical(id="timeline-body"):
            yield self.chart
            yield self.statements
            yield self.claims
            yield self.sentence
        yield self.about
        yield self.keys
        yield self.too_small

    def opened(self) -> None:
        self.set_interval(PROGRESS_EVERY, self._look)
        self.show_view(self.flow.view)

    def on_unmount(self) -> None:
        self.flow.stop()

    # Views

    def show_view(self, view: View) -> None:
        """Bring a view in front, and gather what it shows if that was not done."""
        flow = self.flow
        flow.view = view
        self.statements.display = view == "timeline"
        self.claims.display = view == "claims"
        self.keys.show_place(view)
        self.main_widget.focus()
        self.fill()
        self.fetched = flow.known(view)
        if not self.fetched:
            start(self, partial(self._gather, view), "timeline", exclusive=True)

    async def _gather(self, view: View, *, anew: bool = False) -> None:
        try:
            await self.flow.gather(view, anew=anew)
        except KashafError as error:
            if view == self.flow.view:
                self.main_widget.show([], self._empty() if self.flow.main.is_empty else self.say.told(error))
                self._tell()
        else:
            if view == self.flow.view:
                self.fill()
        self.fetched = True

    def _look(self) -> None:
        """How far the gathering is; and whether more has been read meanwhile."""
        self._looked += 1
        if self.flow.gathering is not None:
            self._tell()
        elif self._looked % LOOK_EVERY == 0 and self.flow.is_old:
            start(self, partial(self._gather, self.flow.view, anew=True), "timeline", exclusive=True)

    def fill(self) -> None:
        """Show the rows of the view; the one that was selected stays so."""
        flow = self.flow
        if flow.view == "timeline":
            self.statements.show(flow.rows(), self._empty())
        else:
            self.claims.show(flow.claim_rows(), self._empty())
        self.set_class(not flow.charted, "-listed")
        rows = self.main_widget
        if rows.rows and (key := flow.at.pop(flow.view, None)) is not None:
            at = next((at for at, row in enumerate(rows.rows) if rows.key(row) == key), 0)  # type: ignore[arg-type]  # rows of either kind
            self.call_after_refresh(rows.select, at)
            self.call_after_refresh(self._show_row)
        self._show_row()

    def _empty(self) -> str:
        """Why there are no rows, and what to do about it."""
        flow, say = self.flow, self.say
        if flow.main.is_empty:
            return say("no articles")
        if flow.stopped:
            return say("gathering stopped")
        if not flow.known(flow.view):
            return say("gathering dates" if flow.view == "timeline" else "gathering claims")
        scope = flow.scope
        if scope is not None and not scope.ids:
            return say("no results in time")
        if scope is not None and scope.pending and scope.pending == len(scope.ids):
            return say("none read")
        if flow.view == "timeline":
            return say("no statements in" if flow.limited else "no statements")
        return say("no conflicts" if flow.differing and flow.compared else "no claims")

    # The lines about the list

    def _show_row(self) -> None:
        """The sentence, the chart and the lines about the selected row."""
        row = self.main_widget.current
        options = self.flow.main.article.options
        one = self._one
        if one is None:
            self.sentence.show("", (0, 0), (0, 0), options)
        else:
            span = one.date_span if isinstance(one, Statement) else one.number_span
            self.sentence.show(one.text, span, (0, 0), options)
        if isinstance(row, FigureRow):
            self.chart.show(self.flow.plane(row.claim, self.say("of one day")))
        else:
            self.chart.show(self.flow.columns(row, self._zoom_words()))
        self._tell()

    def _zoom_words(self) -> str:
        """What a column is, and the way of the axis where it is not that of the dates."""
        say = self.say
        told = [say(f"zoom {self.flow.zoom or 'month'}")]
        return facts([*told, say("axis from right")] if say.base == "rtl" else told)

    def _tell(self) -> None:
        flow, say = self.flow, self.say
        self.head.show(f"{say(flow.view)} · {self._of_what()}", self._extent())
        self.told.show(" " + facts(self._how()), "")
        one, at = self._one, self.main_widget.selected + 1
        where = f"{at:,}/{len(self.main_widget.rows):,}"
        if one is None:
            self.about.show("", "")
        elif isinstance(one, Statement):
            self.about.show(" " + facts([where, *about_statement(one, say)]), "")
        else:
            self.about.show(" " + facts([where, *about_figure(one, say)]), "")

    @property
    def _one(self) -> Statement | Figure | None:
        """The selected statement or figure; of a claim's heading its first figure."""
        row = self.main_widget.current
        if isinstance(row, FigureRow):
            return row.figure or row.claim.figures[0]
        return row if isinstance(row, Statement) else None

    def _of_what(self) -> str:
        flow = self.flow
        if flow.article:
            return self.say("of one article")
        return asked(self.say, flow.query) or self.say("of every article")

    def _extent(self) -> str:
        """How far the gathering is; then how much there is."""
        flow, say = self.flow, self.say
        done, total = flow.read_of
        if flow.gathering is not None:
            return say("gathering of", done=f"{done:,}", all=f"{total:,}") if total else say("gathering")
        told = []
        if flow.view == "timeline" and flow.found is not None:
            told.append(say("statements n", n=len(flow.found)))
        elif flow.view == "claims" and flow.compared is not None:
            told.append(say("claims n", n=len(flow.compared)))
            told.append(say("in conflict n", n=sum(one.verdict == "conflict" for one in flow.compared)))
        if flow.scope is not None:
            told.append(say("articles", n=len(flow.scope.ids)))
            if flow.scope.pending:
                told.append(say("not read n", n=flow.scope.pending))
        return facts(told)

    def _how(self) -> list[str]:
        """How the list is looked at; of a claim, why its figures stand together."""
        flow, say = self.flow, self.say
        if flow.view == "claims":
            row = self.claims.current
            why = [why_together(row.claim, say)] if row is not None else []
            return [*([say("only differing")] if flow.differing else []), *why]
        first = left_to_right(flow.first.isoformat()) if flow.first else ""
        last = left_to_right(flow.last.isoformat()) if flow.last else ""
        told = [say(f"zoom {flow.zoom or 'month'}")]
        if first and last:
            told.append(say("only time", first=first, last=last))
        elif first or last:
            told.append(say("only from", first=first) if first else say("only until", last=last))
        return [*told, say("signs of dates")]

    # Keys

    @on(RowList.Moved)
    def _on_moved(self) -> None:
        self.flow.at.pop(self.flow.view, None)
        self._show_row()

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        """A period: that alone, and finer. A statement or a figure: read it there."""
        row, one = self.main_widget.current, self._one
        if isinstance(row, Heading):
            if self.flow.limit(row, begin=True, end=True):
                self.flow.zoom_by(1)
                self.fill()
        elif one is not None and row is not None:
            id_, _, _, words = self.flow.place_of(one)
            self._keep_place()
            self.dismiss()
            self.app.call_later(partial(self.flow.read_at, id_, words))

    def _keep_place(self) -> None:
        """The selected row is selected again when the analyst is back."""
        rows = self.main_widget
        if rows.current is not None:
            self.flow.at[self.flow.view] = rows.key(rows.current)  # type: ignore[arg-type]  # a row of its own

    def action_view(self) -> None:
        at = VIEWS.index(self.flow.view) + 1
        self.show_view(VIEWS[at % len(VIEWS)])

    def action_zoom(self, step: int) -> None:
        if self.flow.zoom_by(step):
            self.fill()

    def action_begin(self) -> None:
        self._limit(begin=True)

    def action_end(self) -> None:
        self._limit(end=True)

    def _limit(self, *, begin: bool = False, end: bool = False) -> None:
        row = self.statements.current
        if row is not None and self.flow.limit(row, begin=begin, end=end):
            self.fill()
        else:
            self.tell(self.say("choose a statement"), "warning")

    def action_whole(self) -> None:
        if self.flow.whole():
            self.fill()

    def action_disagreeing(self) -> None:
        self.flow.differing = not self.flow.differing
        self.fill()

    def action_scope(self) -> None:
        if self.flow.other_scope():
            self.show_view(self.flow.view)
        else:
            self.tell(self.say("no open article"), "warning")

    def action_copy(self) -> None:
        if self._one is None:
            self.tell(self.say("choose a statement"), "warning")
        else:
            self.app.copy_to_clipboard(self._one.text)

    def action_note(self) -> None:
        if self._one is None:
            self.tell(self.say("choose a statement"), "warning")
        else:
            id_, begin, end, _ = self.flow.place_of(self._one)
            start(self, partial(self._write_note, id_, begin, end), "note", exclusive=True)

    async def _write_note(self, id_: str, begin: int, end: int) -> None:
        try:
            await self.flow.write_note(id_, begin, end)
        except KashafError as error:
            self.tell(self.say.told(error), "error")

    def action_add(self) -> None:
        self.flow.main.action_add()

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.say, self.flow.view))

    def action_back(self) -> None:
        """Out of the gathering or the narrowing, if in one; else to where the analyst was."""
        if self.flow.stop() or (self.flow.view == "timeline" and self.flow.whole()):
            self.fill()
        else:
            self.action_close()

    def action_close(self) -> None:
        self._keep_place()
        self.dismiss()
