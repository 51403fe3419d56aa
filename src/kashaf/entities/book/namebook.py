"""The name book: which words name whom. The shipped book, and over it what the analyst writes.

The form of the file is described at the top of `names.yaml`. Lookup is by folded words, so that spellings that
fold alike need no alias, and a name finds itself with its parts glued or apart (عبدالله, عبد الله).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from kashaf.entities.book.bookfile import Entry, Layer, read_layer
from kashaf.entities.book.shipped import NAMES
from kashaf.entities.book.surfaces import words_of
from kashaf.entities.model import EntityType
from kashaf.entities.page import Page, bases

SHIPPED: Final = NAMES

Words = tuple[str, ...]
# Parts of names that are written apart or glued to the word that follows.
_GLUED: Final = ("عبد", "ابو", "بو", "بن", "دير")


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


class _Node:
    __slots__ = ("claims", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.claims: tuple[Claim, ...] = ()


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
        self._root = _Node()
        self._english: dict[Words, list[Name]] = {}
        for name in self.names:
            if name.english:
                self._english.setdefault(words_of(name.english), []).append(name)
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
        return cls.of(read_layer(path) for path in paths)

    @classmethod
    def of(cls, layers: Iterable[Layer]) -> NameBook:
        """Layers laid over each other, the later the stronger."""
        laid = tuple(layers)
        digest = hashlib.sha256("".join(layer.sha256 for layer in laid).encode())
        names, hidden = _merge(laid)
        return cls(names, hidden, fingerprint=digest.hexdigest())

    def surfaces(self) -> dict[Words, tuple[Claim, ...]]:
        """Every spelling that the book looks for, in folded words, with its claims."""
        found: dict[Words, tuple[Claim, ...]] = {}
        waiting: list[tuple[Words, _Node]] = [((), self._root)]
        while waiting:
            words, node = waiting.pop()
            if node.claims:
                found[words] = node.claims
            waiting.extend(((*words, word), following) for word, following in node.next.items())
        return found

    def find(self, surface: str) -> tuple[Name, ...]:
        """Every entity that bears this name, in whatever spelling, or bears it in English; empty when none does."""
        words = words_of(surface)
        node: _Node | None = self._root
        for word in words:
            node = node.next.get(word) if node else None
        found = tuple(claim.name for claim in node.claims if claim.name) if node else ()
        return found or tuple(self._english.get(words, ()))

    def matches(self, page: Page, index: int) -> Iterator[Match]:
        """Every surface of the book that begins at a word, with and without glued letters; longest first."""
        root = self._root.next
        found = [
            Match(index, last, skip, node.claims)
            for base, skip in bases(page.folds[index])
            if base in root
            for last, node in self._walk(page, index, root[base])
        ]
        found.sort(key=lambda match: (-match.last, match.skip))
        yield from found

    @staticmethod
    def _walk(page: Page, index: int, node: _Node) -> Iterator[tuple[int, _Node]]:
        last = index
        while True:
            if node.claims:
                yield last, node
            if not node.next or not page.joined_or_opened(last + 1):
                return
            following = node.next.get(page.folds[last + 1])
            if following is None:
                return
            node, last = following, last + 1

    def _claim(self, surface: str, claim: Claim) -> None:
        for words in _spellings(words_of(surface)):
            node = self._root
            for word in words:
                node = node.next.setdefault(word, _Node())
            if all(other.name is not claim.name or claim.name is None for other in node.claims):
                node.claims = (*node.claims, claim)


def key_of(surface: str) -> str:
    """What two spellings of one name share: the fold without spaces (عبدالله is عبد الله, بن يدر is بنيدر)."""
    return "".join(words_of(surface))


def _spellings(words: Words) -> Iterator[Words]:
    yield words
    for index, word in enumerate(words):
        if word in _GLUED and index + 1 < len(words):
            yield (*words[:index], word + words[index + 1], *words[index + 2 :])
        elif word.startswith("عبدال") and len(word) > 6:
            yield (*words[:index], "عبد", word[3:], *words[index + 1 :])


def _fingerprint_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class _Record:
    """A name while layers are laid over each other: surfaces by their folded words, in order of writing."""

    canonical: str
    type: EntityType
    surfaces: dict[Words, str] = field(default_factory=dict)
    ambiguous: set[Words] = field(default_factory=set)
    english: str = ""
    org_too: bool = False


def _merge(layers: Sequence[Layer]) -> tuple[list[Name], list[str]]:
    records: dict[tuple[EntityType, Words], _Record] = {}
    hidden: dict[Words, str] = {}
    for depth, layer in enumerate(layers):
        owners = _owners(records) if depth else {}
        for entry in layer.entries:
            _lay(entry, records, owners)
        hidden.update({words_of(surface): surface for surface in layer.hidden})
    names = [
        Name(
            record.canonical,
            record.type,
            tuple(surface for surface in record.surfaces.values() if surface != record.canonical),
            frozenset(record.surfaces[words] for words in record.ambiguous if words in record.surfaces),
            record.english,
            record.org_too,
        )
        for record in records.values()
    ]
    return names, list(hidden.values())


def _owners(records: dict[tuple[EntityType, Words], _Record]) -> dict[Words, list[_Record]]:
    owners: dict[Words, list[_Record]] = {}
    for record in records.values():
        for words in record.surfaces:
            owners.setdefault(words, []).append(record)
    return owners


def _lay(
    entry: Entry, records: dict[tuple[EntityType, Words], _Record], owners: dict[Words, list[_Record]]
) -> None:
    key = (entry.type, words_of(entry.name))
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
        words = words_of(surface)
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
            if words == words_of(other_record.canonical):
                other_record.ambiguous.add(words)
            else:
                other_record.surfaces.pop(words, None)
