"""SQLite FTS5: words as they stand without their marks (no stemmer), BM25; the articles in a table beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.benchmarks.corpus import Raw
from tests.benchmarks.engines.common import TOP, Clock, Work, size_of, timed
from tests.benchmarks.queries import Asked, load

_FILE: Final = "articles.db"
_BEST: Final = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?"
_BEST_DATED: Final = (
    "SELECT found.rowid FROM found JOIN articles ON articles.number = found.rowid "
    "WHERE found MATCH ? AND date BETWEEN ? AND ? ORDER BY rank LIMIT ?"
)
_IDS: Final = "SELECT id FROM ({}) AS best JOIN articles ON articles.number = best.rowid"
_SNIPPETS: Final = (
    "SELECT snippet(found, 0, '[', ']', '…', 24) FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?"
)
_OF_KNOWN: Final = "SELECT snippet(found, 0, '[', ']', '…', 24) FROM found WHERE found MATCH ? AND rowid = ?"
_FACETS: Final = (
    "SELECT {}, count(*) FROM found JOIN articles ON articles.number = found.rowid "
    "WHERE found MATCH ? GROUP BY 1"
)


def index(corpus: str, count: str, folder: str) -> Mapping[str, float]:
    """One transaction without a journal."""
    Path(folder).mkdir(parents=True)
    clock = Clock()
    with clock.running():
        base = sqlite3.connect(Path(folder) / _FILE)
        base.execute("PRAGMA journal_mode = OFF")
        # What filters and facets read stands before the text, which fills pages of its own.
        base.execute(
            "CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT, date INTEGER, outlet TEXT, author TEXT, "
            "title TEXT, text TEXT)"
        )
        base.execute(
            "CREATE VIRTUAL TABLE found USING fts5"
            "(text, content='articles', content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
        )
    number = 0

    def add(article: Raw) -> None:
        nonlocal number
        number += 1
        base.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                article.id,
                article.date,
                article.outlet,
                article.author,
                article.title,
                article.text,
            ),
        )
        base.execute("INSERT INTO found (rowid, text) VALUES (?, ?)", (number, article.text))

    clock.feed(corpus, int(count), add)
    with clock.running():
        base.execute("CREATE INDEX dates ON articles (date)")
        base.commit()
        base.close()
    return clock.values() | {"bytes": size_of(Path(folder))}


def query(queries: str, folder: str) -> Mapping[str, float]:
    return timed(lambda: _Opened(folder), load(queries))


class _Opened:
    def __init__(self, folder: str) -> None:
        self._base = sqlite3.connect(Path(folder) / _FILE)

    def prepare(self, asked: Asked) -> Work | None:
        wanted = _match(asked)
        match asked.kind:
            case "facets":
                return lambda: [
                    self._base.execute(_FACETS.format(name), (wanted,)).fetchall()
                    for name in ("outlet", "date / 100")
                ]
            case "snippets":
                best = self._base.execute(_BEST, (wanted, TOP)).fetchall()
                return lambda: [self._base.execute(_OF_KNOWN, (wanted, row)).fetchall() for (row,) in best]
            case "page":
                return lambda: self._base.execute(_SNIPPETS, (wanted, TOP)).fetchall()
            case "month" | "year":
                values: tuple[object, ...] = (wanted, asked.first, asked.last, TOP)
                return lambda: self._base.execute(_IDS.format(_BEST_DATED), values).fetchall()
        return lambda: self._base.execute(_IDS.format(_BEST), (wanted, TOP)).fetchall()

    def close(self) -> None:
        self._base.close()


def _match(asked: Asked) -> str:
    words = [f'"{word}"' for word in asked.words]
    match asked.kind:
        case "prefix":
            return f"{words[0]}*"
        case "phrase" | "stem phrase":
            return f'"{" ".join(asked.words)}"'
        case "and2" | "mix all":
            return " AND ".join(words)
        case "not":
            return f"{words[0]} NOT {words[1]}"
    return " OR ".join(words)
