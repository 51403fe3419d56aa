"""What a search looks for, the same at every rung: units, and how they must come together in an article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kashaf_index.analysis import EXACT, STEM
from kashaf_index.query.slots import Slot

Match = Literal["all", "any"]
Field = Literal["text", "lead", "title", "author"]
JoinField = Literal["person", "place", "organization", "tag", "note", "noted", "similar"]


@dataclass(frozen=True, slots=True)
class Row:
    """Words in a row that a unit accepts. rule: why, when not for its words' own reasons."""

    slots: tuple[Slot, ...]
    rule: str = ""

    @property
    def narrowest(self) -> int:
        """The narrowest rung at which the row can match: other words count from the stem rung up."""
        return STEM if self.rule else EXACT


@dataclass(frozen=True, slots=True)
class Unit:
    """What one term of the query looks for.

    slots: one word, or several in a row; of a NEAR, those of all its parts. rule: see `Row`.
    label: the term as the analyst wrote it. others: rows that may stand for the unit.
    parts, distance: of a NEAR, what must stand close together: in any order, each at most `distance` words from the
    next, where words side by side are 1 apart.
    """

    slots: tuple[Slot, ...]
    field: Field
    label: str
    others: tuple[Row, ...] = ()
    rule: str = ""
    parts: tuple[Unit, ...] = ()
    distance: int = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """Everything the unit accepts, when it is no NEAR; its own words first."""
        return (Row(self.slots, self.rule), *self.others)


@dataclass(frozen=True, slots=True)
class FromOutlet:
    key: str


@dataclass(frozen=True, slots=True)
class InDates:
    """Dates as yyyymmdd, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class InLanguage:
    """tag: in lower case; it stands for its regions too."""

    tag: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The articles that a side store names for a value."""

    field: JoinField
    value: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """These documents of the index: what a `Joined` is bound to."""

    docs: frozenset[int]


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


Plan = Unit | FromOutlet | InDates | InLanguage | Joined | Numbered | All | Without | AllOf | AnyOf


def positive_units(plan: Plan) -> Iterator[Unit]:
    """The units that can be a reason for a hit, in the query's order: those not under a negation."""
    if isinstance(plan, Unit):
        yield plan
    elif isinstance(plan, (AllOf, AnyOf)):
        for item in plan.items:
            yield from positive_units(item)


def changed(
    plan: Plan, slot: Callable[[Field, Slot], Slot], joined: Callable[[Joined], Plan] = lambda one: one
) -> Plan:
    """The plan with each of its slots and joined conditions changed."""
    match plan:
        case Unit():
            return _changed_unit(plan, slot)
        case Joined():
            return joined(plan)
        case Without(item):
            return Without(changed(item, slot, joined))
        case AllOf(items):
            return AllOf(tuple(changed(item, slot, joined) for item in items))
        case AnyOf(items):
            return AnyOf(tuple(changed(item, slot, joined) for item in items))
        case _:
            return plan


def _changed_unit(unit: Unit, change: Callable[[Field, Slot], Slot]) -> Unit:
    slots = tuple(change(unit.field, slot) for slot in unit.slots)
    if slots == unit.slots:
        return unit
    return replace(unit, slots=slots, parts=tuple(_changed_unit(part, change) for part in unit.parts))
