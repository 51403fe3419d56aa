"""The article: the frozen value that every room receives.

All offsets in the project are `[start, end)` in code points of `Article.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A line taken out as site chrome: its text, its line number in the decoded file (from 1), and the rule."""

    text: str
    line: int
    rule: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the article says of itself. A value that is not stated is None, never guessed.

    `published_evidence` says where the date was read, in words for the analyst: `line 3`,
    `front matter: date`, `meta: article:published_time`, `field: date`; empty when `published` is None.
    """

    title: str
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    published_evidence: str = ""
    language: str = "ar"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the article came from.

    path: as the analyst knows it, relative to its source, with forward slashes; sanitised for display.
    member: the article's place inside a file of many (`"12"`, `"mbox:3"`), or empty.
    sha256: of the raw bytes of the whole file, hexadecimal.
    encoding: the decoder's IANA name, and `confidence` from 0 to 1 (1 for a BOM or strict UTF-8).
    """

    path: str
    member: str
    sha256: str
    encoding: str = "utf-8"
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()
    removed: tuple[RemovedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a reader gives it: without the id, which only the catalogue can mint.

    text: sanitised; begins with the title on a line of its own, then the body, paragraphs parted by one `\\n`.
        The title stands in the text so that a hit or a note in it has offsets like any other.
    body_start: offset where the body begins (0 when there is no title line).
    """

    text: str
    metadata: Metadata
    provenance: Provenance
    body_start: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A draft with its identity. `text_sha256` is the hash of `text` in UTF-8: the revision notes refer to."""

    id: str
    text: str
    metadata: Metadata
    provenance: Provenance
    body_start: int = 0
    text_sha256: str = field(default="")

    @property
    def title(self) -> str:
        return self.metadata.title
