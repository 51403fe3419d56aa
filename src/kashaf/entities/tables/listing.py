"""What is asked about entities; every function works in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from math import log
from operator import itemgetter
from typing import Final, NamedTuple

import orjson

from kashaf.entities.book.decisions import folded
from kashaf.entities.linking.linking import block_of, likely
from kashaf.entities.linking.words import bare, units
from kashaf.entities.model import EntityKey, EntityRow, EntityType, MentionType
from kashaf.entities.tables.forms import forms_of
from kashaf.entities.tables.naming import folded_line
from kashaf.entities.tables.rows import Sort

_ORDERS: Final[dict[Sort, str]] = {
    "articles": "articles DESC, mentions DESC, name, type",
    "mentions": "mentions DESC, articles DESC, name, type",
    "recent": "last DESC, articles DESC, mentions DESC, name, type",
    "surprise": "articles DESC, mentions DESC, name, type",
}
_TREND: Final = 12  # months
_TOGETHER: Final = 30
_NEAR: Final = 300


class Found(NamedTuple):
    """A row of a list before its variants and trend are looked up. number: of the shown entity."""

    number: int
    type: MentionType
    name: str
    articles: int
    mentions: int
    last: str
    surprise: float = 0.0


def choose(db: sqlite3.Connection, ids: Iterable[str]) -> int:
    """Put the numbers of articles into the table `chosen`; returns how many are known."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (number INTEGER PRIMARY KEY, published TEXT NOT NULL)")
    db.execute("DELETE FROM chosen")
    db.execute(
        "INSERT INTO chosen SELECT number, published FROM articles WHERE id IN (SELECT value FROM json_each(?))",
        (orjson.dumps(list(ids)).decode(),),
    )
    count: int = db.execute("SELECT COUNT(*) FROM chosen").fetchone()[0]
    return count


def table(
    db: sqlite3.Connection,
    kind: MentionType | None,
    ids: frozenset[str] | None,
    limit: int | None,
    sort: Sort = "articles",
    containing: str = "",
    *,
    lean: bool = False,
) -> list[EntityRow]:
    """See `MentionStore.table`."""
    needle = folded_line(containing)
    if containing.strip() and not needle:
        return []
    if ids is None:
        rows = _whole(db, kind, limit, sort, needle)
    else:
        rows = within(db, kind, choose(db, ids), limit, sort, needle)
    return rows_of(db, rows, chosen=ids is not None, lean=lean)


def _whole(
    db: sqlite3.Connection, kind: MentionType | None, limit: int | None, sort: Sort, needle: str
) -> list[Found]:
    # By its order when all are shown; what is looked for is found sooner by going through the table as it lies.
    way = "NOT INDEXED" if needle else ""
    found = db.execute(
        f"""
        SELECT entity, type, name, articles, mentions, last FROM totals {way}
        WHERE ?1 IN (type, '') AND (?2 = '' OR INSTR(needle, ?2)) ORDER BY {_ORDERS[sort]} LIMIT ?3
        """,  # noqa: S608 -- one of four constants
        (kind or "", needle, -1 if limit is None else limit),
    )
    return [Found(*row) for row in found]


def within(
    db: sqlite3.Connection, kind: MentionType | None, chosen: int, limit: int | None, sort: Sort, needle: str
) -> list[Found]:
    """The entities of the chosen articles, so many, in order."""
    corpus: int = db.execute("SELECT COUNT(*) FROM articles").fetchone()[0]
    most = -1 if limit is None or sort == "surprise" else limit
    found = db.execute(
        f"""
        SELECT number, type, name, found.articles AS articles, found.mentions AS mentions, found.last AS last, of_all
        FROM (
          SELECT shown AS number, COUNT(DISTINCT article) AS articles, SUM(mentions) AS mentions,
            MAX(published) AS last
          FROM chosen CROSS JOIN presence ON article = chosen.number GROUP BY shown
        ) AS found JOIN (SELECT entity, type, name, needle, articles AS of_all FROM totals) ON entity = number
        WHERE ?1 IN (type, '') AND (?2 = '' OR INSTR(needle, ?2)) ORDER BY {_ORDERS[sort]} LIMIT ?3
        """,  # noqa: S608 -- one of four constants
        (kind or "", needle, most),
    )
    rows = [
        Found(number, type_, name, here, count, last, surprise(here, chosen, all_ - here, corpus - chosen))
        for number, type_, name, here, count, last, all_ in found
    ]
    if sort == "surprise":
        rows.sort(key=lambda row: (-row.surprise, -row.articles, -row.mentions, row.name, row.type))
    return rows[:limit]


def surprise(here: int, of_here: int, there: int, of_there: int) -> float:
    """Log-likelihood ratio of two rates (Dunning 1993, Computational Linguistics 19:1), negative when rarer here.

    here of so many articles, there of so many; 0 where either has none.
    """
    if not of_here or not of_there:
        return 0.0
    rate = (here + there) / (of_here + of_there)
    ratio = 2 * sum(
        _likelihood(count, of) - _likelihood_at(count, of, rate)
        for count, of in ((here, of_here), (there, of_there))
    )
    ratio = max(ratio, 0.0)
    return round(ratio if here * of_there >= there * of_here else -ratio, 3)


def _likelihood(count: int, of: int) -> float:
    return _likelihood_at(count, of, count / of)


def _likelihood_at(count: int, of: int, rate: float) -> float:
    return (count * log(rate) if count else 0.0) + ((of - count) * log(1 - rate) if of > count else 0.0)


def rows_of(db: sqlite3.Connection, found: Sequence[Found], *, chosen: bool, lean: bool) -> list[EntityRow]:
    """Rows with their variants, in the chosen articles or in all, and trends; without both when `lean`."""
    variants: dict[int, tuple[tuple[str, int], ...]] = {}
    trends: dict[int, tuple[int, ...]] = {}
    if not lean and found:
        numbers = [row.number for row in found]
        variants = {
            number: _merged((form, count) for form, count, _ in rows)
            for number, rows in forms_of(db, numbers, chosen=chosen).items()
        }
        trends = _trends(db, numbers)
    return [
        EntityRow(
            row.name,
            row.type,
            row.articles,
            row.mentions,
            variants.get(row.number, ()),
            date.fromisoformat(row.last) if row.last else None,
            trends.get(row.number, ()),
            row.surprise,
        )
        for row in found
    ]


def _merged(forms: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for form, count in forms:
        counts[form] += count
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _trends(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Articles by month, the last twelve of the corpus, oldest first; empty when nothing is dated."""
    newest = db.execute("SELECT MAX(published) FROM articles").fetchone()[0]
    if not newest:
        return {}
    months = _months_before(newest[:7])
    place = {month: at for at, month in enumerate(months)}
    found = {number: [0] * _TREND for number in numbers}
    for number, month, articles in db.execute(
        "SELECT entity, month, articles FROM listed CROSS JOIN months ON entity = listed.number WHERE month >= ?",
        (months[0],),
    ):
        if month in place:
            found[number][place[month]] = articles
    return {number: tuple(trend) for number, trend in found.items()}


def _months_before(newest: str) -> list[str]:
    last = int(newest[:4]) * 12 + int(newest[5:]) - 1
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(last - _TREND + 1, last + 1)]


def numbers_of(db: sqlite3.Connection, keys: Iterable[EntityKey]) -> list[int]:
    """The shown entities that are called so; 0 for a name that nobody bears."""
    found = []
    for key in keys:
        row = db.execute(
            "SELECT entity FROM entities JOIN totals ON totals.entity = number"
            " WHERE entities.type = ? AND key = ?",
            folded(key),
        ).fetchone()
        found.append(int(row[0]) if row else 0)
    return found


def articles_of(db: sqlite3.Connection, name: str, kind: MentionType | None) -> frozenset[str]:
    """See `MentionStore.articles_of`."""
    kinds: tuple[MentionType, ...] = (kind,) if kind else ("person", "place", "organization", "date")
    found: set[int] = set()
    for one in kinds:
        key = EntityKey(one, name)
        listed = numbers_of(db, [key])[0]
        if not listed:
            query = "SELECT shown FROM entities WHERE type = ? AND key = ?"
            listed = next((row[0] for row in db.execute(query, folded(key))), 0)
        found.add(listed)
    ids: set[str] = set()
    for number in found - {0}:
        ids.update(
            row[0]
            for row in db.execute(
                "SELECT id FROM presence JOIN articles ON articles.number = article WHERE shown = ?",
                (number,),
            )
        )
    return frozenset(ids)


def likely_rows(db: sqlite3.Connection, key: EntityKey, limit: int) -> list[EntityRow]:
    """See `MentionStore.likely`."""
    words = [bare(word) for word in units(key.name) if len(bare(word)) > 2]
    rows: dict[int, Found] = {}
    for word in words:
        for row in db.execute(
            "SELECT entity, type, name, articles, mentions, last FROM totals NOT INDEXED"
            " WHERE type <> 'date' AND INSTR(needle, ?) ORDER BY articles DESC, mentions DESC, name LIMIT ?",
            (word, _NEAR),
        ):
            rows[row[0]] = Found(*row)
    # Those that begin with the same sounds.
    block = " ".join(block_of(key.type, key.name).split(" ")[:2])
    for row in db.execute(
        "SELECT totals.entity, totals.type, totals.name, articles, mentions, last FROM entities"
        " JOIN totals ON totals.entity = shown WHERE block <> '' AND block >= ? AND block < ?"
        " ORDER BY articles DESC, totals.name LIMIT ?",
        (block, f"{block}\uffff", _NEAR if block else 0),
    ):
        rows[row[0]] = Found(*row)
    for number in numbers_of(db, [key]):
        rows.pop(number, None)
    chosen = likely(key.name, key.type, ((row.type, row.name, number) for number, row in rows.items()), limit)
    return rows_of(db, [rows[number] for number in chosen], chosen=False, lean=True)


def articles_with(db: sqlite3.Connection, part: str, kind: EntityType) -> frozenset[str]:
    """See `MentionStore.articles_with`."""
    words = folded_line(part)
    if not words:
        return frozenset()
    found = db.execute(
        """
        SELECT DISTINCT id FROM totals CROSS JOIN presence ON shown = totals.entity
        CROSS JOIN articles ON articles.number = article
        WHERE totals.type = ?1 AND INSTR(needle, ?2)
        AND INSTR(' ' || REPLACE(needle, CHAR(10), '  ') || ' ', ' ' || ?2 || ' ')
        """,
        (kind, words),
    )
    return frozenset(row[0] for row in found)


def by_article(
    db: sqlite3.Connection,
) -> tuple[list[tuple[EntityType, str]], dict[str, tuple[int, ...]]]:
    """See `MentionStore.by_article`."""
    entities: list[tuple[EntityType, str]] = []
    places: dict[int, int] = {}
    for number, kind, name in db.execute("SELECT entity, type, name FROM totals WHERE type <> 'date'"):
        places[number] = len(entities)
        entities.append((kind, name))
    ids: dict[int, str] = dict(db.execute("SELECT number, id FROM articles"))
    rows = db.execute("SELECT article, shown FROM presence ORDER BY article")
    return entities, {
        ids[article]: tuple({places[shown] for _, shown in group if shown in places})
        for article, group in groupby(rows, key=itemgetter(0))
    }
