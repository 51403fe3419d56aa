"""Which segments are merged: few to search, and no article written again too often."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import pytest

from kashaf_index.generations.policy import MOST, MOST_SMALL, SMALL, Size, merges


def live(*sizes: int) -> list[Size]:
    return [Size(size, 0) for size in sizes]


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ([], []),
        (live(5), []),
        (live(5, 5, 5, 5), []),
        (live(5, 5, 5, 5, 5), [[0, 1, 2, 3, 4]]),
        # Those that are much larger than what is merged stay.
        (live(900, 1, 40, 2, 1), [[1, 3, 4]]),
        (live(*[5000] * 10), []),
        (live(*[80_000] * 9, 3000, 2000), [[9, 10]]),
        # Two halves of one large import are not written again for a small one.
        (live(200_000, 200_000, 1, 1, 1, 1, 1), [[2, 3, 4, 5, 6]]),
        # More than half of it is deleted; exactly half is not more.
        ([Size(10, 6), Size(10, 5)], [[0]]),
        ([Size(10, 6), Size(9, 0), Size(30, 29)], [[0, 2]]),
        # Nothing of it is to be kept.
        ([Size(10, 10), Size(0, 0), Size(5, 0)], []),
    ],
)
def test_what_is_merged(sizes: list[Size], groups: list[list[int]]) -> None:
    assert merges(sizes) == groups


@pytest.mark.parametrize(
    ("draw", "commits"),
    [
        (lambda _: 1, 20_000),
        (lambda _: 10, 20_000),
        (lambda _: 1000, 5_000),
        (lambda chance: chance.choice([1, 5, 50, 3000]), 5_000),
        (lambda chance: int(chance.paretovariate(0.7)), 5_000),
    ],
)
def test_a_life_of_imports(draw: Callable[[random.Random], int], commits: int) -> None:
    chance = random.Random(7)
    segments: list[int] = []
    total = again = 0
    for _ in range(commits):
        segments.append(draw(chance))
        total += segments[-1]
        groups = merges(live(*segments))
        gone = {place for group in groups for place in group}
        merged = [sum(segments[place] for place in group) for group in groups]
        again += sum(merged)
        segments = [size for place, size in enumerate(segments) if place not in gone] + merged
        assert len(segments) <= MOST
        assert sum(size < SMALL for size in segments) <= MOST_SMALL
    assert sum(segments) == total
    assert again <= 3 * total * math.log2(total)
