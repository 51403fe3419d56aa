"""What the analyst decides about names, as values, and what all decisions together make of a name."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, cast

import orjson

from kashaf.entities.book.namebook import key_of
from kashaf.entities.model import EntityKey, EntityType

#: merge: the keys vanish into (type, name). split: in some articles the key is somebody else, called `name`.
#: rename, retype: the key is called `name`, is a `type`. hide: the key is no name. apart: what was found as `name` is
#: not the key, whatever automatic linking thinks.
Kind = Literal["merge", "split", "rename", "retype", "hide", "apart"]
KINDS: Final[tuple[Kind, ...]] = ("merge", "split", "rename", "retype", "hide", "apart")


class Folded(NamedTuple):
    """A type, and what the spellings of a name share (`key_of`)."""

    type: str
    key: str


def folded(key: EntityKey) -> Folded:
    """What an entity is filed under. A name without letters or digits is filed as it is."""
    return Folded(key.type, key.name if key.type == "date" else key_of(key.name) or key.name)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    keys: of whom it is, as they were shown then. name, type: what they become; for `hide` as the first of them was.
    articles: of a split, the ids of the articles in which the key is `name`. who: the analyst; when: ISO 8601 UTC
    with seconds. id: eight hexadecimal digits.
    """

    kind: Kind
    keys: tuple[EntityKey, ...]
    name: str
    type: EntityType
    articles: tuple[str, ...] = ()
    who: str = ""
    when: str = ""
    id: str = ""

    @property
    def target(self) -> EntityKey | None:
        """Who the keys are from now on; None for nobody."""
        return None if self.kind == "hide" else EntityKey(self.type, self.name)

    @property
    def parts(self) -> tuple[Decision, ...]:
        """Those of one name each that it comes to: who hides several decides of each by itself."""
        if self.kind != "hide" or len(self.keys) == 1:
            return (self,)
        return tuple(
            replace(self, keys=(key,), name=key.name, type=cast("EntityType", key.type)) for key in self.keys
        )


class _Step(NamedTuple):
    target: Folded | None
    articles: frozenset[str] | None


class Rules:
    """Decisions in their order, as something that a name can be sent through. Read-only once built.

    A decision is of what the ones before it have made: whoever is merged into a name that is renamed later bears the
    later name.
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.decisions: tuple[Decision, ...] = tuple(decisions)
        self._steps: list[_Step] = []
        self._of: dict[Folded, list[int]] = {}
        #: Found names that automatic linking must leave alone.
        self.apart: set[Folded] = set()
        #: How a decision has written a name that it gives, by its folded key.
        self.spelt: dict[Folded, str] = {}
        #: Articles in which somebody is not whom the name says.
        self.split: dict[str, None] = {}
        for decision in self.decisions:
            self._add(decision)
        #: Names that a decision is of or gives: they keep to themselves whatever linking thinks.
        self.pinned: frozenset[Folded] = frozenset(
            {*self._of, *self.apart, *(step.target for step in self._steps if step.target)}
        )

    def _add(self, decision: Decision) -> None:
        target = decision.target
        aim = folded(target) if target else None
        if decision.kind == "apart":
            if aim is not None:
                self.apart.add(aim)
            return
        if target and aim:
            self.spelt[aim] = target.name
        number = len(self._steps)
        articles = frozenset(decision.articles) if decision.kind == "split" else None
        if articles is not None:
            self.split.update(dict.fromkeys(sorted(articles)))
        self._steps.append(_Step(aim, articles))
        for source in {folded(key) for key in decision.keys} - {aim}:
            self._of.setdefault(source, []).append(number)

    @property
    def sources(self) -> frozenset[Folded]:
        """Names that a decision is of."""
        return frozenset(self._of)

    def final(self, key: Folded, article: str = "") -> Folded | None:
        """Who a name is in the end, in an article; None for nobody."""
        step = 0
        while numbers := self._of.get(key):
            for number in numbers[bisect_left(numbers, step) :]:
                target, articles = self._steps[number]
                if articles is None or article in articles:
                    break
            else:
                return key
            if target is None:
                return None
            key, step = target, number + 1
        return key

    def to_json(self) -> bytes:
        """All of it on one line, the same for the same decisions."""
        return orjson.dumps(
            [
                [one.kind, [list(key) for key in one.keys], one.name, one.type, list(one.articles)]
                for one in self.decisions
            ]
        )

    @classmethod
    def from_json(cls, data: bytes) -> Rules:
        """The inverse of `to_json`. Raises ValueError."""
        try:
            return cls(
                Decision(kind, tuple(EntityKey(*key) for key in keys), name, type_, tuple(articles))
                for kind, keys, name, type_, articles in orjson.loads(data)
            )
        except (TypeError, KeyError, ValueError) as error:
            raise ValueError("not decisions") from error

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.to_json()).hexdigest()


def changed_sources(before: Rules, after: Rules) -> Sequence[Folded]:
    """Names of which either says anything, in order: all that may come out otherwise."""
    return sorted({*before.sources, *after.sources, *before.pinned, *after.pinned})
