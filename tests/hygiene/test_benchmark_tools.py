"""The benchmarks' own parts: the same articles every time, and a table that says which way is better."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.benchmarks.articles import FILE, load, make
from tests.benchmarks.table import Row, number, render


def test_a_seed_gives_the_same_articles(tmp_path: Path) -> None:
    made = []
    for name, seed in (("one", "7"), ("two", "7"), ("other", "8")):
        (tmp_path / name).mkdir()
        make(str(tmp_path / name), "20", seed)
        made.append((tmp_path / name / FILE).read_bytes())
    assert made[0] == made[1]
    assert made[0] != made[2]
    articles = load(tmp_path / "one")
    assert len(articles) == 20
    assert all(article.text.startswith(article.title + "\n") for article in articles)


@pytest.mark.parametrize(
    ("row", "ratio"),
    [
        (Row("rate", "MB/s", 6.0, 3.0, more=True), 2.0),
        (Row("time", "ms", 6.0, 3.0), 0.5),
        (Row("alone", "ms", 6.0), None),
        (Row("nothing", "ms", 6.0, 0.0), None),
    ],
)
def test_more_than_one_is_better_whatever_is_measured(row: Row, ratio: float | None) -> None:
    assert row.ratio == ratio


def test_the_table_has_a_line_a_row_and_no_blank_at_its_ends() -> None:
    rows = [Row("rate", "MB/s", 6.0, 3.0, "a peer", more=True), Row("alone", "ms", 1234.5)]
    lines = render("heading", rows).split("\n")
    assert lines[0] == "heading"
    assert len([line for line in lines if line.startswith(("rate", "alone"))]) == 2
    assert all(line == line.rstrip() for line in lines)
    assert "2.00 x" in lines[4]


@pytest.mark.parametrize(
    ("value", "text"), [(0.123, "0.12"), (5.0, "5.00"), (12.34, "12.3"), (123.4, "123"), (12345.6, "12,346")]
)
def test_numbers_keep_what_matters(value: float, text: str) -> None:
    assert number(value) == text
