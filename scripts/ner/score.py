"""Strict scores of labels: a name counts when its first word, its last word and its type are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

Span = tuple[int, int, str]


def spans(labels: Sequence[str], kept: frozenset[str]) -> set[Span]:
    """The names of a labelled sentence: first word, word after the last, type."""
    found: set[Span] = set()
    begin = -1
    kind = ""
    for index, label in enumerate((*labels, "O")):
        if kind and (label[:1] != "I" or label[2:] != kind):
            found.add((begin, index, kind))
            kind = ""
        if label != "O" and not kind:
            begin, kind = index, label[2:]
    return {span for span in found if span[2] in kept}


def scores(
    pairs: Iterable[tuple[Sequence[str], Sequence[str]]], kept: frozenset[str]
) -> dict[str, tuple[float, float, float, int]]:
    """Precision, recall, F1 in percent and the number of names, by type and for `all`, from (gold, found) labels."""
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for gold, found in pairs:
        here, there = spans(gold, kept), spans(found, kept)
        for counter, group in ((wanted, here), (given, there), (right, here & there)):
            for _, _, kind in group:
                counter[kind] += 1
                counter["all"] += 1
    table: dict[str, tuple[float, float, float, int]] = {}
    for kind in (*sorted(kept), "all"):
        precision = right[kind] / given[kind] if given[kind] else 0.0
        recall = right[kind] / wanted[kind] if wanted[kind] else 0.0
        both = precision + recall
        table[kind] = (
            100 * precision,
            100 * recall,
            200 * precision * recall / both if both else 0.0,
            wanted[kind],
        )
    return table


def line(table: dict[str, tuple[float, float, float, int]]) -> str:
    """A table of scores on one line."""
    return "  ".join(f"{kind} P {p:.1f} R {r:.1f} F {f:.1f} ({n})" for kind, (p, r, f, n) in table.items())
