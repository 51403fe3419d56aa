"""The table of date expressions: each is found with its value, and no wrong value is given silently."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from kashaf.entities.model import DateMention
from kashaf.entities.values.reading import find_dates_and_numbers

TABLE = Path(__file__).parents[1] / "benchmarks" / "ner" / "dates.tsv"
with TABLE.open(encoding="utf-8") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
OPEN = "open"


def _found(row: dict[str, str]) -> DateMention | None:
    published = date.fromisoformat(row["published"]) if row["published"] else None
    start = row["sentence"].index(row["form"])
    end = start + len(row["form"])
    dates, _ = find_dates_and_numbers(row["sentence"], published)
    return max(
        (one for one in dates if min(end, one.end) > max(start, one.start)),
        key=lambda one: min(end, one.end) - max(start, one.start),
        default=None,
    )


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["half"] == "seen"], ids=lambda row: f"{row['form']} {row['published']}"
)
def test_a_row(row: dict[str, str]) -> None:
    found = _found(row)
    value = found.edtf if found is not None and found.edtf else OPEN
    assert value == row["edtf"]


@pytest.mark.parametrize("half", ["seen", "unseen"])
def test_a_half(half: str) -> None:
    rows = [row for row in ROWS if row["half"] == half]
    assert len(rows) >= 75
    right = 0
    for row in rows:
        found = _found(row)
        value = found.edtf if found is not None and found.edtf else OPEN
        right += value == row["edtf"]
        silent = value not in {row["edtf"], OPEN} and found is not None and not found.note
        assert not silent, (half, "a wrong value without a note")
    assert right >= 0.95 * len(rows)
