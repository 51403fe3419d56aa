"""What the module of a kind of archive gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kashaf.corpus.readers.model import Hints


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive, or the reason why it is none.

    name: as it stands there, decoded. chunks: its bytes, to be read before the next entry is asked for, or not at
    all; they raise MemberRefused when this member, ArchiveRefused when the rest of the archive cannot be read.
    hints: set for what has an address of its own, whose name is no file name.
    partial: what could be read of a damaged member is worth keeping.
    """

    name: str
    chunks: Iterator[bytes] = field(default_factory=lambda: iter(()))
    refusal: str = ""
    hints: Hints | None = None
    partial: bool = False
