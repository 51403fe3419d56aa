"""Candidates for mentions, and how one article's candidates come to terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from kashaf.entities.model import EntityType, Link, Source
from kashaf.entities.page import CLOSERS, OPENERS, Page
from kashaf.text.letters import MARKS, TATWEEL, ZERO_WIDTH

_SPACES: Final = re.compile(r"\s+")
_INVISIBLE: Final = dict.fromkeys(map(ord, MARKS | ZERO_WIDTH | {TATWEEL}))
_QUOTES: Final = dict.fromkeys(map(ord, OPENERS | CLOSERS))


class Candidate(NamedTuple):
    """Words first..last, without `skip` glued letters of the first, named `name`.

    type: None for a hidden phrase, which keeps its words from everybody else and is no mention.
    rule: the finder, by its name in the registry. chance: from 0 to 1, what the tagger gives it; 1 for all others.
    """

    first: int
    last: int
    skip: int
    name: str
    type: EntityType | None
    source: Source
    rule: str = ""
    chance: float = 1.0
    link: Link = ""

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class Taken:
    """Who holds each word of a page."""

    __slots__ = ("_held",)

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self._held: dict[int, Candidate] = {}
        for candidate in candidates:
            for index in range(candidate.first, candidate.last + 1):
                self._held[index] = candidate

    def at(self, index: int) -> Candidate | None:
        return self._held.get(index)

    def type_at(self, index: int) -> EntityType | None:
        held = self._held.get(index)
        return held.type if held else None

    def free(self, first: int, last: int) -> bool:
        """Whether nobody holds any of the words."""
        return not any(index in self._held for index in range(first, last + 1))


#: Rules by their names in the registry, in the order in which they are asked about a word.
Rules = tuple[tuple[str, Callable[[Page, Taken, int], Candidate | None]], ...]


def first_found(rules: Rules, page: Page, taken: Taken, index: int) -> Candidate | None:
    """What the first rule says that says anything, under the rule's name."""
    for name, rule in rules:
        if (found := rule(page, taken, index)) is not None:
            return found._replace(rule=name)
    return None


_RANK: Final[dict[Source, int]] = {"book": 0, "gazetteer": 1, "cue": 2, "tagger": 3, "in-article": 4}


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates that do not overlap, in order: the longest first, then the book before the cues."""
    held: set[int] = set()
    kept: list[Candidate] = []
    for candidate in sorted(
        candidates, key=lambda one: (-one.length, _RANK[one.source], one.first, one.skip)
    ):
        words = range(candidate.first, candidate.last + 1)
        if held.isdisjoint(words):
            held.update(words)
            kept.append(candidate)
    kept.sort(key=lambda one: one.first)
    return kept


def plain_form(form: str) -> str:
    """A form as a list shows it: one line, without marks, tatweel and quotation marks; للتحالف is التحالف."""
    plain = _SPACES.sub(" ", form.translate(_INVISIBLE).translate(_QUOTES)).strip()
    return "ال" + plain[2:] if plain.startswith("لل") and len(plain) > 4 else plain


def form_of(page: Page, first: int, last: int, skip: int = 0) -> str:
    """The plain form of words first..last."""
    start, end = page.span(first, last, skip)
    return plain_form(page.text[start:end])
