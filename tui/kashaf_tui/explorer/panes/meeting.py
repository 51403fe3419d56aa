"""The articles in which some entities are named together: how, when and where, the title, and the sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip

from kashaf.bidi.layout import Options
from kashaf_tui.explorer.names import Place
from kashaf_tui.explorer.widgets.paint import facts, left_to_right, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

_LEAD = 3  # the first name in a long sentence stands in the first of so many parts of the line


class PlaceList(RowList[Place]):
    """marked: ids of those with a mark. plain: nothing is said of sentences, for one name is looked for alone."""

    row_height: ClassVar[int] = 5

    def __init__(self, say: Wording, *, plain: bool = False, id: str | None = None, empty: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id, empty=empty)
        self._say = say
        self._plain = plain
        self.marked: Collection[str] = ()

    def key(self, row: Place) -> object:
        return row.article.id

    def draw_row(self, row: Place, width: int, base: Style) -> Sequence[Strip]:
        say = self._say
        near = self.near
        article = row.article
        date = left_to_right(article.published.isoformat()) if article.published else say("no date")
        parts = [date, article.outlet or say("no outlet")]
        if not self._plain:
            parts.insert(0, say("sentences n", n=row.together) if row.together else say("apart"))
        if article.id in self.marked:
            parts.insert(0, "✓ " + say("other one"))
        dim = self.part_style("row--dim", base)
        hit = self.part_style("row--hit", base)
        lines = two_lines(row.parts, width)
        return [
            line_strip(facts(parts), width, dim, align=near, options=Options(base=say.base)),
            line_strip(article.title, width, self.part_style("row--heading", base)),
            *(line_strip(text, width, base, spans, hit) for text, spans in lines),
            Strip.blank(width, base),
        ]


Part = tuple[str, Sequence[tuple[int, int]]]


def two_lines(parts: Sequence[Part], width: int) -> tuple[Part, Part]:
    """Two sentences, each from where its names are; a long one over both lines."""
    if len(parts) > 1:
        return window(*parts[0], width), window(*parts[1], width)
    text, spans = window(*parts[0], 2 * width - 2)
    if len(text) <= width:
        return (text, spans), ("", ())
    space = text.rfind(" ", 1, width)
    cut = space + 1 if space > 0 else width
    before = [(start, min(end, cut)) for start, end in spans if start < cut]
    after = [(max(0, start - cut), end - cut) for start, end in spans if end > cut]
    return (text[:cut].rstrip(), before), (text[cut:], after)


def window(text: str, spans: Sequence[tuple[int, int]], width: int) -> Part:
    """The part of a line that shows as many of its names as it can, and where they are in it."""
    first, last = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    if last <= width - 1:
        return text, spans
    # Back from the first name as far as leaves room for the last one, if there is any.
    lead = max(0, min(width // _LEAD, width - 2 - (last - first)))
    cut = max(0, first - lead)
    space = text.find(" ", cut, first)
    cut = space + 1 if cut and space >= 0 else cut
    shift = cut - 1 if cut else 0
    return ("…" if cut else "") + text[cut:], [(a - shift, b - shift) for a, b in spans if a >= cut]
