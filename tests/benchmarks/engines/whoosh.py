"""Stock Whoosh as its manual shows it: the standard analyser, which does not stem, and BM25F.

Never in a process with `kashaf_index`, which puts a reader of its own in the way of Whoosh's pickles.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.corpus import Raw
from tests.benchmarks.engines.common import TOP, Clock, Work, size_of, timed
from tests.benchmarks.queries import Asked, load
from whoosh import query as asking
from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema
from whoosh.index import create_in, open_dir

_MEMORY: Final = 256  # MB


def index(corpus: str, count: str, folder: str) -> Mapping[str, float]:
    Path(folder).mkdir(parents=True)
    clock = Clock()
    with clock.running():
        schema = Schema(
            id=ID(stored=True, unique=True),
            title=STORED,
            author=STORED,
            text=TEXT(stored=True),
            outlet=ID(stored=True, sortable=True),
            date=NUMERIC(stored=True, sortable=True),
        )
        writer = create_in(folder, schema).writer(limitmb=_MEMORY)

    def add(article: Raw) -> None:
        writer.add_document(
            id=article.id,
            title=article.title,
            author=article.author,
            text=article.text,
            outlet=article.outlet,
            date=article.date,
        )

    clock.feed(corpus, int(count), add)
    with clock.running():
        writer.commit()
    return clock.values() | {"bytes": size_of(Path(folder))}


def query(queries: str, folder: str) -> Mapping[str, float]:
    return timed(lambda: _Opened(folder), load(queries))


class _Opened:
    def __init__(self, folder: str) -> None:
        self._index: Any = open_dir(folder)
        self._searcher: Any = self._index.searcher()

    def prepare(self, asked: Asked) -> Work | None:
        wanted = _query(asked)
        match asked.kind:
            case "facets":
                return lambda: self._searcher.search(wanted, limit=None, groupedby="outlet").groups("outlet")
            case "snippets":
                found = self._searcher.search(wanted, limit=TOP)
                return lambda: [hit.highlights("text", top=2) for hit in found]
            case "page":
                return lambda: [
                    hit.highlights("text", top=2) for hit in self._searcher.search(wanted, limit=TOP)
                ]
        return lambda: [hit["id"] for hit in self._searcher.search(wanted, limit=TOP)]

    def close(self) -> None:
        self._searcher.close()
        self._index.close()


def _query(asked: Asked) -> Any:
    words = [asking.Term("text", word) for word in asked.words]
    match asked.kind:
        case "prefix":
            return asking.Prefix("text", asked.words[0])
        case "phrase" | "stem phrase":
            return asking.Phrase("text", list(asked.words))
        case "and2" | "mix all":
            return asking.And(words)
        case "not":
            return asking.AndNot(words[0], words[1])
        case "month" | "year":
            return asking.And([words[0], asking.NumericRange("date", asked.first, asked.last)])
    return asking.Or(words)
