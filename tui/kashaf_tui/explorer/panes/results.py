"""The result list: title, outlet and date with the rung, and the first snippet, three rows each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip

from kashaf.bidi.layout import Options
from kashaf_index.model import Hit
from kashaf_tui.explorer.widgets.paint import facts, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

_NAMED = 3  # outlets of a story


class ResultList(RowList[Hit]):
    """Hits in the order of the search. `noted` counts the notes of each article."""

    row_height: ClassVar[int] = 4

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._say = say
        self.noted: Mapping[str, int] = {}

    def key(self, row: Hit) -> object:
        return row.id

    def draw_row(self, row: Hit, width: int, base: Style) -> Sequence[Strip]:
        say = self._say
        dim = self.part_style("row--dim", base)
        heading = self.part_style("row--heading", base)
        hit = self.part_style("row--hit", base)
        date = row.published.isoformat() if row.published else say("no date")
        # The outlet comes last: it may be cut, the date and the rung may not.
        parts = [date, *([say(row.rung)] if row.why else []), row.outlet or say("no outlet")]
        if count := self.noted.get(row.id):
            parts.insert(0, f"● {count}")
        title_spans = [span for span in row.spans if span[1] <= len(row.title)]
        snippet = row.snippets[0] if row.snippets else None
        strips = [
            line_strip(row.title, width, heading, title_spans, hit),
            line_strip(facts(parts), width, dim, align="right", options=Options(base=say.base)),
        ]
        if snippet is not None:
            flat, spans = _window(snippet.text, snippet.start, snippet.spans, width)
            strips.append(line_strip(flat, width, base, spans, hit))
        else:
            strips.append(Strip.blank(width, base))
        return [*strips, self._story(row, width, dim)]

    def _story(self, row: Hit, width: int, style: Style) -> Strip:
        """Who else has the text; a blank row for an article that stands alone."""
        say, story = self._say, row.story
        if story is None:
            return Strip.blank(width, style)
        outlets = say("more outlets", n=len(story.outlets)) if story.outlets else ""
        words = outlets or say("more copies", n=len(story.articles) - 1)
        parts = [f"≈ {words}", *story.outlets[:_NAMED]]
        return line_strip(facts(parts), width, style, align="right", options=Options(base=say.base))


def _window(
    text: str, start: int, spans: Sequence[tuple[int, int]], width: int
) -> tuple[str, list[tuple[int, int]]]:
    """The part of a snippet that shows its first hit, on one line; spans become offsets in that part."""
    flat = text.replace("\n", " ")
    first = spans[0][0] - start if spans else 0
    cut = 0
    if first > width // 2:
        space = flat.find(" ", first - width // 2, first)
        cut = space + 1 if space >= 0 else max(0, first - width // 2)
    shift = start + cut
    lead = "…" if cut else ""
    moved = [(a - shift + len(lead), b - shift + len(lead)) for a, b in spans if a >= shift]
    return lead + flat[cut:], moved
