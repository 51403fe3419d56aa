"""What a reader is given and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from kashaf.corpus.article import Draft
from kashaf.corpus.decode import Decoded, declared_charset, decode
from kashaf.corpus.options import ReadOptions

OPENING_BYTES: Final = 1024 * 1024


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

    @cached_property
    def opening(self) -> Decoded:
        """How the file begins, and its encoding by that: all of a small one, else its first mebibyte, decoded once.

        Raises BadInput for a binary file.
        """
        if len(self.data) <= OPENING_BYTES:
            return self.decoded
        head = bytes(self.data[:OPENING_BYTES])
        end = head.rfind(b"\n") + 1
        if b"\x00" not in head and head[:end].strip():
            head = head[:end]
        declared = self.hints.charset or declared_charset(head)
        return decode(_whole_letters(head), declared=declared, where=self.path)

    def read_as(self, decoded: Decoded) -> Source:
        """The same file for a reader that decodes it piece by piece: `decoded` says how; its text does not count."""
        made = replace(self)
        made.__dict__["decoded"] = decoded
        return made


def _whole_letters(head: bytes) -> bytes:
    """Without a letter of UTF-8 that was cut at the end, and in whole units of UTF-32."""
    for cut in range(1, min(4, len(head)) + 1):
        if head[-cut] >= 0xC0:
            head = head[:-cut]
            break
        if head[-cut] < 0x80:
            break
    return head[: len(head) - len(head) % 4] if b"\x00" in head else head


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
    streams: files over `MAX_FILE_BYTES` are read too. For them `data` is a memory map, `sniff` and `read` look at
    pieces of it and never at `decoded`, and `read` yields as it goes, with memory that does not grow with the file.
    """

    name: str
    sniff: Callable[[Source], bool]
    read: Callable[[Source], Iterable[Member | Failure]]
    binary: bool = False
    streams: bool = False
