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
from typing import Final

from kashaf.corpus.article import Article
from kashaf.errors import Cancelled
from kashaf.text.stopwords import STOP_WORDS
from kashaf.text.tokens import tokenise
from kashaf_index.analysis import RUNGS, SEPARATOR, STEM, ladder
from kashaf_index.ranking import K1, B
from kashaf_index.reading import IndexReader
from kashaf_index.search import Searcher

TERMS: Final = 25
_TITLE, _LEAD, _BODY = 3, 2, 1
_SHORTEST: Final = 2
_DIGITS: Final = 6


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
        terms, gains, order = _ranked(reader, article, cancelled)
        hits = tuple(_hit(reader.article(doc), gains[doc]) for doc in order[:limit])
    return Similar(terms, hits, len(order))


def similar_ids(
    searcher: Searcher, article_id: str, limit: int = 100, cancelled: Callable[[], bool] = lambda: False
) -> tuple[str, ...]:
    """Only the ids of `similar`, without reading any of those articles."""
    article = searcher.article(article_id)
    with searcher.reading() as reader:
        _, _, order = _ranked(reader, article, cancelled)
        return tuple(reader.ids[doc] for doc in order[:limit])


Gains = dict[int, dict[str, float]]
"""By document and term: what it adds to the score."""


def _ranked(
    reader: IndexReader, article: Article, cancelled: Callable[[], bool]
) -> tuple[tuple[Term, ...], Gains, list[int]]:
    """The article's terms, what they give every other document, and those documents, the most like it first."""
    terms: list[tuple[Term, dict[int, int]]] = []
    for word, stem, count in _counted(article):
        if cancelled():
            raise Cancelled
        docs = _documents(reader, stem)
        # What no other article has finds none.
        if len(docs) > 1:
            idf = log(1 + (len(reader.live) - len(docs) + 0.5) / (len(docs) + 0.5))
            terms.append((Term(word, stem[-1], idf * count * (K1 + 1) / (count + K1), len(docs)), docs))
    terms.sort(key=lambda item: (-item[0].weight, item[0].stem))
    average = reader.average_length or 1.0
    gains: Gains = {}
    for term, docs in terms[:TERMS]:
        for doc, count in docs.items():
            norm = K1 * (1 - B + B * reader.lengths[doc] / average)
            gains.setdefault(doc, {})[term.word] = term.weight * count * (K1 + 1) / (count + norm)
    gains.pop(reader.numbers[article.id], None)
    scores = {doc: _score(by_term) for doc, by_term in gains.items()}
    order = sorted(scores, key=lambda doc: (-scores[doc], reader.ids[doc]))
    return tuple(term for term, _ in terms[:TERMS]), gains, order


def _score(by_term: dict[str, float]) -> float:
    return round(sum(by_term.values()), _DIGITS)


def _hit(article: Article, by_term: dict[str, float]) -> SimilarHit:
    return SimilarHit(
        id=article.id,
        title=article.metadata.title,
        outlet=article.metadata.outlet,
        published=article.metadata.published,
        score=_score(by_term),
        shared=tuple(sorted(by_term, key=lambda word: (-by_term[word], word))),
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


def _documents(reader: IndexReader, stem: tuple[str, ...]) -> dict[int, int]:
    """The live documents that have the stem, with its occurrences in each."""
    counts: dict[int, int] = {}
    for term in reader.terms("text", SEPARATOR.join([*stem, ""]).encode()):
        postings = reader.postings("text", term)
        for doc, count in zip(postings.docs, postings.counts, strict=True):
            counts[doc] = counts.get(doc, 0) + count
    return counts
