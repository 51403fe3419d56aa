"""The entities of the article or of the corpus, by type: a name, its type as a letter, how often, and how it runs."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import ClassVar, Final

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from kashaf.bidi.layout import Options, cell_width
from kashaf.entities.model import EntityRow
from kashaf_tui.catalogue import pN_
from kashaf_tui.explorer.panes.entity_rows import ListRow
from kashaf_tui.explorer.widgets.paint import left_to_right, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.spark import sparks
from kashaf_tui.explorer.wording import Wording

LETTERS: Final = {
    "person": pN_("entity", "P"),
    "place": pN_("entity", "L"),
    "organization": pN_("entity", "O"),
    "date": pN_("entity", "D"),
    "number": pN_("entity", "N"),
}
#: The heading of each type.
HEADINGS: Final = {
    "person": "people",
    "place": "places",
    "organization": "organisations",
    "date": "dates",
    "number": "numbers",
}
NOT_SURE: Final = "?"
_DATE: Final = 11  # cells: a day and a space
_QUARTER: Final = 3  # months of the trend in one cell


class EntityList(RowList[ListRow]):
    """Rows under headings, which are passed over. The letter says the type without colour.

    A heading is the legend, too: it has the letter, and its word looks as such names do in the article.

    noted: types and names of those with a note, which is marked beside the number.
    """

    row_height: ClassVar[int] = 1
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "entity--person",
        "entity--place",
        "entity--organization",
        "entity--date",
        "entity--number",
        "legend--person",
        "legend--place",
        "legend--organization",
        "legend--date",
        "legend--number",
    }

    def __init__(self, say: Wording, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002
        super().__init__(id=id, empty=empty)
        self._say = say
        self.noted: Container[tuple[str, str]] = ()

    def key(self, row: ListRow) -> object:
        return row.type, row.name, row.value, row.heading > 0

    @property
    def entity(self) -> EntityRow | None:
        """Whom the selected row names; None for a date, a number, a heading."""
        return self.current.entity if self.current is not None else None

    # Headings are passed over

    def show(self, rows: Sequence[ListRow], empty: str = "", *, keep: bool = True) -> None:
        super().show(rows, empty, keep=keep)
        if self.current is not None and self.current.heading:
            super().select(self.selected + 1)

    def select(self, index: int) -> bool:
        index = min(len(self.rows) - 1, max(0, index))
        if self.rows and self.rows[index].heading:
            # Under a heading there is always a row; above the first there is none.
            index += -1 if 0 < index < self.selected else 1
        changed = super().select(index)
        if index == 1:
            self.scroll_to(y=0, animate=False)
        return changed

    # Drawing

    def draw_row(self, row: ListRow, width: int, base: Style) -> Sequence[Strip]:
        if row.heading:
            return [self._heading(row, width, base)]
        dim = self.part_style("row--dim", base)
        noted = (row.type, row.name) in self.noted
        count = f"{row.mentions:>4}{' ' if row.sure else NOT_SURE}{'●' if noted else ' '}"
        letter = self._say.narrow(LETTERS[row.type])
        room = max(1, width - len(count) - 2)
        beside = self._beside(row, room)
        size = min(cell_width(beside) + 1, max(_DATE, room // 2)) if beside else 0
        return [
            Strip.join(
                [
                    line_strip(count, len(count), dim),
                    line_strip(beside, max(0, size - 1), dim, align="left"),
                    Strip.blank(min(1, size), dim),
                    line_strip(
                        row.name,
                        max(1, room - size),
                        self.part_style(f"entity--{row.type}", base),
                        align="right",
                    ),
                    line_strip(letter, 2, dim, align="right"),
                ]
            )
        ]

    def _heading(self, row: ListRow, width: int, base: Style) -> Strip:
        letter, word = self._say.narrow(LETTERS[row.type]), self._say(HEADINGS[row.type])
        text, begin = f"{letter} {word} {row.heading:,}", len(letter) + 1
        look = Style(bold=False) + self.get_component_rich_style(f"legend--{row.type}", partial=True)
        style = self.part_style("row--heading", base)
        options = Options(base=self._say.base)
        return line_strip(text, width, style, [(begin, begin + len(word))], look, self.near, options)

    def _beside(self, row: ListRow, room: int) -> str:
        """What stands between number and name: a value, or how it runs, where the name leaves the room."""
        if row.type == "number":
            text = self._say(f"counting {row.value}") if row.value.islower() else row.value
        elif row.type == "date":
            text = left_to_right(row.value or NOT_SURE)
        else:
            trend = row.entity.trend if row.entity is not None else ()
            text = sparks(by_quarter(trend), self._say.base) if any(trend) else ""
            if cell_width(text) + cell_width(row.name) + 1 > room:
                return ""
        return text

    def action_mention(self) -> None:
        """Asked of the screen, which knows the article."""
        if self.current is not None:
            self.post_message(self.MentionWanted())

    class MentionWanted(Message):
        """Go to the selected row's next mention in the article."""


def by_quarter(trend: Sequence[int]) -> list[int]:
    """Months put together by threes, from the newest back."""
    ends = range(len(trend), 0, -_QUARTER)
    return [sum(trend[max(0, end - _QUARTER) : end]) for end in ends][::-1]
