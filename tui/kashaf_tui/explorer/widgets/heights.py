"""How high the pieces of a page are, in rows: estimated first, measured piece by piece."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


class Heights:
    """Nine bytes a piece. Pieces have at least one row each."""

    def __init__(self, estimates: Sequence[int]) -> None:
        self._rows = array("I", estimates)
        self._measured = bytearray(len(estimates))
        self._unmeasured = len(estimates)
        self._tops: array[int] = array("I")

    @property
    def exact(self) -> bool:
        """Whether every piece is measured."""
        return not self._unmeasured

    @property
    def total(self) -> int:
        """Rows of all pieces."""
        return self.top(len(self._rows))

    def rows(self, piece: int) -> int:
        return self._rows[piece]

    def measured(self, piece: int) -> bool:
        return bool(self._measured[piece])

    def measure(self, piece: int, rows: int) -> None:
        """Replace an estimate. A piece that is measured keeps its height."""
        if self._measured[piece]:
            return
        self._measured[piece] = 1
        self._unmeasured -= 1
        if self._rows[piece] != rows:
            self._rows[piece] = rows
            self._tops = array("I")

    def top(self, piece: int) -> int:
        """The first row of the piece; one past the last row for the piece after the last."""
        if not self._tops:
            self._tops = array("I", accumulate(self._rows, initial=0))
        return self._tops[piece]

    def find(self, row: int) -> tuple[int, int]:
        """The piece that has `row`, and which of its own rows it is."""
        last = len(self._rows) - 1
        row = max(0, min(self.total - 1, row))
        piece = min(last, bisect_right(self._tops, row) - 1)
        return piece, row - self._tops[piece]
