"""Xapian with its Arabic stemmer and BM25: positions on stems, outlet and date as values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import xapian
from tests.benchmarks.corpus import Raw
from tests.benchmarks.engines.common import TOP, Clock, Work, size_of, timed
from tests.benchmarks.queries import Asked, load

_DATE, _OUTLET, _ID, _MONTH = range(4)
_EXPANSION: Final = 1000  # as many words as we follow
_SNIPPET: Final = 240


def index(corpus: str, count: str, folder: str) -> Mapping[str, float]:
    clock = Clock()
    with clock.running():
        base = xapian.WritableDatabase(_made(folder), xapian.DB_CREATE)
        maker = xapian.TermGenerator()
        maker.set_stemmer(xapian.Stem("arabic"))
        maker.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)

    def add(article: Raw) -> None:
        document = xapian.Document()
        document.set_data(article.text)
        document.add_value(_DATE, xapian.sortable_serialise(article.date))
        document.add_value(_OUTLET, article.outlet)
        document.add_value(_ID, article.id)
        document.add_value(_MONTH, str(article.date // 100))
        maker.set_document(document)
        maker.index_text(article.text)
        base.add_document(document)

    clock.feed(corpus, int(count), add)
    with clock.running():
        base.commit()
        base.close()
    return clock.values() | {"bytes": size_of(Path(folder))}


def query(queries: str, folder: str) -> Mapping[str, float]:
    return timed(lambda: _Opened(folder), load(queries))


class _Opened:
    def __init__(self, folder: str) -> None:
        self._base = xapian.Database(folder)
        self._stemmer = xapian.Stem("arabic")

    def prepare(self, asked: Asked) -> Work | None:
        match asked.kind:
            case "facets":
                return lambda: self._facets(asked)
            case "page":
                return lambda: self._snippets(self._found(asked))
            case "snippets":
                found = self._found(asked)
                return lambda: self._snippets(found)
        return lambda: [hit.document.get_value(_ID) for hit in self._found(asked)]

    def close(self) -> None:
        self._base.close()

    def _found(self, asked: Asked) -> Any:
        asking = xapian.Enquire(self._base)
        asking.set_query(self._query(asked))
        return asking.get_mset(0, TOP)

    def _facets(self, asked: Asked) -> list[Any]:
        asking = xapian.Enquire(self._base)
        asking.set_query(self._query(asked))
        asking.set_weighting_scheme(xapian.BoolWeight())
        counts = [xapian.ValueCountMatchSpy(slot) for slot in (_OUTLET, _MONTH)]
        for count in counts:
            asking.add_matchspy(count)
        asking.get_mset(0, 0, self._base.get_doccount())
        return [[(value.term, value.termfreq) for value in count.values()] for count in counts]

    def _snippets(self, found: Any) -> list[Any]:
        return [found.snippet(hit.document.get_data(), _SNIPPET, self._stemmer) for hit in found]

    def _query(self, asked: Asked) -> Any:
        query = xapian.Query
        if asked.kind == "prefix":
            return query(
                query.OP_WILDCARD, asked.words[0], _EXPANSION, query.WILDCARD_LIMIT_MOST_FREQUENT, query.OP_OR
            )
        terms = [self._stemmer(word) for word in asked.words]
        match asked.kind:
            case "and2" | "mix all":
                return query(query.OP_AND, terms)
            case "not":
                return query(query.OP_AND_NOT, terms)
            case "phrase" | "stem phrase":
                return query(query.OP_PHRASE, terms)
            case "month" | "year":
                first, last = map(xapian.sortable_serialise, (asked.first, asked.last))
                return query(
                    query.OP_FILTER,
                    query(terms[0]),
                    query(query.OP_VALUE_RANGE, _DATE, first, last),
                )
        return query(query.OP_OR, terms)


def _made(folder: str) -> str:
    Path(folder).mkdir(parents=True)
    return folder
