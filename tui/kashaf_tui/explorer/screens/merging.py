"""`=`: whom a name is the same as, found by typing letters of any of its names; the most alike stand first."""

from __future__ import annotations

from collections.abc import Sequence
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
from kashaf_tui.explorer.names import Names, key_of_row, without
from kashaf_tui.explorer.panes.entity_table import EntityTable
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.widgets.paint import facts, isolated, label
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.text_field import Submitted, TextInput
from kashaf_tui.explorer.widgets.writing import Changed
from kashaf_tui.explorer.wording import Wording

_FORMS = 8


class MergeField(TextInput):
    """Where letters are typed. The list below is moved from here."""

    BINDINGS: ClassVar = bindings_for("merging")

    def action_move(self, step: int) -> None:
        self._window.move(step)

    def action_page(self, step: int) -> None:
        self._window.page(step)

    @property
    def _window(self) -> MergeScreen:
        assert isinstance(self.screen, MergeScreen)
        return self.screen


class Candidates(Mirrored, EntityTable, can_focus=False):
    """Whom it may be."""


class MergeScreen(ModalScreen[EntityRow | None]):
    """Gives the one whose name is kept, or None."""

    CSS = """
    MergeScreen { align: center middle; }
    MergeScreen #merge-who, MergeScreen #merge-foot { color: $text-muted; }
    MergeScreen #merge-field { height: 1; background: $panel; }
    MergeScreen #merge-list {
        height: 1fr;
        margin-top: 1;
    }
    """

    def __init__(
        self, say: Wording, names: Names, rows: Sequence[EntityRow], only: EntityRow | None = None
    ) -> None:
        """only: the one of the rows whose name has to be kept."""
        super().__init__()
        self.say = say
        self._names = names
        self._rows = rows
        self._only = only
        self._keys = tuple(map(key_of_row, rows))
        who = "، ".join(isolated(sanitise_line(row.name)) for row in rows)
        self._who = Bar(say("merging who", names=who), base=say.base, id="merge-who")
        self.field = MergeField(placeholder=say("merge field"), base=say.base, id="merge-field")
        self.list = Candidates(say, id="merge-list", empty=say("counting names"))
        self._foot = Bar(say("merge foot"), base=say.base, id="merge-foot")
        self.keys = KeyBar(say.language, id="merge-keys")
        self._wanted = 0
        self._asking = False

    def compose(self) -> ComposeResult:
        with Vertical(id="window") as window:
            window.border_title = label(self.say("merging"), base=self.say.base)
            yield self._who
            yield self.field
            yield self.list
            yield self._foot
            yield self.keys

    def on_mount(self) -> None:
        self.keys.show_place("merging")
        self.set_focus(self.field)
        self._refill()

    @on(Changed)
    def _refill(self) -> None:
        """Ask again; while an answer is on its way, only once more when it has come."""
        self._wanted += 1
        if not self._asking:
            self._asking = True
            start(self, self._ask, "likely")

    async def _ask(self) -> None:
        try:
            done = 0
            while done != self._wanted:
                done = self._wanted
                rows = await self._candidates()
                if done == self._wanted:
                    self.list.show(rows, self.say("none alike"), keep=False)
                    self.describe()
        except KashafError as error:
            self.list.show([], self.say.told(error))
        finally:
            self._asking = False

    async def _candidates(self) -> list[EntityRow]:
        """Whose name may be kept: of those marked themselves, and of all others, the most alike first."""
        if self._only is not None:
            return [self._only]
        own = list(self._rows) if len(self._rows) > 1 and not self.field.value.strip() else []
        return [*own, *without(await self._names.likely(self._keys[0], self.field.value), self._keys)]

    def describe(self) -> None:
        """The spellings of the selected one."""
        row = self.list.current
        forms = (
            [f"{isolated(sanitise_line(form))} {count:,}" for form, count in row.variants[:_FORMS]]
            if row
            else []
        )
        self._foot.show(facts(forms) or self.say("merge foot"))

    def move(self, step: int) -> None:
        self.list.action_move(step)

    def page(self, step: int) -> None:
        self.list.action_page(step)

    @on(RowList.Moved)
    def _on_moved(self) -> None:
        self.describe()

    # Keys

    @on(Submitted)
    def action_agree(self) -> None:
        if self.list.current is not None:
            self.dismiss(self.list.current)

    def action_back(self) -> None:
        self.dismiss(None)

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.say, "merging"))

    def show_copied(self, copied: Copied) -> None:
        self._foot.show(how_copied(copied, self.say))
