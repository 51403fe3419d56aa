"""What the entities room hands out: mentions in an article, and rows of the corpus table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntityType = Literal["person", "place", "organization"]
MentionType = Literal["person", "place", "organization", "date"]
Source = Literal["book", "cue", "gazetteer", "in-article"]

ENTITY_TYPES: tuple[EntityType, ...] = ("person", "place", "organization")
MENTION_TYPES: tuple[MentionType, ...] = (*ENTITY_TYPES, "date")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in an article's text where an entity is named.

    name: the entity, as lists show it: the book's canonical name, or the fullest form in the article; an ISO 8601
        day or month for a date.
    start, end: span in code points of `Article.text`; `form` is the text there.
    source: what found it: the name book, a cue word, a gazetteer, or the article's own earlier words
        (a surname after the full name, an acronym after what it stands for).
    """

    name: str
    type: MentionType
    start: int
    end: int
    form: str
    source: Source


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One entity of a set of articles.

    articles, mentions: how many of each. variants: the forms it was met in and how often, most frequent first.
    """

    name: str
    type: MentionType
    articles: int
    mentions: int
    variants: tuple[tuple[str, int], ...]
