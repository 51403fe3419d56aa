"""Small helpers for tables of words, which are written as a reader would and kept folded."""

from __future__ import annotations

from collections.abc import Iterable

from kashaf.corpus.date_words import key


def folded(words: str) -> frozenset[str]:
    """A set of folded words from a text of them; `_` stands for a space within one."""
    return frozenset(key(word.replace("_", " ")) for word in words.split())


def folded_table(*listed: tuple[int, str]) -> dict[str, int]:
    """Folded words to the number before them."""
    return {key(word): value for value, words in listed for word in words.split()}


def folded_names(listed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded words to the name before them."""
    return {key(word): name for name, words in listed for word in words.split()}
