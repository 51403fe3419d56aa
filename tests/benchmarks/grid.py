"""A table with a column for each engine: what was measured, and how many times better ours is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.table import number

Cells = Mapping[str, float]
"""Values of a column by the rows' keys."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row. keys: of its values, printed with a stroke between them; the ratio is the last one's.

    more: whether more is better.
    """

    what: str
    keys: tuple[str, ...]
    more: bool = False


def grid(heading: str, lines: Sequence[Line], columns: Mapping[str, Cells]) -> str:
    """A plain table. The first column's values are ours; the others' come with a ratio: below 1, theirs is better."""
    ours = next(iter(columns.values()))
    kept = [line for line in lines if any(_cell(line, values, ours)[0] for values in columns.values())]
    named = max(len(line.what) for line in kept)
    blocks = [
        ["".ljust(named), *(line.what.ljust(named) for line in kept)],
        *(_block(name, [_cell(line, values, ours) for line in kept]) for name, values in columns.items()),
    ]
    header, *rows = ("   ".join(cells).rstrip() for cells in zip(*blocks, strict=True))
    rule = "-" * max(map(len, (header, *rows)))
    return "\n".join((heading, rule, header, rule, *rows, rule))


def _block(name: str, cells: Sequence[tuple[str, str]]) -> list[str]:
    """A column under its name, in lines of one width."""
    values, ratios = (max(map(len, part)) for part in zip(*cells, strict=True))
    lines = (f"{value:>{values}} {ratio:>{ratios}}" for value, ratio in cells)
    width = max(len(name), values + ratios + 1)
    return [line.rjust(width) for line in (name, *lines)]


def _cell(line: Line, values: Cells, ours: Cells) -> tuple[str, str]:
    """The values, and the ratio to ours."""
    if any(key not in values for key in line.keys):
        return "", ""
    cell = " / ".join(number(values[key]) for key in line.keys)
    last = line.keys[-1]
    if values is ours or not ours.get(last) or not values[last]:
        return cell, ""
    ratio = ours[last] / values[last] if line.more else values[last] / ours[last]
    return cell, f"{number(ratio)} x"
