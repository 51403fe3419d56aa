"""Rows that the store of readings hands out. Names are as lists show them: after links and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kashaf.entities.model import DateMention, EntityRow, EntityType, Link, Quantity, Quotation

#: How a list of entities is ordered: by articles, by mentions, the one met last first, the most surprising first.
Sort = Literal["articles", "mentions", "recent", "surprise"]


@dataclass(frozen=True, slots=True)
class Variant:
    """A form that an entity was met in, how often, and why it bears the name (the commonest reason)."""

    form: str
    mentions: int
    link: Link = ""


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything about one entity.

    variants: most frequent first. months: (`YYYY-MM`, articles), ascending, articles without a date left out.
    outlets: (outlet, articles), most first; the empty one has none. together: whom it is named with, `articles`
    being those that name both and `mentions` theirs there, most first. articles: ids, the newest first.
    """

    row: EntityRow
    variants: tuple[Variant, ...]
    months: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    together: tuple[EntityRow, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation and where it stands."""

    article_id: str
    published: date | None
    outlet: str
    quotation: Quotation


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it stands."""

    article_id: str
    published: date | None
    outlet: str
    date: DateMention


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity and where it stands."""

    article_id: str
    published: date | None
    outlet: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of an entity and where it stands."""

    article_id: str
    type: EntityType
    name: str
    start: int
    end: int
