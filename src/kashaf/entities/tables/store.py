"""The mentions of a corpus: derived data beside the index, in one SQLite file that may be deleted at any time.

Filters by entity are sets of article ids from here, joined at query time: correcting a name re-indexes nothing. The
file bears a version; one of another version, or a torn one, is deleted and filled again at the next update.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from kashaf.corpus.article import Article
from kashaf.entities.book.namebook import NameBook, key_of
from kashaf.entities.mentions import EXTRACTOR, find_mentions
from kashaf.entities.model import EntityRow, EntityType, Mention, MentionType
from kashaf.entities.tables import database
from kashaf.errors import DiskTrouble, Locked
from kashaf.storage.atomic import ensure_dir

__all__ = ["EntityRow", "MentionStore", "Update"]

T = TypeVar("T")

_BATCH: Final = 100
_WAIT_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Update:
    """What an update did, in articles. `complete`: it was not cancelled, and nothing it was given is pending."""

    extracted: int
    unchanged: int
    removed: int
    complete: bool


class MentionStore:
    """Mentions by article and by entity. Any thread may call; each call has its own connection.

    A missing file reads as empty. Methods raise Locked when another process keeps the file busy for ten seconds and
    DiskTrouble when the disk refuses; a damaged file is none of the caller's business.
    """

    def __init__(self, folder: Path) -> None:
        """folder: `CASE/.kashaf/mentions`; made at the first update."""
        self.path = folder / "mentions.sqlite"

    def update(
        self,
        articles: Iterable[Article],
        book: NameBook,
        *,
        present: Collection[str] | None = None,
        progress: Callable[[int], None] = lambda _done: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Update:
        """Extract what is new or changed, and forget articles that are gone.

        articles: at least those that are pending (see `pending_ids`); current ones are passed over.
        present: the ids of the whole corpus, when `articles` is only a part of it; else what `articles` gives is all.
        progress: called with the number of articles done, on the caller's thread.
        cancelled: asked before each article. What was extracted until then stays; nothing is forgotten.
        """
        ensure_dir(self.path.parent)
        stamp = _stamp(book)
        done = extracted = 0
        seen: set[str] = set()
        stopped = False
        batch: list[tuple[Article, tuple[Mention, ...]]] = []
        known: dict[str, tuple[str, ...]] = self._run(
            lambda db: {
                row[0]: row[1:] for row in db.execute("SELECT id, sha256, published, book FROM articles")
            }
        )
        for article in articles:
            if cancelled():
                stopped = True
                break
            if article.id in seen:
                continue
            seen.add(article.id)
            if known.get(article.id) != (database.sha_of(article), database.published_of(article), stamp):
                batch.append((article, find_mentions(article, book)))
                extracted += 1
            if len(batch) >= _BATCH:
                self._write(batch, stamp)
                batch = []
            done += 1
            progress(done)
        self._write(batch, stamp)
        removed = 0 if stopped else self._forget(known.keys() - (seen if present is None else set(present)))
        return Update(extracted, done - extracted, removed, complete=not stopped)

    def pending_ids(self, present: Mapping[str, str], book: NameBook) -> tuple[str, ...]:
        """The articles whose mentions are missing or out of date, in the order given. present: id to text_sha256."""
        stamp = _stamp(book)
        known: dict[str, tuple[str, ...]] = self._read(
            lambda db: {row[0]: row[1:] for row in db.execute("SELECT id, sha256, book FROM articles")}, {}
        )
        return tuple(id_ for id_, sha256 in present.items() if known.get(id_) != (sha256, stamp))

    def pending(self, present: Mapping[str, str], book: NameBook) -> int:
        """How many articles wait for extraction."""
        return len(self.pending_ids(present, book))

    def for_article(self, article_id: str) -> tuple[Mention, ...]:
        """The mentions of an article in order, under the names that `table` shows; empty when it is not known."""
        query = """
            SELECT entities.name, type, start, end, form, source FROM mentions
            JOIN entities ON entities.number = entity JOIN articles ON articles.number = article
            WHERE id = ? ORDER BY start
        """
        return self._read(lambda db: tuple(Mention(*row) for row in db.execute(query, (article_id,))), ())

    def table(
        self,
        type: MentionType | None = None,  # noqa: A002 -- the word of the command line
        ids: frozenset[str] | None = None,
        limit: int | None = None,
    ) -> list[EntityRow]:
        """Entities by number of articles, then of mentions, then by name.

        type: only these. ids: counted in these articles only. limit: the first so many.
        """
        return self._read(lambda db: database.table(db, type, ids, limit), [])

    def articles_of(self, name: str, type: MentionType | None = None) -> frozenset[str]:  # noqa: A002
        """The ids of the articles that mention an entity, by its name as listed or one that folds alike.

        For an alias ask the book first: `NameBook.find`.
        """
        query = """
            SELECT DISTINCT id FROM mentions JOIN articles ON articles.number = article
            WHERE entity IN (SELECT number FROM entities WHERE (key IN (?, ?) OR name = ?) AND ? IN (type, ''))
        """
        values = (key_of(name), name, name, type or "")
        return self._read(lambda db: frozenset(row[0] for row in db.execute(query, values)), frozenset())

    def by_article(self) -> tuple[list[tuple[EntityType, str]], dict[str, tuple[int, ...]]]:
        """All entities but dates, and for each article those it mentions, by their places in that list."""
        nothing: tuple[list[tuple[EntityType, str]], dict[str, tuple[int, ...]]] = ([], {})
        return self._read(database.by_article, nothing)

    @property
    def stamp(self) -> tuple[int, int]:
        """Another one after every change to the file, so that what was read before can be kept until then."""
        try:
            stat = self.path.stat()
        except OSError:
            return 0, 0
        return stat.st_mtime_ns, stat.st_size

    def _write(self, batch: Sequence[tuple[Article, tuple[Mention, ...]]], stamp: str) -> None:
        if batch:
            self._run(lambda db: database.write(db, batch, stamp))

    def _forget(self, ids: Collection[str]) -> int:
        if ids:
            self._run(lambda db: database.forget(db, ids))
        return len(ids)

    def _read(self, work: Callable[[sqlite3.Connection], T], empty: T) -> T:
        return self._run(work) if self.path.exists() else empty

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do work in one transaction; on a damaged file once more, on a new one."""
        try:
            with self._connection() as db:
                return work(db)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise self._trouble(error) from error
        self._remove()
        try:
            with self._connection() as db:
                return work(db)
        except sqlite3.DatabaseError as error:
            raise self._trouble(error) from error

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if not self.path.exists():
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
        with closing(sqlite3.connect(self.path, timeout=_WAIT_SECONDS)) as db:
            db.execute("PRAGMA trusted_schema = OFF")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version != database.VERSION:
                if db.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
                    raise sqlite3.DatabaseError("another version")
                db.executescript(
                    f"BEGIN; {database.SCHEMA} PRAGMA user_version = {database.VERSION}; COMMIT;"
                )
            with db:
                yield db

    def _remove(self) -> None:
        try:
            for path in (self.path, self.path.with_name(self.path.name + "-journal")):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise DiskTrouble(
                f"cannot delete the damaged mentions: {error.strerror}",
                where=str(self.path),
                cure="Delete it by hand",
            ) from error

    def _trouble(self, error: sqlite3.DatabaseError) -> DiskTrouble | Locked:
        if "locked" in str(error):
            return Locked(
                "the mentions are being updated by another process", where=str(self.path), cure="Try again"
            )
        return DiskTrouble(
            f"cannot use the mentions: {error}", where=str(self.path), cure="Free some space and try again"
        )


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is not what was written, rather than busy or out of room."""
    if isinstance(error, sqlite3.OperationalError):
        return any(sign in str(error) for sign in ("no such table", "no such column", "malformed"))
    return type(error) is sqlite3.DatabaseError


def _stamp(book: NameBook) -> str:
    return f"{EXTRACTOR}:{book.fingerprint}"
