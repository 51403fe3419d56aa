"""From a key press to results: debounced, off the UI thread, cancellable, and never older after newer."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from textual.timer import Timer

from kashaf.errors import Cancelled, KashafError
from kashaf_index.model import RUNGS, Match, Query, Results, Rung, Sort
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.messages import MoreDone, SearchDone, Trouble
from kashaf_tui.explorer.place import LastPlace
from kashaf_tui.explorer.widgets.paint import facts, isolated

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen

PAUSE = 0.12  # seconds without a key before a search begins
SLOW = 0.3  # seconds before a search is said to be under way
PAGE = 40  # hits fetched at a time: each costs a stored text and its snippets
AHEAD = 15  # rows before the end at which the next page is fetched
SORTS: Final[tuple[Sort, ...]] = ("relevance", "date", "recency")


class SearchFlow:
    """The query under way and what the screen shows of it."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self._screen = screen
        self._engine = engine
        self._timer: Timer | None = None
        self._cancel = threading.Event()
        self._serial = 0
        self._answered_serial = 0
        self._asked: Query | None = None
        self._ready = False
        self._slow: Timer | None = None
        self._restoring = False
        self._on_purpose = False
        self._remember_serial = 0
        self.query = Query("", limit=PAGE)
        self.results: Results | None = None

    def start(self, last: LastPlace) -> None:
        """The index is open: search what was searched last."""
        self._ready = True
        self._restoring = bool(last.article)
        self.query = replace(
            self.query,
            rung=last.rung if last.rung in RUNGS else "stem",
            sort=last.sort if last.sort in SORTS else "relevance",
            match="any" if last.match == "any" else "all",
            group=last.grouped,
            filters=last.filters,
            text=self._screen.box.value.strip() or "*",
            correct=True,
        )
        self._screen.filtering.show_line()
        self.now()

    @property
    def waiting(self) -> bool:
        """Whether a search is due when typing pauses, or its answer has not been shown yet."""
        return self._timer is not None or self._answered_serial != self._serial

    @property
    def found_none(self) -> bool:
        """Whether no article matches what was searched last."""
        return self.results is not None and not self.results.total

    @property
    def _answered(self) -> bool:
        """Whether the results are those of the query, and not of one before it."""
        return self.results is not None and self._asked == self.query

    @property
    def answered(self) -> Query | None:
        """The query whose articles are listed: a correction, when one ran in place of the words as typed."""
        return replace(self.results.query, correct=False) if self.results is not None else None

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
        text = self._screen.box.value.strip() or "*"
        # Half a word is no mistake: only what is asked for on purpose is corrected.
        purpose, self._on_purpose = self._on_purpose, False
        correct = purpose or (self.query.correct and text == self.query.text)
        self.query = replace(self.query, text=text, limit=limit, correct=correct)
        self._cancel.set()
        self._cancel = threading.Event()
        self._serial += 1
        if purpose:
            self._remember_serial = self._serial
        if self._slow is None:
            self._slow = self._screen.set_timer(SLOW, self._say_searching)
        self._screen.run_worker(
            self._search(self.query, self._serial, self._cancel), group="search", exclusive=True
        )

    def submit(self) -> None:
        """Search now, and remember it: typing alone leaves no trace."""
        self._on_purpose = True
        self.now()

    def _say_searching(self) -> None:
        """Numbers of an older query must not stand beside a newer one for long."""
        if self._answered_serial == self._serial:
            return  # the timer's message was already on its way when the answer came
        self._screen.count.show(right=self._screen.say("searching"))
        self._screen.ladder.show([])

    # The same words in another way

    def again(self) -> None:
        """The same search, with as many hits as are listed, so that the selection finds its row."""
        if self._ready:
            self.now(max(PAGE, len(self._screen.results.rows)))

    def set_rung(self, name: str) -> None:
        if name != self.query.rung:
            self.query = replace(self.query, rung=cast("Rung", name))
            self.again()

    def next_sort(self) -> None:
        following = SORTS[(SORTS.index(self.query.sort) + 1) % len(SORTS)]
        self.query = replace(self.query, sort=following)
        self.again()

    def set_match(self, match: Match | None = None) -> None:
        """All words or any; the other one when it is not said which."""
        self.query = replace(self.query, match=match or ("any" if self.query.match == "all" else "all"))
        self.again()

    def group(self) -> None:
        """Copies of one text as one result, or every article by itself."""
        self.query = replace(self.query, group=not self.query.group)
        self._screen.status.say(self._screen.say("grouped" if self.query.group else "parted"))
        self.again()

    def set_filters(self, filters: tuple[str, ...]) -> None:
        self.query = replace(self.query, filters=filters)
        self.now()

    def as_typed(self) -> None:
        """Without a correction, which ran by itself."""
        if self.query.correct:
            self.query = replace(self.query, correct=False)
            self.again()

    def instead(self, query: Query) -> None:
        """What somebody chose in the place of words that found nothing."""
        self.query = replace(
            self.query, rung=query.rung, match=query.match, sort=query.sort, filters=query.filters
        )
        self._screen.filtering.show_line()
        self.words(query.text)

    def words(self, text: str) -> None:
        """Put words into the box, search them, and show what there is."""
        self._screen.box.set(text)
        self.submit()
        self._screen.panes.go("results")

    # Asking

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
        answered = self.answered
        # The pages of two queries must not mix, nor may a page take the place of the search that is under way.
        if self.results is None or answered is None or not self._answered:
            return
        if len(rows.rows) < self.results.total and rows.selected + AHEAD >= len(rows.rows):
            query = replace(answered, offset=len(rows.rows), limit=PAGE)
            self._screen.run_worker(self._more(query, self._serial), group="search", exclusive=True)

    async def _more(self, query: Query, serial: int) -> None:
        try:
            results = await self._engine.search(query, threading.Event())
        except KashafError as error:
            self._screen.post_message(Trouble(error, "search", serial))
        else:
            self._screen.post_message(MoreDone(serial, results))

    # Showing

    def show_more(self, message: MoreDone) -> None:
        """Append a page, unless another search was asked for meanwhile."""
        listed = self._screen.results.rows
        if message.serial == self._serial and message.results.query.offset == len(listed):
            self._screen.results.show([*listed, *message.results.hits])

    def show(self, message: SearchDone) -> None:
        """Show results, unless newer ones were asked for meanwhile."""
        if message.serial != self._serial:
            return
        screen, results = self._screen, message.results
        self._answer_came()
        self.results, self._asked = results, self.query
        screen.results.show(results.hits, keep=True)
        self.show_ladder()
        self._show_count(results)
        screen.helping.show(results, self.query)
        if message.serial == self._remember_serial:
            screen.completing.remember(self.query, results.total)
        screen.filtering.refresh()
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

    def _show_count(self, results: Results) -> None:
        """The number comes first: where the line is short, the rest of it is cut."""
        say, query = self._screen.say, self.query
        instead = results.corrected
        match = "any word" if query.match == "any" or (instead and instead.kind == "any") else "all words"
        parts = [say("articles", n=results.total)]
        if results.stories is not None:
            counted = say("articles", n=results.articles)
            parts = [say("by story", stories=say("stories", n=results.stories), articles=counted)]
        if instead is not None and instead.kind != "any":
            parts.append(say("instead", text=isolated(instead.text)))
        self._screen.count.show(right=facts([*parts, say(match), say("by " + query.sort), say(query.rung)]))

    def show_ladder(self) -> None:
        """The rungs with their counts, and the way to filters where there is room for it."""
        say, results = self._screen.say, self.results
        if results is None:
            return
        rungs = [
            (rung, say(rung), f"{results.rungs[rung]:,}", rung == self.query.rung)
            for rung in RUNGS
            if rung in results.rungs
        ]
        roomy = self._screen.has_class("-wide") and not self.query.filters
        self._screen.ladder.show(rungs, say("more filters") if roomy else "")

    def failed(self, message: Trouble) -> None:
        """A query that is no query is said beside the ladder, where the analyst looks; the results stay."""
        if message.serial == self._serial:
            self._answer_came()
            self._screen.notice.show(right=self._screen.say.told(message.error))
