"""Search over one opened generation: queries in, hits with their reasons out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from kashaf.corpus.article import Article
from kashaf.errors import Cancelled, IndexDamaged, NotFound, UsageError
from kashaf.said import said
from kashaf_index.analysis import EXACT, ROOT, RUNGS
from kashaf_index.found import Found
from kashaf_index.grouping import Grouping
from kashaf_index.highlight import Highlighter
from kashaf_index.hits import Highlighters, shown
from kashaf_index.joins import Joins
from kashaf_index.matching.counting import by_number, columns
from kashaf_index.matching.evaluate import Evaluator
from kashaf_index.matching.paging import by_date, page_of
from kashaf_index.matching.topk import DIGITS
from kashaf_index.model import Hit, Query, Results
from kashaf_index.opening import checked_manifest, current_generation
from kashaf_index.query.compile import compile_query
from kashaf_index.query.expansion import Expander
from kashaf_index.query.parser import parse
from kashaf_index.query.plan import AllOf, Joined, Match, Numbered, Plan, Unit, positive_units
from kashaf_index.reading import IndexReader

if TYPE_CHECKING:
    from types import TracebackType

    from numpy.typing import NDArray

    from kashaf.corpus.stories import Stories
    from kashaf_index.matching.evaluate import Masks

    Docs = NDArray[np.int64]
    Scores = NDArray[np.float64]

_SIMILAR: Final = 100  # articles that `similar:` stands for
_NAMED: Final = 5  # ids that an error names


@dataclass(frozen=True, slots=True)
class _Read:
    """A query ready to be answered. plan: None when nothing in it can be searched. units: its reasons for a hit."""

    plan: Plan | None
    units: tuple[Unit, ...]
    filters: tuple[Plan, ...]
    warnings: tuple[str, ...]
    notices: tuple[str, ...]


class Searcher:
    """One generation, opened once and used many times, from any thread, one call at a time.

    It goes on answering from its generation when a newer one is written. Every method that reads raises
    IndexDamaged when the files are not what was written, and every one that takes a query what `joins` raises.

    expander: knows variant spellings and aliases. joins: answers for entities, tags and notes. stories: gives the
    newest stories, the same object until they change. All may be changed at any time; without them a query goes
    without.
    """

    expander: Expander | None = None
    joins: Joins | None = None
    stories: Callable[[], Stories] | None = None

    def __init__(self, generation: str, created: str, reader: IndexReader) -> None:
        self.generation = generation
        self.created = created  # ISO 8601 UTC
        self._reader = reader
        self._evaluator = Evaluator(reader)
        self._grouping: Grouping | None = None
        self._lock = threading.RLock()
        self._asking = 0
        self._highlighters = Highlighters()

    @classmethod
    def open(cls, index_dir: Path) -> Self:
        """Open the current generation. Raises IndexMissing and IndexDamaged, each with its cure."""
        while True:
            pointed = current_generation(index_dir)
            try:
                manifest = checked_manifest(index_dir)
                reader = IndexReader.open(index_dir / manifest.generation, manifest)
            except IndexDamaged:
                # Two commits since the pointer was read take its generation away.
                if current_generation(index_dir) == pointed:
                    raise
            else:
                return cls(manifest.generation, manifest.created, reader)

    def close(self) -> None:
        with self._lock:
            self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Searching

    def search(self, query: Query, cancelled: Callable[[], bool] = lambda: False) -> Results:
        """Answer a query. Equal scores and dates are ordered by id, so results never depend on chance.

        Raises Cancelled soon after `cancelled` turned true.
        """
        started = time.perf_counter()
        with self._asked():
            read = self._read(query)
            matching = self._matching(read, query, cancelled)
            found = matching[RUNGS.index(query.rung)]
            docs = np.flatnonzero(found)
            page, score = page_of(self._evaluator, read.units, query, docs, self._grouped(query), cancelled)
            hits = self._hits(read, query, matching, page, score, cancelled)
            grouping = self._grouped(query)
            facets = columns(self._reader, docs, grouping) if query.facets and read.plan else None
            counts = dict(zip(RUNGS, self._counted(matching, grouping), strict=True))
        return Results(
            query,
            counts[query.rung],
            counts,
            hits,
            time.perf_counter() - started,
            read.warnings,
            facets,
            notices=read.notices,
            articles=len(docs),
        )

    def matching_ids(self, query: Query, cancelled: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
        """All ids that the query matches at its rung, in its order; limit and offset are not looked at.

        Where it groups, those of the hits: one a story.
        """
        with self._asked():
            read = self._read(query)
            docs = self._found(read, query, cancelled)
            everything = replace(query, offset=0, limit=len(docs))
            if query.sort == "date":
                order = by_date(self._reader, everything, docs, self._grouped(query))
            else:
                order = page_of(
                    self._evaluator, read.units, everything, docs, self._grouped(query), cancelled
                )[0]
            return tuple(self._reader.ids_of(order))

    def matching(self, query: Query, cancelled: Callable[[], bool] = lambda: False) -> Docs:
        """The documents that the query matches at its rung, ascending, for who reads columns of `reading`.

        Its limit, offset, sort and grouping are not looked at.
        """
        with self._asked():
            read = self._read(query)
            return self._found(read, query, cancelled)

    def ranking(self, query: Query, cancelled: Callable[[], bool] = lambda: False) -> list[tuple[str, float]]:
        """The ids of one page of hits, each with its score: for who wants no snippets."""
        with self._asked():
            read = self._read(query)
            docs = self._found(read, query, cancelled)
            page, score = page_of(self._evaluator, read.units, query, docs, self._grouped(query), cancelled)
            return list(zip(self._reader.ids_of(page), score.tolist(), strict=True))

    def forget(self) -> None:
        """Forget what earlier queries left in memory, but for what was read of the files."""
        with self._lock:
            self._evaluator.forget()

    def occurrences(self, article: Article, query: Query) -> list[Found]:
        """Every place in the article where a term of the query matches at the query's rung, in the text's order.

        A hit's own spans are those of the narrowest rung; a reader shows these.
        """
        return self.finder(query)(article)

    def finder(self, query: Query) -> Callable[[Article], list[Found]]:
        """`occurrences` for many articles: the query is read once, and each of their words judged once."""
        highlighter = self.highlighter(query)
        rung = RUNGS.index(query.rung)
        return lambda article: highlighter.find(article, rung)

    def highlighter(self, query: Query) -> Highlighter:
        """Finds the terms of a query in articles, at any rung; kept for the last queries."""
        with self._asked():
            return self._highlighters.of(self._read(query).units)

    @contextmanager
    def reading(self) -> Iterator[IndexReader]:
        """The opened files, while no other thread asks them anything."""
        with self._asked():
            yield self._reader

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """While the files are read. What they hold of memory is looked at when the outermost is done."""
        with self._lock:
            self._asking += 1
            try:
                yield
            finally:
                self._asking -= 1
                if not self._asking:
                    self._reader.trim()

    # Articles

    def article(self, article_id: str) -> Article:
        """The whole article by its id, or by a beginning of it that no other id shares.

        Raises NotFound, and UsageError for a beginning that several ids share.
        """
        with self._asked():
            return self._reader.article(self._reader.find(self.resolve(article_id)))

    def resolve(self, prefix: str) -> str:
        """The one id that begins so. Raises NotFound, and UsageError when there are several."""
        wanted = prefix.strip().casefold()
        with self._asked():
            if wanted and self._reader.find(wanted) >= 0:
                return wanted
            found = self._reader.beginning(wanted, _NAMED + 1) if wanted else []
            if len(found) > _NAMED:
                found = self._reader.beginning(wanted, self.count)
        if not found:
            raise NotFound(f"no article {prefix}", cure="`kashaf search` prints the ids of its hits")
        if len(found) > 1:
            some = ", ".join(found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
            raise UsageError(f"{len(found)} articles begin with {prefix}: {some}", cure="Give more of the id")
        return found[0]

    @property
    def count(self) -> int:
        """Articles in the index."""
        return self._reader.count

    def ids(self) -> frozenset[str]:
        with self._asked():
            return frozenset(self._reader.numbers)

    def revisions(self) -> dict[str, str]:
        """Article id to the SHA-256 of its text."""
        with self._asked():
            return dict(self._reader.texts)

    def facts(self) -> dict[str, tuple[str, str, str]]:
        """Article id to the SHA-256 of its text, its day in ISO 8601 and its outlet, or empty."""
        with self._asked():
            return dict(self._reader.facts)

    def outlets(self) -> list[tuple[str, int]]:
        """Outlets as articles name them, with their number of articles, the most first."""
        with self._asked():
            return list(by_number(self._reader.outlets.counted(self._reader.live)))

    def grouping(self) -> Grouping | None:
        """The stories joined to the documents that `reading` gives; None without any to join."""
        with self._lock:
            if (stories := self.stories() if self.stories else None) is None:
                return None
            if self._grouping is None or self._grouping.stories is not stories:
                self._grouping = Grouping(self._reader, stories)
            return self._grouping

    def _grouped(self, query: Query) -> Grouping | None:
        return self.grouping() if query.group else None

    def _not_compared(self) -> int:
        return max(0, self.count - (found.stories.articles if (found := self.grouping()) else 0))

    # Steps of a search

    def _read(self, query: Query) -> _Read:
        warnings: dict[str, None] = {}
        notices: dict[str, None] = {}

        def bound(text: str, match: Match) -> Plan | None:
            parsed = parse(text)
            warnings.update(dict.fromkeys(parsed.warnings))
            if parsed.root is None:
                return None
            plan = compile_query(parsed.root, match, self.expander)
            plan, said_of_it = self._evaluator.bind(plan, lambda one: self._joined(one, notices))
            notices.update(dict.fromkeys(said_of_it))
            return plan

        plan = bound(query.text, query.match)
        filters = tuple(made for text in query.filters if (made := bound(text, "all")) is not None)
        if query.group and (alone := self._not_compared()):
            notices[said("{n} articles have not been compared with others yet", n=alone)] = None
        units = tuple(dict.fromkeys(positive_units(plan))) if plan else ()
        return _Read(plan, units, filters, tuple(warnings), tuple(notices))

    def _joined(self, condition: Joined, notices: dict[str, None]) -> frozenset[int]:
        """The documents of a condition that the index cannot answer; what is odd about it goes into the notices."""
        field, value = condition.field, condition.value
        if field == "similar":
            from kashaf_index.similar import similar_ids  # noqa: PLC0415 -- it imports this module

            try:
                ids = frozenset(similar_ids(self, value, _SIMILAR))
            except (NotFound, UsageError) as error:
                notices[error.what] = None
                return frozenset()
        elif self.joins is None:
            notices[said("entities and notes cannot be asked for here")] = None
            return frozenset()
        else:
            ids = self.joins.ids(field, value)
            named = field in ("person", "place", "organization")
            if named and (unread := self.joins.unread(self._reader.facts)):
                notices[
                    said(
                        "{n} articles have not been read for names yet: what they name is not known", n=unread
                    )
                ] = None
            elif not ids and (named or field == "tag"):
                notices[said("no article is known for {field}:{value}", field=field, value=value)] = None
        return frozenset(self._reader.numbered(ids).tolist())

    def _found(self, read: _Read, query: Query, cancelled: Callable[[], bool]) -> Docs:
        """Documents that match at the query's rung, ascending."""
        (mask,) = self._matching(read, query, cancelled, (RUNGS.index(query.rung),))
        return np.flatnonzero(mask)

    def _matching(
        self,
        read: _Read,
        query: Query,
        cancelled: Callable[[], bool],
        rungs: Sequence[int] = range(len(RUNGS)),
    ) -> Masks:
        """Documents that match, for each rung."""
        if read.plan is None:
            return (np.zeros(self._reader.size, np.bool_),) * len(rungs)
        plan = AllOf((read.plan, *read.filters)) if read.filters else read.plan
        if query.ids is not None:
            plan = AllOf((plan, Numbered(frozenset(self._reader.numbered(query.ids).tolist()))))
        return self._evaluator.masks(plan, cancelled, rungs)

    def _counted(self, matching: Masks, grouping: Grouping | None) -> list[int]:
        """The articles of each rung, or the stories."""
        known: dict[int, int] = {}
        for mask in matching:
            if id(mask) not in known:
                known[id(mask)] = (
                    grouping.count(np.flatnonzero(mask)) if grouping else int(np.count_nonzero(mask))
                )
        return [known[id(mask)] for mask in matching]

    def _hits(
        self,
        read: _Read,
        query: Query,
        matching: Masks,
        page: Docs,
        score: Scores,
        cancelled: Callable[[], bool],
    ) -> tuple[Hit, ...]:
        grouping = self._grouped(query)
        articles: list[Article] = []
        for doc in page.tolist():
            if cancelled():
                raise Cancelled
            articles.append(self._reader.article(doc))
        rungs = [
            next((rung for rung in range(EXACT, ROOT) if matching[rung][doc]), ROOT) for doc in page.tolist()
        ]
        found = shown(self._highlighters.of(read.units), read.units, articles, rungs)
        return tuple(
            Hit(
                id=article.id,
                title=article.title,
                outlet=article.metadata.outlet,
                published=article.metadata.published,
                path=article.provenance.path,
                score=round(scored, DIGITS),
                rung=RUNGS[rung],
                why=one.why,
                snippets=one.snippets,
                spans=one.spans,
                story=grouping.of(doc) if grouping else None,
            )
            for doc, article, scored, rung, one in zip(
                page.tolist(), articles, score.tolist(), rungs, found, strict=True
            )
        )
