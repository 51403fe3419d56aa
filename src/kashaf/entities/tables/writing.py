"""Readings put into the tables, and totals kept true by what comes and goes; in the caller's transaction."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import orjson

from kashaf.corpus.identity import text_sha256
from kashaf.entities.book.decisions import Rules, folded
from kashaf.entities.model import EntityKey, Mention, Quotation, Reading
from kashaf.entities.rules.spans import plain_form
from kashaf.entities.tables.naming import Register, searchable

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.entities.book.namebook import NameBook

_RULES: Final = "decisions"


#: What of an article makes it be read again when it changes: SHA-256 of its text, day of publication in ISO 8601 or
#: empty, outlet or empty.
Revision = tuple[str, str, str]


class Facts(NamedTuple):
    """What the store keeps of an article itself: its id, and its `Revision`."""

    id: str
    sha256: str
    published: str
    outlet: str

    @property
    def revision(self) -> Revision:
        return self.sha256, self.published, self.outlet


def facts_of(article: Article) -> Facts:
    """Relative dates are anchored on the day of publication, so a corrected one makes an article pending."""
    published = article.metadata.published
    return Facts(
        article.id,
        article.text_sha256 or text_sha256(article.text),
        published.isoformat() if published else "",
        article.metadata.outlet or "",
    )


def rules_of(db: sqlite3.Connection) -> Rules:
    """The decisions that the tables are resolved by."""
    row = db.execute("SELECT value FROM facts WHERE name = ?", (_RULES,)).fetchone()
    return Rules.from_json(row[0].encode()) if row else Rules()


def has_rules(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM facts WHERE name = ?", (_RULES,)).fetchone() is not None


def keep_rules(db: sqlite3.Connection, rules: Rules) -> None:
    db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_RULES, rules.to_json().decode()))


@dataclass(slots=True)
class _Changes:
    """What a transaction adds to totals and takes from them, by shown entity, and which forms are used."""

    articles: Counter[int] = field(default_factory=Counter)
    mentions: Counter[int] = field(default_factory=Counter)
    months: Counter[tuple[int, str]] = field(default_factory=Counter)
    last: dict[int, str] = field(default_factory=dict)
    #: Shown entities that lose an article, with its day.
    lost: dict[int, str] = field(default_factory=dict)
    forms: Counter[int] = field(default_factory=Counter)
    #: Entities that are met more often, or less.
    met: set[int] = field(default_factory=set)
    #: Entities whose name may be another, and shown entities whose needle is.
    renamed: set[int] = field(default_factory=set)
    respelt: set[int] = field(default_factory=set)

    def count(self, shown: Iterable[tuple[int, int]], published: str, sign: int) -> None:
        """Add an article's (shown entity, mentions), or take them away."""
        here: Counter[int] = Counter()
        for entity, mentions in shown:
            here[entity] += mentions
        for entity, mentions in here.items():
            if not entity:
                continue
            self.articles[entity] += sign
            self.mentions[entity] += sign * mentions
            if published:
                self.months[entity, published[:7]] += sign
            if sign > 0:
                self.last[entity] = max(self.last.get(entity, ""), published)
            else:
                self.lost[entity] = max(self.lost.get(entity, ""), published)


def write(
    db: sqlite3.Connection,
    batch: Sequence[tuple[Facts, Reading]],
    stamp: str,
    book: NameBook | None = None,
) -> None:
    """Put readings of articles in, in the place of what was known of them."""
    rules = rules_of(db)
    register = Register(db, rules, book)
    changes = _Changes()
    _drop(db, [facts.id for facts, _ in batch], changes)
    forms = _Forms(db, changes)
    for facts, reading in batch:
        _put(db, facts, reading, stamp, register, forms, changes, rules)
    _settle(db, changes, rules)


def forget(db: sqlite3.Connection, ids: Collection[str]) -> None:
    """Take articles out."""
    changes = _Changes()
    _drop(db, ids, changes)
    _settle(db, changes, rules_of(db))
    purge(db)


def purge(db: sqlite3.Connection) -> None:
    """Take out entities that nobody mentions, quotes, links with or is shown as."""
    db.execute("DELETE FROM forms WHERE mentions = 0")
    db.execute(
        """
        DELETE FROM entities AS one WHERE number NOT IN (SELECT entity FROM forms)
        AND number NOT IN (SELECT unit FROM presence WHERE unit <> entity)
        AND NOT EXISTS (SELECT 1 FROM quotations WHERE entity = one.number AND entity <> 0)
        AND NOT EXISTS (SELECT 1 FROM entities WHERE shown = one.number AND number <> one.number)
        AND NOT EXISTS (SELECT 1 FROM entities WHERE linked = one.number AND linked <> number)
        AND NOT EXISTS (SELECT 1 FROM entities WHERE alias = one.number AND alias <> 0)
        """
    )


class _Forms:
    """Numbers of forms, each made when first met."""

    def __init__(self, db: sqlite3.Connection, changes: _Changes) -> None:
        self._db = db
        self._changes = changes
        self._known: dict[tuple[int, str, str, str, str], int] = {}

    def number(self, entity: int, shown: int, mention: Mention) -> int:
        key = (entity, plain_form(mention.form), mention.name, mention.source, mention.link)
        number = self._known.get(key)
        if number is None:
            row = self._db.execute(
                "SELECT number FROM forms WHERE entity = ? AND form = ? AND name = ? AND source = ? AND link = ?",
                key,
            ).fetchone()
            if row is None:
                number = self._db.execute(
                    "INSERT INTO forms (entity, form, name, source, link, mentions) VALUES (?, ?, ?, ?, ?, 0)",
                    key,
                ).lastrowid
                assert number is not None
                self._changes.respelt.add(shown)
            else:
                number = int(row[0])
            self._changes.renamed.add(entity)
            self._known[key] = number
        self._changes.forms[number] += 1
        self._changes.met.add(entity)
        return number


def _put(
    db: sqlite3.Connection,
    facts: Facts,
    reading: Reading,
    stamp: str,
    register: Register,
    forms: _Forms,
    changes: _Changes,
    rules: Rules,
) -> None:
    article = db.execute(
        "INSERT INTO articles (id, sha256, published, outlet, stamp) VALUES (?, ?, ?, ?, ?)", (*facts, stamp)
    ).lastrowid
    assert article is not None
    mentions: list[tuple[object, ...]] = []
    found: list[int] = []
    shown_as: dict[int, int] = {}
    counts: Counter[int] = Counter()
    for mention in reading.mentions:
        entity, shown = register.entity(EntityKey(mention.type, mention.name))
        found.append(entity)
        counts[entity] += 1
        shown_as[entity] = shown
        form = forms.number(entity, shown, mention)
        written = mention.form if plain_form(mention.form) != mention.form else None
        mentions.append((article, mention.start, mention.end, form, written, round(mention.confidence, 3)))
    db.executemany("INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?, ?)", mentions)
    units = dict(zip(counts, counts, strict=True))
    if facts.id in rules.split:
        for entity in counts:
            units[entity] = register.unit(entity, facts.id)
            if units[entity] != entity:
                shown_as[entity] = db.execute(
                    "SELECT shown FROM entities WHERE number = ?", (units[entity],)
                ).fetchone()[0]
    db.executemany(
        "INSERT INTO presence VALUES (?, ?, ?, ?, ?)",
        [(article, entity, units[entity], shown_as[entity], count) for entity, count in counts.items()],
    )
    changes.count(((shown_as[entity], count) for entity, count in counts.items()), facts.published, 1)
    _put_values(db, article, reading)
    named = _Named(reading.mentions, found)
    for quotation in reading.quotations:
        _put_quotation(db, article, quotation, named, register)


def _put_values(db: sqlite3.Connection, article: int, reading: Reading) -> None:
    db.executemany(
        "INSERT INTO dates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                article, one.start, one.end, one.form, one.edtf,
                one.earliest.isoformat() if one.earliest else None, one.latest.isoformat() if one.latest else None,
                one.granularity, one.calendar, one.anchored, one.confidence, one.note,
            )
            for one in reading.dates
        ],
    )  # fmt: skip
    db.executemany(
        "INSERT INTO quantities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                article, one.start, one.end, one.form, float(one.low), float(one.high), one.comparison, one.counting,
                one.unit, one.counted, orjson.dumps(one.of).decode(), one.confidence,
            )
            for one in reading.quantities
        ],
    )  # fmt: skip


class _Named:
    """Whom an article names, with their numbers: by name and by place. Mentions are in order and do not overlap."""

    def __init__(self, mentions: Sequence[Mention], found: Sequence[int]) -> None:
        self._mentions = mentions
        self._found = found
        self._ends = [mention.end for mention in mentions]
        self.by_name = {(one.type, one.name): at for one, at in zip(mentions, found, strict=True)}

    def inside(self, start: int, end: int) -> Iterator[int]:
        """The entities, dates left out, that stand in a span or across its border."""
        for at in range(bisect_right(self._ends, start), len(self._mentions)):
            mention = self._mentions[at]
            if mention.start >= end:
                return
            if mention.type != "date":
                yield self._found[at]


def _put_quotation(
    db: sqlite3.Connection, article: int, one: Quotation, named: _Named, register: Register
) -> None:
    entity = 0
    if one.speaker and one.speaker_type:
        entity = named.by_name.get((one.speaker_type, one.speaker), 0)
        if not entity:
            entity, _ = register.entity(EntityKey(one.speaker_type, one.speaker))
    number = db.execute(
        "INSERT INTO quotations (article, start, end, direct, verb, verb_start, verb_end, entity, speaker,"
        " speaker_type, speaker_start, speaker_end, confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article, one.start, one.end, one.direct, one.verb, one.verb_start, one.verb_end, entity, one.speaker,
            one.speaker_type, one.speaker_start, one.speaker_end, one.confidence,
        ),
    ).lastrowid  # fmt: skip
    db.executemany(
        "INSERT INTO about VALUES (?, ?, ?)",
        [(entity, number, article) for entity in sorted({*named.inside(one.start, one.end)})],
    )


def _drop(db: sqlite3.Connection, ids: Iterable[str], changes: _Changes) -> None:
    """Take articles out with all that was read of them."""
    for id_ in ids:
        row = db.execute("SELECT number, published FROM articles WHERE id = ?", (id_,)).fetchone()
        if row is None:
            continue
        article, published = row
        shown = db.execute("SELECT shown, mentions FROM presence WHERE article = ?", (article,)).fetchall()
        changes.count(shown, published, -1)
        for form, entity, count in db.execute(
            "SELECT forms.number, entity, COUNT(*) FROM mentions JOIN forms ON forms.number = mentions.form"
            " WHERE article = ? GROUP BY 1",
            (article,),
        ):
            changes.forms[form] -= count
            changes.renamed.add(entity)
            changes.met.add(entity)
        for table in ("mentions", "presence", "dates", "quantities", "quotations", "about"):
            db.execute(f"DELETE FROM {table} WHERE article = ?", (article,))  # noqa: S608 -- names of tables
        db.execute("DELETE FROM articles WHERE number = ?", (article,))


def _settle(db: sqlite3.Connection, changes: _Changes, rules: Rules) -> None:
    db.executemany(
        "UPDATE forms SET mentions = mentions + ? WHERE number = ?",
        [(count, form) for form, count in changes.forms.items() if count],
    )
    rename(db, changes.renamed, rules)
    db.executemany(
        "INSERT OR IGNORE INTO unlinked SELECT block FROM entities WHERE number = ? AND block <> ''",
        [(entity,) for entity in changes.met],
    )
    db.executemany(
        """
        INSERT INTO totals SELECT number, type, name, ?2, ?3, ?4, '' FROM entities WHERE number = ?1
        ON CONFLICT (entity) DO UPDATE SET articles = articles + ?2, mentions = mentions + ?3, last = MAX(last, ?4)
        """,
        [
            (entity, articles, changes.mentions[entity], changes.last.get(entity, ""))
            for entity, articles in changes.articles.items()
        ],
    )
    db.executemany(
        "INSERT INTO months VALUES (?1, ?2, ?3)"
        " ON CONFLICT (entity, month) DO UPDATE SET articles = articles + ?3",
        [(*key, count) for key, count in changes.months.items() if count],
    )
    if changes.lost:
        gone = [(entity,) for entity in changes.lost]
        db.executemany("DELETE FROM months WHERE entity = ? AND articles <= 0", gone)
        db.executemany("DELETE FROM totals WHERE entity = ? AND articles <= 0", gone)
        db.executemany(
            """
            UPDATE totals SET last = (
              SELECT COALESCE(MAX(published), '') FROM presence JOIN articles ON articles.number = article
              WHERE shown = ?1
            ) WHERE entity = ?1 AND last = ?2
            """,
            changes.lost.items(),
        )
    respell(db, {*changes.respelt, *changes.lost})


def rename(db: sqlite3.Connection, numbers: Iterable[int], rules: Rules) -> None:
    """Call entities what lists call them: what a decision says, else the book's name, else the one met most often.

    Between names met as often the first by its letters: nothing depends on the order of reading.
    """
    for number in numbers:
        row = db.execute("SELECT type, key, name FROM entities WHERE number = ?", (number,)).fetchone()
        if row is None:
            continue
        type_, key, name = row
        wanted = rules.spelt.get(folded(EntityKey(type_, key)))
        if wanted is None:
            best = db.execute(
                "SELECT name FROM forms WHERE entity = ? AND mentions > 0 GROUP BY name"
                " ORDER BY MAX(source = 'book') DESC, SUM(mentions) DESC, name LIMIT 1",
                (number,),
            ).fetchone()
            wanted = best[0] if best else name
        if wanted != name:
            db.execute("UPDATE entities SET name = ? WHERE number = ?", (wanted, number))
            db.execute("UPDATE totals SET name = ? WHERE entity = ?", (wanted, number))
            respell(db, [number])


def respell(db: sqlite3.Connection, shown: Iterable[int]) -> None:
    """Write anew what shown entities can be looked up by."""
    for number in shown:
        own = db.execute("SELECT name, extra FROM entities WHERE number = ?", (number,)).fetchone()
        if own is None:
            continue
        rows = db.execute(
            "SELECT forms.name, form, extra FROM entities JOIN forms ON entity = entities.number"
            " WHERE shown = ? AND forms.mentions > 0 ORDER BY forms.mentions DESC, form LIMIT 200",
            (number,),
        ).fetchall()
        needle = searchable([own[0], *(text for row in rows for text in row[:2])])
        extra = dict.fromkeys(line for row in (own[1:], *(row[2:] for row in rows)) for line in row if line)
        db.execute("UPDATE totals SET needle = ? WHERE entity = ?", ("\n".join((needle, *extra)), number))
