"""What `kashaf kwic` prints in its three reports, byte by byte, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cli_support import kashaf
from tests.golden_support import assert_golden

GOLDEN = Path(__file__).parent / "kwic"

ARTICLES = (
    {
        "title": "افتتاح جسر الوادي",
        "source": "صحيفة الضفة",
        "date": "2025-03-01",
        "content": "افتتح الوزير جسر الوادي أمس.\nوقال إن الجسر كلّف مليوناً، وإن جسوراً أخرى ستبنى.",
    },
    {
        "title": "=HYPERLINK عن جسر",
        "source": "+نبض",
        "date": "2025-05-09",
        "content": "- جسر الوادي مغلق.\n@الجميع: جسر جديد، والجسر القديم للمشاة.",
    },
    {"title": "بلا مصدر", "source": "", "date": "", "content": "عبر الجسر مشياً."},
)

COMMANDS = {
    "lines": ["--sort", "date"],
    "lines_before": ["--sort", "before1", "--width", "20"],
    "lines_limited": ["--sort", "date", "--limit", "2", "--rung", "exact"],
    "collocates": ["--collocates", "--minimum", "1"],
    "collocates_mi": [
        "--collocates", "--measure", "mi", "--window", "2", "1", "--no-stop-words", "--limit", "5",
    ],
    "frequencies": ["--frequencies"],
}  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kwic")
    lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES)
    (folder / "news.jsonl").write_text(lines, encoding="utf-8")
    assert kashaf("init", folder / "case").code == 0
    assert kashaf("-w", folder / "case", "index", folder / "news.jsonl").code == 0
    return folder / "case"


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("name", COMMANDS)
def test_report(case: Path, name: str, form: str) -> None:
    ran = kashaf("-w", case, "kwic", "جسر", *COMMANDS[name], f"--{form}")
    assert ran.code == 0
    assert_golden(GOLDEN / f"{name}.{form}", ran.out)


def test_every_golden_file_is_some_command_s() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {
        f"{name}.{form}" for name in COMMANDS for form in ("json", "csv")
    }


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def test_csv_has_the_keys_and_values_of_json(case: Path) -> None:
    lines = kashaf("-w", case, "kwic", "جسر", "--json").json
    header, *table = rows(kashaf("-w", case, "kwic", "جسر", "--csv").out)
    assert header == ["left", "node", "right", "id", "title", "source", "published", "start", "end"]
    assert len(table) == len(lines)
    for row, line in zip(table, lines, strict=True):
        for name, cell in zip(header, row, strict=True):
            value = "" if line[name] is None else str(line[name])
            assert cell == (f"'{value}" if value.lstrip().startswith(("=", "+", "-", "@")) else value)


def test_no_cell_is_a_formula(case: Path) -> None:
    data = kashaf("-w", case, "kwic", "جسر", "--csv").out
    assert b"'=HYPERLINK" in data
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in rows(data) for cell in row)


def test_a_byte_order_mark_and_a_file_change_nothing_else(case: Path, tmp_path: Path) -> None:
    plain = kashaf("-w", case, "kwic", "جسر", "--csv").out
    assert kashaf("-w", case, "kwic", "جسر", "--csv", "--bom").out == b"\xef\xbb\xbf" + plain
    ran = kashaf("-w", case, "kwic", "جسر", "--csv", "-o", tmp_path / "lines.csv")
    assert (ran.out, (tmp_path / "lines.csv").read_bytes()) == (b"", plain)


def test_what_is_left_out_is_said_on_the_side(case: Path) -> None:
    ran = kashaf("-w", case, "kwic", "جسر", "--limit", "2", "--json")
    assert len(ran.json) == 2
    assert "2 of 8 matches in 3 articles" in ran.messages


def test_text_for_a_pipe_is_logical_with_the_match_in_brackets(case: Path) -> None:
    text = kashaf("-w", case, "kwic", "جسر", "--sort", "node").text
    assert "افتتح الوزير [جسر] الوادي أمس" in text
    words = kashaf("-w", case, "kwic", "جسر", "--collocates").text.splitlines()
    assert words[0].split("\t")[0] == "الوادي"
    counts = kashaf("-w", case, "kwic", "جسر", "--frequencies").text.splitlines()
    assert counts[0].split("\t")[:3] == ["all", "8", "3"]


@pytest.mark.parametrize(
    "arguments",
    [["--json", "--csv"], ["--bom"], ["--bom", "--json"], ["-o", "x"], ["--sort", "before4"], ["--window", "1"],
     ["--rung", "wide"], ["--limit", "0"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage(case: Path, arguments: list[str]) -> None:
    ran = kashaf("-w", case, "kwic", "جسر", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert "Traceback" not in ran.messages
