"""Where the explorer's slow reading is done: one thread for the index, one for entity extraction in the background.

The interface awaits; nothing here knows a widget. One thread for the index, because Whoosh's searcher does not profit
from two, and because then no call overtakes another. Notes have a thread of their own in `desk`.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar

from kashaf.corpus.article import Article
from kashaf.entities.model import EntityRow, Mention
from kashaf_index.highlight import merged_spans
from kashaf_index.model import Query, Results
from kashaf_tui.session import Session

T = TypeVar("T")
P = ParamSpec("P")

# Between two articles of background extraction the interface gets a turn.
_BREATH = 0.002


@dataclass(frozen=True, slots=True)
class Opened:
    """What there is to explore."""

    articles: int
    generation_time: str


class Engine:
    """The searcher behind the explorer."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._index = ThreadPoolExecutor(1, "index")
        self._background = ThreadPoolExecutor(1, "entities")
        self._stop = threading.Event()

    async def open(self) -> Opened:
        """Open the index. Raises IndexMissing or IndexDamaged."""
        return await self._run(self._open)

    def _open(self) -> Opened:
        searcher = self._session.searcher
        created = datetime.fromisoformat(searcher.created).astimezone()
        return Opened(searcher.count, f"{created:%Y-%m-%d %H:%M}")

    async def renew(self) -> Opened | None:
        """Open the newer index that another process has written; None when there is none."""
        return await self._run(self._renew)

    def _renew(self) -> Opened | None:
        from kashaf_index.opening import current_generation  # noqa: PLC0415 -- not before first paint
        from kashaf_index.search import Searcher  # noqa: PLC0415

        session = self._session
        if current_generation(session.workspace.index).name == session.searcher.generation:
            return None
        old, session.searcher = session.searcher, Searcher.open(session.workspace.index)
        old.close()
        return self._open()

    async def search(self, query: Query, cancelled: threading.Event) -> Results:
        return await self._run(self._session_search, query, cancelled)

    def _session_search(self, query: Query, cancelled: threading.Event) -> Results:
        return self._session.searcher.search(query, cancelled.is_set)

    async def article(self, article_id: str) -> Article:
        return await self._run(lambda: self._session.searcher.article(article_id))

    async def hits(self, article: Article, query: Query) -> tuple[tuple[int, int], ...]:
        """Every match in the article at the query's rung, also those that a narrower rung explains."""
        return await self._run(lambda: merged_spans(self._session.searcher.occurrences(article, query)))

    async def mentions(self, article: Article) -> tuple[Mention, ...]:
        """The article's mentions, extracted now if the background has not come to it."""

        def find() -> tuple[Mention, ...]:
            from kashaf_index.mentions import mentions_of  # noqa: PLC0415 -- not before first paint

            return mentions_of(article, self._session.mentions, self._session.name_book)

        return await self._run(find)

    async def entity_table(self, limit: int) -> list[EntityRow]:
        return await self._run(lambda: self._session.mentions.table(limit=limit))

    async def read_entities(self, on_progress: Callable[[int, int], None]) -> None:
        """Extract what is pending, in the background, on a searcher of its own."""

        def read() -> None:
            from kashaf_index.mentions import update_mentions  # noqa: PLC0415
            from kashaf_index.search import Searcher  # noqa: PLC0415

            def breathe(done: int, total: int) -> None:
                on_progress(done, total)
                time.sleep(_BREATH)

            searcher = Searcher.open(self._session.workspace.index)
            try:
                update_mentions(
                    searcher, self._session.mentions, self._session.name_book, breathe, self._stop.is_set
                )
            finally:
                searcher.close()

        await asyncio.get_running_loop().run_in_executor(self._background, read)

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._index, lambda: work(*args, **kwargs))

    def close(self) -> None:
        """Stop the background and let the threads end."""
        self._stop.set()
        self._background.shutdown(wait=True)
        self._index.shutdown(wait=True)
