"""The article: the frozen value that every room receives.

All offsets in the project are `[start, end)` in code points of `Article.text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, get_args

Kind = Literal["title", "standfirst", "heading", "paragraph", "item", "quote", "caption"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

MetadataField = Literal[
    "title", "standfirst", "outlet", "author", "published", "updated", "dateline", "url", "language"
]


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A line taken out as site chrome: its text, its line number in the decoded file (from 1), and the rule.

    at: offset in `Article.text` of the line that it stood before; the text's length for what stood after the last.
    """

    text: str
    line: int
    rule: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value of the metadata was read, and how sure that is.

    where: in words for the analyst: `line 3`, `front matter: date`, `meta: og:title`, `field: date`.
    confidence: from 0 to 1. span: where the value stands in `Article.text`, if it does.
    """

    field: MetadataField
    where: str
    confidence: float = 1.0
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the article says of itself. A value that is not stated is None, never guessed.

    `published_evidence` says where the date was read, as its `Evidence` does; empty when `published` is None.
    updated: the day of the last change that the page states. dateline: place and agency before the first sentence.
    """

    title: str
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    published_evidence: str = ""
    language: str = "ar"
    url: str | None = None
    standfirst: str | None = None
    updated: date | None = None
    dateline: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def evidence_of(self, name: MetadataField) -> Evidence | None:
        return next((one for one in self.evidence if one.field == name), None)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the article came from.

    path: as the analyst knows it, relative to its source, with forward slashes; sanitised for display.
    member: the article's place inside a file of many (`"12"`, `"mbox:3"`), or empty.
    sha256: of the raw bytes of the whole file, hexadecimal.
    encoding: the decoder's IANA name, and `confidence` from 0 to 1 (1 for a BOM or strict UTF-8).
    container: the archive that the file lay in, as the analyst knows it, and the SHA-256 of the archive's bytes;
        both empty for a file that lay in none.
    scope: the outlet, or the folder, for which lines like those of the article are decided (see `lines`).
    """

    path: str
    member: str
    sha256: str
    encoding: str = "utf-8"
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()
    removed: tuple[RemovedLine, ...] = ()
    container: str = ""
    container_sha256: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a reader gives it: without the id, which only the catalogue can mint.

    text: sanitised; begins with the title on a line of its own, then the body, paragraphs parted by one `\\n`.
        The title stands in the text so that a hit or a note in it has offsets like any other.
    body_start: offset where the body begins (0 when there is no title line).
    kinds: what each line of `text` is.
    """

    text: str
    metadata: Metadata
    provenance: Provenance
    body_start: int = 0
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of an article: what it is, and where it stands, `[start, end)`."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A draft with its identity.

    text_sha256: the hash of `text` in UTF-8, the revision that notes refer to.
    stamp: of the corrections and decisions that it was read under; an article with another one is to be read again.
    """

    id: str
    text: str
    metadata: Metadata
    provenance: Provenance
    body_start: int = 0
    text_sha256: str = field(default="")
    kinds: tuple[Kind, ...] = ()
    stamp: str = ""

    @property
    def title(self) -> str:
        return self.metadata.title

    def paragraphs(self) -> Iterator[Paragraph]:
        """The lines of the text in their order; one whose kind nobody said is a paragraph."""
        start = 0
        for number, line in enumerate(self.text.split("\n")):
            kind = self.kinds[number] if number < len(self.kinds) else "paragraph"
            yield Paragraph(kind, start, start + len(line))
            start += len(line) + 1
