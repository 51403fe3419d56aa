"""Where statements and claims are gathered: rows on a thread of its own, articles from the thread of the searcher.

The interface awaits; nothing here knows a widget.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from kashaf.entities.statements.model import Claim, Source, Timeline
from kashaf.errors import Cancelled, NotFound
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.entities.statements.claims import Candidates
    from kashaf.entities.tables.rows import Dated
    from kashaf_index.model import Query

T = TypeVar("T")

_CHUNK: Final = 25  # articles fetched in a row before a search gets its turn

#: Called on another thread with the articles done and how many there are.
Progress = Callable[[int, int], None]


class OnIndex(Protocol):
    """Runs work on the thread of the searcher."""

    def __call__(self, work: Callable[[], T]) -> Awaitable[T]: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at: the articles of a query, or one. pending: how many of them have not been read yet."""

    ids: tuple[str, ...]
    pending: int


class Dating:
    """Asks the store of readings; any answer is for the articles as they are when it is asked."""

    def __init__(self, session: Session, on_index: OnIndex) -> None:
        self._session = session
        self._on_index = on_index
        self._own = ThreadPoolExecutor(1, "dating")
        self._stop = threading.Event()

    @property
    def stamp(self) -> tuple[int, int]:
        """Another one after every change to what was read."""
        return self._session.mentions.stamp

    async def scope(self, query: Query | None, article_id: str = "") -> Scope:
        """The articles of a query, every one without; or the one."""

        def find() -> Scope:
            session = self._session
            if article_id:
                ids: Collection[str] = (article_id,)
            elif query is None:
                ids = session.searcher.ids()
            else:
                ids = session.searcher.matching_ids(replace(query, group=False))
            waiting = session.mentions.pending_ids(session.searcher.facts(), session.name_book)
            return Scope(tuple(sorted(ids)), len(set(waiting).intersection(ids)))

        return await self._on_index(find)

    async def timeline(
        self, ids: Collection[str], cancelled: threading.Event, progress: Progress
    ) -> Timeline:
        """The statements of articles. Raises Cancelled and KashafError."""
        rows = await self._aside(lambda: self._session.mentions.dates(ids=ids))
        sources = await self._sources({row.article_id for row in rows}, cancelled, progress)

        def gather() -> Timeline:
            from kashaf.entities.statements.timeline import timeline  # noqa: PLC0415 -- not before first paint

            return timeline(rows, sources.get, cancelled=self._stopped(cancelled))

        return await self._unless(cancelled, gather)

    async def claims(
        self, ids: Collection[str], cancelled: threading.Event, progress: Progress
    ) -> tuple[Claim, ...]:
        """Figures about the same thing in several of the articles. Raises Cancelled and KashafError."""
        session = self._session

        def sift() -> tuple[Candidates, list[Dated]]:
            from kashaf.entities.statements.claims import candidates  # noqa: PLC0415 -- not before first paint

            store = session.mentions
            counted, named = store.quantities(ids=ids), store.named(ids=ids)
            found = candidates(counted, named, story=session.stories().leader)
            return found, store.dates(ids=found.ids)

        found, dated = await self._unless(cancelled, sift)
        sources = await self._sources(found.ids, cancelled, progress)

        def group() -> tuple[Claim, ...]:
            from kashaf.entities.statements.claims import claims_of  # noqa: PLC0415 -- not before first paint

            return claims_of(found, dated, sources.get, cancelled=self._stopped(cancelled))

        return await self._unless(cancelled, group)

    async def article(self, article_id: str) -> Article:
        return await self._on_index(lambda: self._session.searcher.article(article_id))

    async def _sources(
        self, ids: Collection[str], cancelled: threading.Event, progress: Progress
    ) -> dict[str, Source]:
        """The articles, fetched some at a time, so that a search never waits long."""
        wanted, found = sorted(ids), dict[str, Source]()
        stories = self._session.stories()

        def fetch(part: Collection[str]) -> None:
            from kashaf.entities.statements.sources import source_of  # noqa: PLC0415 -- not before first paint

            for id_ in part:
                try:
                    found[id_] = source_of(self._session.searcher.article(id_), stories.leader(id_))
                except NotFound:
                    continue  # removed since it was read

        for at in range(0, len(wanted), _CHUNK):
            self._check(cancelled)
            progress(at, len(wanted))
            part = wanted[at : at + _CHUNK]
            await self._on_index(lambda part=part: fetch(part))  # type: ignore[misc]  # mypy: a default in a lambda
        progress(len(wanted), len(wanted))
        return found

    async def _unless(self, cancelled: threading.Event, work: Callable[[], T]) -> T:
        answer = await self._aside(work)
        self._check(cancelled)
        return answer

    async def _aside(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._own, work)

    def _check(self, cancelled: threading.Event) -> None:
        if cancelled.is_set() or self._stop.is_set():
            raise Cancelled("stopped")

    def _stopped(self, cancelled: threading.Event) -> Callable[[], bool]:
        return lambda: cancelled.is_set() or self._stop.is_set()

    def close(self) -> None:
        """Stop, and let the thread end."""
        self._stop.set()
        self._own.shutdown(wait=True)
