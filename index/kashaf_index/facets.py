"""What the articles of a query have in common: how many are of each outlet and month, name each person, and so on.

Outlets, months and languages are columns of the index. People, places, organisations and tags lie in side stores and
are joined here by article id, so that correcting a name or adding a note never re-indexes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol, get_args

from kashaf.entities.model import EntityType
from kashaf.errors import Cancelled
from kashaf_index.analysis import outlet_key
from kashaf_index.model import Query

if TYPE_CHECKING:
    from kashaf_index.matching.counting import Placed
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
    """What is asked of `kashaf.entities.tables.store.MentionStore`."""

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
        self._placed: Placed | None = None

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
        from kashaf_index.matching.counting import Placed, columns, grouped_outlets, how_many  # noqa: PLC0415 -- numpy

        docs = searcher.matching(query, cancelled)
        grouping = searcher.grouping() if query.group else None
        counts: dict[Kind, dict[str, int]] = {kind: {} for kind in KINDS}
        with searcher.reading() as reader:
            found = columns(reader, docs, grouping)
            for kind in _COLUMNS:
                counts[kind] = dict(found.get(kind, ()))
            counts["outlet"] = (
                grouped_outlets(reader, docs, grouping) if grouping else _one_spelling(counts["outlet"])
            )
            for tag, bearing in (tags or {}).items():
                counts["tag"][tag] = how_many(reader.numbered(bearing), docs, grouping)
            if cancelled():
                raise Cancelled
            self._load()
            if cancelled():
                raise Cancelled
            if self._placed is None or self._placed.reader() is not reader:
                self._placed = Placed.of(reader, self._by_article)
            for number, articles in self._placed.counted(docs, grouping):
                entity_kind, name = self._entities[number]
                counts[entity_kind][name] = articles
            total = how_many(docs, docs, grouping)
        groups = (_group(kind, counts[kind], top) for kind in KINDS)
        return Facets(total, tuple(group for group in groups if group.facets))

    def _load(self) -> None:
        stamp = self._mentions.stamp
        if stamp != self._stamp:
            self._entities, self._by_article = self._mentions.by_article()
            self._stamp = stamp
            self._placed = None


def _one_spelling(outlets: Mapping[str, int]) -> dict[str, int]:
    """Outlets that a filter does not tell apart as one, under the spelling of most articles."""
    spellings: dict[str, list[tuple[int, str]]] = {}
    for name, articles in outlets.items():
        spellings.setdefault(outlet_key(name), []).append((articles, name))
    return {max(found)[1]: sum(articles for articles, _ in found) for found in spellings.values()}


def _group(kind: Kind, counts: Mapping[str, int], top: int) -> FacetGroup:
    found = [(value, articles) for value, articles in counts.items() if articles]
    if kind == "month":
        shown = sorted(found, reverse=True)[:top]
    else:
        # Of thousands of names few are shown: only those are sorted that have as many articles as the last of them.
        least = sorted((articles for _, articles in found), reverse=True)[:top][-1:]
        among = [one for one in found if least and one[1] >= least[0]]
        shown = sorted(among, key=lambda one: (-one[1], one[0]))[:top]
    return FacetGroup(kind, tuple(Facet(kind, value, articles) for value, articles in shown), len(found))
