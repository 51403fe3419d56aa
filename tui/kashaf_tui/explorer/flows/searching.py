"""From a key press to results: debounced, off the UI thread, cancellable, and never older after newer."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textual.timer import Timer

from kashaf.errors import Cancelled, KashafError
from kashaf_index.model import RUNGS, Hit, Query, Results, Rung
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.messages import MoreDone, SearchDone, Trouble
from kashaf_tui.explorer.place import LastPlace
from kashaf_tui.explorer.screens.text import TextScreen
from kashaf_tui.explorer.widgets.paint import facts

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen

PAUSE = 0.12  # seconds without a key before a search begins
SLOW = 0.3  # seconds before a search is said to be under way
PAGE = 40  # hits fetched at a time: each costs a stored text and its snippets
AHEAD = 15  # rows before the end at which the next page is fetched


class SearchFlow:
    """The query under way and what the screen shows of it."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self._screen = screen
        self._engine = engine
        self._timer: Timer | None = None
        self._cancel = threading.Event()
        self._serial = 0
        self._answered_serial = 0
        self._ready = False
        self._slow: Timer | None = None
        self._restoring = False
        self.query = Query("", limit=PAGE)
        self.results: Results | None = None

    def start(self, last: LastPlace) -> None:
        """The index is open: search what was searched last."""
        self._ready = True
        self._restoring = bool(last.article)
        rung = last.rung if last.rung in RUNGS else "stem"
        self.query = replace(self.query, rung=rung, sort="date" if last.sort == "date" else "relevance")
        self.now()

    @property
    def waiting(self) -> bool:
        """Whether a search is due when typing pauses, or its answer has not been shown yet."""
        return self._timer is not None or self._answered_serial != self._serial

    @property
    def _answered(self) -> bool:
        """Whether the results are those of the query, and not of one before it."""
        return self.results is not None and self.results.query == self.query

    def typed(self, text: str) -> None:
        """Search once typing pauses."""
        self._cancel.set()
        if self._timer is not None:
            self._timer.stop()
        due = text != self.query.text or not self._answered
        self._timer = self._screen.set_timer(PAUSE, self.now) if due else None

    def now(self, limit: int = PAGE) -> None:
        """Search what stands in the box; nothing there means every article."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if not self._ready:
            return
        self.query = replace(self.query, text=self._screen.box.value.strip() or "*", limit=limit)
        self._cancel.set()
        self._cancel = threading.Event()
        self._serial += 1
        if self._slow is None:
            self._slow = self._screen.set_timer(SLOW, self._say_searching)
        self._screen.run_worker(
            self._search(self.query, self._serial, self._cancel), group="search", exclusive=True
        )

    def _say_searching(self) -> None:
        """Numbers of an older query must not stand beside a newer one for long."""
        if self._answered_serial == self._serial:
            return  # the timer's message was already on its way when the answer came
        self._screen.count.show(right=self._screen.say("searching"))
        self._screen.ladder.show([])

    def again(self) -> None:
        """The same search on a newer index, keeping the place in the list."""
        if self._ready:
            self._again()

    def set_rung(self, name: str) -> None:
        if name != self.query.rung:
            self.query = replace(self.query, rung=cast("Rung", name))
            self._again()

    def toggle_sort(self) -> None:
        self.query = replace(self.query, sort="relevance" if self.query.sort == "date" else "date")
        self._again()

    def _again(self) -> None:
        """The same words in another way: as many hits as are listed, so that the selection finds its row."""
        self.now(max(PAGE, len(self._screen.results.rows)))

    async def _search(self, query: Query, serial: int, cancel: threading.Event) -> None:
        try:
            results = await self._engine.search(query, cancel)
        except Cancelled:
            return
        except KashafError as error:
            self._screen.post_message(Trouble(error, "search", serial))
        else:
            self._screen.post_message(SearchDone(serial, results))

    def more(self) -> None:
        """Fetch the next page when the selection nears the end of what is listed."""
        rows = self._screen.results
        # The pages of two queries must not mix, nor may a page take the place of the search that is under way.
        if self.results is None or not self._answered or len(rows.rows) >= self.results.total:
            return
        if rows.selected + AHEAD >= len(rows.rows):
            query = replace(self.query, offset=len(rows.rows), limit=PAGE)
            self._screen.run_worker(self._more(query, self._serial), group="search", exclusive=True)

    async def _more(self, query: Query, serial: int) -> None:
        try:
            results = await self._engine.search(query, threading.Event())
        except KashafError as error:
            self._screen.post_message(Trouble(error, "search", serial))
        else:
            self._screen.post_message(MoreDone(serial, results))

    def show_more(self, message: MoreDone) -> None:
        """Append a page, unless another search was asked for meanwhile."""
        listed = self._screen.results.rows
        if message.serial == self._serial and message.results.query.offset == len(listed):
            self._screen.results.show([*listed, *message.results.hits])

    def show(self, message: SearchDone) -> None:
        """Show results, unless newer ones were asked for meanwhile."""
        if message.serial != self._serial:
            return
        screen, say, results = self._screen, self._screen.say, message.results
        self._answer_came()
        self.results = results
        screen.results.show(results.hits, self._zero_hits(results), keep=True)
        self._show_ladder(results)
        # The number comes first: where the line is short, the rest of it is cut.
        total = say("articles", n=results.total)
        mode = (say("all words"), say(self.query.rung), say("by " + self.query.sort))
        screen.count.show(right=facts([total, *mode]))
        screen.filters.show(right=self._warnings(results))
        wanted = screen.reading.wanted
        if self._restoring:
            self._restoring = False
            screen.results.select(next((at for at, hit in enumerate(results.hits) if hit.id == wanted), 0))
            return
        # While somebody reads, a search under their eyes must not take the article away.
        if wanted and screen.pane in ("article", "entities", "notes"):
            screen.reading.open(wanted)
        elif screen.results.current is not None:
            screen.reading.open(screen.results.current.id)

    def _answer_came(self) -> None:
        self._answered_serial = self._serial
        if self._slow is not None:
            self._slow.stop()
            self._slow = None

    def _zero_hits(self, results: Results) -> str:
        """What to try when nothing was found, worded by the rung; the query's own warnings come first."""
        say = self._screen.say
        advice = say("no hits") if self.query.rung == RUNGS[-1] else say("no hits at rung")
        return "\n".join([*map(say.told, results.warnings), advice])

    def _warnings(self, results: Results) -> str:
        say = self._screen.say
        return ("؛ " if say.base == "rtl" else "; ").join(map(say.told, results.warnings))

    def _show_ladder(self, results: Results) -> None:
        self._screen.ladder.show(
            [
                (self._screen.say(rung), f"{results.rungs[rung]:,}", rung == self.query.rung)
                for rung in RUNGS
                if rung in results.rungs
            ]
        )

    def failed(self, message: Trouble) -> None:
        """A query that is no query is said beside the ladder, where the analyst looks; the results stay."""
        if message.serial == self._serial:
            self._answer_came()
            self._screen.filters.show(right=self._screen.say.told(message.error))

    def _rule(self, rule: str) -> str:
        name, _, clitic = rule.partition(" ")
        word = self._screen.say(name) if name in (*RUNGS, "proclitic") else name
        return f"{word} {clitic}ـ" if clitic else word

    def explain(self, hit: Hit | None) -> None:
        """Show why the selected result matched."""
        if hit is None:
            return
        say = self._screen.say
        lines = [f"{why.term}: {'، '.join(why.words)} ({self._rule(why.rule)})" for why in hit.why]
        self._screen.app.push_screen(TextScreen(say("why"), [hit.title, "", *lines], say("close")))
