"""The entities of the article or of the corpus: a name, its type as a letter, and how often."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import ClassVar

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from kashaf.entities.model import EntityRow
from kashaf_tui.catalogue import pN_
from kashaf_tui.explorer.widgets.paint import line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

_LETTERS = {
    "person": pN_("entity", "P"),
    "place": pN_("entity", "L"),
    "organization": pN_("entity", "O"),
    "date": pN_("entity", "D"),
}


class EntityList(RowList[EntityRow]):
    """Rows sorted by type and frequency. The letter says the type without colour.

    noted: types and names of those with a note, which is marked beside the number.
    """

    row_height: ClassVar[int] = 1
    COMPONENT_CLASSES: ClassVar[set[str]] = {"entity--person", "entity--place", "entity--organization"}

    def __init__(self, say: Wording, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002
        super().__init__(id=id, empty=empty)
        self._say = say
        self.noted: Container[tuple[str, str]] = ()

    def key(self, row: EntityRow) -> object:
        return row.type, row.name

    def draw_row(self, row: EntityRow, width: int, base: Style) -> Sequence[Strip]:
        count = f"{row.mentions:>4}{'●' if (row.type, row.name) in self.noted else ' '}"
        letter = self._say.narrow(_LETTERS[row.type])
        style = self.part_style(f"entity--{row.type}", base) if row.type != "date" else base
        room = max(1, width - len(count) - 2)
        dim = self.part_style("row--dim", base)
        return [
            Strip.join(
                [
                    line_strip(count, len(count), dim),
                    line_strip(row.name, room, style, align="right"),
                    line_strip(letter, 2, dim, align="right"),
                ]
            )
        ]

    def action_mention(self) -> None:
        """Asked of the screen, which knows the article."""
        if self.current is not None:
            self.post_message(self.MentionWanted())

    class MentionWanted(Message):
        """Go to the selected entity's next mention in the article."""
