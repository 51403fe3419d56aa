"""What screens about notes have in common: they change notes through the main screen, and say what became of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult

from kashaf.errors import KashafError
from kashaf.notes.model import Note
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.panes.board import NoteRows
from kashaf_tui.explorer.panes.differences import Block, DifferenceView
from kashaf_tui.explorer.screens.titled import TitledScreen
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.notes.history import Change
    from kashaf_tui.explorer.flows.settling import SettleFlow


_FRAME: Final = 2  # lines


class Beside(Mirrored, DifferenceView, can_focus=False):
    """Values side by side below a list. Keys are those of the list."""

    names: ClassVar = ("−", "+")


class AboutNotes(TitledScreen):
    """Subclasses read what they show in `reload`, which is called after every change."""

    CSS = """
    AboutNotes.-both NoteRows { max-height: 40%; }
    AboutNotes #beside { height: 1fr; display: none; }
    AboutNotes.-both #beside { display: block; }
    AboutNotes #find-field { height: 1; background: $panel; }
    AboutNotes.-tiny #beside, AboutNotes.-flat #beside { display: none; }
    """

    def __init__(self, say: Wording, flow: SettleFlow) -> None:
        super().__init__(say)
        self.flow = flow
        self.beside = Beside(say, id="beside")

    def between(self) -> ComposeResult:
        yield self.about
        yield self.beside

    def opened(self) -> None:
        self.look()

    def put_beside(self, blocks: Sequence[Block]) -> None:
        """Show values below the list, if there are any; the list takes no more room then than it needs."""
        self.set_class(bool(blocks), "-both")
        rows = self.main_widget
        if isinstance(rows, NoteRows):
            rows.styles.height = len(rows.rows) * rows.row_height + _FRAME if blocks else None
        self.beside.show(blocks, "")

    def look(self) -> None:
        """Read anew, in the background."""
        start(self, self._look, "look", exclusive=True)

    async def _look(self) -> None:
        try:
            await self.reload()
        except KashafError as error:
            self.tell(self.say.told(error), "error")

    async def reload(self) -> None:
        """Read what is shown, and show it. Raises KashafError."""
        raise NotImplementedError

    # Changes

    def may(self) -> bool:
        """Whether notes can be changed; says why not."""
        return not self.flow.main.noting.saving.refused()

    def change(self, change: Callable[[], Awaitable[object]], word: str = "") -> None:
        """Carry out what `change` queues, say `word` when it is done, and read anew. Leaving waits for it."""
        busy = ExitStack()
        busy.enter_context(self.flow.desk.busy())
        start(self.app, partial(self._change, change, word, busy), "notes")

    async def _change(self, change: Callable[[], Awaitable[object]], word: str, busy: ExitStack) -> None:
        with busy:
            done = await self.flow.main.noting.make(change, word)
        if not self.is_attached:
            return
        if done is not None and word:
            self.tell(word)
        self.look()

    def action_undo(self) -> None:
        self._step(self.flow.desk.undo, "undone what", "nothing to undo")

    def action_redo(self) -> None:
        self._step(self.flow.desk.redo, "redone what", "nothing to redo")

    def _step(self, step: Callable[[], Awaitable[Change | None]], word: str, none: str) -> None:
        if self.may():
            start(self.app, partial(self._stepped, step, word, none), "notes")

    async def _stepped(self, step: Callable[[], Awaitable[Change | None]], word: str, none: str) -> None:
        with self.flow.desk.busy():
            done = await self.flow.main.noting.make(step)
        if self.is_attached:
            what = self.flow.main.noting.saving.what(done) if done is not None else ""
            self.tell(self.say(word, what=what) if done is not None else self.say(none))
            self.look()

    # Of any note

    @property
    def note(self) -> Note | None:
        """The note that is selected."""
        raise NotImplementedError

    def action_history(self) -> None:
        self.flow.show_history(self.note)

    def action_scroll(self, step: int) -> None:
        self.beside.action_page(step)
