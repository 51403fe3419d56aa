"""Entities by number: found or made when somebody is met under a name, resolved, and called what lists call them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kashaf.entities.book.decisions import Folded, Rules, folded
from kashaf.entities.linking.linking import block_of
from kashaf.entities.model import EntityKey
from kashaf.entities.page import folded_words
from kashaf.entities.tables.schema import SPLIT

if TYPE_CHECKING:
    from kashaf.entities.book.namebook import NameBook


class Known(NamedTuple):
    """What the book says of a found name: the canonical name of which it is one, or empty; further words."""

    canonical: str
    extra: str


def known_of(book: NameBook, key: EntityKey) -> Known:
    """See `Known`. A name that may be several people's, or is a common word, is no alias."""
    found = [name for name in book.find(key.name) if name.type == key.type]
    if len(found) != 1:
        return Known("", "")
    name = found[0]
    words = folded_words(key.name)
    doubtful = any(folded_words(surface) == words for surface in name.ambiguous)
    canonical = (
        "" if doubtful or folded(EntityKey(key.type, name.canonical)) == folded(key) else name.canonical
    )
    return Known(canonical, "" if doubtful else searchable(name.surfaces))


@lru_cache(maxsize=1 << 14)
def folded_line(text: str) -> str:
    """The folded words of a text, a space between: what `containing` is compared with."""
    return " ".join(folded_words(text))


def searchable(surfaces: Iterable[str]) -> str:
    """Folded surfaces, one a line."""
    return "\n".join(dict.fromkeys(filter(None, map(folded_line, surfaces))))


class Register:
    """Numbers of entities, in the caller's transaction. Forget it with the transaction."""

    def __init__(self, db: sqlite3.Connection, rules: Rules, book: NameBook | None) -> None:
        self._db = db
        self._rules = rules
        self._book = book
        self._known: dict[Folded, tuple[int, int]] = {}

    def entity(self, key: EntityKey) -> tuple[int, int]:
        """The number of whoever is found as `key`, and of who that is shown as (0: nobody)."""
        filed = folded(key)
        known = self._known.get(filed)
        if known is None:
            row: tuple[int, int] | None = self._db.execute(
                "SELECT number, shown FROM entities WHERE type = ? AND key = ?", filed
            ).fetchone()
            known = self._known[filed] = row or self._make(filed, key.name)
        return known

    def _make(self, filed: Folded, name: str) -> tuple[int, int]:
        known = Known("", "")
        key = EntityKey(filed.type, self._rules.spelt.get(filed, name))  # type: ignore[arg-type]  # as it was filed
        if self._book is not None and filed.type != "date":
            known = known_of(self._book, EntityKey(key.type, name))
        number = self._insert(filed, key.name, block_of(filed.type, name), known.extra)
        start = filed
        if known.canonical and filed not in self._rules.apart:
            other = EntityKey(key.type, known.canonical)
            alias, _ = self.entity(other)
            self._db.execute("UPDATE entities SET alias = ? WHERE number = ?", (alias, number))
            linked, theirs = self.start(alias)
            self._db.execute(
                "UPDATE entities SET linked = ?, link = 'alias' WHERE number = ?", (linked, number)
            )
            if filed not in self._rules.pinned:
                start = theirs
        shown = self.shown(number, start)
        if shown != number:
            self._db.execute("UPDATE entities SET shown = ? WHERE number = ?", (shown, number))
        return number, shown

    def _insert(self, filed: Folded, name: str, block: str, extra: str) -> int:
        row = self._db.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM entities").fetchone()
        number = int(row[0])
        self._db.execute(
            "INSERT INTO entities (number, type, key, name, linked, shown, block, extra)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, *filed, name, number, number, block, extra),
        )
        return number

    def start(self, number: int) -> tuple[int, Folded]:
        """Whom automatic linking takes an entity for, and that one's key, where decisions begin."""
        linked, type_, key = self._db.execute(
            "SELECT root.number, root.type, root.key FROM entities AS one"
            " JOIN entities AS root ON root.number = one.linked WHERE one.number = ?",
            (number,),
        ).fetchone()
        return linked, Folded(type_, key)

    def shown(self, number: int, start: Folded, article: str = "") -> int:
        """Who an entity is in the end, whose decisions begin at `start`; 0 for nobody."""
        final = self._rules.final(start, article)
        if final is None:
            return 0
        own = self._db.execute("SELECT type, key FROM entities WHERE number = ?", (number,)).fetchone()
        if final == Folded(*own):
            return number
        return self.named(final)

    def named(self, filed: Folded) -> int:
        """The number of whoever is filed so, made if need be; what decisions make of that name is not asked."""
        row = self._db.execute("SELECT number FROM entities WHERE type = ? AND key = ?", filed).fetchone()
        if row is not None:
            return int(row[0])
        self._known[filed] = self._make(filed, self._rules.spelt.get(filed, filed.key))
        return self._known[filed][0]

    def unit(self, entity: int, article: str) -> int:
        """Whom an entity counts for in an article: itself, or a row that stands for who it is there alone."""
        row = self._db.execute("SELECT type, key FROM entities WHERE number = ?", (entity,)).fetchone()
        own = Folded(*row)
        start = own if own in self._rules.pinned else self.start(entity)[1]
        there = self._rules.final(start, article)
        if there == self._rules.final(start):
            return entity
        filed = Folded(SPLIT, f"{there.type}:{there.key}" if there else "")
        row = self._db.execute("SELECT number FROM entities WHERE type = ? AND key = ?", filed).fetchone()
        if row is not None:
            return int(row[0])
        shown = self.named(there) if there else 0
        number = self._insert(filed, "", "", "")
        self._db.execute("UPDATE entities SET shown = ? WHERE number = ?", (shown, number))
        return number
