"""Bringing the entity side store up to date with the index. Search never waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kashaf.corpus.article import Article
from kashaf.entities.namebook import NameBook
from kashaf.entities.store import MentionStore
from kashaf_index.search import Searcher


def pending(searcher: Searcher, store: MentionStore, book: NameBook) -> int:
    """How many indexed articles have not been read, or were read in another revision or with another book."""
    return len(store.pending(searcher.revisions(), book.fingerprint))


def update_mentions(
    searcher: Searcher,
    store: MentionStore,
    book: NameBook,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Read every pending article, and forget those that have left the index. What is done is kept when cancelled."""
    revisions = searcher.revisions()
    waiting = sorted(store.pending(revisions, book.fingerprint))

    def articles() -> Iterator[Article]:
        for article_id in waiting:
            if cancelled():
                return
            yield searcher.article(article_id)

    store.update(articles(), book, on_progress=lambda done: on_progress(done, len(waiting)), cancelled=cancelled)
    store.keep_only(revisions.keys())
