"""Where the lines of a paragraph end: greedy, in logical order, by cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from kashaf.bidi.shaping import BREAK, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashaf.bidi.shaping import Clusters

_NO_SPACE: Final = re.compile(b"[^%c]" % SPACE)
_AS_SPACE: Final = bytes.maketrans(bytes((BREAK,)), bytes((SPACE,)))


def line_ends(found: Clusters, width: int) -> Iterator[tuple[int, int, int]]:
    """Lines as (first, last, following): clusters first..last are shown, those up to `following` hang.

    At least one line; `following` is where the next one begins. White space hangs at the end of a line, so it
    never makes one too wide; a word wider than `width` cells (at least 1) is broken between clusters.
    """
    ends, count = found.ends, len(found.widths)
    opportunities = ends.translate(_AS_SPACE)
    columns: Sequence[int] = range(count + 1)
    if found.widths.count(1) < count:
        columns = list(accumulate(found.widths, initial=0))
    first = 0
    while True:
        fitting = bisect_right(columns, columns[first] + width) - 1
        beyond = _NO_SPACE.search(ends, max(fitting, first + 1))
        if beyond is None:
            yield _line(ends, first, count)
            return
        cut = opportunities.rfind(SPACE, first, beyond.start()) + 1
        if cut <= first:
            cut = beyond.start()
        yield _line(ends, first, cut)
        first = cut


def _line(ends: bytes, first: int, following: int) -> tuple[int, int, int]:
    return first, first + len(ends[first:following].rstrip(bytes((SPACE,)))), following
