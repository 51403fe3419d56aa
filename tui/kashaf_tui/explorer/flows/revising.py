"""Deciding about lines and metadata: carried out in the background, shown at once wherever the article is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kashaf.corpus.article import Article
from kashaf.errors import Cancelled, KashafError
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.messages import IndexRenewed
from kashaf_tui.explorer.reviser import Change, Dossier, LineChange, Revised, Reviser
from kashaf_tui.explorer.toasts import Severity, toast
from kashaf_tui.explorer.widgets.paint import facts

if TYPE_CHECKING:
    from kashaf_tui.explorer.app import ExplorerApp
    from kashaf_tui.explorer.screens.about_article import AboutArticle

_LOOK_EVERY: Final = 0.3  # seconds between two looks at articles being read again


class ReviseFlow:
    """Belongs to the app: what was begun on one screen may end on another."""

    def __init__(self, app: ExplorerApp, reviser: Reviser, engine: Engine) -> None:
        self._app = app
        self.engine = engine
        self.reviser = reviser
        self._asked_to_leave = False

    # Screens

    def show_removed(self) -> None:
        """The lines of the open article, with those that were removed."""
        start(self._app, self._show_removed, "dossier", exclusive=True)

    async def _show_removed(self) -> None:
        from kashaf_tui.explorer.screens.removed import RemovedScreen  # noqa: PLC0415 -- not before first paint

        dossier = await self._opened()
        if dossier is not None and (main := self._app.main) is not None:
            await self._app.push_screen(RemovedScreen(self._app.say, self, dossier, main.article.caret))

    def show_details(self) -> None:
        """What is known of the open article."""
        start(self._app, self._show_details, "dossier", exclusive=True)

    async def _show_details(self) -> None:
        from kashaf_tui.explorer.screens.details import DetailsScreen  # noqa: PLC0415 -- not before first paint

        dossier = await self._opened()
        if dossier is not None:
            await self._app.push_screen(DetailsScreen(self._app.say, self, dossier))

    def show_story(self) -> None:
        """The other articles of the story that the open article is one of."""
        from kashaf_tui.explorer.screens.story import StoryScreen  # noqa: PLC0415 -- not before first paint

        main = self._app.main
        if main is not None and main.article.reading is not None and self._app.screen is main:
            self._app.push_screen(StoryScreen(self._app.say, self, main.article.reading.article))

    async def _opened(self) -> Dossier | None:
        """What is known of the article in the reader."""
        main = self._app.main
        if main is None or main.article.reading is None or self._app.screen is not main:
            return None
        try:
            return await self.reviser.dossier(main.article.reading.article)
        except KashafError as error:
            self.tell(self._app.say.told(error), "error")
            return None

    def read(self, article_id: str, offset: int | None = None) -> None:
        """Show an article in the reader, at an offset of its text."""
        if (main := self._app.main) is not None:
            main.reading.open(article_id, caret=offset)
            main.panes.go("article")

    # Changes

    def begin(self, change: Change) -> None:
        """Carry out a change; the screen goes on meanwhile."""
        start(self._app, partial(self._run, change), "revise")

    def undo(self) -> None:
        """Take the last change back."""
        start(self._app, partial(self._run, None), "revise")

    async def _run(self, change: Change | None) -> None:
        say, main = self._app.say, self._app.main
        timer = self._app.set_interval(_LOOK_EVERY, self._show_progress)
        try:
            revised = await self.reviser.run(change)
        except Cancelled:
            return
        except KashafError as error:
            self.tell(say.told(error), "error")
            return
        finally:
            timer.stop()
            if main is not None:
                main.status.progress("", of="revise")
        if revised is None:
            self.tell(say("nothing decided"))
            return
        await self._show(change, revised)

    async def _show(self, change: Change | None, revised: Revised) -> None:
        """Search the new generation, and show the article as it is now."""
        say, main = self._app.say, self._app.main
        parts = [say("undone")] if revised.undone else []
        parts.append(say("read again", n=revised.articles))
        if revised.failed:
            parts.append(say("not read again", n=revised.failed))
        word = facts(parts)
        try:
            opened = await self.engine.renew()
            if opened is not None and main is not None:
                main.post_message(IndexRenewed(opened, word))
            dossier = await self._dossier_now(change)
        except KashafError as error:
            self.tell(say.told(error), "error")
            return
        if dossier is not None:
            for screen in self._about:
                screen.revised(dossier)
            if isinstance(change, LineChange) and dossier.article.text == change.article.text:
                self.tell(say("nothing changed"), "warning")
                return
        self.tell(word)

    async def _dossier_now(self, change: Change | None) -> Dossier | None:
        article: Article | None = change.article if change is not None else None
        if article is None and (main := self._app.main) is not None and main.article.reading is not None:
            article = main.article.reading.article
        if article is None:
            return None
        return await self.reviser.dossier(await self.engine.article(article.id))

    @property
    def _about(self) -> list[AboutArticle]:
        """The screens about the article that are open."""
        from kashaf_tui.explorer.screens.about_article import AboutArticle  # noqa: PLC0415 -- not before first paint

        return [screen for screen in self._app.screen_stack if isinstance(screen, AboutArticle)]

    def _show_progress(self) -> None:
        done, all_ = self.reviser.done
        say, main = self._app.say, self._app.main
        words = say("revising of", done=f"{done:,}", all=f"{all_:,}") if all_ > 1 else say("revising")
        for screen in self._about:
            screen.about.show(words)
        if main is not None:
            main.status.progress(words, of="revise")

    def may_leave(self) -> bool:
        """Whether nothing is being read again; asks once."""
        if not self.reviser.running or self._asked_to_leave:
            return True
        self._asked_to_leave = True
        self.tell(self._app.say("leave revising"), "warning")
        return False

    def tell(self, text: str, severity: Severity = "information") -> None:
        """Say something over whatever screen is shown."""
        toast(self._app, text, severity)
