"""Queries for entities, and for what a note is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kashaf_index.model import RUNGS, Query

if TYPE_CHECKING:
    from kashaf.entities.model import EntityKey, EntityRow
    from kashaf.notes.model import SearchTarget
    from kashaf_index.model import Rung

#: Spellings of an entity that one query asks for.
FORMS: Final = 12


def spellings_query(row: EntityRow) -> str:
    """A query for an entity under every spelling it was met in: phrases joined by OR, the commonest first."""
    forms = list(dict.fromkeys([row.name, *(form for form, _ in row.variants)]))[:FORMS]
    phrases = ['"' + form.replace('"', " ").strip() + '"' for form in forms]
    return " OR ".join(phrases)


#: What each type is called in the query language.
FIELDS: Final = {"person": "person", "place": "place", "organization": "org"}


def filter_of(key: EntityKey) -> str:
    """What narrows a query to the articles that name an entity, in the query language: `person:"…"`."""
    value = key.name.replace('"', " ")
    return f'{FIELDS.get(key.type, "date")}:"{value}"'


def asks_for_names(query: Query) -> bool:
    """Whether what it finds depends on who is known to be named."""
    return any(f"{field}:" in asked for field in FIELDS.values() for asked in (query.text, *query.filters))


def search_of(target: SearchTarget) -> Query:
    """The search that a note is on; one from elsewhere may name a rung that is none."""
    rung: Rung = next((rung for rung in RUNGS if rung == target.rung), "stem")
    return Query(target.query, rung=rung, match="any" if target.match == "any" else "all")
