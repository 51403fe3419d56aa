"""`o` on an entity: all that the articles say of it, and the way to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from kashaf.entities.model import EntityKey, EntityRow
from kashaf.errors import KashafError
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.names import About
from kashaf_tui.explorer.panes.entity_page import EntityPageList, PageRow, page_rows
from kashaf_tui.explorer.screens.named import NamedScreen
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import facts
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.entities.book.decisions import Decision
    from kashaf_tui.explorer.flows.naming import NamingFlow

#: Links that were found, and not said by anybody: they can be undone one by one.
_FOUND = frozenset({"spelling", "article", "sound", "particle"})


class Rows(Framed, EntityPageList):
    BINDINGS: ClassVar = bindings_for("entity")


class EntityScreen(NamedScreen):
    """A list in parts; Enter opens what the line counts."""

    place: ClassVar[Place] = "entity"

    def __init__(self, say: Wording, flow: NamingFlow, key: EntityKey, selected: object = None) -> None:
        """selected: the key of the row to begin at."""
        super().__init__(say, flow)
        self.key = key
        self._selected = selected
        self._about: About | None = None
        self.list = Rows(say, id="entity", empty=say("loading"))

    @property
    def main_widget(self) -> Widget:
        return self.list

    def opened(self) -> None:
        self._title()
        self.refill()

    def _title(self) -> None:
        kind = self.say(f"offer {self.key.type}")
        self.head.show(facts([self.say("entity"), sanitise_line(self.key.name)]), kind)

    def refill(self) -> None:
        start(self, self._load, "entity", exclusive=True)

    async def _load(self) -> None:
        try:
            about = await self.flow.names.about(self.key)
        except KashafError as error:
            self.list.show([], self.say.told(error))
            return
        finally:
            self.fetched = True
        self._about = about
        if about is None:
            self.list.show([], self.say("no entity any more"))
            self.about.show("")
            return
        rows = page_rows(self.say, about)
        self.list.show(rows)
        if self._selected is not None:
            self.list.select(self.list.index_of(rows, self._selected))
            self._selected = None
        self._title()
        self.about.show(" " + self.say("opens"), "")

    def decided(self, decision: Decision, *, back: bool) -> None:
        """The page goes along with its name."""
        target = decision.target
        if decision.kind in ("merge", "rename", "retype") and decision.keys and target is not None:
            if not back and self.key in decision.keys:
                self.key = target
            elif back and self.key == target and decision.kind != "merge":
                self.key = decision.keys[0]
            elif back and self.key in decision.keys:
                self.key = target
        self._title()
        self.refill()

    def subjects(self) -> Sequence[EntityRow]:
        if self._about is not None:
            return [self._about.page.row]
        return []

    def again(self) -> EntityScreen:
        row = self.list.current
        return EntityScreen(self.say, self.flow, self.key, self.list.key(row) if row is not None else None)

    # Keys

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        """What the line counts: its articles or quotations; of an article or a quotation, itself."""
        row, flow = self.list.current, self.flow
        if row is None:
            return
        match row.kind:
            case "count" | "more":
                flow.list_articles([self.key])
            case "variant":
                flow.search_form(row.value)
            case "month":
                flow.list_articles([self.key], f"date:{row.value}")
            case "outlet" if row.value:
                outlet = row.value.replace('"', " ")
                flow.list_articles([self.key], f'outlet:"{outlet}"')
            case "together" if row.key is not None:
                flow.show_meeting([self.key, row.key])
            case "by" | "about":
                flow.quotes(self.key, about=row.kind == "about")
            case "saying" if row.said is not None:
                flow.read(row.said.article.id, row.said.start)
            case "article":
                self._read(row)

    def _read(self, row: PageRow) -> None:
        """An article, where it first names the entity."""
        start(self, partial(self._go, row.value), "read")

    async def _go(self, article_id: str) -> None:
        self.flow.read(article_id, await self.flow.names.first_mention(article_id, self.key))

    def action_page(self) -> None:
        row = self.list.current
        if row is not None and row.key is not None:
            self.flow.show_page(EntityRow(row.key.name, row.key.type, 0, 0, ()))

    def action_search(self) -> None:
        for row in self.subjects():
            self.flow.search(row)

    def action_split(self) -> None:
        """On a spelling that was only found to be alike: it is somebody else. Else: two of one name."""
        row = self.list.current
        if row is not None and row.variant is not None and row.variant.link in _FOUND:
            self.flow.apart(self.key, row.variant.form)
        else:
            super().action_split()
