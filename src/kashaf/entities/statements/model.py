"""What the timeline and the claims are made of.

All spans are `[start, end)` in code points of `Article.text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kashaf.entities.model import Counting, DateMention, EntityKey, Granularity, Quantity

#: Where a date's value comes from: the words alone, the words counted from the day of publication, or the words or
#: a calendar that give it only approximately.
Evidence = Literal["stated", "publication", "approximate"]
#: How fine an axis is.
Zoom = Literal["decade", "year", "month", "day"]
ZOOMS: tuple[Zoom, ...] = ("decade", "year", "month", "day")
#: Whether figures can all be right: yes; no; no, but not at one time, so each may have been right at its own.
Verdict = Literal["agree", "conflict", "changed"]
VERDICTS: tuple[Verdict, ...] = ("conflict", "changed", "agree")


@dataclass(frozen=True, slots=True)
class Source:
    """An article as far as the timeline needs it. story: an id that it shares with the copies of its text."""

    id: str
    title: str
    outlet: str
    published: date | None
    text: str
    story: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One place where a statement stands. start, end: of the sentence. mention: the date in it."""

    article_id: str
    title: str
    outlet: str
    published: date | None
    start: int
    end: int
    mention: DateMention


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that says when.

    text: the sentence as the first telling has it, one line; as long as its span. tellings: the same sentence, or
    nearly so in copies of one text, in order of publication (without one: last).
    """

    text: str
    tellings: tuple[Telling, ...]

    @property
    def first(self) -> Telling:
        return self.tellings[0]

    @property
    def mention(self) -> DateMention:
        return self.tellings[0].mention

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that tell it, first to last; those without a name left out."""
        return tuple(dict.fromkeys(telling.outlet for telling in self.tellings if telling.outlet))

    @property
    def evidence(self) -> Evidence:
        mention = self.mention
        if any(sign in mention.edtf for sign in "~%?"):
            return "approximate"
        return "publication" if mention.anchored else "stated"

    @property
    def date_span(self) -> tuple[int, int]:
        """Where the date words are in `text`."""
        first = self.first
        return first.mention.start - first.start, first.mention.end - first.start

    @property
    def day(self) -> date | None:
        """Where it stands on the axis: the first day that is meant; of what has none, the last.

        None for what has no value, also when it is known to be over by a day.
        """
        return (self.mention.earliest or self.mention.latest) if self.mention.edtf else None


@dataclass(frozen=True, slots=True)
class Timeline:
    """dated: on the axis, in order. open: what says no year or is undecided, in order of publication."""

    dated: tuple[Statement, ...]
    open: tuple[Statement, ...]

    def __iter__(self) -> Iterator[Statement]:
        yield from self.dated
        yield from self.open

    def __len__(self) -> int:
        return len(self.dated) + len(self.open)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the axis and what is said of it.

    first, last: its days. grain: its own, which is coarser than the zoom for what names no month or no day.
    key: `2025`, `2025-11`, `2025-11-03`, `202X`; of an interval or a season: its EDTF value.
    """

    key: str
    first: date
    last: date
    grain: Granularity
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one article, with its sentence.

    text: the sentence, one line, as long as its span. entities: those named in it. when: the days that the number is
    of, as far as that is known: a date that its own words give it, else the day of publication.
    """

    article_id: str
    title: str
    outlet: str
    published: date | None
    story: str
    quantity: Quantity
    start: int
    end: int
    text: str
    entities: frozenset[EntityKey]
    when: tuple[date, date] | None

    @property
    def number_span(self) -> tuple[int, int]:
        """Where the number and what it counts are in `text`."""
        return self.quantity.start - self.start, self.quantity.end - self.start


@dataclass(frozen=True, slots=True)
class Claim:
    """Figures of two articles or more that are about the same thing.

    counting, counted: what they count, in the words of most. about: the entities that all their sentences name.
    words: what else all the sentences have in common, as written in the first. copies: whether the sentences are of
    copies of one text. figures: in order of publication (without one: last).
    """

    counting: Counting
    counted: str
    unit: str
    about: tuple[EntityKey, ...]
    words: tuple[str, ...]
    copies: bool
    figures: tuple[Figure, ...]
    verdict: Verdict

    @property
    def articles(self) -> int:
        return len({figure.article_id for figure in self.figures})

    @property
    def outlets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(figure.outlet for figure in self.figures if figure.outlet))
