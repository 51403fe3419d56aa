"""Quotations with the words and the article they stand in, for the command line and the explorer alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kashaf.entities.model import ENTITY_TYPES, EntityKey, Quotation
from kashaf.errors import NotFound

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.entities.book.namebook import NameBook
    from kashaf.entities.tables.rows import Quoted
    from kashaf.entities.tables.store import MentionStore
    from kashaf_index.search import Searcher

#: Entities that a part of a name may stand for.
_ALIKE: Final = 20


@dataclass(frozen=True, slots=True)
class Utterance:
    """A quotation as it is shown.

    text: the words said, as the article has them; `line` on one line. form: the words that name who said it, which
    may be «مصدر أمني». said: the verb as written, or empty.
    """

    article: str
    title: str
    outlet: str
    published: date | None
    quotation: Quotation
    text: str
    form: str
    said: str

    @property
    def line(self) -> str:
        return " ".join(self.text.split())

    @property
    def speaker(self) -> str:
        """The entity's name, else the words that name whoever spoke, else nothing."""
        return self.quotation.speaker or self.form


def keys_called(store: MentionStore, book: NameBook, name: str) -> tuple[EntityKey, ...]:
    """The entities that a name stands for: by the book or as listed, else those whose names hold it."""
    from kashaf.entities.book.namebook import key_of  # noqa: PLC0415 -- the book is loaded late

    rows = [row for row in store.table(containing=name, lean=True) if row.type in ENTITY_TYPES]
    folded = key_of(name)
    exact = [
        EntityKey(one.type, one.canonical)
        for one in book.find(name)
        if store.articles_of(one.canonical, one.type)
    ]
    exact += [EntityKey(row.type, row.name) for row in rows if key_of(row.name) == folded]
    return tuple(dict.fromkeys(exact)) or tuple(EntityKey(row.type, row.name) for row in rows[:_ALIKE])


def utterances(rows: Iterable[Quoted], article_of: Callable[[str], Article]) -> Iterator[Utterance]:
    """Stored quotations with their words, without those of articles that are gone or have another text now."""
    article: Article | None = None
    for row in rows:
        if article is None or article.id != row.article_id:
            try:
                article = article_of(row.article_id)
            except NotFound:
                article = None
                continue
        if row.quotation.end <= len(article.text):
            yield of_article(article, row.quotation)


def of_article(article: Article, quotation: Quotation) -> Utterance:
    """A quotation of an article with its words."""
    text, data = article.text, article.metadata
    return Utterance(
        article.id,
        data.title,
        data.outlet or "",
        data.published,
        quotation,
        text[quotation.start : quotation.end],
        " ".join(text[quotation.speaker_start : quotation.speaker_end].split()),
        text[quotation.verb_start : quotation.verb_end],
    )


def read_here(article: Article, store: MentionStore, book: NameBook) -> tuple[Quotation, ...]:
    """The quotations of one article: as stored, or read now when the store has not come to this revision."""
    from kashaf_index.mentions import reading_of  # noqa: PLC0415 -- rules and tagger: late

    return reading_of(article, store, book).quotations


def select(
    searcher: Searcher,
    store: MentionStore,
    *,
    ids: Collection[str] | None = None,
    speakers: Collection[EntityKey] | None = None,
    about: Collection[EntityKey] | None = None,
    limit: int | None = None,
) -> list[Utterance]:
    """Quotations, of the newest article first: in these articles, by one of these, about one of these."""
    found: dict[tuple[str, int, int, int], Quoted] = {}
    for speaker in speakers if speakers is not None else (None,):
        for subject in about if about is not None else (None,):
            for row in store.quotations(ids=ids, speaker=speaker, about=subject, limit=limit):
                one = row.quotation
                found.setdefault((row.article_id, one.start, one.end, one.verb_start), row)
    rows = sorted(found.values(), key=_newest)[:limit]
    return list(utterances(rows, searcher.article))


def _newest(row: Quoted) -> tuple[int, str, int]:
    return -(row.published.toordinal() if row.published else 0), row.article_id, row.quotation.start
