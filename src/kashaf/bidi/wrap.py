"""Where the lines of a paragraph end: greedy, in logical order, by cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashaf.bidi.shaping import Clusters


def line_ends(found: Clusters, width: int) -> Iterator[tuple[int, int, int]]:
    """Lines as (first, last, following): clusters first..last are shown, those up to `following` hang.

    At least one line; `following` is where the next one begins. White space hangs at the end of a line, so it
    never makes one too wide; a word wider than `width` (at least 1) is broken between clusters.
    """
    spaces, breaks = found.spaces, found.breaks
    first = 0
    opportunity = 0  # the line may break before this cluster; nowhere yet if it is `first`
    taken = 0
    for i, cells in enumerate(found.widths):
        if spaces[i]:
            taken += cells
            opportunity = i + 1
            continue
        while taken + cells > width and i > first:
            cut = opportunity if opportunity > first else i
            yield _line(found, first, cut)
            first = opportunity = cut
            taken = sum(found.widths[cut:i])
        taken += cells
        if i in breaks:
            opportunity = i + 1
    yield _line(found, first, len(found.widths))


def _line(found: Clusters, first: int, following: int) -> tuple[int, int, int]:
    last = following
    while last > first and found.spaces[last - 1]:
        last -= 1
    return first, last, following
