"""`kashaf notes` as a script uses it: kinds of notes, bulk tags, the trash, undo and history."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kashaf.corpus.catalogue import Catalogue
from kashaf.errors import KashafError
from kashaf.workspace import Workspace, create
from kashaf_index.search import Searcher
from kashaf_index.update import update
from kashaf_tui.cli import cli

TEXT = (
    "---\ntitle: سوق السمك يعود\noutlet: صحيفة المرفأ\ndate: 2025-03-23\n---\n"
    "أعلنت بلدية المرفأ يوم الأحد أن سوق السمك سيعود إلى العمل بعد ترميم دام سنتين.\n\n"
    "وقال رئيس البلدية إن الترميم كلف مليوني دينار، وإن التجار سيدفعون نصف الإيجار القديم.\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, str]:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "souq.md").write_text(TEXT, encoding="utf-8")
    workspace = create(folder / "case")
    (workspace.root / "kashaf.yaml").write_text("author: سعاد\n", encoding="utf-8")
    update(workspace, Catalogue(workspace.catalogue), [folder / "souq.md"])
    with Searcher.open(workspace.index) as searcher:
        (souq,) = searcher.ids()
    return workspace, souq


@pytest.fixture
def souq(built: tuple[Workspace, str]) -> str:
    """The article's id, in a workspace without notes."""
    for file in built[0].notes_file.parent.rglob("*"):
        if file.is_file():
            file.unlink()
    return built[1]


class Line:
    """The command line of one workspace."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __call__(self, *arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(cli, ["-w", str(self._root), "notes", *arguments])
        error = done.exception
        assert (error.exit_code if isinstance(error, KashafError) else done.exit_code) == code, done.output
        return done.stdout

    def json(self, *arguments: str) -> Any:
        return json.loads(self(*arguments, "--json"))


@pytest.fixture
def line(built: tuple[Workspace, str]) -> Line:
    return Line(built[0].root)


def test_notes_of_every_kind_on_everything(line: Line, souq: str) -> None:
    words = line.json("add", souq, "--quote", "سوق السمك سيعود", "--kind", "claim", "--confidence", "low")
    assert (words["article"], words["quote"]) == (souq, "سوق السمك سيعود")
    whole = line.json("add", souq, "--note", "المقال كله", "--kind", "question", "--status", "disputed")
    assert whole["target"]["type"] == "article"
    search = line.json("add", "--search", "سوق", "--rung", "root", "--note", "بحث", "--author", "هدى")
    assert search["target"] == {"type": "search", "query": "سوق", "rung": "root", "match": "all"}
    entity = line.json("add", "--entity", "بلدية المرفأ", "--type", "organization", "--tag", "بلديات")
    assert entity["target"]["entity_type"] == "organization"
    link = line.json("add", souq, "--quote", "مليوني دينار", "--to", f"{souq}:0:3")
    rows = line.json("list")
    assert [row["kind"] for row in rows] == ["claim", "question", "note", "highlight", "link"]
    assert [row["author"] for row in rows] == ["سعاد", "سعاد", "هدى", "سعاد", "سعاد"]
    assert {row["anchor"]["state"] for row in rows} == {"exact"}
    assert rows[-1]["id"] == link["id"]
    assert rows[-1]["other_anchor"] == {"state": "exact", "start": 0, "end": 3}
    for wrong in (
        ["add"],
        ["add", souq, "--search", "x"],
        ["add", "--search", "x", "--quote", "y"],
        ["add", souq, "--kind", "link", "--span", "0:3"],
        ["add", souq, "--span", "0:3", "--to", "nowhere"],
        ["add", souq, "--quote", "x", "--span", "0:3"],
    ):
        line(*wrong, code=2)
    line("add", "--entity", "لا أحد", code=4)
    assert len(line.json("list")) == 5


def test_the_list_is_filtered_and_sorted(line: Line, souq: str) -> None:
    for start, tag, status in ((9, "سلاح/كيماوي", "open"), (0, "نقل", "closed"), (4, "سلاح", "open")):
        line("add", souq, "--span", f"{start}:{start + 3}", "--tag", tag, "--status", status)
    assert len(line.json("list", "--tag", "سلاح")) == 2
    assert len(line.json("list", "--tag", "سلاح/كيماوي")) == 1
    assert len(line.json("list", "--tag", "سلاح", "--status", "open", "--kind", "highlight")) == 2
    assert len(line.json("list", "--author", "هدى")) == 0
    assert len(line.json("list", "--state", "exact", "--article", souq)) == 3
    assert line.json("list", "--state", "orphan") == []
    placed = [row["target"]["start"] for row in line.json("list", "--sort", "place")]
    assert placed == [0, 4, 9]
    assert [row["target"]["start"] for row in line.json("list", "--sort", "place", "--reverse")] == [9, 4, 0]


def test_tags_in_bulk_are_one_change(line: Line, souq: str) -> None:
    ids = [line.json("add", souq, "--span", f"{at}:{at + 2}")["id"] for at in (0, 3, 6)]
    assert line("tag", *ids, "--add", "مهم", "--add", "سوق") == "3 notes tagged\n"
    assert line.json("untag", "--tag", "مهم")["notes"] == ids
    assert [row["tags"] for row in line.json("list")] == [["سوق"]] * 3
    assert line("undo") == "undone: tagged 3 notes (-مهم)\n"
    assert [row["tags"] for row in line.json("list")] == [["مهم", "سوق"]] * 3
    assert line("redo") == "redone: tagged 3 notes (-مهم)\n"
    line("tag", "--add", "x", code=2)
    line("tag", "zzzzzzzz", "--add", "x", code=4)
    line("untag", ids[0], code=2)


def test_a_note_is_edited_and_its_history_told(line: Line, souq: str) -> None:
    note_id = line.json("add", souq, "--span", "0:3", "--note", "أول", "--tag", "نقل")["id"]
    line("edit", note_id, "--note", "ثان", "--status", "confirmed", "--confidence", "high", "--author", "هدى")
    line("edit", note_id, "--tag", "", "--confidence", "none", "--kind", "claim")
    (row,) = line.json("list")
    assert (row["body"], row["tags"], row["status"], row["confidence"], row["changes"]) == (
        *("ثان", [], "confirmed", "", 2),
    )
    past = line.json("history", note_id)
    assert [sorted(one["changes"]) for one in past[1:]] == [
        ["body", "confidence", "status"],
        ["confidence", "kind", "tags"],
    ]
    assert past[1]["changes"]["body"] == {"before": "أول", "after": "ثان"}
    assert [one["author"] for one in past] == ["سعاد", "هدى", "سعاد"]
    text = line("history", note_id)
    assert "  body: أول → ثان" in text.splitlines()
    assert "  tags: نقل → -" in text.splitlines()
    line("history", "zzzzzzzz", code=4)


def test_deleted_notes_come_back_or_are_forgotten(line: Line, souq: str) -> None:
    one, two = (line.json("add", souq, "--span", f"{at}:{at + 2}", "--tag", "قديم")["id"] for at in (0, 3))
    assert line.json("delete", "--tag", "قديم")["notes"] == [one, two]
    assert line.json("list") == []
    assert [row["note"]["id"] for row in line.json("trash")] == [two, one]
    assert line("undelete", two) == "1 note brought back\n"
    assert [row["id"] for row in line.json("list")] == [two]
    line("purge", code=2)
    line("purge", two, "--yes", code=4)
    assert line("purge", "--all", "--yes") == "1 note forgotten\n"
    assert line.json("trash") == []
    assert line.json("undo")["undone"]["what"] == "restore"
    line("purge", "--all", code=1)  # nobody says yes
    assert len(line.json("trash")) == 1


def test_the_beginning_of_an_id_is_enough_where_it_is_one_note(line: Line, souq: str) -> None:
    one, two = (line.json("add", souq, "--span", f"{at}:{at + 2}")["id"] for at in (0, 3))
    short = next(one[:length] for length in range(8, 37) if not two.startswith(one[:length]))
    assert line.json("edit", short, "--note", "أول")["notes"] == [one]
    line("edit", one[:8], "--note", "x", code=2 if two.startswith(one[:8]) else 0)


def test_nothing_to_undo_is_no_error(line: Line, souq: str) -> None:
    del souq
    assert line.json("undo") == {"undone": None}
    assert line("redo") == ""
