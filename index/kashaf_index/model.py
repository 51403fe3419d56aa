"""Queries and their answers: the values between the index and whoever asks. Loads no search engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kashaf.errors import UsageError
from kashaf_index.analysis import RUNGS, Rung
from kashaf_index.found import Span
from kashaf_index.query.compile import Match
from kashaf_index.snippets import Snippet

__all__ = [
    "RUNGS",
    "Correction",
    "FirstSeen",
    "Hit",
    "HitStory",
    "Match",
    "Query",
    "Results",
    "Rung",
    "Snippet",
    "Sort",
    "Span",
    "Why",
]

Sort = Literal["relevance", "date", "recency"]
"""`recency` is relevance with newer articles lifted."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to search. text: in the language of `query.parser`. ids: only these articles, when given.

    filters: each in the language of `query.parser`, all required; never scored, never a reason for a hit.
    correct: where nothing is found, may the best correction be run instead?
    group: copies of one text are one hit, the best of them (by date: the one seen first), and every count is one of
    stories.
    Raises UsageError for a rung, match or sort that does not exist, or a negative limit or offset.
    """

    text: str
    rung: Rung = "stem"
    match: Match = "all"
    sort: Sort = "relevance"
    limit: int = 20
    offset: int = 0
    ids: frozenset[str] | None = None
    facets: bool = False
    filters: tuple[str, ...] = ()
    correct: bool = False
    group: bool = False

    def __post_init__(self) -> None:
        for name, value, known in (
            ("rung", self.rung, RUNGS),
            ("match", self.match, ("all", "any")),
            ("sort", self.sort, ("relevance", "date", "recency")),
        ):
            if value not in known:
                raise UsageError(f"{value} is not a {name}", cure=f"Use one of {', '.join(known)}")
        if self.limit < 0 or self.offset < 0:
            raise UsageError("limit and offset cannot be negative", cure="Use 0 or more")


@dataclass(frozen=True, slots=True)
class Why:
    """A reason for a hit: the query's term, the distinct words of the article it matched, and by which rule.

    rule: `exact`, `folded`, `stem`, `proclitic X`, `variant X`, `alias NAME`, `root R`, `pattern` or `fuzzy`.
    """

    term: str
    words: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """The article of a story that was seen first."""

    id: str
    outlet: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class HitStory:
    """The story of a hit, whether the query matches all of it or not.

    articles: ids in first-seen order, the hit's among them. outlets: the others than the hit's own, in that order.
    """

    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    first: FirstSeen


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matches. rung: the narrowest at which it does; why, snippets and spans are those of that rung.

    spans: the matched words in the article's text, sorted, never overlapping. story: None where the query does not
    group, and for an article that stands alone.
    """

    id: str
    title: str
    outlet: str | None
    published: date | None
    path: str
    score: float
    rung: Rung
    why: tuple[Why, ...]
    snippets: tuple[Snippet, ...]
    spans: tuple[Span, ...]
    story: HitStory | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A query to run in place of one that found nothing, and what was wrong with that one."""

    kind: Literal["layout", "transliteration", "spelling", "any"]
    text: str


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits. total: articles at the query's rung. rungs: articles at each, cumulative.

    Where the query groups, these are stories, and so are those of the facets; articles: how many articles those of
    the total are, either way.
    corrected: what was searched instead. suggestions: where nothing was found and nothing searched instead, what
    would find something, best first. warnings: what was left out of the query. notices: what is worth knowing
    of the answer, and no mistake.
    facets, when asked for: `outlet`, `month` (`2025-11`) and `language` with the number of articles of each among
    the total, months in order, the others by number; articles that state none are not counted.
    """

    query: Query
    total: int
    rungs: dict[Rung, int]
    hits: tuple[Hit, ...]
    seconds: float
    warnings: tuple[str, ...]
    facets: dict[str, tuple[tuple[str, int], ...]] | None = None
    corrected: Correction | None = None
    notices: tuple[str, ...] = ()
    suggestions: tuple[Correction, ...] = ()
    articles: int = 0

    @property
    def stories(self) -> int | None:
        """Stories at the query's rung; None where it does not group, and nobody counted."""
        return self.total if self.query.group else None
