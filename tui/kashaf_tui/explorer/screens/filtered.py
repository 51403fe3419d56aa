"""What screens of a long list have in common: a field that narrows it as one types, and a line of what is listed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.screens.titled import TitledScreen
from kashaf_tui.explorer.widgets.bars import Bar
from kashaf_tui.explorer.widgets.pieces_line import Piece, PieceLine
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.text_field import Changed, Submitted, TextInput


class Choices(PieceLine):
    """What may be listed, the chosen one in brackets."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--chosen"}
    DEFAULT_CSS = "Choices > .choices--chosen { text-style: bold reverse; }"


def choice(text: str, means: str, *, chosen: bool) -> Piece:
    """One of what may be listed."""
    return Piece(f"[{text}]" if chosen else f" {text} ", means, "choices--chosen" if chosen else "")


class Filtered(TitledScreen):
    """Stands first among the bases of a screen that gives `field`, `choices` and its list as `main_widget`."""

    #: Where the keys of the field are registered.
    filter_place: ClassVar[Place]
    DEFAULT_CSS = """
    Filtered #filter { height: 1; }
    Filtered #filter-sign { width: 3; text-style: bold; }
    Filtered #filter-field { width: 1fr; height: 1; background: $surface; }
    Filtered #filter-field:focus { background: $panel; }
    Filtered Choices { padding: 0 2; }
    .-rtl #filter-sign { dock: right; }
    Filtered.-tiny #filter, Filtered.-flat #filter, Filtered.-tiny Choices, Filtered.-flat Choices { display: none; }
    """
    field: TextInput
    choices: Choices

    @property
    def main_widget(self) -> RowList[Any]:
        raise NotImplementedError

    def narrow(self, typed: str) -> None:
        """List what has these letters or words."""
        raise NotImplementedError

    def columns(self) -> ComposeResult:
        """What stands between the choices and the list."""
        yield from ()

    def compose(self) -> ComposeResult:
        yield self.head
        with Horizontal(id="filter"):
            yield Bar(" /", base=self.say.base, id="filter-sign")
            yield self.field
        yield self.choices
        yield from self.columns()
        yield self.main_widget
        yield from self.between()
        yield self.keys
        yield self.too_small

    def pieces(self) -> Iterator[Piece]:
        """What stands in the line of choices."""
        raise NotImplementedError

    def tell_choices(self) -> None:
        self.choices.put(list(self.pieces()))

    # Keys

    def action_filter(self) -> None:
        self.set_focus(self.field)
        self.keys.show_place(self.filter_place)

    @on(Changed)
    def _on_typed(self, message: Changed) -> None:
        self.narrow(message.value)

    @on(Submitted)
    def _on_submitted(self) -> None:
        self.action_rows(0)

    def action_rows(self, step: int) -> None:
        """From the field to the list: to its first row, or where it was."""
        if step:
            self.main_widget.select(0)
        self.set_focus(self.main_widget)
        self.keys.show_place(self.place)

    def action_unfilter(self) -> None:
        """Everything again; from an empty field, back to the list."""
        if self.field.value:
            self.field.set("")
            self.narrow("")
        self.action_rows(0)

    def _keep_focus(self) -> None:
        if self.focused is None:
            self.action_rows(0)
