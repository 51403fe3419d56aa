"""Changes to the notes: queued, saved off the UI thread and said, tried again while the disk refuses, taken back.

Also what goes on in another window that has the notes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from kashaf.errors import KashafError, Locked
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.messages import NotesChanged, Trouble
from kashaf_tui.explorer.screens.text import TextScreen
from kashaf_tui.explorer.widgets.paint import left_to_right

if TYPE_CHECKING:
    from kashaf.notes.history import Change
    from kashaf_tui.explorer.screens.main import MainScreen

T = TypeVar("T")
RETRY_EVERY: Final = 4.0  # seconds between two attempts at what the disk refused
LOOK_EVERY: Final = 2.0  # seconds between two looks at what another window saved


class SavingFlow:
    """The way from a key to the disk."""

    def __init__(self, screen: MainScreen, desk: Desk) -> None:
        self._screen = screen
        self._desk = desk
        self._refused = False
        self._free = False

    def watch(self) -> None:
        """Try again what is unsaved, and look what another window does, now and then."""
        self._screen.set_interval(RETRY_EVERY, self._retry)
        self._screen.set_interval(LOOK_EVERY, self._look)

    # Changing

    def refused(self) -> bool:
        """Whether notes cannot be changed; says so before anything is written in vain."""
        if not self._desk.read_only_reason or self._free:
            return False
        self.trouble(Locked(self._screen.say("read only"), cure=self._desk.read_only_reason))
        return True

    def change(self, change: Callable[[], Awaitable[object]], word: str = "") -> None:
        """Make a change, and say when it is saved. It is queued when this returns, unless notes are read-only."""
        queued = self._queued(change)
        if queued is not None:
            start(self._screen, partial(self._changed, queued, word), "notes")

    async def make(self, change: Callable[[], Awaitable[T]], word: str = "") -> T | None:
        """The same for a worker that needs the outcome; None when it was refused, or failed."""
        queued = self._queued(change)
        return None if queued is None else await self._finish(queued, word)

    def _queued(self, change: Callable[[], Awaitable[T]]) -> Awaitable[T] | None:
        if self.refused():
            return None
        taken = self._desk.take_over() if self._free else None
        try:
            # Called here and now, so that the change is queued before anything else can happen.
            queued = change()
        except KashafError as error:
            self.trouble(error)
            self._screen.noting.words.arrived()
            return None
        if taken is not None:
            self._free = False
            start(self._screen, partial(self._taken, taken), "notes")
        self._screen.status.say(self._screen.say("saving"), until_replaced=True)
        return queued

    async def _changed(self, change: Awaitable[object], word: str) -> None:
        await self._finish(change, word)

    async def _finish(self, change: Awaitable[T], word: str) -> T | None:
        outcome = None
        try:
            outcome = await change
        except KashafError as error:
            self._failed(error)
            if not self._desk.unsaved:
                self._screen.status.say("")
                self._screen.noting.words.arrived()
                return None
        await self.changed(word)
        return outcome

    def _failed(self, error: KashafError) -> None:
        """A refusal of the disk is told once; that it lasts stands on the last line."""
        again, self._refused = self._refused and self._desk.unsaved, self._desk.unsaved
        if again:
            self._stand_unsaved(error)
        else:
            self._screen.post_message(Trouble(error, "notes"))

    def _stand_unsaved(self, error: KashafError) -> None:
        say = self._screen.say
        self._screen.status.stand(say("unsaved why", why=say.told(error.what)))

    async def changed(self, word: str = "", *, saved: bool = True) -> None:
        """Somebody changed notes through the desk: fetch them, and have everything show them."""
        notes = tuple(await self._desk.notes())
        self._screen.post_message(NotesChanged(notes, saved=saved and not self._desk.unsaved, word=word))

    def say_saved(self, word: str) -> None:
        """All is on disk."""
        self._refused = False
        self._screen.status.stand("")
        saved = self._screen.say("saved", time=f"{datetime.now().astimezone():%H:%M}")
        self._screen.status.say(" · ".join(filter(None, (word, saved))))

    # Taking back

    def undo(self) -> None:
        queued = self._queued(self._desk.undo)
        if queued is not None:
            start(self._screen, partial(self._took_back, queued, "undone what"), "notes")

    def redo(self) -> None:
        queued = self._queued(self._desk.redo)
        if queued is not None:
            start(self._screen, partial(self._took_back, queued, "redone what"), "notes")

    async def _took_back(self, change: Awaitable[Change | None], word: str) -> None:
        try:
            taken = await change
        except KashafError as error:
            self._failed(error)
            if not self._desk.unsaved:
                return
            await self.changed()
            return
        if taken is None:
            self._screen.status.say(
                self._screen.say("nothing to undo" if word == "undone what" else "nothing to redo")
            )
        else:
            await self.changed(self._screen.say(word, what=self.what(taken)))

    def what(self, change: Change) -> str:
        """What a change did, with the number of its notes."""
        return self._screen.say(f"did {change.what}", n=len(change.note_ids))

    # Trying again

    def _retry(self) -> None:
        if self._desk.unsaved and not self._desk.pending:
            start(self._screen, self._save, "retry", exclusive=True)

    async def _save(self) -> None:
        try:
            await self._desk.save()
        except KashafError as error:
            self._stand_unsaved(error)
        else:
            await self.changed()

    # Another window

    def _look(self) -> None:
        if self._desk.locked_out:
            start(self._screen, self._look_there, "look", exclusive=True)

    async def _look_there(self) -> None:
        try:
            news = await self._desk.look()
        except KashafError:
            return  # what is being replaced now can be read in two seconds
        if news == "changed":
            await self.changed(saved=False)
        free = news == "free" or (self._free and news == "changed")
        if free != self._free:
            self._free = free
            self.show_lock()

    async def _taken(self, taken: Awaitable[bool]) -> None:
        try:
            mine = await taken
        except KashafError as error:
            self.trouble(error)
            return
        self.show_lock()
        if mine:
            await self.changed(saved=False)

    def show_lock(self) -> None:
        """Say what stands in the way of changes, if anything does."""
        say = self._screen.say
        if self._free:
            self._screen.status.stand(say("notes are free"))
        elif self._desk.locked_out:
            self._screen.status.stand(say("read only here"))
        elif self._desk.read_only_reason:
            self._screen.status.stand(say("read only"))
        elif not self._desk.unsaved:
            self._screen.status.stand("")

    # Trouble

    def trouble(self, error: KashafError) -> None:
        """What could not be saved must not pass unseen: it stays on the screen until it is read."""
        say = self._screen.say
        lines = [
            say.told(error.what),
            left_to_right(error.where) if error.where else "",
            say.told(error.cure),
        ]
        self._screen.app.push_screen(TextScreen(say("notes"), [line for line in lines if line], say("close")))
