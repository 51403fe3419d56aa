"""The articles of a story, and those that hold it or are held by it, for the explorer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from kashaf.errors import NotFound

if TYPE_CHECKING:
    from kashaf.corpus.stories import Stories
    from kashaf_index.search import Searcher

Relation = Literal["first", "exact", "near", "holds", "held"]

_MOST: Final = 500  # articles; each is read for its title


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story. share: likeness to the first, or how much of the shorter text the longer one holds."""

    id: str
    title: str
    outlet: str | None
    published: date | None
    relation: Relation
    share: float


def members(searcher: Searcher, stories: Stories, article_id: str) -> tuple[Member, ...]:
    """The story of an article in first-seen order, then the texts that it holds or is held by; empty without any."""
    found = (_member(searcher, *one) for one in _related(stories, article_id))
    return tuple(member for member in found if member is not None)[:_MOST]


def _related(stories: Stories, article_id: str) -> Iterator[tuple[str, Relation, float]]:
    story = stories.story_of(article_id)
    leader = stories.leader(article_id)
    held = stories.held_with(article_id)
    if story is not None or held:
        yield leader, "first", 1.0
    for copy in story.copies[: _MOST - 1] if story is not None else ():
        yield copy.id, copy.kind, copy.similarity
    for one in held:
        if one.shorter == leader:
            yield one.longer, "holds", one.share
        else:
            yield one.shorter, "held", one.share


def _member(searcher: Searcher, id_: str, relation: Relation, share: float) -> Member | None:
    try:
        article = searcher.article(id_)
    except NotFound:
        return None  # removed since the stories were found
    data = article.metadata
    return Member(id_, article.title, data.outlet, data.published, relation, share)
