"""One-letter words that Arabic writes joined to the next: conjunctions, prepositions and the article.

A light stemmer takes off only the safe ones. A query knows its word, so it can ask for the rest without guessing:
قسد also as وقسد, بقسد, لقسد, فقسد and ولقسد.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_CONJUNCTIONS: Final = ("", "و", "ف")
_PREPOSITIONS: Final = ("", "ب", "ل", "ك")
_ARTICLE: Final = "ال"
_SHORTEST: Final = 3

#: Sequences that can stand before a word without the article.
PROCLITICS: Final = tuple(
    conjunction + preposition
    for conjunction in _CONJUNCTIONS
    for preposition in _PREPOSITIONS
    if conjunction + preposition
)


@lru_cache(maxsize=4096)
def with_proclitics(folded: str) -> tuple[tuple[str, str], ...]:
    """Forms that a folded word takes behind proclitics, each with the proclitic: `("وقسد", "و")`.

    The word itself is first, with `""`. A bare word is also tried with the article (`"ال"`, `"وال"`, `"لل"`, ...);
    one that has the article keeps it (الشرع: وبالشرع, للشرع). Words under three letters, with the article not
    counted, and words not in Arabic letters stand alone: too much would match by chance.
    """
    forms = [(folded, "")]
    definite = folded.startswith(_ARTICLE)
    bare = folded[len(_ARTICLE) :] if definite else folded
    if len(bare) < _SHORTEST or not "ء" <= bare[0] <= "ي":
        return tuple(forms)
    if not definite:
        forms += [(clitic + bare, clitic) for clitic in PROCLITICS]
    forms += [
        (clitic + bare, clitic) for clitic in _definite_proclitics() if not (definite and clitic == _ARTICLE)
    ]
    seen: dict[str, str] = {}
    for form, clitic in forms:
        seen.setdefault(form, clitic)
    return tuple(seen.items())


def _definite_proclitics() -> tuple[str, ...]:
    # ل assimilates the alef of the article: لل.
    return tuple(
        conjunction + ("لل" if preposition == "ل" else preposition + _ARTICLE)
        for conjunction in _CONJUNCTIONS
        for preposition in _PREPOSITIONS
    )
