"""The members of one file while they are given their articles."""

from __future__ import annotations

from dataclasses import dataclass, field

from kashaf.corpus.readers import Failure, Member


@dataclass(frozen=True, slots=True)
class Owned:
    """A member whose bytes have their article."""

    key: str
    sha256: str


@dataclass(slots=True)
class Survey:
    """What a first look at a file found. left: bytes that no article has; items: all of the file, with the articles
    of those bytes, or None when that is too much to hold."""

    left: set[str] = field(default_factory=set)
    chars: int = 0
    items: list[Member | Failure | Owned] | None = field(default_factory=list)


@dataclass(slots=True)
class Rows:
    """What becomes a file's record. A row without an article is one that waits in `pending`."""

    keys: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    pending: list[tuple[int, Member]] = field(default_factory=list)
    pending_hashes: set[str] = field(default_factory=set)
    pending_chars: int = 0
    lines: int = 0

    def add(self, key: str, sha256: str, article_id: str) -> None:
        self.keys.append(key)
        self.hashes.append(sha256)
        self.articles.append(article_id)

    def hold(self, member: Member) -> None:
        self.pending.append((len(self.keys), member))
        self.pending_hashes.add(member.sha256)
        self.pending_chars += len(member.draft.text)
        self.add(member.key, member.sha256, "")
