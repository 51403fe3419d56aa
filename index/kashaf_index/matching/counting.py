"""Counting documents by their values: outlets, months, languages, and entities that lie in a side store.

Where stories are given, a story counts once for each value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from weakref import ReferenceType, ref

import numpy as np

from kashaf_index.analysis import outlet_key
from kashaf_index.codec.numbers import spread
from kashaf_index.grouping import Grouping
from kashaf_index.matching.names import Names
from kashaf_index.reading import IndexReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Docs = NDArray[np.int64]

Columns = dict[str, tuple[tuple[str, int], ...]]


def columns(reader: IndexReader, docs: Docs, grouping: Grouping | None) -> Columns:
    """The outlets, months and languages of documents, with the articles of each, or the stories."""

    def counted(names: Names) -> dict[str, int]:
        return names.counted(grouping.valued(docs, names.ordinals) if grouping else docs)

    return {
        "outlet": by_number(counted(reader.outlets)),
        "language": by_number(counted(reader.languages)),
        "month": tuple(sorted(counted(reader.months).items())),
    }


def by_number(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The most first, then by name."""
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def how_many(docs: Docs, among: Docs, grouping: Grouping | None) -> int:
    """How many of the documents are among others, or how many stories. Both ascend."""
    both = docs if docs is among else np.intersect1d(docs, among, assume_unique=True)
    return grouping.count(both) if grouping else len(both)


@dataclass(frozen=True, slots=True)
class Placed:
    """The entities of the documents of one reader: those of document d are `numbers[begins[d] : begins[d + 1]]`."""

    reader: ReferenceType[IndexReader]
    begins: NDArray[np.int64]
    numbers: NDArray[np.int64]

    @classmethod
    def of(cls, reader: IndexReader, by_article: Mapping[str, tuple[int, ...]]) -> Placed:
        by_doc: list[tuple[int, ...]] = [()] * reader.size
        known = reader.numbers
        for article, entities in by_article.items():
            if article in known:
                by_doc[known[article]] = entities
        begins = np.zeros(reader.size + 1, np.int64)
        np.cumsum([len(entities) for entities in by_doc], out=begins[1:])
        numbers = np.fromiter(chain.from_iterable(by_doc), np.int64, int(begins[-1]))
        return cls(ref(reader), begins, numbers)

    def counted(self, docs: Docs, grouping: Grouping | None) -> Iterator[tuple[int, int]]:
        """How many of the documents mention each entity, or how many of their stories."""
        places, sizes = self._places(docs)
        mentioned = self.numbers[places]
        size = int(self.numbers.max(initial=-1)) + 1
        if grouping:
            stories = np.repeat(grouping.story[docs], sizes)
            mentioned = np.unique(stories * size + mentioned) % size
        counts = np.bincount(mentioned, minlength=size)
        found = np.flatnonzero(counts)
        return zip(found.tolist(), counts[found].tolist(), strict=True)

    def _places(self, docs: Docs) -> tuple[Docs, NDArray[np.int64]]:
        """Where the mentions in some documents stand in `numbers`, and how many each has."""
        begins = self.begins[docs]
        sizes = self.begins[docs + 1] - begins
        return spread(begins, sizes), sizes


def grouped_outlets(reader: IndexReader, docs: Docs, grouping: Grouping) -> dict[str, int]:
    """Stories by outlet. A story that an outlet spells two ways counts once."""
    names = reader.outlets
    spellings: dict[str, list[tuple[int, str]]] = {}
    for name, articles in names.counted(docs).items():
        spellings.setdefault(outlet_key(name), []).append((articles, name))
    places = {key: at for at, key in enumerate(spellings, 1)}
    keys = np.array([places.get(outlet_key(name), 0) if name else 0 for name in names.values], np.int64)
    which = keys[names.ordinals[docs]]
    named = np.flatnonzero(which)
    pairs = np.unique(grouping.story[docs[named]] * (len(places) + 1) + which[named])
    stories = np.bincount(pairs % (len(places) + 1), minlength=len(places) + 1).tolist()
    return {max(found)[1]: stories[places[key]] for key, found in spellings.items()}
