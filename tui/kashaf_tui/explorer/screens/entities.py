"""`E`: the people, places and organisations of all articles, or of the results, as a table to sort and to filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult

from kashaf.entities.model import ENTITY_TYPES, EntityKey, EntityRow, EntityType
from kashaf.errors import KashafError
from kashaf_index.model import Query
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.flows.filtering import asked
from kashaf_tui.explorer.names import LISTED, key_of_row
from kashaf_tui.explorer.panes.entities import HEADINGS, LETTERS
from kashaf_tui.explorer.panes.entity_table import EntityTable, TableHeading
from kashaf_tui.explorer.screens.filtered import Choices, Filtered, choice
from kashaf_tui.explorer.screens.named import NamedScreen
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import facts, isolated
from kashaf_tui.explorer.widgets.pieces_line import Piece, PieceLine
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.text_field import TextInput
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.entities.book.decisions import Decision
    from kashaf.entities.tables.rows import Sort
    from kashaf_tui.explorer.flows.naming import NamingFlow

_KINDS: Final[tuple[EntityType | None, ...]] = (None, *ENTITY_TYPES)
_ORDERS: Final[tuple[Sort, ...]] = ("articles", "mentions", "recent", "surprise")
_LOOK_EVERY: Final = 2.0  # seconds, while articles are still being read


@dataclass(frozen=True, slots=True)
class View:
    """What is listed and how. scoped: of the results only. marked: by hand, in that order."""

    typed: str = ""
    kind: EntityType | None = None
    order: Sort = "articles"
    scoped: bool = False
    marked: dict[EntityKey, EntityRow] = field(default_factory=dict)
    selected: EntityKey | None = None


class Table(Framed, EntityTable):
    BINDINGS: ClassVar = bindings_for("all entities")


class NameFilter(TextInput):
    """Letters that the names listed have."""

    BINDINGS: ClassVar = bindings_for("name filter")


class EntitiesScreen(Filtered, NamedScreen):
    """A question is asked anew with every change of the view; an answer to one that is no longer asked is dropped."""

    place: ClassVar[Place] = "all entities"
    filter_place: ClassVar[Place] = "name filter"
    DEFAULT_CSS = """
    EntitiesScreen.-tiny TableHeading, EntitiesScreen.-flat TableHeading { display: none; }
    """

    def __init__(self, say: Wording, flow: NamingFlow, view: View | None = None) -> None:
        super().__init__(say, flow)
        self.view = view or View()
        self.list = Table(say, id="entity-table", empty=say("counting names"))
        self.field = NameFilter(
            self.view.typed, placeholder=say("filter names"), base=say.base, id="filter-field"
        )
        self.choices = Choices(base=say.base)
        self._heading = TableHeading(self.list, id="table-heading")
        self._wanted = 0
        self._asking = False
        self._scope: tuple[Query, frozenset[str]] | None = None
        self._progress: tuple[int, int] | None = None

    @property
    def main_widget(self) -> Table:
        return self.list

    def columns(self) -> ComposeResult:
        yield self._heading

    def opened(self) -> None:
        self.set_interval(_LOOK_EVERY, self._look)
        self.refill()

    # What is listed

    def look_at(self, view: View) -> None:
        """List something else, or in another order."""
        self.view = view
        self.refill()

    def narrow(self, typed: str) -> None:
        self.look_at(replace(self.view, typed=typed))

    def refill(self) -> None:
        """Ask again; while an answer is on its way, only once more when it has come."""
        self._wanted += 1
        self.tell_what()
        if not self._asking:
            self._asking = True
            start(self, self._ask, "names")

    async def _ask(self) -> None:
        try:
            done = 0
            while done != self._wanted:
                done = self._wanted
                await self._fetch(done)
        finally:
            self._asking = False

    async def _fetch(self, wanted: int) -> None:
        view, names = self.view, self.flow.names
        try:
            ids = await self._ids() if view.scoped else None
            rows = await names.table(view.kind, ids, sort=view.order, containing=view.typed)
        except KashafError as error:
            self.list.show([], self.say("no articles") if self.flow.main.is_empty else self.say.told(error))
            self.fetched = True
            return
        if wanted == self._wanted:
            self._show(rows)
            self.fetched = True

    async def _ids(self) -> frozenset[str]:
        """The articles of the results, asked for once a query."""
        query = self._query
        if self._scope is None or self._scope[0] != query:
            self._scope = query, await self.flow.names.results(query)
        return self._scope[1]

    @property
    def _query(self) -> Query:
        searching = self.flow.main.searching
        return replace(searching.answered or searching.query, limit=1, offset=0)

    def _show(self, rows: Sequence[EntityRow]) -> None:
        view = self.view
        self.list.compared = view.scoped
        self.list.marked = view.marked.keys()
        selected = view.selected
        self.list.show(rows, self.say(self._why_empty()))
        if selected is not None:
            at = next((at for at, row in enumerate(rows) if key_of_row(row) == selected), None)
            if at is not None:
                self.list.select(at)
            self.view = replace(view, selected=None)
        self._heading.refresh()
        self.tell_what()

    def _why_empty(self) -> str:
        """The text that says why nobody is listed, and what to do."""
        view, main = self.view, self.flow.main
        if main.is_empty:
            return "no articles"
        if view.typed.strip():
            return "no such name"
        if view.scoped:
            return "no results to count" if main.searching.found_none else "no names in results"
        return "no names"

    def _look(self) -> None:
        """While articles are being read: how far that is, and what has come of it."""
        progress = self.flow.main.mentioned.progress
        if progress != self._progress:
            self._progress = progress
            self.refill()

    # The lines around the table

    def tell_what(self) -> None:
        """What is listed, of what, in which order; what is marked."""
        say, view = self.say, self.view
        number = len(self.list.rows)
        many = say("first entities", shown=f"{number:,}") if number >= LISTED else say("entities n", n=number)
        scope = (
            say("only results", query=isolated(asked(say, self._query) or "*"))
            if view.scoped
            else say("whole corpus")
        )
        self.head.show(say("all entities"), facts([many, scope]))
        self.tell_choices()
        marked = [say("marked n", n=len(view.marked))] if view.marked else []
        progress = self._progress
        read = [say("still reading", done=f"{progress[0]:,}", total=f"{progress[1]:,}")] if progress else []
        row = self.list.current
        forms = " ".join(f"{isolated(form)} {count:,}" for form, count in row.variants[:6]) if row else ""
        self.about.show(" " + facts([*marked, *read, *([forms] if forms else [])]), "")

    def pieces(self) -> Iterator[Piece]:
        say, view = self.say, self.view
        for kind in _KINDS:
            name = f"{say.narrow(LETTERS[kind])} {say(HEADINGS[kind])}" if kind else say("all types")
            yield choice(name, kind or "all", chosen=kind == view.kind)
        yield Piece("   " + say(f"order {view.order}"), "order")

    @on(RowList.Moved)
    def _on_moved(self) -> None:
        self.tell_what()

    @on(PieceLine.Chosen)
    def _on_piece(self, message: PieceLine.Chosen) -> None:
        if message.means == "order":
            self.action_order()
            return
        kind = next((kind for kind in ENTITY_TYPES if kind == message.means), None)
        self.look_at(replace(self.view, kind=kind))

    # Keys

    def subjects(self) -> Sequence[EntityRow]:
        row = self.list.current
        return list(self.view.marked.values()) or ([row] if row is not None else [])

    def subject(self) -> EntityRow | None:
        return self.list.current

    def again(self) -> EntitiesScreen:
        row = self.list.current
        selected = key_of_row(row) if row is not None else None
        return EntitiesScreen(self.say, self.flow, replace(self.view, selected=selected))

    def decided(self, decision: Decision, *, back: bool) -> None:
        self.view.marked.clear()
        target = decision.keys[0] if back and decision.keys else decision.target
        self.view = replace(self.view, selected=target)
        self.refill()

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        row = self.list.current
        if row is None:
            return
        if self.flow.is_searched(row):
            self.flow.show_page(row)
        else:
            self.flow.search(row)

    def action_page(self) -> None:
        if (row := self.list.current) is not None:
            self.flow.show_page(row)

    def action_order(self) -> None:
        """The next order. Surprise is of the results against the rest, so it lists the results only."""
        at = (_ORDERS.index(self.view.order) + 1) % len(_ORDERS)
        if _ORDERS[at] == "surprise" and not self.view.scoped:
            self.tell(self.say("surprise needs results"))
            at = 0
        self.look_at(replace(self.view, order=_ORDERS[at]))

    def action_kind(self, step: int) -> None:
        at = (_KINDS.index(self.view.kind) + step) % len(_KINDS)
        self.look_at(replace(self.view, kind=_KINDS[at]))

    def action_scope(self) -> None:
        scoped = not self.view.scoped
        order = self.view.order if scoped or self.view.order != "surprise" else "articles"
        self.look_at(replace(self.view, scoped=scoped, order=order))

    def action_mark(self) -> None:
        """Mark the selected one, or take its mark away, and go on."""
        row = self.list.current
        if row is None:
            return
        marked = self.view.marked
        if marked.pop(key_of_row(row), None) is None:
            marked[key_of_row(row)] = row
        self.list.marked = marked.keys()
        self.list.refresh()
        self.list.action_move(1)
        self.tell_what()

    def action_meet(self) -> None:
        if len(self.view.marked) < 2:
            self.tell(self.say("mark two"))
        else:
            self.flow.show_meeting(list(self.view.marked))

    def action_back(self) -> None:
        """Marks first, then the filter; then the screen."""
        if self.view.marked:
            self.view.marked.clear()
            self.list.refresh()
            self.tell_what()
        elif self.view.typed:
            self.action_unfilter()
        else:
            self.dismiss()
