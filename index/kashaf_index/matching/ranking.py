"""Scores: BM25 over the rungs of each word, over words side by side, titles and leads.

BM25 after Robertson and Zaragoza ("The Probabilistic Relevance Framework", 2009) with Lucene's idf, which cannot
turn negative. A word counts by its stem and, as much again, by its root, which admits no hit here but tells articles
about the matter apart; a little by its narrower rungs; two neighbouring words of the query count again where they
stand side by side. `make bench-quality` compares this with other engines; docs/decisions has the measurements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Final

import numpy as np

from kashaf_index.analysis import EXACT, FOLDED, ROOT, STEM
from kashaf_index.matching.evaluate import Evaluator
from kashaf_index.query.compile import Unit
from kashaf_index.query.slots import WordSlot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kashaf_index.matching.tallies import Occurrences

    Docs = NDArray[np.int64]
    Scores = NDArray[np.float64]

K1: Final = 1.2
B: Final = 0.75
_B_TITLE: Final = 0.3
_WEIGHTS: Final = ((ROOT, 1.0), (STEM, 1.0), (FOLDED, 0.2), (EXACT, 0.1))
_BESIDE: Final = 0.3
_TITLE: Final = 0.6
_LEAD: Final = 0.2

_HALF_LIFE: Final = 180.0  # days after which `recency` halves what it can halve
_AGELESS: Final = 0.5  # of a score, whatever the date

#: How many times more documents there must be than have any for the others to be left out to pay.
_UNEVEN: Final = 5


def scores(
    evaluator: Evaluator, units: Iterable[Unit], docs: Docs, cancelled: Callable[[], bool] = lambda: False
) -> Scores:
    """The score of each of `docs`, which ascend; 0 where no unit occurs. Raises Cancelled and IndexDamaged."""
    if not len(docs):
        return np.zeros(0)
    found = _Scores(evaluator, docs)
    wanted = tuple(dict.fromkeys(units))
    for unit in wanted:
        tally = evaluator.tally(unit, cancelled)
        lengths = found.title if unit.field == "title" else found.text
        found.add([(tally.rungs[rung], weight) for rung, weight in _WEIGHTS], lengths)
        if unit.field != "text":
            continue
        titles = evaluator.occurrences(replace(unit, field="title"), STEM, cancelled)
        found.add([(titles, _TITLE)], found.title)
        leads = evaluator.occurrences(replace(unit, field="lead"), STEM, cancelled)
        found.add([(leads, _LEAD)], _FLAT)
    for pair in _neighbours(wanted):
        found.add([(evaluator.occurrences(pair, STEM, cancelled), _BESIDE)], found.text)
    return found.values


def recent(scores: Scores, known: Sequence[int], which: NDArray[np.integer]) -> Scores:
    """The scores with newer articles lifted, beside the newest of them; one without a date counts as very old.

    known: all dates there are, as yyyymmdd and ascending, 0 for none. which: the place of each one's date among them.
    """
    if not len(scores):
        return scores
    days = [_day(number) for number in known[: int(which.max()) + 1]]
    lifted = [_AGELESS + (1 - _AGELESS) * 0.5 ** ((days[-1] - day) / _HALF_LIFE) for day in days]
    recent: Scores = scores * np.array(lifted).take(which)
    return recent


def _day(number: int) -> int:
    return date(number // 10_000, number // 100 % 100, number % 100).toordinal() if number else 0


def _neighbours(units: Sequence[Unit]) -> Iterator[Unit]:
    """Two words that follow each other in the query, as a phrase; stop words between them are not seen."""
    for left, right in pairwise(units):
        if left.field == right.field == "text" and _is_word(left) and _is_word(right):
            yield Unit(left.slots + right.slots, "text", "")


def _is_word(unit: Unit) -> bool:
    return len(unit.slots) == 1 and isinstance(unit.slots[0], WordSlot)


class _Lengths:
    """What occurrences are weighed against: more for a document whose field is long (BM25's b).

    weights: of each document that is scored, or of every one.
    """

    def __init__(self, b: float, lengths: NDArray[np.int64] | None = None, average: float = 1.0) -> None:
        level = K1 * (1 - b)
        self.weights: Scores | float = level
        if lengths is not None:
            self.weights = (lengths * (K1 * b / average) + level).astype(np.float64, copy=False)

    def of(self, docs: Docs | None) -> Scores | float:
        """Of some of the documents, given by their places; of all for None."""
        if docs is None or isinstance(self.weights, float):
            return self.weights
        return self.weights.take(docs)


_FLAT: Final = _Lengths(0.0)  # as long as another's


class _Scores:
    """Sums for documents, in their order."""

    def __init__(self, evaluator: Evaluator, docs: Docs) -> None:
        reader = self._reader = evaluator.reader
        self._docs = docs
        self._size = reader.count
        self._title: _Lengths | None = None
        self.values = np.zeros(len(docs))
        self.text = _Lengths(B, reader.lengths.take(docs), reader.average_length or 1.0)

    @property
    def title(self) -> _Lengths:
        """The lengths of titles."""
        if self._title is None:
            reader = self._reader
            lengths, average = reader.title_lengths.take(self._docs), reader.average_title_length or 1.0
            self._title = _Lengths(_B_TITLE, lengths, average)
        return self._title

    def add(self, weighted: Sequence[tuple[Occurrences, float]], lengths: _Lengths) -> None:
        """BM25 of occurrences, each by its weight. The same ones with several weights are looked at once."""
        gains: dict[int, float] = {}
        for one, weight in weighted:
            if one.frequency:
                gain = weight * log(1 + (self._size - one.frequency + 0.5) / (one.frequency + 0.5))
                gains[id(one)] = gains.get(id(one), 0.0) + gain * (K1 + 1)
        for one, _ in weighted:
            if gain := gains.pop(id(one), 0.0):
                self._add(one, gain, lengths)

    def _add(self, one: Occurrences, gain: float, lengths: _Lengths) -> None:
        mine, counts = self._among(one)
        if not len(counts):
            return
        below = counts + lengths.of(mine)
        gained = counts * gain
        gained /= below
        if mine is None:
            self.values += gained
        else:
            self.values[mine] += gained

    def _among(self, one: Occurrences) -> tuple[Docs | None, NDArray[np.int32]]:
        """Where there are any among the documents, and how many; None for every document."""
        docs = self._docs
        if one.docs is None:
            counts = one.counts.take(docs)
            if one.frequency * _UNEVEN > self._size:
                return None, counts
            mine = np.flatnonzero(counts != 0)
            return mine, counts.take(mine)
        if len(docs) < len(one.docs):
            mine, theirs = _within(docs, one.docs)
        else:
            theirs, mine = _within(one.docs, docs)
        return mine, one.counts.take(theirs)


def _within(few: Docs, many: Docs) -> tuple[Docs, Docs]:
    """Which of a few documents are among many, and where there."""
    if not len(many):
        return many, many
    at = np.searchsorted(many, few)
    np.minimum(at, len(many) - 1, out=at)
    found = np.flatnonzero(many.take(at) == few)
    return found, at.take(found)
