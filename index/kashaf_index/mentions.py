"""Bringing the store of readings up to date with the index and the names. Search never waits for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kashaf.corpus.article import Article
from kashaf.entities.book.decisions import Rules, folded
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.model import EntityKey, Mention, Reading
from kashaf.entities.tables.store import MentionStore, stamp_of
from kashaf.entities.tables.writing import Facts, facts_of
from kashaf_index.search import Searcher

if TYPE_CHECKING:
    from kashaf.entities.book.inforce import Names
    from kashaf.workspace import Workspace

#: Called with the number of articles done, and of all that wait.
OnProgress = Callable[[int, int], None]

#: Surfaces that a book may say something else of before all articles are read again.
_MANY_SURFACES: Final = 300
#: Articles for which it pays to start processes, and processes at most.
_MANY_ARTICLES: Final = 600
_MOST_JOBS: Final = 8
#: Articles that are read at once when a name was changed by hand.
_AT_ONCE: Final = 20


def pending(searcher: Searcher, store: MentionStore, book: NameBook) -> int:
    """How many indexed articles have not been read, or were read with another text, day, outlet or book."""
    return store.pending(searcher.facts(), book)


def mentions_of(article: Article, store: MentionStore, book: NameBook) -> tuple[Mention, ...]:
    """The mentions of `reading_of`."""
    return reading_of(article, store, book).mentions


def reading_of(article: Article, store: MentionStore, book: NameBook) -> Reading:
    """An article's reading: as stored, or read now when the store has not come to this revision."""
    if not store.pending({article.id: facts_of(article).revision}, book):
        stored = store.reading(article.id)
        if stored is not None:
            return stored
    from kashaf.entities.mentions import read_article  # noqa: PLC0415 -- the rules and the tagger: late

    return _decided(read_article(article, book.for_reading), store.applied(), article.id)


def _decided(reading: Reading, rules: Rules, article_id: str) -> Reading:
    """A reading that is not in the store, under the names that the analyst has decided for."""
    if not rules.decisions:
        return reading
    mentions: list[Mention] = []
    for mention in reading.mentions:
        filed = folded(EntityKey(mention.type, mention.name))
        final = rules.final(filed, article_id)
        if final == filed:
            mentions.append(replace(mention, name=rules.spelt.get(filed, mention.name)))
        elif final is not None:
            kind = mention.type if mention.type == final.type else final.type
            name = rules.spelt.get(final, mention.name)
            mentions.append(replace(mention, name=name, type=kind, link="analyst"))  # type: ignore[arg-type]  # of model
    return replace(reading, mentions=tuple(mentions))


def update_mentions(
    searcher: Searcher,
    store: MentionStore,
    book: NameBook,
    on_progress: OnProgress = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    jobs: int | None = 1,
    workspace: Workspace | None = None,
) -> None:
    """Read every pending article, and forget those that have left the index. What is done is kept when cancelled.

    jobs: processes that read; None for as many as pay. More than one need the workspace, to open it for themselves.
    """
    book = book.for_reading
    revisions = searcher.facts()
    refresh(searcher, store, book, revisions)
    waiting = store.pending_ids(revisions, book)
    on_progress(0, len(waiting))
    processes = _jobs(jobs, len(waiting))
    if processes > 1 and workspace is not None:
        from kashaf_index.reading_jobs import ReaderPool, paths_of  # noqa: PLC0415 -- processes: late

        with ReaderPool(processes, paths_of(workspace)) as pool:
            store.put(_counted(pool.readings(waiting, cancelled), len(waiting), on_progress), book)
    else:
        store.put(_counted(_readings(searcher, book, waiting, cancelled), len(waiting), on_progress), book)
    if not cancelled():
        store.forget(store.known_ids() - revisions.keys())


def _jobs(jobs: int | None, articles: int) -> int:
    if jobs is not None:
        return jobs
    return 1 if articles < _MANY_ARTICLES else max(1, min(os.cpu_count() or 1, _MOST_JOBS))


def _readings(
    searcher: Searcher, book: NameBook, ids: Collection[str], cancelled: Callable[[], bool]
) -> Iterator[tuple[Facts, Reading]]:
    from kashaf.entities.mentions import read_article  # noqa: PLC0415 -- the rules and the tagger: late

    for article_id in ids:
        if cancelled():
            return
        article = searcher.article(article_id)
        yield facts_of(article), read_article(article, book)


def _counted(
    readings: Iterator[tuple[Facts, Reading]], total: int, on_progress: OnProgress
) -> Iterator[tuple[Facts, Reading]]:
    for done, one in enumerate(readings, start=1):
        yield one
        on_progress(done, total)


def refresh(
    searcher: Searcher, store: MentionStore, book: NameBook, revisions: Mapping[str, object] | None = None
) -> frozenset[str]:
    """Make a changed book true in the store at once; returns the articles that are to be read again for its sake.

    Those are the articles that hold a surface of which the book says something else; the index knows which. When it
    says so of very many, or the rules are others, every article is to be read again: then the set is empty, and all
    are pending.
    """
    book = book.for_reading
    before, said = store.learned()
    stamp = stamp_of(book)
    if before == stamp:
        return frozenset()
    from kashaf.entities.tables.resolving import sayings  # noqa: PLC0415

    now = sayings(book)
    surfaces = [surface for surface in {*said, *now} if said.get(surface) != now.get(surface)]
    rules_before, rules_now = before.partition(":")[0], stamp.partition(":")[0]
    if rules_before != rules_now or len(surfaces) > _MANY_SURFACES:
        store.learn(book, None)
        return frozenset()
    known: Mapping[str, object] = searcher.revisions() if revisions is None else revisions
    holding = holders(searcher, surfaces)
    store.learn(book, known.keys() - holding)
    return holding & known.keys()


def apply_names(index: Path, store: MentionStore, names: Names) -> frozenset[str]:
    """Show names as they are in force now, and read again the articles that a changed `names.yaml` concerns.

    Returns those articles. Few are read before it returns; many are left pending. Raises what the store raises; an
    index that is not there is no trouble.
    """
    from kashaf.errors import IndexDamaged, IndexMissing  # noqa: PLC0415

    store.apply(names.rules, names.book)
    book = names.book.for_reading
    if not store.path.exists() or store.learned()[0] == stamp_of(book):
        return frozenset()
    try:
        # One of its own: the one that searches answers one call at a time.
        with Searcher.open(index) as searcher:
            concerned = refresh(searcher, store, book)
            if 0 < len(concerned) <= _AT_ONCE:
                store.put(_readings(searcher, book, sorted(concerned), lambda: False), book)
    except (IndexMissing, IndexDamaged):
        return frozenset()
    return concerned


def holders(searcher: Searcher, surfaces: Collection[str]) -> frozenset[str]:
    """The articles that hold any of these rows of folded words, with whatever letters are glued to them."""
    from kashaf_index.model import Query  # noqa: PLC0415

    found: set[str] = set()
    for surface in surfaces:
        found.update(searcher.matching_ids(Query(f'"{surface}"')))
    return frozenset(found)


def update_in_child(
    workspace: Workspace,
    on_progress: OnProgress = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """`update_mentions` in a process of its own, which yields the processor to whoever sits before the screen.

    Returns when it is done, or soon after `cancelled` turned true; what is done is kept, and the next call goes on
    from there. Raises what reading raises, and KashafError when the process is killed.
    """
    from kashaf_index.reading_jobs import run_child  # noqa: PLC0415 -- processes: late

    run_child(workspace, on_progress, cancelled)
