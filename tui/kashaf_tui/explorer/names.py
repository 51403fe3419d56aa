"""What the explorer asks and decides about names, on a thread of its own: a long list must not keep a search waiting.

The interface awaits; nothing here knows a widget.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from kashaf.entities.model import ENTITY_TYPES, EntityKey, EntityRow, EntityType, Mention
from kashaf.errors import KashafError, NotFound
from kashaf.text.segments import sentences
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.entities.book.curation import Curation
    from kashaf.entities.book.decisions import Decision, Kind
    from kashaf.entities.tables.rows import EntityPage, Quoted, Sort
    from kashaf_index.model import Query

T = TypeVar("T")
Span = tuple[int, int]

_ORDERS: Final[dict[Sort, Callable[[EntityRow], tuple[float, ...]]]] = {
    "articles": lambda row: (-row.articles, -row.mentions),
    "mentions": lambda row: (-row.mentions, -row.articles),
    "recent": lambda row: (-(row.last.toordinal() if row.last else 0), -row.articles),
    "surprise": lambda row: (-row.surprise, -row.articles),
}
LISTED: Final = 1000  # names of a list: more than anyone scrolls through, few enough to be drawn at once
MET: Final = 400  # articles looked through for where entities meet
_HEADLINES: Final = 40  # articles named on a page
_SAID: Final = 3  # quotations shown on a page
_CHUNK: Final = 25  # articles read in a row before a search gets its turn


class OnIndex(Protocol):
    """Runs work on the thread of the searcher."""

    def __call__(self, work: Callable[[], T]) -> Awaitable[T]: ...


@dataclass(frozen=True, slots=True)
class Headline:
    """An article in a list."""

    id: str
    title: str
    outlet: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Saying:
    """A quotation as a page shows it."""

    words: str
    start: int
    article: Headline


@dataclass(frozen=True, slots=True)
class About:
    """A page about an entity. headlines: of its newest articles.

    by, about: how many quotations there are; said_by, said_about: the newest of them.
    """

    page: EntityPage
    headlines: tuple[Headline, ...]
    by: int
    about: int
    said_by: tuple[Saying, ...]
    said_about: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An article that names all of some entities, and its best sentence, or two.

    together: how many of its sentences name all. parts: one sentence, or two when none names all; each on one line,
    with offsets in it of those who are named. caret: offset in the article of the first of them there.
    """

    article: Headline
    together: int
    parts: tuple[tuple[str, tuple[Span, ...]], ...]
    caret: int


class Names:
    """Asked of the mention store, the name book and the index."""

    def __init__(self, session: Session, on_index: OnIndex) -> None:
        self._session = session
        self._on_index = on_index
        self._thread = ThreadPoolExecutor(1, "names")

    def close(self) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    # Lists

    async def table(
        self,
        kind: EntityType | None = None,
        ids: frozenset[str] | None = None,
        *,
        sort: Sort = "articles",
        containing: str = "",
    ) -> list[EntityRow]:
        """The first `LISTED` entities. See `MentionStore.table`."""
        store = self._session.mentions
        kinds = ENTITY_TYPES if kind is None else (kind,)

        def find() -> list[EntityRow]:
            rows = [
                row
                for one in kinds
                for row in store.table(one, ids, LISTED, sort=sort, containing=containing)
            ]
            return sorted(rows, key=_ORDERS[sort])[:LISTED]

        return await self._run(find)

    async def results(self, query: Query) -> frozenset[str]:
        """The ids of all articles of a query."""
        return await self._on_index(lambda: frozenset(self._session.searcher.matching_ids(query)))

    async def waiting(self) -> tuple[int, int]:
        """How many articles have been read, of how many."""

        revisions = await self._on_index(self._session.searcher.facts)
        store = self._session.mentions
        pending = await self._run(lambda: store.pending(revisions, self._session.name_book))
        return len(revisions) - pending, len(revisions)

    async def likely(self, key: EntityKey, typed: str) -> list[EntityRow]:
        """Whom it may be the same as: those with the letters typed, else those most alike, then the commonest."""
        store = self._session.mentions
        kind = _entity_type(key)

        def find() -> list[EntityRow]:
            if typed.strip():
                return store.table(kind, None, LISTED, containing=typed)
            alike = [row for row in store.likely(key, 20) if row.type == key.type]
            rest = store.table(kind, None, 50)
            return list({(row.type, row.name): row for row in [*alike, *rest]}.values())

        return [row for row in await self._run(find) if (row.type, row.name) != tuple(key)]

    # One entity

    async def about(self, key: EntityKey) -> About | None:
        """None for one that nobody names any more."""
        store = self._session.mentions
        page = await self._run(lambda: store.page(key))
        if page is None:
            return None
        by = await self._run(lambda: store.quotations(speaker=key))
        about = await self._run(lambda: store.quotations(about=key))
        headlines = await self._on_index(lambda: self._headlines(page.articles[:_HEADLINES]))
        said_by = await self._on_index(lambda: self._sayings(by[:_SAID]))
        said_about = await self._on_index(lambda: self._sayings(about[:_SAID]))
        return About(page, headlines, len(by), len(about), said_by, said_about)

    def _headlines(self, ids: Iterable[str]) -> tuple[Headline, ...]:
        return tuple(_headline(article) for article in self._articles(ids))

    def _sayings(self, quoted: Iterable[Quoted]) -> tuple[Saying, ...]:
        found: list[Saying] = []
        for one in quoted:
            said = one.quotation
            for article in self._articles([one.article_id]):
                words = " ".join(article.text[said.start : said.end].split())
                found.append(Saying(words, said.start, _headline(article)))
        return tuple(found)

    def _articles(self, ids: Iterable[str]) -> list[Article]:
        """Those of the articles that are still there."""
        found: list[Article] = []
        for id_ in ids:
            try:
                found.append(self._session.searcher.article(id_))
            except NotFound:
                continue
        return found

    async def first_mention(self, article_id: str, key: EntityKey) -> int:
        """Where an article names it first; 0 when it does not."""
        store = self._session.mentions
        named = await self._run(lambda: store.for_article(article_id))
        return next((one.start for one in named if (one.type, one.name) == tuple(key)), 0)

    # Where they are named

    async def meeting(self, keys: Sequence[EntityKey]) -> AsyncIterator[tuple[list[Place], int]]:
        """The articles that name all of them, the newest `MET`, some at a time, and how many there are in all.

        For one entity: its articles with the first sentence that names it.
        """
        store = self._session.mentions
        ids = await self._run(lambda: store.meeting(keys))
        if not ids:
            yield [], 0
        for at in range(0, min(len(ids), MET), _CHUNK):
            some = ids[at : min(at + _CHUNK, MET)]
            yield await self._on_index(lambda some=some: self._places(some, keys)), len(ids)  # type: ignore[misc]  # the default binds

    def _places(self, ids: Sequence[str], keys: Sequence[EntityKey]) -> list[Place]:
        store = self._session.mentions
        wanted = {tuple(key) for key in keys}
        places: list[Place] = []
        for article in self._articles(ids):
            named = [one for one in store.for_article(article.id) if (one.type, one.name) in wanted]
            if place := place_in(article, named, len(wanted)):
                places.append(place)
        return places

    # Decisions

    def by_hand(self, keys: Sequence[EntityKey], kind: Kind) -> list[tuple[EntityKey, KashafError]]:
        """Those of the names that are written by hand, so that no decision of this kind about them holds.

        Nobody while the files are being read anew: who decides then is told afterwards.
        """
        known = self._session.names_known
        if known is None:
            self._thread.submit(lambda: self._session.names)
            return []
        hand = known.hand
        return [(key, hand.refusal(entry)) for key in keys if (entry := hand.stops(key, kind)) is not None]

    async def decide(self, work: Callable[[Curation], Decision | None]) -> tuple[Decision | None, bool]:
        """Make a decision, or take one back, and make it true in every list; and whether articles are read for it.

        Raises what Curation raises.
        """

        def make() -> tuple[Decision | None, bool]:
            decision = work(self._session.curation)
            return decision, decision is not None and bool(self._session.apply_names())

        return await self._run(make)


def place_in(article: Article, named: Sequence[Mention], wanted: int) -> Place | None:
    """The sentence of an article that names most of those `named`, `wanted` in number.

    Of several the first, but not the title, which stands beside it anyway.
    """
    if not named:
        return None
    text = article.text
    most, best = (0, False), (named[0].start, named[0].end)
    together = 0
    at = 0
    for start, end in sentences(text):
        here: set[tuple[str, str]] = set()
        while at < len(named) and named[at].start < end:
            here.add((named[at].type, named[at].name))
            at += 1
        together += len(here) == wanted
        worth = len(here), start >= article.body_start
        if here and worth > most:
            most, best = worth, (start, end)
    shown = [best]
    if most[0] < wanted:
        shown += _missing(text, named, best)
    parts = tuple(_line(text, span, named) for span in sorted(shown))
    caret = next(one.start for one in named if one.start >= best[0])
    return Place(_headline(article), together, parts, caret)


def _missing(text: str, named: Sequence[Mention], shown: Span) -> list[Span]:
    """The first sentence after or before that names somebody who is not in `shown`."""
    there = {(one.type, one.name) for one in named if shown[0] <= one.start < shown[1]}
    other = next((one for one in named if (one.type, one.name) not in there), None)
    if other is None:
        return []
    return [
        next((span for span in sentences(text) if span[0] <= other.start < span[1]), (other.start, other.end))
    ]


def _line(text: str, part: Span, named: Sequence[Mention]) -> tuple[str, tuple[Span, ...]]:
    """A part of a text in one line, and where in it somebody is named."""
    start, end = part
    line = "".join(" " if char.isspace() else char for char in text[start:end])
    here = [one for one in named if start <= one.start < end]
    return line, tuple((one.start - start, min(one.end, end) - start) for one in here)


def _headline(article: Article) -> Headline:
    data = article.metadata
    return Headline(article.id, article.title, data.outlet or "", data.published)


def _entity_type(key: EntityKey) -> EntityType | None:
    return key.type if key.type != "date" else None


def key_of_row(row: EntityRow) -> EntityKey:
    """What names an entity of a list."""
    return EntityKey(row.type, row.name)


def without(rows: Iterable[EntityRow], keys: Collection[EntityKey]) -> list[EntityRow]:
    """Rows but for some."""
    return [row for row in rows if key_of_row(row) not in keys]
