"""The note, what it is about, and its versions: frozen values that the rooms pass to each other.

Their form as JSON is `kashaf.notes.codec`; what changes make of versions is `kashaf.notes.versions`.
Fields that this Kashaf does not know stay in `extra` and are written back, so that a note survives the passage
through an older one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from kashaf.storage.strict_json import Json

Kind: TypeAlias = Literal["highlight", "note", "question", "claim", "link"]
Confidence: TypeAlias = Literal["", "low", "medium", "high"]
Status: TypeAlias = Literal["open", "confirmed", "disputed", "closed"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
CONFIDENCES: Final[tuple[Confidence, ...]] = get_args(Confidence)
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
Extra: TypeAlias = "Mapping[str, Json]"

CONTEXT: Final = 32  # code points of prefix and of suffix
LONGEST_CONTEXT: Final = 512  # the same in an article that repeats itself
MAX_TAGS: Final = 100


@dataclass(frozen=True, slots=True)
class WordsTarget:
    """Exact words of an article, as they stood when the note was made.

    start, end: `[start, end)` code points of the article's text in the revision `text_sha256`.
    quote: the words; `end - start` code points. prefix, suffix: 32 code points on either side, or as
    many more, up to 512, as tell the place from its look-alikes; fewer only at the edges of the text.
    title, outlet, published, source_sha256: what the article said of itself then, so that the note can be
    understood without its workspace. One line each, empty when unknown; published is an ISO 8601 date,
    source_sha256 the hash of the whole file as imported.
    paragraph: of the article, in which the words begin: 0 the title, then from 1; None when nobody counted.
    """

    article_id: str
    text_sha256: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    title: str
    outlet: str
    published: str
    source_sha256: str
    paragraph: int | None = None
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ArticleTarget:
    """An article as a whole, in the revision `text_sha256`. The other fields are those of `WordsTarget`."""

    article_id: str
    text_sha256: str
    title: str
    outlet: str
    published: str
    source_sha256: str
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class EntityTarget:
    """A person, place or organization, by the name that lists show. type: as in `entities.model`."""

    name: str
    type: str
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class SearchTarget:
    """A search: the query as typed, the rung and whether all words or any were asked for."""

    query: str
    rung: str
    match: str
    extra: Extra = field(default_factory=dict, hash=False)


Target: TypeAlias = WordsTarget | ArticleTarget | EntityTarget | SearchTarget


@dataclass(frozen=True, slots=True)
class Version:
    """One step in the life of a note, after the model of a version control system.

    id: 32 hexadecimal digits, the hash of the rest and of the note's id. parents: the versions that it was made
    from: none for the first, two or more where versions of several analysts were settled into one.
    at: ISO 8601 UTC with seconds; author: who made it.
    changes: what the version set, by field name, in JSON's form. The first version sets every field; None of a
    version whose content has been let go of (its note is in no workspace any more, and only its end is known).
    """

    id: str
    parents: tuple[str, ...]
    at: str
    author: str
    changes: Mapping[str, Json] | None = field(hash=False)


@dataclass(frozen=True, slots=True)
class Ended:
    """A note that was deleted: what other workspaces must know of it, which is nothing of what it said.

    versions: all without their changes, but for whether the last one deleted it.
    """

    id: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class NewNote:
    """What a note is made of, before it has an id and a time.

    kind None: "note" where there is a body, else "highlight".
    """

    target: Target
    body: str = ""
    tags: tuple[str, ...] = ()
    kind: Kind | None = None
    confidence: Confidence = ""
    status: Status = "open"
    author: str = ""
    other: WordsTarget | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What the analyst marked (a highlight), wrote, asked, claimed or linked about a target.

    id: UUID. tags: codes of the codebook, or words of the analyst's own, each once, in the analyst's order.
    other: the words at the other end of a link, None for every other kind. author: who made the note.
    created, modified: ISO 8601 UTC with seconds.
    versions: how the note came to be what it is, parents before children; never empty in a store.
    """

    id: str
    target: Target
    body: str
    tags: tuple[str, ...]
    kind: Kind
    author: str
    created: str
    modified: str
    confidence: Confidence = ""
    status: Status = "open"
    other: WordsTarget | None = None
    versions: tuple[Version, ...] = ()
    extra: Extra = field(default_factory=dict, hash=False)

    @property
    def words(self) -> WordsTarget | None:
        """The words that the note stands on, if it stands on words."""
        return self.target if isinstance(self.target, WordsTarget) else None

    @property
    def quote(self) -> str:
        """The words that the note stands on, or nothing."""
        return self.target.quote if isinstance(self.target, WordsTarget) else ""

    @property
    def place(self) -> tuple[int, int]:
        """Where the words stood when the note was made; the beginning for a note on no words. For sorting."""
        return (self.target.start, self.target.end) if isinstance(self.target, WordsTarget) else (0, 0)

    @property
    def about(self) -> str:
        """What the note is about, in a line: the article's title, the entity's name, or the query."""
        match self.target:
            case EntityTarget():
                return self.target.name
            case SearchTarget():
                return self.target.query
        return self.target.title

    @property
    def article_id(self) -> str:
        """The article that the note is in; empty for a note on an entity or a search."""
        return self.target.article_id if isinstance(self.target, WordsTarget | ArticleTarget) else ""
