"""What two articles of a story say alike and otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from kashaf.corpus.article import Article
from kashaf.errors import KashafError
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.flows.revising import ReviseFlow
from kashaf_tui.explorer.panes.differences import SIGNS, DifferenceView, blocks
from kashaf_tui.explorer.reviser import Dossier
from kashaf_tui.explorer.screens.about_article import AboutArticle
from kashaf_tui.explorer.widgets.bars import Bar
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import facts, left_to_right
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.corpus.story_diff import Difference


class Blocks(Framed, DifferenceView):
    BINDINGS: ClassVar = bindings_for("differences")


class DifferencesScreen(AboutArticle):
    """A is what was seen first."""

    place: ClassVar[Place] = "differences"

    def __init__(self, say: Wording, flow: ReviseFlow, a: str, b: str) -> None:
        """a, b: ids of the articles."""
        super().__init__(say, flow)
        self._ids = (a, b)
        self._pair: tuple[Article, Article] | None = None
        self._found: Sequence[Difference] = ()
        self._whole = False
        self.view = Blocks(say, id="differences", empty=say("comparing"))
        self.names = (Bar(base=say.base, id="name-a"), Bar(base=say.base, id="name-b"))

    @property
    def main_widget(self) -> Widget:
        return self.view

    def compose(self) -> ComposeResult:
        yield self.head
        yield from self.names
        yield self.view
        yield from self.between()
        yield self.keys
        yield self.too_small

    def opened(self) -> None:
        self.head.show(self.say("differences"), "")
        start(self, self._load, "differences", exclusive=True)

    def revised(self, dossier: Dossier) -> None:
        del dossier  # any article of the two may have changed
        start(self, self._load, "differences", exclusive=True)

    async def _load(self) -> None:
        from kashaf.corpus.story_diff import differences  # noqa: PLC0415 -- not before first paint

        engine = self.flow.engine
        try:
            a, b = [await engine.article(id_) for id_ in self._ids]
        except KashafError as error:
            self.view.show((), self.say.told(error))
            return
        found = await asyncio.to_thread(differences, a, b)
        self._pair, self._found = (a, b), found
        for name, bar, article in zip("AB", self.names, (a, b), strict=True):
            bar.show(f" {name}  {facts(_facts(self.say, article))}")
        self._show()

    def _show(self) -> None:
        if self._pair is not None:
            shown = list(blocks(*self._pair, self._found, whole=self._whole))
            differing = any(block.kind != "same" for block in shown)
            if not differing and not self._whole:
                shown = []
            self.view.show(shown, self.say("no difference"))

    @on(DifferenceView.Whole)
    def _on_whole(self) -> None:
        self._whole = not self._whole
        self._show()

    @on(DifferenceView.Moved)
    def _on_moved(self) -> None:
        say, block = self.say, self.view.current
        if block is None:
            self.about.show("")
            return
        number = say("of difference", n=self.view.selected + 1, all=len(self.view.differing))
        match block.kind:
            case "only_a" | "only_b":
                words = say("only in", side=block.kind[-1].upper())
            case "moved":
                words = say("elsewhere", side="B")
            case _:
                words = say("reworded")
        self.about.show(facts([number, f"{SIGNS[block.kind]} {words}"]))

    def action_swap(self) -> None:
        """The other one is A."""
        a, b = self._ids
        self._ids = (b, a)
        start(self, self._load, "differences", exclusive=True)


def _facts(say: Wording, article: Article) -> list[str]:
    data = article.metadata
    date = left_to_right(data.published.isoformat()) if data.published else say("no date")
    return [data.outlet or say("no outlet"), date, article.title]
