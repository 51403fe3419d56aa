"""More like this: articles that share the words which set one article apart.

The article's stems are weighted as BM25 weights the words of a document (Robertson and Zaragoza, "The Probabilistic
Relevance Framework", 2009) with Lucene's idf, and the heaviest become a query (Rocchio's idea, as in Lucene's
MoreLikeThis). Words of the title and of the first paragraph count more, stop words and bare numbers not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import log
from typing import TYPE_CHECKING, Final

import numpy as np

from kashaf.corpus.article import Article
from kashaf.errors import Cancelled
from kashaf.text.stopwords import STOP_WORDS
from kashaf.text.tokens import tokenise
from kashaf_index.analysis import RUNGS, SEPARATOR, STEM, ladder
from kashaf_index.matching.postings import begun
from kashaf_index.matching.ranking import K1, B
from kashaf_index.matching.tallies import Occurrences, tally
from kashaf_index.matching.topk import ranked
from kashaf_index.reading import IndexReader
from kashaf_index.search import Searcher

if TYPE_CHECKING:
    from numpy.typing import NDArray

TERMS: Final = 25
_TITLE, _LEAD, _BODY = 3, 2, 1
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A stem that sets the article apart: its commonest spelling there, its weight, and the articles that have it."""

    word: str
    stem: str
    weight: float
    articles: int


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """An article that shares terms, the heaviest first by what they add to its score."""

    id: str
    title: str
    outlet: str | None
    published: date | None
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """terms: what was looked for, the heaviest first. total: articles that have any of them, without the first."""

    terms: tuple[Term, ...]
    hits: tuple[SimilarHit, ...]
    total: int


def similar(
    searcher: Searcher, article_id: str, limit: int = 20, cancelled: Callable[[], bool] = lambda: False
) -> Similar:
    """The articles most like this one, without itself; equal ones by id. `article_id` may be a beginning.

    Raises NotFound, UsageError as `Searcher.resolve` does, and Cancelled.
    """
    article = searcher.article(article_id)
    with searcher.reading() as reader:
        found = _ranked(reader, article, limit, cancelled)
        hits = tuple(
            _hit(reader.article(doc), score, found.shared(doc))
            for doc, score in zip(found.docs.tolist(), found.scores.tolist(), strict=True)
        )
    return Similar(tuple(one.term for one in found.gains), hits, found.total)


def similar_ids(
    searcher: Searcher, article_id: str, limit: int = 100, cancelled: Callable[[], bool] = lambda: False
) -> tuple[str, ...]:
    """Only the ids of `similar`, without reading any of those articles."""
    article = searcher.article(article_id)
    with searcher.reading() as reader:
        found = _ranked(reader, article, limit, cancelled)
        return tuple(map(reader.id, found.docs.tolist()))


@dataclass(frozen=True, slots=True)
class _Gain:
    """What a term adds to the score of each document that has it. docs: ascending."""

    term: Term
    docs: NDArray[np.int64]
    added: NDArray[np.float64]

    def to(self, doc: int) -> float:
        """What it adds to one document's; 0 for one that has it not."""
        at = int(np.searchsorted(self.docs, doc))
        return float(self.added[at]) if at < len(self.docs) and self.docs[at] == doc else 0.0


@dataclass(frozen=True, slots=True)
class _Ranked:
    """gains: by term, the heaviest first. docs, scores: the first of those that have any. total: all of them."""

    gains: list[_Gain]
    docs: NDArray[np.int64]
    scores: NDArray[np.float64]
    total: int

    def shared(self, doc: int) -> tuple[str, ...]:
        """The terms that a document has, the most telling first."""
        added = {one.term.word: gain for one in self.gains if (gain := one.to(doc))}
        return tuple(sorted(added, key=lambda word: (-added[word], word)))


def _ranked(reader: IndexReader, article: Article, limit: int, cancelled: Callable[[], bool]) -> _Ranked:
    """The article's terms, what they give every other document, and those documents, the most like it first."""
    terms: list[tuple[Term, Occurrences]] = []
    for word, stem, count in _counted(article):
        if cancelled():
            raise Cancelled
        (held,) = tally(reader.size, [begun(reader, "text", SEPARATOR.join([*stem, ""]).encode())]).rungs
        frequency = held.frequency
        # What no other article has finds none.
        if frequency > 1:
            idf = log(1 + (reader.count - frequency + 0.5) / (frequency + 0.5))
            terms.append((Term(word, stem[-1], idf * count * (K1 + 1) / (count + K1), frequency), held))
    terms.sort(key=lambda item: (-item[0].weight, item[0].stem))
    average = reader.average_length or 1.0
    scores = np.zeros(reader.size)
    gains: list[_Gain] = []
    for term, held in terms[:TERMS]:
        docs = held.found()
        occurrences = held.counts if held.docs is not None else held.counts.take(docs)
        norm = K1 * (1 - B + B * reader.lengths[docs] / average)
        gains.append(_Gain(term, docs, term.weight * occurrences * (K1 + 1) / (occurrences + norm)))
        scores[docs] += gains[-1].added
    scores[reader.find(article.id)] = 0.0
    found = np.flatnonzero(scores)
    return _Ranked(gains, *ranked(reader, found, scores[found], 0, limit), len(found))


def _hit(article: Article, score: float, shared: tuple[str, ...]) -> SimilarHit:
    return SimilarHit(
        id=article.id,
        title=article.metadata.title,
        outlet=article.metadata.outlet,
        published=article.metadata.published,
        score=score,
        shared=shared,
    )


def _counted(article: Article) -> list[tuple[str, tuple[str, ...], int]]:
    """Each stem of the article with its wider readings, its commonest spelling, and how often it counts."""
    lead_end = article.text.find("\n", article.body_start)
    lead_end = len(article.text) if lead_end < 0 else lead_end
    counts: Counter[tuple[str, ...]] = Counter()
    spellings: dict[tuple[str, ...], Counter[str]] = {}
    for token in tokenise(article.text):
        reading = ladder(token.exact)
        if reading.folded in STOP_WORDS or len(reading.folded) < _SHORTEST or reading.folded.isdecimal():
            continue
        stem = reading[: len(RUNGS) - STEM]
        in_title, in_lead = token.start < article.body_start, token.start < lead_end
        counts[stem] += _TITLE if in_title else _LEAD if in_lead else _BODY
        spellings.setdefault(stem, Counter())[token.exact] += 1
    return [
        (min(spellings[stem].items(), key=lambda item: (-item[1], item[0]))[0], stem, count)
        for stem, count in counts.items()
    ]
