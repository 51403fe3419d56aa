"""Which letters before a name are glued to it, and which begin it: وبيروت is بيروت, واشنطن is itself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Final

from kashaf.entities.book.namebook import NameBook
from kashaf.entities.page import bases, folded_words
from kashaf.entities.rules import cues
from kashaf.entities.rules.given_names import GIVEN

_WITH_ARTICLE: Final = ("وال", "بال", "فال", "كال", "وبال", "فبال", "ولل", "فلل")

_HEADS: Final = cues.QUOTED_HEADS | cues.WEAK_HEADS | cues.DEFINITE_HEADS | cues.PLACE_KINDS
Known = Callable[[str], bool]


@lru_cache(maxsize=4)
def beginnings(book: NameBook) -> frozenset[str]:
    """What begins a name of the book: its first folded word, and its first two with a space between or without."""
    found: set[str] = set()
    for name in book.names:
        for surface in (name.canonical, *name.aliases):
            words = folded_words(surface)
            found.update((words[0], " ".join(words[:2]), "".join(words[:2])))
            if words[0].startswith("عبدال"):
                found.add("عبد")
    return frozenset(found)


def glued_letters(word: str, known: Known, seen: Collection[str]) -> int:
    """How many glued letters stand before the name that a folded word begins.

    known: whether a word is known to begin a name. seen: the folded words of the article. A word that is known as
    it stands is left alone; then the first base that is known counts, then one that the article has elsewhere;
    else و ف ب ك before the article, and a و before five letters. With لل nothing is left out: the span keeps it.
    """
    found = bases(word)
    if len(found) == 1 or known(word) or word in GIVEN or word in _HEADS:
        return 0
    rest = found[1:]
    for base, skip in rest:
        if known(base) or base in GIVEN or base in _HEADS:
            return skip
    for base, skip in rest:
        if skip and len(base) > 2 and base in seen:
            return skip
    if word.startswith(_WITH_ARTICLE):
        return next((len(one) - 2 for one in _WITH_ARTICLE if word.startswith(one)), 0)
    lone = word[0] == "و" and len(word) > 5 and not any(letter + word in seen for letter in "وبلفك")
    return 1 if lone else 0
