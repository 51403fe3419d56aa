"""Counting by story: documents that are copies of one text count once.

The stories lie in a side store and are joined here by article id, so that comparing articles never re-indexes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from kashaf.corpus.stories import Stories
from kashaf_index.analysis import outlet_key
from kashaf_index.model import FirstSeen, HitStory
from kashaf_index.reading import IndexReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Docs = NDArray[np.int64]


class Grouping:
    """The stories of one opened generation. A document that is no copy of another is a story of its own."""

    def __init__(self, reader: IndexReader, stories: Stories) -> None:
        self.stories = stories
        self._reader = reader
        #: By document: a number that its story's documents share.
        self.story = np.arange(reader.size)
        #: By document: its place in first-seen order within the story.
        self.order = np.zeros(reader.size, np.int64)
        #: By document: whether its story has others.
        self._shared = np.zeros(reader.size, np.bool_)
        self._members: dict[int, tuple[int, ...]] = {}
        numbers = reader.numbers if stories.stories else {}
        for one in stories.stories:
            docs = tuple(numbers[id_] for id_ in one.articles if id_ in numbers)
            if len(docs) > 1:
                self._members[docs[0]] = docs
                placed = np.array(docs, np.int64)
                self.story[placed] = docs[0]
                self.order[placed] = np.arange(len(docs))
                self._shared[placed] = True

    def count(self, docs: Docs) -> int:
        """How many stories the documents are of."""
        shared = docs[np.flatnonzero(self._shared[docs])]
        return len(docs) - len(shared) + len(np.unique(self.story[shared]))

    def firsts(self, docs: Docs, score: NDArray[np.float64] | None = None) -> NDArray[np.int64]:
        """Where in `docs` one document for each story stands, ascending: that of the highest score, of equal ones
        that seen first. docs: ascending. score: of each."""
        shared = self._shared[docs]
        at = np.flatnonzero(shared)
        mine = docs[at]
        keys = (mine, self.order[mine]) if score is None else (mine, self.order[mine], -score[at])
        at = at[np.lexsort((*keys, self.story[mine]))]
        stories = self.story[docs[at]]
        best = at[np.flatnonzero(np.append(True, stories[1:] != stories[:-1]))] if len(at) else at
        return np.sort(np.concatenate((np.flatnonzero(~shared), best)))

    def valued(self, docs: Docs, values: NDArray[np.integer]) -> Docs:
        """Of the documents one for each story and value. values: by document."""
        shared = self._shared[docs]
        mine = docs[np.flatnonzero(shared)]
        pairs = self.story[mine] * (int(values.max(initial=0)) + 1) + values[mine]
        _, first = np.unique(pairs, return_index=True)
        return np.concatenate((docs[np.flatnonzero(~shared)], mine[first]))

    def biggest(self, limit: int) -> list[HitStory]:
        """The stories of most articles, equal ones by the id of their first."""
        reader = self._reader
        first = sorted(self._members, key=lambda doc: (-len(self._members[doc]), reader.id(doc)))[:limit]
        return [story for doc in first if (story := self.of(doc))]

    def of(self, doc: int) -> HitStory | None:
        """What a hit says of its story; None for an article that stands alone."""
        docs = self._members.get(int(self.story[doc]))
        if docs is None:
            return None
        reader = self._reader
        outlets = {outlet_key(name): name for other in reversed(docs) if (name := reader.outlets[other])}
        outlets.pop(outlet_key(reader.outlets[doc]), None)
        first = docs[0]
        return HitStory(
            articles=tuple(reader.id(other) for other in docs),
            outlets=tuple(reversed(outlets.values())),
            first=FirstSeen(reader.id(first), reader.outlets[first] or None, _date(int(reader.dates[first]))),
        )


def _date(number: int) -> date | None:
    return date(number // 10_000, number // 100 % 100, number % 100) if number else None
