"""Who is shown as whom: automatic links and the analyst's decisions, worked into the tables; no article is read.

Every function works in the caller's transaction, and touches only what may come out otherwise.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final

import orjson

from kashaf.entities.book.decisions import Folded, Rules, changed_sources
from kashaf.entities.linking.linking import Candidate, links
from kashaf.entities.model import ENTITY_TYPES, EntityKey
from kashaf.entities.tables.listing import choose
from kashaf.entities.tables.naming import Register, known_of
from kashaf.entities.tables.schema import SPLIT
from kashaf.entities.tables.writing import has_rules, keep_rules, rename, respell, rules_of

if TYPE_CHECKING:
    from kashaf.entities.book.namebook import NameBook

_BOOK: Final = "book"
_MANY: Final = 400  # names of a block: so many that look alike are no spellings of one


def apply(db: sqlite3.Connection, after: Rules, book: NameBook | None = None) -> None:
    """Resolve the tables by other decisions."""
    before = rules_of(db)
    if before.to_json() == after.to_json():
        return
    keep_rules(db, after)
    touched = _numbers(db, changed_sources(before, after))
    blocks = _blocks(db, touched)
    touched |= relink(db, blocks, after, resolve=False)
    for number in list(touched):
        touched |= _linked_to(db, number)
    rename(db, sorted(touched), after)
    resolve(db, touched, after, [*before.split, *after.split], book)


def begin_with(db: sqlite3.Connection, rules: Rules, book: NameBook | None = None) -> None:
    """Resolve the tables by these decisions when they have not been by any."""
    if not has_rules(db):
        apply(db, rules, book)


def _numbers(db: sqlite3.Connection, keys: Iterable[Folded]) -> set[int]:
    found: set[int] = set()
    for key in keys:
        found.update(
            row[0] for row in db.execute("SELECT number FROM entities WHERE type = ? AND key = ?", key)
        )
    return found


def _linked_to(db: sqlite3.Connection, number: int) -> set[int]:
    query = "SELECT number FROM entities WHERE linked = ? AND linked <> number"
    return {row[0] for row in db.execute(query, (number,))}


def _blocks(db: sqlite3.Connection, numbers: Iterable[int]) -> set[str]:
    """The blocks of entities, of those that are linked with them, and of their aliases."""
    found: set[str] = set()
    for number in numbers:
        found.update(
            row[0]
            for row in db.execute(
                "SELECT block FROM entities WHERE number = ?1"
                " UNION SELECT block FROM entities WHERE alias = ?1 AND alias <> 0"
                " UNION SELECT block FROM entities WHERE linked = ?1 AND linked <> number",
                (number,),
            )
        )
    return found - {""}


def resolve(
    db: sqlite3.Connection,
    numbers: Collection[int],
    rules: Rules,
    articles: Iterable[str] = (),
    book: NameBook | None = None,
) -> None:
    """Set anew who entities are shown as, and who is somebody else in some articles; then count what has changed."""
    register = Register(db, rules, book)
    changed: set[int] = set()
    for number in sorted(numbers):
        row = db.execute("SELECT type, key, shown FROM entities WHERE number = ?", (number,)).fetchone()
        if row is None or row[0] == SPLIT:
            continue
        own = Folded(*row[:2])
        start = own if own in rules.pinned else register.start(number)[1]
        shown = register.shown(number, start)
        if shown != row[2]:
            db.execute("UPDATE entities SET shown = ? WHERE number = ?", (shown, number))
            db.execute("UPDATE presence SET shown = ? WHERE shown = ? AND unit = ?", (shown, row[2], number))
            changed |= {row[2], shown}
    for id_ in dict.fromkeys(articles):
        rows = db.execute(
            "SELECT article, entity, unit, shown FROM presence JOIN articles ON articles.number = article"
            " WHERE id = ?",
            (id_,),
        ).fetchall()
        for article, entity, unit, before in rows:
            wanted = register.unit(entity, id_)
            if wanted != unit:
                query = "SELECT shown FROM entities WHERE number = ?"
                shown = db.execute(query, (wanted,)).fetchone()[0]
                changed |= {before, shown}
                db.execute(
                    "UPDATE presence SET unit = ?, shown = ? WHERE article = ? AND entity = ?",
                    (wanted, shown, article, entity),
                )
    recount(db, changed - {0})


def recount(db: sqlite3.Connection, shown: Iterable[int]) -> None:
    """Count the totals of shown entities anew."""
    numbers = sorted(shown)
    for number in numbers:
        db.execute("DELETE FROM months WHERE entity = ?", (number,))
        db.execute("DELETE FROM totals WHERE entity = ?", (number,))
        units = db.execute("SELECT 1 FROM entities WHERE shown = ? LIMIT 2", (number,)).fetchall()
        distinct = "COUNT(*)" if len(units) == 1 else "COUNT(DISTINCT article)"
        db.execute(
            f"""
            INSERT INTO totals SELECT ?1, root.type, root.name, found.articles, found.mentions, found.last, ''
            FROM entities AS root JOIN (
              SELECT {distinct} AS articles, SUM(mentions) AS mentions, MAX(published) AS last
              FROM presence JOIN articles ON articles.number = article WHERE shown = ?1
            ) AS found WHERE root.number = ?1 AND found.articles > 0
            """,  # noqa: S608 -- one of two constants
            (number,),
        )
        db.execute(
            f"""
            INSERT INTO months SELECT ?1, SUBSTR(published, 1, 7), {distinct}
            FROM presence JOIN articles ON articles.number = article
            WHERE shown = ?1 AND published <> '' GROUP BY 2
            """,  # noqa: S608 -- one of two constants
            (number,),
        )
    respell(db, numbers)


# Automatic linking


def relink(db: sqlite3.Connection, blocks: Iterable[str], rules: Rules, *, resolve: bool = True) -> set[int]:
    """Link anew the names of blocks. Returns the entities of which the link is another, resolved if so asked."""
    changed: set[int] = set()
    for block in sorted(blocks):
        changed |= _relink_block(db, block, rules)
    if resolve and changed:
        _resolve(db, changed, rules)
    return changed


def _resolve(db: sqlite3.Connection, numbers: set[int], rules: Rules) -> None:
    articles: list[str] = []
    if rules.split:
        articles = list(rules.split)
    resolve(db, numbers, rules, articles)


def _relink_block(db: sqlite3.Connection, block: str, rules: Rules) -> set[int]:
    rows = db.execute(
        """
        SELECT number, type, key, name, alias, linked, link, extra <> '',
          (SELECT COALESCE(SUM(mentions), 0) FROM forms WHERE entity = entities.number)
        FROM entities WHERE block = ? AND block <> '' ORDER BY type, key LIMIT ?
        """,
        (block, _MANY + 1),
    ).fetchall()
    if len(rows) > _MANY:
        return set()
    # Names that a decision or the book has given, and no article, link with nobody.
    found = {row[0]: row for row in rows if row[8] or not row[4]}
    candidates = []
    for number, type_, key, name, alias, _, _, in_book, mentions in rows:
        if not mentions:
            continue
        filed = Folded(type_, key)
        candidates.append(
            Candidate(
                number,
                type_,
                name,
                mentions,
                in_book=bool(in_book) and not alias,
                alias=0 if filed in rules.apart else alias,
                apart=filed in rules.apart,
                pinned=filed in rules.pinned,
            )
        )
    linked = links(candidates, lambda one, other: _together(db, one, other))
    changed: set[int] = set()
    for number, row in found.items():
        root, link = linked.get(number, (number, ""))
        if (root, link) != (row[5], row[6]):
            db.execute("UPDATE entities SET linked = ?, link = ? WHERE number = ?", (root, link, number))
            changed.add(number)
    return changed


def _together(db: sqlite3.Connection, one: int, other: int) -> int:
    """In how many articles both are named, each under its own name."""
    count: int = db.execute(
        """
        SELECT COUNT(*) FROM (
          SELECT article FROM entities JOIN presence ON presence.shown = entities.shown AND entity = number
          WHERE number = ?1 AND unit = entity
          UNION ALL SELECT article FROM presence INDEXED BY presence_split WHERE entity = ?1 AND unit <> entity
        ) AS one JOIN presence AS other ON other.article = one.article AND other.entity = ?2
        """,
        (one, other),
    ).fetchone()[0]
    return count


def link_some(db: sqlite3.Connection, limit: int) -> bool:
    """Link the names of so many blocks in which names were met since; returns whether there were any."""
    waiting = db.execute("SELECT block FROM unlinked LIMIT ?", (limit,)).fetchall()
    if waiting:
        relink(db, _shared(db, [row[0] for row in waiting]), rules_of(db))
        db.executemany("DELETE FROM unlinked WHERE block = ?", waiting)
    return bool(waiting)


def _shared(db: sqlite3.Connection, blocks: Sequence[str]) -> list[str]:
    """Those blocks in which there are several names."""
    return [
        block
        for block in blocks
        if db.execute(
            "SELECT COUNT(*) FROM (SELECT 1 FROM entities WHERE block = ? AND block <> '' LIMIT 2)", (block,)
        ).fetchone()[0]
        > 1
    ]


# The book


def learned(db: sqlite3.Connection) -> tuple[str, dict[str, str]]:
    """See `MentionStore.learned`."""
    row = db.execute("SELECT value FROM facts WHERE name = ?", (_BOOK,)).fetchone()
    if row is None:
        return "", {}
    stamp, said = orjson.loads(row[0])
    return str(stamp), said


def sayings(book: NameBook) -> dict[str, str]:
    """What a book says of each surface that it looks for, by its folded words: the same for the same claims."""
    found: dict[str, str] = {}
    for words, claims in book.surfaces().items():
        said = sorted(
            f"{claim.name.type} {claim.name.canonical} {claim.ambiguous}" if claim.name else claim.surface
            for claim in claims
        )
        found[" ".join(words)] = hashlib.blake2b("\n".join(said).encode(), digest_size=6).hexdigest()
    return found


def learn(db: sqlite3.Connection, book: NameBook, stamp: str, current: Collection[str] | None) -> None:
    """See `MentionStore.learn`. What the book calls an alias is shown under its name before any article is read."""
    before, said = learned(db)
    if before == stamp:
        return
    now = sayings(book)
    surfaces = {surface for surface in {*said, *now} if said.get(surface) != now.get(surface)}
    if current is not None:
        choose(db, current)
        db.execute(
            "UPDATE articles SET stamp = ? WHERE stamp = ? AND number IN (SELECT number FROM chosen)",
            (stamp, before),
        )
    _look_up(db, book, {surface.replace(" ", "") for surface in surfaces})
    db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_BOOK, orjson.dumps([stamp, now]).decode()))


def _look_up(db: sqlite3.Connection, book: NameBook, keys: Collection[str]) -> None:
    """Ask the book anew about names that are filed under these keys, and resolve those of which it says otherwise."""
    rules = rules_of(db)
    register = Register(db, rules, book)
    changed: set[int] = set()
    query = "SELECT number, type, name, alias, extra FROM entities WHERE type IN (?, ?, ?) AND key = ?"
    for key in sorted(keys):
        for number, type_, name, alias, extra in db.execute(query, (*ENTITY_TYPES, key)).fetchall():
            known = known_of(book, EntityKey(type_, name))
            target = 0
            if known.canonical and Folded(type_, key) not in rules.apart:
                target, _ = register.entity(EntityKey(type_, known.canonical))
            if (target, known.extra) != (alias, extra):
                db.execute(
                    "UPDATE entities SET alias = ?, extra = ? WHERE number = ?", (target, known.extra, number)
                )
                changed.add(number)
    _follow_aliases(db, changed)
    relink(db, _shared(db, sorted(_blocks(db, changed))), rules)
    _resolve(db, changed, rules)
    shown = {
        row[0]
        for number in changed
        for row in db.execute("SELECT shown FROM entities WHERE number = ? AND shown <> 0", (number,))
    }
    respell(db, shown)


def _follow_aliases(db: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Names outside all blocks are linked with whom the book says they are."""
    for number in numbers:
        db.execute(
            """
            UPDATE entities SET
              linked = CASE WHEN alias <> 0 THEN (SELECT linked FROM entities AS a WHERE a.number = entities.alias)
                       ELSE number END,
              link = CASE WHEN alias <> 0 THEN 'alias' ELSE '' END
            WHERE number = ? AND (alias <> 0 OR link = 'alias')
            """,
            (number,),
        )
