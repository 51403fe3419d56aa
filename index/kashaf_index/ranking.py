"""Scores: BM25 over a mix of rungs, with a gift for words in the title.

BM25 after Robertson and Zaragoza ("The Probabilistic Relevance Framework", 2009) with Lucene's idf, which cannot
turn negative. On our development questions the stem rung with a third of the narrower ones beat each rung alone.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from math import log
from typing import Final

from kashaf_index.analysis import EXACT, FOLDED, STEM
from kashaf_index.evaluate import Evaluator
from kashaf_index.query.compile import Unit

K1: Final = 1.2
B: Final = 0.75
_WEIGHTS: Final = ((STEM, 1.0), (FOLDED, 0.3), (EXACT, 0.3))
_TITLE: Final = 0.6


def scores(
    evaluator: Evaluator, units: Iterable[Unit], docs: Set[int], cancelled: Callable[[], bool] = lambda: False
) -> dict[int, float]:
    """The score of each of `docs`; 0 where no unit occurs. Raises Cancelled and IndexDamaged."""
    found = dict.fromkeys(docs, 0.0)
    reader = evaluator.reader
    size = len(reader.live)
    if not size:
        return found
    lengths = reader.lengths
    average = reader.average_length or 1.0
    for unit in dict.fromkeys(units):
        counts = evaluator.counts(unit, cancelled)
        for rung, weight in _WEIGHTS:
            _add(found, counts[rung], weight * _idf(len(counts[rung]), size), lengths, average)
        if unit.field == "text":
            in_title = evaluator.counts(replace(unit, field="title"), cancelled)[STEM]
            gift = _TITLE * _idf(len(counts[STEM]), size)
            for doc in in_title.keys() & found.keys():
                found[doc] += gift
    return found


def _idf(having: int, size: int) -> float:
    return log(1 + (size - having + 0.5) / (having + 0.5))


def _add(
    found: dict[int, float], counts: dict[int, int], weight: float, lengths: array[int], average: float
) -> None:
    for doc in counts.keys() & found.keys():
        count = counts[doc]
        found[doc] += weight * count * (K1 + 1) / (count + K1 * (1 - B + B * lengths[doc] / average))
