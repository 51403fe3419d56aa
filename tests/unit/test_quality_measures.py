"""The measures of `make bench-quality`, against values worked out by hand."""

from __future__ import annotations

from math import log2

import pytest
from tests.benchmarks.quality.measures import interval, macro, ndcg, recall, reciprocal_rank

RANKED = ["a", "b", "c", "d"]


def test_reciprocal_rank() -> None:
    assert reciprocal_rank(RANKED, frozenset("c")) == pytest.approx(1 / 3)
    assert reciprocal_rank(RANKED, frozenset("c"), depth=2) == 0.0


def test_ndcg() -> None:
    gain = 1 / log2(3) + 1 / log2(5)
    assert ndcg(RANKED, frozenset("bd")) == pytest.approx(gain / (1 + 1 / log2(3)))
    assert ndcg(RANKED, frozenset("a")) == 1.0
    assert ndcg(RANKED, frozenset()) == 0.0


def test_recall() -> None:
    assert recall(RANKED, frozenset("bx"), 10) == 0.5
    assert recall(RANKED, frozenset("d"), 3) == 0.0


def test_sets_count_alike_whatever_their_size() -> None:
    assert macro({"small": [1.0], "large": [0.0] * 99}) == 0.5


def test_an_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    differences = {"one": [0.0, 0.5, 1.0] * 20, "two": [0.2] * 9}
    low, high = interval(differences)
    assert low < macro(differences) < high
    assert (low, high) == interval(differences)
