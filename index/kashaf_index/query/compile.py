"""Query tree to search plan: words analysed, stop words set aside, what is required and what is optional settled.

A plan is the same for every rung. A unit (a word, a phrase, words near each other) knows what it accepts at each,
and the index and the highlighter ask the same unit, so that a span marked in a text is a reason for its hit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, get_args

from kashaf.text.fold import fold_word
from kashaf.text.stopwords import STOP_WORDS
from kashaf.text.tokens import tokenise
from kashaf_index.analysis import Ladder, ladder, outlet_key
from kashaf_index.query.ast import (
    Condition,
    Either,
    Entity,
    Everything,
    Exact,
    Fuzzy,
    HasNote,
    InField,
    Lang,
    Near,
    Node,
    Not,
    NoteText,
    Outlet,
    Pattern,
    Phrase,
    Published,
    Root,
    Similar,
    Single,
    Tagged,
    Together,
    Word,
)
from kashaf_index.query.expansion import Expander, Expansion
from kashaf_index.query.plan import (
    All,
    AllOf,
    AnyOf,
    Field,
    FromOutlet,
    InDates,
    InLanguage,
    Joined,
    Match,
    Plan,
    Row,
    Unit,
    Without,
    positive_units,
)
from kashaf_index.query.slots import ExactSlot, FuzzySlot, PatternSlot, RootSlot, WordSlot

__all__ = ["MAX_FORMS", "Match", "Plan", "Row", "Unit", "compile_query", "positive_units"]

#: Other forms of one unit that are followed.
MAX_FORMS: Final = 48

_CONDITION: Final = get_args(Condition)


def compile_query(root: Node, match: Match, expander: Expander | None = None) -> Plan:
    """The plan for a tree. `match` says how many of the words side by side an article must hold."""
    compiler = _Compiler(match, expander)
    return compiler.plan(root) or compiler.kept(root)


@dataclass(frozen=True, slots=True)
class _Compiler:
    match: Match
    expander: Expander | None

    def plan(self, node: Node, *, keep_stop_words: bool = False) -> Plan | None:
        """None for a node that holds nothing but stop words, unless they are kept."""
        match node:
            case Word() | Phrase():
                unit = self.unit(node, "text")
                stop = isinstance(node, Word) and _is_stop(unit)
                return None if stop and not keep_stop_words else unit
            case Exact() | Root() | Pattern() | Fuzzy() | Near():
                return self.unit(node, "text")
            case InField(field, item):
                return replace(self.unit(item, field), label=str(node))
            case Not(item):
                # Excluding a stop word was asked for in so many words. Negations are judged below the stem rung.
                return Without(replace(self, expander=None).kept(item))
            case Either(items):
                # Each side is a search of its own: one of stop words alone looks for them.
                return AnyOf(tuple(self.plan(item) or self.kept(item) for item in items))
            case Together(items):
                return self.side_by_side(items, keep_stop_words=keep_stop_words)
            case _:
                return _condition(node)

    def kept(self, node: Node) -> Plan:
        plan = self.plan(node, keep_stop_words=True)
        assert plan is not None  # only stop words compile to nothing
        return plan

    def side_by_side(self, items: tuple[Node, ...], *, keep_stop_words: bool) -> Plan | None:
        wanted: list[Plan] = []
        conditions: list[Plan] = []
        stopped: list[Node] = []
        for group in self.groups(items):
            plans: list[Plan] = []
            for item in group.items:
                plan = self.plan(item, keep_stop_words=keep_stop_words)
                if plan is None:
                    stopped.append(item)
                elif _is_condition(item):
                    conditions.append(plan)
                else:
                    plans.append(plan)
            if group.instead and plans and self.match == "all":
                wanted.append(AnyOf((_one(plans), group.instead)))
            else:
                wanted += [*plans, group.instead] if group.instead and plans else plans
        if stopped and not wanted:
            if not conditions:
                return None
            wanted = [self.kept(item) for item in stopped]
        if self.match == "any" and len(wanted) > 1:
            wanted = [AnyOf(tuple(wanted))]
        return _one(wanted + conditions)

    # Units

    def unit(self, node: Single | Near, field: Field) -> Unit:
        label = str(node)
        match node:
            case Word(text):
                slots = tuple(map(WordSlot, _readings(text)))
                return Unit(slots, field, label, self.others(slots))
            case Phrase(text):
                readings = _readings(text)
                phrase = tuple(WordSlot(reading, tolerant=len(readings) > 1) for reading in readings)
                return Unit(phrase, field, label, self.others(phrase))
            case Exact(item):
                return Unit(tuple(map(ExactSlot, _readings(item.text))), field, label)
            case Root(text):
                return Unit(tuple(map(RootSlot, _readings(text))), field, label)
            case Fuzzy(text, distance):
                return Unit(tuple(FuzzySlot(one, distance) for one in _readings(text)), field, label)
            case Pattern(text):
                exact = tuple(_exact(part) for part in text.split("*"))
                return Unit((PatternSlot(exact, tuple(map(fold_word, exact))),), field, label)
            case Near(items, distance):
                parts = tuple(self.unit(item, field) for item in items)
                together = tuple(slot for part in parts for slot in part.slots)
                return Unit(together, field, label, parts=parts, distance=distance)

    def others(self, slots: tuple[WordSlot, ...]) -> tuple[Row, ...]:
        """What else the words in a row may be: each expansion by itself, in its place."""
        return tuple(
            Row((*slots[: found.start], *form, *slots[found.end :]), found.rule)
            for found in self.expansions(slots)
            for form in _forms(found)
        )[:MAX_FORMS]

    def expansions(self, slots: tuple[WordSlot, ...]) -> tuple[Expansion, ...]:
        if self.expander is None:
            return ()
        found = self.expander.expansions(tuple(slot.reading.folded for slot in slots))
        return tuple(one for one in found if 0 <= one.start < one.end <= len(slots))

    # Words side by side that have a name together

    def groups(self, items: tuple[Node, ...]) -> Iterator[_Group]:
        """The items, those grouped that may be replaced together; the longest such runs, from the left."""
        at = 0
        taken = {span.start: span for span in self.spans(items)}
        while at < len(items):
            span = taken.get(at)
            end = span.end if span else at + 1
            yield _Group(items[at:end], span.unit if span else None)
            at = end

    def spans(self, items: tuple[Node, ...]) -> list[_Span]:
        if self.expander is None:
            return []
        chosen: dict[tuple[int, int], list[Row]] = {}
        for first, last in _neighbourhoods(items):
            slots: list[WordSlot] = []
            borders: dict[int, int] = {}  # the words before an item, to the item's place
            for at in range(first, last):
                borders[len(slots)] = at
                slots += map(WordSlot, _readings(items[at].text))  # type: ignore[union-attr]  # all are words
            borders[len(slots)] = last
            for found in self.expansions(tuple(slots)):
                begin, end = borders.get(found.start), borders.get(found.end)
                if begin is not None and end is not None and end - begin > 1:
                    rows = chosen.setdefault((begin, end), [])
                    rows += [Row(form, found.rule) for form in _forms(found)]
        spans: list[_Span] = []
        for (begin, end), rows in sorted(chosen.items(), key=lambda one: (one[0][0] - one[0][1], one[0][0])):
            if all(end <= other.start or other.end <= begin for other in spans):
                label = " ".join(map(str, items[begin:end]))
                first_row, *others = rows[:MAX_FORMS]
                spans.append(
                    _Span(begin, end, Unit(first_row.slots, "text", label, tuple(others), first_row.rule))
                )
        return spans


@dataclass(frozen=True, slots=True)
class _Group:
    items: tuple[Node, ...]
    instead: Unit | None


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    unit: Unit


def _neighbourhoods(items: tuple[Node, ...]) -> Iterator[tuple[int, int]]:
    """Runs of two words or more."""
    first = 0
    for at in range(len(items) + 1):
        if at == len(items) or not isinstance(items[at], Word):
            if at - first > 1:
                yield first, at
            first = at + 1


def _forms(found: Expansion) -> Iterator[tuple[WordSlot, ...]]:
    for form in found.forms:
        slots = tuple(WordSlot(reading, whole=found.whole) for word in form for reading in _readings(word))
        if slots:
            yield slots


def _readings(text: str) -> tuple[Ladder, ...]:
    return tuple(ladder(token.exact) for token in tokenise(text))


def _exact(part: str) -> str:
    return next(tokenise(part)).exact if part else ""


def _is_stop(unit: Unit) -> bool:
    return all(isinstance(slot, WordSlot) and slot.reading.folded in STOP_WORDS for slot in unit.slots)


def _is_condition(node: Node) -> bool:
    if isinstance(node, (Together, Either)):
        return all(map(_is_condition, node.items))
    return isinstance(node, (Not, *_CONDITION))


def _one(plans: list[Plan]) -> Plan:
    return plans[0] if len(plans) == 1 else AllOf(tuple(plans))


def _condition(node: Node) -> Plan:
    match node:
        case Outlet(name):
            return FromOutlet(outlet_key(name))
        case Published(first, last):
            return InDates(_number(first) if first else 1, _number(last) if last else 99_999_999)
        case Lang(tag):
            return InLanguage(tag)
        case Entity(kind, name):
            return Joined(kind, name)
        case Tagged(tag):
            return Joined("tag", tag)
        case NoteText(text):
            return Joined("note", text)
        case HasNote():
            return Joined("noted", "")
        case Similar(id_):
            return Joined("similar", id_)
        case Everything():
            return All()
        case _:
            raise TypeError(type(node).__name__)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
