"""What else a word of a query may be called: aliases from the name book, and variant spellings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final

from kashaf.entities.namebook import Name, NameBook
from kashaf.entities.page import bases, folded_words
from kashaf.entities.spellings import Spellings, Words
from kashaf.text.stem import stem
from kashaf_index.query.expansion import Expansion

_ARTICLE: Final = "ال"


class Aliases:
    """An `Expander`. Book and spellings are loaded when the first query asks."""

    def __init__(self, book: Callable[[], NameBook], spellings: Callable[[], Spellings]) -> None:
        self._load_book = book
        self._load_spellings = spellings

    def expansions(self, words: tuple[str, ...]) -> tuple[Expansion, ...]:
        """Names first, then spellings. A name that stands for somebody else too is neither asked for nor offered."""
        return (*self._names(words), *self._variants(words))

    def _names(self, words: Words) -> Iterator[Expansion]:
        by_words, longest = self._book
        for start in range(len(words)):
            for base, _ in bases(words[start]):
                for end in range(start + 1, min(len(words), start + longest) + 1):
                    surface = (base, *words[start + 1 : end])
                    for name in by_words.get(surface, ()):
                        if forms := self._others(name, surface):
                            yield Expansion(start, end, forms, f"alias {name.canonical}", whole=True)

    @cached_property
    def _book(self) -> tuple[dict[Words, list[Name]], int]:
        found: dict[Words, list[Name]] = {}
        for name in self._load_book().names:
            for words in self._surfaces(name):
                found.setdefault(words, []).append(name)
        return found, max(map(len, found), default=0)

    @staticmethod
    def _surfaces(name: Name) -> list[Words]:
        surfaces = (name.canonical, *name.aliases)
        return [folded_words(surface) for surface in dict.fromkeys(surfaces) if surface not in name.ambiguous]

    def _others(self, name: Name, asked: Words) -> tuple[Words, ...]:
        """The other surfaces, but for those that hold what was asked for and so are found anyway."""
        held = [stem(word) for word in asked]
        return tuple(
            words
            for words in dict.fromkeys(self._surfaces(name))
            if words != asked and not _in_a_row(held, [stem(word) for word in words])
        )

    def _variants(self, words: Words) -> Iterator[Expansion]:
        spellings = self._spellings
        for at, word in enumerate(words):
            for other in spellings.stems.get(stem(word), ()):
                yield Expansion(at, at + 1, ((other,),), f"variant {other}")
        longest = self._longest_spelling
        for start, end, surface in _runs(words, longest):
            for others in spellings.words.get(surface, ()):
                yield Expansion(start, end, (others,), f"variant {' '.join(others)}", whole=True)

    @cached_property
    def _spellings(self) -> Spellings:
        return self._load_spellings()

    @cached_property
    def _longest_spelling(self) -> int:
        return max(map(len, self._spellings.words), default=0)


def _runs(words: Words, longest: int) -> Iterator[tuple[int, int, Words]]:
    """Runs of the words, each with its first as written and as it is without the letters glued to it."""
    for start in range(len(words)):
        firsts = dict.fromkeys(
            form for base, _ in bases(words[start]) for form in (base, base.removeprefix(_ARTICLE)) if form
        )
        for first in firsts:
            for end in range(start + 1, min(len(words), start + longest) + 1):
                yield start, end, (first, *words[start + 1 : end])


def _in_a_row(part: list[str], whole: list[str]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))
