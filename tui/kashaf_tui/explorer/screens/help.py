"""Help for a place, drawn from the action registry."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult

from kashaf.bidi.layout import Options, cell_width
from kashaf_tui.explorer.action import ALONE, Place
from kashaf_tui.explorer.actions import actions_of
from kashaf_tui.explorer.bindings import key_names
from kashaf_tui.explorer.keyboard import ArabicKeys
from kashaf_tui.explorer.layouts import PC, Layout
from kashaf_tui.explorer.screens.text import TextScreen
from kashaf_tui.explorer.widgets.paint import left_to_right
from kashaf_tui.explorer.wording import Wording

_KEYS_WIDTH = 15  # cells
_TITLES = {
    "search": "search",
    "results": "results",
    "article": "article",
    "entities": "entities",
    "notes": "notes",
    "facets": "facets",
    "concordance": "concordance",
    "beginning": "beginning title",
    "add": "add",
    "imports": "imports",
    "removed": "removed",
    "details": "details",
    "editing": "details",
    "story": "story",
    "differences": "differences",
    "note filter": "notes",
    "export": "export",
    "tagging": "tagging",
    "codebook": "codebook",
    "asking": "codebook",
    "agreeing": "everywhere",
    "board": "board",
    "finding": "board",
    "trash": "trash",
    "history": "history",
    "conflicts": "conflicts",
    "citation": "citation",
    "all entities": "all entities",
    "name filter": "all entities",
    "entity": "entity",
    "meeting": "meeting",
    "merging": "merging",
    "splitting": "splitting",
    "naming": "naming",
    "typing": "typing",
    "quotes": "quotes",
    "quote filter": "quotes",
    "timeline": "timeline",
    "claims": "claims",
}


class HelpScreen(TextScreen):
    """The keys of the place that has the focus, then those that work everywhere."""

    def __init__(self, say: Wording, place: Place) -> None:
        super().__init__(say("help"), (), say("close"), Options(base=say.base))
        self._say = say
        self._place: Place = place

    def compose(self) -> ComposeResult:
        layout = self.app.keyboard if isinstance(self.app, ArabicKeys) else PC
        self._lines = list(help_lines(self._say, self._place, layout))
        yield from super().compose()


def help_lines(say: Wording, place: Place, layout: Layout = PC) -> Iterator[str]:
    """A heading a place, then a line an action: its keys, and what it does."""
    places: tuple[Place, ...] = (place,) if place in ALONE | {"everywhere"} else (place, "everywhere")
    for at in places:
        yield "# " + say(_TITLES.get(at, "everywhere"))
        for action in actions_of(at):
            keys = " ".join(key_names(action, layout, place))
            padding = " " * max(1, _KEYS_WIDTH - cell_width(keys))
            yield f"{left_to_right(keys)}{padding}{action.label(say.language)}"
        yield ""
