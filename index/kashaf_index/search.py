"""Search over one opened generation: queries in, hits with their reasons out."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from kashaf.corpus.article import Article
from kashaf.errors import Cancelled, IndexDamaged, NotFound, UsageError
from kashaf_index.analysis import EXACT, RUNGS, STEM
from kashaf_index.evaluate import Evaluator
from kashaf_index.highlight import Found, Highlighter, merged_spans
from kashaf_index.model import Hit, Query, Results, Rung, Why
from kashaf_index.opening import checked_manifest, current_generation
from kashaf_index.query.compile import Plan, Unit, compile_query, positive_units
from kashaf_index.query.parser import parse
from kashaf_index.ranking import scores
from kashaf_index.reading import IndexReader
from kashaf_index.snippets import snippets

if TYPE_CHECKING:
    from types import TracebackType

_DIGITS: Final = 6


class Searcher:
    """One generation, opened once and used many times, from any thread, one call at a time.

    It goes on answering from its generation when a newer one is written. Every method that reads raises
    IndexDamaged when the files are not what was written.
    """

    def __init__(self, generation: str, created: str, reader: IndexReader) -> None:
        self.generation = generation
        self.created = created  # ISO 8601 UTC
        self._reader = reader
        self._evaluator = Evaluator(reader)
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

        Raises UsageError for a date that is none, and Cancelled soon after `cancelled` turned true.
        """
        started = time.perf_counter()
        with self._lock:
            plan, warnings = _plan(query)
            if plan is None:
                return Results(query, 0, dict.fromkeys(RUNGS, 0), (), time.perf_counter() - started, warnings)
            matching = self._matching(plan, query, cancelled)
            docs = matching[RUNGS.index(query.rung)]
            order, score = self._order(plan, query, docs, cancelled)
            page = order[query.offset : query.offset + query.limit]
            hits = self._hits(plan, matching, page, score, cancelled)
            facets = self._facets(docs) if query.facets else None
        counts: dict[Rung, int] = {rung: len(found) for rung, found in zip(RUNGS, matching, strict=True)}
        return Results(query, len(docs), counts, hits, time.perf_counter() - started, warnings, facets)

    def matching_ids(self, query: Query, cancelled: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
        """All ids that the query matches at its rung, in its order; limit and offset are not looked at."""
        with self._lock:
            plan, _ = _plan(query)
            if plan is None:
                return ()
            docs = self._matching(plan, query, cancelled)[RUNGS.index(query.rung)]
            return tuple(self._reader.ids[doc] for doc in self._order(plan, query, docs, cancelled)[0])

    def occurrences(self, article: Article, query: Query) -> list[Found]:
        """Every place in the article where a term of the query matches at the query's rung, in the text's order.

        A hit's own spans are those of the narrowest rung; a reader shows these.
        """
        plan, _ = _plan(query)
        units = _units(plan) if plan else ()
        return Highlighter(units).find(article, RUNGS.index(query.rung))

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
            return list(self._facets(self._reader.live)["outlet"])

    # Steps of a search

    def _matching(self, plan: Plan, query: Query, cancelled: Callable[[], bool]) -> tuple[Set[int], ...]:
        """Documents that match, for each rung."""
        found = [self._evaluator.docs(plan, rung, cancelled) for rung in range(len(RUNGS))]
        if query.ids is not None:
            numbers = self._reader.numbers
            only = frozenset(numbers[known] for known in query.ids if known in numbers)
            found = [docs & only for docs in found]
        return tuple(found)

    def _order(
        self, plan: Plan, query: Query, docs: Set[int], cancelled: Callable[[], bool]
    ) -> tuple[list[int], Mapping[int, float]]:
        score = scores(self._evaluator, _units(plan), docs, cancelled)
        ids, dates = self._reader.ids, self._reader.dates
        if query.sort == "date":
            # Undated articles have the date 0: they come last.
            return sorted(docs, key=lambda doc: (-dates[doc], ids[doc])), score
        return sorted(docs, key=lambda doc: (-round(score[doc], _DIGITS), ids[doc])), score

    def _hits(
        self,
        plan: Plan,
        matching: tuple[Set[int], ...],
        page: list[int],
        score: Mapping[int, float],
        cancelled: Callable[[], bool],
    ) -> tuple[Hit, ...]:
        units = _units(plan)
        highlighter = Highlighter(units)
        hits: list[Hit] = []
        for doc in page:
            if cancelled():
                raise Cancelled
            rung = next((rung for rung in range(EXACT, STEM) if doc in matching[rung]), STEM)
            article = self._reader.article(doc)
            found = highlighter.find(article, rung)
            hits.append(
                Hit(
                    id=article.id,
                    title=article.title,
                    outlet=article.metadata.outlet,
                    published=article.metadata.published,
                    path=article.provenance.path,
                    score=round(score[doc], _DIGITS),
                    rung=RUNGS[rung],
                    why=_why(article, units, found),
                    snippets=snippets(article.text, article.body_start, found),
                    spans=merged_spans(found),
                )
            )
        return tuple(hits)

    def _facets(self, docs: Set[int]) -> dict[str, tuple[tuple[str, int], ...]]:
        names, dates = self._reader.outlets, self._reader.dates
        outlets = Counter(names[doc] for doc in docs if names[doc])
        months = Counter(dates[doc] // 100 for doc in docs if dates[doc])
        return {
            "outlet": tuple(sorted(outlets.items(), key=lambda item: (-item[1], item[0]))),
            "month": tuple(
                (f"{month // 100:04d}-{month % 100:02d}", n) for month, n in sorted(months.items())
            ),
        }


def _plan(query: Query) -> tuple[Plan | None, tuple[str, ...]]:
    parsed = parse(query.text)
    return (compile_query(parsed.root, query.match) if parsed.root else None), parsed.warnings


def _units(plan: Plan) -> tuple[Unit, ...]:
    return tuple(dict.fromkeys(positive_units(plan)))


def _why(article: Article, units: tuple[Unit, ...], found: list[Found]) -> tuple[Why, ...]:
    reasons: dict[tuple[int, str], dict[str, None]] = {}
    for occurrence in sorted(found, key=lambda one: (one.unit, one.rung, one.rule)):
        words = reasons.setdefault((occurrence.unit, occurrence.rule), {})
        words[article.text[occurrence.start : occurrence.end]] = None
    return tuple(Why(units[unit].label, tuple(words), rule) for (unit, rule), words in reasons.items())
