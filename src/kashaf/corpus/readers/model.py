"""What a reader is given and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from kashaf.corpus.article import Draft
from kashaf.corpus.decode import Decoded, declared_charset, decode
from kashaf.corpus.options import ReadOptions


@dataclass(frozen=True, slots=True)
class Hints:
    """What the container of a file says of it (a web archive, a mail): None where it says nothing.

    charset: a name as stated, not checked. media_type: `text/html`.
    """

    charset: str | None = None
    url: str | None = None
    media_type: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Source:
    """One file. path: sanitised, for messages and provenance. suffix: lower case, with its dot.

    data: the whole file; it may be a memory map, so that a large one is never in memory at once.
    """

    path: str
    suffix: str
    data: bytes
    sha256: str
    options: ReadOptions = field(default_factory=ReadOptions)
    hints: Hints = field(default_factory=Hints)

    @cached_property
    def decoded(self) -> Decoded:
        """The text, decoded when it is first asked for. Raises BadInput for a binary file."""
        data = bytes(self.data)
        return decode(data, declared=self.hints.charset or declared_charset(data), where=self.path)


@dataclass(frozen=True, slots=True)
class Member:
    """One article of a file. key: its place in a file of many, or empty. sha256: of the article's own bytes: the
    whole file for a file of one, the record's line or its canonical JSON for a file of many."""

    draft: Draft
    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that could not become an article; the others of its file could."""

    member: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The articles of a file in their order, and the records that failed."""

    members: tuple[Member, ...]
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One file format. `sniff` answers quickly: by the bytes for a binary format, else by decoded text and suffix.

    read: the articles in their order, and the records that failed; it may yield them one by one, and raises
    BadInput when the file as a whole, or what is left of it, cannot be read.
    """

    name: str
    sniff: Callable[[Source], bool]
    read: Callable[[Source], Iterable[Member | Failure]]
    binary: bool = False
