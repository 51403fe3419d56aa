"""Everything a key can do: one registry for key bindings, footer, help, palette and documentation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf_tui.explorer import (
    actions_entities,
    actions_importing,
    actions_notes,
    actions_quotes,
    actions_reading,
    actions_timeline,
)
from kashaf_tui.explorer.action import Action, Place

ACTIONS: Final[tuple[Action, ...]] = (
    *actions_reading.ACTIONS,
    *actions_entities.ACTIONS,
    *actions_quotes.ACTIONS,
    *actions_notes.ACTIONS,
    *actions_importing.ACTIONS,
    *actions_timeline.ACTIONS,
)


def actions_of(*places: Place) -> Iterator[Action]:
    """The actions of `places`, in the order of the registry."""
    return (action for action in ACTIONS if action.place in places)
