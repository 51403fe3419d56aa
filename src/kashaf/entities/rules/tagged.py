"""What the statistical tagger says of a page, as candidates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

from kashaf.entities.model import EntityType
from kashaf.entities.page import Page
from kashaf.entities.tagger.tagger import Tagger

Tag = tuple[str, float]


class Labeller(Protocol):
    """Labels for the words of a page: O, B- or I- with PER, LOC or ORG, each with its probability."""

    def tag_page(self, page: Page) -> list[Tag]: ...


class Silent:
    """A labeller that knows no name, for reading by the book and the rules alone."""

    def tag_page(self, page: Page) -> list[Tag]:
        return [("O", 1.0)] * len(page)


class Span(NamedTuple):
    """Words first..last that the tagger takes for one name, and the least probability of its labels."""

    first: int
    last: int
    type: EntityType
    chance: float


#: «جان-لوك» is one man.
_HYPHEN: Final = "-"
_TYPES: Final[dict[str, EntityType]] = {"PER": "person", "LOC": "place", "ORG": "organization"}


def tagged_spans(page: Page, tagger: Labeller) -> Iterator[Span]:
    """The names that the tagger sees, in order. One never goes over a mark: `سطيف، برج` are two.

    Leaves what it says of each word in `page.tags`, and its lexicon in `page.lexicon`.
    """
    if isinstance(tagger, Silent):
        return
    page.tags = tagger.tag_page(page)
    if isinstance(tagger, Tagger):
        page.lexicon = tagger.lexicon
    first, last, kind, least = -1, -1, "", 1.0
    for index, (label, chance) in enumerate(page.tags):
        if first >= 0:
            if label == "I-" + kind and (page.joined(index) or page.gaps[index] == _HYPHEN):
                last, least = index, min(least, chance)
                continue
            yield Span(first, last, _TYPES[kind], least)
            first = -1
        if label != "O" and label[2:] in _TYPES:
            first, last, kind, least = index, index, label[2:], chance
    if first >= 0:
        yield Span(first, last, _TYPES[kind], least)
