"""Search over one opened generation: queries in, hits with their reasons out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from kashaf.corpus.article import Article
from kashaf.errors import Cancelled, IndexDamaged, NotFound, UsageError
from kashaf.said import said
from kashaf_index.analysis import EXACT, ROOT, RUNGS
from kashaf_index.evaluate import Evaluator
from kashaf_index.grouping import Grouping, columns
from kashaf_index.highlight import Found, Highlighter, merged_spans
from kashaf_index.joins import Joins
from kashaf_index.model import Hit, Query, Results, Rung, Why
from kashaf_index.opening import checked_manifest, current_generation
from kashaf_index.query.compile import compile_query
from kashaf_index.query.expansion import Expander
from kashaf_index.query.parser import parse
from kashaf_index.query.plan import Joined, Match, Plan, Unit, positive_units
from kashaf_index.ranking import recent, scores
from kashaf_index.reading import IndexReader
from kashaf_index.snippets import snippets

if TYPE_CHECKING:
    from types import TracebackType

    from kashaf.corpus.stories import Stories

_DIGITS: Final = 6
_SIMILAR: Final = 100  # articles that `similar:` stands for


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

    @classmethod
    def open(cls, index_dir: Path) -> Self:
        """Open the current generation. Raises IndexMissing and IndexDamaged, each with its cure."""
        while True:
            pointed = current_generation(index_dir)
            try:
                manifest = checked_manifest(index_dir)
                reader = IndexReader.open(index_dir / manifest.generation)
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
        with self._lock:
            read = self._read(query)
            matching = self._matching(read, query, cancelled)
            docs = matching[RUNGS.index(query.rung)]
            page, score = self._page(read, query, docs, cancelled)
            hits = self._hits(read, query, matching, page, score, cancelled)
            grouping = self._grouped(query)
            facets = columns(self._reader, docs, grouping) if query.facets and read.plan else None
            count = grouping.count if grouping else len
            counts: dict[Rung, int] = {
                rung: count(found) for rung, found in zip(RUNGS, matching, strict=True)
            }
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
        with self._lock:
            read = self._read(query)
            docs = self._matching(read, query, cancelled)[RUNGS.index(query.rung)]
            everything = replace(query, offset=0, limit=len(docs))
            dated = query.sort == "date"
            order = self._by_date(docs, query) if dated else self._page(read, everything, docs, cancelled)[0]
            return tuple(self._reader.ids[doc] for doc in order)

    def ranking(self, query: Query, cancelled: Callable[[], bool] = lambda: False) -> list[tuple[str, float]]:
        """The ids of one page of hits, each with its score: for who wants no snippets."""
        with self._lock:
            read = self._read(query)
            docs = self._matching(read, query, cancelled)[RUNGS.index(query.rung)]
            page, score = self._page(read, query, docs, cancelled)
            return [(self._reader.ids[doc], score[doc]) for doc in page]

    def occurrences(self, article: Article, query: Query) -> list[Found]:
        """Every place in the article where a term of the query matches at the query's rung, in the text's order.

        A hit's own spans are those of the narrowest rung; a reader shows these.
        """
        return self.finder(query)(article)

    def finder(self, query: Query) -> Callable[[Article], list[Found]]:
        """`occurrences` for many articles: the query is read once, and each of their words judged once."""
        with self._lock:
            highlighter = Highlighter(self._read(query).units)
        rung = RUNGS.index(query.rung)
        return lambda article: highlighter.find(article, rung)

    @contextmanager
    def reading(self) -> Iterator[IndexReader]:
        """The opened files, while no other thread asks them anything."""
        with self._lock:
            yield self._reader

    # Articles

    def article(self, article_id: str) -> Article:
        """The whole article by its id, or by a beginning of it that no other id shares.

        Raises NotFound, and UsageError for a beginning that several ids share.
        """
        with self._lock:
            return self._reader.article(self._reader.numbers[self.resolve(article_id)])

    def resolve(self, prefix: str) -> str:
        """The one id that begins so. Raises NotFound, and UsageError when there are several."""
        with self._lock:
            numbers = self._reader.numbers
        wanted = prefix.strip().casefold()
        if wanted in numbers:
            return wanted
        found = sorted(known for known in numbers if known.startswith(wanted)) if wanted else []
        if not found:
            raise NotFound(f"no article {prefix}", cure="`kashaf search` prints the ids of its hits")
        if len(found) > 1:
            some = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
            raise UsageError(f"{len(found)} articles begin with {prefix}: {some}", cure="Give more of the id")
        return found[0]

    @property
    def count(self) -> int:
        """Articles in the index."""
        return len(self._reader.live)

    def ids(self) -> frozenset[str]:
        with self._lock:
            return frozenset(self._reader.numbers)

    def revisions(self) -> dict[str, str]:
        """Article id to the SHA-256 of its text."""
        with self._lock:
            return {known: revision.text_sha256 for known, revision in self._reader.revisions().items()}

    def outlets(self) -> list[tuple[str, int]]:
        """Outlets as articles name them, with their number of articles, the most first."""
        with self._lock:
            return list(columns(self._reader, self._reader.live, None)["outlet"])

    def grouping(self) -> Grouping | None:
        """The stories joined to the documents that `reading` gives; None without any to join."""
        with self._lock:
            stories = self.stories() if self.stories else None
            if stories is None:
                return None
            if self._grouping is None or self._grouping.stories is not stories:
                self._grouping = Grouping(self._reader, stories)
            return self._grouping

    def _grouped(self, query: Query) -> Grouping | None:
        return self.grouping() if query.group else None

    def _not_compared(self) -> int:
        grouping = self.grouping()
        return max(0, self.count - (grouping.stories.articles if grouping else 0))

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
            if named and (unread := self.joins.unread(self.revisions())):
                notices[
                    said(
                        "{n} articles have not been read for names yet: what they name is not known", n=unread
                    )
                ] = None
            elif not ids and (named or field == "tag"):
                notices[said("no article is known for {field}:{value}", field=field, value=value)] = None
        numbers = self._reader.numbers
        return frozenset(numbers[known] for known in ids if known in numbers)

    def _matching(self, read: _Read, query: Query, cancelled: Callable[[], bool]) -> tuple[Set[int], ...]:
        """Documents that match, for each rung."""
        if read.plan is None:
            return tuple(frozenset() for _ in RUNGS)
        required = (read.plan, *read.filters)
        found: list[Set[int]] = [
            frozenset.intersection(
                *(frozenset(self._evaluator.docs(plan, rung, cancelled)) for plan in required)
            )
            for rung in range(len(RUNGS))
        ]
        if query.ids is not None:
            numbers = self._reader.numbers
            only = frozenset(numbers[known] for known in query.ids if known in numbers)
            found = [docs & only for docs in found]
        return tuple(found)

    def _page(
        self, read: _Read, query: Query, docs: Set[int], cancelled: Callable[[], bool]
    ) -> tuple[list[int], Mapping[int, float]]:
        """The page of the documents that is asked for, and the score of each. By date, no other is scored."""
        page = slice(query.offset, query.offset + query.limit)
        if query.sort == "date":
            dated = self._by_date(docs, query)[page]
            return dated, scores(self._evaluator, read.units, frozenset(dated), cancelled)
        score: Mapping[int, float] = scores(self._evaluator, read.units, docs, cancelled)
        ids = self._reader.ids
        if query.sort == "recency":
            score = recent(score, self._reader.dates)
        score = {doc: round(value, _DIGITS) for doc, value in score.items()}
        if grouping := self._grouped(query):
            docs = grouping.firsts(docs, score)
        return sorted(docs, key=lambda doc: (-score[doc], ids[doc]))[page], score

    def _by_date(self, docs: Set[int], query: Query) -> list[int]:
        """The newest first. Undated articles have the date 0: they come last."""
        ids, dates = self._reader.ids, self._reader.dates
        if grouping := self._grouped(query):
            docs = grouping.firsts(docs)
        return sorted(docs, key=lambda doc: (-dates[doc], ids[doc]))

    def _hits(
        self,
        read: _Read,
        query: Query,
        matching: tuple[Set[int], ...],
        page: list[int],
        score: Mapping[int, float],
        cancelled: Callable[[], bool],
    ) -> tuple[Hit, ...]:
        highlighter = Highlighter(read.units)
        grouping = self._grouped(query)
        hits: list[Hit] = []
        for doc in page:
            if cancelled():
                raise Cancelled
            rung = next((rung for rung in range(EXACT, ROOT) if doc in matching[rung]), ROOT)
            article = self._reader.article(doc)
            found = highlighter.find(article, rung)
            author = article.metadata.author or ""
            hits.append(
                Hit(
                    id=article.id,
                    title=article.title,
                    outlet=article.metadata.outlet,
                    published=article.metadata.published,
                    path=article.provenance.path,
                    score=round(score[doc], _DIGITS),
                    rung=RUNGS[rung],
                    why=(
                        *_why(article.text, read.units, found),
                        *_why(author, read.units, highlighter.in_author(author, rung)),
                    ),
                    snippets=snippets(article.text, article.body_start, found),
                    spans=merged_spans(found),
                    story=grouping.of(doc) if grouping else None,
                )
            )
        return tuple(hits)


def _why(text: str, units: tuple[Unit, ...], found: list[Found]) -> tuple[Why, ...]:
    reasons: dict[tuple[int, str], dict[str, None]] = {}
    for occurrence in sorted(found, key=lambda one: (one.unit, one.rung, one.rule)):
        words = reasons.setdefault((occurrence.unit, occurrence.rule), {})
        if units[occurrence.unit].parts:
            words[" … ".join(text[start:end] for start, end in occurrence.words)] = None
        else:
            words[text[occurrence.start : occurrence.end]] = None
    return tuple(Why(units[unit].label, tuple(words), rule) for (unit, rule), words in reasons.items())
