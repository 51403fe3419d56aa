"""Textual bindings drawn from the action registry, and what their keys are under an Arabic layout."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from kashaf_tui.explorer.action import Action, Place, key_name
from kashaf_tui.explorer.actions import actions_of
from kashaf_tui.explorer.keyboard import typed_by
from kashaf_tui.explorer.layouts import Layout


def bindings_for(place: Place) -> list[BindingType]:
    """Every key of a place, by its Latin name: `ArabicKeys` reads those of Arabic layouts as such.

    Descriptions are left to the registry, which knows both languages.
    """
    return [
        Binding(key, action.id, action.english, show=False, id=f"{place}.{action.id}.{key}")
        for action in actions_of(place)
        for key in action.keys
    ]


def character_of(key: str) -> str:
    """The character that a key types, or empty for one that types none, and for the space."""
    character = typed_by(key)
    return character if character.isprintable() and not character.isspace() else ""


def characters_of(place: Place) -> frozenset[str]:
    """The characters that are keys in a place, those that work everywhere among them."""
    keys = {character_of(key) for action in actions_of(place, "everywhere") for key in action.keys}
    return frozenset(keys - {""})


def key_names(action: Action, layout: Layout, place: Place) -> list[str]:
    """The keys of an action where `place` has the focus: each, and after it what it is under an Arabic layout."""
    keys = characters_of(place)
    names: list[str] = []
    for key in action.keys:
        names += [key_name(key), layout.shown(character_of(key), keys)]
    return list(filter(None, names))
