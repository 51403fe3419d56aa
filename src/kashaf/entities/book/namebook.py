"""The name book: which words name whom. The shipped book, and over it what the analyst writes.

The form of the file is described at the top of `names.yaml`. Lookup is by folded words, so that spellings that
fold alike need no alias, and a name finds itself with its parts glued or apart (عبدالله, عبد الله).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from kashaf.entities.book import surfaces
from kashaf.entities.book.bookfile import Entry, Layer
from kashaf.entities.book.packed import layer_at
from kashaf.entities.book.shipped import NAMES
from kashaf.entities.book.surfaces import calm, spelling_of
from kashaf.entities.model import EntityType
from kashaf.entities.page import Page, bases, folded_name

SHIPPED: Final = NAMES

Words = tuple[str, ...]
# Parts of names that are written apart or glued to the word that follows.
_GLUED: Final = ("عبد", "ابو", "بو", "بن", "دير")
_NONE: Final[frozenset[str]] = frozenset()
_PARTS: Final = re.compile(f"(?:^| )(?:(?:{'|'.join(_GLUED)}) |عبدال)")


@dataclass(frozen=True, slots=True)
class Name:
    """One entity under all its names.

    ambiguous: those of its names that need a cue beside them. english: its name there, or empty. org_too: it is a
    place whose name stands for its government, too.
    """

    canonical: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    english: str = ""
    org_too: bool = False

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Everything it can be looked up by: its names, and the English one."""
        return (self.canonical, *self.aliases, *([self.english] if self.english else []))


class Claim(NamedTuple):
    """A name's claim to a surface. `name` is None for a hidden phrase."""

    name: Name | None
    ambiguous: bool
    surface: str


class Match(NamedTuple):
    """Words first..last of a page that are a surface of the book, without `skip` glued letters of the first."""

    first: int
    last: int
    skip: int
    claims: tuple[Claim, ...]


class NameBook:
    """Names by their folded words. Read-only once built, so threads may share it."""

    def __init__(
        self,
        names: Iterable[Name],
        hidden: Iterable[str] = (),
        *,
        fingerprint: str = "",
        for_reading: NameBook | None = None,
    ) -> None:
        """for_reading: the book that articles are read with, when this one says what was decided since."""
        self.names: tuple[Name, ...] = tuple(names)
        self.hidden: tuple[str, ...] = tuple(hidden)
        self.for_reading: NameBook = for_reading or self
        self.fingerprint = fingerprint or _fingerprint_of(repr((self.names, self.hidden)))
        # Folded words with spaces between, to who claims them: nobody, where only more words make a name.
        self._claims: dict[str, tuple[Claim, ...]] = {}
        for name in self.names:
            for surface in (name.canonical, *name.aliases):
                self._claim(surface, Claim(name, surface in name.ambiguous, surface))
        for surface in self.hidden:
            self._claim(surface, Claim(None, False, surface))

    @classmethod
    def load(cls, shipped: Path | None = SHIPPED, overlays: Sequence[Path] = ()) -> NameBook:
        """The shipped book (None: an empty one) with the overlays that exist, the later the stronger.

        Raises BadInput, naming the file and the line, for a file that is not a name book; DiskTrouble when a file
        cannot be read.
        """
        paths = [*([shipped] if shipped else []), *(path for path in overlays if path.exists())]
        with calm():
            book = cls.of(map(layer_at, paths))
        surfaces.forget()
        return book

    @classmethod
    def of(cls, layers: Iterable[Layer]) -> NameBook:
        """Layers laid over each other, the later the stronger."""
        laid = tuple(layers)
        digest = hashlib.sha256("".join(layer.sha256 for layer in laid).encode())
        names, hidden = _merge(laid)
        return cls(names, hidden, fingerprint=digest.hexdigest())

    def surfaces(self) -> dict[Words, tuple[Claim, ...]]:
        """Every spelling that the book looks for, in folded words, with its claims."""
        return {tuple(words.split(" ")): claims for words, claims in self._claims.items() if claims}

    def find(self, surface: str) -> tuple[Name, ...]:
        """Every entity that bears this name, in whatever spelling, or bears it in English; empty when none does."""
        words = folded_name(surface)
        found = tuple(claim.name for claim in self._claims.get(words, ()) if claim.name)
        return found or tuple(self._english.get(words, ()))

    @cached_property
    def _english(self) -> dict[str, list[Name]]:
        found: dict[str, list[Name]] = {}
        for name in self.names:
            if name.english:
                found.setdefault(folded_name(name.english), []).append(name)
        return found

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What begins a name: its first folded word, and its first two with a space between or without."""
        found: set[str] = set()
        for name in self.names:
            for surface in (name.canonical, *name.aliases):
                first, _, rest = folded_name(surface).partition(" ")
                second = rest.partition(" ")[0]
                found.add(first)
                if second:
                    found.update((f"{first} {second}", first + second))
                if first.startswith("عبدال"):
                    found.add("عبد")
        return frozenset(found)

    def matches(self, page: Page, index: int) -> Iterator[Match]:
        """Every surface of the book that begins at a word, with and without glued letters; longest first."""
        known = self._claims
        found = [
            match
            for base, skip in bases(page.folds[index])
            if base in known
            for match in self._walk(page, index, base, skip)
        ]
        found.sort(key=lambda match: (-match.last, match.skip))
        yield from found

    def _walk(self, page: Page, index: int, words: str, skip: int) -> Iterator[Match]:
        last = index
        while (claims := self._claims.get(words)) is not None:
            if claims:
                yield Match(index, last, skip, claims)
            last += 1
            if not page.joined_or_opened(last):
                return
            words = f"{words} {page.folds[last]}"

    def _claim(self, surface: str, claim: Claim) -> None:
        words = spelling_of(surface)
        self._put(words, claim)
        if _PARTS.search(words):
            for other in _respelt(words.split(" ")):
                self._put(" ".join(other), claim)

    def _put(self, words: str, claim: Claim) -> None:
        known = self._claims
        past = words.find(" ")
        while past >= 0:
            known.setdefault(words[:past], ())
            past = words.find(" ", past + 1)
        claims = known.get(words)
        if not claims:
            known[words] = (claim,)
        elif claim.name is None or all(other.name is not claim.name for other in claims):
            known[words] = (*claims, claim)


def key_of(surface: str) -> str:
    """What two spellings of one name share: the fold without spaces (عبدالله is عبد الله, بن يدر is بنيدر)."""
    return spelling_of(surface).replace(" ", "")


def _respelt(words: list[str]) -> Iterator[list[str]]:
    for index, word in enumerate(words):
        if word in _GLUED and index + 1 < len(words):
            yield [*words[:index], word + words[index + 1], *words[index + 2 :]]
        elif word.startswith("عبدال") and len(word) > 6:
            yield [*words[:index], "عبد", word[3:], *words[index + 1 :]]


def _fingerprint_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class _Record:
    """A name while layers are laid over each other: surfaces by their folded words, in order of writing."""

    canonical: str
    type: EntityType
    surfaces: dict[str, str] = field(default_factory=dict)
    ambiguous: set[str] = field(default_factory=set)
    english: str = ""
    org_too: bool = False


def _merge(layers: Sequence[Layer]) -> tuple[list[Name], list[str]]:
    records: dict[tuple[EntityType, str], _Record] = {}
    hidden: dict[str, str] = {}
    for depth, layer in enumerate(layers):
        owners = _owners(records) if depth else {}
        for entry in layer.entries:
            _lay(entry, records, owners)
        hidden.update({spelling_of(surface): surface for surface in layer.hidden})
    names = [
        Name(
            record.canonical,
            record.type,
            tuple(surface for surface in record.surfaces.values() if surface != record.canonical),
            frozenset(record.surfaces[words] for words in record.ambiguous if words in record.surfaces)
            if record.ambiguous
            else _NONE,
            record.english,
            record.org_too,
        )
        for record in records.values()
    ]
    return names, list(hidden.values())


def _owners(records: dict[tuple[EntityType, str], _Record]) -> dict[str, list[_Record]]:
    owners: dict[str, list[_Record]] = {}
    for record in records.values():
        for words in record.surfaces:
            owners.setdefault(words, []).append(record)
    return owners


def _lay(
    entry: Entry, records: dict[tuple[EntityType, str], _Record], owners: dict[str, list[_Record]]
) -> None:
    key = (entry.type, spelling_of(entry.name))
    if entry.of:
        return  # true in some articles only: a decision, and no name to look for everywhere
    if entry.hide:
        records.pop(key, None)
        return
    record = records.setdefault(key, _Record(entry.name, entry.type))
    record.canonical = entry.name
    record.english = entry.english or record.english
    record.org_too = entry.org_too or record.org_too
    for surface in (entry.name, *entry.aliases):
        words = spelling_of(surface)
        # An alias that was a canonical name of its own brings its aliases along.
        if (entry.type, words) != key and (absorbed := records.pop((entry.type, words), None)):
            for other, spelling in absorbed.surfaces.items():
                record.surfaces.setdefault(other, spelling)
            record.ambiguous |= absorbed.ambiguous
            record.english = record.english or absorbed.english
            record.org_too = record.org_too or absorbed.org_too
        record.surfaces[words] = entry.name if words == key[1] else surface
        if surface in entry.ambiguous:
            record.ambiguous.add(words)
            continue
        record.ambiguous.discard(words)
        for other_record in owners.get(words, ()):
            if other_record is record:
                continue
            if words == spelling_of(other_record.canonical):
                other_record.ambiguous.add(words)
            else:
                other_record.surfaces.pop(words, None)
