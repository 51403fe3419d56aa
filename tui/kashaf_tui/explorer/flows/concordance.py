"""The concordance of the current query: what was gathered, in which order it is looked at, and what was decided.

It outlives its screen: who opens an article from a line and comes back finds the line again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, get_args

from kashaf.errors import Cancelled
from kashaf_index.collocates import Collocate, Collocates
from kashaf_index.frequencies import Frequencies, Share
from kashaf_index.kwic import NEAR, Concordance, KwicLine, LineSort, sort_lines
from kashaf_index.model import Query
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.flows.annotating import AnnotateFlow
from kashaf_tui.explorer.panes.concordance import FrequencyRow, key_of
from kashaf_tui.explorer.verdicts import LineKey, Verdict

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen

View = Literal["lines", "collocates", "frequencies"]
Queue = Literal["all", "undecided", "accepted", "rejected"]
VIEWS: Final[tuple[View, ...]] = ("lines", "collocates", "frequencies")
ORDERS: Final[tuple[LineSort, ...]] = ("order", "node", "date", "outlet")
QUEUES: Final[tuple[Queue, ...]] = get_args(Queue)
MEASURES: Final = ("ll", "mi", "count")
WIDTH: Final = 160  # code points of context: more than the half of a wide screen
LIMIT: Final = 20_000  # lines kept; each takes about a kilobyte
EARLY: Final = 1_000  # lines shown while the rest is gathered
_WORDS: Final = 5_000
_SIDES: Final = {
    "before": ("before1", "before2", "before3"),
    "after": ("after1", "after2", "after3"),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Only the lines with this word beside the match, or of this outlet or month. `name` is empty for none stated.

    listed: only those of articles that were listed as results; `ids` has them in that order.
    """

    kind: Literal["word", "outlet", "month", "listed"]
    name: str
    shown: str
    ids: tuple[str, ...] = ()

    def keeps(self, line: KwicLine) -> bool:
        match self.kind:
            case "word":
                return self.name in line.before or self.name in line.after
            case "outlet":
                return (line.outlet or "") == self.name
            case "month":
                return (f"{line.published:%Y-%m}" if line.published else "") == self.name
            case "listed":
                return line.id in self.ids


Answer = Concordance | Collocates | Frequencies


class ConcordanceFlow:
    """State between the main screen and the concordance's."""

    def __init__(self, main: MainScreen, engine: Engine, desk: Desk) -> None:
        self.main = main
        self.deciding = AnnotateFlow(main, engine, desk)
        self.desk = desk
        self._engine = engine
        self._cancel = threading.Event()
        self._away = False
        self.forget()

    def forget(self) -> None:
        """The index is another one: nothing gathered from the old one counts."""
        self._cancel.set()
        self.query: Query | None = None
        self.gathering: View | None = None
        self.read_of = (0, 0)  # articles
        self.early: list[KwicLine] = []
        self.found: Concordance | None = None
        self.queue: Queue = "all"
        self._hidden: frozenset[LineKey] = frozenset()
        self._resume = False
        self.preview = False
        self.words: Collocates | None = None
        self.counts: Frequencies | None = None
        self.view: View = "lines"
        self.sort: LineSort = "order"
        self.narrowed: Narrowing | None = None
        self.at: dict[View, int] = {}
        self.measure = "ll"
        self.stop_words = False
        self.relative = False

    def open(self) -> None:
        """Show the concordance of what is listed on the main screen; what is known of it stays."""
        from kashaf_tui.explorer.screens.concordance import ConcordanceScreen  # noqa: PLC0415 -- it imports this

        searching = self.main.searching
        self._away = False
        self.deciding.begin()
        if searching.waiting:
            searching.now()
            self.take(searching.query)
        else:
            self.take(searching.answered or searching.query)
        self.main.app.push_screen(ConcordanceScreen(self.main.say, self))

    def annotate(self, listed: Sequence[str]) -> None:
        """One undecided line after the other of the articles listed, with its sentence, in their order."""
        self.open()
        self.view, self.sort, self.preview = "lines", "order", True
        self.narrowed = Narrowing("listed", "", "", tuple(listed))
        self.show_queue("undecided")

    def take(self, query: Query) -> None:
        """Look at this query."""
        asked = replace(query, sort="relevance", limit=0, offset=0, facets=False, correct=False)
        if asked != self.query:
            self.forget()
            self.query = asked

    # Gathering

    def known(self, view: View) -> Answer | None:
        return {"lines": self.found, "collocates": self.words, "frequencies": self.counts}[view]

    async def gather(self, view: View) -> None:
        """Ask for what a view shows, unless it is known. Raises KashafError; stops in silence when another asks."""
        query = self.query
        if query is None or self.known(view) is not None or self.gathering == view:
            return
        self._cancel.set()
        self._cancel = cancel = threading.Event()
        self.gathering, self.read_of, self.early = view, (0, 0), []
        try:
            match view:
                case "lines":
                    await self.deciding.take(query.text)
                    found = await self._engine.concordance(
                        query, WIDTH, LIMIT, cancel, self._progress, self.early
                    )
                    if query == self.query:
                        self.found = found
                        self.deciding.know(found.lines)
                        self.show_queue(self.queue)
                        self._resume = bool(self.deciding.shown)
                case "collocates":
                    words = await self._engine.collocates(query, NEAR, _WORDS, cancel, self._progress)
                    if query == self.query:
                        self.words = words
                case "frequencies":
                    counts = await self._engine.frequencies(query, cancel, self._progress)
                    if query == self.query:
                        self.counts = counts
        except Cancelled:
            return
        finally:
            if cancel is self._cancel:
                self.gathering = None

    def _progress(self, done: int, total: int) -> None:
        """Called on the engine's thread: no more than a value for the screen to look at."""
        self.read_of = (done, total)

    def stop(self) -> None:
        """Nobody waits for an answer any more."""
        self._cancel.set()
        self.gathering = None

    # What the views show

    def lines(self) -> list[KwicLine]:
        """The lines in the order and narrowing of the moment; the first of them while the rest is gathered."""
        narrowed = self.narrowed
        kept: Iterable[KwicLine] = self.early[:EARLY] if self.found is None else self.found.lines
        if narrowed is not None:
            kept = filter(narrowed.keeps, kept)
        if self._hidden:
            kept = (line for line in kept if key_of(line) not in self._hidden)
        lines = sort_lines(kept, self.sort)
        if narrowed is not None and narrowed.ids and self.sort == "order":
            place = {id_: at for at, id_ in enumerate(narrowed.ids)}
            lines.sort(key=lambda line: place[line.id])
        return lines

    def show_queue(self, queue: Queue) -> None:
        """Show the lines of this queue as it is now. One that is decided on stays until this is asked again."""
        self.queue = queue
        shown: Mapping[LineKey, Verdict] = self.deciding.shown
        keys = map(key_of, () if self.found is None else self.found.lines)
        match queue:
            case "all":
                self._hidden = frozenset()
            case "undecided":
                self._hidden = frozenset(key for key in keys if shown.get(key) in ("accepted", "rejected"))
            case _:
                self._hidden = frozenset(key for key in keys if shown.get(key) != queue)

    def resume(self) -> bool:
        """Whether the lines were just gathered and some of them decided on before: once."""
        resume, self._resume = self._resume, False
        return resume

    def collocates(self) -> list[Collocate]:
        if self.words is None:
            return []
        by: Callable[[Collocate], float] = {
            "ll": lambda one: one.ll,
            "mi": lambda one: one.mi,
            "count": lambda one: one.count,
        }[self.measure]
        words = [one for one in self.words.words if self.stop_words or not one.stop]
        return sorted(words, key=lambda one: (-by(one), -one.count, one.form))

    def frequencies(self) -> list[FrequencyRow]:
        """The whole, the outlets with the most first, the months in order. No rows where nothing matches."""
        if self.counts is None or not self.counts.whole.matches:
            return []
        by: Callable[[Share], float] = (
            (lambda one: one.per_million_words) if self.relative else (lambda one: one.matches)
        )
        outlets = sorted(self.counts.outlets, key=lambda one: (-by(one), one.name))
        return [
            FrequencyRow("all", self.counts.whole),
            FrequencyRow("outlet"),
            *(FrequencyRow("outlet", one) for one in outlets),
            FrequencyRow("month"),
            *(FrequencyRow("month", one) for one in self.counts.months),
        ]

    # What keys change

    def next_side(self, side: str) -> None:
        """Sort by the first word on this side; again: by the second, the third, the first."""
        sides: tuple[LineSort, ...] = _SIDES[side]  # type: ignore[assignment]  # mypy widens the literals of a dict
        at = sides.index(self.sort) + 1 if self.sort in sides else 0
        self.sort = sides[at % len(sides)]

    def next_order(self) -> None:
        """What `s` does in the view: another order of the lines, another measure, another number in the bars."""
        match self.view:
            case "lines":
                at = ORDERS.index(self.sort) + 1 if self.sort in ORDERS else 1
                self.sort = ORDERS[at % len(ORDERS)]
            case "collocates":
                self.measure = MEASURES[(MEASURES.index(self.measure) + 1) % len(MEASURES)]
            case "frequencies":
                self.relative = not self.relative

    # Ways to and from the main screen

    def read_line(self, line: KwicLine) -> None:
        """Show the line's article in the reader of the main screen, at the match."""
        self._away = True
        self.main.reading.open(line.id, caret=line.start)
        self.main.panes.go("article")

    def come_back(self) -> bool:
        """Whether the analyst went from a line to the article that is open, and now returns from there."""
        away, self._away = self._away, False
        return away and self.query is not None and self.main.pane == "article"
