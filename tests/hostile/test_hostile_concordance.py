"""Articles that want to drive the terminal, the app or a spreadsheet, met through their concordance."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli_support import kashaf
from tests.explorer_support import Explore
from tests.hostile.test_hostile_explorer import ATTACKS, assert_nothing_but_ours
from tests.pty_support import Terminal

from kashaf.corpus.catalogue import Catalogue
from kashaf.workspace import create
from kashaf_index.update import update

FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", '"=1', "'=1"]
WORD = "ميناء"


@pytest.fixture(scope="module")
def hostile_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacks")
    records = [
        {
            "title": f"{attack} {WORD} {attack}",
            "content": f"{attack}\n{attack} {WORD} {attack} الصيد {attack}\n{attack}{WORD}{attack}",
            "source": f"{attack} منبر",
            "date": "2025-10-01",
        }
        for attack in (*ATTACKS, *FORMULAS)
    ]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / "attacks.jsonl").write_text(lines, encoding="utf-8")
    workspace = create(tmp_path_factory.mktemp("case") / "case")
    update(workspace, Catalogue(workspace.catalogue), [folder])
    return workspace.root


def test_nothing_of_an_attack_reaches_the_terminal(hostile_case: Path) -> None:
    with Terminal.explorer(hostile_case, rows=60) as terminal:
        terminal.wait_for("[stem ")
        terminal.send(WORD)
        terminal.read(1.0)
        terminal.send("\x1b[18~")  # F7
        terminal.wait_for("Concordance")
        terminal.read(1.0)
        for keys in (
            "<",
            ">",
            "s",
            "s",
            "s",
            "+",
            "-",
            "\x1b[6~",
            "c",
            "x",
            "s",
            "f",
            "s",
            "\x1b[B",
            "\x1b[B",
            "\r",
        ):
            terminal.send(keys)
            terminal.read(0.3)
        terminal.send("\x1b")
        terminal.read(0.6)
        terminal.send("\r")
        terminal.read(0.6)
        terminal.send("q")
        assert terminal.end() == 0
        assert_nothing_but_ours(terminal.output)


async def test_markup_in_a_line_runs_nothing_and_keeps_the_match_in_its_column(
    explore: Explore, hostile_case: Path, tmp_path: Path
) -> None:
    fresh = shutil.copytree(hostile_case, tmp_path / "case", ignore=shutil.ignore_patterns("state"))
    async with explore(fresh, (120, 60)) as analyst:
        await analyst.type(WORD)
        await analyst.settle()
        await analyst.press("f7")
        for markup in ("@click=app.exit", "bold", "link=file:///etc/passwd"):
            assert markup in analyst.text
        strips = analyst.app.screen._compositor.render_strips()
        assert {sum(part.cell_length for part in strip) for strip in strips} == {120}
        for key in ("c", "f", "c", "c", "end", "enter"):
            await analyst.press(key)
        assert analyst.app.is_running
        assert analyst.main.reading.article_id


@pytest.mark.parametrize("what", [[], ["--collocates", "--minimum", "1"], ["--frequencies"]], ids=str)
@pytest.mark.parametrize("form", ["--json", "--csv", "text"])
def test_nothing_of_an_attack_is_printed(hostile_case: Path, what: list[str], form: str) -> None:
    ran = kashaf("-w", hostile_case, "kwic", WORD, *what, *([] if form == "text" else [form]))
    assert ran.code == 0
    assert len(ran.text.splitlines()) > 5
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", ran.text)


@pytest.mark.parametrize("what", [[], ["--collocates", "--minimum", "1"], ["--frequencies"]], ids=str)
def test_no_cell_is_a_formula(hostile_case: Path, what: list[str]) -> None:
    data = kashaf("-w", hostile_case, "kwic", WORD, *what, "--csv").text
    table = list(csv.reader(io.StringIO(data, newline="")))
    assert len({len(row) for row in table}) == 1
    bad: Callable[[str], bool] = re.compile(r"[=+\-@\t\r＝＋－＠]").match  # type: ignore[assignment]  # as truth
    assert [cell for row in table for cell in row if bad(cell)] == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "*",
        "\x1b[2J",
        "(" * 200,
        '"' * 99,
        "في " * 500,
        "**",
        "\ud800",
        "\u202e" + WORD,
        "=1+1",
        "-",
        "OR",
        "a" * 9999,
    ],
    ids=lambda query: ascii(query[:8]),
)
def test_any_query_has_an_answer_or_a_message(hostile_case: Path, query: str) -> None:
    for what in ([], ["--collocates"], ["--frequencies"]):
        ran = kashaf("-w", hostile_case, "kwic", "--json", *what, "--", query)
        assert ran.code in (0, 2)
        assert "Traceback" not in ran.messages
        assert "\x1b" not in ran.messages
