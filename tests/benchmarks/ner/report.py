"""Totals of the gold as lines to print: counts and rates, never an item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.benchmarks.ner.scoring import NONE
from tests.benchmarks.ner.totals import Totals

from kashaf.entities.model import ENTITY_TYPES

_SHORT: Final = {"person": "PER", "place": "LOC", "organization": "ORG", NONE: "none"}


def lines_of(heading: str, totals: Totals, peer: Totals) -> Iterator[str]:
    """The tables of one group of articles. peer: what the book alone finds in them."""
    yield f"{heading}: {totals.articles} articles, {totals.gold.total()} entities"
    yield from _entities(totals, peer)
    yield from _values(totals)
    yield ""


def _entities(totals: Totals, peer: Totals) -> Iterator[str]:
    yield _row("P/R/F1, percent", [_SHORT[kind] for kind in ENTITY_TYPES] + ["all"])
    for what, measured in (
        ("unique entities", totals.entity),
        ("  by the book alone", peer.entity),
        ("mentions, strict", totals.span),
    ):
        yield _row(
            what, ["/".join(f"{value:.1f}" for value in measured(kind)) for kind in (*ENTITY_TYPES, None)]
        )
    new = [f"{totals.new_found[kind]} of {totals.new_gold[kind]}" for kind in ENTITY_TYPES]
    yield _row("found, not in the book", new)
    yield _row("bounds other", [str(totals.edges[kind]) for kind in ENTITY_TYPES])
    yield _row("read as", [_SHORT[kind] for kind in (*ENTITY_TYPES, NONE)])
    for row in (*ENTITY_TYPES, NONE):
        got = [str(totals.confusion[row, column]) for column in (*ENTITY_TYPES, NONE)]
        yield _row(f"  is {_SHORT[row]}", got if row != NONE else got[:-1])
    yield f"  linking: {totals.one_name} of {totals.found.total()} found under one name; {totals.fused} fused"


def _values(totals: Totals) -> Iterator[str]:
    counts, share = totals.counts, totals.share
    yield (
        f"  dates: {counts['dates']}, found {share('dates found', 'dates'):.1f} %; right value of all "
        f"{share('dates right', 'dates judged'):.1f} %, given the span "
        f"{share('dates right', 'dates found judged'):.1f} %; wrong silently {counts['dates wrong silently']}, "
        f"left open {counts['dates left open']}, spurious {counts['dates spurious']}"
    )
    yield (
        f"  numbers: {counts['numbers']}, found with the value {share('numbers found', 'numbers'):.1f} %, "
        f"wrong {counts['numbers wrong']}, spurious {counts['numbers spurious']}; of those found: "
        f"comparison {share('numbers comparison', 'numbers found'):.1f} %, "
        f"counting {share('numbers counting', 'numbers found'):.1f} %, "
        f"unit {share('numbers unit', 'numbers found'):.1f} %"
    )
    yield (
        f"  quotations: {counts['quotations']}, found {share('quotations found', 'quotations'):.1f} % "
        f"(direct {share('quotations found direct', 'quotations direct'):.1f} %, "
        f"indirect {share('quotations found indirect', 'quotations indirect'):.1f} %), "
        f"speaker right of those found {share('quotations speaker', 'quotations speaker judged'):.1f} %, "
        f"spurious {counts['quotations spurious']}, of these doubtful by their own confidence "
        f"{counts['quotations spurious doubtful']}"
    )


def _row(what: str, cells: list[str]) -> str:
    return f"  {what:22}" + "".join(f"{cell:>18}" for cell in cells)
