"""Other words for words of a query: variant spellings and aliases, from whoever knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Expansion:
    """The words [start, end) that were asked about may also be any of `forms`, from the stem rung up.

    forms: each a sequence of words to be matched in a row. rule: why, as a hit names it: `alias X`, `variant X`.
    whole: the forms count as they are and behind proclitics, not by their stems.
    """

    start: int
    end: int
    forms: tuple[tuple[str, ...], ...]
    rule: str
    whole: bool = False


class Expander(Protocol):
    """Knows other words for words."""

    def expansions(self, words: tuple[str, ...]) -> tuple[Expansion, ...]:
        """Every expansion of a run of these folded words, which stand in a row in the query."""
        ...
