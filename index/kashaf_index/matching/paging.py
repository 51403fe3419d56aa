"""Which hits are on a page, in what order, and with what scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kashaf_index.matching.evaluate import Evaluator
from kashaf_index.matching.ranking import recent, scores
from kashaf_index.matching.topk import ordered, ranked, rounded
from kashaf_index.query.plan import Unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kashaf_index.grouping import Grouping
    from kashaf_index.model import Query
    from kashaf_index.reading import IndexReader

    Docs = NDArray[np.int64]
    Scores = NDArray[np.float64]


def page_of(
    evaluator: Evaluator,
    units: Sequence[Unit],
    query: Query,
    docs: Docs,
    grouping: Grouping | None,
    cancelled: Callable[[], bool],
) -> tuple[Docs, Scores]:
    """The page of `docs` that the query asks for, and the score of each; by date, no other is scored.

    docs: ascending. Raises Cancelled and IndexDamaged.
    """
    reader = evaluator.reader
    start, stop = query.offset, query.offset + query.limit
    if start >= min(len(docs), stop):
        return docs[:0], np.zeros(0)
    if query.sort == "date":
        dated = by_date(reader, query, docs, grouping)
        order = np.argsort(dated)
        score = np.empty(len(dated))
        score[order] = scores(evaluator, units, dated[order], cancelled)
        return dated, score
    score = scores(evaluator, units, docs, cancelled)
    if query.sort == "recency":
        known, which = reader.days
        score = recent(score, known, which[docs])
    if grouping:
        score = rounded(score)
        chosen = grouping.firsts(docs, score)
        return ordered(reader, docs[chosen], score[chosen], start, stop)
    return ranked(reader, docs, score, start, stop)


def by_date(reader: IndexReader, query: Query, docs: Docs, grouping: Grouping | None) -> Docs:
    """The page of the newest first. Undated articles have the date 0: they come last."""
    if grouping:
        docs = docs[grouping.firsts(docs)]
    dates = reader.dates[docs].astype(np.float64)
    return ordered(reader, docs, dates, query.offset, query.offset + query.limit)[0]
