"""Help for a place, drawn from the action registry."""

from __future__ import annotations

from collections.abc import Iterator

from kashaf.bidi.layout import Options, cell_width
from kashaf_tui.explorer.actions import Place, actions_of, key_name
from kashaf_tui.explorer.screens.text import TextScreen
from kashaf_tui.explorer.widgets.paint import left_to_right
from kashaf_tui.explorer.wording import Wording

_TITLES = {
    "search": "search",
    "results": "results",
    "article": "article",
    "entities": "entities",
    "notes": "notes",
}


class HelpScreen(TextScreen):
    """The keys of the place that has the focus, then those that work everywhere."""

    def __init__(self, say: Wording, place: Place) -> None:
        super().__init__(say("help"), list(help_lines(say, place)), say("close"), Options(base=say.base))


def help_lines(say: Wording, place: Place) -> Iterator[str]:
    """A heading a place, then a line an action: its keys, and what it does."""
    places: tuple[Place, ...] = ("everywhere",) if place == "everywhere" else (place, "everywhere")
    for at in places:
        yield "# " + say(_TITLES.get(at, "everywhere"))
        for action in actions_of(at):
            keys = " ".join(key_name(key) for key in action.keys)
            padding = " " * max(1, 14 - cell_width(keys))
            yield f"{left_to_right(keys)}{padding}{action.label(say.language)}"
        yield ""
