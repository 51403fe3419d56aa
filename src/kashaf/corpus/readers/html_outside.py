"""What stands on a page around its article: looked for when somebody wants to see it, or brought some of it back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Final

from kashaf.corpus.chrome import normal_form
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.readers.assemble import Block
from kashaf.corpus.readers.markup import visible_text

_LONGEST: Final = 2_000  # code points of a line that are shown
_MOST: Final = 2_000  # lines


def wanted(options: ReadOptions) -> Callable[[str], bool] | None:
    """Which lines around an article are wanted; None when none is."""
    if options.everything:
        return lambda _line: True
    back = options.lines.brought_back()
    return (lambda line: normal_form(line) in back) if back else None


def with_outside(
    blocks: Sequence[Block], markup: str, title: str | None, is_wanted: Callable[[str], bool]
) -> list[Block]:
    """The blocks with the other lines of their page where they stand, marked as outside.

    Lines are held against the blocks by their letters and digits; what stands in a block, or is the title, is no line
    of its own.
    """
    starts: list[int] = []
    inside = ""
    for block in blocks:
        starts.append(len(inside))
        inside += _letters(block.text)
    known = _letters(title or "")
    others: dict[int, list[Block]] = {}
    cursor = place = found = 0
    for line in visible_text(markup).split("\n"):
        letters = _letters(line)
        if not letters or letters == known:
            continue
        at = inside.find(letters, cursor)
        at = inside.find(letters) if at < 0 else at
        if at >= 0:
            cursor = at + len(letters)
            place = bisect_right(starts, at)
        elif is_wanted(line) and found < _MOST:
            found += 1
            others.setdefault(place, []).append(Block(line[:_LONGEST], outside=True))
    merged: list[Block] = []
    for index, block in enumerate(blocks):
        merged += [*others.get(index, ()), block]
    return merged + others.get(len(blocks), [])


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
