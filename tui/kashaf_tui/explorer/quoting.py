"""Who said what, fetched for the screen of quotations. The interface awaits; nothing here knows a widget."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeVar

from kashaf.entities.model import EntityKey
from kashaf.notes.citation import Citation
from kashaf.notes.model import WordsTarget
from kashaf_index.model import Query
from kashaf_tui.quoted import Utterance, of_article, read_here, utterances
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.entities.tables.rows import Quoted

T = TypeVar("T")

#: Quotations of a list: more than anyone reads, few enough to be grouped at once.
LISTED: Final = 2000
_CHUNK: Final = 40  # quotations whose articles are read in a row before a search gets its turn

What = Literal["article", "results", "all", "speaker", "about"]


class OnIndex(Protocol):
    """Runs work on the thread of the searcher."""

    def __call__(self, work: Callable[[], T]) -> Awaitable[T]: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose quotations: of an article by its id, of the results of a query, by or about an entity, or all."""

    what: What
    article: str = ""
    query: Query | None = None
    key: EntityKey | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Quotations in the order of the store. more: some were left out. waiting: articles that were not read yet."""

    rows: tuple[Utterance, ...]
    more: bool = False
    waiting: int = 0


class Quotes:
    """Asked of the store of readings and of the index."""

    def __init__(self, session: Session, on_index: OnIndex) -> None:
        self._session = session
        self._on_index = on_index

    async def gather(
        self, scope: Scope, progress: Callable[[int, int], None], cancelled: threading.Event
    ) -> Gathered | None:
        """The quotations of a scope; None when cancelled. `progress` is called in the event loop."""
        if scope.what == "article":
            return await self._on_index(lambda: self._of_article(scope.article))
        rows, waiting = await self._on_index(lambda: self._rows(scope))
        found: list[Utterance] = []
        kept = rows[:LISTED]
        for at in range(0, len(kept), _CHUNK):
            if cancelled.is_set():
                return None
            progress(at, len(kept))
            chunk = kept[at : at + _CHUNK]
            found += await self._on_index(lambda: list(utterances(chunk, self._session.searcher.article)))  # noqa: B023
            await asyncio.sleep(0)
        return Gathered(tuple(found), len(rows) > LISTED, waiting)

    def _of_article(self, article_id: str) -> Gathered:
        session = self._session
        article = session.searcher.article(article_id)
        found = read_here(article, session.mentions, session.name_book)
        return Gathered(tuple(of_article(article, one) for one in found))

    def _rows(self, scope: Scope) -> tuple[list[Quoted], int]:
        from kashaf_index.mentions import pending  # noqa: PLC0415 -- not before first paint

        session = self._session
        store, searcher = session.mentions, session.searcher
        limit = LISTED + 1
        query = scope.query if scope.what == "results" else None
        if query is not None and (query.text.strip() or query.filters):
            rows = store.quotations(ids=frozenset(searcher.matching_ids(query)), limit=limit)
        elif scope.what == "speaker":
            rows = store.quotations(speaker=scope.key, limit=limit)
        elif scope.what == "about":
            rows = store.quotations(about=scope.key, limit=limit)
        else:
            rows = store.quotations(limit=limit)
        return rows, pending(searcher, store, session.name_book)

    async def target(self, row: Utterance) -> WordsTarget:
        """The words of a quotation as what a note is on. Raises NotFound."""

        def make() -> WordsTarget:
            from kashaf.notes.anchoring import make_target  # noqa: PLC0415 -- not before first paint

            article = self._session.searcher.article(row.article)
            return make_target(article, row.quotation.start, row.quotation.end)

        return await self._on_index(make)

    async def citation(self, row: Utterance) -> Citation:
        """Where the words of a quotation stand. Raises NotFound."""

        def make() -> Citation:
            from kashaf.notes.citation import cite  # noqa: PLC0415 -- not before first paint

            article = self._session.searcher.article(row.article)
            return cite(article, row.quotation.start, row.quotation.end)

        return await self._on_index(make)
