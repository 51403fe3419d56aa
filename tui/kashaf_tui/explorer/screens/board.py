"""`!`: every note whose words changed or are gone, old words beside new ones, settled by one key each."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from kashaf.notes.model import Note, Target
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.flows.settling import SettleFlow
from kashaf_tui.explorer.panes.board import BoardRows
from kashaf_tui.explorer.panes.differences import DifferenceView
from kashaf_tui.explorer.screens.about_notes import AboutNotes
from kashaf_tui.explorer.settling import Item, Proposal, blocks_of, places_of, settled
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import facts
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.text_field import Submitted, TextInput
from kashaf_tui.explorer.wording import Wording

_SHOWN_EVERY: Final = 40  # articles looked at between two looks at the list


class Rows(Framed, BoardRows):
    BINDINGS: ClassVar = bindings_for("board")


class Words(TextInput):
    """Where words are written that are searched for."""

    BINDINGS: ClassVar = bindings_for("finding")


class BoardScreen(AboutNotes):
    """The list is looked for once; what is settled leaves it, what is undone comes back."""

    place: ClassVar[Place] = "board"

    def __init__(self, say: Wording, flow: SettleFlow) -> None:
        super().__init__(say, flow)
        self.rows = Rows(say, id="board", empty=say("looking at notes", n=""))
        self.field = Words(base=say.base, placeholder=say("search words"), id="find-field")

    @property
    def main_widget(self) -> Widget:
        return self.rows

    def between(self) -> ComposeResult:
        yield self.field
        yield from super().between()

    def opened(self) -> None:
        self.field.display = False
        self._tell()
        self.look()

    async def reload(self) -> None:
        await self.flow.look_for_items(self._show_found)
        self._show()

    def _show_found(self, looked: int, total: int) -> None:
        """Progress of the looking; what was found so far is shown."""
        if not self.flow.items:
            self.rows.show([], self.say("looking at notes", n=f"{total - looked:,}"))
        elif not looked % _SHOWN_EVERY:
            self._show()

    def _show(self) -> None:
        at = self.rows.selected
        known = {item.key for item in self.flow.items}
        gone = self.rows.current is not None and self.rows.current.key not in known
        self.rows.show(self.flow.items, self.say("board empty"))
        if gone:
            # What stood there was settled: the one after it has taken its place.
            self.rows.select(at)
        self._show_item()

    def _tell(self) -> None:
        say, flow = self.say, self.flow
        left, done = f"{len(flow.items):,}", f"{flow.done:,}"
        counted = say("board done", done=done, left=left) if flow.done else say("board left", n=left)
        self.head.show(say("board"), counted if flow.items or flow.done else "")
        item = self.rows.current
        if item is None:
            self.about.show("")
            return
        parts = [say("then"), say("now")]
        if item.article is None:
            parts = [say("article not here")]
        elif item.words is not None and not item.proposals:
            parts = [say("no proposal")]
        elif (one := self._proposal) is not None:
            number = self.beside.selected + 1
            parts = [
                f"− {say('then')}",
                f"+ {say('now')}",
                say("proposal of", n=number, all=len(item.proposals)),
            ]
            if one.score is not None:
                parts.append(say("alike percent", percent=round(100 * one.score)))
        self.about.show(" " + facts(parts), "")

    @on(RowList.Moved)
    def _on_moved(self) -> None:
        self.beside.selected = 0
        self._show_item()

    def _show_item(self) -> None:
        item = self.rows.current
        self.put_beside(blocks_of(item, self.say) if item is not None else ())
        self._tell()

    @on(DifferenceView.Moved)
    def _on_proposal(self) -> None:
        self._tell()

    @property
    def _proposal(self) -> Proposal | None:
        item = self.rows.current
        if item is None or not item.proposals:
            return None
        return item.proposals[min(self.beside.selected, len(item.proposals) - 1)]

    @property
    def note(self) -> Note | None:
        return self.rows.current.note if self.rows.current is not None else None

    # Settling

    def action_proposal(self, step: int) -> None:
        self.beside.action_difference(step)

    @on(RowList.Chosen)
    def _on_confirmed(self) -> None:
        item, proposal = self.rows.current, self._proposal
        if item is None:
            return
        target = settled(item, proposal.span if proposal is not None else None)
        if target is None:
            self.tell(self.say("nothing to confirm"), "warning")
        else:
            self.put(item, target)

    def put(self, item: Item, target: Target) -> None:
        """This end of the note is about that now."""
        if self.may():
            self.flow.settled(item)
            self._show()
            self.change(lambda: self.flow.put(item, target), self.say("settled"))

    def action_keep(self) -> None:
        if (item := self.rows.current) is not None and self.may():
            self.flow.keep(item)
            self._show()
            self.change(self.flow.write_kept, self.say("kept as is"))

    def action_trash(self) -> None:
        if (item := self.rows.current) is not None and self.may():
            self.flow.settled(item, whole=True)
            self._show()
            self.change(lambda: self.flow.desk.trash(item.note.id), self.say("trashed"))

    def action_copy(self) -> None:
        item = self.rows.current
        if item is not None and item.words is not None:
            self.app.copy_to_clipboard(item.words.quote)

    def action_by_hand(self) -> None:
        """To the article, where the words are marked."""
        item, proposal = self.rows.current, self._proposal
        if item is None or item.article is None:
            self.tell(self.say("article not here"), "warning")
            return
        at = proposal.span[0] if proposal is not None else item.words.start if item.words is not None else 0
        self.dismiss()
        self.app.call_later(partial(self.flow.mark_by_hand, item, at))

    # Searching words

    def action_search(self) -> None:
        item = self.rows.current
        if item is None or item.article is None or item.words is None:
            self.tell(self.say("article not here"), "warning")
            return
        self.field.display = True
        self.field.set(" ".join(item.words.quote.split()))
        self.keys.show_place("finding")
        self.field.focus()

    @on(Submitted)
    def action_find(self) -> None:
        item = self.rows.current
        if item is None or item.article is None:
            self.action_leave_finding()
            return
        start(self, partial(self._find, item, self.field.value), "finding", exclusive=True)

    async def _find(self, item: Item, words: str) -> None:
        assert item.article is not None
        found = places_of(item.article, words)
        if not found:
            self.tell(self.say("found nowhere"), "warning")
            return
        self.flow.found(item.with_found(found))
        self.beside.selected = 0
        self.action_leave_finding()
        self._show()
        self.tell(self.say("found places", n=len(found)))

    def action_leave_finding(self) -> None:
        self.field.display = False
        self.keys.show_place(self.place)
        self.rows.focus()
