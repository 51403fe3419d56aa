"""Whether a record at a line's number is the one that stood there, changed, or another.

A number is a weak name: a line taken out moves every line below it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kashaf.corpus.article import Article, Draft
from kashaf.text.fold import fold_word
from kashaf.text.tokens import tokenise

_SHARED_WORDS: Final = 0.5


def is_number(key: str, records: int, lines: Callable[[], int]) -> bool:
    """Whether a member's key may be its number in the file, and not an id that the record states.

    records: how many there are up to this one; lines: counts the lines of the file.
    """
    if not (key.isascii() and key.isdecimal()):
        return False
    return int(key) <= records or int(key) <= lines()


def alike(old: Article, new: Draft) -> bool:
    """Whether they share the title, the address, or half of all their words (Jaccard, folded)."""
    for before, after in ((old.title, new.metadata.title), (old.metadata.url, new.metadata.url)):
        if before and before == after:
            return True
    old_words, new_words = _folded(old.text), _folded(new.text)
    return len(old_words & new_words) >= _SHARED_WORDS * len(old_words | new_words) > 0


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold_word(token.exact) for token in tokenise(text))
