"""What a reader is given and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kashaf.corpus.article import Draft
from kashaf.corpus.decode import Decoded


@dataclass(frozen=True, slots=True)
class Source:
    """One file, decoded. path: sanitised, for messages and provenance. suffix: lower case, with its dot."""

    path: str
    suffix: str
    data: bytes
    sha256: str
    decoded: Decoded


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
    """One file format. `sniff` looks at decoded text and suffix only, and answers quickly."""

    name: str
    sniff: Callable[[Source], bool]
    read: Callable[[Source], ReadResult]
