"""The codebook: the codes that an analyst tags with, in a tree.

A tag is the path of a code, its parts joined by `/`: `سلاح/كيماوي` is a child of `سلاح`. A tag that is in no
codebook is a word of the analyst's own, and as good as any. Values only: `codebook_file` reads and writes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kashaf.errors import UsageError
from kashaf.notes.code_colours import automatic
from kashaf.notes.code_paths import (
    LONGEST_PATH,
    MAX_DEPTH,
    SEPARATOR,
    ancestors,
    check_path,
    is_within,
    join,
    moved_path,
    normal_path,
    sign_of,
)
from kashaf.said import said

__all__ = [
    "LONGEST_PATH",
    "MAX_DEPTH",
    "SEPARATOR",
    "Code",
    "Codebook",
    "Count",
    "Merged",
    "ancestors",
    "check_path",
    "is_within",
    "join",
    "moved_path",
    "normal_path",
    "sign_of",
    "tally",
]

MAX_CODES: Final = 5000
LONGEST_TEXT: Final = 2000  # of a description, or of an example
MAX_EXAMPLES: Final = 20


@dataclass(frozen=True, slots=True)
class Code:
    """One code. path: as tags bear it. colour: `#rrggbb`, or empty. examples: words that deserve the code.

    hidden: no longer offered for tagging; notes that bear it keep it.
    """

    path: str
    colour: str = ""
    description: str = ""
    examples: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def name(self) -> str:
        return self.path.rpartition(SEPARATOR)[2]

    @property
    def parent(self) -> str:
        """The path of the code above; empty for one at the top."""
        return self.path.rpartition(SEPARATOR)[0]


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of merging another codebook into ours.

    added: codes that were unknown here. differing: ours, which stayed, and theirs, which says more or otherwise.
    """

    codebook: Codebook
    added: tuple[Code, ...]
    differing: tuple[tuple[Code, Code], ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """Codes in the analyst's order, each path once, and every code's parent before it.

    renamed: what tags that are still met elsewhere (in a colleague's notes) are called now: old path to new one.
    Codes whose parent is missing get one without colour and description.
    """

    codes: tuple[Code, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict, hash=False)
    _by_path: dict[str, Code] = field(init=False, repr=False, compare=False)
    # Found when they are first asked for.
    _colours: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)
    _of_roots: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)
    _tree: list[Code] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        by_path: dict[str, Code] = {}
        for code in self.codes:
            for above in reversed(ancestors(code.path)):
                by_path.setdefault(above, Code(above))
            by_path[code.path] = code
        object.__setattr__(self, "codes", tuple(by_path.values()))
        object.__setattr__(self, "_by_path", by_path)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def find(self, path: str) -> Code | None:
        return self._by_path.get(path)

    def known(self, path: str) -> Code:
        """The code of that path. Raises UsageError."""
        code = self.find(path)
        if code is None:
            raise UsageError(said("no such code"), where=path, cure=said("Add it first"))
        return code

    def roots(self) -> list[Code]:
        return self.children("")

    def children(self, path: str) -> list[Code]:
        """The codes one level below, in order; those at the top for an empty path."""
        return [code for code in self.codes if code.parent == path]

    def below(self, path: str) -> list[Code]:
        """The code itself, if it is here, and all under it."""
        return [code for code in self.codes if is_within(code.path, path)]

    def ancestors(self, path: str) -> list[Code]:
        """The codes above, the nearest first."""
        return [code for above in ancestors(path) if (code := self.find(above)) is not None]

    def tree(self) -> list[Code]:
        """All codes, each followed by those under it."""
        if not self._tree:
            self._tree.extend(self._in_tree())
        return list(self._tree)

    def _in_tree(self) -> list[Code]:
        of: dict[str, list[Code]] = {}
        for code in self.codes:
            of.setdefault(code.parent, []).append(code)
        ordered: list[Code] = []
        waiting = list(reversed(of.get("", ())))
        while waiting:
            code = waiting.pop()
            ordered.append(code)
            waiting += reversed(of.get(code.path, ()))
        return ordered

    def current(self, tag: str) -> str:
        """What a tag is called now: itself, or the new path of a code that was renamed, or moved under another."""
        for _ in range(len(self.renamed) + 1):
            old = next((path for path in (tag, *ancestors(tag)) if path in self.renamed), None)
            if old is None or self.find(tag) is not None:
                break
            tag = self.renamed[old] + tag[len(old) :]
        return tag

    # Colours

    def colour_of(self, tag: str) -> str:
        """`#rrggbb`: of the code, else of the nearest code above that has one, else a stable automatic one.

        Automatic colours differ from one another and from those given at the top, as long as there are enough.
        """
        if tag not in self._colours:
            self._colours[tag] = self._colour_of(tag)
        return self._colours[tag]

    def _colour_of(self, tag: str) -> str:
        for path in (tag, *ancestors(tag)):
            code = self.find(path)
            if code is not None and code.colour:
                return code.colour
        if not self._of_roots:
            self._colour_roots()
        top = tag.partition(SEPARATOR)[0]
        return self._of_roots.get(top) or automatic(top)

    def _colour_roots(self) -> None:
        roots = self.roots()
        taken = {code.colour for code in roots if code.colour}
        for code in roots:
            colour = code.colour or automatic(code.path, taken)
            self._of_roots[code.path] = colour
            taken.add(colour)

    # Changes: each gives a new codebook

    def with_code(self, code: Code) -> Codebook:
        """With a code more, or with that of the same path replaced. Raises UsageError over the limits."""
        if self.find(code.path) is None:
            return self.with_codes((code,))
        return Codebook(tuple(code if one.path == code.path else one for one in self.codes), self.renamed)

    def with_codes(self, codes: Iterable[Code]) -> Codebook:
        """With those that are not here yet. Raises UsageError over the limits."""
        new = {code.path: code for code in codes if code.path not in self._by_path}
        renamed = {old: now for old, now in self.renamed.items() if old not in new}
        codebook = Codebook((*self.codes, *new.values()), renamed)
        if len(codebook) > MAX_CODES:
            raise UsageError(said("over {n} codes", n=MAX_CODES), cure=said("Use fewer"))
        return codebook

    def with_hidden(self, path: str, hidden: bool) -> Codebook:
        """Hide a code and all under it, or show them again. Raises UsageError for an unknown code."""
        self.known(path)
        codes = (replace(one, hidden=hidden) if is_within(one.path, path) else one for one in self.codes)
        return Codebook(tuple(codes), self.renamed)

    def with_renamed(self, old: str, new: str) -> Codebook:
        """A code, and all under it, under another path. Where that is taken the two become one: what the one that
        stays does not say, the other does.

        A tag that is no code is only noted as renamed. Raises UsageError when a code would go under itself.
        """
        if old == new:
            return self
        if is_within(new, old):
            raise UsageError(said("a code cannot go under itself"), where=new)
        codes: dict[str, Code] = {}
        for code in self.codes:
            moves = is_within(code.path, old)
            one = replace(code, path=check_path(moved_path(code.path, old, new))) if moves else code
            there = codes.get(one.path)
            if there is not None:
                one = _joined(there, one) if moves else _joined(one, there)
            codes[one.path] = one
        renamed = {was: moved_path(now, old, new) for was, now in self.renamed.items()} | {old: new}
        kept = {was: now for was, now in renamed.items() if was not in codes and was != now}
        return Codebook(tuple(codes.values()), kept)

    def merged(self, other: Codebook) -> Merged:
        """Codes of another codebook that are unknown here are added; of the rest ours stays, and is reported."""
        added: dict[str, Code] = {}
        differing: list[tuple[Code, Code]] = []
        for code in other.tree():
            theirs = replace(code, path=self.current(code.path))
            mine = self.find(theirs.path)
            if mine is None:
                added.setdefault(theirs.path, theirs)
            elif _says(theirs) - _says(mine):
                differing.append((mine, theirs))
        return Merged(self.with_codes(added.values()), tuple(added.values()), tuple(differing))


def _joined(stays: Code, goes: Code) -> Code:
    return replace(
        stays,
        colour=stays.colour or goes.colour,
        description=stays.description or goes.description,
        examples=tuple(dict.fromkeys((*stays.examples, *goes.examples)))[:MAX_EXAMPLES],
        hidden=stays.hidden and goes.hidden,
    )


def _says(code: Code) -> set[tuple[str, str]]:
    """What a code says of itself; whether it is hidden is everybody's own matter."""
    said_of = {("colour", code.colour), ("description", code.description)}
    return {(what, value) for what, value in said_of if value} | {("example", one) for one in code.examples}


@dataclass(frozen=True, slots=True)
class Count:
    """Notes that bear a tag itself, and those that bear it or one below it; each note once."""

    own: int = 0
    all: int = 0


def tally(tags_of_notes: Iterable[Iterable[str]]) -> dict[str, Count]:
    """How many notes each tag, and each path above one, has."""
    own: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for tags in tags_of_notes:
        borne = set(tags)
        own.update(borne)
        every.update({path for tag in borne for path in (tag, *ancestors(tag))})
    return {path: Count(own[path], number) for path, number in every.items()}
