"""Query tree to search plan: words analysed, stop words set aside, what is required and what is optional settled.

A plan is the same for every rung. A unit (a word, a prefix or a phrase) knows what it accepts at each, and the
index and the highlighter ask the same unit, so that a span marked in a text is a reason for its hit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kashaf.text.clitics import with_proclitics
from kashaf.text.stopwords import STOP_WORDS
from kashaf.text.tokens import tokenise
from kashaf_index.analysis import EXACT, FOLDED, STEM, Ladder, ladder, outlet_key
from kashaf_index.query.ast import (
    Either,
    Everything,
    Node,
    Not,
    Outlet,
    Phrase,
    Prefix,
    Published,
    Title,
    Together,
    Word,
)

Match = Literal["all", "any"]
Field = Literal["text", "title"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a unit: the readings it was written with, and whether it is the beginning of words only."""

    reading: Ladder
    prefix: bool = False

    def forms(self) -> tuple[tuple[str, str], ...]:
        """Folded forms that the stem rung takes beside equal stems, each with its proclitic."""
        return with_proclitics(self.reading.folded)

    def accepts(self, word: Ladder) -> tuple[int, str] | None:
        """The narrowest rung at which the word matches, and the rule in words; None when it does not."""
        mine = self.reading
        if self.prefix:
            if word.exact.startswith(mine.exact):
                return EXACT, "exact"
            if word.folded.startswith(mine.folded):
                return FOLDED, "folded"
            for form, clitic in self.forms()[1:]:
                if word.folded.startswith(form):
                    return STEM, f"proclitic {clitic}"
            return None
        if word.exact == mine.exact:
            return EXACT, "exact"
        if word.folded == mine.folded:
            return FOLDED, "folded"
        if before := _clitics(mine.folded).get(word.folded):
            return STEM, f"proclitic {before}"
        return (STEM, "stem") if word.stem == mine.stem else None


@lru_cache(maxsize=1024)
def _clitics(folded: str) -> dict[str, str]:
    return dict(with_proclitics(folded))


@dataclass(frozen=True, slots=True)
class Unit:
    """What one term of the query looks for: one slot, or several in a row.

    label: the term as the analyst wrote it.
    """

    slots: tuple[Slot, ...]
    field: Field
    label: str


@dataclass(frozen=True, slots=True)
class FromOutlet:
    key: str


@dataclass(frozen=True, slots=True)
class InDates:
    """Dates as yyyymmdd, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class All:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Without:
    item: Plan


@dataclass(frozen=True, slots=True)
class AllOf:
    items: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    items: tuple[Plan, ...]


Plan = Unit | FromOutlet | InDates | All | Without | AllOf | AnyOf


def compile_query(root: Node, match: Match) -> Plan:
    """The plan for a tree. `match` says how many of the words side by side an article must hold."""
    plan = _compile(root, match, keep_stop_words=False)
    return plan if plan is not None else _kept(root, match)


def positive_units(plan: Plan) -> Iterator[Unit]:
    """The units that can be a reason for a hit, in the query's order: those not under a negation."""
    if isinstance(plan, Unit):
        yield plan
    elif isinstance(plan, (AllOf, AnyOf)):
        for item in plan.items:
            yield from positive_units(item)


def _kept(node: Node, match: Match) -> Plan:
    plan = _compile(node, match, keep_stop_words=True)
    assert plan is not None  # only stop words compile to nothing
    return plan


def _compile(node: Node, match: Match, *, keep_stop_words: bool) -> Plan | None:
    """None for a node that holds nothing but stop words, unless they are kept."""
    match node:
        case Word() | Prefix() | Phrase():
            unit = _unit(node, "text")
            stop = isinstance(node, Word) and all(slot.reading.folded in STOP_WORDS for slot in unit.slots)
            return None if stop and not keep_stop_words else unit
        case Title(item):
            return _unit(item, "title")
        case Outlet(name):
            return FromOutlet(outlet_key(name))
        case Published(first, last):
            return InDates(
                int(first.strftime("%Y%m%d")) if first else 1,
                int(last.strftime("%Y%m%d")) if last else 99_999_999,
            )
        case Everything():
            return All()
        case Not(item):
            # Excluding a stop word was asked for in so many words.
            return Without(_kept(item, match))
        case Either(items):
            # Each side is a search of its own: one of stop words alone looks for them.
            return AnyOf(
                tuple(_compile(item, match, keep_stop_words=False) or _kept(item, match) for item in items)
            )
        case Together(items):
            return _side_by_side(items, match, keep_stop_words=keep_stop_words)


def _side_by_side(items: tuple[Node, ...], match: Match, *, keep_stop_words: bool) -> Plan | None:
    wanted: list[Plan] = []
    conditions: list[Plan] = []
    stopped: list[Node] = []
    for item in items:
        plan = _compile(item, match, keep_stop_words=keep_stop_words)
        if plan is None:
            stopped.append(item)
        elif isinstance(item, (Outlet, Published, Not, Everything)):
            conditions.append(plan)
        else:
            wanted.append(plan)
    if stopped and not wanted:
        if not conditions:
            return None
        wanted = [_kept(item, match) for item in stopped]
    if match == "any" and len(wanted) > 1:
        wanted = [AnyOf(tuple(wanted))]
    parts = wanted + conditions
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _unit(node: Word | Prefix | Phrase, field: Field) -> Unit:
    slots = tuple(Slot(ladder(token.exact), isinstance(node, Prefix)) for token in tokenise(node.text))
    return Unit(slots, field, str(node))
