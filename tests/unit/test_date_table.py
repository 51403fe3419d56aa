"""Dates of every Arab country, calendar and convention, by the table in data/dates.yaml."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import pytest

from kashaf.corpus.dates import find_dates, parse_date
from kashaf.yaml_safe import load_yaml

TABLE = Path(__file__).parent / "data" / "dates.yaml"
ROWS = cast(list[dict[str, object]], load_yaml(TABLE.read_text("utf-8"), where=TABLE.name))


def _value(row: dict[str, object]) -> date | None:
    value = row.get("value")
    return date.fromisoformat(str(value)) if value is not None else None


@pytest.mark.parametrize(
    "row", [row for row in ROWS if not row.get("none")], ids=lambda row: str(row["text"])
)
def test_a_date(row: dict[str, object]) -> None:
    text = str(row["text"])
    found = list(find_dates(text))
    assert len(found) == 1, found
    (one,) = found
    assert one.text == row.get("written", text)
    assert one.text == text[one.start : one.end]
    assert (one.value, one.granularity, one.calendar, one.note) == (
        _value(row),
        row.get("granularity", "day"),
        row.get("calendar", "gregorian"),
        row.get("note", ""),
    )
    assert (one.confidence == 0) == (one.value is None)


@pytest.mark.parametrize("row", [row for row in ROWS if row.get("none")], ids=lambda row: str(row["text"]))
def test_no_date(row: dict[str, object]) -> None:
    assert [one for one in find_dates(str(row["text"])) if one.value is not None] == []


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "written" not in row], ids=lambda row: str(row["text"])
)
def test_a_field_holds_the_same_date(row: dict[str, object]) -> None:
    found = parse_date(row["text"])
    assert (found.value if found is not None else None) == _value(row)


def test_the_table_is_long() -> None:
    assert len(ROWS) >= 150
