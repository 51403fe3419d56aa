"""How often a query matches, by outlet and by month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kashaf_index.contexts import Progress, nodes
from kashaf_index.matching.names import Names
from kashaf_index.model import Query
from kashaf_index.reading import IndexReader
from kashaf_index.search import Searcher

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kashaf_index.grouping import Grouping


@dataclass(frozen=True, slots=True)
class Share:
    """An outlet, or a month as `2025-11`; empty for the articles that state none.

    matches: of the query, in `articles` of its `all_articles`, which hold `words` tokens together.
    """

    name: str
    matches: int
    articles: int
    all_articles: int
    words: int

    @property
    def per_thousand_articles(self) -> float:
        """Matching articles of every thousand."""
        return 1000 * self.articles / self.all_articles if self.all_articles else 0.0

    @property
    def per_million_words(self) -> float:
        """Matches in every million tokens."""
        return 1_000_000 * self.matches / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Frequencies:
    """whole: all articles. outlets: every one of the index, the most matches first, then by name.

    months: every one with articles from the first with a match to the last, in order, then the undated.
    """

    whole: Share
    outlets: tuple[Share, ...]
    months: tuple[Share, ...]


def frequencies(
    searcher: Searcher,
    query: Query,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Progress = lambda _done, _total: None,
) -> Frequencies:
    """Count the query's matches and the articles that hold them. Raises as `Searcher.search` does.

    Where the query groups, a story counts as one article: once in all, and once in each outlet and month it is of.
    """
    found = nodes(searcher, replace(query, group=False), cancelled, progress)
    matches = {article.id: len(spans) for article, spans in found if spans}
    grouping = searcher.grouping() if query.group else None
    with searcher.reading() as reader:
        of_doc = np.zeros(reader.size, np.int64)
        for article_id, count in matches.items():
            of_doc[reader.find(article_id)] = count
        docs = np.flatnonzero(reader.live)
        if grouping:
            # Of a story, an article that matches stands for the others, of several the one seen first.
            docs = docs[np.lexsort((docs, grouping.order[docs], of_doc[docs] == 0))]
        whole = _shares(reader, None, docs, of_doc, grouping)
        outlets = _shares(reader, reader.outlets, docs, of_doc, grouping)
        months = _shares(reader, reader.months, docs, of_doc, grouping)
    with_matches = sorted(name for name, part in months.items() if name and part.articles)
    shown = [
        name
        for name in sorted(months)
        if with_matches and name and with_matches[0] <= name <= with_matches[-1]
    ]
    if "" in months:
        shown.append("")
    return Frequencies(
        whole.get("", Share("", 0, 0, 0, 0)),
        tuple(sorted(outlets.values(), key=lambda one: (-one.matches, one.name))),
        tuple(months[name] for name in shown),
    )


def _shares(
    reader: IndexReader,
    names: Names | None,
    docs: NDArray[np.int64],
    matches: NDArray[np.int64],
    grouping: Grouping | None,
) -> dict[str, Share]:
    """What each name has of the documents; of all together under no name without names. Of a story the first."""
    values = ("",) if names is None else names.values
    which = np.zeros(len(docs), np.int64) if names is None else names.ordinals[docs].astype(np.int64)
    if grouping:
        _, first = np.unique(grouping.story[docs] * len(values) + which, return_index=True)
        docs, which = docs[first], which[first]

    def summed(numbers: NDArray[np.int64]) -> list[int]:
        total = np.zeros(len(values), np.int64)
        np.add.at(total, which, numbers)
        return total.tolist()

    ones = np.ones(len(docs), np.int64)
    columns = (
        summed(matches[docs]),
        summed((matches[docs] > 0).astype(np.int64)),
        summed(ones),
        summed(reader.lengths[docs]),
    )
    return {
        name: Share(name, *numbers) for name, *numbers in zip(values, *columns, strict=True) if numbers[2]
    }
