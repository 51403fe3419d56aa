"""A concordance line in terminal cells: what was matched begins at the same column in every line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from kashaf.bidi.direction import direction
from kashaf.bidi.layout import Cell, Line, Options, cell_width, crop, lay_out_line

_NODE: Final = 10  # cells that the middle column is reckoned with
_PIECE: Final = re.compile(r"\s*\S+\s*")


@dataclass(frozen=True, slots=True)
class Aligned:
    """line: exactly as wide as asked for; its offsets are those of `text`, and those of the padding are empty.

    text: the part of the contexts that is shown, with the node, in logical order. start, end: the node in it.
    """

    line: Line
    text: str
    start: int
    end: int


def align(before: str, node: str, after: str, width: int, options: Options | None = None) -> Aligned:
    """One line of `width` cells, which runs as most of its letters do unless the options say otherwise.

    before, node, after: one line each, in logical order. Contexts lose whole words on the sides away from the node.
    Each of the three is ordered by itself, so that none of it crosses into another. The node begins where the middle
    column does: in a line that runs from right to left that is its right edge.
    """
    options = options or Options()
    if options.base == "auto":
        options = replace(options, base=direction(before + node + after))
    room = max(0, (width - _NODE) // 2)
    before = _fitting(before, room, options, from_end=True)
    node = crop(node, width - room, options=options)
    rest = width - room - cell_width(node, options)
    after = _fitting(after, rest, options, from_end=False)
    start, end = len(before), len(before) + len(node)
    text = before + node + after
    # In the order of reading; on the screen a line that runs from right to left has them the other way round.
    parts = [
        _padding(room - cell_width(before, options), 0),
        _cells(before, 0, options),
        _cells(node, start, options),
        _cells(after, end, options),
        _padding(rest - cell_width(after, options), len(text)),
    ]
    rtl = options.base == "rtl"
    cells = tuple(cell for part in (reversed(parts) if rtl else parts) for cell in part)
    return Aligned(Line(0, len(text), cells, width, rtl), text, start, end)


def _fitting(text: str, room: int, options: Options, *, from_end: bool) -> str:
    """The words at one end of the text that fit the room together, with the space about them."""
    if cell_width(text, options) <= room:
        return text
    pieces: Iterable[re.Match[str]] = _PIECE.finditer(text)
    cut = len(text) if from_end else 0
    for piece in reversed(list(pieces)) if from_end else pieces:
        room -= cell_width(piece[0], options)
        if room < 0:
            break
        cut = piece.start() if from_end else piece.end()
    return text[cut:] if from_end else text[:cut]


def _cells(text: str, offset: int, options: Options) -> list[Cell]:
    """The text from left to right, its offsets counted from `offset`."""
    if not text:
        return []
    return [
        replace(cell, start=cell.start + offset, end=cell.end + offset)
        for cell in lay_out_line(text, options).cells
    ]


def _padding(cells: int, offset: int) -> list[Cell]:
    return [Cell(" ", offset, offset, 0, 1)] * cells
