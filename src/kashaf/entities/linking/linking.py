"""Which names found in a corpus are one, and why.

Conservative: two names are linked only when every name that comes to bear the same root is like every other, when no
two of them are canonical names of the book, and when they are not named side by side: who writes an article spells a
name one way. What is ambiguous is left apart. The answer depends on the set of names and on how often they were met,
and on nothing else: not on the order of reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from kashaf.entities.linking.words import (
    PARTICLES,
    Spelt,
    Words,
    bare,
    by_consonant,
    difference,
    is_arab,
    short_group,
    short_skeleton,
    skeleton,
    units,
)
from kashaf.entities.model import Link

#: Reasons, the strongest first: names are gathered by one after the other.
_TIERS: Final[tuple[Link, ...]] = ("spelling", "article", "particle", "sound", "short form")
#: So many articles name both, and more than such a part of the mentions of the rarer one: then they are two.
_SIDE_BY_SIDE: Final = 3
_PART: Final = 0.2
_LONG: Final = 6  # letters of a name of one word that may differ in a vowel alone


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name as it was found.

    mentions: how often it was met. in_book: it is a canonical name of the book. alias: the number of the entity of
    which the book says that this is a name, 0 for none. pinned: a decision of the analyst is of it. apart: one that
    says that linking must leave it alone.
    """

    number: int
    type: str
    name: str
    mentions: int
    in_book: bool = False
    alias: int = 0
    pinned: bool = False
    apart: bool = False


#: In how many articles two numbers are named each under its own name.
Together = Callable[[int, int], int]


def block_of(type_: str, name: str) -> str:
    """What all names share that may be linked with this one; empty for a name that is linked with none.

    People by given name and surname, and never by one of them alone; all others by all their words.
    """
    words = units(name)
    if type_ == "person":
        kept = [word for word in words if word not in PARTICLES]
        if len(kept) < 2:
            return ""
        return f"person {short_skeleton(kept[0])} {skeleton(kept[-1])}"
    if type_ not in ("place", "organization") or not words:
        return ""
    return f"{type_} {' '.join(map(skeleton, words))}"


def links(candidates: Sequence[Candidate], together: Together) -> dict[int, tuple[int, Link]]:
    """For each linked number that of its root, and why; what is no key is its own root. For names of one block."""
    free = [one for one in candidates if not one.apart]
    groups: list[tuple[Candidate, ...]] = [(one,) for one in sorted(free, key=lambda one: one.number)]
    for tier in _TIERS:
        groups = _gathered(groups, tier, together)
    found: dict[int, tuple[int, Link]] = {}
    for group in groups:
        root = _root(group)
        for one in group:
            if one.alias:
                found[one.number] = (one.alias, "alias")
            elif one.number != root.number:
                target = root.alias or root.number
                found[one.number] = (target, relation(one, root) or _least(one, group))
    return found


def _gathered(
    groups: list[tuple[Candidate, ...]], tier: Link, together: Together
) -> list[tuple[Candidate, ...]]:
    """Groups with those made one that are alike at a tier, where all that comes together is."""
    parent = list(range(len(groups)))

    def top(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    allowed = _TIERS[: _TIERS.index(tier) + 1]
    for one, other in combinations(range(len(groups)), 2):
        if any(relation(a, b) in allowed for a in groups[one] for b in groups[other]):
            parent[top(one)] = top(other)
    gathered: dict[int, list[int]] = {}
    for at in range(len(groups)):
        gathered.setdefault(top(at), []).append(at)
    found: list[tuple[Candidate, ...]] = []
    for members in gathered.values():
        joined = tuple(one for at in members for one in groups[at])
        if len(members) == 1 or _sound(joined, together):
            found.append(joined)
        else:
            found.extend(groups[at] for at in members)
    return found


def _sound(group: tuple[Candidate, ...], together: Together) -> bool:
    """Whether names that would come to be one are no two people's: all alike, of one entry of the book at most."""
    roots = {one.alias or one.number for one in group if one.in_book or one.alias}
    if len(roots) > 1:
        return False
    for one, other in combinations(group, 2):
        link = relation(one, other)
        if link is None:
            return False
        if link == "spelling":
            continue
        both = together(one.number, other.number)
        least = 1 if link == "short form" else max(_SIDE_BY_SIDE, _PART * min(one.mentions, other.mentions))
        if both >= least:
            return False
    return True


def _root(group: Iterable[Candidate]) -> Candidate:
    """Whose name the group bears: of whom a decision is, then the book's, then the one met most often."""
    return min(
        group,
        key=lambda one: (not one.pinned, not one.in_book, not one.alias, -one.mentions, one.name, one.number),
    )


def _least(one: Candidate, group: Sequence[Candidate]) -> Link:
    """The strongest reason for which a name is like any other of its group."""
    reasons = {relation(one, other) for other in group if other.number != one.number}
    return next((tier for tier in _TIERS if tier in reasons), "")


def relation(one: Candidate, other: Candidate) -> Link | None:
    """Why two names may be one, None when nothing says so."""
    if one.type != other.type:
        return None
    first, second = sorted((one.name, other.name))
    return _people(first, second) if one.type == "person" else _others(first, second)


@lru_cache(maxsize=1 << 14)
def _people(one: str, other: str) -> Link | None:
    mine, theirs = units(one), units(other)
    if mine == theirs:
        return "spelling"
    kept = [tuple(word for word in words if word not in PARTICLES) for words in (mine, theirs)]
    if min(map(len, kept)) < 2:
        return None
    if kept[0] == kept[1]:
        # «محمد بن سلمان» and «محمد سلمان» may be two people: both words are given names.
        return None if len(kept[0]) == 2 and is_arab(kept[0][-1]) else "particle"
    if len(kept[0]) != len(kept[1]):
        return _middle(*sorted(kept, key=len))
    reasons: set[Link] = set()
    if len(mine) != len(theirs):
        reasons.add("particle")
    foreign = not is_arab(kept[0][0]) and not is_arab(kept[1][0])
    for at, (a, b) in enumerate(zip(*kept, strict=True)):
        if a != b and bare(a) == bare(b):
            # «أحمد حسن» and «أحمد الحسن» are two people.
            if at == 0 or is_arab(bare(a)):
                return None
            reasons.add("article")
            continue
        how = difference(a, b, _spelt())
        if how is None or (how == "sound" and (not foreign or a != bare(a) or b != bare(b))):
            return None
        if how == "short form" and at:
            return None
        if how:
            reasons.add(how)
    return _weakest(reasons)


def _middle(short: Words, long: Words) -> Link | None:
    """«باراك حسين أوباما» is «باراك أوباما»; who has a given name for a surname may be anybody's son."""
    if len(short) < 2 or short[-1] != long[-1] or is_arab(bare(short[-1])):
        return None
    if short[0] != long[0] and short_group(short[0]) != short_group(long[0]):
        return None
    between = iter(long[1:-1])
    return "short form" if all(word in between for word in short[1:-1]) else None


@lru_cache(maxsize=1 << 14)
def _others(one: str, other: str) -> Link | None:
    mine, theirs = units(one), units(other)
    if mine == theirs:
        return "spelling"
    if len(mine) != len(theirs):
        return None
    reasons: set[Link] = set()
    by_sound = False
    for a, b in zip(mine, theirs, strict=True):
        if a != b and bare(a) == bare(b):
            reasons.add("article")
            continue
        how = difference(a, b, _spelt())
        if how is None or how == "short form" or (how == "sound" and (a != bare(a) or b != bare(b))):
            return None
        if how == "sound":
            by_sound = by_sound or by_consonant(a, b)
        if how:
            reasons.add(how)
    if "sound" in reasons and not by_sound and not (len(mine) == 1 and min(len(one), len(other)) >= _LONG):
        return None  # «كتائب» is no «كتاب»
    return _weakest(reasons)


def _weakest(reasons: set[Link]) -> Link | None:
    return next((tier for tier in reversed(_TIERS) if tier in reasons), None)


@lru_cache(maxsize=1)
def _spelt() -> Spelt:
    from kashaf.entities.book.spellings import Spellings  # noqa: PLC0415 -- a file to parse: late

    return Spelt.of(Spellings.load())


def likely(name: str, type_: str, others: Iterable[tuple[str, str, int]], limit: int) -> Iterator[int]:
    """Of (type, name, number) the numbers of those that an analyst may want to merge with a name, likeliest first.

    Shared words count, rarer spellings of them a little less; another type a little less, too.
    """
    words = [short_skeleton(word) for word in units(name) if word not in PARTICLES]
    exact = {bare(word) for word in units(name)}
    scored: list[tuple[float, str, int]] = []
    for other_type, other, number in others:
        theirs = [word for word in units(other) if word not in PARTICLES]
        shared = sum(short_skeleton(word) in words for word in theirs)
        if not shared:
            continue
        same = sum(bare(word) in exact for word in theirs)
        score = (shared + 0.5 * same) / (len(words) + len(theirs)) - (0.2 if other_type != type_ else 0.0)
        scored.append((-score, other, number))
    scored.sort()
    return iter([number for _, _, number in scored[:limit]])
