"""Figures about the same thing, side by side across articles; `grouping` says which those are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from kashaf.entities.model import Counting, DateMention, EntityKey
from kashaf.entities.statements.comparing import bounds, verdict
from kashaf.entities.statements.figures import (
    MEMBERS,
    Names,
    Subject,
    figure,
    subjects,
)
from kashaf.entities.statements.grouping import Node, groups
from kashaf.entities.statements.model import VERDICTS, Claim, Figure, Source
from kashaf.entities.statements.sentences import words_of
from kashaf.entities.tables.rows import Counted, Dated, Named

#: Code points on each side of a number in which an entity may be of its sentence: a first sieve, before any text.
_NEAR: Final = 400
#: Figures of one subject and entity at most, those of the newest articles: bounds what one broad search may take.
_MOST: Final = 4_000
_WORDS: Final = 6  # of them that a claim names
_VAGUE: Final[frozenset[Counting]] = frozenset({"other", "ordinal", "people"})


@dataclass(frozen=True, slots=True)
class Candidates:
    """Figures that may stand beside another article's, as far as rows can tell. ids: their articles, in order."""

    ids: tuple[str, ...]
    _wanted: Mapping[str, Sequence[Counted]]
    _every: Mapping[str, Sequence[Counted]]
    _names: Mapping[str, Names]


def claims(
    counted: Iterable[Counted],
    named: Iterable[Named],
    dated: Iterable[Dated],
    source: Callable[[str], Source | None],
    *,
    story: Callable[[str], str] = lambda id_: id_,
) -> tuple[Claim, ...]:
    """The groups of two articles or more, conflict first; the same for the same rows in any order.

    named, dated: rows of the same articles. source: the article of an id, or None when it is gone; asked at most once
    for each of the candidates. story: what copies of a text share.
    """
    return claims_of(candidates(counted, named, story=story), dated, source)


def candidates(
    counted: Iterable[Counted], named: Iterable[Named], *, story: Callable[[str], str] = lambda id_: id_
) -> Candidates:
    """What is worth the reading of sentences."""
    every = _by_article(counted)
    names = {id_: Names(rows) for id_, rows in _grouped(named) if id_ in every}
    wanted = _sieve(every, names, story)
    return Candidates(tuple(sorted(wanted)), wanted, every, names)


def claims_of(
    found: Candidates,
    dated: Iterable[Dated],
    source: Callable[[str], Source | None],
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Claim, ...]:
    """As `claims`. progress: called with the candidates done and how many they are.

    cancelled: asked between them and between subjects; nothing is returned then.
    """
    dates: dict[str, list[DateMention]] = {}
    for row in dated:
        if row.article_id in found._wanted:
            dates.setdefault(row.article_id, []).append(row.date)
    nodes: dict[Subject, list[Node]] = {}
    for done, id_ in enumerate(found.ids, 1):
        if cancelled():
            return ()
        article = source(id_)
        if article is not None:
            names = found._names.get(id_) or Names(())
            _add(nodes, article, found._wanted[id_], found._every[id_], names, dates.get(id_, ()))
        progress(done, len(found.ids))
    made: list[Claim] = []
    for subject in sorted(nodes):
        if cancelled():
            return ()
        made += filter(None, map(_claim, groups(subject, nodes[subject])))
    return tuple(sorted(made, key=_order))


# Before any text is read


def _by_article(counted: Iterable[Counted]) -> dict[str, list[Counted]]:
    found: dict[str, list[Counted]] = {}
    for row in counted:
        found.setdefault(row.article_id, []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row.quantity.start, row.quantity.end))
    return found


def _grouped(named: Iterable[Named]) -> Iterator[tuple[str, Iterator[Named]]]:
    return groupby(sorted(named, key=lambda one: one.article_id), key=lambda one: one.article_id)


def _sieve(
    by_article: Mapping[str, Sequence[Counted]], names: Mapping[str, Names], story: Callable[[str], str]
) -> dict[str, list[Counted]]:
    """The rows that another article may stand beside: with one subject and one entity near, or of one story."""
    places: dict[tuple[Subject, object], dict[str, list[Counted]]] = {}
    for id_, rows in by_article.items():
        own = names.get(id_)
        for row in rows:
            quantity = row.quantity
            near: list[object] = [story(id_)]
            if own is not None:
                around = own.within(max(0, quantity.start - _NEAR), quantity.end + _NEAR)
                near += {place.key for place in around} | own.bodies
            for subject in subjects(quantity):
                for what in near:
                    places.setdefault((subject, what), {}).setdefault(id_, []).append(row)
    wanted: dict[str, dict[int, Counted]] = {}
    for articles in places.values():
        if len(articles) > 1:
            for id_ in _newest(articles):
                for row in articles[id_]:
                    wanted.setdefault(id_, {})[row.quantity.start] = row
    return {id_: [rows[start] for start in sorted(rows)] for id_, rows in wanted.items()}


def _newest(articles: Mapping[str, Sequence[Counted]]) -> Iterable[str]:
    if len(articles) <= _MOST:
        return articles
    return sorted(articles, key=lambda id_: (articles[id_][0].published or date.min, id_))[-_MOST:]


# Sentences


def _add(
    nodes: dict[Subject, list[Node]],
    article: Source,
    rows: Sequence[Counted],
    every: Sequence[Counted],
    names: Names,
    dates: Sequence[DateMention],
) -> None:
    others = [row.quantity for row in every]
    found: dict[tuple[Subject, int], list[tuple[Figure, EntityKey | None]]] = {}
    for row in rows:
        if row.quantity.end > len(article.text):
            continue
        made, body = figure(article, row.quantity, names, dates, others)
        if (subject := _subject(made, body)) is not None:
            found.setdefault((subject, made.start), []).append((made, body))
    for (subject, _), figures in found.items():
        for at, (made, body) in enumerate(figures):
            node = Node(made, body, (at, len(figures)))
            nodes.setdefault(subject, []).append(node)


def _subject(made: Figure, body: EntityKey | None) -> Subject | None:
    """What a figure counts, now that its sentence is known."""
    if body is not None:
        return MEMBERS
    return next((subject for subject in subjects(made.quantity) if subject != MEMBERS), None)


def _claim(group: Sequence[Node]) -> Claim | None:
    figures: dict[tuple[str, object], Node] = {}
    for node in group:
        figures.setdefault((node.figure.article_id, bounds(node.figure.quantity)), node)
    nodes = list(figures.values())
    if len({node.figure.article_id for node in nodes}) < 2:
        return None
    made = tuple(node.figure for node in nodes)
    about = frozenset.intersection(*(figure.entities for figure in made))
    named = {stem for entity in about for stem in words_of(entity.name)}
    shared = frozenset.intersection(*(frozenset(node.words) for node in nodes)) - named
    counting = Counter(figure.quantity.counting for figure in made)
    counted = Counter(figure.quantity.counted for figure in made if figure.quantity.counted)
    return Claim(
        counting=min(counting, key=lambda one: (one in _VAGUE, -counting[one], one)),
        counted=min(counted, key=lambda one: (-counted[one], one), default=""),
        unit=made[0].quantity.unit,
        about=tuple(sorted(about)),
        words=tuple(word for stem, word in nodes[0].words.items() if stem in shared)[:_WORDS],
        copies=len({figure.story for figure in made}) == 1,
        figures=made,
        verdict=verdict(made),
    )


# Order


def _order(claim: Claim) -> tuple[object, ...]:
    """Conflict first; then what most outlets and articles speak of; then what was said last."""
    last = max((figure.published for figure in claim.figures if figure.published), default=date.min)
    first = claim.figures[0]
    return (
        VERDICTS.index(claim.verdict),
        -len(claim.outlets),
        -claim.articles,
        -last.toordinal(),
        claim.counting,
        claim.counted,
        first.article_id,
        first.quantity.start,
    )
