"""The three lists of the concordance: lines, collocates, frequencies. One row each, a column under a heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Final, Literal, TypeVar

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from kashaf.bidi.concordance import align
from kashaf.bidi.layout import Cell, Options
from kashaf.text.tokens import WORD
from kashaf_index.collocates import Collocate
from kashaf_index.frequencies import Share
from kashaf_index.kwic import KwicLine, LineSort
from kashaf_tui.explorer.verdicts import LineKey, Verdict
from kashaf_tui.explorer.widgets.mirror import runs_rtl
from kashaf_tui.explorer.widgets.paint import Align, line_strip, paint
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

#: From this width on a line shows its date.
_WITH_DATE: Final = 96
_DATE: Final = 11
_MARK: Final = 2
_MARKS: Final[Mapping[str, str]] = {"accepted": "+", "rejected": "-", "skipped": "?"}

Row = TypeVar("Row")
Column = tuple[str, int, Style, Align]
"""A text, its cells, its style, and the side it keeps to."""


def key_of(line: KwicLine) -> LineKey:
    return line.id, line.text_sha256, line.start, line.end


class ConcordanceRows(RowList[Row]):
    """What the three have in common: the keys, which the screen answers."""

    row_height: ClassVar[int] = 1

    @dataclass
    class Asked(Message):
        """A key that concerns more than the list. `how` is its argument, if it has one."""

        wish: str
        how: str = ""

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.say = say

    def action_side(self, side: str) -> None:
        self.post_message(self.Asked("side", side))

    def action_order(self) -> None:
        self.post_message(self.Asked("order"))

    def action_show(self, view: str) -> None:
        self.post_message(self.Asked("show", view))

    def action_view(self, step: int) -> None:
        self.post_message(self.Asked("view", str(step)))

    def action_stop_words(self) -> None:
        self.post_message(self.Asked("stop words"))

    def heading(self, width: int, base: Style) -> Strip:
        """What stands above the columns; `width` is that of the list."""
        del base
        return Strip.blank(width)

    def _columns(self, columns: Sequence[Column]) -> Strip:
        """Columns from where a line of the interface begins."""
        options = Options(base=self.say.base)
        strips = [
            line_strip(text, cells, style, align=side, options=options)
            for text, cells, style, side in columns
        ]
        return self.in_order(strips)


class LineRows(ConcordanceRows[KwicLine]):
    """Each match in the middle of its line, the words that the lines are sorted by underlined."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"kwic--key"}

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(say, id=id)
        self.options = Options()
        self.sort: LineSort = "order"
        self.verdicts: Mapping[LineKey, Verdict] = {}

    def key(self, row: KwicLine) -> object:
        return key_of(row)

    def draw_row(self, row: KwicLine, width: int, base: Style) -> Sequence[Strip]:
        verdict = self.verdicts.get(key_of(row))
        dim = self.part_style("row--dim", base)
        text_style = dim if verdict == "rejected" else base
        date = _DATE if width >= _WITH_DATE else 0
        room = max(0, width - _MARK - date)
        parts = [
            line_strip(
                _MARKS.get(verdict or "", ""), _MARK, self.part_style("row--heading", base), align=self.near
            ),
            self._line(row, room, text_style),
        ]
        if date:
            published = row.published.isoformat() if row.published else ""
            parts.append(line_strip(published, date, dim, align=self.far))
        return [self.in_order(parts)]

    def _line(self, row: KwicLine, width: int, base: Style) -> Strip:
        shown = _aligned(row.left, _one_line(row.node), row.right, width, self.options)
        hit, key = self.part_style("row--hit", base), self.part_style("kwic--key", base)
        low, high = self._key_span(shown.text, shown.start, shown.end)

        def style_of(cell: Cell) -> Style:
            if cell.start == cell.end:
                return base
            if shown.start <= cell.start < shown.end:
                return hit
            return key if low <= cell.start < high else base

        return paint(shown.line, width, base, style_of, "left")

    def _key_span(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Where the word stands that the line is sorted by; an empty span when it is not shown or there is none."""
        if not self.sort.startswith(("before", "after")):
            return 0, 0
        number = int(self.sort[-1])
        if self.sort.startswith("before"):
            words = list(WORD.finditer(text, 0, start))[::-1]
        else:
            words = list(WORD.finditer(text, end))
        return words[number - 1].span() if len(words) >= number else (0, 0)


# Every decision draws all lines in view again, with another mark on one of them.
_aligned = lru_cache(maxsize=512)(align)


def _one_line(text: str) -> str:
    return "".join(" " if char.isspace() else char for char in text)


class CollocateRows(ConcordanceRows[Collocate]):
    """A word, how often it stands beside a match and on which side, and how far that is from chance."""

    def key(self, row: Collocate) -> object:
        return row.form

    def heading(self, width: int, base: Style) -> Strip:
        say = self.say
        names = (say("count"), say("before"), say("after"), say("in all"), "LL", "MI")
        return self._row(say("word"), names, width, base, base)

    def draw_row(self, row: Collocate, width: int, base: Style) -> Sequence[Strip]:
        dim = self.part_style("row--dim", base)
        counts = (f"{number:,}" for number in (row.count, row.before, row.after, row.corpus))
        word = f"{row.word} · {self.say('stop word')}" if row.stop else row.word
        return [
            self._row(
                word, (*counts, f"{row.ll:,.1f}", f"{row.mi:.2f}"), width, dim if row.stop else base, base
            )
        ]

    def _row(self, word: str, numbers: Sequence[str], width: int, style: Style, base: Style) -> Strip:
        sizes = (8, 8, 8, 9, 11, 7) if width >= 76 else (7, 6, 6, 8, 10, 7)
        room = max(2, min(34, width - sum(sizes)))
        columns: list[Column] = [
            (word, room - 1, style, self.near),
            ("", 1, base, self.near),
            *_numbers(numbers, sizes, base),
            ("", max(0, width - room - sum(sizes)), base, self.near),
        ]
        return self._columns(columns)


@dataclass(frozen=True, slots=True)
class FrequencyRow:
    """A share of an outlet or a month; without one it is the heading of what follows."""

    kind: Literal["all", "outlet", "month"]
    share: Share | None = None


class FrequencyRows(ConcordanceRows[FrequencyRow]):
    """Outlets, then months: matches, articles, matches in a million words, and a bar of one of these."""

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(say, id=id)
        self.relative = False
        self._most: dict[str, float] = {}

    def key(self, row: FrequencyRow) -> object:
        return row.kind, row.share.name if row.share else None

    def measure(self, share: Share) -> float:
        """What the bar is a picture of."""
        return share.per_million_words if self.relative else float(share.matches)

    def show(self, rows: Sequence[FrequencyRow], empty: str = "", *, keep: bool = True) -> None:
        self._most = {}
        for row in rows:
            if row.share is not None:
                self._most[row.kind] = max(self._most.get(row.kind, 0.0), self.measure(row.share))
        super().show(rows, empty, keep=keep)

    def heading(self, width: int, base: Style) -> Strip:
        say = self.say
        return self._row("", (say("matches"), say("articles of"), say("per million")), "", width, base, base)

    def draw_row(self, row: FrequencyRow, width: int, base: Style) -> Sequence[Strip]:
        if row.share is None:
            name = self.say("outlets" if row.kind == "outlet" else "months")
            return [line_strip(name, width, self.part_style("row--heading", base), align=self.near)]
        share = row.share
        unnamed = self.say({"all": "all articles", "outlet": "no outlet", "month": "no date"}[row.kind])
        numbers = (
            f"{share.matches:,}",
            f"{share.articles:,}/{share.all_articles:,}",
            f"{share.per_million_words:,.1f}",
        )
        most = 0.0 if row.kind == "all" else self._most.get(row.kind, 0.0)
        part = self.measure(share) / most if most else 0.0
        return [self._row(share.name or unnamed, numbers, part, width, base, base)]

    def _row(
        self, name: str, numbers: Sequence[str], part: float | str, width: int, style: Style, base: Style
    ) -> Strip:
        sizes = (9, 14, 12)
        room = max(8, min(28, width - sum(sizes) - 10))
        rest = max(0, width - room - sum(sizes) - 2)
        drawn = part if isinstance(part, str) else bar(part, rest, rtl=runs_rtl(self))
        columns: list[Column] = [
            (name, room - 1, style, self.near),
            ("", 1, base, self.near),
            *_numbers(numbers, sizes, base),
            ("", 2, base, self.near),
            (drawn, rest, base, self.near),
        ]
        return self._columns(columns)


def _numbers(numbers: Sequence[str], sizes: Sequence[int], base: Style) -> list[Column]:
    """Columns of numbers with their last digits under one another, whichever way the interface runs."""
    return [(number, cells, base, "right") for number, cells in zip(numbers, sizes, strict=True)]


def bar(part: float, width: int, *, rtl: bool) -> str:
    """A bar of a part between 0 and 1, in halves of a cell, in logical order; what is not nothing is seen."""
    halves = round(part * width * 2)
    if part > 0:
        halves = max(1, halves)
    full, half = "█" * (halves // 2), ("▐" if rtl else "▌") * (halves % 2)
    return full + half
