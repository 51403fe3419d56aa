"""Where the explorer's slow reading is done: a thread for searches, one for facets and completions beside them, and
one for entity extraction in the background.

The interface awaits; nothing here knows a widget. One thread for searches, because a searcher answers one call at a
time, and because then no call overtakes another. Notes have a thread of their own in `desk`.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from kashaf.corpus.article import Article
from kashaf.entities.model import EntityRow, Reading
from kashaf.errors import KashafError
from kashaf_index.found import merged_spans
from kashaf_index.model import Query, Results, Rung
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.history import PastQuery, QueryHistory
    from kashaf_index.collocates import Collocates
    from kashaf_index.completion import Completion
    from kashaf_index.contexts import Progress
    from kashaf_index.explain import Explanation
    from kashaf_index.facets import FacetCounter, Facets
    from kashaf_index.frequencies import Frequencies
    from kashaf_index.kwic import Concordance, KwicLine
    from kashaf_tui.explorer.dating import Dating
    from kashaf_tui.explorer.names import Names
    from kashaf_tui.explorer.quoting import Quotes
    from kashaf_tui.explorer.storied import Member

T = TypeVar("T")
P = ParamSpec("P")

# Between two articles of background extraction the interface gets a turn.
_BREATH = 0.002
_FEW = 20  # articles that are read sooner than a process has started
_HISTORY = 200  # past queries that completion looks at
_NAMES = 3000  # and entities, the commonest
_OFFERED = 20


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
        self._aside = ThreadPoolExecutor(1, "aside")
        self._facets: FacetCounter | None = None
        self._named: list[EntityRow] = []
        self._named_of: tuple[int, int] | None = None
        self._stop = threading.Event()
        self._names: Names | None = None
        self._dating: Dating | None = None
        self._quotes: Quotes | None = None

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
        from kashaf_index.generations.manifest import read_pointer  # noqa: PLC0415 -- not before first paint

        session = self._session
        if read_pointer(session.workspace.index)[0] == session.searcher.generation:
            return None
        old, session.searcher = session.searcher, session.open_searcher()
        # Behind what is still counted over it.
        self._aside.submit(old.close)
        return self._open()

    async def search(self, query: Query, cancelled: threading.Event) -> Results:
        return await self._run(self._session_search, query, cancelled)

    def _session_search(self, query: Query, cancelled: threading.Event) -> Results:
        from kashaf_index.suggest import search_with_help  # noqa: PLC0415 -- not before first paint

        return search_with_help(self._session.searcher, query, self._stopped(cancelled))

    async def explain(self, query: Query, cancelled: threading.Event) -> Explanation:
        """Why a query finds nothing, and what would. Many searches: cancelled when there is another query."""

        def explain() -> Explanation:
            from kashaf_index.explain import explain  # noqa: PLC0415 -- not before first paint

            return explain(self._session.searcher, query, self._stopped(cancelled))

        return await self._run(explain)

    async def facets(
        self, query: Query, tags: Mapping[str, Collection[str]], cancelled: threading.Event
    ) -> Facets:
        """Counted on the side: the mentions of a corpus may take a while to read."""

        def count() -> Facets:
            from kashaf_index.facets import FacetCounter  # noqa: PLC0415 -- not before first paint

            if self._facets is None:
                self._facets = FacetCounter(self._session.mentions)
            return self._facets.count(self._session.searcher, query, tags, cancelled=self._stopped(cancelled))

        return await asyncio.get_running_loop().run_in_executor(self._aside, count)

    async def completions(
        self, text: str, caret: int, rung: Rung, cancelled: threading.Event
    ) -> tuple[tuple[Completion, PastQuery | None], ...]:
        """What may be meant at the caret; with each past query, when it was run and what it found."""

        def complete() -> tuple[tuple[Completion, PastQuery | None], ...]:
            from kashaf_index.completion import completions  # noqa: PLC0415 -- not before first paint

            past = self._history().recent(_HISTORY)
            stamp = self._session.mentions.stamp
            if stamp != self._named_of:
                self._named, self._named_of = self._session.mentions.table(limit=_NAMES), stamp
            stopped = self._stopped(cancelled)
            found = completions(
                self._session.searcher, text, caret, self._named, past, _OFFERED, rung=rung, cancelled=stopped
            )
            by_text = {one.text: one for one in reversed(past)}
            return tuple((one, by_text.get(one.text) if one.kind == "history" else None) for one in found)

        return await asyncio.get_running_loop().run_in_executor(self._aside, complete)

    async def remember(self, query: Query, articles: int) -> None:
        """Put a query into the history. Raises Locked and DiskTrouble."""

        def add() -> None:
            self._history().add(query.text, articles, rung=query.rung, match=query.match)

        await asyncio.get_running_loop().run_in_executor(self._aside, add)

    def _history(self) -> QueryHistory:
        from kashaf.history import QueryHistory  # noqa: PLC0415 -- not before first paint

        return QueryHistory(self._session.workspace.state)

    def _stopped(self, cancelled: threading.Event) -> Callable[[], bool]:
        return lambda: cancelled.is_set() or self._stop.is_set()

    async def concordance(
        self,
        query: Query,
        width: int,
        limit: int,
        cancelled: threading.Event,
        progress: Progress,
        early: list[KwicLine],
    ) -> Concordance:
        """Every match with `width` code points on each side; `early` takes them as they are found.

        `progress` is called on another thread, here and below.
        """

        def gather() -> Concordance:
            from kashaf_index.kwic import concordance  # noqa: PLC0415 -- not before first paint

            stopped = self._stopped(cancelled)
            return concordance(
                self._session.searcher,
                query,
                width,
                limit,
                cancelled=stopped,
                progress=progress,
                early=early,
            )

        return await self._run(gather)

    async def collocates(
        self, query: Query, window: int, limit: int, cancelled: threading.Event, progress: Progress
    ) -> Collocates:
        """Words within `window` of a match, by folded form."""

        def count() -> Collocates:
            from kashaf_index.collocates import collocates  # noqa: PLC0415 -- not before first paint

            stopped = self._stopped(cancelled)
            return collocates(
                self._session.searcher,
                query,
                window,
                window,
                limit=limit,
                cancelled=stopped,
                progress=progress,
            )

        return await self._run(count)

    async def frequencies(self, query: Query, cancelled: threading.Event, progress: Progress) -> Frequencies:
        """Matches by outlet and month."""

        def count() -> Frequencies:
            from kashaf_index.frequencies import frequencies  # noqa: PLC0415 -- not before first paint

            return frequencies(self._session.searcher, query, self._stopped(cancelled), progress)

        return await self._run(count)

    async def article(self, article_id: str) -> Article:
        return await self._run(lambda: self._session.searcher.article(article_id))

    async def story(self, article_id: str) -> tuple[Member, ...]:
        """The articles of the story that an article is one of; empty when it stands alone."""

        def find() -> tuple[Member, ...]:
            from kashaf_tui.explorer.storied import members  # noqa: PLC0415 -- not before first paint

            return members(self._session.searcher, self._session.stories(), article_id)

        return await self._run(find)

    async def hits(self, article: Article, query: Query) -> tuple[tuple[int, int], ...]:
        """Every match in the article at the query's rung, also those that a narrower rung explains."""
        return await self._run(lambda: merged_spans(self._session.searcher.occurrences(article, query)))

    async def reading(self, article: Article) -> Reading:
        """Who, when and how many the article says; read now if the background has not come to it."""

        def find() -> Reading:
            from kashaf_index.mentions import reading_of  # noqa: PLC0415 -- not before first paint

            return reading_of(article, self._session.mentions, self._session.name_book)

        return await self._run(find)

    @property
    def names(self) -> Names:
        """What is asked and decided about names."""
        if self._names is None:
            from kashaf_tui.explorer.names import Names  # noqa: PLC0415 -- not before first paint

            self._names = Names(self._session, self._run)
        return self._names

    @property
    def quotes(self) -> Quotes:
        """Who said what."""
        if self._quotes is None:
            from kashaf_tui.explorer.quoting import Quotes  # noqa: PLC0415 -- not before first paint

            self._quotes = Quotes(self._session, self._run)
        return self._quotes

    @property
    def dating(self) -> Dating:
        """What is said of when, and figures side by side."""
        if self._dating is None:
            from kashaf_tui.explorer.dating import Dating  # noqa: PLC0415 -- not before first paint

            self._dating = Dating(self._session, self._run)
        return self._dating

    async def name_problems(self) -> tuple[KashafError, ...]:
        """What is wrong with the files of the name book; the last good ones are used meanwhile."""
        return await self._run(lambda: self._session.name_problems)

    async def entity_table(self, limit: int) -> list[EntityRow]:
        return await self._run(lambda: self._session.mentions.table(limit=limit))

    async def read_entities(self, on_progress: Callable[[int, int], None]) -> None:
        """Read what is pending, in the background; many articles in a process of their own, which ends with us."""

        def read() -> None:
            from kashaf_index.mentions import pending, update_in_child, update_mentions  # noqa: PLC0415
            from kashaf_index.search import Searcher  # noqa: PLC0415

            def breathe(done: int, total: int) -> None:
                on_progress(done, total)
                time.sleep(_BREATH)

            session = self._session
            with Searcher.open(session.workspace.index) as searcher:
                if pending(searcher, session.mentions, session.name_book) <= _FEW:
                    update_mentions(searcher, session.mentions, session.name_book, breathe, self._stop.is_set)
                    return
            update_in_child(session.workspace, on_progress, self._stop.is_set)

        await asyncio.get_running_loop().run_in_executor(self._background, read)

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._index, lambda: work(*args, **kwargs))

    def close(self) -> None:
        """Stop the background and let the threads end."""
        self._stop.set()
        if self._names is not None:
            self._names.close()
        if self._dating is not None:
            self._dating.close()
        self._background.shutdown(wait=True)
        self._index.shutdown(wait=True)
        self._aside.shutdown(wait=True)
