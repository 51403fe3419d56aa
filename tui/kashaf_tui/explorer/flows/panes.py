"""Which pane is in view and has the focus, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from kashaf_tui.explorer.actions import Place
from kashaf_tui.explorer.widgets.paint import label

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen

# In the order of Tab. Each is the id of a widget and a place of the action registry.
PANES: Final[tuple[Place, ...]] = ("search", "results", "article", "entities", "notes")
SIDE: Final = ("entities", "notes")
_LONGEST_TRAIL = 30


class PaneFlow:
    """The focus as places, not widgets."""

    def __init__(self, screen: MainScreen, tab: str) -> None:
        self._screen = screen
        self.tab = tab if tab in SIDE else "entities"
        self._trail: list[Place] = ["search"]

    @property
    def here(self) -> Place:
        """The place that has the focus; "everywhere" when none of the panes has."""
        focused = self._screen.focused
        return next((pane for pane in PANES if focused is not None and focused.id == pane), "everywhere")

    @property
    def last(self) -> Place:
        """The pane that has or last had the focus."""
        return self._trail[-1]

    def go(self, pane: str) -> None:
        """Bring a pane into view and give it the focus."""
        if pane in SIDE:
            self.show_tab(pane)
        self._screen.set_class(pane in SIDE, "-side")
        self._screen.set_focus(self._screen.query_one(f"#{pane}", Widget))

    def focused(self) -> None:
        """Another widget has the focus."""
        here = self.here
        if here != "everywhere" and here != self._trail[-1]:
            self._trail = [*self._trail[-_LONGEST_TRAIL:], here]

    def step(self, step: int) -> None:
        """The next pane in the order of Tab; of the two side panes only the one in front."""
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
        """Which of the two side panes is in front."""
        self.tab = tab
        screen = self._screen
        names = []
        for pane in SIDE:
            screen.query_one(f"#{pane}", Widget).display = pane == tab
            names.append(f"[{screen.say(pane)}]" if pane == tab else screen.say(pane))
        screen.query_one("#side", Widget).border_title = label("  ".join(names), base=screen.say.base)
