"""The mentions of an article: the book first, then cue words, then what the article itself has taught.

A finder looks at a page and at who holds its words so far, and proposes candidates; a statistical tagger will be one
more. The longest candidate wins, and between equals the surer source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from kashaf.corpus.article import Article
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.model import EntityType, Mention, MentionType, Source
from kashaf.entities.page import Page
from kashaf.entities.rules.bodies import body_candidates
from kashaf.entities.rules.booknames import book_candidates
from kashaf.entities.rules.people import person_candidates
from kashaf.entities.rules.places import place_candidates
from kashaf.entities.rules.spans import Candidate, Taken, settle
from kashaf.entities.rules.within import echoes

__all__ = ["EXTRACTOR", "EntityType", "Finder", "Mention", "MentionType", "Source", "find_mentions"]

#: Changes whenever the rules do, so that stored mentions are found again.
EXTRACTOR: Final = "1"

Finder = Callable[[Page, Taken], Iterable[Candidate]]

_FINDERS: Final[tuple[Finder, ...]] = (person_candidates, place_candidates, body_candidates)


def find_mentions(
    article: Article, book: NameBook, *, finders: Sequence[Finder] = _FINDERS
) -> tuple[Mention, ...]:
    """The entities and dates that an article names, in order and without overlaps.

    Never raises for any text. Spans are code points of `article.text`.
    """
    page = Page(article.text)
    from_book = book_candidates(page, book)
    taken = Taken(from_book)
    proposed = [candidate for finder in finders for candidate in finder(page, taken)]
    settled = settle([*from_book, *proposed])
    settled = settle(echoes(page, settled))
    found = [_mention(page, candidate) for candidate in settled if candidate.type is not None]
    found += _dates(article, found)
    found.sort(key=lambda mention: mention.start)
    return tuple(found)


def _mention(page: Page, candidate: Candidate) -> Mention:
    start, end = page.span(candidate.first, candidate.last, candidate.skip)
    kind = candidate.type
    assert kind is not None
    return Mention(candidate.name, kind, start, end, page.text[start:end], candidate.source)


def _dates(article: Article, found: list[Mention]) -> Iterator[Mention]:
    """Days and months whose year is said, where no entity stands."""
    from kashaf.corpus.dates import find_dates  # noqa: PLC0415 -- month names of every Arab country: late

    held = [(mention.start, mention.end) for mention in found]
    for date in find_dates(article.text, anchor=article.metadata.published):
        if date.value is None or date.granularity == "year":
            continue
        if date.granularity == "month" and date.calendar != "gregorian":  # lies in two months of ISO 8601
            continue
        if any(start < date.end and date.start < end for start, end in held):
            continue
        name = date.value.isoformat() if date.granularity == "day" else f"{date.value:%Y-%m}"
        yield Mention(name, "date", date.start, date.end, article.text[date.start : date.end], "cue")
