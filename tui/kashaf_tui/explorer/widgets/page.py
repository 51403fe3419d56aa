"""An article laid out for the reader: its lines, its layers of spans, and the way from offsets to rows and back.

Pure of Textual: offsets are code points of the article's text, rows and columns are terminal cells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag

from kashaf.bidi.layout import Cell, Line, Options, lay_out


class Layer(IntFlag):
    """What a code point of the article belongs to; several at a time."""

    HIT = 1
    PERSON = 2
    PLACE = 4
    ORGANIZATION = 8
    NOTE = 16
    TITLE = 32


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the page: a line of the paragraph that begins at `offset` in the text; None is a blank row."""

    offset: int
    line: Line | None


class Page:
    """A text in a width. Layout happens once a width; layers change without it."""

    def __init__(self, text: str, width: int, options: Options, body_start: int = 0) -> None:
        self.text = text
        self.width = max(1, width)
        self.rows: list[Row] = []
        self._layers = bytearray(len(text))
        self._lay_out(options)
        self._starts = [row.offset + (row.line.start if row.line else 0) for row in self.rows]
        self.paint(Layer.TITLE, [(0, body_start)])

    def _lay_out(self, options: Options) -> None:
        offset = 0
        for paragraph in self.text.split("\n"):
            if offset:
                self.rows.append(Row(offset, None))
            self.rows += [Row(offset, line) for line in lay_out(paragraph, self.width, options)]
            offset += len(paragraph) + 1

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
        value = 0
        for layer in self._layers[start : row.offset + cell.end]:
            value |= layer
        return value

    def has_layer(self, row: Row, layer: Layer) -> bool:
        """Whether any code point of the row's line is in `layer`."""
        if row.line is None:
            return False
        part = self._layers[row.offset + row.line.start : row.offset + row.line.end]
        return any(value & layer for value in part)

    def row_of(self, offset: int) -> int:
        """The row that shows `offset`."""
        row = max(0, bisect_right(self._starts, offset) - 1)
        return row - 1 if row and self.rows[row].line is None else row

    def position(self, offset: int) -> tuple[int, int]:
        """Row and column of the cell that shows `offset`."""
        at = self.row_of(offset)
        row = self.rows[at]
        if row.line is None:
            return at, 0
        column = row.line.column_of(offset - row.offset)
        if column is None:
            column = -1 if row.line.rtl else row.line.width
        return at, max(0, min(self.width - 1, column + self._indent(row.line)))

    def offset_at(self, at: int, column: int) -> int:
        """The offset shown nearest to a row and column."""
        at = max(0, min(len(self.rows) - 1, at))
        row = self.rows[at]
        if row.line is None:
            return row.offset
        line = row.line
        inner = min(max(0, column - self._indent(line)), max(0, line.width - 1))
        offset = row.offset + line.offset_at(inner)
        return min(offset, max(0, len(self.text) - 1))

    def _indent(self, line: Line) -> int:
        return self.width - line.width if line.rtl else 0
