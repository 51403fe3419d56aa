"""The forms that entities were met in, and why each bears the name; in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Final

from kashaf.entities.model import Link

#: Why a form bears the name: for what the tables `unit` and `forms` are joined with.
WHY: Final = """
  CASE WHEN unit.type = '=' OR unit.shown <> unit.linked THEN 'analyst'
       WHEN forms.link <> '' THEN forms.link ELSE unit.link END
"""
_CHOSEN_FORMS: Final = f"""
SELECT presence.shown, forms.form, COUNT(*), {WHY} FROM chosen
CROSS JOIN mentions ON mentions.article = chosen.number CROSS JOIN forms ON forms.number = mentions.form
CROSS JOIN presence ON presence.article = chosen.number AND presence.entity = forms.entity
CROSS JOIN listed ON listed.number = presence.shown CROSS JOIN entities AS unit ON unit.number = presence.unit
GROUP BY 1, 2, 4
"""  # noqa: S608 -- built of constants
_ALL_FORMS: Final = f"""
SELECT unit.shown, forms.form, forms.mentions, {WHY} FROM listed
CROSS JOIN entities AS unit ON unit.shown = listed.number CROSS JOIN forms ON forms.entity = unit.number
WHERE forms.mentions > 0
"""  # noqa: S608 -- built of constants
# In the articles in which somebody is split off: what `_ALL_FORMS` has counted for `whom`, and who it is.
_SPLIT_FORMS: Final = f"""
SELECT unit.shown, forms.form, {{sign}}COUNT(*), {WHY} FROM presence INDEXED BY presence_split
CROSS JOIN mentions ON mentions.article = presence.article
CROSS JOIN forms ON forms.number = mentions.form AND forms.entity = presence.entity
CROSS JOIN entities AS unit ON unit.number = presence.{{whom}} CROSS JOIN listed ON listed.number = unit.shown
WHERE presence.unit <> presence.entity GROUP BY 1, 2, 4
"""  # noqa: S608 -- built of constants


def forms_of(
    db: sqlite3.Connection, numbers: Sequence[int], *, chosen: bool
) -> dict[int, list[tuple[str, int, Link]]]:
    """The forms of shown entities: form, mentions and why, in the chosen articles or in all."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS listed (number INTEGER PRIMARY KEY)")
    db.execute("DELETE FROM listed")
    db.executemany("INSERT INTO listed VALUES (?)", [(number,) for number in numbers])
    counts: Counter[tuple[int, str, Link]] = Counter()
    queries = (
        (_CHOSEN_FORMS,)
        if chosen
        else (
            _ALL_FORMS,
            _SPLIT_FORMS.format(sign="-", whom="entity"),
            _SPLIT_FORMS.format(sign="", whom="unit"),
        )
    )
    for query in queries:
        for number, form, count, link in db.execute(query):
            counts[number, form, link] += count
    found: dict[int, list[tuple[str, int, Link]]] = {}
    for (number, form, link), count in counts.items():
        if count > 0:
            found.setdefault(number, []).append((form, count, link))
    return found
