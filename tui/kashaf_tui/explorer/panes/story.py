"""The articles of a story, in the order they were seen, three rows each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip

from kashaf.bidi.layout import Options
from kashaf_tui.explorer.storied import Member
from kashaf_tui.explorer.widgets.mirror import runs_rtl
from kashaf_tui.explorer.widgets.paint import Align, facts, left_to_right, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording


class StoryList(RowList[Member]):
    """`here` is the article that is open in the reader."""

    row_height: ClassVar[int] = 3

    def __init__(self, say: Wording, here: str, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id, empty=empty)
        self._say = say
        self.here = here

    def key(self, row: Member) -> object:
        return row.id

    def draw_row(self, row: Member, width: int, base: Style) -> Sequence[Strip]:
        say, rtl = self._say, runs_rtl(self)
        near: Align = "right" if rtl else "left"
        date = left_to_right(row.published.isoformat()) if row.published else say("no date")
        parts = [relation_words(say, row), date, row.outlet or say("no outlet")]
        if row.id == self.here:
            parts.insert(0, "● " + say("this one"))
        dim = self.part_style("row--dim", base)
        return [
            line_strip(facts(parts), width, dim, align=near, options=Options(base=say.base)),
            line_strip(row.title, width, self.part_style("row--heading", base)),
            Strip.blank(width, base),
        ]


def relation_words(say: Wording, row: Member) -> str:
    """How an article stands to the first of its story."""
    percent = round(100 * row.share)
    match row.relation:
        case "first":
            return say("first seen")
        case "exact":
            return say("same words")
        case "near":
            return say("alike", percent=percent)
        case _:
            return say(row.relation, percent=percent)
