"""What the articles of a query have in common: how many are of each outlet and month, name each person, and so on.

Outlets, months and languages are columns of the index. People, places, organisations and tags lie in side stores and
are joined here by article id, so that correcting a name or adding a note never re-indexes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, Protocol, get_args

from kashaf.entities.model import EntityType
from kashaf.errors import Cancelled
from kashaf_index.analysis import outlet_key
from kashaf_index.model import Query

if TYPE_CHECKING:
    from kashaf_index.search import Searcher

Kind = Literal["outlet", "month", "person", "place", "organization", "tag", "language"]
#: In the order in which they are shown.
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
#: What each is called in the query language.
FIELDS: Final[Mapping[Kind, str]] = {
    "outlet": "outlet",
    "month": "date",
    "person": "person",
    "place": "place",
    "organization": "org",
    "tag": "tag",
    "language": "lang",
}
_COLUMNS: Final[tuple[Kind, ...]] = ("outlet", "month", "language")
_BARE: Final[frozenset[Kind]] = frozenset({"month", "language"})


@dataclass(frozen=True, slots=True)
class Facet:
    """A value and the number of the query's articles that have it, or of its stories where the query groups."""

    kind: Kind
    value: str
    articles: int

    @property
    def filter(self) -> str:
        """What narrows a query to those articles, in the query language: `outlet:"…"`, `date:2025-11`."""
        value = self.value if self.kind in _BARE else '"' + self.value.replace('"', " ") + '"'
        return f"{FIELDS[self.kind]}:{value}"


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The facets of a kind: months from the newest on, all others by number of articles.

    distinct: how many there are; `facets` may be only the first of them.
    """

    kind: Kind
    facets: tuple[Facet, ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Facets:
    """articles: how many the query matches, or stories where it groups.

    groups: one for each kind that any of them has a value of.
    """

    articles: int
    groups: tuple[FacetGroup, ...]


class Mentions(Protocol):
    """What is asked of `kashaf.entities.store.MentionStore`."""

    @property
    def stamp(self) -> tuple[int, int]: ...

    def by_article(self) -> tuple[list[tuple[EntityType, str]], dict[str, tuple[int, ...]]]: ...


class FacetCounter:
    """Counts facets. Keeps the entities of the corpus in memory until their store changes. Not thread-safe."""

    def __init__(self, mentions: Mentions) -> None:
        self._mentions = mentions
        self._stamp: tuple[int, int] | None = None
        self._entities: list[tuple[EntityType, str]] = []
        self._by_article: dict[str, tuple[int, ...]] = {}

    def count(
        self,
        searcher: Searcher,
        query: Query,
        tags: Mapping[str, Collection[str]] | None = None,
        *,
        top: int = 50,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Facets:
        """Count over all articles that the query matches at its rung, its filters among what it asks.

        tags: the ids of the articles that bear each. top: facets of a kind to name.
        Raises what a search raises, what the mention store raises, and Cancelled soon after `cancelled` turned true.
        """
        plain = replace(query, limit=0, offset=0, facets=True, correct=False)
        found = searcher.search(plain, cancelled).facets or {}
        ids = frozenset(searcher.matching_ids(replace(plain, sort="date", group=False), cancelled))
        story = _stories(searcher, ids) if query.group else {}
        counts: dict[Kind, dict[str, int]] = {kind: {} for kind in KINDS}
        for kind in _COLUMNS:
            counts[kind] = dict(found.get(kind, ()))
        counts["outlet"] = _grouped_outlets(searcher, story) if story else _one_spelling(counts["outlet"])
        for tag, bearing in (tags or {}).items():
            counts["tag"][tag] = len({story.get(article, article) for article in bearing if article in ids})
        if cancelled():
            raise Cancelled
        self._load()
        if cancelled():
            raise Cancelled
        for number, articles in self._entities_of(ids, story).items():
            entity_kind, name = self._entities[number]
            counts[entity_kind][name] = articles
        groups = (_group(kind, counts[kind], top) for kind in KINDS)
        total = len({story.get(article, article) for article in ids})
        return Facets(total, tuple(group for group in groups if group.facets))

    def _entities_of(self, ids: Collection[str], story: Mapping[str, str | int]) -> Counter[int]:
        """How many of the articles mention each entity, or how many of their stories."""
        known = self._by_article
        if not story:
            return Counter(chain.from_iterable(known.get(article, ()) for article in ids))
        once = {(number, story[article]) for article in ids for number in known.get(article, ())}
        return Counter(number for number, _ in once)

    def _load(self) -> None:
        stamp = self._mentions.stamp
        if stamp != self._stamp:
            self._entities, self._by_article = self._mentions.by_article()
            self._stamp = stamp


def _stories(searcher: Searcher, ids: Collection[str]) -> dict[str, str | int]:
    """For each article what it shares with the others of its story, and with no one else."""
    grouping = searcher.grouping()
    if grouping is None:
        return {}
    with searcher.reading() as reader:
        return {article: grouping.story[reader.numbers[article]] for article in ids}


def _grouped_outlets(searcher: Searcher, story: Mapping[str, str | int]) -> dict[str, int]:
    """Stories by outlet. A story that an outlet spells two ways counts once."""
    spellings: dict[str, Counter[str]] = {}
    stories: dict[str, set[str | int]] = {}
    with searcher.reading() as reader:
        for article, shared in story.items():
            if name := reader.outlets[reader.numbers[article]]:
                key = outlet_key(name)
                spellings.setdefault(key, Counter())[name] += 1
                stories.setdefault(key, set()).add(shared)
    return {
        max((articles, name) for name, articles in spellings[key].items())[1]: len(found)
        for key, found in stories.items()
    }


def _one_spelling(outlets: Mapping[str, int]) -> dict[str, int]:
    """Outlets that a filter does not tell apart as one, under the spelling of most articles."""
    spellings: dict[str, list[tuple[int, str]]] = {}
    for name, articles in outlets.items():
        spellings.setdefault(outlet_key(name), []).append((articles, name))
    return {max(found)[1]: sum(articles for articles, _ in found) for found in spellings.values()}


def _group(kind: Kind, counts: Mapping[str, int], top: int) -> FacetGroup:
    facets = [Facet(kind, value, articles) for value, articles in counts.items() if articles]
    if kind == "month":
        facets.sort(key=lambda facet: facet.value, reverse=True)
    else:
        facets.sort(key=lambda facet: (-facet.articles, facet.value))
    return FacetGroup(kind, tuple(facets[:top]), len(facets))
