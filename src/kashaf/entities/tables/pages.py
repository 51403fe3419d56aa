"""Everything about one entity, and where several meet; every function works in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from kashaf.entities.model import EntityKey, Link
from kashaf.entities.tables.forms import forms_of
from kashaf.entities.tables.listing import Found, choose, numbers_of, rows_of, within
from kashaf.entities.tables.rows import EntityPage, Variant

_TOGETHER: Final = 30


def page(db: sqlite3.Connection, key: EntityKey, ids: Collection[str] | None) -> EntityPage | None:
    """See `MentionStore.page`."""
    number = numbers_of(db, [key])[0]
    if not number:
        return None
    if ids is None:
        counted = [
            Found(*row)
            for row in db.execute(
                "SELECT entity, type, name, articles, mentions, last FROM totals WHERE entity = ?", (number,)
            )
        ]
    else:
        rows = within(db, key.type, choose(db, ids), None, "articles", "")
        counted = [row for row in rows if row.number == number]
    if not counted:
        return None
    _here(db, number, within=ids is not None)
    together = db.execute(
        """
        SELECT shown, totals.type, totals.name, both.articles, both.mentions, '' FROM (
          SELECT shown, COUNT(DISTINCT article) AS articles, SUM(mentions) AS mentions
          FROM here CROSS JOIN presence ON article = here.number GROUP BY shown
        ) AS both CROSS JOIN totals ON totals.entity = shown
        WHERE shown <> ? AND totals.type <> 'date' ORDER BY 4 DESC, 5 DESC, 3, 2 LIMIT ?
        """,
        (number, _TOGETHER),
    ).fetchall()
    months = db.execute(
        "SELECT SUBSTR(published, 1, 7), COUNT(*) FROM here JOIN articles USING (number)"
        " WHERE published <> '' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    outlets = db.execute(
        "SELECT outlet, COUNT(*) FROM here JOIN articles USING (number) GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    articles = db.execute(
        "SELECT id FROM here JOIN articles USING (number) ORDER BY published DESC, id"
    ).fetchall()
    forms = forms_of(db, [number], chosen=ids is not None).get(number, [])
    row = rows_of(db, counted, chosen=ids is not None, lean=False)[0]
    return EntityPage(
        row,
        _variants(forms),
        tuple(months),
        tuple(outlets),
        tuple(rows_of(db, [Found(*one) for one in together], chosen=False, lean=True)),
        tuple(id_ for (id_,) in articles),
    )


def _variants(forms: Iterable[tuple[str, int, Link]]) -> tuple[Variant, ...]:
    """Forms with their mentions, each with its commonest reason."""
    counts: dict[str, Counter[Link]] = {}
    for form, count, link in forms:
        counts.setdefault(form, Counter())[link] += count
    found = [
        Variant(form, sum(links.values()), min(links, key=lambda link: (-links[link], link)))
        for form, links in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.mentions, one.form)))


def _here(db: sqlite3.Connection, shown: int, *, within: bool) -> None:
    """Put the articles that name a shown entity into the table `here`."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS here (number INTEGER PRIMARY KEY)")
    db.execute("DELETE FROM here")
    among = "AND article IN (SELECT number FROM chosen)" if within else ""
    db.execute(
        f"""
        INSERT OR IGNORE INTO here SELECT article FROM presence WHERE shown = ? {among}
        """,  # noqa: S608 -- one of two constants
        (shown,),
    )


def meeting(db: sqlite3.Connection, keys: Iterable[EntityKey]) -> tuple[str, ...]:
    """See `MentionStore.meeting`."""
    numbers = set(numbers_of(db, keys))
    if not numbers or 0 in numbers:
        return ()
    of_one = "SELECT article FROM presence WHERE shown = ?"
    query = f"SELECT id FROM articles WHERE number IN ({of_one}) {f'AND number IN ({of_one})' * (len(numbers) - 1)} ORDER BY published DESC, id"  # noqa: E501, S608 -- built of constants
    return tuple(row[0] for row in db.execute(query, sorted(numbers)))


def variants(
    db: sqlite3.Connection, keys: Sequence[EntityKey], ids: Collection[str] | None
) -> dict[EntityKey, tuple[Variant, ...]]:
    """See `MentionStore.variants`."""
    if ids is not None:
        choose(db, ids)
    numbers = dict(zip(numbers_of(db, keys), keys, strict=True))
    numbers.pop(0, None)
    found = forms_of(db, list(numbers), chosen=ids is not None)
    return {key: _variants(found.get(number, ())) for number, key in numbers.items()}
