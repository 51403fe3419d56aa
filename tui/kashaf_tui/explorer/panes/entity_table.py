"""The entities of the corpus or of the results as a table: numbers to compare, and how each runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar, Final
from unicodedata import combining

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from kashaf.bidi.layout import Options
from kashaf.entities.model import EntityKey, EntityRow
from kashaf_tui.explorer.names import key_of_row
from kashaf_tui.explorer.panes.entities import LETTERS
from kashaf_tui.explorer.widgets.mirror import runs_rtl
from kashaf_tui.explorer.widgets.paint import Align, isolated, left_to_right, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.spark import sparks
from kashaf_tui.explorer.wording import Wording

_MARK, _LETTER, _COUNT, _DATE, _TREND, _SURPRISE = 2, 2, 9, 12, 14, 10
_MONTHS: Final = 12  # that a trend runs over
_WIDEST: Final = 40  # cells that a name has at most; behind the numbers its other spellings stand then
_NAME: Final = 18  # cells a name has at least before a column goes
Column = tuple[str, int, Style, Align]


class EntityTable(RowList[EntityRow]):
    """marked: those with a mark. compared: whether surprise means anything, which it does for the results alone."""

    row_height: ClassVar[int] = 1
    COMPONENT_CLASSES: ClassVar[set[str]] = {"entity--person", "entity--place", "entity--organization"}

    def __init__(self, say: Wording, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id, empty=empty)
        self._say = say
        self.marked: Collection[EntityKey] = ()
        self.compared = False

    def key(self, row: EntityRow) -> object:
        return key_of_row(row)

    def draw_row(self, row: EntityRow, width: int, base: Style) -> Sequence[Strip]:
        dim = self.part_style("row--dim", base)
        cells = (
            f"{row.articles:,}",
            f"{row.mentions:,}",
            left_to_right(row.last.isoformat()) if row.last else "",
            sparks(row.trend, self._say.base) if any(row.trend) else "",
            f"{row.surprise:,.1f}",
        )
        mark = "✓" if key_of_row(row) in self.marked else ""
        style = self.part_style(f"entity--{row.type}", base)
        letter = self._say.narrow(LETTERS[row.type])
        plain = _plain(row.name)
        others = " · ".join(isolated(form) for form, _ in row.variants if _plain(form) != plain)
        return [self._row((mark, letter, row.name), cells, others, width, (base, style, dim))]

    def heading(self, width: int, base: Style) -> Strip:
        """The names of the columns."""
        say = self._say
        cells = (
            say("articles of"),
            say("mentions"),
            say("last seen"),
            say("months n", n=_MONTHS),
            say("surprise"),
        )
        return self._row(("", "", say("name")), cells, say("other spellings"), width, (base, base, base))

    def _row(
        self,
        begin: tuple[str, str, str],
        cells: Sequence[str],
        others: str,
        width: int,
        styles: tuple[Style, Style, Style],
    ) -> Strip:
        """begin: mark, letter and name. others: what fills the row where there is room for more."""
        (mark, letter, name), (base, named, dim) = begin, styles
        sizes = [_COUNT, _COUNT, _DATE, _TREND, _SURPRISE if self.compared else 0]
        for column in (3, 1, 2):
            if width - _MARK - _LETTER - sum(sizes) < _NAME:
                sizes[column] = 0
        left = max(1, width - _MARK - _LETTER - sum(sizes))
        room = min(left, _WIDEST)
        near = self.near
        far = self.far
        options = Options(base=self._say.base)
        strips = [
            line_strip(mark, _MARK, base, align=near),
            line_strip(letter, _LETTER, dim, align=near),
            line_strip(name, room, named, align=near),
            *(
                line_strip(text, size, dim, align=far, options=options)
                for text, size in zip(cells, sizes, strict=True)
                if size
            ),
            line_strip(
                "   " + others if left - room > _NAME else "", left - room, dim, align=near, options=options
            ),
        ]
        return self.in_order(strips)


def _plain(form: str) -> str:
    """Without tashkeel, which is not shown."""
    return "".join(char for char in form if not combining(char))


class TableHeading(Widget):
    """The names of the columns, above the table."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "TableHeading { height: 1; }"

    def __init__(self, table: EntityTable, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._table = table

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        # The table has a border, a column for the selection and one for the scroll bar.
        inner = self._table.scrollable_content_region.width - 2
        if y or inner <= 0:
            return Strip.blank(width, base)
        parts = [
            Strip.blank(2, base),
            self._table.heading(inner, base + Style(bold=True)),
            Strip.blank(max(0, width - inner - 2), base),
        ]
        return Strip.join(reversed(parts) if runs_rtl(self) else parts)
