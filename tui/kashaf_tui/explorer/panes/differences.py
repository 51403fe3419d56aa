"""Two articles sentence by sentence: side by side where there is room, else one under the other.

What is the same is counted until it is asked for. A difference is told by a sign at the edge, reworded words by
brackets; styles only add to that.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import ClassVar, Final

from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kashaf.bidi.layout import Cell, Line, Options, lay_out
from kashaf.corpus.article import Article
from kashaf.corpus.story_diff import Difference, DifferenceKind, Span
from kashaf_tui.explorer.widgets.measure import count_rows
from kashaf_tui.explorer.widgets.mirror import base_of, runs_rtl
from kashaf_tui.explorer.widgets.paint import Align, empty_line, line_strip, paint
from kashaf_tui.explorer.wording import Wording

BESIDE: Final = 96
"""Cells from which on two columns are shown."""
_LONGEST: Final = 3000  # code points of a sentence that are laid out
_EDGE: Final = 3  # cells for the sign and the bar
_GAP: Final = 3
_KEPT: Final = 200  # blocks whose lines are kept

SIGNS: Final[dict[DifferenceKind, str]] = {
    "same": "=",
    "moved": "↕",
    "changed": "≠",
    "only_a": "A",
    "only_b": "B",
}


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence as it is shown, and which of its words the other side words otherwise."""

    text: str
    marked: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A difference with its sentences; of sentences that are the same only their number (`count`), until asked.

    sign: what stands at the edge instead of the kind's own sign; both sides are shown then.
    """

    kind: DifferenceKind
    a: Side | None
    b: Side | None
    count: int = 0
    sign: str = ""


def blocks(a: Article, b: Article, found: Sequence[Difference], *, whole: bool) -> Iterator[Block]:
    """What is shown of the differences; `whole`: also the sentences that are the same."""
    for same, run in groupby(found, key=lambda one: one.kind == "same"):
        if same and not whole:
            yield Block("same", None, None, sum(1 for _ in run))
            continue
        for one in run:
            ours = _side(a.text, one.span_a, [part for part in one.parts if part.kind != "same"], 0)
            theirs = _side(b.text, one.span_b, [part for part in one.parts if part.kind != "same"], 1)
            yield Block(one.kind, ours, theirs)


def _side(text: str, span: Span, parts: Sequence[Difference], which: int) -> Side | None:
    """A sentence with brackets around the words that differ; None for an empty span."""
    start, end = span
    if start == end:
        return None
    end = min(end, start + _LONGEST)
    written: list[str] = []
    marked: list[Span] = []
    length, at = 0, start
    for part in parts:
        first, last = (part.span_a, part.span_b)[which]
        if first == last or first < at or last > end:
            continue
        for piece in (text[at:first], f"[{text[first:last]}]"):
            written.append(piece)
            length += len(piece)
        marked.append((length - (last - first) - 2, length))
        at = last
    written.append(text[at:end])
    return Side("".join(written).replace("\n", " "), tuple(marked))


class DifferenceView(ScrollView, can_focus=True):
    """Blocks under each other; one of those that differ is selected."""

    ALLOW_SELECT = False
    names: ClassVar[tuple[str, str]] = ("A", "B")
    """What the sides are called where they stand under each other: a cell each."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "difference--only",
        "difference--word",
        "difference--same",
        "difference--sign",
        "difference--selected",
    }

    @dataclass
    class Moved(Message):
        """Another difference is selected."""

        view: DifferenceView

    @dataclass
    class Whole(Message):
        """The analyst wants to see, or no longer to see, what is the same."""

        view: DifferenceView

    def __init__(self, say: Wording, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._say = say
        self.empty = empty
        self.blocks: Sequence[Block] = ()
        self.differing: Sequence[int] = ()
        self.selected = 0
        """Which of `differing`."""
        self._tops = array("I", [0])
        self._width = 0
        self._lines: dict[int, tuple[tuple[Line, ...], tuple[Line, ...]]] = {}

    # What is shown

    def show(self, shown: Sequence[Block], empty: str) -> None:
        """Show these blocks; the selected difference stays so by its number."""
        self.blocks, self.empty = shown, empty
        self.differing = [at for at, block in enumerate(shown) if block.kind != "same"]
        self.selected = min(self.selected, max(0, len(self.differing) - 1))
        self._measure()
        self._reveal()
        self.post_message(self.Moved(self))

    def on_resize(self) -> None:
        self._measure()
        self._reveal()

    @property
    def _beside(self) -> bool:
        return self._width >= BESIDE

    @property
    def _room(self) -> int:
        """Cells of a sentence."""
        inner = self._width - _EDGE
        return max(4, (inner - _GAP) // 2 if self._beside else inner - 2)

    def _measure(self) -> None:
        self._width = max(8, self.scrollable_content_region.width)
        self._lines.clear()
        heights = (self._height(block) + 1 for block in self.blocks)
        self._tops = array("I", accumulate(heights, initial=0))
        self.virtual_size = Size(0, self._tops[-1])
        self.refresh()

    def _height(self, block: Block) -> int:
        if block.count:
            return 1
        rows = [count_rows(side.text, self._room) if side else 0 for side in self._sides(block)]
        return max(1, max(rows) if self._beside else sum(rows))

    def _sides(self, block: Block) -> tuple[Side | None, Side | None]:
        """What is shown of a block: what is the same is not said twice under each other."""
        once = not self._beside and block.kind == "same" and not block.sign
        return block.a, None if once else block.b

    @property
    def current(self) -> Block | None:
        return self.blocks[self.differing[self.selected]] if self.differing else None

    # Moving

    def action_difference(self, step: int) -> None:
        if self.differing:
            self.selected = max(0, min(self.selected + step, len(self.differing) - 1))
            self._reveal()
            self.refresh()
            self.post_message(self.Moved(self))

    def action_line(self, step: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + step, animate=False)

    def action_page(self, step: int) -> None:
        self.action_line(step * max(1, self.scrollable_content_region.height - 1))

    def action_edge(self, step: int) -> None:
        if self.differing:
            self.selected = 0 if step < 0 else len(self.differing) - 1
            self.post_message(self.Moved(self))
        self.scroll_to(y=0 if step < 0 else self._tops[-1], animate=False)
        self.refresh()

    def action_whole(self) -> None:
        self.post_message(self.Whole(self))

    def _reveal(self) -> None:
        height = self.scrollable_content_region.height
        if not self.differing or not height:
            return
        at = self.differing[self.selected]
        top, bottom = self._tops[at], self._tops[at + 1]
        if top < self.scroll_offset.y or bottom > self.scroll_offset.y + height:
            # With what stands before it, where there is room.
            before = self._tops[max(0, at - 1)]
            self.scroll_to(y=before if bottom - before <= height else top, animate=False)

    # Drawing

    def render_line(self, y: int) -> Strip:
        width, base = self.scrollable_content_region.width, self.rich_style
        if not self.blocks:
            return empty_line(self.empty, y, width, base, Options(base=base_of(self)))
        at = y + self.scroll_offset.y
        index = bisect_right(self._tops, at) - 1
        if index >= len(self.blocks) or width != self._width:
            return Strip.blank(width, base)
        row = at - self._tops[index]
        if row == self._tops[index + 1] - self._tops[index] - 1:
            return Strip.blank(width, base)
        block, rtl = self.blocks[index], runs_rtl(self)
        chosen = bool(self.differing) and index == self.differing[self.selected]
        if chosen:
            base = base + self._component("selected")
        full, thin = ("▐", "▕") if rtl else ("▌", "▏")
        bar = (full if self.has_focus else thin) if chosen else " "
        sign = (block.sign or SIGNS[block.kind]) if not row and not block.count else " "
        signed = base + self._component("sign")
        edge = [line_strip(bar, 1, base), line_strip(sign, 1, signed), Strip.blank(1, base)]
        strips = [*edge, *self._content(index, block, row, width - _EDGE, base)]
        return Strip.join(reversed(strips) if rtl else strips)

    def _content(self, index: int, block: Block, row: int, width: int, base: Style) -> list[Strip]:
        rtl = runs_rtl(self)
        if block.count:
            text = self._say("same sentences", n=block.count)
            near: Align = "right" if rtl else "left"
            dim = base + self._component("same")
            return [line_strip(text, width, dim, align=near, options=Options(base=self._say.base))]
        ours, theirs = self._laid_out(index, block)
        if not self._beside:
            side, lines, at = (block.a, ours, 0) if row < len(ours) else (block.b, theirs, 1)
            inner, name = (row if not at else row - len(ours)), self.names[at]
            name = name if not inner and ours and theirs else " "
            named = line_strip(name, 2, base + self._component("sign"))
            return [named, self._line(block, side, lines, inner, width - 2, base)]
        room = self._room
        gap = line_strip(" │ ", _GAP, base + self._component("same"))
        return [
            self._line(block, block.a, ours, row, room, base),
            gap,
            self._line(block, block.b, theirs, row, width - room - _GAP, base),
        ]

    def _line(
        self, block: Block, side: Side | None, lines: Sequence[Line], row: int, width: int, base: Style
    ) -> Strip:
        if side is None or row >= len(lines):
            return Strip.blank(width, base)
        whole = base
        if block.kind in ("only_a", "only_b"):
            whole = base + self._component("only")
        elif block.kind in ("same", "moved"):
            whole = base + self._component("same")
        word = base + self._component("word")
        marked = side.marked

        def style_of(cell: Cell) -> Style:
            return word if any(start < cell.end and cell.start < end for start, end in marked) else whole

        return paint(lines[row], width, whole, style_of if marked else None)

    def _laid_out(self, index: int, block: Block) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        if index not in self._lines:
            if len(self._lines) >= _KEPT:
                del self._lines[next(iter(self._lines))]
            ours, theirs = (lay_out(side.text, self._room) if side else () for side in self._sides(block))
            self._lines[index] = (ours, theirs)
        return self._lines[index]

    def _component(self, name: str) -> Style:
        return self.get_component_rich_style(f"difference--{name}", partial=True)
