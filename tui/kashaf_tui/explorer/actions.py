"""Everything a key can do: one registry for key bindings, footer, help, palette and documentation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf_tui.explorer import actions_importing, actions_notes, actions_reading
from kashaf_tui.explorer.action import Action, Place

ACTIONS: Final[tuple[Action, ...]] = (
    *actions_reading.ACTIONS,
    *actions_notes.ACTIONS,
    *actions_importing.ACTIONS,
)


def actions_of(*places: Place) -> Iterator[Action]:
    """The actions of `places`, in the order of the registry."""
    return (action for action in ACTIONS if action.place in places)
