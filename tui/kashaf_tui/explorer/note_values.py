"""Values of a note's fields, as versions and conflicts have them, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kashaf.text.sanitise import sanitise, sanitise_line
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.storage.strict_json import Json

_FIELDS: Final = frozenset(
    {"target", "other", "body", "tags", "kind", "confidence", "status", "deleted", "extra"}
)
_NAMES: Final = ("quote", "title", "name", "query")


def field_name(say: Wording, field: str) -> str:
    """What a field is called; one that this Kashaf does not know goes by its own name."""
    return say(f"field {field}") if field in _FIELDS else sanitise_line(field)


def value_words(say: Wording, field: str, value: Json) -> str:
    """A value as it is read, of one line or many; empty where there is none."""
    match value:
        case None | "":
            return ""
        case bool():
            return say("yes" if value else "no")
        case str() if field in ("kind", "confidence", "status"):
            return say(f"{field} {value}")
        case dict() if field in ("target", "other"):
            # What a target is called: the words, the article's title, the entity, the query.
            return next((sanitise(str(value[name])).text for name in _NAMES if name in value), "")
        case list() if field == "tags":
            return "\n".join(f"#{sanitise_line(str(tag))}" for tag in value)
    return sanitise(str(value)).text
