"""Quotations under headings: who, with which verb, in own words or reported; the words; where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from rich.style import Style
from textual.strip import Strip

from kashaf.bidi.layout import Line, Options, cell_width, crop, lay_out
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.widgets.measure import count_rows
from kashaf_tui.explorer.widgets.mixed_list import MixedList
from kashaf_tui.explorer.widgets.paint import facts, left_to_right, line_strip, paint
from kashaf_tui.explorer.wording import Wording
from kashaf_tui.quoted import Utterance

OWN_WORDS: Final = "«»"
REPORTED: Final = "≈"
#: Below this a quotation is called unsure.
UNSURE: Final = 0.5

_MOST_LINES: Final = 6
_LONGEST: Final = 1200  # code points that could ever be seen in so many lines
_INDENT: Final = 3
_USUAL: Final = 76  # cells of a list that has not been laid out yet


@dataclass(frozen=True, slots=True)
class Heading:
    """What the quotations below it have in common. closed: they are not listed."""

    key: str
    name: str
    about: str
    count: int
    closed: bool = False


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quotation in the list. grouped: what its heading says of it already."""

    said: Utterance
    grouped: str


class QuoteList(MixedList[QuoteRow | Heading]):
    """A heading takes one row; a quotation one for the facts and as many as its words need, six at most."""

    def __init__(self, say: Wording, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id, empty=empty)
        self._say = say
        self._measured = 0

    @property
    def quotation(self) -> Utterance | None:
        """The selected quotation; None on a heading."""
        return self.current.said if isinstance(self.current, QuoteRow) else None

    def key(self, row: QuoteRow | Heading) -> object:
        if isinstance(row, Heading):
            return "heading", row.key
        one = row.said.quotation
        return row.said.article, one.start, one.end, one.verb_start

    @property
    def _room(self) -> int:
        """Cells of the words."""
        width = self.scrollable_content_region.width or _USUAL
        return max(8, width - 2 - _INDENT)

    def tops_of(self, rows: Sequence[QuoteRow | Heading]) -> Sequence[int]:
        self._measured = self._room
        return tuple(accumulate(map(self._height, rows), initial=0))

    def _height(self, row: QuoteRow | Heading) -> int:
        if isinstance(row, Heading):
            return 1
        return 1 + min(_MOST_LINES, count_rows(_words(row.said), self._measured))

    def on_resize(self) -> None:
        """Words wrap otherwise now; the selected quotation stays in view."""
        if self.rows and self._room != self._measured:
            self.show(self.rows, self.empty)

    def _reveal(self) -> None:
        """With the first quotation of a group its heading comes into view."""
        super()._reveal()
        above = self.selected - 1
        if 0 <= above < len(self.rows) and isinstance(self.rows[above], Heading):
            top = self._tops[above]
            if top < self.scroll_offset.y:
                self.scroll_to(y=top, animate=False)

    def draw_row(self, row: QuoteRow | Heading, width: int, base: Style) -> Sequence[Strip]:
        if isinstance(row, Heading):
            return [self._heading(row, width, base)]
        room = max(1, width - _INDENT)
        margin = Strip.blank(_INDENT, base)
        lines = lay_out(_words(row.said), self._measured)[:_MOST_LINES]
        shown = [self.in_order([margin, paint(line, room, base)]) for line in self._cut(row, lines)]
        short = self._height(row) - 1 - len(shown)
        return [self._facts(row, width, base), *shown, *[Strip.blank(width, base)] * short]

    def _cut(self, row: QuoteRow, lines: Sequence[Line]) -> Sequence[Line]:
        """The lines that are shown, the last one with an ellipsis where words are left out."""
        words = _words(row.said)
        if len(lines) < _MOST_LINES or lines[-1].end >= len(words):
            return lines
        rest = crop(words[lines[-1].start :], self._measured)
        base = "rtl" if lines[0].rtl else "ltr"
        return [*lines[:-1], *lay_out(rest, self._measured, Options(base=base))[:1]]  # type: ignore[arg-type]  # of two words

    def _facts(self, row: QuoteRow, width: int, base: Style) -> Strip:
        """«» or ≈, the verb, and what the heading does not say."""
        say, said = self._say, row.said
        one = said.quotation
        sign = OWN_WORDS if one.direct else REPORTED
        parts = [sanitise_line(one.verb) or say("no verb")]
        if row.grouped == "verb":
            parts = []
        if row.grouped != "speaker":
            parts.append(sanitise_line(said.speaker) or say("nobody named"))
        if one.confidence < UNSURE:
            unsure = say("quote unsure")
            parts.append(f"? {unsure}")
        if row.grouped != "article":
            # The outlet comes last: it may be cut, the date may not.
            parts.append(left_to_right(said.published.isoformat()) if said.published else say("no date"))
            parts.append(sanitise_line(said.outlet) or say("no outlet"))
        dim = self.part_style("row--dim", base)
        options = Options(base=say.base)
        strips = [
            line_strip(
                sign, _INDENT, self.part_style("row--heading", base), align=self.near, options=options
            ),
            line_strip(facts(parts), max(1, width - _INDENT), dim, align=self.near, options=options),
        ]
        return self.in_order(strips)

    def _heading(self, row: Heading, width: int, base: Style) -> Strip:
        style = self.part_style("row--heading", base)
        count = f" {row.count:,}"
        room = max(1, width - 2 - cell_width(count))
        name = facts(filter(None, (row.name, row.about)))
        options = Options(base=self._say.base)
        strips = [
            line_strip("+" if row.closed else "−", 2, style, align=self.near),
            line_strip(name, room, style, align=self.near, options=options),
            line_strip(count, cell_width(count), style, align=self.far),
        ]
        return self.in_order(strips)


def _words(said: Utterance) -> str:
    return sanitise_line(said.line[:_LONGEST])
