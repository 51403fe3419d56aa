"""How many rows a paragraph takes, without laying it out: about twenty times faster.

Rows break where `kashaf.bidi.wrap` breaks them. Each character is replaced by one that stands for its cells, what
takes none is left out, lam-alef becomes one; then one regular expression takes row after row. A paragraph with
anything rarer (two cells wide, a break without a space, a joiner) is measured by the clusters themselves.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kashaf.bidi.properties import CELL_CLASS, JOINING_TYPE
from kashaf.bidi.shaping import clusters
from kashaf.bidi.wrap import line_ends
from kashaf_tui.explorer.widgets.kinds import NONE, Kinds
from kashaf_tui.explorer.widgets.pieces import Pieces

_LAM: Final = "ل"
_ALEF: Final = "ا"
_LAM_ALEF: Final = _LAM + _ALEF
_CELL: Final = "x"
_RARE: Final = "\0"
_TABLE_LIMIT: Final = 20_000


class _Table(dict[int, str | None]):
    """For `str.translate`, filled with the characters that are met."""

    def __missing__(self, code: int) -> str | None:
        if len(self) >= _TABLE_LIMIT:
            self.clear()
        self[code] = stand_in = _stand_in(chr(code))
        return stand_in


def _stand_in(char: str) -> str | None:
    kind, transparent = CELL_CLASS[char], JOINING_TYPE[char] == "T"
    if char == "\u200b":
        return _RARE
    if kind in "mtn":
        return None if transparent else _RARE
    if transparent or kind in "2S":
        return _RARE
    if kind == "s":
        return " "
    if char == _LAM:
        return _LAM
    return _ALEF if char in "اأإآ" else _CELL


_TABLE: Final = _Table()


def count_rows(paragraph: str, width: int) -> int:
    """Rows of one paragraph in `width` cells: the number of lines `kashaf.bidi.layout.lay_out` makes of it."""
    if len(paragraph) <= width and paragraph.isascii() and paragraph.isprintable():
        return 1
    cells = paragraph.translate(_TABLE).replace(_LAM_ALEF, _CELL)
    if _RARE in cells:
        return sum(1 for _ in line_ends(clusters(paragraph), max(1, width)))
    return len(_row(max(1, width)).findall(cells)) or 1


def count_piece(text: str, pieces: Pieces, piece: int, width: int, kinds: Kinds = NONE) -> int:
    """Rows of a piece, with the blank rows between paragraphs. Those with a mark have less room."""
    return sum(
        count_rows(text[paragraph.start : paragraph.end], width - kinds.hang(paragraph.start, width))
        + paragraph.new
        for paragraph in pieces.paragraphs(piece)
    )


@lru_cache(maxsize=8)
def _row(width: int) -> re.Pattern[str]:
    """One row: as many cells as end beside a space, and the spaces that hang there; else a part of a word."""
    return re.compile(rf".{{1,{width}}}(?:(?= )|(?<= )|\Z) *|.{{{width}}}")
