"""From signatures to stories: who leads, who is a copy of whom, who holds whom.

Texts are taken in first-seen order. Each joins the earlier leader that it is most alike to, or leads a story of its
own (leader clustering; Hartigan, "Clustering Algorithms", 1975, chapter 3): members are alike to their leader, so
that no chain of small changes ends in a story of two different texts, and the outcome depends on the texts alone.
After a change only those are judged again whose leaders may have become others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from kashaf.corpus.duplicates import Likeness, Prints, Shingles, Words, compare, shingles
from kashaf.errors import Cancelled

_COMMON: Final = 2_000  # texts looked at of those that share a fingerprint

_MOST: Final = 200  # candidates that a text is compared with, those of most common fingerprints first
_PART: Final = 0.2  # of the shorter text's fingerprints, which a candidate must share
_CACHED: Final = 4096
_SORTING: Final = 8  # times that sorting a number costs as much as passing over one
_DIGITS: Final = 4

_NEAR: Final = 0.5
_NEAR_SHORT: Final = 0.6
_SHORT: Final = 80  # words
_HELD_SHARE: Final = 0.5
_HELD_RUN: Final = 25  # words


_Places = npt.NDArray[np.int64]


class Text(NamedTuple):
    """A text, which may be that of several articles. key: its place in the order, by the first of them."""

    digest: str
    key: tuple[bool, str, str, str]

    @property
    def first(self) -> str:
        return self.key[-1]


@dataclass(frozen=True, slots=True)
class Holding:
    """An earlier text, by its digest, that the text holds, or that holds it."""

    other: str
    longer: bool
    share: float
    run: int


@dataclass(frozen=True, slots=True)
class Settled:
    """leader: the digest of the text that it is a copy of, itself for a leader. held: only a leader's."""

    key: tuple[bool, str, str, str]
    leader: str
    similarity: float = 1.0
    held: tuple[Holding, ...] = ()


def is_near(alike: Likeness, shorter: int) -> bool:
    """Whether two texts are one, republished. shorter: words of the shorter one.

    One of few words must share more of them, for much of it may be a formula.
    """
    return alike.jaccard >= (_NEAR if shorter >= _SHORT else _NEAR_SHORT)


def is_held(alike: Likeness) -> bool:
    """Whether the longer of two texts holds the shorter: most of it, and enough of that in a row."""
    return alike.share >= _HELD_SHARE and alike.run >= _HELD_RUN


def shares_enough(left: Prints, right: Prints) -> bool:
    """Whether two texts would be compared, as far as their fingerprints say."""
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common > 0 and common >= _PART * min(len(left), len(right))


def settle(
    texts: Sequence[Text],
    words: Callable[[str], Words],
    prints: Callable[[str], Prints],
    before: Mapping[str, Settled],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[str, Settled]:
    """What each text is to the others, by digest.

    texts: all, in the order of their keys. words, prints: by article id. before: what was settled of the texts as
    they were then; one whose key is another now counts as new. Raises Cancelled.
    """
    return _Settling(texts, words, prints, before).run(progress, cancelled)


class _Settling:
    def __init__(
        self,
        texts: Sequence[Text],
        words: Callable[[str], Words],
        prints: Callable[[str], Prints],
        before: Mapping[str, Settled],
    ) -> None:
        self._texts = texts
        self._places = {text.digest: place for place, text in enumerate(texts)}
        self._words = words
        self._index = _Index([prints(text.first) for text in texts])
        self._shingles = lru_cache(_CACHED)(self._shingled)
        self._settled = {
            text.digest: before[text.digest]
            for text in texts
            if text.digest in before and before[text.digest].key == text.key
        }
        self._lost = before.keys() - self._settled.keys()
        self._leads = np.zeros(len(texts), dtype=bool)
        #: Texts to be judged again when a leader is none any more.
        self._leaning: dict[str, list[int]] = {}
        for digest, one in self._settled.items():
            self._leads[self._places[digest]] = one.leader == digest
            for other in (one.leader, *(held.other for held in one.held)):
                self._leaning.setdefault(other, []).append(self._places[digest])

    def run(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> dict[str, Settled]:
        waiting = {place for place, text in enumerate(self._texts) if text.digest not in self._settled}
        waiting.update(place for digest in self._lost for place in self._leaning.get(digest, ()))
        queue = list(waiting)
        heapify(queue)

        def again(places: Iterable[int], after: int) -> None:
            for place in places:
                if place > after and place not in waiting:
                    waiting.add(place)
                    heappush(queue, place)

        done = 0
        while queue:
            if cancelled():
                raise Cancelled(cure="Run it again to go on")
            progress(done, done + len(queue))
            place = heappop(queue)
            done += 1
            text = self._texts[place]
            candidates, counts = self._index.candidates(place)
            earlier = (candidates < place) & self._leads[candidates]
            likeliest = candidates[earlier][np.argsort(-counts[earlier], kind="stable")][:_MOST]
            settled = self._settled[text.digest] = self._judged(place, likeliest.tolist())
            led, leads = bool(self._leads[place]), settled.leader == text.digest
            self._leads[place] = leads
            if leads and not led:
                again(candidates.tolist(), place)
            elif led and not leads:
                again(self._leaning.get(text.digest, ()), place)
        return self._settled

    def _judged(self, place: int, leaders: Iterable[int]) -> Settled:
        """What the text at a place is, given the leaders before it that it may be like."""
        text = self._texts[place]
        own = self._words(text.first)
        best: tuple[float, int] | None = None
        held: list[Holding] = []
        for other_place in leaders:
            other = self._texts[other_place]
            words = self._words(other.first)
            alike = compare(own, self._shingles(place), words, self._shingles(other_place))
            if is_near(alike, min(len(own), len(words))):
                # Of equals the first of the order, whatever number of fingerprints it shares.
                found = -round(alike.jaccard, _DIGITS), other_place
                best = found if best is None else min(best, found)
            elif is_held(alike):
                longer = (len(words), other.digest) > (len(own), text.digest)
                held.append(Holding(other.digest, longer, round(alike.share, _DIGITS), alike.run))
        if best is not None:
            return Settled(text.key, self._texts[best[1]].digest, -best[0])
        return Settled(text.key, text.digest, held=tuple(sorted(held, key=lambda one: one.other)))

    def _shingled(self, place: int) -> Shingles:
        return shingles(self._words(self._texts[place].first))


class _Index:
    """Which texts share fingerprints. Of too many that share one, the first are looked at: leaders are among them."""

    def __init__(self, prints: Sequence[Prints]) -> None:
        self._sizes = np.array([len(one) for one in prints], dtype=np.int64)
        every = np.concatenate([np.empty(0, dtype=np.uint32), *prints])
        owners = np.repeat(np.arange(len(prints), dtype=np.int32), self._sizes)
        order = np.argsort(every, kind="stable").astype(np.int32)
        every = every[order]
        edges = np.flatnonzero(every[1:] != every[:-1]) + 1
        counts = np.diff(np.concatenate(([0], edges, [len(every)])))
        order, counts = order[np.repeat(counts > 1, counts)], counts[counts > 1]
        begins = np.concatenate(([0], np.cumsum(counts)))
        #: By text, the groups, from place n to place n + 1. A group is a fingerprint that several texts share.
        groups = np.full(len(every), -1, dtype=np.int32)
        groups[order] = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        known = groups >= 0
        self._groups = groups[known]
        self._starts = np.searchsorted(owners[known], np.arange(len(prints) + 1))
        #: By group, the first texts that have it, likewise.
        first = np.arange(len(order)) - np.repeat(begins[:-1], counts) < _COMMON
        self._posted = owners[order[first]]
        self._begins = np.concatenate(([0], np.cumsum(counts.clip(max=_COMMON))))

    def candidates(self, place: int) -> tuple[_Places, _Places]:
        """The other texts that share enough fingerprints with this one, in order, and how many each."""
        groups = self._groups[self._starts[place] : self._starts[place + 1]]
        if not len(groups):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        begins, ends = self._begins[groups].tolist(), self._begins[groups + 1].tolist()
        met = np.concatenate([self._posted[begin:end] for begin, end in zip(begins, ends, strict=True)])
        others, counts = self._counted(met)
        enough = counts >= _PART * np.minimum(self._sizes[others], self._sizes[place])
        enough &= others != place
        return others[enough], counts[enough]

    def _counted(self, met: npt.NDArray[np.int32]) -> tuple[_Places, _Places]:
        """The texts among these, ascending, and how often each is."""
        if len(met) * _SORTING < len(self._sizes):
            others, counts = np.unique(met, return_counts=True)
            return others.astype(np.int64), counts.astype(np.int64)
        every: _Places = np.bincount(met)
        places = np.flatnonzero(every)
        return places, every[places]
