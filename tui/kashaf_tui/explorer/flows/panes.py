"""Which pane is in view and has the focus, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from kashaf.bidi.layout import cell_width
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.widgets.paint import label

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen

# In the order of Tab. Each is the id of a widget and a place of the action registry.
PANES: Final[tuple[Place, ...]] = ("search", "results", "article", "entities", "notes", "facets")
SIDE: Final[tuple[Place, ...]] = ("entities", "notes", "facets")
# Takes the place of the results while there are none.
_INSTEAD: Final = {"explainer": "results"}
#: The class of a screen without articles.
EMPTY: Final = "-empty"
_EXPLAINED: Final = "-explained"
_LONGEST_TRAIL = 30


class PaneFlow:
    """The focus as places, not widgets."""

    def __init__(self, screen: MainScreen, tab: str) -> None:
        self._screen = screen
        self.tab: str = tab if tab in SIDE else "entities"
        self._trail: list[Place] = ["search"]

    @property
    def here(self) -> Place:
        """The place that has the focus; "everywhere" when none of the panes has."""
        focused = self._screen.focused
        name = focused.id or "" if focused is not None else ""
        if name == "beginning":
            return "beginning"
        if name == "note-filter":
            return "note filter"
        return next((pane for pane in PANES if pane == _INSTEAD.get(name, name)), "everywhere")

    @property
    def last(self) -> Place:
        """The pane that has or last had the focus."""
        return self._trail[-1]

    def go(self, pane: str) -> None:
        """Bring a pane into view and give it the focus. Where there are no articles one takes the place of all."""
        if self._screen.has_class(EMPTY) and pane != "search":
            self._screen.set_focus(self._screen.beginning)
            return
        if pane in SIDE:
            self.show_tab(pane)
        self._screen.set_class(pane in SIDE, "-side")
        instead = pane == "results" and self._screen.has_class(_EXPLAINED)
        self._screen.set_focus(self._screen.query_one("#explainer" if instead else f"#{pane}", Widget))

    def show_results(self, *, found: bool) -> None:
        """Show the results, or what explains that there are none; the focus stays in their place."""
        here = self.here
        self._screen.set_class(not found, _EXPLAINED)
        if here == "results":
            self.go(here)

    def focused(self) -> None:
        """Another widget has the focus."""
        here = self.here
        if here in PANES and here != self._trail[-1]:
            self._trail = [*self._trail[-_LONGEST_TRAIL:], here]

    def step(self, step: int) -> None:
        """The next pane in the order of Tab; of the side panes only the one in front."""
        if self._screen.has_class(EMPTY):
            self.go("search" if self.here == "beginning" else "beginning")
            return
        shown = [pane for pane in PANES if pane not in SIDE or pane == self.tab]
        here = shown.index(self.here) if self.here in shown else 0
        self.go(shown[(here + step) % len(shown)])

    def back(self) -> None:
        """Where the analyst was before; at the end of that road, the search box."""
        if len(self._trail) > 1:
            self._trail.pop()
        else:
            self._trail = ["search"]
        self.go(self._trail[-1])

    def show_tab(self, tab: str) -> None:
        """Which of the side panes is in front."""
        before, self.tab = self.tab, tab
        screen = self._screen
        for pane in SIDE:
            screen.query_one(f"#{pane}", Widget).display = pane == tab
        screen.entity_about.display = screen.entity_forms.display = tab == "entities"
        screen.notes_head.display = tab == "notes"
        screen.notes_filter.display = tab == "notes" and bool(screen.notes_filter.value.strip())
        title = " ".join(name for _, name in self._tabs())
        screen.query_one("#side", Widget).border_title = label(title, base=screen.say.base)
        if tab != before and tab == "facets":
            screen.filtering.refresh()

    def _tabs(self) -> Iterator[tuple[Place, str]]:
        for pane in SIDE:
            name = self._screen.say(pane)
            yield pane, f"[{name}]" if pane == self.tab else name

    def clicked_tab(self, column: int) -> None:
        """Go to the side pane whose name stands in this column of the title, counted from where the title begins."""
        for pane, name in self._tabs():
            width = cell_width(name)
            if 0 <= column < width:
                self.go(pane)
                return
            column -= width + 1
