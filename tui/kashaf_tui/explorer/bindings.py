"""Textual bindings drawn from the action registry."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding, BindingType

from kashaf_tui.explorer.actions import Place, actions_of

# What the key of each Latin letter sends under the PC Arabic-101 layout, by Textual's names. The key of b sends two
# letters (لا) and has none here.
ARABIC_101: Final = {
    **dict(zip("qwertyuiopasdfghjklzxcvnm", "ضصثقفغعهخحشسيبلاتنمئءؤرىة", strict=True)),
    "slash": "ظ",
    "question_mark": "arabic_question_mark",
    "right_square_bracket": "د",
    "left_square_bracket": "ج",
    "N": "آ",
}


def bindings_for(place: Place) -> list[BindingType]:
    """Every key of a place. Descriptions are left to the registry, which knows both languages."""
    return [
        Binding(key, action.id, action.english, show=False, id=f"{place}.{action.id}.{key}")
        for action in actions_of(place)
        for key in (*action.keys, *filter(None, map(ARABIC_101.get, action.keys)))
    ]
