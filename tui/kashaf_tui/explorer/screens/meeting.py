"""`m` on those marked: the articles that name all of them, first those with a sentence that does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from kashaf.entities.model import EntityKey, EntityRow
from kashaf.errors import KashafError
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.action import Place as Where
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.names import MET, Place
from kashaf_tui.explorer.panes.meeting import PlaceList
from kashaf_tui.explorer.screens.named import NamedScreen
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import facts
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.entities.book.decisions import Decision
    from kashaf_tui.explorer.flows.naming import NamingFlow


class Places(Framed, PlaceList):
    BINDINGS: ClassVar = bindings_for("meeting")


class MeetingScreen(NamedScreen):
    """The list fills while the articles are read."""

    place: ClassVar[Where] = "meeting"

    def __init__(
        self, say: Wording, flow: NamingFlow, keys: tuple[EntityKey, ...], selected: str = ""
    ) -> None:
        """selected: id of the article to begin at."""
        super().__init__(say, flow)
        self._keys = keys
        self._selected = selected
        self.list = Places(say, id="meeting", empty=say("gathering meeting"))

    @property
    def main_widget(self) -> Widget:
        return self.list

    def opened(self) -> None:
        names = " + ".join(f"\u2068{sanitise_line(key.name)}\u2069" for key in self._keys)
        self.head.show(facts([self.say("meeting"), names]))
        self.refill()

    def refill(self) -> None:
        start(self, self._load, "meeting", exclusive=True)

    async def _load(self) -> None:
        found: list[Place] = []
        total = 0
        try:
            async for some, total in self.flow.names.meeting(self._keys):
                found += some
                # The order of arrival is from the newest on, and is kept among equals.
                found.sort(key=lambda one: not one.together)
                self._show(found, total)
        except KashafError as error:
            self.list.show([], self.say.told(error))
            return
        finally:
            self.fetched = True
        if not found:
            self.list.show([], self.say("no meeting"))
        else:
            self._show(found, total, done=True)

    def _show(self, found: Sequence[Place], total: int, *, done: bool = False) -> None:
        say = self.say
        self.list.show(list(found), say("gathering meeting"))
        self.fetched = bool(found)
        if self._selected:
            at = next((at for at, one in enumerate(found) if one.article.id == self._selected), None)
            if at is not None:
                self.list.select(at)
                self._selected = ""
        self.head.show(right=say("articles n", n=total))
        parts = [say("together in sentences", n=sum(one.together > 0 for one in found))]
        if done and total > MET:
            parts.insert(0, say("newest met", n=len(found)))
        elif not done and len(found) < total:
            parts.insert(0, say("gathering of", done=f"{len(found):,}", all=f"{total:,}"))
        self.about.show(" " + facts(parts), "")

    def decided(self, decision: Decision, *, back: bool) -> None:
        target = decision.target
        if not back and target is not None and decision.kind in ("merge", "rename", "retype"):
            self._keys = tuple(target if key in decision.keys else key for key in self._keys)
        self.opened()

    def subjects(self) -> Sequence[EntityRow]:
        return []

    def again(self) -> MeetingScreen:
        row = self.list.current
        return MeetingScreen(self.say, self.flow, self._keys, row.article.id if row is not None else "")

    # Keys

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        if (row := self.list.current) is not None:
            self.flow.read(row.article.id, row.caret)

    def action_search(self) -> None:
        self.flow.list_articles(self._keys)
