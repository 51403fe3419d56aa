"""What an article says of whom: the tagger and the book first, then rules, then what the article itself has taught.

A finder looks at a page and at who holds its words so far, and proposes candidates. The longest candidate wins, and
between equals the surer source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from kashaf.corpus.article import Article
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.model import DateMention, EntityType, Mention, MentionType, Reading, Source
from kashaf.entities.page import Page
from kashaf.entities.quotes.finding import find_quotations
from kashaf.entities.rules.acronyms import acronym_candidates
from kashaf.entities.rules.bodies import body_candidates
from kashaf.entities.rules.booknames import book_candidates
from kashaf.entities.rules.brands import brand_candidates
from kashaf.entities.rules.clubs import club_candidates
from kashaf.entities.rules.confidence import confidence_of
from kashaf.entities.rules.datelines import dateline_candidates
from kashaf.entities.rules.enumerated import enumerated_candidates
from kashaf.entities.rules.located import located_candidates
from kashaf.entities.rules.offices import office_candidates
from kashaf.entities.rules.overlay import overlaid, tagged_candidates
from kashaf.entities.rules.people import person_candidates
from kashaf.entities.rules.places import place_candidates
from kashaf.entities.rules.quoted import quoted_candidates
from kashaf.entities.rules.spans import Candidate, Taken, settle
from kashaf.entities.rules.tagged import Labeller
from kashaf.entities.rules.within import echoes
from kashaf.entities.tagger.tagger import Tagger
from kashaf.entities.values.reading import find_dates_and_numbers
from kashaf.entities.windows import WINDOW, read_in_windows

__all__ = [
    "EXTRACTOR",
    "EntityType",
    "Finder",
    "Labeller",
    "Mention",
    "MentionType",
    "Source",
    "find_mentions",
    "read_article",
]

#: Changes whenever the rules do, so that stored mentions are found again.
EXTRACTOR: Final = "4"

Finder = Callable[[Page, Taken], Iterable[Candidate]]

#: In the order in which they are asked.
FINDERS: Final[tuple[Finder, ...]] = (
    person_candidates,
    place_candidates,
    enumerated_candidates,
    body_candidates,
    office_candidates,
    brand_candidates,
    club_candidates,
    dateline_candidates,
    acronym_candidates,
    quoted_candidates,
)


def find_mentions(
    article: Article, book: NameBook, tagger: Labeller | None = None, *, finders: Sequence[Finder] = FINDERS
) -> tuple[Mention, ...]:
    """The entities and dates that an article names, in order and without overlaps.

    Never raises for any text. Spans are code points of `article.text`.
    """
    return read_article(article, book, tagger, finders=finders).mentions


def read_article(
    article: Article, book: NameBook, tagger: Labeller | None = None, *, finders: Sequence[Finder] = FINDERS
) -> Reading:
    """All that can be read out of an article. `tagger`: None for the shipped one, loaded at the first call.

    Never raises for any text. Spans are code points of `article.text`. A text of a book's length is read in windows.
    """
    labeller = tagger or Tagger.shipped()

    def read(text: str) -> Reading:
        return _read(text, article.metadata.published, book, labeller, finders)

    return read(article.text) if len(article.text) <= WINDOW else read_in_windows(article.text, read)


def _read(
    text: str, published: date | None, book: NameBook, tagger: Labeller, finders: Sequence[Finder]
) -> Reading:
    page = Page(text)
    candidates = read_page(page, book, tagger, finders=finders)
    found = [mention for one in candidates if (mention := _mention(page, one)) is not None]
    dates, quantities = find_dates_and_numbers(text, published)
    dates = tuple(_outside(dates, found))
    mentions = tuple(sorted([*found, *_dates(dates, found)], key=lambda mention: mention.start))
    return Reading(mentions, dates, quantities, find_quotations(page, mentions))


def read_page(
    page: Page, book: NameBook, tagger: Labeller, *, finders: Sequence[Finder] = FINDERS
) -> list[Candidate]:
    """The candidates that stand in the end, in order, hidden phrases among them."""
    tagged = tagged_candidates(page, book, tagger)
    held = overlaid(page, tagged, book_candidates(page, book, tagged))
    taken = Taken(held)
    proposed = [candidate for finder in finders for candidate in finder(page, taken)]
    settled = settle([*held, *proposed])
    for _ in range(_ROUNDS):  # a place found shows the next one of its row
        if not (located := list(located_candidates(page, Taken(settled)))):
            break
        settled = settle([*settled, *located])
    return settle(echoes(page, settled))


def _mention(page: Page, candidate: Candidate) -> Mention | None:
    """A candidate as a mention; None for a hidden phrase, and for what no name is like: endless, or a lone letter."""
    if candidate.type is None or candidate.length > _MOST_WORDS:
        return None
    start, end = page.span(candidate.first, candidate.last, candidate.skip)
    form = page.text[start:end]
    if end - start > _LONGEST and candidate.source != "book":
        return None
    if candidate.length == 1 and len(page.folds[candidate.first]) - candidate.skip < _SHORTEST:
        return None
    confidence = confidence_of(page, candidate)
    return Mention(
        candidate.name, candidate.type, start, end, form, candidate.source, confidence, candidate.link
    )


def _outside(dates: Sequence[DateMention], found: Sequence[Mention]) -> Iterator[DateMention]:
    """Dates that are no part of a name: «حركة الغد» tells no day. Both in order and without overlaps."""
    at = 0
    for one in dates:
        while at < len(found) and found[at].end <= one.start:
            at += 1
        if at == len(found) or not (found[at].start <= one.start and one.end <= found[at].end):
            yield one


def _dates(dates: Sequence[DateMention], found: Sequence[Mention]) -> Iterator[Mention]:
    """Dates with a value, where no entity stands; a year or a longer time alone is none."""
    at = 0
    for one in dates:
        while at < len(found) and found[at].end <= one.start:
            at += 1
        if at < len(found) and found[at].start < one.end:
            continue
        if one.edtf and one.earliest is not None and one.granularity not in _TOO_LONG:
            yield Mention(one.edtf, "date", one.start, one.end, one.form, "cue", one.confidence)


#: No name has more words or code points; those of the analyst's book may have.
_MOST_WORDS: Final = 14
_LONGEST: Final = 150
_SHORTEST: Final = 2
#: How many places in a row an unknown one may stand from a known one.
_ROUNDS: Final = 2
_TOO_LONG: Final = frozenset({"year", "decade", "century"})
