"""The tables of the mention store and what is asked of them; every function works in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from kashaf.corpus.article import Article
from kashaf.corpus.identity import text_sha256
from kashaf.entities.book.namebook import key_of
from kashaf.entities.model import EntityRow, EntityType, Mention, MentionType
from kashaf.entities.rules.spans import plain_form

#: Raised with the schema; part of the file as SQLite's user_version.
VERSION: Final = 1
SCHEMA: Final = """
CREATE TABLE articles (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL, published TEXT NOT NULL, book TEXT NOT NULL
);
CREATE TABLE entities (
  number INTEGER PRIMARY KEY, type TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (type, key)
);
CREATE TABLE mentions (
  article INTEGER NOT NULL REFERENCES articles (number), entity INTEGER NOT NULL REFERENCES entities (number),
  start INTEGER NOT NULL, end INTEGER NOT NULL, name TEXT NOT NULL, form TEXT NOT NULL, source TEXT NOT NULL,
  PRIMARY KEY (article, start)
) WITHOUT ROWID;
CREATE INDEX mentions_of_entity ON mentions (entity, article);
"""
# The name that lists show: the book's, else the one met most often, else the first by its letters.
_NAME: Final = """
UPDATE entities SET name = (
  SELECT name FROM mentions WHERE entity = entities.number
  GROUP BY name ORDER BY MAX(source = 'book') DESC, COUNT(*) DESC, name LIMIT 1
) WHERE number IN (SELECT number FROM touched)
"""


def sha_of(article: Article) -> str:
    """The revision of an article's text."""
    return article.text_sha256 or text_sha256(article.text)


def published_of(article: Article) -> str:
    """Relative dates are anchored on it, so a corrected date of publication makes an article pending."""
    published = article.metadata.published
    return published.isoformat() if published else ""


def _key(mention: Mention) -> str:
    return mention.name if mention.type == "date" else key_of(mention.name) or mention.name


def write(db: sqlite3.Connection, batch: Sequence[tuple[Article, tuple[Mention, ...]]], stamp: str) -> None:
    """Put articles in with their mentions, in the place of what was known of them."""
    db.execute("CREATE TEMP TABLE touched (number INTEGER PRIMARY KEY)")
    _drop(db, [article.id for article, _ in batch])
    for article, mentions in batch:
        number = db.execute(
            "INSERT INTO articles (id, sha256, published, book) VALUES (?, ?, ?, ?)",
            (article.id, sha_of(article), published_of(article), stamp),
        ).lastrowid
        for mention in mentions:
            key = _key(mention)
            db.execute(
                "INSERT OR IGNORE INTO entities (type, key, name) VALUES (?, ?, ?)",
                (mention.type, key, mention.name),
            )
            entity = db.execute(
                "SELECT number FROM entities WHERE type = ? AND key = ?", (mention.type, key)
            ).fetchone()[0]
            db.execute("INSERT OR IGNORE INTO touched VALUES (?)", (entity,))
            db.execute(
                "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, entity, mention.start, mention.end, mention.name, mention.form, mention.source),
            )
    _tidy(db)


def forget(db: sqlite3.Connection, ids: Collection[str]) -> None:
    """Take articles out."""
    db.execute("CREATE TEMP TABLE touched (number INTEGER PRIMARY KEY)")
    _drop(db, ids)
    _tidy(db)


def _drop(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Take articles out with their mentions, noting the entities that lose some."""
    for id_ in ids:
        row = db.execute("SELECT number FROM articles WHERE id = ?", (id_,)).fetchone()
        if row is not None:
            db.execute(
                "INSERT OR IGNORE INTO touched SELECT DISTINCT entity FROM mentions WHERE article = ?", row
            )
            db.execute("DELETE FROM mentions WHERE article = ?", row)
            db.execute("DELETE FROM articles WHERE number = ?", row)


def _tidy(db: sqlite3.Connection) -> None:
    """Name the touched entities anew and drop those that nobody mentions any more."""
    db.execute(
        "DELETE FROM entities WHERE number IN (SELECT number FROM touched)"
        " AND NOT EXISTS (SELECT 1 FROM mentions WHERE entity = entities.number)"
    )
    db.execute(_NAME)
    db.execute("DROP TABLE touched")


def table(
    db: sqlite3.Connection, kind: MentionType | None, ids: frozenset[str] | None, limit: int | None
) -> list[EntityRow]:
    """See `MentionStore.table`."""
    within = ""
    if ids is not None:
        db.execute("CREATE TEMP TABLE chosen (id TEXT PRIMARY KEY)")
        db.executemany("INSERT INTO chosen VALUES (?)", [(id_,) for id_ in ids])
        within = "AND article IN (SELECT number FROM articles JOIN chosen USING (id))"
    rows = db.execute(
        f"""
        SELECT entities.number, entities.name, type, COUNT(DISTINCT article) AS articles, COUNT(*) AS mentions
        FROM mentions JOIN entities ON entities.number = entity
        WHERE ? IN (type, '') {within}
        GROUP BY entities.number ORDER BY articles DESC, mentions DESC, entities.name, type LIMIT ?
        """,  # noqa: S608 -- `within` is one of two constants
        (kind or "", -1 if limit is None else limit),
    ).fetchall()
    variants = _variants(db, [row[0] for row in rows], within)
    return [
        EntityRow(name, type_, articles, count, variants[number])
        for number, name, type_, articles, count in rows
    ]


def by_article(
    db: sqlite3.Connection,
) -> tuple[list[tuple[EntityType, str]], dict[str, tuple[int, ...]]]:
    """See `MentionStore.by_article`."""
    entities: list[tuple[EntityType, str]] = []
    places: dict[int, int] = {}
    for number, kind, name in db.execute("SELECT number, type, name FROM entities WHERE type <> 'date'"):
        places[number] = len(entities)
        entities.append((kind, name))
    ids: dict[int, str] = dict(db.execute("SELECT number, id FROM articles"))
    rows = db.execute("SELECT article, entity FROM mentions ORDER BY article")
    return entities, {
        ids[article]: tuple({places[entity] for _, entity in group if entity in places})
        for article, group in groupby(rows, key=itemgetter(0))
    }


def _variants(
    db: sqlite3.Connection, numbers: Sequence[int], within: str
) -> dict[int, tuple[tuple[str, int], ...]]:
    db.execute("CREATE TEMP TABLE listed (number INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO listed VALUES (?)", [(number,) for number in numbers])
    rows = db.execute(
        f"""
        SELECT entity, form, COUNT(*) FROM mentions JOIN listed ON listed.number = entity
        WHERE 1 {within} GROUP BY entity, form ORDER BY entity
        """  # noqa: S608 -- `within` is one of two constants
    )
    found: dict[int, tuple[tuple[str, int], ...]] = {}
    for number, group in groupby(rows, key=lambda row: int(row[0])):
        forms: dict[str, int] = {}
        for _, form, count in group:
            plain = plain_form(form)
            forms[plain] = forms.get(plain, 0) + count
        found[number] = tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0])))
    return found
