"""The facets of the query: kinds with their values, how many articles have each, and the filters in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.style import Style
from textual.strip import Strip

from kashaf.bidi.layout import Options
from kashaf.text.sanitise import sanitise_line
from kashaf_index.facets import Facets, Kind
from kashaf_tui.explorer.widgets.mirror import base_of, runs_rtl
from kashaf_tui.explorer.widgets.paint import Align, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

_SHOWN: Final = 6  # values of a kind before it is opened
_BAR: Final = 4  # cells
_COUNT: Final = 7  # cells: 10,161 and a space

#: The words for a kind.
KIND_WORDS: Final[dict[Kind, str]] = {
    "outlet": "outlets",
    "month": "months",
    "person": "people",
    "place": "places",
    "organization": "organisations",
    "tag": "tags of notes",
    "language": "languages",
}


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A line of the list. kind: of a heading, which opens its kind; filter: what the line's value narrows to.

    share: of the largest count of its kind. on: whether the filter is in force.
    """

    text: str
    kind: Kind | None = None
    filter: str = ""
    articles: int = 0
    share: float = 0.0
    on: bool = False


class FacetList(RowList[FacetRow]):
    """Filters in force first, then kind after kind. A heading opens and closes its kind."""

    row_height: ClassVar[int] = 1

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._say = say
        self._facets: Facets | None = None
        self._filters: Sequence[tuple[str, str]] = ()
        self._open: set[Kind] = set()

    def show_facets(self, facets: Facets) -> None:
        """Counts of the query that is shown now."""
        self._facets = facets
        self._list()

    def show_filters(self, filters: Sequence[tuple[str, str]]) -> None:
        """The filters in force: each in the language of queries, and in words."""
        self._filters = filters
        self._list()

    def _list(self) -> None:
        self.show(list(self._rows()), self._say("no facets"))

    def key(self, row: FacetRow) -> object:
        return row.kind, row.filter, row.text if row.kind is None and not row.filter else ""

    def _rows(self) -> Iterator[FacetRow]:
        in_force = {fragment for fragment, _ in self._filters}
        if self._filters:
            yield FacetRow(self._say("filters"))
            for fragment, words in self._filters:
                yield FacetRow(words, filter=fragment, on=True)
        for group in self._facets.groups if self._facets is not None else ():
            opened = group.kind in self._open
            yield FacetRow(self._say(KIND_WORDS[group.kind]), group.kind, articles=group.distinct)
            most = max(facet.articles for facet in group.facets)
            for facet in group.facets if opened else group.facets[:_SHOWN]:
                yield FacetRow(
                    sanitise_line(facet.value),
                    filter=facet.filter,
                    articles=facet.articles,
                    share=facet.articles / most,
                    on=facet.filter in in_force,
                )

    def draw_row(self, row: FacetRow, width: int, base: Style) -> Sequence[Strip]:
        dim = self.part_style("row--dim", base)
        if not row.filter:
            return [self._heading(row, width, base)]
        mark = "✓" if row.on else " "
        if not row.articles:
            named = line_strip(
                row.text, max(1, width - 2), self.part_style("row--heading", base), align="right"
            )
            return [Strip.join([named, Strip.blank(1, base), line_strip(mark, 1, base)])]
        count = f"{row.articles:,}"
        room = max(1, width - _COUNT - _BAR - 2)
        style = self.part_style("row--heading", base) if row.on else base
        return [
            Strip.join(
                [
                    line_strip(count, _COUNT - 1, dim, align="right"),
                    Strip.blank(1, base),
                    line_strip(_bar(row.share), _BAR, dim, align="right"),
                    Strip.blank(1, base),
                    line_strip(row.text, room, style, align="right"),
                    line_strip(mark, 1, base),
                ]
            )
        ]

    def _heading(self, row: FacetRow, width: int, base: Style) -> Strip:
        sign = ""
        if row.kind is not None and row.articles > _SHOWN:
            sign = f" ({row.articles:,}) " + ("−" if row.kind in self._open else "+")
        options = Options(base="rtl" if base_of(self) == "rtl" else "ltr")
        align: Align = "right" if runs_rtl(self) else "left"
        return line_strip(
            row.text + sign, width, self.part_style("row--heading", base), align=align, options=options
        )

    def action_open(self) -> None:
        """A heading opens or closes its kind; a value is told."""
        row = self.current
        if row is None or row.kind is None:
            super().action_open()
            return
        self._open ^= {row.kind}
        self._list()

    def clicked(self, index: int) -> None:
        """One click does what Enter does."""
        self.select(index)
        self.action_open()


def _bar(share: float) -> str:
    """A bar that grows from the name towards the number, to half a cell; the least there is shows."""
    halves = max(1, round(share * 2 * _BAR)) if share else 0
    return "▐" * (halves % 2) + "█" * (halves // 2)
