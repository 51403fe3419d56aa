"""What else a word of a query may be called: aliases from the name book, and variant spellings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kashaf.entities.page import bases
from kashaf.text.stem import stem
from kashaf_index.aliascache import AliasCache, Known, Words
from kashaf_index.query.expansion import Expansion

if TYPE_CHECKING:
    from kashaf.entities.book.namebook import NameBook
    from kashaf.entities.book.spellings import Spellings

_ARTICLE: Final = "ال"


class Aliases:
    """An `Expander`. Book and spellings are loaded when the first query asks.

    cache: keeps what is asked of them, so that the next process need not load them.
    """

    def __init__(
        self,
        book: Callable[[], NameBook],
        spellings: Callable[[], Spellings],
        cache: AliasCache | None = None,
    ) -> None:
        self._load_book = book
        self._load_spellings = spellings
        self._cache = cache

    def expansions(self, words: tuple[str, ...]) -> tuple[Expansion, ...]:
        """Names first, then spellings. A name that stands for somebody else too is neither asked for nor offered."""
        return (*self._names(words), *self._variants(words))

    def _names(self, words: Words) -> Iterator[Expansion]:
        by_words, longest = self._book
        for start in range(len(words)):
            for base, _ in bases(words[start]):
                for end in range(start + 1, min(len(words), start + longest) + 1):
                    surface = (base, *words[start + 1 : end])
                    for canonical, surfaces in by_words.get(surface, ()):
                        if forms := _others(surfaces, surface):
                            yield Expansion(start, end, forms, f"alias {canonical}", whole=True)

    @cached_property
    def _known(self) -> Known:
        return self._cache.known(self._read) if self._cache else self._read()

    def _read(self) -> Known:
        return Known.of(self._load_book(), self._load_spellings())

    @cached_property
    def _book(self) -> tuple[dict[Words, list[tuple[str, tuple[Words, ...]]]], int]:
        found: dict[Words, list[tuple[str, tuple[Words, ...]]]] = {}
        for name in self._known.names:
            for words in name[1]:
                found.setdefault(words, []).append(name)
        return found, max(map(len, found), default=0)

    def _variants(self, words: Words) -> Iterator[Expansion]:
        spellings = self._known
        for at, word in enumerate(words):
            for other in spellings.stems.get(stem(word), ()):
                yield Expansion(at, at + 1, ((other,),), f"variant {other}")
        longest = self._longest_spelling
        for start, end, surface in _runs(words, longest):
            for others in spellings.words.get(surface, ()):
                yield Expansion(start, end, (others,), f"variant {' '.join(others)}", whole=True)

    @cached_property
    def _longest_spelling(self) -> int:
        return max(map(len, self._known.words), default=0)


def _others(surfaces: tuple[Words, ...], asked: Words) -> tuple[Words, ...]:
    """The other surfaces, but for those that hold what was asked for and so are found anyway."""
    held = [stem(word) for word in asked]
    return tuple(
        words
        for words in dict.fromkeys(surfaces)
        if words != asked and not _in_a_row(held, [stem(word) for word in words])
    )


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
