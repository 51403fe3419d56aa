"""The timeline of the current query or the open article, and its claims: what was gathered and how it is looked at.

It outlives its screen: who reads an article at a statement and comes back finds the statement again.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from kashaf.entities.statements.model import ZOOMS, Claim, Figure, Period, Statement, Timeline, Zoom
from kashaf.entities.statements.periods import counts, fitting_zoom, label, periods, stretch
from kashaf.errors import Cancelled
from kashaf.notes.anchoring import make_target
from kashaf_tui.charts import Mark
from kashaf_tui.explorer.dating import Scope
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.panes.timeline import FigureRow, Heading
from kashaf_tui.explorer.panes.timeline_chart import Columns, Plane
from kashaf_tui.timeline_text import number

if TYPE_CHECKING:
    from kashaf_index.model import Query
    from kashaf_tui.explorer.screens.main import MainScreen

View = Literal["timeline", "claims"]
CHARTED: Final = 3  # figures or periods from which on a chart says more than their list
VIEWS: Final[tuple[View, ...]] = ("timeline", "claims")


class TimelineFlow:
    """State between the main screen and the timeline's."""

    def __init__(self, main: MainScreen, engine: Engine) -> None:
        self.main = main
        self._dating = engine.dating
        self._cancel = threading.Event()
        self._away = False
        self.view: View = "timeline"
        self.query: Query | None = None
        self.article = ""
        self.forget()

    def forget(self) -> None:
        """What was gathered is of an older index, or of other articles."""
        self._cancel.set()
        self.scope: Scope | None = None
        self.gathering: View | None = None
        self.read_of = (0, 0)  # articles
        self.stopped = False
        self.found: Timeline | None = None
        self.compared: tuple[Claim, ...] | None = None
        self.zoom: Zoom | None = None
        self.first: date | None = None
        self.last: date | None = None
        self.differing = False
        self.at: dict[View, object] = {}
        self._stamp: object = None
        self._counted: tuple[object, list[tuple[date, int]]] | None = None

    # Ways to and from the main screen

    def open(self) -> None:
        """Of the article in whose pane the analyst is, else of what is listed; what is known of it stays."""
        self._take(self.main.reading.article_id if self.main.pane == "article" else "")
        self.open_again()

    def open_again(self) -> None:
        """Where it was left."""
        from kashaf_tui.explorer.screens.timeline import TimelineScreen  # noqa: PLC0415 -- it imports this

        self._away = False
        self.main.app.push_screen(TimelineScreen(self.main.say, self))

    def _take(self, article: str) -> None:
        searching = self.main.searching
        if searching.waiting:
            searching.now()
            query = searching.query
        else:
            query = searching.answered or searching.query
        asked = replace(query, sort="relevance", limit=0, offset=0, facets=False, correct=False, group=False)
        if (asked, article) != (self.query, self.article) or self._dating.stamp != self._stamp:
            self.forget()
            self.query, self.article = asked, article

    def other_scope(self) -> bool:
        """The open article alone, or all results. Returns whether there is another."""
        article = "" if self.article else self.main.reading.article_id
        if article == self.article:
            return False
        self.forget()
        self.article = article
        return True

    def read_at(self, article_id: str, offset: int) -> None:
        """Show an article in the reader of the main screen, at the words."""
        self._away = True
        self.main.reading.open(article_id, caret=offset)
        self.main.panes.go("article")

    def come_back(self) -> bool:
        """Whether the analyst went from here to the article that is open, and now returns."""
        away, self._away = self._away, False
        return away and self.query is not None and self.main.pane == "article"

    async def write_note(self, article_id: str, start: int, end: int) -> None:
        """A note on a sentence. Raises NotFound."""
        article = await self._dating.article(article_id)
        self.main.noting.drafting.new(make_target(article, start, end))

    # Gathering

    def known(self, view: View) -> bool:
        return (self.found if view == "timeline" else self.compared) is not None

    @property
    def is_old(self) -> bool:
        """Whether more has been read since what is shown was gathered, and some was not read then."""
        waited = self.scope is not None and self.scope.pending > 0
        return waited and self.gathering is None and self._dating.stamp != self._stamp

    async def gather(self, view: View, *, anew: bool = False) -> None:
        """Ask for what a view shows, unless it is known. Raises KashafError; stops in silence when cancelled."""
        if (self.known(view) and not anew) or self.gathering == view or self.query is None:
            return
        self._cancel.set()
        self._cancel = cancel = threading.Event()
        self.gathering, self.read_of, self.stopped = view, (0, 0), False
        try:
            stamp = self._dating.stamp
            if self.scope is None or anew:
                self.scope = await self._dating.scope(self.query, self.article)
            ids = self.scope.ids
            if view == "timeline":
                found = await self._dating.timeline(ids, cancel, self._progress)
                if not cancel.is_set():
                    self.found, self._stamp = found, stamp
                    self.zoom = self.zoom or fitting_zoom(found.dated)
            else:
                compared = await self._dating.claims(ids, cancel, self._progress)
                if not cancel.is_set():
                    self.compared, self._stamp = compared, stamp
        except Cancelled:
            return
        finally:
            if cancel is self._cancel:
                self.gathering = None

    def _progress(self, done: int, total: int) -> None:
        self.read_of = (done, total)

    def stop(self) -> bool:
        """Nobody waits for an answer any more. Returns whether anybody did."""
        waited = self.gathering is not None
        self._cancel.set()
        self.gathering = None
        self.stopped = waited
        return waited

    # What the views show

    def rows(self) -> list[Heading | Statement]:
        """Periods, each with its statements; what has no place on the axis last, unless only a time is shown."""
        rows: list[Heading | Statement] = []
        for period in self._periods():
            rows.append(Heading(period, len(period.statements)))
            rows += period.statements
        if self.found is not None and self.found.open and not self.limited:
            rows.append(Heading(None, len(self.found.open)))
            rows += self.found.open
        return rows

    def shown(self) -> list[Statement]:
        """The statements on the axis, or on the part of it that is shown."""
        return [] if self.found is None else list(filter(self._within, self.found.dated))

    @property
    def limited(self) -> bool:
        return self.first is not None or self.last is not None

    def _periods(self) -> list[Period]:
        return periods(self.shown(), self.zoom or "month")

    def _within(self, statement: Statement) -> bool:
        low, high = statement.mention.earliest, statement.mention.latest
        return (self.last is None or low is None or low <= self.last) and (
            self.first is None or high is None or high >= self.first
        )

    def claim_rows(self) -> list[FigureRow]:
        """Claims, each with its figures."""
        return list(self._claim_rows())

    def _claim_rows(self) -> Iterator[FigureRow]:
        for claim in self.compared or ():
            if self.differing and claim.verdict == "agree":
                continue
            yield FigureRow(claim)
            for figure in claim.figures:
                yield FigureRow(claim, figure)

    # Charts

    @property
    def charted(self) -> bool:
        """Whether anything that the view lists is drawn: otherwise its room belongs to the list."""
        if self.view == "timeline":
            return self._drawn(self._axis(self.zoom or "month"))
        return any(len(claim.figures) >= CHARTED for claim in self.compared or ())

    @staticmethod
    def _drawn(numbers: Sequence[tuple[date, int]]) -> bool:
        return sum(count > 0 for _, count in numbers) >= CHARTED

    def columns(self, row: Heading | Statement | None, about: str) -> Columns | None:
        """How many statements when, and where a row is among them; None when there is nothing to compare."""
        zoom = self.zoom or "month"
        numbers = self._axis(zoom)
        if not self._drawn(numbers):
            return None
        day = None
        if isinstance(row, Heading):
            day = row.period.first if row.period is not None else None
        elif row is not None:
            day = row.day
        here = -1
        if day is not None:
            first, _ = stretch(day, zoom)
            at = bisect_left(numbers, (first, 0))
            here = at if at < len(numbers) and numbers[at][0] == first else -1
        return Columns(
            tuple(count for _, count in numbers),
            label(numbers[0][0], zoom),
            label(numbers[-1][0], zoom),
            about,
            here,
        )

    def _axis(self, zoom: Zoom) -> list[tuple[date, int]]:
        """The counts of the axis as it is shown; counted anew only when that is another."""
        asked = id(self.found), zoom, self.first, self.last
        if self._counted is None or self._counted[0] != asked:
            self._counted = asked, counts(self.shown(), zoom)
        return self._counted[1]

    def plane(self, claim: Claim, one_day: str) -> Plane | None:
        """The figures of a claim over the days they were published; side by side when these are of one day.

        None when they are so few that the list says all. one_day: what is said of figures of one day.
        """
        if len(claim.figures) < CHARTED:
            return None
        known = {one.published.toordinal() for one in claim.figures if one.published is not None}
        timed = len(known) > 1
        marks = tuple(
            Mark(
                one.published.toordinal() if one.published and timed else at,
                one.quantity.low,
                one.quantity.high,
            )
            for at, one in enumerate(claim.figures)
            if one.published is not None or not timed
        )
        low, high = min(mark.low for mark in marks), max(mark.high for mark in marks)
        about = number(low) if low == high else f"{number(low)} … {number(high)}"
        first, last = (
            (date.fromordinal(day).isoformat() for day in (min(known), max(known))) if timed else ("", "")
        )
        return Plane(marks, first, last, about if timed else f"{about} · {one_day}")

    # What keys change

    def zoom_by(self, step: int) -> bool:
        """A finer or coarser axis. Returns whether there is one."""
        at = ZOOMS.index(self.zoom or "month") + step
        if not 0 <= at < len(ZOOMS):
            return False
        self.zoom = ZOOMS[at]
        return True

    def limit(self, row: Heading | Statement, *, begin: bool, end: bool) -> bool:
        """Show only what is from the row on, or up to it, or both. Returns whether it has a place on the axis."""
        if isinstance(row, Heading):
            if row.period is None:
                return False
            first, last = row.period.first, row.period.last
        else:
            if row.day is None:
                return False
            first, last = row.day, row.mention.latest or row.day
        if begin:
            self.first = first
            self.last = self.last if self.last is not None and self.last >= first else None
        if end:
            self.last = last
            self.first = self.first if self.first is not None and self.first <= last else None
        return True

    def whole(self) -> bool:
        """The whole axis. Returns whether it was not shown."""
        limited, self.first, self.last = self.limited, None, None
        return limited

    def place_of(self, row: Statement | Figure) -> tuple[str, int, int, int]:
        """Article, span of the sentence, and where the words begin that matter."""
        if isinstance(row, Statement):
            first = row.first
            return first.article_id, first.start, first.end, first.mention.start
        return row.article_id, row.start, row.end, row.quantity.start
