"""Keys typed ahead: who knows the way presses the next key before a screen is drawn, and none of them is lost.

Textual gives a key to whatever has the focus when it arrives, while the key before it may still be on its way up to
the action that opens a screen. Here a key waits until the one before it has been dealt with and the screen that it is
for has the focus somewhere and something to show. Typing, and a key that is held down, lead nowhere else: these go on
at once, many between two pictures.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from time import monotonic
from typing import Final, TypeVar

from textual import events
from textual.message_pump import MessagePump
from textual.screen import Screen

from kashaf_tui.explorer.keyboard import ArabicKeys
from kashaf_tui.explorer.screens.sized import Sized

Result = TypeVar("Result")

_LOOK_EVERY: Final = 0.02  # seconds between two looks whether what waits can go
_UNFOCUSED: Final = 0.3  # seconds that a window may take to give the focus to something, if it does
_LONGEST: Final = 0.3  # seconds that a key may take before the next one goes all the same


class EarlyKeys(ArabicKeys[Result]):
    """An app whose keys, and what is pasted between them, come one after another and wait for a screen to open."""

    def __init__(self) -> None:
        super().__init__()
        self._early: deque[events.Key | events.Paste] = deque()
        self._looks_again = False
        self._under_way: events.Key | events.Paste | None = None
        self._under_way_since = 0.0
        self._is_typed = False  # whether what is under way is text for a field
        self._newest: Screen[object] | None = None  # the last one asked for its focus
        self._newest_due = 0.0

    @property
    def keys_wait(self) -> bool:
        return bool(self._early)

    async def on_event(self, event: events.Event) -> None:
        """Textual's entry of every event."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._early.append(event)
            await self._give_early()
        else:
            await super().on_event(event)

    async def _give_early(self) -> None:
        """Those that can go."""
        while self._early and self._can_go(self._early[0]):
            event = self._early.popleft()
            self._is_typed = self._is_text(event)
            self._under_way, self._under_way_since = event, monotonic()
            way = (self.focused or self.screen).ancestors_with_self[:-1]
            await super().on_event(event)
            self._follow(way, event)
        if self._early and not self._looks_again:
            self._looks_again = True
            self.set_timer(_LOOK_EVERY, self._look_again)

    async def _look_again(self) -> None:
        self._looks_again = False
        await self._give_early()

    def _follow(self, way: Sequence[MessagePump], event: events.Key | events.Paste) -> None:
        """Go after an event from each that may deal with it to the next: at the app, none has it any more.

        What is closed is passed over. What closes meanwhile ends the way: `_LONGEST` is for that.
        """
        for at, pump in enumerate(way):
            if pump.call_later(self._follow, way[at + 1 :], event):
                return
        self.call_later(self._dealt_with, event)

    async def _dealt_with(self, event: events.Key | events.Paste) -> None:
        if self._under_way is event:
            self._under_way = None
            await self._give_early()

    def _can_go(self, event: events.Key | events.Paste) -> bool:
        return not self._must_follow(event) and not self._is_early(event)

    def _must_follow(self, event: events.Key | events.Paste) -> bool:
        """Whether what is under way may still change whom an event is for."""
        before = self._under_way
        if before is None or monotonic() - self._under_way_since > _LONGEST:
            return False
        held_down = (
            isinstance(event, events.Key) and isinstance(before, events.Key) and event.key == before.key
        )
        return not held_down and not (self._is_typed and self._is_text(event))

    def _is_text(self, event: events.Key | events.Paste) -> bool:
        return isinstance(event, events.Key) and event.is_printable and self._typing(event)

    def _is_early(self, event: events.Key | events.Paste) -> bool:
        """Whether the screen that an event is for is still being opened."""
        if not self.screen_stack:
            return False  # before the first screen there is none to ask
        screen = self.screen
        if isinstance(screen, Sized):
            return screen.is_opening(event.key if isinstance(event, events.Key) else "")
        if self._newest is not screen:
            self._newest, self._newest_due = screen, monotonic() + _UNFOCUSED
            screen.call_after_refresh(self._drawn, screen)
        return screen.focused is None and monotonic() < self._newest_due

    def _drawn(self, screen: Screen[object]) -> None:
        """What has no focus by now gives it to nothing."""
        if self._newest is screen:
            self._newest_due = 0.0
