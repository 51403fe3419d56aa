"""`g` in the article: the articles of its story, and what each says otherwise."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.widget import Widget

from kashaf.corpus.article import Article
from kashaf.errors import KashafError
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.flows.revising import ReviseFlow
from kashaf_tui.explorer.panes.story import StoryList
from kashaf_tui.explorer.reviser import Dossier
from kashaf_tui.explorer.screens.about_article import AboutArticle
from kashaf_tui.explorer.screens.differences import DifferencesScreen
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import facts, isolated
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording


class Members(Framed, StoryList):
    BINDINGS: ClassVar = bindings_for("story")


class StoryScreen(AboutArticle):
    """A list; Enter reads, d compares with the article that is open."""

    place: ClassVar[Place] = "story"

    def __init__(self, say: Wording, flow: ReviseFlow, article: Article) -> None:
        super().__init__(say, flow)
        self._article = article
        self.rows = Members(say, article.id, id="story", empty=say("loading"))

    @property
    def main_widget(self) -> Widget:
        return self.rows

    def opened(self) -> None:
        self.head.show(self.say("story"), isolated(self._article.title))
        start(self, self._load, "story", exclusive=True)

    async def _load(self) -> None:
        try:
            found = await self.flow.engine.story(self._article.id)
        except KashafError as error:
            self.rows.show([], self.say.told(error))
            return
        self.rows.show(found, self.say("alone"))
        if found:
            here = next((at for at, row in enumerate(found) if row.id == self._article.id), 0)
            self.rows.select(here)
            counted = self.say("story of", n=len(found))
            self.head.show(facts([self.say("story"), counted]), isolated(self._article.title))

    def revised(self, dossier: Dossier) -> None:
        self._article = dossier.article
        start(self, self._load, "story", exclusive=True)

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        if self.rows.current is not None:
            self.dismiss()
            self.app.call_later(partial(self.flow.read, self.rows.current.id))

    def action_compare(self) -> None:
        """The selected article with the open one; that one itself with the first other."""
        chosen = self.rows.current
        if chosen is not None and chosen.id == self._article.id:
            chosen = next((row for row in self.rows.rows if row.id != self._article.id), None)
        if chosen is None:
            self.flow.tell(self.say("two needed"))
            return
        order = [row.id for row in self.rows.rows]
        # The one that was seen first is A.
        pair = sorted((self._article.id, chosen.id), key=lambda id_: order.index(id_) if id_ in order else -1)
        self.app.push_screen(DifferencesScreen(self.say, self.flow, pair[0], pair[1]))
