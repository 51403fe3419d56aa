"""UAX #9, rules L1 and L2: from the levels of a paragraph to the visual order of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashaf.bidi.properties import BIDI_CLASS

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATORS = frozenset({"S", "B"})
_RESET = frozenset({"WS", "LRI", "RLI", "FSI", "PDI"})
_REMOVED = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "BN"})


def line_levels(
    text: str, levels: Sequence[int | None], base: int, start: int = 0, end: int | None = None
) -> list[int | None]:
    """Levels of the line `text[start:end]` after rule L1; `None` stays where rule X9 removed a character.

    `levels` are those of the whole `text`; the classes looked at are the original ones, as L1 asks.
    """
    end = len(text) if end is None else end
    out = list(levels[start:end])
    reset = True
    for i in range(end - 1, start - 1, -1):
        kind = BIDI_CLASS[text[i]]
        if kind in _SEPARATORS:
            out[i - start] = base
            reset = True
        elif kind in _RESET:
            if reset and out[i - start] is not None:
                out[i - start] = base
        elif kind not in _REMOVED:
            reset = False
    return out


def visual_order(levels: Sequence[int]) -> list[int]:
    """Rule L2: indices into `levels` in visual order, left to right."""
    count = len(levels)
    if not count:
        return []
    highest, lowest = max(levels), min(levels)
    if highest == lowest:
        return list(range(count - 1, -1, -1)) if highest & 1 else list(range(count))
    order = list(range(count))
    lowest_odd = lowest | 1
    for level in range(highest, lowest_odd - 1, -1):
        i = 0
        while i < count:
            if levels[order[i]] < level:
                i += 1
                continue
            j = i + 1
            while j < count and levels[order[j]] >= level:
                j += 1
            order[i:j] = order[i:j][::-1]
            i = j
    return order
