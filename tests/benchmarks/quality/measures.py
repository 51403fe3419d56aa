"""Measures of ranked answers, after TREC: means over sets of queries, and how sure a difference is."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from math import log2

Ranked = Sequence[str]
"""Ids, the best first."""


def reciprocal_rank(ranked: Ranked, relevant: frozenset[str], depth: int = 10) -> float:
    """1 over the rank of the first relevant one, 0 below `depth`."""
    return next((1 / rank for rank, one in enumerate(ranked[:depth], 1) if one in relevant), 0.0)


def ndcg(ranked: Ranked, relevant: frozenset[str], depth: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) of judgements that are yes or no."""
    gain = sum(1 / log2(rank + 1) for rank, one in enumerate(ranked[:depth], 1) if one in relevant)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(depth, len(relevant)) + 1))
    return gain / best if best else 0.0


def recall(ranked: Ranked, relevant: frozenset[str], depth: int) -> float:
    """How much of what is relevant is among the first `depth`."""
    return len(relevant.intersection(ranked[:depth])) / len(relevant) if relevant else 0.0


def macro(values: Mapping[str, Sequence[float]]) -> float:
    """The mean of the sets' means."""
    means = [sum(of_set) / len(of_set) for of_set in values.values() if of_set]
    return sum(means) / len(means) if means else 0.0


def interval(
    differences: Mapping[str, Sequence[float]], *, rounds: int = 1000, seed: int = 1
) -> tuple[float, float]:
    """95 % percentile bootstrap interval of the macro mean of differences, queries drawn within their set."""
    chance = random.Random(seed)
    means = sorted(
        macro({name: chance.choices(of_set, k=len(of_set)) for name, of_set in differences.items() if of_set})
        for _ in range(rounds)
    )
    return means[int(rounds * 0.025)], means[int(rounds * 0.975) - 1]
