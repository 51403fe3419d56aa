"""`R` and `T`: what a name is called, and of which type it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip

from kashaf.entities.model import ENTITY_TYPES, EntityRow, EntityType
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.panes.entities import LETTERS
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.widgets.paint import isolated, label, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.text_field import Submitted, TextInput
from kashaf_tui.explorer.wording import Wording


class NameField(TextInput):
    BINDINGS: ClassVar = bindings_for("naming")


class NameScreen(ModalScreen[str | None]):
    """Gives a name, or None. other: it has to be another than the one that stands in the field first."""

    CSS = """
    NameScreen { align: center middle; }
    NameScreen #window { width: 64; max-width: 95%; height: 7; max-height: 100%; }
    NameScreen #name { height: 1; background: $panel; }
    NameScreen #name-foot { color: $text-warning; }
    """

    def __init__(self, say: Wording, question: str, name: str, *, other: bool = False) -> None:
        super().__init__()
        self.say = say
        self._name = name
        self._other = other
        self._question = Bar(question, base=say.base, id="name-question")
        self.field = NameField(sanitise_line(name), base=say.base, id="name")
        self._foot = Bar(base=say.base, id="name-foot")
        self.keys = KeyBar(say.language, id="name-keys")

    def compose(self) -> ComposeResult:
        with Vertical(id="window") as window:
            window.border_title = label(self.say("naming"), base=self.say.base)
            yield self._question
            yield self.field
            yield self._foot
            yield self.keys

    def on_mount(self) -> None:
        self.keys.show_place("naming")
        self.set_focus(self.field)

    @on(Submitted)
    def action_agree(self) -> None:
        name = " ".join(sanitise_line(self.field.value).split())
        if not any(char.isalnum() for char in name):
            self._foot.show("✕ " + self.say("naming empty"))
        elif self._other and name == self._name:
            self._foot.show("✕ " + self.say("naming same"))
        else:
            self.dismiss(name)

    def action_back(self) -> None:
        self.dismiss(None)

    def show_copied(self, copied: Copied) -> None:
        self._foot.show(how_copied(copied, self.say))


class TypeRows(RowList[EntityType]):
    """The letter of a type, and its name."""

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._say = say

    def key(self, row: EntityType) -> object:
        return row

    def draw_row(self, row: EntityType, width: int, base: Style) -> Sequence[Strip]:
        near = self.near
        strips = [
            line_strip(self._say.narrow(LETTERS[row]), 3, self.part_style("row--dim", base), align=near),
            line_strip(self._say(f"offer {row}"), width - 3, base, align=near),
        ]
        return [self.in_order(strips)]


class Types(Mirrored, TypeRows):
    BINDINGS: ClassVar = bindings_for("typing")


class TypeScreen(ModalScreen[EntityType | None]):
    """Gives the type chosen, or None."""

    CSS = """
    TypeScreen { align: center middle; }
    TypeScreen #window { width: 48; max-width: 95%; height: 8; max-height: 100%; }
    TypeScreen #types { height: 1fr; }
    """

    def __init__(self, say: Wording, row: EntityRow) -> None:
        super().__init__()
        self.say = say
        self._row = row
        self._question = Bar(say("typing who", name=isolated(sanitise_line(row.name))), base=say.base)
        self.list = Types(say, id="types")
        self.keys = KeyBar(say.language, id="type-keys")

    def compose(self) -> ComposeResult:
        with Vertical(id="window") as window:
            window.border_title = label(self.say("typing"), base=self.say.base)
            yield self._question
            yield self.list
            yield self.keys

    def on_mount(self) -> None:
        self.keys.show_place("typing")
        self.list.show(list(ENTITY_TYPES))
        self.list.select(next((at for at, kind in enumerate(ENTITY_TYPES) if kind == self._row.type), 0))
        self.set_focus(self.list)

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        self.dismiss(self.list.current)

    def action_back(self) -> None:
        self.dismiss(None)
