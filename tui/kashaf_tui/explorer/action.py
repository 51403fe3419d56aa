"""One thing a key can do, where it does it, and how the key is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from kashaf_tui.catalogue import Narrow, catalogue

Place = Literal[
    "everywhere", "search", "results", "article", "entities", "notes", "facets", "concordance",
    "beginning", "add", "imports", "removed", "details", "editing", "story", "differences",
    "note filter", "export", "tagging", "codebook", "asking",
    "agreeing", "board", "finding", "trash", "history", "conflicts", "citation",
    "all entities", "name filter", "entity", "meeting", "merging", "splitting", "naming", "typing",
    "quotes", "quote filter", "timeline", "claims",
]  # fmt: skip
PLACES: tuple[Place, ...] = get_args(Place)
#: Screens of their own, where no other keys act than theirs.
ALONE: frozenset[Place] = frozenset(
    {"add", "imports", "removed", "details", "editing", "story", "differences", "note filter", "export", "tagging",
     "codebook", "asking", "agreeing", "board", "finding", "trash", "history", "conflicts", "citation",
     "all entities", "name filter", "entity", "meeting", "merging", "splitting", "naming", "typing",
     "quotes", "quote filter", "timeline", "claims"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the analyst can do.

    id: Textual's name for it: method `action_<id>` on the widget that owns `place` (the main screen for
        "everywhere"), or on the screen or app when it begins with `screen.` or `app.`.
    keys: Textual key names, the first of them shown. short: label in the footer, or None to stay out of it.
    palette: whether the command palette offers it; movements stay out.
    """

    id: str
    place: Place
    keys: tuple[str, ...]
    english: str
    short: Narrow | None = None
    palette: bool = False

    @property
    def arabic(self) -> str:
        return self.label("ar")

    def label(self, language: str) -> str:
        return catalogue(language).gettext(self.english)

    def short_label(self, language: str) -> str:
        return catalogue(language).pgettext(*self.short) if self.short else ""


_KEY_NAMES = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "slash": "/",
    "minus": "-",
    "comma": ",",
    "plus": "+",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "colon": ":",
    "equals_sign": "=",
    "vertical_line": "|",
    "ampersand": "&",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "escape": "Esc",
    "enter": "↵",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "⇧Tab",
    "backspace": "⌫",
    "delete": "Del",
}


def key_name(key: str) -> str:
    """A key as the footer and the help show it."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key


def footer_key(action: Action, *, typing: bool = False) -> str:
    """The key worth a place in the footer: the shortest, or while typing one that does not type."""
    names = [key_name(key) for key in action.keys if not typing or len(key_name(key)) > 1 or key == "enter"]
    return min(names or [key_name(action.keys[0])], key=len)
