"""Why a query finds nothing, and what would: each part alone at every rung, and what each relaxation finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from kashaf.said import said
from kashaf.text.tokens import tokenise
from kashaf_index.analysis import RUNGS, Rung
from kashaf_index.model import Query
from kashaf_index.query.ast import Either, Exact, InField, Near, Node, Phrase, Together, Word
from kashaf_index.query.parser import parse
from kashaf_index.rewording import LONGEST
from kashaf_index.suggest import corrected, corrections, total

if TYPE_CHECKING:
    from kashaf_index.search import Searcher

#: Parts of a query that are looked at, and relaxations that are tried: the rest of a long one is left out.
MOST_PARTS: Final = 12
MOST_TRIED: Final = 24

RelaxationKind = Literal["correction", "filter", "rung", "looser", "without", "any"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query on its own: a word, a phrase, a field, or a group.

    text: it as a query. rungs: articles at each rung, cumulative. kills: it alone finds nothing at the query's rung,
    or all the others together find something without it.
    """

    text: str
    rungs: dict[Rung, int]
    kills: bool


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A query that asks for less, or for something else, and the number of articles that it finds: at least one."""

    kind: RelaxationKind
    query: Query
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """parts: in the query's order. relaxations: the nearest to the query first. complete: nothing was left out."""

    parts: tuple[Part, ...]
    relaxations: tuple[Relaxation, ...]
    complete: bool


def explain(searcher: Searcher, query: Query, cancelled: Callable[[], bool] = lambda: False) -> Explanation:
    """Explain a query that finds nothing; of a pasted text only the filters are looked at. Raises Cancelled."""
    root = parse(query.text).root
    items = _items(root) if len(query.text) <= LONGEST else ()
    relaxations: list[Relaxation] = []
    complete = len(items) <= MOST_PARTS and len(query.text) <= LONGEST
    ways = _relaxed(searcher, query, root, items[:MOST_PARTS], cancelled)
    for tried, (kind, relaxed, label) in enumerate(ways):
        if tried == MOST_TRIED:
            complete = False
            break
        count = total(searcher, relaxed, cancelled)
        if count:
            relaxations.append(Relaxation(kind, relaxed, label, count))
    required = isinstance(root, Together) and query.match == "all"
    without = {
        relaxation.query.text for relaxation in relaxations if relaxation.kind == "without" and required
    }
    parts: list[Part] = []
    for item in items[:MOST_PARTS]:
        rungs = _rungs(searcher, str(item), cancelled)
        kills = not rungs[query.rung] or (required and str(_without(root, [item])) in without)
        parts.append(Part(str(item), rungs, kills))
    return Explanation(tuple(parts), tuple(relaxations), complete)


def _relaxed(
    searcher: Searcher,
    query: Query,
    root: Node | None,
    items: tuple[Node, ...],
    cancelled: Callable[[], bool],
) -> Iterator[tuple[RelaxationKind, Query, str]]:
    """Relaxations with their labels, the nearest to the query first."""
    for correction in corrections(searcher, query, cancelled):
        if correction.kind != "any":
            label = said("{text} instead", text=correction.text)
            yield "correction", corrected(query, correction), label
    for number, condition in enumerate(query.filters):
        others = query.filters[:number] + query.filters[number + 1 :]
        yield (
            "filter",
            replace(query, filters=others),
            said("without the filter {filter}", filter=condition),
        )
    if len(query.filters) > 1:
        yield "filter", replace(query, filters=()), said("without any filter")
    if query.ids is not None:
        yield "filter", replace(query, ids=None), said("in all articles")
    if root is None or not items:
        return
    for rung in RUNGS[RUNGS.index(query.rung) + 1 :]:
        yield "rung", replace(query, rung=rung), said("at the rung {rung}", rung=said(rung))
    for item in items:
        if looser := _looser(item):
            yield "looser", replace(query, text=str(_with(root, item, looser[0]))), looser[1]
    if isinstance(root, Together) and query.match == "all":
        for item in items:
            yield (
                "without",
                replace(query, text=str(_without(root, [item]))),
                said("without {word}", word=str(item)),
            )
        dead = [item for item in items if not _alone(searcher, query, item, cancelled)]
        if 1 < len(dead) < len(items):
            left = _without(root, dead)
            yield "without", replace(query, text=str(left)), said("only {words}", words=str(left))
        yield "any", replace(query, match="any"), said("any of the words")


def _items(root: Node | None) -> tuple[Node, ...]:
    """The parts of a query; of a phrase, itself and its words."""
    if isinstance(root, (Together, Either)):
        return root.items
    if isinstance(root, Near):
        return (root, *root.items)
    if isinstance(root, Phrase):
        words = tuple(Word(token.exact) for token in tokenise(root.text))
        return (root, *words) if len(words) > 1 else (root,)
    return (root,) if root else ()


def _looser(item: Node) -> tuple[Node, str] | None:
    """The part asked less strictly, and that in words; None when it is not strict."""
    match item:
        case Phrase(text):
            words = tuple(Word(token.exact) for token in tokenise(text))
            if len(words) > 1:
                return Together(words), said("the words of {part} apart", part=str(item))
        case Near(items):
            return Together(items), said("the words of {part} apart", part=str(item))
        case Exact(inner):
            return inner, said("{part} however it is spelt", part=str(inner))
        case InField(_, inner):
            return inner, said("{part} anywhere in the text", part=str(inner))
    return None


def _with(root: Node, item: Node, other: Node) -> Node:
    """The tree with one of its parts exchanged."""
    if not isinstance(root, (Together, Either)):
        return other
    items = tuple(other if one is item else one for one in root.items)
    if isinstance(root, Either):
        return Either(items)
    return Together(
        tuple(part for one in items for part in (one.items if isinstance(one, Together) else (one,)))
    )


def _without(root: Node | None, dropped: list[Node]) -> Node:
    assert isinstance(root, Together)
    left = tuple(item for item in root.items if all(item is not one for one in dropped))
    return Together(left) if len(left) > 1 else left[0]


def _alone(searcher: Searcher, query: Query, item: Node, cancelled: Callable[[], bool]) -> int:
    return total(searcher, Query(str(item), rung=query.rung), cancelled)


def _rungs(searcher: Searcher, text: str, cancelled: Callable[[], bool]) -> dict[Rung, int]:
    return searcher.search(Query(text, limit=0, sort="date"), cancelled).rungs
