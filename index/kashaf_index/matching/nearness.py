"""Words near each other: which occurrences of several items stand close enough, in any order.

The index asks with positions of words, the highlighter with the words of a text it reads again; both get the same
answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Spot(NamedTuple):
    """Words [start, end) of a text that an item matches, and the rung."""

    start: int
    end: int
    rung: int


class _Link(NamedTuple):
    """A way to have met a set of items, which ends with a spot. begin: its first word. rung: of its widest spot."""

    rung: int
    begin: int
    spot: Spot
    before: _Link | None


def chains(items: Sequence[Sequence[Spot]], distance: int) -> list[tuple[Spot, ...]]:
    """Every place where all items have been met, as its spots in the order of the text.

    items: each one's spots. Spots of a chain never overlap, and from the last word of one to the first of the next
    are at most `distance` words. For each spot that ends a chain: the narrowest, and of those the shortest.
    """
    every = sorted((spot, number) for number, spots in enumerate(items) for spot in spots)
    whole = (1 << len(items)) - 1
    # By the set of items met: the ways that end before the spot at hand, none of them as good as a later one.
    ended: dict[int, list[_Link]] = {}
    ending: list[tuple[int, _Link]] = []
    found: list[tuple[Spot, ...]] = []
    for spot, number in every:
        still: list[tuple[int, _Link]] = []
        for met, link in ending:
            if link.spot.end > spot.start:
                still.append((met, link))
            else:
                _settle(ended.setdefault(met, []), link)
        ending = still
        # By the items met and the rung: what is narrow now may be no narrower than the rest in the end.
        mine = {(1 << number, spot.rung): _Link(spot.rung, spot.start, spot, None)}
        for met, links in ended.items():
            if met >> number & 1:
                continue
            for link in links:
                if spot.start - link.spot.end >= distance:
                    continue
                way = _Link(max(link.rung, spot.rung), link.begin, spot, link)
                key = (met | 1 << number, way.rung)
                if key not in mine or way.begin > mine[key].begin:
                    mine[key] = way
        complete = [link for (met, _), link in mine.items() if met == whole]
        if complete:
            found.append(_unwound(min(complete, key=lambda link: (link.rung, -link.begin))))
        ending += ((met, link) for (met, _), link in mine.items() if met != whole)
    return found


def _settle(links: list[_Link], link: _Link) -> None:
    """Add a way, and drop those that no spot to come would prefer to it."""
    end = link.spot.end
    links[:] = [
        other for other in links if other.rung < link.rung or other.begin > link.begin or other.spot.end > end
    ]
    links.append(link)


def _unwound(link: _Link | None) -> tuple[Spot, ...]:
    spots: list[Spot] = []
    while link is not None:
        spots.append(link.spot)
        link = link.before
    return tuple(reversed(spots))
