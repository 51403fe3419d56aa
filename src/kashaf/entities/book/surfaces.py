"""What a book is put together with: the folded words of surfaces, each asked for several times, and calm."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

from kashaf.entities.page import folded_name

#: Surfaces of a book of 50,000 entries.
_MANY: Final = 1 << 18

#: The folded words of a surface, a space between; empty for what has no letter.
spelling_of = lru_cache(maxsize=_MANY)(folded_name)


def forget() -> None:
    """Give the memory back, once a book stands."""
    spelling_of.cache_clear()


@contextmanager
def calm() -> Iterator[None]:
    """Without the garbage collector, which would go through hundreds of thousands of new objects again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
