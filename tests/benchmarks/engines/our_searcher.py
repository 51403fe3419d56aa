"""Our Searcher, asked as the program asks it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.benchmarks.engines.common import TOP, Work
from tests.benchmarks.queries import Asked

from kashaf_index.analysis import STEM
from kashaf_index.model import Query
from kashaf_index.search import Searcher
from kashaf_index.snippets import snippets


class Opened:
    """What a query found is forgotten before the next; what was read from the files is kept."""

    def __init__(self, folder: str) -> None:
        self._searcher = Searcher.open(Path(folder))

    def prepare(self, asked: Asked) -> Work:
        self._searcher.forget()
        searcher, query = self._searcher, _query(asked)
        match asked.kind:
            case "facets" | "page":
                return lambda: searcher.search(query)
            case "snippets":
                with searcher.reading() as reader:
                    docs = reader.numbered([found for found, _ in searcher.ranking(query)]).tolist()
                return lambda: _snippets(searcher, query, docs)
        return lambda: searcher.ranking(query)

    def close(self) -> None:
        self._searcher.close()


def _snippets(searcher: Searcher, query: Query, docs: Sequence[int]) -> list[object]:
    with searcher.reading() as reader:
        articles = [reader.article(doc) for doc in docs]
    found = searcher.highlighter(query).find_all(articles, [STEM] * len(articles))
    return [
        snippets(article.text, article.body_start, spans)
        for article, spans in zip(articles, found, strict=True)
    ]


def _query(asked: Asked) -> Query:
    words = asked.words
    match asked.kind:
        case "prefix":
            return Query(f"{words[0]}*", limit=TOP)
        case "phrase":
            return Query(f'="{" ".join(words)}"', limit=TOP)
        case "stem phrase":
            return Query(f'"{" ".join(words)}"', limit=TOP)
        case "not":
            return Query(f"{words[0]} -{words[1]}", limit=TOP)
        case "month" | "year":
            return Query(f"{words[0]} date:{_day(asked.first)}..{_day(asked.last)}", limit=TOP)
        case "mix any":
            return Query(" ".join(words), match="any", limit=TOP)
        case "and2" | "mix all":
            return Query(" ".join(words), limit=TOP)
        case "facets":
            return Query(" OR ".join(words), limit=0, facets=True)
    return Query(" OR ".join(words), limit=TOP)


def _day(number: int) -> str:
    return date(number // 10_000, number // 100 % 100, number % 100).isoformat()
