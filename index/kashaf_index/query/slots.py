"""What one word of a query accepts. The index and the highlighter ask the same slot, so that they always agree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kashaf.text.clitics import with_proclitics
from kashaf_index.analysis import EXACT, FOLDED, ROOT, STEM, Ladder

#: The narrowest rung at which a word matches, and by which rule.
Accepted = tuple[int, str]


@dataclass(frozen=True, slots=True)
class WordSlot:
    """A word and its forms. tolerant: behind proclitics it counts as folded, as the words of a phrase do.

    whole: neither its stem nor its root counts.
    """

    reading: Ladder
    tolerant: bool = False
    whole: bool = False

    def accepts(self, word: Ladder) -> Accepted | None:
        mine = self.reading
        if word.exact == mine.exact:
            return EXACT, "exact"
        if word.folded == mine.folded:
            return FOLDED, "folded"
        if before := _clitics(mine.folded).get(word.folded):
            return FOLDED if self.tolerant else STEM, f"proclitic {before}"
        if self.whole:
            return None
        if word.stem == mine.stem:
            return STEM, "stem"
        return (ROOT, f"root {mine.root}") if word.root == mine.root else None


@dataclass(frozen=True, slots=True)
class ExactSlot:
    """A word as written."""

    reading: Ladder

    def accepts(self, word: Ladder) -> Accepted | None:
        return (EXACT, "exact") if word.exact == self.reading.exact else None


@dataclass(frozen=True, slots=True)
class RootSlot:
    """Every word of a root. It was asked for by name, so it counts from the stem rung up."""

    reading: Ladder

    def accepts(self, word: Ladder) -> Accepted | None:
        mine = self.reading
        if word.root != mine.root:
            return None
        if word.exact == mine.exact:
            return EXACT, "exact"
        if word.folded == mine.folded:
            return FOLDED, "folded"
        return (STEM, "stem") if word.stem == mine.stem else (STEM, f"root {mine.root}")


@dataclass(frozen=True, slots=True)
class PatternSlot:
    """Words that fit the parts between asterisks, with proclitics before the first from the stem rung up.

    exact, folded: the parts in both readings; the first and last are the word's beginning and end, and may be empty.
    only: the folded words it stands for, where it fits more than a search can follow; None: all that fit.
    """

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    only: frozenset[str] | None = None

    @property
    def text(self) -> str:
        """The pattern as it is searched."""
        return "*".join(self.exact)

    def accepts(self, word: Ladder) -> Accepted | None:
        if self.only is not None and word.folded not in self.only:
            return None
        if fits(self.folded, word.folded):
            return (EXACT if fits(self.exact, word.exact) else FOLDED), "pattern"
        for form, clitic in self.behind_proclitics():
            if fits((form, *self.folded[1:]), word.folded):
                return STEM, f"proclitic {clitic}"
        return None

    def behind_proclitics(self) -> tuple[tuple[str, str], ...]:
        """The first part behind each proclitic, and the proclitic; none when the pattern begins with an asterisk."""
        return with_proclitics(self.folded[0])[1:] if self.folded[0] else ()


@dataclass(frozen=True, slots=True)
class FuzzySlot:
    """A word, its forms, and from the stem rung up the words that are a few letters off in their fold.

    Letters off: the optimal string alignment distance (Boytsov, "Indexing methods for approximate dictionary
    searching", 2011), in which a swap of neighbours is one.
    only: see `PatternSlot`.
    """

    reading: Ladder
    distance: int
    only: frozenset[str] | None = None

    @property
    def text(self) -> str:
        """The fuzzy word as it is searched."""
        return f"{self.reading.exact}~{self.distance}"

    def accepts(self, word: Ladder) -> Accepted | None:
        plain = WordSlot(self.reading).accepts(word)
        if plain is not None and plain[0] <= STEM:
            return plain
        if (self.only is None or word.folded in self.only) and self.close(word.folded):
            return STEM, "fuzzy"
        return plain

    def close(self, folded: str) -> bool:
        if abs(len(folded) - len(self.reading.folded)) > self.distance:
            return False
        return _edits(self.reading.folded, folded, self.distance) <= self.distance


Slot = WordSlot | ExactSlot | RootSlot | PatternSlot | FuzzySlot


def fits(parts: tuple[str, ...], word: str) -> bool:
    """Whether a word is the parts in order with anything between them. Linear in the word: leftmost is enough."""
    if len(parts) == 1:
        return word == parts[0]
    first, *middle, last = parts
    at, end = len(first), len(word) - len(last)
    if at > end or not word.startswith(first) or not word.endswith(last):
        return False
    for part in middle:
        at = word.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


@lru_cache(maxsize=1024)
def _clitics(folded: str) -> dict[str, str]:
    return {form: clitic for form, clitic in with_proclitics(folded) if clitic}


def _edits(one: str, other: str, most: int) -> int:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- only for fuzzy queries

    return OSA.distance(one, other, score_cutoff=most)
