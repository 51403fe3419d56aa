"""Where the text of a field stands on the screen: rows of cells, the caret's places in them, and the way it moves.

The caret is a block on the cell of the letter it stands before; a cell of its own ends each line of the value, on the
side to which the line runs. So the places of the caret are the cells, each of them one: an arrow goes to the cell
beside, through mixed runs too, as the visual movement of native editors does. A lam-alef, and a letter with its marks
and joiners, are one cell and one place. Pure of Textual.

Offsets are code points of the value; rows, columns and widths are terminal cells.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from typing import Final, Literal

from kashaf.bidi.layout import Cell, Line, Options, lay_out, lay_out_line

Base = Literal["rtl", "ltr"]

PIECE: Final = 2000
"""Code points of a paragraph that are laid out at a time: what a key may cost in an endless one."""

_Key = tuple[str, Base, bool, bool]
_NO_BREAK: Final = "\u00a0\u2007\u202f"
_UNSEEN: Final = frozenset({"Mn", "Me", "Cf"})


class Rows:
    """The value of a field in a width; None is one row without end. Only lines that changed are laid out anew.

    Each line of the value takes its own direction from its first strong character; one without any takes that of the
    line above, the first one `base`.
    """

    def __init__(self, base: Base = "ltr") -> None:
        self.base: Base = base
        self.lines: list[Line] = []
        """Offsets in them count from `shifts`."""
        self.shifts: list[int] = []
        self._starts: list[int] = []
        self._width: int | None = None
        self._cache: dict[_Key, tuple[Line, ...]] = {}
        self._kept: dict[_Key, tuple[Line, ...]] = {}
        self.update("", None)

    def update(self, value: str, width: int | None) -> None:
        """Lay out `value` in at least 2 cells."""
        width = None if width is None else max(2, width)
        if width != self._width:
            self._cache = {}
        self._width = width
        self.lines, self.shifts, self._kept = [], [], {}
        base, start = self.base, 0
        for paragraph in value.split("\n"):
            base = self._paragraph(paragraph, start, base)
            start += len(paragraph) + 1
        self._starts = [shift + line.start for shift, line in zip(self.shifts, self.lines, strict=True)]
        self._cache = self._kept

    def _paragraph(self, paragraph: str, start: int, above: Base) -> Base:
        at, size = 0, len(paragraph) if self._width is None else PIECE
        while True:
            last = at + size >= len(paragraph)
            lines = self._laid_out(paragraph[at : at + size], above, at == 0, last)
            above = "rtl" if lines[0].rtl else "ltr"
            # The last row of a piece that is not the last one may have room for what comes next.
            taken = lines if last else lines[:-1]
            self.lines += taken
            self.shifts += [start + at] * len(taken)
            if last:
                return above
            if taken:
                at, size = at + taken[-1].end, PIECE
            else:
                size *= 2

    def _laid_out(self, text: str, above: Base, first: bool, last: bool) -> tuple[Line, ...]:
        key = (text, above, first, last)
        lines = self._cache.get(key) or self._kept.get(key)
        if lines is None:
            auto = first and any(map(str.isalpha, text))
            options = Options(marks="keep", base="auto" if auto else above)
            if self._width is None:
                lines = (_placed(lay_out_line(text, options), "", None, end=True),)
            else:
                # One cell is left for the caret behind the last letter.
                found = lay_out(text, self._width - 1, options)
                lines = tuple(
                    _placed(line, text, self._width, end=last and line is found[-1]) for line in found
                )
        self._kept[key] = lines
        return lines

    # From offsets to cells and back

    def row_of(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def place(self, offset: int) -> tuple[int, int]:
        """Row, and index among its cells, of the one that holds `offset`."""
        row = self.row_of(offset)
        return row, self.lines[row].cell_of(offset - self.shifts[row]) or 0

    def column(self, row: int, index: int) -> int:
        """Column of a cell, from the left edge of the row's own cells. One without width has its neighbour's."""
        line = self.lines[row]
        column = sum(cell.width for cell in line.cells[:index])
        return max(0, min(column, line.width - 1))

    def shown(self, offset: int) -> tuple[int, Cell]:
        """Row and cell on which a caret at `offset` is painted; blanks beyond the edge have no cell of their own."""
        row, index = self.place(offset)
        cells = self.lines[row].cells
        ahead, behind = range(index, len(cells)), range(index, -1, -1)
        nearest = (*ahead, *behind) if self.lines[row].rtl else (*behind, *ahead)
        return row, cells[next((at for at in nearest if cells[at].width), index)]

    def offset_at(self, row: int, column: int) -> int:
        """Beginning of the cell at a row and column; beside the cells that of the nearest one."""
        start, _ = self.span_at(row, column)
        return start

    def span_at(self, row: int, column: int) -> tuple[int, int]:
        """`[start, end)` of the cell at a row and column; beside the cells that of the nearest one."""
        row = max(0, min(row, len(self.lines) - 1))
        line, shift = self.lines[row], self.shifts[row]
        cell = line.cells[-1]
        for cell in line.cells:
            column -= cell.width
            if column < 0:
                break
        return shift + cell.start, shift + cell.end

    # Where the caret goes

    def beside(self, offset: int, *, left: bool) -> int:
        """The place one cell to the left or to the right; from the edge of a row that in the row it goes on in.

        Between lines that run in opposite directions an arrow goes forward only: the same arrow would lead straight
        back, for ever.
        """
        row, index = self.place(offset)
        line = self.lines[row]
        index += -1 if left else 1
        if not 0 <= index < len(line.cells):
            forward = left == line.rtl
            target = row + (1 if forward else -1)
            if not 0 <= target < len(self.lines):
                return offset
            turns = self.lines[target].rtl != line.rtl
            if turns and not forward:
                return offset
            row, line = target, self.lines[target]
            index = len(line.cells) - 1 if left != turns else 0
        return self.shifts[row] + line.cells[index].start

    def forward(self, offset: int, *, left: bool) -> bool:
        """Whether left, or right, is onwards in the row of `offset`."""
        return left == self.lines[self.row_of(offset)].rtl

    def turns(self, offset: int, to: int) -> bool:
        """Whether two offsets stand in rows of opposite directions."""
        return self.lines[self.row_of(offset)].rtl != self.lines[self.row_of(to)].rtl

    def edges(self, offset: int) -> tuple[int, int]:
        """The first and the last place, in logical order, of the row that shows `offset`."""
        row = self.row_of(offset)
        line, shift = self.lines[row], self.shifts[row]
        starts = [cell.start for cell in line.cells]
        return shift + min(starts), shift + max(starts)


def _placed(line: Line, text: str, width: int | None, *, end: bool) -> Line:
    """The row with a cell for each blank that hangs behind it, and one for the `end` of the value's line.

    Those for which there is no room in `width` have no width. `text` is what the row was laid out from.
    """
    hanging = _hanging(line, text)
    starts = [*hanging, *([line.end] if end else [])]
    if not starts:
        return line
    # A row of nothing but blanks has one cell for them all.
    blank = bool(hanging) and hanging[0] == line.start
    used = line.width - blank
    room = len(starts) if width is None else max(0, width - used)
    ends = [*starts[1:], line.end + end]
    blanks = [
        Cell(" " if at < room else "", first, after, int(line.rtl), int(at < room))
        for at, (first, after) in enumerate(zip(starts, ends, strict=True))
    ]

    def cells() -> tuple[Cell, ...]:
        drawn = [] if blank else [_until(cell, starts[0]) for cell in line.cells]
        return (*reversed(blanks), *drawn) if line.rtl else (*drawn, *blanks)

    return Line(line.start, line.end + end, cells, used + min(room, len(starts)), line.rtl)


def _until(cell: Cell, end: int) -> Cell:
    return cell if cell.end <= end else Cell(cell.text, cell.start, end, cell.level, cell.width)


def _hanging(line: Line, text: str) -> list[int]:
    """Offsets of the white space at the end of a row; marks and joiners may stand on it."""
    found: list[int] = []
    for at in range(min(line.end, len(text)) - 1, line.start - 1, -1):
        if text[at].isspace() and text[at] not in _NO_BREAK:
            found.append(at)
        elif unicodedata.category(text[at]) not in _UNSEEN:
            break
    return found[::-1]
