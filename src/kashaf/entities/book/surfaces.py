"""The folded words of surfaces, remembered while a book is put together: each is asked for several times."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kashaf.entities.page import folded_words

#: Surfaces of a book of 50,000 entries.
_MANY: Final = 1 << 18

words_of = lru_cache(maxsize=_MANY)(folded_words.__wrapped__)


def forget() -> None:
    """Give the memory back, once a book stands."""
    words_of.cache_clear()
