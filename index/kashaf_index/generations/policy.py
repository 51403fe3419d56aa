"""Which segments are written again as one.

A search pays for each segment that it meets, and an import for each article that is written again. With at most
`MOST` segments, merging the smallest ones when there are more costs k·n^(1/k) writes of an article over n imports of
equal size (the k-binomial transform: Bentley and Saxe, Decomposable searching problems I, 1980; Mathieu et al.,
Bigtable merge compaction, 2014), which for ten segments stays below 3·log2(n) up to a million imports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Segments that a search meets at the most.
MOST: Final = 10
#: And of those, such as hold fewer articles than `SMALL`.
MOST_SMALL: Final = 4
SMALL: Final = 1000


@dataclass(frozen=True, slots=True)
class Size:
    """Of a segment, in documents."""

    documents: int
    deleted: int

    @property
    def live(self) -> int:
        return self.documents - self.deleted


def merges(sizes: Sequence[Size]) -> list[list[int]]:
    """Which segments, by their places in `sizes`, become one segment each.

    Those of which more than half is deleted are written again together; the smallest ones when there are too many.
    A segment without a live document is in none of the groups: nothing of it is to be kept.
    """
    live = {place: size.live for place, size in enumerate(sizes) if size.live}
    stale = [place for place in live if sizes[place].live < sizes[place].deleted]
    groups = [stale] if stale else []
    groups += [[place] for place in live if place not in set(stale)]
    while len(groups) > 1 and _too_many(weights := [sum(live[one] for one in group) for group in groups]):
        order = sorted(range(len(groups)), key=lambda one: (weights[one], one))
        taken, total = order[:2], weights[order[0]] + weights[order[1]]
        for other in order[2:]:
            # Absorbed as well when that no more than doubles the work.
            if weights[other] > total:
                break
            taken.append(other)
            total += weights[other]
        merged = sorted(place for one in taken for place in groups[one])
        groups = [merged] + [groups[one] for one in range(len(groups)) if one not in taken]
    again = set(stale)
    return sorted(group for group in groups if len(group) > 1 or again.issuperset(group))


def _too_many(weights: Sequence[int]) -> bool:
    return len(weights) > MOST or sum(weight < SMALL for weight in weights) > MOST_SMALL
