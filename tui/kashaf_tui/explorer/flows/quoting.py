"""Quotations from the main screen: which are shown, the way to the words in their article, and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.screen import Screen

from kashaf.entities.model import EntityKey
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.marking import Mark
from kashaf_tui.explorer.quoting import Quotes, Scope
from kashaf_tui.explorer.screens.named import NamedScreen
from kashaf_tui.quoted import Utterance

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen
    from kashaf_tui.explorer.screens.quote_parts import View
    from kashaf_tui.explorer.screens.quotes import QuotesScreen

_LOOKS: Final = 200  # times that the reader is looked at until the article is there
_EVERY: Final = 0.02  # seconds


class QuoteFlow:
    """Belongs to the main screen. It outlives its screen: who goes to an article and comes back finds the list."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self.main = screen
        self._engine = engine
        self._left: View | None = None
        self._below: list[Callable[[], Screen[None]]] = []

    @property
    def quotes(self) -> Quotes:
        return self._engine.quotes

    def open(self, *, speaker: EntityKey | None = None, about: EntityKey | None = None) -> None:
        """The quotations of the open article; or by an entity, or about one, in all articles."""
        from kashaf_tui.explorer.screens.quote_parts import View  # noqa: PLC0415 -- not before first paint

        self._left = None
        if speaker is not None:
            self._push(View(Scope("speaker", key=speaker)))
        elif about is not None:
            self._push(View(Scope("about", key=about)))
        else:
            article = self.main.reading.article_id
            self._push(View(self.scope("article" if article else "results")))

    def scope(self, what: str) -> Scope:
        """The open article, the current results, or all articles."""
        if what == "article":
            return Scope("article", article=self.main.reading.article_id)
        if what == "results":
            searching = self.main.searching
            return Scope("results", query=searching.answered or searching.query)
        return Scope("all")

    @property
    def title(self) -> str:
        """Of the open article."""
        reading = self.main.article.reading
        return reading.article.title if reading is not None else ""

    def _push(self, view: View) -> None:
        from kashaf_tui.explorer.screens.quotes import QuotesScreen  # noqa: PLC0415 -- not before first paint

        self.main.app.push_screen(QuotesScreen(self.main.say, self, view))

    def _open_now(self) -> list[QuotesScreen]:
        from kashaf_tui.explorer.screens.quotes import QuotesScreen  # noqa: PLC0415 -- not before first paint

        return [screen for screen in self.main.app.screen_stack if isinstance(screen, QuotesScreen)]

    # There and back

    def read(self, row: Utterance, view: View) -> None:
        """Show the words in their article, marked; Esc there leads back."""
        self._left = view
        self.main.app.call_later(self._leave, row)

    async def _leave(self, row: Utterance) -> None:
        app = self.main.app
        self._below = [one.again for one in app.screen_stack if isinstance(one, NamedScreen)]
        while app.screen is not self.main and len(app.screen_stack) > 1:
            await app.pop_screen()
        self.main.reading.open(row.article, caret=row.quotation.start)
        self.main.panes.go("article")
        start(self.main, partial(self._mark, row), "quotation", exclusive=True)

    async def _mark(self, row: Utterance) -> None:
        """Mark the words when their article is there; not if the analyst has gone elsewhere meanwhile."""
        reader, one = self.main.article, row.quotation
        for _ in range(_LOOKS):
            if self.main.reading.wanted != row.article:
                return
            reading = reader.reading
            if reading is not None and reading.article.id == row.article and reader.caret == one.start:
                if reading.article.text[one.start : one.end] == row.text:
                    reader.set_mark(Mark((one.end, one.end), (one.start, one.start), "letter"))
                return
            await asyncio.sleep(_EVERY)

    def come_back(self) -> bool:
        """Whether the analyst went from here to the article, and now returns from there."""
        back = self._left is not None and self.main.pane == "article"
        if not back:
            self._left = None
        return back

    def open_again(self) -> None:
        """The screen as it was left, and those of entities that it was opened from."""
        view, self._left = self._left, None
        below, self._below = self._below, []
        if view is not None:
            for again in below:
                self.main.app.push_screen(again())
            self._push(view)

    def forget(self) -> None:
        """A newer index is open: what is shown is gathered anew."""
        for screen in self._open_now():
            screen.gather()

    # What is done with words

    async def write_note(self, row: Utterance) -> None:
        """Open the editor for a note on the words. Raises KashafError."""
        if not self.main.noting.saving.refused():
            self.main.noting.drafting.new(await self.quotes.target(row))

    async def cite(self, row: Utterance) -> None:
        """Show the citation card of the words. Raises KashafError."""
        from kashaf_tui.explorer.screens.citation import CitationScreen  # noqa: PLC0415 -- not before first paint

        self.main.app.push_screen(CitationScreen(self.main.say, await self.quotes.citation(row)))

    async def copy(self, row: Utterance) -> None:
        """Copy the citation card, which begins with the words. Raises KashafError."""
        from kashaf.notes.citation import card  # noqa: PLC0415 -- not before first paint

        lines = card(await self.quotes.citation(row), self.main.say.language)
        who = row.speaker
        self.main.app.copy_to_clipboard("\n".join([f"{who}:", *lines] if who else lines))
