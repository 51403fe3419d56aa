"""The index behind the main screen: opened, renewed, or not there yet."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from kashaf.errors import KashafError
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.engine import Engine, Opened
from kashaf_tui.explorer.flows.panes import EMPTY, PANES
from kashaf_tui.explorer.messages import IndexOpened, IndexRenewed, Trouble
from kashaf_tui.explorer.panes.explainer import Way
from kashaf_tui.explorer.widgets.paint import facts, left_to_right

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen

RENEW_EVERY: Final = 2.0  # seconds between two looks whether another process has written a newer index


class OpeningFlow:
    """Which generation is searched. `done` once there is one."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self._screen = screen
        self._engine = engine
        self._looking = False
        self.done = False

    def open(self) -> None:
        start(self._screen, self._open, "open")

    async def _open(self) -> None:
        try:
            self._screen.post_message(IndexOpened(await self._engine.open()))
        except KashafError as error:
            self._screen.post_message(Trouble(error, "index"))

    def opened(self, opened: Opened) -> None:
        """Begin where the analyst was."""
        if self.done:
            return  # asked for twice: at the end of an import, and by the clock
        self.done = True
        screen = self._screen
        self._has_articles()
        self._show(opened)
        last = screen.last
        screen.searching.start(last)
        if last.article:
            screen.reading.open(last.article, caret=last.caret)
        untouched = screen.pane == "search" and screen.box.value == last.query
        if last.pane in PANES and last.article and untouched:
            screen.panes.go(last.pane)
        screen.mentioned.read()
        screen.noting.check_anchors()
        screen.set_interval(RENEW_EVERY, self.look)

    def _show(self, opened: Opened) -> None:
        say = self._screen.say
        time = left_to_right(opened.generation_time)
        articles = say("articles", n=opened.articles)
        self._screen.head.show(right=facts([articles, say("index of", time=time)]))

    # No index yet

    def teach(self) -> None:
        """There is no article yet: say how to begin, and look now and then whether another process has begun."""
        screen, say = self._screen, self._screen.say
        if not screen.has_class(EMPTY):
            screen.add_class(EMPTY)
            screen.beginning.explain(
                [
                    Way(say("beginning"), heading=True),
                    Way(""),
                    Way(say("beginning add"), take=screen.action_add),
                    Way(say("beginning demo"), take=self._demo),
                    Way(""),
                    Way(say("beginning about")),
                    Way(""),
                    Way(say("beginning command")),
                ]
            )
            if not screen.box.value:
                # It can have the focus only when the style sheet has been applied.
                screen.call_after_refresh(screen.panes.go, "beginning")
        self.wait()

    def wait(self) -> None:
        """The index cannot be opened: look again in a while, for another process may mend it."""
        self._screen.set_timer(RENEW_EVERY, self.renew)

    def _demo(self) -> None:
        app = self._screen.app
        app.call_later(app.run_action, "app.demo")

    def _has_articles(self) -> None:
        screen = self._screen
        if screen.has_class(EMPTY):
            begun = screen.pane == "beginning"
            screen.remove_class(EMPTY)
            if begun:
                screen.call_after_refresh(screen.panes.go, "results")

    # A newer one

    def look(self) -> None:
        """See whether another process has written a newer index, and open it; not while hits are waited for."""
        if not self._looking and not self._screen.searching.waiting:
            self._looking = True
            start(self._screen, self._look, "renew")

    async def _look(self) -> None:
        try:
            await self._renew("")
        finally:
            self._looking = False

    def renew(self, word: str = "") -> None:
        """Open the newest index, whoever wrote it; `word` tells of it."""
        if self.done:
            start(self._screen, partial(self._renew, word), "renew")
        else:
            self.open()
            if word:
                self._screen.status.say(word)

    async def _renew(self, word: str) -> None:
        with suppress(KashafError):  # the index that is open goes on answering
            if (opened := await self._engine.renew()) is not None:
                self._screen.post_message(IndexRenewed(opened, word))
            elif word:
                self._screen.status.say(word)

    def renewed(self, message: IndexRenewed) -> None:
        """Search, list and read over the newer index, and keep the place."""
        screen = self._screen
        self._show(message.opened)
        screen.status.say(message.word or screen.say("newer index"))
        screen.searching.again()
        screen.mentioned.read()
        screen.noting.check_anchors()
