"""Textual bindings drawn from the action registry."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from kashaf_tui.explorer.actions import Place, actions_of


def bindings_for(place: Place) -> list[BindingType]:
    """Every key of a place. Descriptions are left to the registry, which knows both languages."""
    return [
        Binding(key, action.id, action.english, show=False, id=f"{place}.{action.id}.{key}")
        for action in actions_of(place)
        for key in action.keys
    ]
