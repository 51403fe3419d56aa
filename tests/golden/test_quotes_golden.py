"""What `kashaf quotes` prints as JSON, as CSV and for a pipe, byte by byte, and what it says on the side."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.cli_support import kashaf
from tests.golden_support import assert_golden
from tests.quotes_support import quoting_case

GOLDEN = Path(__file__).parent / "quotes"

COMMANDS = {
    "all": [],
    "limited": ["--limit", "2"],
    "speaker": ["--speaker", "القنطار"],
    "about": ["--about", "وادي الزيتون"],
    "search": ["--search", "السد"],
    "speaker_search": ["--speaker", "سامر القنطار", "--search", "المضخات"],
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return quoting_case(tmp_path_factory.mktemp("quotes")).root


@pytest.mark.parametrize("form", ["json", "csv", "txt"])
@pytest.mark.parametrize("name", COMMANDS)
def test_report(case: Path, name: str, form: str) -> None:
    ran = kashaf("-w", case, "quotes", *COMMANDS[name], *([] if form == "txt" else [f"--{form}"]))
    assert (ran.code, ran.messages) == (0, "")
    assert_golden(GOLDEN / f"{name}.{form}", ran.out)


def test_every_golden_file_is_some_command_s() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {
        f"{name}.{form}" for name in COMMANDS for form in ("json", "csv", "txt")
    }


def test_shape_and_spans(case: Path) -> None:
    rows = kashaf("-w", case, "quotes", "--json").json
    assert len(rows) == 8
    for row in rows:
        assert list(row) == [
            "speaker", "type", "verb", "direct", "text", "start", "end", "article", "title", "source",
            "published", "confidence", "form", "spans",
        ]  # fmt: skip
        text = kashaf("-w", case, "show", row["article"], "--json").json["text"]
        assert text[row["start"] : row["end"]] == row["text"]
        assert 0 < row["confidence"] <= 1
        if row["spans"]["speaker"] is not None:
            assert " ".join(text[slice(*row["spans"]["speaker"])].split()) == row["form"]


def test_csv_has_the_values_of_json_and_no_formula(case: Path) -> None:
    values = kashaf("-w", case, "quotes", "--json").json
    data = kashaf("-w", case, "quotes", "--csv").out
    header, *table = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    assert len(table) == len(values)
    for row, value in zip(table, values, strict=True):
        cells = dict(zip(header, row, strict=True))
        assert cells["start"] == str(value["start"])
        assert cells["direct"] == str(int(value["direct"]))
        assert cells["text"].removeprefix("'") == value["text"]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in table for cell in row)
    assert any(cell.startswith("'=") for row in table for cell in row)


def test_of_one_article(case: Path) -> None:
    rows = kashaf("-w", case, "quotes", "--speaker", "ليلى الحوراني", "--json").json
    (article,) = {row["article"] for row in rows}
    here = kashaf("-w", case, "quotes", "--article", article, "--json").json
    assert {row["article"] for row in here} == {article}
    assert [row["start"] for row in here] == sorted(row["start"] for row in here)
    assert rows == [row for row in here if row["speaker"] == "ليلى الحوراني"]


def test_what_is_unknown_is_said(case: Path) -> None:
    nobody = kashaf("-w", case, "quotes", "--speaker", "لا أحد البتة", "--json")
    assert (nobody.code, nobody.json) == (0, [])
    assert "nobody called" in nobody.messages
    assert kashaf("-w", case, "quotes", "--article", "zzzz").code == 4
    assert kashaf("-w", case, "quotes", "--json", "--csv").code == 2
    assert kashaf("-w", case, "quotes", "--limit", "0").code == 2


def test_articles_that_wait_are_said(tmp_path: Path) -> None:
    case = quoting_case(tmp_path, read=False).root
    ran = kashaf("-w", case, "quotes", "--json")
    assert ran.json == []
    assert "3 articles have not been read for quotations yet" in ran.messages
    updated = kashaf("-w", case, "quotes", "--update", "--json")
    assert updated.messages == ""
    assert len(updated.json) >= 6


def test_without_an_index_it_is_said(tmp_path: Path) -> None:
    assert kashaf("init", tmp_path / "empty").code == 0
    assert kashaf("-w", tmp_path / "empty", "quotes").code == 5
