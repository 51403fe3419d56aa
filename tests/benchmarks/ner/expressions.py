"""Dates in sentences of their own: dates.tsv. Right, left open, wrong with a note, wrong silently; by half."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.ner.periods import period

from kashaf.entities.model import DateMention

FILE: Final = Path(__file__).with_name("dates.tsv")
OPEN: Final = "open"


def lines() -> Iterator[str]:
    """A line for each half, and all."""
    reading: Any = import_module("kashaf.entities.values.reading")
    counts: dict[str, Counter[str]] = {"seen": Counter(), "unseen": Counter()}
    for row in rows():
        published = date.fromisoformat(row["published"]) if row["published"] else None
        found, _ = reading.find_dates_and_numbers(row["sentence"], published)
        counts[row["half"]][verdict(row, found)] += 1
    for half, counted in counts.items():
        total = counted.total()
        right = 100 * counted["right"] / total if total else 0.0
        yield (
            f"dates.tsv, {half}: {total} expressions, {right:.1f} % right; open {counted['open']}, "
            f"missed {counted['missed']}, wrong {counted['wrong']}, wrong silently {counted['wrong silently']}"
        )
    yield ""


def rows() -> list[dict[str, str]]:
    """The expressions: form, sentence, published, edtf, kind, half."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def verdict(row: dict[str, str], found: tuple[DateMention, ...]) -> str:
    """What was made of an expression: right, open, missed, wrong or wrong silently."""
    start = row["sentence"].index(row["form"])
    end = start + len(row["form"])
    over = [one for one in found if one.start < end and start < one.end]
    best = max(over, key=lambda one: min(end, one.end) - max(start, one.start), default=None)
    if best is None:
        return "right" if row["edtf"] == OPEN else "missed"
    if period(best.edtf or OPEN) == period(row["edtf"]):
        return "right"
    if not best.edtf:
        return "open"
    return "wrong" if best.note else "wrong silently"
