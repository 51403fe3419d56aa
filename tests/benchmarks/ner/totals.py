"""Counts over articles, and the rates that follow from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.benchmarks.ner.conll import prf

from kashaf.entities.model import EntityType


@dataclass(slots=True)
class Totals:
    """Counts over articles. Keys of counters are types, or pairs (type in the gold, type of ours).

    gold, found, ours, right: entities by type; `span_*` the same by mention, strict; `edges` of the right type and
    other bounds. new_*: entities that the book does not have. one_name: found entities whose mentions bear one name;
    fused: gold entities of one article that share a name of ours with another. errors: what the seen half may show.
    """

    articles: int = 0
    gold: Counter[EntityType] = field(default_factory=Counter)
    found: Counter[EntityType] = field(default_factory=Counter)
    ours: Counter[EntityType] = field(default_factory=Counter)
    right: Counter[EntityType] = field(default_factory=Counter)
    span_gold: Counter[EntityType] = field(default_factory=Counter)
    span_ours: Counter[EntityType] = field(default_factory=Counter)
    span_right: Counter[EntityType] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    edges: Counter[EntityType] = field(default_factory=Counter)
    new_gold: Counter[EntityType] = field(default_factory=Counter)
    new_found: Counter[EntityType] = field(default_factory=Counter)
    one_name: int = 0
    fused: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def entity(self, kind: EntityType | None = None) -> tuple[float, float, float]:
        """Precision, recall, F1 of unique entities."""
        if kind is None:
            right, found = self.right.total(), self.found.total()
            ours, gold = self.ours.total(), self.gold.total()
        else:
            right, found, ours, gold = (c[kind] for c in (self.right, self.found, self.ours, self.gold))
        precision, recall = prf(right, ours, 0)[0], prf(found, 0, gold)[1]
        return precision, recall, _harmonic(precision, recall)

    def span(self, kind: EntityType | None = None) -> tuple[float, float, float]:
        """Precision, recall, F1 of mentions, by exact span and type."""
        counters = (self.span_right, self.span_ours, self.span_gold)
        return prf(*(c.total() if kind is None else c[kind] for c in counters))

    def share(self, part: str, whole: str) -> float:
        """One count as percent of another."""
        return 100 * self.counts[part] / self.counts[whole] if self.counts[whole] else 0.0


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
