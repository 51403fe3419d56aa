"""Which figures stand together.

Two figures stand together only on evidence that can be named. They count the same thing (`figures.subjects`), and

- both sentences name one body, when they count its members; or
- they are of copies of one text, in sentences that are otherwise alike; or
- both sentences name an entity and share enough of their other words; figures of events, such as deaths, also have to
  be of the same days, and what disagrees at times that nobody knows has to be said in nearly the same words.

A group is one in which every two figures stand together (complete linkage), so that a chain of small likenesses never
joins two subjects. A wrong group is worse than a missed one: the thresholds lean to that side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from kashaf.entities.model import EntityKey
from kashaf.entities.statements.comparing import agree
from kashaf.entities.statements.figures import EVENTS, MEMBERS, Subject
from kashaf.entities.statements.model import Figure
from kashaf.entities.statements.sentences import words_of

#: Share of content words in common, of all that either sentence has.
_COPY: Final = 0.5
_ONE_ENTITY: Final = 0.4
_TWO_ENTITIES: Final = 0.25
#: Of two figures that cannot both be right and whose times nobody knows.
_UNTIMED: Final = 0.6
#: Content words that two sentences have in common at least; with that many such figures.
_FEWEST: Final = 3
_FEWEST_UNTIMED: Final = 6
#: A sentence of more content words, or with more names, is a list.
_LONGEST: Final = 80
_MOST_NAMES: Final = 8
#: What is counted of a thing that lasts; of anything else another number a month later is another event.
_LASTING: Final[frozenset[str]] = frozenset(
    {"members", "money", "percent", "people", "votes", "area", "displaced"}
)
_MONTH: Final = timedelta(days=31)
#: Events of one week are one event, if all else is alike.
_WEEK: Final = timedelta(days=7)
#: A word of more sentences than this does not bring two of them together: it is too common to say anything.
_COMMON: Final = 48


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A figure with what it is compared by.

    body: the organisation that it is of, if it counts members. rank: its place among the figures of its subject in
    the sentence, and how many they are.
    """

    figure: Figure
    body: EntityKey | None
    rank: tuple[int, int]
    _words: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> dict[str, str]:
        """The content words of its sentence, stem to surface; found when they are first asked for."""
        if not self._words:
            self._words.update(words_of(self.figure.text, [self.figure.number_span]))
        return self._words


def groups(subject: Subject, nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """The groups of two figures or more of one subject, each in order of publication."""
    ordered = sorted(nodes, key=_order)
    return _of_bodies(ordered) if subject == MEMBERS else _alike(subject, ordered)


def _of_bodies(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Figures of members by the body that they are members of."""
    bodies: dict[EntityKey, list[Node]] = {}
    for node in nodes:
        if node.body is not None:
            bodies.setdefault(node.body, []).append(node)
    for body in sorted(bodies):
        yield bodies[body]


def _alike(subject: Subject, nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Complete linkage over the pairs that stand together, the likest pairs first."""
    likeness = {
        pair: how for pair in _pairs(nodes) if (how := _likeness(subject, nodes[pair[0]], nodes[pair[1]]))
    }

    def together(one: int, other: int) -> bool:
        if nodes[one].figure.article_id == nodes[other].figure.article_id:
            return agree(nodes[one].figure.quantity, nodes[other].figure.quantity)
        return (min(one, other), max(one, other)) in likeness

    group_of = list(range(len(nodes)))
    members = {at: [at] for at in group_of}
    for one, other in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        into, gone = sorted((group_of[one], group_of[other]))
        if into != gone and all(together(a, b) for a in members[into] for b in members[gone]):
            for at in members[gone]:
                group_of[at] = into
            members[into] += members.pop(gone)
    for at in sorted(members):
        if len(members[at]) > 1:
            yield [nodes[node] for node in sorted(members[at])]


def _pairs(nodes: Sequence[Node]) -> set[tuple[int, int]]:
    """The pairs worth a look: copies of one text; or an entity in common, and where many name it a word as well."""
    blocks: dict[object, list[int]] = {}
    for at, node in enumerate(nodes):
        blocks.setdefault((node.figure.story, node.rank), []).append(at)
        for key in node.figure.entities:
            blocks.setdefault((key, node.rank), []).append(at)
    found: set[tuple[int, int]] = set()
    for places in blocks.values():
        if len(places) <= _COMMON:
            found.update(combinations(places, 2))
            continue
        postings: dict[str, list[int]] = {}
        for at in places:
            for stem in nodes[at].words:
                postings.setdefault(stem, []).append(at)
        for having in postings.values():
            if len(having) <= _COMMON:
                found.update(combinations(having, 2))
    return found


def _likeness(subject: Subject, one: Node, other: Node) -> float:
    """How like two figures are, from 0 to 1; 0 when they must not stand together."""
    a, b = one.figure, other.figure
    if a.article_id == b.article_id or one.rank != other.rank:
        return 0.0
    common, most = len(one.words.keys() & other.words.keys()), max(len(one.words), len(other.words))
    if common < _FEWEST or most > _LONGEST or max(len(a.entities), len(b.entities)) > _MOST_NAMES:
        return 0.0
    like = common / (len(one.words) + len(other.words) - common)
    if a.story == b.story:
        return like if like >= _COPY else 0.0
    entities = len(a.entities & b.entities)
    if not entities or like < (_ONE_ENTITY if entities == 1 else _TWO_ENTITIES):
        return 0.0
    if a.when is None or b.when is None:
        # What happens again and again is told in the same words.
        untimed = like < _UNTIMED or common < _FEWEST_UNTIMED
        return 0.0 if subject.counting in EVENTS or (untimed and not agree(a.quantity, b.quantity)) else like
    gap = max(a.when[0] - b.when[1], b.when[0] - a.when[1])
    if subject.counting in EVENTS and gap > _WEEK:
        return 0.0
    if subject.counting not in _LASTING and gap > _MONTH and not agree(a.quantity, b.quantity):
        return 0.0
    return like


def _order(node: Node) -> tuple[object, ...]:
    one = node.figure
    return one.published or date.max, one.outlet, one.article_id, one.quantity.start, one.quantity.end
