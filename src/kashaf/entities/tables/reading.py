"""Readings as they are shown, and dates, quantities and quotations of many articles; in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

import orjson

from kashaf.entities.model import Counting, DateMention, EntityKey, Mention, Quantity, Quotation, Reading
from kashaf.entities.tables.forms import WHY
from kashaf.entities.tables.listing import choose, numbers_of
from kashaf.entities.tables.rows import Counted, Dated, Named, Quoted

_MENTIONS: Final = f"""
SELECT root.name, root.type, mentions.start, mentions.end, COALESCE(written, forms.form), forms.source,
  mentions.confidence, {WHY}
FROM mentions JOIN forms ON forms.number = mentions.form
JOIN presence ON presence.article = mentions.article AND presence.entity = forms.entity
JOIN entities AS unit ON unit.number = presence.unit JOIN entities AS root ON root.number = presence.shown
WHERE mentions.article = ? ORDER BY mentions.start
"""  # noqa: S608 -- built of constants
# A quotation with who its speaker is in its article, or over all when no mention of the article is of them.
_QUOTATIONS: Final = """
SELECT articles.id, published, outlet, quotations.start, quotations.end, direct, verb, verb_start, verb_end,
  CASE WHEN entity = 0 THEN speaker ELSE COALESCE(root.name, '') END,
  CASE WHEN entity = 0 THEN speaker_type ELSE COALESCE(root.type, '') END,
  speaker_start, speaker_end, confidence
FROM {tables}
LEFT JOIN presence USING (article, entity)
LEFT JOIN entities AS unit ON unit.number = COALESCE(presence.unit, quotations.entity)
LEFT JOIN entities AS root ON root.number = unit.shown
"""
_OF: Final = "ON articles.number = quotations.article"
_BY_DAY: Final = _QUOTATIONS.format(tables=f"articles CROSS JOIN quotations {_OF}")
_BY_ENTITY: Final = _QUOTATIONS.format(tables=f"quotations CROSS JOIN articles {_OF}")
_QUOTATIONS_OF_ONE: Final = f"{_BY_DAY} WHERE articles.number = ? ORDER BY quotations.start, quotations.end"
_DATES: Final = """
SELECT articles.id, published, outlet, start, end, form, edtf, earliest, latest, granularity, calendar, anchored,
  confidence, note FROM articles CROSS JOIN dates ON article = articles.number
"""
_QUANTITIES: Final = """
SELECT articles.id, published, outlet, start, end, form, low, high, comparison, counting, unit, counted, stems,
  confidence FROM articles CROSS JOIN quantities ON article = articles.number
"""
_CHOSEN: Final = "articles.number IN (SELECT number FROM chosen)"


def _number(db: sqlite3.Connection, article_id: str) -> int | None:
    row = db.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).fetchone()
    return int(row[0]) if row else None


def mentions(db: sqlite3.Connection, article_id: str) -> tuple[Mention, ...]:
    """See `MentionStore.for_article`."""
    number = _number(db, article_id)
    return () if number is None else tuple(Mention(*row) for row in db.execute(_MENTIONS, (number,)))


def reading(db: sqlite3.Connection, article_id: str) -> Reading | None:
    """See `MentionStore.reading`."""
    number = _number(db, article_id)
    if number is None:
        return None
    where = "WHERE article = ? ORDER BY start, end"
    return Reading(
        mentions(db, article_id),
        tuple(_date(row) for row in db.execute(f"{_DATES} {where}", (number,))),
        tuple(_quantity(row) for row in db.execute(f"{_QUANTITIES} {where}", (number,))),
        tuple(_quotation(row) for row in db.execute(_QUOTATIONS_OF_ONE, (number,))),
    )


def quotations(
    db: sqlite3.Connection,
    ids: Iterable[str] | None,
    speaker: EntityKey | None,
    about: EntityKey | None,
    limit: int | None,
) -> list[Quoted]:
    """See `MentionStore.quotations`."""
    conditions: list[str] = []
    values: list[object] = []
    if ids is not None:
        choose(db, ids)
        conditions.append(_CHOSEN)
    if speaker is not None:
        number = numbers_of(db, [speaker])[0] or _unmentioned(db, speaker)
        # Their units by the index first; then who it is in that article.
        # Whoever is shown so everywhere, and whoever is in some articles only; then who it is there.
        conditions.append(
            "root.number = ?1 AND entity <> 0 AND entity IN (SELECT number FROM entities WHERE shown = ?1 UNION"
            " SELECT entity FROM presence INDEXED BY presence_split WHERE unit <> entity AND shown = ?1)"
        )
        values.append(number)
    if about is not None:
        at = len(values) + 1
        conditions.append(
            f"""quotations.number IN (
              SELECT quotation FROM (
                SELECT number FROM entities WHERE shown = ?{at} UNION
                SELECT entity FROM presence INDEXED BY presence_split WHERE unit <> entity AND shown = ?{at}
              ) AS one CROSS JOIN about ON about.entity = one.number
              CROSS JOIN presence AS there ON there.article = about.article AND there.entity = about.entity
              WHERE there.shown = ?{at}
            )"""  # noqa: S608 -- a number
        )
        values.append(numbers_of(db, [about])[0])
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    order = "ORDER BY published DESC, articles.id, quotations.start, quotations.end"
    # By day when all are wanted, so that the first few are there at once.
    select = _BY_DAY if speaker is None and about is None else _BY_ENTITY
    found = db.execute(f"{select} {where} {order} LIMIT {_limit(limit)}", values)
    return [Quoted(row[0], _day(row[1]), row[2], _quotation(row)) for row in found]


def _unmentioned(db: sqlite3.Connection, key: EntityKey) -> int:
    """An entity that is a speaker and named nowhere."""
    from kashaf.entities.book.decisions import folded  # noqa: PLC0415

    row = db.execute("SELECT shown FROM entities WHERE type = ? AND key = ?", folded(key)).fetchone()
    return int(row[0]) if row else 0


def dates(
    db: sqlite3.Connection,
    ids: Iterable[str] | None,
    first: date | None,
    last: date | None,
    limit: int | None,
) -> list[Dated]:
    """See `MentionStore.dates`."""
    conditions: list[str] = []
    values: list[object] = []
    if ids is not None:
        choose(db, ids)
        conditions.append(_CHOSEN)
    if first is not None:
        conditions.append("earliest IS NOT NULL AND COALESCE(latest, earliest) >= ?")
        values.append(first.isoformat())
    if last is not None:
        conditions.append("earliest IS NOT NULL AND earliest <= ?")
        values.append(last.isoformat())
    found = db.execute(_query(_DATES, conditions, limit), values)
    return [Dated(row[0], _day(row[1]), row[2], _date(row)) for row in found]


def quantities(
    db: sqlite3.Connection, ids: Iterable[str] | None, counting: Counting | None, limit: int | None
) -> list[Counted]:
    """See `MentionStore.quantities`."""
    conditions: list[str] = []
    values: list[object] = []
    if ids is not None:
        choose(db, ids)
        conditions.append(_CHOSEN)
    if counting is not None:
        conditions.append("counting = ?")
        values.append(counting)
    found = db.execute(_query(_QUANTITIES, conditions, limit), values)
    return [Counted(row[0], _day(row[1]), row[2], _quantity(row)) for row in found]


def named(db: sqlite3.Connection, ids: Iterable[str] | None) -> Iterator[Named]:
    """See `MentionStore.named`."""
    among = ""
    if ids is not None:
        choose(db, ids)
        among = "AND mentions.article IN (SELECT number FROM chosen)"
    for row in db.execute(
        f"""
        SELECT articles.id, root.type, root.name, mentions.start, mentions.end
        FROM articles JOIN mentions ON mentions.article = articles.number
        JOIN forms ON forms.number = mentions.form
        JOIN presence ON presence.article = mentions.article AND presence.entity = forms.entity
        JOIN entities AS root ON root.number = presence.shown
        WHERE root.type <> 'date' {among} ORDER BY articles.id, mentions.start
        """  # noqa: S608 -- one of two constants
    ):
        yield Named(*row)


def _query(select: str, conditions: list[str], limit: int | None) -> str:
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"{select} {where} ORDER BY articles.id, start, end LIMIT {_limit(limit)}"


def _limit(limit: int | None) -> int:
    return -1 if limit is None else limit


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _date(row: tuple[Any, ...]) -> DateMention:
    start, end, form, edtf, earliest, latest, granularity, calendar, anchored, confidence, note = row[3:]
    first, last = _day(earliest), _day(latest)
    return DateMention(
        start, end, form, edtf, first, last, granularity, calendar, bool(anchored), confidence, note
    )


def _quantity(row: tuple[Any, ...]) -> Quantity:
    start, end, form, low, high, comparison, counting, unit, counted, stems, confidence = row[3:]
    of = tuple(orjson.loads(stems))
    return Quantity(start, end, form, low, high, comparison, counting, unit, counted, of, confidence)


def _quotation(row: tuple[Any, ...]) -> Quotation:
    start, end, direct, *rest = row[3:]
    return Quotation(start, end, bool(direct), *rest)
