"""Counting by story: documents that are copies of one text count once.

The stories lie in a side store and are joined here by article id, so that comparing articles never re-indexes.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from datetime import date

from kashaf.corpus.stories import Stories
from kashaf_index.analysis import outlet_key
from kashaf_index.model import FirstSeen, HitStory
from kashaf_index.reading import IndexReader

Columns = dict[str, tuple[tuple[str, int], ...]]


class Grouping:
    """The stories of one opened generation. A document that is no copy of another is a story of its own."""

    def __init__(self, reader: IndexReader, stories: Stories) -> None:
        self.stories = stories
        self._reader = reader
        #: By document: a number that its story's documents share.
        self.story = array("l", range(reader.size))
        #: By document: its place in first-seen order within the story.
        self.order = array("l", bytes(array("l").itemsize * reader.size))
        self._members: dict[int, tuple[int, ...]] = {}
        numbers = reader.numbers
        for one in stories.stories:
            docs = tuple(numbers[id_] for id_ in one.articles if id_ in numbers)
            if len(docs) > 1:
                self._members[docs[0]] = docs
                for place, doc in enumerate(docs):
                    self.story[doc] = docs[0]
                    self.order[doc] = place

    def count(self, docs: Iterable[int]) -> int:
        """How many stories the documents are of."""
        story = self.story
        return len({story[doc] for doc in docs})

    def firsts(self, docs: Iterable[int], score: Mapping[int, float] | None = None) -> frozenset[int]:
        """One of the documents for each story: that of the highest score, of equal ones that seen first."""
        chosen: dict[int, tuple[float, int, int]] = {}
        for doc in docs:
            ranked = (-score[doc] if score is not None else 0.0, self.order[doc], doc)
            known = chosen.get(self.story[doc])
            if known is None or ranked < known:
                chosen[self.story[doc]] = ranked
        return frozenset(doc for _, _, doc in chosen.values())

    def biggest(self, limit: int) -> list[HitStory]:
        """The stories of most articles, equal ones by the id of their first."""
        ids = self._reader.ids
        first = sorted(self._members, key=lambda doc: (-len(self._members[doc]), ids[doc]))[:limit]
        return [story for doc in first if (story := self.of(doc))]

    def of(self, doc: int) -> HitStory | None:
        """What a hit says of its story; None for an article that stands alone."""
        docs = self._members.get(self.story[doc])
        if docs is None:
            return None
        reader = self._reader
        outlets = {outlet_key(name): name for other in reversed(docs) if (name := reader.outlets[other])}
        outlets.pop(outlet_key(reader.outlets[doc]), None)
        first = docs[0]
        return HitStory(
            articles=tuple(reader.ids[other] for other in docs),
            outlets=tuple(reversed(outlets.values())),
            first=FirstSeen(reader.ids[first], reader.outlets[first] or None, _date(reader.dates[first])),
        )


def columns(reader: IndexReader, docs: Set[int], grouping: Grouping | None) -> Columns:
    """The outlets, months and languages of documents, with the articles of each, or the stories."""
    names, dates, tags = reader.outlets, reader.dates, reader.languages
    outlets = _counted(((names[doc], doc) for doc in docs if names[doc]), grouping)
    languages = _counted(((tags[doc], doc) for doc in docs if tags[doc]), grouping)
    months = _counted(((_month(dates[doc]), doc) for doc in docs if dates[doc]), grouping)
    return {
        "outlet": by_number(outlets),
        "language": by_number(languages),
        "month": tuple(sorted(months.items())),
    }


def by_number(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The most first, then by name."""
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _counted(valued: Iterable[tuple[str, int]], grouping: Grouping | None) -> Counter[str]:
    if grouping is None:
        return Counter(value for value, _ in valued)
    return Counter(value for value, _ in {(value, grouping.story[doc]) for value, doc in valued})


def _date(number: int) -> date | None:
    return date(number // 10_000, number // 100 % 100, number % 100) if number else None


def _month(number: int) -> str:
    return f"{number // 10_000:04d}-{number // 100 % 100:02d}"
