"""Where an offset of a text is after the text has changed: by the line it was in, and the lines around that."""

from __future__ import annotations

from typing import Final

_LINES: Final = 40  # lines looked for, above and below
_SHORTEST: Final = 12  # code points of a line that may be known by itself


def moved(old: str, new: str, offset: int) -> int:
    """The offset in `new` of what stands at `offset` in `old`; where that is gone, of the line next above or below.

    A line that stands in `new` several times is taken where it is nearest to where it was.
    """
    offset = max(0, min(offset, len(old)))
    start, end = _line(old, offset)
    found = _nearest(new, old[start:end], start)
    if found is not None:
        return found + offset - start
    above, below = start, end
    for _ in range(_LINES):
        if below < len(old):
            first, below = _line(old, below + 1)
            if (found := _nearest(new, old[first:below], first)) is not None:
                return found
        if above > 0:
            above, last = _line(old, above - 1)
            if (found := _nearest(new, old[above:last], above)) is not None:
                return found + last - above
    return min(offset, max(0, len(new) - 1))


def _line(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, len(text) if end < 0 else end


def _nearest(text: str, line: str, at: int) -> int | None:
    """The beginning of the line of `text` that is `line`, nearest to `at`."""
    if len(line.strip()) < _SHORTEST:
        return None
    best: int | None = None
    found = -1
    while (found := text.find(line, found + 1)) >= 0:
        before, after = text[found - 1 : found], text[found + len(line) : found + len(line) + 1]
        whole = before in ("", "\n") and after in ("", "\n")
        if whole and (best is None or abs(found - at) < abs(best - at)):
            best = found
        if found > at:
            break
    return best
