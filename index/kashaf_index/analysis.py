"""From a text to the terms of the index.

Every word is indexed once, under a term that holds its four readings from wide to narrow: root, light stem, fold,
exact form. The rungs of a search are then prefixes of terms (`root`, `root stem`, `root stem fold`, …), a narrower
rung can never match what a wider one does not, and the index holds one posting list a word instead of four.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple, get_args

from kashaf.text.fold import fold_word
from kashaf.text.root import root
from kashaf.text.stem import stem
from kashaf.text.tokens import WORD, exact_forms, tokenise

Rung = Literal["exact", "folded", "stem", "root"]
#: From narrow to wide.
RUNGS: Final[tuple[Rung, ...]] = get_args(Rung)
EXACT, FOLDED, STEM, ROOT = range(4)

#: Separates the readings inside a term; no word holds it.
SEPARATOR: Final = "\x00"
#: A text's first tokens, title included: what a news article says first matters most.
LEAD: Final = 60
_LONGEST: Final = 64
_MEMO_LIMIT: Final = 1 << 19


class Ladder(NamedTuple):
    """A word's readings, from wide to narrow. Words are read to their 64th character."""

    root: str
    stem: str
    folded: str
    exact: str

    def term(self) -> bytes:
        return SEPARATOR.join(self).encode("utf-8")


def ladder(exact: str) -> Ladder:
    """The readings of an exact token (`kashaf.text.tokens`)."""
    exact = exact[:_LONGEST]
    folded = fold_word(exact)
    stemmed = stem(folded)
    return Ladder(root(stemmed), stemmed, folded, exact)


def ladder_of_term(term: bytes) -> Ladder:
    """The readings back out of a term. Raises ValueError for bytes that are none."""
    rooted, stemmed, folded, exact = term.decode("utf-8").split(SEPARATOR)
    return Ladder(rooted, stemmed, folded, exact)


class _Memo(dict[str, tuple[bytes, ...]]):
    """Surface to terms. A corpus repeats its words: each is read once a process."""

    def __missing__(self, surface: str) -> tuple[bytes, ...]:
        if len(self) > _MEMO_LIMIT:
            self.clear()
        terms = self[surface] = tuple(ladder(exact).term() for exact in exact_forms(surface))
        return terms


_memo: Final = _Memo()


def positions(text: str) -> tuple[dict[bytes, list[int]], int]:
    """Each term's positions in the text, and the number of tokens. Positions count tokens from 0."""
    found: dict[bytes, list[int]] = {}
    memo = _memo
    position = 0
    for surface in WORD.findall(text):
        for term in memo[surface]:
            if term in found:
                found[term].append(position)
            else:
                found[term] = [position]
            position += 1
    return found, position


@lru_cache(maxsize=1 << 12)
def outlet_key(name: str) -> str:
    """What two spellings of an outlet's name share: its folded words, a space between."""
    return " ".join(ladder(token.exact).folded for token in tokenise(name))
