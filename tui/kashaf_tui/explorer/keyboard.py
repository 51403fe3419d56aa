"""Keys typed under an Arabic layout, translated before anything else in the app sees them."""

from __future__ import annotations

import string
from collections.abc import Iterator
from functools import partial
from typing import Final, TypeVar

from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key, key_to_character

from kashaf_tui.explorer.layouts import LAM, PC, Layout

Result = TypeVar("Result")

# Seconds within which lam and alef are one key: a terminal writes both at once, and no finger is that fast.
HOLD: Final = 0.015
_ARABIC: Final = "\u0600"  # the first of its letters; no layout here gives anything else from there on


class ArabicKeys(App[Result]):
    """An app whose bindings act under the Latin and the Arabic layout of `keyboard`.

    Only where text is typed nothing is translated: where the focus has a true attribute `takes_text`, or is a widget
    of Textual's own that takes printable keys.
    """

    keyboard: Layout = PC
    _held: events.Key | None = None
    # A sign such as < is on both layouts, on different keys. The last letter tells which of them is in use; before
    # the first one the guess costs nothing, since only signs that do nothing here are read by their place.
    _arabic = True

    async def on_event(self, event: events.Event) -> None:
        """Textual's entry of every event. The order of keys is kept: what comes after a held one lets it go first."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            for key in self._read(event):
                await super().on_event(key)
            return
        if isinstance(event, events.MouseDown | events.MouseScrollDown | events.MouseScrollUp | events.Paste):
            await self._let_go(self._held)
        await super().on_event(event)

    def _read(self, event: events.Key) -> Iterator[events.Key]:
        """The keys to act on now that `event` has come. Lazy: each may move the focus before the next is read."""
        held, self._held = self._held, None
        if held is not None:
            latin = self.keyboard.pairs.get(event.key)
            if latin and event.time - held.time <= HOLD and not self._typing(held):
                self._arabic = True
                yield pressed(latin)
                return
            yield self._translated(held)
        if event.key == LAM and self.keyboard.pairs and not self._typing(event):
            self._held = event
            self.set_timer(HOLD, partial(self._no_alef, event))
        else:
            yield self._translated(event)

    @property
    def keys_wait(self) -> bool:
        """Whether keys have come that are not read yet."""
        return False

    async def _no_alef(self, lam: events.Key) -> None:
        """None came in time; of those that wait, the first may be one, or else lets go of lam itself."""
        if not self.keys_wait:
            await self._let_go(lam)

    async def _let_go(self, event: events.Key | None) -> None:
        """Lam was a key of its own."""
        if event is not None and event is self._held:
            self._held = None
            await super().on_event(self._translated(event))

    def _typing(self, event: events.Key) -> bool:
        """Whether `event` would be text where it goes."""
        focus = self.focused
        if focus is None or event.key.startswith("ctrl+"):
            return False
        takes_text = getattr(focus, "takes_text", False)
        return bool(takes_text) or focus.check_consume_key(event.key, event.character)

    def _translated(self, event: events.Key) -> events.Key:
        """The key of the Latin layout in the same place, or `event` when that is what it is."""
        *modifiers, name = event.key.split("+")
        arrived = typed_by(name) or event.character or ""
        if not modifiers and arrived:
            self._arabic = arrived >= _ARABIC or (self._arabic and arrived not in string.ascii_letters)
        if self._typing(event):
            return event
        layout = self.keyboard
        if modifiers == ["shift"]:
            arrived, modifiers = layout.shifted.get(arrived, arrived), []
        latin = layout.read(arrived)
        if latin == arrived or not latin.isascii():
            return event
        if arrived.isascii() and (modifiers or not self._means_place(arrived, latin)):
            return event
        return pressed(latin, modifiers)

    def _means_place(self, arrived: str, latin: str) -> bool:
        """Whether a sign stands for the key in its place: not when it is a key here, or that one is none."""
        bound = self.screen.active_bindings
        return self._arabic and _character_to_key(arrived) not in bound and _character_to_key(latin) in bound


def typed_by(key: str) -> str:
    """The character of a key by Textual's name for it, or empty when it has none."""
    return key_to_character(REPLACED_KEYS.get(key, key)) or ""


def pressed(character: str, modifiers: list[str] | None = None) -> events.Key:
    """A key as Textual would report it."""
    name = "+".join([*(modifiers or ()), _character_to_key(character)])
    return events.Key(name, None if modifiers else character)
