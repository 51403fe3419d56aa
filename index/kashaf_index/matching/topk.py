"""The first of many by score, equal ones by id, without sorting them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Docs = NDArray[np.int64]
    Keys = NDArray[np.float64]

DIGITS: Final = 6
_UNIT: Final = 10.0**DIGITS
#: What rounding can move a score by, and a little more.
_SLACK: Final = 1.01 / _UNIT
#: How near to a half, in units, a score must be for its rounding to be looked at exactly.
_DOUBT: Final = 1e-3
#: Scores that are looked at together, and how many more groups than hits there must be.
_GROUP: Final = 32
_SPARE: Final = 8
#: Pages that end beyond this many hits are cut from an order of all.
_PAGE: Final = 2048


class Ids(Protocol):
    """Article ids of documents: what is asked of `reading.IndexReader`."""

    @property
    def id_ranks(self) -> NDArray[np.int64]: ...
    def id(self, doc: int) -> str: ...
    def first_by_id(self, docs: Docs, count: int) -> Docs: ...


def rounded(values: Keys) -> Keys:
    """Each as Python's `round` makes it, to six digits."""
    scaled = values * _UNIT
    whole = np.rint(scaled)
    # The product is off by less than a unit in its last place: only near a half can that matter.
    doubtful = np.flatnonzero(np.abs(np.abs(scaled - whole) - 0.5) < _DOUBT)
    result: Keys = whole / _UNIT
    if len(doubtful):
        result[doubtful] = [round(value, DIGITS) for value in values[doubtful].tolist()]
    return result


def ranked(ids: Ids, docs: Docs, scores: Keys, start: int, stop: int) -> tuple[Docs, Keys]:
    """The hits `[start, stop)` by rounded score, equal ones by id, and their scores.

    docs: ascending. scores: of each, not yet rounded.
    """
    if start >= min(stop, len(docs)):
        return docs[:0], scores[:0]
    if stop < len(docs):
        chosen = np.flatnonzero(scores >= _reached(scores, stop) - _SLACK)
        docs, scores = docs[chosen], scores[chosen]
    return ordered(ids, docs, rounded(scores), start, stop)


def _reached(scores: Keys, count: int) -> float:
    """A score that `count` of them reach, and few more."""
    groups = len(scores) // _GROUP
    if groups >= _SPARE * count:
        # The best of so many groups reach it, each by a member of its own.
        scores = scores[: groups * _GROUP].reshape(_GROUP, groups).max(axis=0)
    return float(np.partition(scores, len(scores) - count)[len(scores) - count])


def ordered(ids: Ids, docs: Docs, keys: NDArray[np.float64], start: int, stop: int) -> tuple[Docs, Keys]:
    """The documents `[start, stop)` by key, the largest first, equal ones by id, and the keys. docs: ascending."""
    stop = min(stop, len(docs))
    if start >= stop:
        return docs[:0], keys[:0]
    if stop > _PAGE:
        order = np.lexsort((ids.id_ranks[docs], -keys))[start:stop]
        return docs[order], keys[order]
    bound = np.partition(keys, len(docs) - stop)[len(docs) - stop]
    above = np.flatnonzero(keys > bound)
    above = above[np.argsort(-keys[above], kind="stable")]
    level = docs[np.flatnonzero(keys == bound)]
    first = np.concatenate(
        (_settled(ids, docs[above], keys[above]), ids.first_by_id(level, stop - len(above)))
    )
    page = np.concatenate((keys[above], np.full(stop - len(above), bound)))
    return first[start:stop], page[start:stop]


def _settled(ids: Ids, docs: Docs, keys: Keys) -> Docs:
    """Documents in the order of their keys, put into the order of their ids where keys are equal."""
    equal = np.flatnonzero(keys[1:] == keys[:-1])
    if not len(equal):
        return docs
    settled = docs.copy()
    ends = np.flatnonzero(np.concatenate((keys[1:] != keys[:-1], (True,)))) + 1
    begin = 0
    for end in ends.tolist():
        if end - begin > 1:
            settled[begin:end] = ids.first_by_id(np.sort(docs[begin:end]), end - begin)
        begin = end
    return settled
