"""The two lists of the timeline: statements under their periods, and figures under their claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, TypeVar

from rich.style import Style
from textual.strip import Strip

from kashaf.bidi.layout import Options
from kashaf.entities.statements.model import Claim, Figure, Period, Statement
from kashaf_tui.explorer.widgets.mirror import runs_rtl
from kashaf_tui.explorer.widgets.paint import Align, facts, left_to_right, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.spark import bar
from kashaf_tui.explorer.wording import Wording
from kashaf_tui.timeline_text import around, number_words, shown_value

Row = TypeVar("Row")

_DATE: Final = 12  # cells
_PERIOD: Final = 23
_COUNT: Final = 7
_OUTLET: Final = 22
_WITH_OUTLET: Final = 92  # cells of a list from which on it names outlets
_FIGURE: Final = 20
_NARROW: Final = (13, 15)  # outlet and figure where there is less room
_PUBLISHED: Final = 12
_SIGNS: Final = {"agree": "=", "conflict": "≠", "changed": "Δ"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A period above its statements; without one, above those that say no year."""

    period: Period | None
    count: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure below its claim; without one it is the claim's heading."""

    claim: Claim
    figure: Figure | None = None


class TimedRows(RowList[Row]):
    """Rows with headings among them."""

    row_height: ClassVar[int] = 1
    COMPONENT_CLASSES: ClassVar[set[str]] = {"timeline--words", "timeline--sign"}

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.say = say

    def is_heading(self, row: Row) -> bool:
        raise NotImplementedError

    def action_group(self, step: int) -> None:
        """To the next heading, or the one before."""
        ahead = range(self.selected + 1, len(self.rows))
        behind = range(self.selected - 1, -1, -1)
        at = next((at for at in (ahead if step > 0 else behind) if self.is_heading(self.rows[at])), None)
        if at is not None:
            self.action_move(at - self.selected)

    def _told(self, text: str, width: int, style: Style, align: Align | None = None) -> Strip:
        """Our own words in so many cells."""
        return line_strip(text, width, style, align=align or self.near, options=Options(base=self.say.base))

    def _called(self, text: str, width: int, style: Style) -> Strip:
        """A name in so many cells: cut at its own end, whichever way the interface runs."""
        return line_strip(text, width, style, align=self.near)

    def _words(self, text: str, span: tuple[int, int], width: int, base: Style) -> Strip:
        """A sentence, begun so that the words that matter are seen."""
        text, span = around(text, span, width)
        return line_strip(text, width, base, [span], self.part_style("timeline--words", base))


class StatementRows(TimedRows["Heading | Statement"]):
    """A heading a period with a bar of its count; below it a line a statement."""

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(say, id=id)
        self._most = 0

    def key(self, row: Heading | Statement) -> object:
        if isinstance(row, Heading):
            return row.period.key if row.period is not None else "open"
        first = row.first
        return first.article_id, first.start, row.mention.edtf or row.mention.form

    def is_heading(self, row: Heading | Statement) -> bool:
        return isinstance(row, Heading)

    def show(self, rows: Sequence[Heading | Statement], empty: str = "", *, keep: bool = True) -> None:
        self._most = max((row.count for row in rows if isinstance(row, Heading)), default=0)
        super().show(rows, empty, keep=keep)

    def draw_row(self, row: Heading | Statement, width: int, base: Style) -> Sequence[Strip]:
        return [
            self._heading(row, width, base) if isinstance(row, Heading) else self._statement(row, width, base)
        ]

    def _heading(self, row: Heading, width: int, base: Style) -> Strip:
        style = self.part_style("row--heading", base)
        if row.period is None:
            name, size = self.say("without a year"), min(width - _COUNT, 34)
        else:
            name, size = left_to_right(shown_value(row.period.key)), _PERIOD
        rest = max(0, width - size - _COUNT - 1)
        drawn = bar(row.count, self._most, min(40, rest))
        if runs_rtl(self):
            drawn = from_right(drawn)
        return self.in_order(
            [
                self._told(name, size, style),
                self._told(f"{row.count:,}", _COUNT, style, self.far),
                Strip.blank(1, base),
                line_strip(drawn, rest, base, align=self.near),
            ]
        )

    def _statement(self, row: Statement, width: int, base: Style) -> Strip:
        dim = self.part_style("row--dim", base)
        outlet = _OUTLET if width >= _WITH_OUTLET else 0
        parts = [
            self._told(f"  {left_to_right(date_words(row))}", _DATE + 3, dim),
            self._words(row.text, row.date_span, max(1, width - _DATE - 3 - outlet), base),
        ]
        if outlet:
            more = len(row.outlets) - 1
            name = row.first.outlet or self.say("no outlet")
            parts += [
                Strip.blank(2, base),
                self._told(facts([name, f"+{more}"]), outlet - 2, dim)
                if more > 0
                else self._called(name, outlet - 2, dim),
            ]
        return self.in_order(parts)


class ClaimRows(TimedRows[FigureRow]):
    """A heading a claim, said by a sign and a word whether its figures agree; below it a line a figure."""

    def key(self, row: FigureRow) -> object:
        first = row.claim.figures[0]
        claim = row.claim.counting, first.article_id, first.quantity.start
        figure = row.figure
        return claim, (figure.article_id, figure.quantity.start) if figure is not None else None

    def is_heading(self, row: FigureRow) -> bool:
        return row.figure is None

    def draw_row(self, row: FigureRow, width: int, base: Style) -> Sequence[Strip]:
        if row.figure is None:
            return [self._heading(row.claim, width, base)]
        return [self._figure(row.figure, width, base)]

    def _heading(self, claim: Claim, width: int, base: Style) -> Strip:
        say, style = self.say, self.part_style("row--heading", base)
        about = [key.name for key in claim.about] or [" ".join(claim.words)]
        words = facts(
            [
                say(f"verdict {claim.verdict}"),
                what_words(claim, say),
                *about,
                say("articles", n=claim.articles),
            ]
        )
        sign = self._told(_SIGNS[claim.verdict], 2, self.part_style("timeline--sign", base))
        return self.in_order([sign, self._told(words, max(1, width - 2), style)])

    def _figure(self, figure: Figure, width: int, base: Style) -> Strip:
        dim = self.part_style("row--dim", base)
        outlet, size = (_OUTLET, _FIGURE) if width >= _WITH_OUTLET else _NARROW
        published = figure.published.isoformat() if figure.published else self.say("no date")
        rest = max(1, width - 2 - size - outlet - _PUBLISHED)
        return self.in_order(
            [
                Strip.blank(2, base),
                self._told(left_to_right(number_words(figure.quantity)), size - 2, base, self.far),
                Strip.blank(2, base),
                self._called(figure.outlet or self.say("no outlet"), outlet - 1, dim),
                Strip.blank(1, base),
                self._told(left_to_right(published), _PUBLISHED, dim),
                self._words(figure.text, figure.number_span, rest, base),
            ]
        )


def date_words(row: Statement) -> str:
    """The value of a statement's date with the sign of its evidence, short."""
    value = shown_value(row.mention.edtf) or "?"
    if len(value) > _DATE:
        # What an interval ends with is on the line below the list.
        first, dash, _ = value.partition("–")
        value = f"{first}{dash}…" if len(first) <= _DATE - 2 else f"{first[: _DATE - 1]}…"
    return f"{value}*" if row.evidence == "publication" else value


def what_words(claim: Claim, say: Wording) -> str:
    """What is counted: the class, or for things the words themselves."""
    if claim.counting == "other" and claim.counted:
        return claim.counted
    return say(f"counting {claim.counting}")


def from_right(drawn: str) -> str:
    """A bar of eighths that begins at the right: only half a cell and a whole one have a mirror image."""
    whole = drawn.rstrip("▏▎▍▌▋▊▉")
    if len(whole) == len(drawn):
        return drawn
    return whole + ("█" if drawn[-1] in "▊▉▋" else "▐")
