"""The box the query is typed in. What was not understood is underlined where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import events

from kashaf.bidi.layout import Cell
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.widgets.text_field import TextInput

if TYPE_CHECKING:
    from kashaf_tui.explorer.widgets.writing import CellStyle


class SearchBox(TextInput):
    """The query. Its keys are few: everything else is typed."""

    BINDINGS: ClassVar = bindings_for("search")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"search--mistake"}
    _mistakes: tuple[tuple[int, int], ...] = ()
    _of = ""

    async def on_key(self, event: events.Key) -> None:
        # Textual runs the field's own handler next, unless it is told not to. Enter takes the way of this place's
        # other keys: handled at once, it would overtake an arrow before it.
        if event.key == "enter":
            event.prevent_default()

    def put(self, value: str, caret: int) -> None:
        """Replace the value, as `set` does, and say where to go on."""
        self.buffer.set(value)
        self.buffer.move(caret)
        self.lay_anew()

    def show_mistakes(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline spans of the value, until it changes."""
        self._mistakes, self._of = tuple(spans), self.value
        self.refresh()

    def style_of(self, row: int, base: Style, selection: Style) -> CellStyle | None:
        plain = super().style_of(row, base, selection)
        if not self._mistakes or self._of != self.value:
            return plain
        mark = self.get_component_rich_style("search--mistake", partial=True)

        def of(cell: Cell) -> Style:
            style = plain(cell) if plain is not None else base
            wrong = any(start < cell.end and cell.start < end for start, end in self._mistakes)
            return style + mark if wrong else style

        return of
