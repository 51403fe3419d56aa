"""An article as the reader shows it: rows, layers of spans, and the way from offsets to rows and back.

Pure of Textual: offsets are code points of the article's text, rows and columns are terminal cells. Only
paragraphs that were asked for lately are laid out and kept. Rows of a long text are estimated at first, and row
numbers change when `measure` replaces an estimate; those of a text up to `AT_ONCE` never do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntFlag
from typing import Final, Literal

from kashaf.bidi.direction import Direction, direction
from kashaf.bidi.layout import Cell, Line, Options, lay_out
from kashaf_tui.explorer.widgets.heights import Heights
from kashaf_tui.explorer.widgets.kinds import NONE, Kinds
from kashaf_tui.explorer.widgets.measure import count_piece, count_rows
from kashaf_tui.explorer.widgets.pieces import Letters, has_rtl_letter, pieces_of

AT_ONCE: Final = 65_536
"""A text up to this many code points is measured as soon as its width is known."""
_KEPT: Final = 4096  # code points whose lines are kept even in the smallest window
_KEPT_PIECES: Final = 64
_SAMPLES: Final = 16


class Layer(IntFlag):
    """What a code point of the article belongs to; several at a time."""

    HIT = 1
    PERSON = 2
    PLACE = 4
    ORGANIZATION = 8
    NOTE = 16
    TITLE = 32
    DATE = 64
    NUMBER = 128


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the page: a line of the paragraph that begins at `offset` in the text; None is a blank row."""

    offset: int
    line: Line | None

    @property
    def start(self) -> int:
        """The first offset on the row; on a blank row, that of the row below."""
        return self.offset + (self.line.start if self.line else 0)

    @property
    def end(self) -> int:
        return self.offset + (self.line.end if self.line else 0)


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph in its piece: `first` counts from the piece's first row, `text` is its first row with text."""

    first: int
    text: int
    start: int
    end: int


class Page:
    """A text in a width. Width, options and layers change without a new page."""

    def __init__(
        self, text: str, width: int, options: Options, body_start: int = 0, kinds: Kinds = NONE
    ) -> None:
        self.text = text
        self.kinds = kinds
        self.width = 0
        self.options = options
        self.pieces = pieces_of(text)
        self._direction = _direction(text)
        self._layers = bytearray(len(text))
        self._lines: OrderedDict[int, tuple[Line, ...]] = OrderedDict()
        self._kept = self._room = _KEPT
        self._blocks: OrderedDict[int, tuple[_Block, ...]] = OrderedDict()
        self.resize(width)
        self.paint(Layer.TITLE, [(0, body_start)])

    # What it looks like

    def resize(self, width: int) -> None:
        """Another width: all is measured anew."""
        width = max(1, width)
        if width == self.width:
            return
        self.width = width
        kinds = self.kinds
        self._forget_lines()
        self._blocks.clear()
        count = len(self.pieces)
        if len(self.text) <= AT_ONCE:
            self._heights = Heights([1] * count)
            found: Iterable[int] = range(count)
        else:
            found = sorted({at * (count - 1) // (_SAMPLES - 1) for at in range(_SAMPLES)})
        rows = {piece: count_piece(self.text, self.pieces, piece, width, kinds) for piece in found}
        if len(self.text) > AT_ONCE:
            letters = sum(end - start for start, end in map(self.pieces.span, rows))
            density = sum(rows.values()) / max(1, letters)
            spans = map(self.pieces.span, range(count))
            self._heights = Heights([max(1, round((end - start) * density)) for start, end in spans])
        for piece, measured in rows.items():
            self._heights.measure(piece, measured)

    def keep(self, rows: int) -> None:
        """How many rows are kept laid out: those of the window, and of what may be scrolled to next."""
        self._kept = max(_KEPT, rows * self.width)
        self._forget_lines()

    def set_options(self, options: Options) -> None:
        """Other options. Rows stay where they are: no option changes the cells of a text."""
        self.options = options
        self._forget_lines()

    def paint(self, layer: Layer, spans: Iterable[tuple[int, int]]) -> None:
        """Make `spans` the whole content of `layer`."""
        keep, bit = bytes(value & ~layer for value in range(256)), int(layer)
        self._layers = self._layers.translate(keep)
        raised = bytes(value | bit for value in range(256))
        for start, end in spans:
            self._layers[start:end] = self._layers[start:end].translate(raised)

    def layers_of(self, row: Row, cell: Cell) -> int:
        """The union of the layers under a cell (a lam-alef covers two code points)."""
        start = row.offset + cell.start
        if cell.end - cell.start == 1:
            return self._layers[start]
        return _union(self._layers[start : row.offset + cell.end])

    def layers_in(self, row: Row) -> int:
        """The union of the layers on a row."""
        return _union(self._layers[row.start : row.end])

    # Rows

    @property
    def exact(self) -> bool:
        """Whether every row has its last number."""
        return self._heights.exact

    @property
    def height(self) -> int:
        """Rows of the whole text."""
        return self._heights.total

    def measure(self, first: int, rows: Iterable[int]) -> None:
        """What `count_piece` found for the pieces from `first` on, in this width."""
        for piece, count in enumerate(rows, first):
            self._heights.measure(piece, count)

    def measure_around(self, offset: int, rows: int) -> None:
        """Measure all that is up to `rows` rows above and below the piece of `offset`."""
        here = self.pieces.at(offset)
        self._measure(here)
        for around in (range(here - 1, -1, -1), range(here + 1, len(self.pieces))):
            left = rows
            for piece in around:
                if left <= 0:
                    break
                self._measure(piece)
                left -= self._heights.rows(piece)

    def row(self, at: int) -> Row:
        """The row with a number; the first or last for numbers beyond. Measures its piece."""
        piece, inner = self._heights.find(at)
        while not self._heights.measured(piece):
            self._measure(piece)
            piece, inner = self._heights.find(at)
        blocks = self._blocks_of(piece)
        block = blocks[bisect_right(blocks, inner, key=lambda one: one.first) - 1]
        if inner < block.text:
            return Row(block.start, None)
        return Row(block.start, self._lines_of(piece, block)[inner - block.text])

    def row_of(self, offset: int) -> int:
        """The row that shows `offset`."""
        piece = self.pieces.at(offset)
        self._measure(piece)
        blocks = self._blocks_of(piece)
        block = blocks[max(0, bisect_right(blocks, offset, key=lambda one: one.start) - 1)]
        lines = self._lines_of(piece, block)
        line = max(0, bisect_right(lines, offset - block.start, key=lambda one: one.start) - 1)
        return self._heights.top(piece) + block.text + line

    def text_row(self, at: int, step: int) -> int:
        """The row `at`, or the next one in the direction of `step` that has text."""
        at = max(0, min(self.height - 1, at))
        while 0 < at < self.height - 1 and self.row(at).line is None:
            at += step
        return at

    def position(self, offset: int) -> tuple[int, int]:
        """Row and column of the cell that shows `offset`."""
        at = self.row_of(offset)
        row = self.row(at)
        if row.line is None:
            return at, 0
        column = row.line.column_of(offset - row.offset)
        if column is None:
            column = -1 if row.line.rtl else row.line.width
        return at, max(0, min(self.width - 1, column + self._indent(row, row.line)))

    def offset_at(self, at: int, column: int) -> int:
        """The offset shown nearest to a row and column."""
        return self.cell_at(at, column)[0]

    def cell_at(self, at: int, column: int) -> tuple[int, int]:
        """The offsets under the cell nearest to a row and column; on a row without cells, empty or its newline."""
        row = self.row(at)
        line = row.line
        last = max(0, len(self.text) - 1)
        if line is None or not line.cells:
            return min(row.offset, last), min(row.offset, last)
        column = min(max(0, column - self._indent(row, line)), max(0, line.width - 1))
        index = line.cell_of(line.offset_at(column))
        cell = line.cells[index if index is not None else -1]
        return row.offset + cell.start, row.offset + cell.end

    def line_span(self, offset: int, step: int = 0) -> tuple[int, int]:
        """What the row of `offset` shows, or the row with text `step` rows away, without white space at its end."""
        here = self.row_of(offset)
        row = self.row(self.text_row(here + step, step or 1))
        return row.start, row.start + len(self.text[row.start : row.end].rstrip())

    # What is kept

    def _measure(self, piece: int) -> None:
        if not self._heights.measured(piece):
            self._heights.measure(piece, count_piece(self.text, self.pieces, piece, self.width, self.kinds))

    def _blocks_of(self, piece: int) -> tuple[_Block, ...]:
        if piece in self._blocks:
            self._blocks.move_to_end(piece)
            return self._blocks[piece]
        blocks: list[_Block] = []
        first = 0
        for paragraph in self.pieces.paragraphs(piece):
            start, end = paragraph.start, paragraph.end
            text = first + paragraph.new
            blocks.append(_Block(first, text, start, end))
            first = text + count_rows(self.text[start:end], self.width - self.hang(start))
        self._blocks[piece] = tuple(blocks)
        if len(self._blocks) > _KEPT_PIECES:
            self._blocks.popitem(last=False)
        return self._blocks[piece]

    def _lines_of(self, piece: int, block: _Block) -> tuple[Line, ...]:
        if block.start in self._lines:
            self._lines.move_to_end(block.start)
            return self._lines[block.start]
        options = replace(self.options, base=self.base_of(piece, block.start, block.end))
        room = self.width - self.hang(block.start)
        lines = lay_out(self.text[block.start : block.end], room, options)
        self._lines[block.start] = lines
        self._room -= lines[-1].end + 1
        while self._room < 0 and len(self._lines) > 1:
            self._room += self._lines.popitem(last=False)[1][-1].end + 1
        return lines

    def _forget_lines(self) -> None:
        self._lines.clear()
        self._room = self._kept

    def base_of(self, piece: int, start: int, end: int) -> Literal["auto", "rtl", "ltr"]:
        """The base direction of a paragraph `[start, end)` that is in a piece.

        In an article most of whose letters run from right to left, a paragraph that has any such letter does too,
        whatever it begins with. In any other, the first strong letter decides (UAX #9, P2 and P3).
        """
        if self.options.base != "auto":
            return self.options.base
        letters = self.pieces.letters(piece)
        if self._direction == "rtl":
            if letters == Letters.UNKNOWN:
                return "rtl" if has_rtl_letter(self.text, start, end) else "ltr"
            return "ltr" if letters == Letters.LTR else "rtl"
        if letters == Letters.UNKNOWN:
            return "auto"
        return "rtl" if letters == Letters.RTL_FIRST else "ltr"

    def hang(self, offset: int) -> int:
        """Cells before the paragraph at `offset`, on the side where its lines begin, that its mark takes."""
        return self.kinds.hang(offset, self.width)

    def _indent(self, row: Row, line: Line) -> int:
        hang = self.hang(row.offset)
        return self.width - hang - line.width if line.rtl else hang


def _direction(text: str) -> Direction:
    """The direction most letters have; of a long text, of passages at equal distances."""
    if len(text) <= AT_ONCE:
        return direction(text)
    step = len(text) // _SAMPLES
    return direction("\n".join(text[at * step : at * step + AT_ONCE // _SAMPLES] for at in range(_SAMPLES)))


def _union(layers: bytearray) -> int:
    value = 0
    for one in set(layers):
        value |= one
    return value
