"""Whether Whoosh's own matchers answer as whole arrays do, over the same files: two readers that share no logic."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kashaf_index.analysis import positions
from kashaf_index.codec.segment import SegmentFile
from kashaf_index.generations.deletions import Mask
from kashaf_index.stored import article_of

Opened = Sequence[tuple[SegmentFile, Mask | None]]
Pair = tuple[bytes, bytes]

#: Whoosh takes a call for each posting: words of more articles are left out.
_COMMON: Final = 2_000
_FIELD: Final = "text"


def compare_answers(index_dir: Path, opened: Opened, pairs: int, seed: str) -> tuple[int, int]:
    """Ask for words, for two words, and for two next to each other: how often, and how often they differ.

    The words are pairs out of articles of the index. Raises IndexDamaged.
    """
    from whoosh.query import And, Phrase, Term  # noqa: PLC0415 -- a third of a second

    from kashaf_index.codec.whoosh_index import WhooshIndex  # noqa: PLC0415

    asked = differing = 0
    chosen = list(_pairs(opened, pairs, random.Random(seed)))  # noqa: S311 -- a sample, no secret
    if not chosen:
        return 0, 0
    with WhooshIndex(index_dir).searcher() as searcher:
        for one, other in chosen:
            first, second = Term(_FIELD, one), Term(_FIELD, other)
            for query, expected in (
                (first, _with(opened, [one])),
                (And([first, second]), _with(opened, [one, other])),
                (Phrase(_FIELD, [one, other]), _beside(opened, one, other)),
            ):
                asked += 1
                differing += {int(document) for document in searcher.docs_for_query(query)} != expected
    return asked, differing


def _pairs(opened: Opened, count: int, chance: random.Random) -> Iterator[Pair]:
    """Words that stand next to each other in some article, neither of them common."""
    places = [(segment, number) for segment, _ in opened for number in range(segment.size)]
    for segment, number in chance.sample(places, min(count, len(places))):
        found, _ = positions(article_of(segment, number).text)
        at = {place: term for term, held in found.items() for place in held}
        beside = [(at[place], at[place + 1]) for place in at if place + 1 in at]
        chance.shuffle(beside)
        for pair in beside:
            if all(sum(map(len, _documents(opened, term))) <= _COMMON for term in pair):
                yield pair
                break


def _documents(opened: Opened, term: bytes) -> list[NDArray[np.int64]]:
    """The documents of each segment that hold the term, deleted ones too."""
    found = []
    for segment, _ in opened:
        postings, ranges = segment.postings(_FIELD), _range(segment, term)
        found.append(postings.read(ranges)[0] if postings is not None else np.empty(0, np.int64))
    return found


def _with(opened: Opened, terms: Sequence[bytes]) -> set[int]:
    """The documents of the index that hold all the terms."""
    held = [set(_numbered(opened, _documents(opened, term))) for term in terms]
    return set.intersection(*held)


def _beside(opened: Opened, one: bytes, other: bytes) -> set[int]:
    """The documents of the index in which `other` follows `one`."""
    found = []
    for segment, _ in opened:
        postings = segment.postings(_FIELD)
        if postings is None:
            found.append(np.empty(0, np.int64))
            continue
        docs, places = postings.places(_range(segment, one), None)
        after, follows = postings.places(_range(segment, other), None)
        found.append(np.intersect1d(docs << 32 | places + 1, after << 32 | follows) >> 32)
    return set(_numbered(opened, found))


def _range(segment: SegmentFile, term: bytes) -> NDArray[np.int64]:
    number = segment.dictionary_of(_FIELD).find(term)
    return np.array([[number, number + 1]] if number >= 0 else [], np.int64).reshape(-1, 2)


def _numbered(opened: Opened, documents: Sequence[NDArray[Any]]) -> Iterator[int]:
    """Documents of segments as documents of the index, without the deleted ones."""
    base = 0
    for (segment, deleted), of_segment in zip(opened, documents, strict=True):
        for document in of_segment.tolist():
            if deleted is None or not deleted[document]:
                yield base + document
        base += segment.size
