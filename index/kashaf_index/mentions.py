"""Bringing the entity side store up to date with the index. Search never waits for it."""

from __future__ import annotations

from collections.abc import Callable

from kashaf.corpus.article import Article
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.mentions import find_mentions
from kashaf.entities.model import Mention
from kashaf.entities.tables.store import MentionStore
from kashaf_index.search import Searcher


def pending(searcher: Searcher, store: MentionStore, book: NameBook) -> int:
    """How many indexed articles have not been read, or were read in another revision or with another book."""
    return store.pending(searcher.revisions(), book)


def mentions_of(article: Article, store: MentionStore, book: NameBook) -> tuple[Mention, ...]:
    """An article's mentions: as stored, or found now when the store has not come to this revision."""
    if store.pending({article.id: article.text_sha256}, book):
        return find_mentions(article, book)
    return store.for_article(article.id)


def update_mentions(
    searcher: Searcher,
    store: MentionStore,
    book: NameBook,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Read every pending article, and forget those that have left the index. What is done is kept when cancelled."""
    revisions = searcher.revisions()
    waiting = store.pending_ids(revisions, book)
    store.update(
        (searcher.article(article_id) for article_id in waiting),
        book,
        present=revisions.keys(),
        progress=lambda done: on_progress(done, len(waiting)),
        cancelled=cancelled,
    )
