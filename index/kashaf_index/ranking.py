"""Scores: BM25 over the rungs of each word, over words side by side, titles and leads.

BM25 after Robertson and Zaragoza ("The Probabilistic Relevance Framework", 2009) with Lucene's idf, which cannot
turn negative. A word counts by its stem and, as much again, by its root, which admits no hit here but tells articles
about the matter apart; a little by its narrower rungs; two neighbouring words of the query count again where they
stand side by side. `make bench-quality` compares this with other engines; docs/decisions has the measurements.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import log
from typing import Final

from kashaf_index.analysis import EXACT, FOLDED, ROOT, STEM
from kashaf_index.evaluate import Evaluator
from kashaf_index.query.compile import Unit
from kashaf_index.query.slots import WordSlot

K1: Final = 1.2
B: Final = 0.75
_B_TITLE: Final = 0.3
_WEIGHTS: Final = ((ROOT, 1.0), (STEM, 1.0), (FOLDED, 0.2), (EXACT, 0.1))
_BESIDE: Final = 0.3
_TITLE: Final = 0.6
_LEAD: Final = 0.2

_HALF_LIFE: Final = 180.0  # days after which `recency` halves what it can halve
_AGELESS: Final = 0.5  # of a score, whatever the date


@dataclass(frozen=True, slots=True)
class _Lengths:
    """Tokens of one field in each document, and how much a long one is held against it (BM25's b)."""

    of: array[int]
    average: float
    b: float


def scores(
    evaluator: Evaluator, units: Iterable[Unit], docs: Set[int], cancelled: Callable[[], bool] = lambda: False
) -> dict[int, float]:
    """The score of each of `docs`; 0 where no unit occurs. Raises Cancelled and IndexDamaged."""
    found = dict.fromkeys(docs, 0.0)
    reader = evaluator.reader
    size = len(reader.live)
    if not found:
        return found
    text = _Lengths(reader.lengths, reader.average_length or 1.0, B)
    title = _Lengths(reader.title_lengths, reader.average_title_length or 1.0, _B_TITLE)
    lead = replace(text, b=0.0)  # as long as another's
    wanted = tuple(dict.fromkeys(units))
    for unit in wanted:
        counts = evaluator.counts(unit, cancelled)
        for rung, weight in _WEIGHTS:
            _add(found, counts[rung], weight, size, title if unit.field == "title" else text)
        if unit.field != "text":
            continue
        _add(
            found, evaluator.counts(replace(unit, field="title"), cancelled, STEM)[STEM], _TITLE, size, title
        )
        _add(found, evaluator.counts(replace(unit, field="lead"), cancelled, STEM)[STEM], _LEAD, size, lead)
    for pair in _neighbours(wanted):
        _add(found, evaluator.counts(pair, cancelled, STEM)[STEM], _BESIDE, size, text)
    return found


def recent(score: Mapping[int, float], dates: array[int]) -> dict[int, float]:
    """The scores with newer articles lifted, beside the newest of them; one without a date counts as very old.

    dates: of every document as yyyymmdd, 0 for none.
    """
    days = {doc: _day(dates[doc]) for doc in score}
    newest = max(days.values(), default=0)
    return {
        doc: value * (_AGELESS + (1 - _AGELESS) * 0.5 ** ((newest - days[doc]) / _HALF_LIFE))
        for doc, value in score.items()
    }


def _day(number: int) -> int:
    return date(number // 10_000, number // 100 % 100, number % 100).toordinal() if number else 0


def _neighbours(units: Sequence[Unit]) -> Iterator[Unit]:
    """Two words that follow each other in the query, as a phrase; stop words between them are not seen."""
    for left, right in pairwise(units):
        if left.field == right.field == "text" and _is_word(left) and _is_word(right):
            yield Unit(left.slots + right.slots, "text", "")


def _is_word(unit: Unit) -> bool:
    return len(unit.slots) == 1 and isinstance(unit.slots[0], WordSlot)


def _add(
    found: dict[int, float], counts: Mapping[int, int], weight: float, size: int, lengths: _Lengths
) -> None:
    """BM25 of one list of occurrences. Raises IndexDamaged as reading does."""
    if not counts:
        return
    gain = weight * log(1 + (size - len(counts) + 0.5) / (len(counts) + 0.5)) * (K1 + 1)
    level, slope = K1 * (1 - lengths.b), K1 * lengths.b / lengths.average
    of = lengths.of
    for doc in counts.keys() & found.keys():
        count = counts[doc]
        found[doc] += gain * count / (count + level + slope * of[doc])
