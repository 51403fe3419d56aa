"""The table at the end: ours, the peer's, and how many times better ours is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_HEADINGS = ("", "ours", "peer", "unit", "better by", "peer is")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. `more`: whether more is better. A row without a peer has no ratio."""

    what: str
    unit: str
    ours: float
    peer: float | None = None
    peer_name: str = ""
    more: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times better ours is; below 1 it is worse."""
        if not self.peer or not self.ours:
            return None
        return self.ours / self.peer if self.more else self.peer / self.ours


def number(value: float) -> str:
    """Three significant digits, or three places, never in powers of ten."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.{1 if value >= 10 else 2 if value >= 0.1 else 3}f}"


def render(heading: str, rows: Sequence[Row]) -> str:
    """A plain table under a heading."""
    cells = [
        _HEADINGS,
        *(
            (
                row.what,
                number(row.ours),
                "" if row.peer is None else number(row.peer),
                row.unit,
                "" if row.ratio is None else f"{number(row.ratio)} x",
                row.peer_name,
            )
            for row in rows
        ),
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADINGS))]
    right = {1, 2, 4}
    lines = [
        "  ".join(
            cell.rjust(widths[column]) if column in right else cell.ljust(widths[column])
            for column, cell in enumerate(line)
        ).rstrip()
        for line in cells
    ]
    rule = "-" * max(map(len, lines))
    return "\n".join((heading, rule, lines[0], rule, *lines[1:], rule))
