"""What was read out of a corpus: derived data beside the index, in one SQLite file that may be deleted at any time.

Filters by entity are sets of article ids from here, joined at query time: correcting a name re-indexes nothing. The
file bears a version; one of another version, or a torn one, is deleted and filled again at the next update.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from kashaf.corpus.article import Article
from kashaf.entities.book.decisions import Rules
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.model import Counting, EntityKey, EntityRow, EntityType, Mention, MentionType, Reading
from kashaf.entities.tables import listing, pages, reading, resolving, writing
from kashaf.entities.tables.file import TablesFile
from kashaf.entities.tables.rows import Counted, Dated, EntityPage, Named, Quoted, Sort, Variant
from kashaf.entities.tables.writing import Facts, Revision, facts_of
from kashaf.storage.atomic import ensure_dir

__all__ = ["EntityRow", "MentionStore", "Update"]

T = TypeVar("T")
#: What reads an article, as `kashaf.entities.mentions.read_article` does.
Reader = Callable[[Article, NameBook], Reading]

_BATCH: Final = 100
_BLOCKS: Final = 300
_WAIT_SECONDS: Final = 10.0
_CACHE_KIB: Final = 32 * 1024


@dataclass(frozen=True, slots=True)
class Update:
    """What an update did, in articles. `complete`: it was not cancelled, and nothing it was given is pending."""

    extracted: int
    unchanged: int
    removed: int
    complete: bool


class MentionStore:
    """Readings by article and by entity. Any thread may call; each call has its own connection.

    A missing file reads as empty. Methods raise Locked when another process keeps the file busy for ten seconds and
    DiskTrouble when the disk refuses; a damaged file is none of the caller's business.
    """

    def __init__(self, folder: Path) -> None:
        """folder: `CASE/.kashaf/mentions`; made at the first update."""
        self.path = folder / "mentions.sqlite"
        self._file = TablesFile(self.path)
        self._rules: Rules | None = None

    # Filling

    def update(
        self,
        articles: Iterable[Article],
        book: NameBook,
        *,
        present: Collection[str] | None = None,
        progress: Callable[[int], None] = lambda _done: None,
        cancelled: Callable[[], bool] = lambda: False,
        reader: Reader | None = None,
    ) -> Update:
        """Read what is new or changed, and forget articles that are gone.

        articles: at least those that are pending (see `pending_ids`); current ones are passed over.
        present: the ids of the whole corpus, when `articles` is only a part of it; else what `articles` gives is all.
        progress: called with the number of articles done, on the caller's thread.
        cancelled: asked before each article. What was read until then stays; nothing is forgotten.
        reader: None for `read_article`.
        """
        reading_by = reader or _reader()
        ensure_dir(self.path.parent)
        stamp = stamp_of(book)
        done = extracted = 0
        seen: set[str] = set()
        stopped = False
        known = self._known()

        def read() -> Iterator[tuple[Facts, Reading]]:
            nonlocal done, extracted, stopped
            for article in articles:
                if cancelled():
                    stopped = True
                    return
                if article.id in seen:
                    continue
                seen.add(article.id)
                facts = facts_of(article)
                if known.get(article.id) != (*facts.revision, stamp):
                    extracted += 1
                    yield facts, reading_by(article, book)
                done += 1
                progress(done)

        self.put(read(), book)
        gone = () if stopped else known.keys() - (seen if present is None else set(present))
        self.forget(gone)
        return Update(extracted, done - extracted, len(gone), complete=not stopped)

    def put(self, readings: Iterable[tuple[Facts, Reading]], book: NameBook) -> None:
        """Put readings in, a batch at a time; then link the names that are new.

        When `readings` raises, what came before is kept.
        """
        ensure_dir(self.path.parent)
        stamp = stamp_of(book)
        rules = self._rules
        if rules is not None:
            self._file.run(lambda db: resolving.begin_with(db, rules, book))
        batch: list[tuple[Facts, Reading]] = []
        try:
            for one in readings:
                batch.append(one)
                if len(batch) >= _BATCH:
                    self._write(batch, stamp, book)
                    batch = []
        finally:
            self._write(batch, stamp, book)
            self._link()

    def _link(self) -> None:
        """Link names with those they are like: a few at a time, so that who decides about a name need not wait."""
        while self._file.run(partial(resolving.link_some, limit=_BLOCKS)):
            pass

    def forget(self, ids: Collection[str]) -> None:
        """Take articles out."""
        if ids:
            self._file.run(lambda db: writing.forget(db, ids))
            self._link()

    def known_ids(self) -> frozenset[str]:
        """The ids of the articles that have been read."""
        return self._file.read(
            lambda db: frozenset(row[0] for row in db.execute("SELECT id FROM articles")), frozenset()
        )

    def pending_ids(self, present: Mapping[str, Revision], book: NameBook) -> tuple[str, ...]:
        """The articles that have not been read or are out of date, in the order given. present: by id."""
        stamp = stamp_of(book)
        known = self._known() if self.path.exists() else {}
        return tuple(id_ for id_, revision in present.items() if known.get(id_) != (*revision, stamp))

    def pending(self, present: Mapping[str, Revision], book: NameBook) -> int:
        """How many articles wait to be read."""
        return len(self.pending_ids(present, book))

    def learned(self) -> tuple[str, dict[str, str]]:
        """The stamp of the book that names were last looked up in, and what it said of each of its surfaces."""
        nothing: tuple[str, dict[str, str]] = ("", {})
        return self._file.read(resolving.learned, nothing)

    def learn(self, book: NameBook, current: Collection[str] | None) -> None:
        """Look names up in another book, those of which it says something else.

        current: the ids of all articles that it reads no otherwise than the one before, which are no longer pending.
        None when nobody knows: then what is pending stays so.
        """
        ensure_dir(self.path.parent)
        stamp = stamp_of(book)
        self._file.run(lambda db: resolving.learn(db, book, stamp, current))

    # The analyst's decisions

    def apply(self, rules: Rules, book: NameBook | None = None) -> None:
        """Show names as these decisions say, without reading an article; those that are read later, too."""
        self.begin_with(rules)
        if self.path.exists() or rules.decisions:
            ensure_dir(self.path.parent)
            self._file.run(lambda db: resolving.apply(db, rules, book))

    def begin_with(self, rules: Rules) -> None:
        """The decisions for a file that has none yet, as one that was damaged and is filled anew."""
        self._rules = rules

    def applied(self) -> Rules:
        """The decisions that names are shown by."""
        return self._file.read(writing.rules_of, Rules())

    # Asking

    def for_article(self, article_id: str) -> tuple[Mention, ...]:
        """The mentions of an article in order, under the names that `table` shows; empty when it is not known."""
        return self._file.read(lambda db: reading.mentions(db, article_id), ())

    def reading(self, article_id: str) -> Reading | None:
        """All that was read of an article, with names as `table` shows them; None when it is not known."""
        return self._file.read(lambda db: reading.reading(db, article_id), None)

    def table(
        self,
        type: MentionType | None = None,  # noqa: A002 -- the word of the command line
        ids: frozenset[str] | None = None,
        limit: int | None = None,
        *,
        sort: Sort = "articles",
        containing: str = "",
        lean: bool = False,
    ) -> list[EntityRow]:
        """Entities by number of articles, then of mentions, then by name; or in another order.

        type: only these. ids: counted in these articles only. limit: the first so many. containing: only those that
        have a name with this in it, however spelt, in whole words or parts. lean: without variants and trend.
        """
        return self._file.read(
            lambda db: listing.table(db, type, ids, limit, sort, containing, lean=lean), []
        )

    def page(self, key: EntityKey, ids: Collection[str] | None = None) -> EntityPage | None:
        """All about an entity, in these articles or in all; None when nobody is listed under that name."""
        return self._file.read(lambda db: pages.page(db, key, ids), None)

    def meeting(self, keys: Iterable[EntityKey]) -> tuple[str, ...]:
        """The ids of the articles that name all of these, the newest first."""
        wanted = tuple(keys)
        return self._file.read(lambda db: pages.meeting(db, wanted), ())

    def articles_of(self, name: str, type: MentionType | None = None) -> frozenset[str]:  # noqa: A002
        """The ids of the articles that mention an entity, by its name as listed or one that folds alike; when nobody
        is listed so, of those that mention whoever was found so.

        For an alias that nobody was found under ask the book first: `NameBook.find`.
        """
        return self._file.read(lambda db: listing.articles_of(db, name, type), frozenset())

    def articles_with(self, part: str, type: EntityType) -> frozenset[str]:  # noqa: A002
        """The ids of the articles that mention an entity one of whose names has these words in a row."""
        return self._file.read(lambda db: listing.articles_with(db, part, type), frozenset())

    def variants(
        self, keys: Iterable[EntityKey], ids: Collection[str] | None = None
    ) -> dict[EntityKey, tuple[Variant, ...]]:
        """The forms that listed entities were met in, in these articles or in all, each with its reason."""
        wanted = tuple(keys)
        return self._file.read(lambda db: pages.variants(db, wanted, ids), {})

    def by_article(self) -> tuple[list[tuple[EntityType, str]], dict[str, tuple[int, ...]]]:
        """All entities but dates, and for each article those it mentions, by their places in that list."""
        nothing: tuple[list[tuple[EntityType, str]], dict[str, tuple[int, ...]]] = ([], {})
        return self._file.read(listing.by_article, nothing)

    def likely(self, key: EntityKey, limit: int = 10) -> list[EntityRow]:
        """Entities whose names are like this one's, likeliest first: whom an analyst may want to merge with it."""
        return self._file.read(lambda db: listing.likely_rows(db, key, limit), [])

    def quotations(
        self,
        *,
        ids: Collection[str] | None = None,
        speaker: EntityKey | None = None,
        about: EntityKey | None = None,
        limit: int | None = None,
    ) -> list[Quoted]:
        """Quotations, of the newest article first and there in the order of the text.

        ids: in these articles only. speaker: by them. about: in whose words they are named.
        """
        return self._file.read(lambda db: reading.quotations(db, ids, speaker, about, limit), [])

    def dates(
        self,
        *,
        ids: Collection[str] | None = None,
        first: date | None = None,
        last: date | None = None,
        limit: int | None = None,
    ) -> list[Dated]:
        """Dates by article id and place. first, last: only those that may lie on or between these days."""
        return self._file.read(lambda db: reading.dates(db, ids, first, last, limit), [])

    def quantities(
        self,
        *,
        ids: Collection[str] | None = None,
        counting: Counting | None = None,
        limit: int | None = None,
    ) -> list[Counted]:
        """Quantities by article id and place. counting: only those that count this."""
        return self._file.read(lambda db: reading.quantities(db, ids, counting, limit), [])

    def named(self, *, ids: Collection[str] | None = None) -> list[Named]:
        """Every mention of a person, place or organisation, by article id and place."""
        return self._file.read(lambda db: list(reading.named(db, ids)), [])

    @property
    def stamp(self) -> tuple[int, int]:
        """Another one after every change to the file, so that what was read before can be kept until then."""
        try:
            stat = self.path.stat()
        except OSError:
            return 0, 0
        return stat.st_mtime_ns, stat.st_size

    # The file

    def _known(self) -> dict[str, tuple[str, ...]]:
        return self._file.run(
            lambda db: {
                row[0]: row[1:]
                for row in db.execute("SELECT id, sha256, published, outlet, stamp FROM articles")
            }
        )

    def _write(self, batch: Sequence[tuple[Facts, Reading]], stamp: str, book: NameBook) -> None:
        if batch:
            self._file.run(lambda db: writing.write(db, batch, stamp, book))


def _reader() -> Reader:
    from kashaf.entities.mentions import read_article  # noqa: PLC0415 -- nobody who asks needs the rules

    return read_article


def stamp_of(book: NameBook) -> str:
    """What articles are read by: the rules, and the book."""
    from kashaf.entities.mentions import EXTRACTOR  # noqa: PLC0415 -- nobody who asks needs the rules

    return f"{EXTRACTOR}:{book.fingerprint}"
