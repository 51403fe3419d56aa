"""The peer of indexing and searching: Whoosh as its manual shows it, with the standard analyser.

Never in a process with `kashaf_index`, which puts a reader of its own in the way of Whoosh's pickles.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from tests.benchmarks.articles import load

FOLDER = "stock"


def build(folder: Path) -> Mapping[str, float]:
    """Index the articles; seconds of wall clock and of the processor."""
    from whoosh.fields import DATETIME, ID, KEYWORD, TEXT, Schema
    from whoosh.index import create_in

    schema = Schema(
        id=ID(stored=True, unique=True),
        title=TEXT(stored=True),
        text=TEXT(stored=True),
        outlet=KEYWORD(stored=True),
        published=DATETIME(stored=True),
    )
    articles = load(folder)
    target = folder / FOLDER
    target.mkdir()
    started, spent = perf_counter(), process_time()
    # As much memory as ours takes before it writes a run.
    writer = create_in(str(target), schema).writer(limitmb=256)
    for number, article in enumerate(articles):
        writer.add_document(
            id=str(number),
            title=article.title,
            text=article.text,
            outlet=article.outlet,
            published=datetime.fromisoformat(article.published),
        )
    writer.commit()
    return {"seconds": perf_counter() - started, "cpu": process_time() - spent}


class StockSearcher:
    """Searching it as our Searcher is used: 20 hits with two passages each."""

    def __init__(self, folder: Path) -> None:
        from whoosh.index import open_dir
        from whoosh.qparser import QueryParser

        index = open_dir(str(folder / FOLDER))
        self._searcher: Any = index.searcher()
        self._parser: Any = QueryParser("text", index.schema)

    def words(self, text: str) -> int:
        """Search a query of words. Returns the number of matching articles."""
        return self._show(self._parser.parse(text))

    def dates(self, first: str, last: str) -> int:
        """Search a range of days, both included."""
        from whoosh.query import DateRange

        return self._show(DateRange("published", datetime.fromisoformat(first), datetime.fromisoformat(last)))

    def _show(self, query: Any) -> int:
        results = self._searcher.search(query, limit=20)
        for hit in results:
            hit["title"], hit["published"], hit.highlights("text", top=2)
        return len(results)
