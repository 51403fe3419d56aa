"""`Q`: who said what: of the open article, of the results, of all articles, or by one speaker."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on

from kashaf.errors import KashafError
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.flows.filtering import asked
from kashaf_tui.explorer.panes.quotes import Heading
from kashaf_tui.explorer.quote_groups import (
    KINDS,
    ORDERS,
    entity_of,
    folded,
    grouped,
    narrowed,
    speaker_key,
    speakers_of,
)
from kashaf_tui.explorer.quoting import Gathered, Scope
from kashaf_tui.explorer.screens.filtered import Choices, Filtered, choice
from kashaf_tui.explorer.screens.quote_parts import QuoteFilter, Shown, View
from kashaf_tui.explorer.widgets.paint import facts, isolated
from kashaf_tui.explorer.widgets.pieces_line import Piece, PieceLine
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording
from kashaf_tui.quoted import Utterance

if TYPE_CHECKING:
    from kashaf_tui.explorer.flows.quoting import QuoteFlow

_SCOPES: Final = ("article", "results", "all")


class QuotesScreen(Filtered):
    """Quotations are gathered once a scope; filtering, folding and sorting are done with what was gathered."""

    place: ClassVar[Place] = "quotes"
    filter_place: ClassVar[Place] = "quote filter"
    fetched = False

    def __init__(self, say: Wording, flow: QuoteFlow, view: View) -> None:
        super().__init__(say)
        self.flow = flow
        self.view = view
        self.list = Shown(say, id="quotes", empty=say("gathering quotes"))
        self.field = QuoteFilter(
            view.typed, placeholder=say("filter quotes"), base=say.base, id="filter-field"
        )
        self.choices = Choices(base=say.base)
        self._gathered: Gathered | None = None
        self._looked_in: list[str] = []
        self._left: list[Utterance] = []
        self._read: tuple[int, int] = (0, 0)
        self._cancelled = threading.Event()

    @property
    def main_widget(self) -> Shown:
        return self.list

    def opened(self) -> None:
        self.gather()

    def on_unmount(self) -> None:
        self._cancelled.set()

    # Gathering

    def gather(self) -> None:
        """Ask for the quotations of the scope; what was asked before is given up."""
        self._cancelled.set()
        self._cancelled = threading.Event()
        self._gathered, self._read = None, (0, 0)
        self.list.show([], self.say("gathering quotes"))
        self.tell_what()
        start(self, self._gather, "quotes", exclusive=True)

    async def _gather(self) -> None:
        cancelled = self._cancelled
        scope = self.view.scope
        if scope.what == "article" and not scope.article:
            self._gathered = Gathered(())
        else:
            try:
                self._gathered = await self.flow.quotes.gather(scope, self._progress, cancelled)
            except KashafError as error:
                self.list.show([], self._empty() if self.flow.main.is_empty else self.say.told(error))
                self.fetched = True
                return
        if self._gathered is not None and not cancelled.is_set():
            self._looked_in = [folded(row) for row in self._gathered.rows]
            self.fill()
            self.fetched = True

    def _progress(self, done: int, total: int) -> None:
        self._read = done, total
        self.tell_what()

    # What is listed

    def fill(self) -> None:
        """Show what the view leaves of the quotations; the selected one stays so."""
        gathered, view = self._gathered, self.view
        if gathered is None:
            return
        self._left = narrowed(gathered.rows, self._looked_in, view.typed, view.kind, view.speaker)
        rows = grouped(self.say, self._left, view.order, view.closed)
        old = self.list.current
        old_key = self.list.key(old) if old is not None else None
        self.list.show(rows, self._empty())
        now = self.list.current
        if view.selected is not None:
            at = next((at for at, row in enumerate(rows) if self.list.key(row) == view.selected), None)
            self.view = replace(view, selected=None)
            if at is not None:
                self.call_after_refresh(self._select, at)
        elif isinstance(now, Heading) and self.list.key(now) != old_key and not now.closed:
            self.list.select(1)  # the first quotation: what keys do is done with one
        self.tell_what()

    def _select(self, at: int) -> None:
        self.list.select(at)
        self._describe()

    def _empty(self) -> str:
        """Why nothing is listed, and what to do."""
        gathered, view, say = self._gathered, self.view, self.say
        if gathered is not None and gathered.rows:
            return say("no such quotes")
        scope, main = view.scope, self.flow.main
        if main.is_empty:
            return say("no articles")
        back = say("quotes before" if view.before is not None else "quotes below")
        name = isolated(scope.key.name) if scope.key is not None else ""
        match scope.what:
            case "article":
                return say("no quotes in article" if scope.article else "no article for quotes")
            case "results":
                return say("no results to quote" if main.searching.found_none else "no quotes in results")
            case "speaker":
                return f"{say('no quotes by', name=name)}\n{back}"
            case "about":
                return f"{say('no quotes about', name=name)}\n{back}"
        return say("no quotes at all")

    def narrow(self, typed: str) -> None:
        self.look_at(replace(self.view, typed=typed))

    def look_at(self, view: View) -> None:
        """List something else; another scope is gathered first."""
        gather = view.scope != self.view.scope
        self.view = view
        if self.field.value != view.typed:
            self.field.set(view.typed)
        if gather:
            self.gather()
        else:
            self.fill()

    # The lines around the list

    def tell_what(self) -> None:
        say, gathered = self.say, self._gathered
        parts: list[str] = []
        done, total = self._read
        if gathered is None:
            parts.append(say("gathering quotes of", done=f"{done:,}", all=f"{total:,}") if total else "")
        else:
            parts.append(say("quotes n", n=len(self._left)))
            parts.append(say("speakers n", n=len({speaker_key(row) for row in self._left})))
            if gathered.more:
                parts.append(say("quotes first", shown=f"{len(gathered.rows):,}"))
        self.head.show(f"{say('quotes')} {self._of_what()}", facts(filter(None, parts)))
        self.tell_choices()
        self._describe()

    def _of_what(self) -> str:
        say, scope = self.say, self.view.scope
        match scope.what:
            case "article":
                return say("quotes of article", title=isolated(self.flow.title)) if scope.article else ""
            case "results":
                return say("quotes of results", query=isolated(asked(say, scope.query) or "*"))
            case "speaker" | "about" if scope.key is not None:
                key = "quotes by" if scope.what == "speaker" else "quotes about"
                return say(key, name=isolated(scope.key.name))
        return say("quotes of all")

    def pieces(self) -> Iterator[Piece]:
        say, view = self.say, self.view
        for what in _SCOPES:
            yield choice(say(f"scope {what}"), what, chosen=what == view.scope.what)
        yield Piece("   " + say(f"quotes order {view.order}"), "order")
        if view.kind:
            yield Piece(" · " + say(f"kind {view.kind}"), "kind")
        if view.speaker:
            one = next((row for row in self._left if speaker_key(row) == view.speaker), None)
            name = (one.speaker if one is not None else "") or say("nobody named")
            yield Piece(" · " + say("only speaker", name=isolated(name)), "speaker")

    def _describe(self) -> None:
        """Below the list: which it is of how many, and where it stands; else what the signs mean."""
        say, row = self.say, self.list.quotation
        waiting = self._gathered.waiting if self._gathered is not None else 0
        parts = [say("quotes waiting", n=waiting)] if waiting else []
        if row is not None:
            at = next((at for at, one in enumerate(self._left, 1) if one is row), 0)
            parts.insert(0, f"{at:,}/{len(self._left):,}")
            parts.append(say("direct" if row.quotation.direct else "reported"))
            parts += [isolated(row.form)] if row.form and row.form != row.speaker else []
            parts.append(row.title)
        else:
            parts.append(say("quotes legend"))
        self.about.show(" " + facts(parts), "")

    @on(RowList.Moved)
    def _on_moved(self) -> None:
        self._describe()

    @on(PieceLine.Chosen)
    def _on_piece(self, message: PieceLine.Chosen) -> None:
        match message.means:
            case "order":
                self.action_order()
            case "kind":
                self.look_at(replace(self.view, kind=""))
            case "speaker":
                self.look_at(replace(self.view, speaker=""))
            case what:
                self.look_at(replace(self.view, scope=self.flow.scope(what), speaker="", before=None))

    # Keys

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        row = self.list.current
        if isinstance(row, Heading):
            self.look_at(replace(self.view, closed=self.view.closed ^ {row.key}))
        elif row is not None:
            self.flow.read(row.said, replace(self.view, selected=self.list.key(row)))

    def action_scope(self, step: int) -> None:
        what = self.view.scope.what
        at = _SCOPES.index(what) + step if what in _SCOPES else 0
        scope = self.flow.scope(_SCOPES[at % len(_SCOPES)])
        self.look_at(replace(self.view, scope=scope, speaker="", closed=frozenset(), before=None))

    def action_speaker(self, step: int) -> None:
        """Only the next speaker of those who are quoted here; after the last one, all of them."""
        gathered, view = self._gathered, self.view
        if gathered is None or not gathered.rows:
            return
        rows = narrowed(gathered.rows, self._looked_in, view.typed, view.kind, "")
        keys = ["", *(key for key, _, _ in speakers_of(rows))]
        at = keys.index(view.speaker) if view.speaker in keys else 0
        self.look_at(replace(view, speaker=keys[(at + step) % len(keys)], closed=frozenset()))

    def action_everywhere(self) -> None:
        """All that the selected speaker says in all articles."""
        row, view = self._of_selected(), self.view
        key = entity_of(row) if row is not None else None
        if row is None:
            return
        if key is None:
            self.tell(self.say("nobody named"))
            return
        before = replace(view, selected=self.list.key(self.list.current) if self.list.current else None)
        self.look_at(View(Scope("speaker", key=key), order="article", before=before))

    def _of_selected(self) -> Utterance | None:
        """The selected quotation, or the first below the selected heading."""
        row = self.list.current
        if isinstance(row, Heading):
            below = grouped(self.say, self._left, self.view.order, ())
            at = next(
                (at for at, one in enumerate(below) if isinstance(one, Heading) and one.key == row.key), -1
            )
            return next((one.said for one in below[at + 1 : at + 2] if not isinstance(one, Heading)), None)
        return row.said if row is not None else None

    def action_order(self) -> None:
        at = (ORDERS.index(self.view.order) + 1) % len(ORDERS)
        self.look_at(replace(self.view, order=ORDERS[at], closed=frozenset()))

    def action_kind(self) -> None:
        at = (KINDS.index(self.view.kind) + 1) % len(KINDS)
        self.look_at(replace(self.view, kind=KINDS[at]))

    def action_add(self) -> None:
        self.flow.main.action_add()

    def action_note(self) -> None:
        self._do(self.flow.write_note)

    def action_copy(self) -> None:
        self._do(self.flow.copy)

    def action_cite(self) -> None:
        self._do(self.flow.cite)

    def _do(self, deed: Callable[[Utterance], Awaitable[None]]) -> None:
        row = self.list.quotation
        if row is not None:
            start(self, partial(self._done, deed, row), "deed", exclusive=True)

    async def _done(self, deed: Callable[[Utterance], Awaitable[None]], row: Utterance) -> None:
        try:
            await deed(row)
        except KashafError as error:
            self.tell(self.say.told(error), "error")

    def action_back(self) -> None:
        """The gathering first, then the filter and the speaker; then the screen."""
        view = self.view
        if self._gathered is None and not self._cancelled.is_set() and self._read[1]:
            self._cancelled.set()
            self.list.show([], self.say("quote cancelled"))
        elif view.typed:
            self.action_unfilter()
        elif view.speaker or view.kind:
            self.look_at(replace(view, speaker="", kind=""))
        elif view.before is not None:
            self.look_at(view.before)
        else:
            self.dismiss()
