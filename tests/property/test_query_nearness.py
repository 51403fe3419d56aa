"""Nearness against the plainest reading of it: every choice of spots in every order."""

from __future__ import annotations

from itertools import pairwise, permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf_index.matching.nearness import Spot, chains

_spot = st.builds(
    lambda start, length, rung: Spot(start, start + length, rung),
    st.integers(0, 12),
    st.integers(1, 3),
    st.integers(0, 3),
)
_items = st.lists(st.lists(_spot, max_size=5, unique_by=lambda spot: spot[:2]), min_size=2, max_size=3)


def _plainly(items: list[list[Spot]], distance: int) -> dict[tuple[Spot, int], tuple[int, int]]:
    """For each spot and item that can end a chain: the rung and the beginning of the best."""
    best: dict[tuple[Spot, int], tuple[int, int]] = {}
    for chosen in product(*items):
        for order in permutations(range(len(items))):
            row = [chosen[at] for at in order]
            if all(
                left.end <= right.start and right.start - (left.end - 1) <= distance
                for left, right in pairwise(row)
            ):
                key = (row[-1], order[-1])
                way = (max(spot.rung for spot in row), -row[0].start)
                best[key] = min(best.get(key, way), way)
    return best


@settings(deadline=None)
@given(_items, st.integers(1, 6))
def test_the_same_chains_as_by_trying_every_choice(items: list[list[Spot]], distance: int) -> None:
    found = chains(items, distance)
    expected = _plainly(items, distance)
    ways = sorted((chain[-1], max(spot.rung for spot in chain), -chain[0].start) for chain in found)
    assert ways == sorted((spot, rung, begin) for (spot, _), (rung, begin) in expected.items())
    for chain in found:
        assert len(chain) == len(items)
        for left, right in pairwise(chain):
            assert left.end <= right.start
            assert right.start - left.end < distance
