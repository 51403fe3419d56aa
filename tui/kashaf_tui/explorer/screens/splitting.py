"""`|`: the articles that a name stands in, of which those are marked that mean another one of that name."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from kashaf.entities.model import EntityRow
from kashaf.errors import KashafError
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.names import Names, Place, key_of_row
from kashaf_tui.explorer.panes.meeting import PlaceList
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.widgets.paint import facts, isolated, label
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording


class Places(Mirrored, PlaceList):
    BINDINGS: ClassVar = bindings_for("splitting")


class SplitScreen(ModalScreen[frozenset[str] | None]):
    """Gives the ids of the articles that mean the other one, or None."""

    CSS = """
    SplitScreen { align: center middle; }
    SplitScreen #window { width: 96%; max-width: 110; height: 90%; }
    SplitScreen #split-foot { color: $text-muted; }
    SplitScreen #split-list {
        height: 1fr;
    }
    """

    def __init__(self, say: Wording, names: Names, row: EntityRow) -> None:
        super().__init__()
        self.say = say
        self._names = names
        self._row = row
        self._marked: set[str] = set()
        self._all = 0
        self._head = Bar(base=say.base, id="split-who")
        self.list = Places(say, plain=True, id="split-list", empty=say("gathering meeting"))
        self._foot = Bar(say("splitting foot"), base=say.base, id="split-foot")
        self.keys = KeyBar(say.language, id="split-keys")

    def compose(self) -> ComposeResult:
        with Vertical(id="window") as window:
            window.border_title = label(self.say("splitting"), base=self.say.base)
            yield self._head
            yield self.list
            yield self._foot
            yield self.keys

    def on_mount(self) -> None:
        self.keys.show_place("splitting")
        self.set_focus(self.list)
        self._tell()
        start(self, self._load, "splitting")

    async def _load(self) -> None:
        found: list[Place] = []
        try:
            async for some, total in self._names.meeting((key_of_row(self._row),)):
                found += some
                self._all = total
                self.list.show(list(found), self.say("no meeting"))
                self._tell()
        except KashafError as error:
            self.list.show([], self.say.told(error))

    def _tell(self) -> None:
        say = self.say
        parts = [isolated(sanitise_line(self._row.name)), say("articles n", n=self._all)]
        self._head.show(facts(parts), say("marked n", n=len(self._marked)) if self._marked else "")

    # Keys

    def action_mark(self) -> None:
        """It means the other one, or it does not after all; and go on."""
        if (row := self.list.current) is None:
            return
        self._marked ^= {row.article.id}
        self.list.marked = frozenset(self._marked)
        self.list.refresh()
        self.list.action_move(1)
        self._foot.show(self.say("splitting foot"))
        self._tell()

    @on(RowList.Chosen)
    def action_agree(self) -> None:
        if not self._marked:
            self._foot.show("✕ " + self.say("splitting none"))
        elif len(self._marked) >= self._all:
            self._foot.show("✕ " + self.say("splitting all"))
        else:
            self.dismiss(frozenset(self._marked))

    def action_back(self) -> None:
        self.dismiss(None)

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.say, "splitting"))

    def show_copied(self, copied: Copied) -> None:
        self._foot.show(how_copied(copied, self.say))
