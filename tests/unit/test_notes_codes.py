"""`kashaf notes codes`: the tree with its counts, and what the command line may do to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.notes_support import target

from kashaf.errors import KashafError
from kashaf.notes.codebook_file import of_workspace
from kashaf.notes.store import NoteStore
from kashaf.workspace import Workspace, create
from kashaf_tui.cli import cli

HAND = "codes:\n- {name: سلاح, colour: orange, codes: [كيماوي]}\n- {name: مصدر, description: من أين}\n"


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    workspace = create(tmp_path / "case")
    workspace.codebook_file.write_text(HAND, encoding="utf-8")
    with NoteStore.open(workspace.notes_file) as store:
        store.add(target(), tags=("سلاح/كيماوي", "خاص"))
        store.add(target(), tags=("سلاح",))
    return workspace


def codes(case: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-w", str(case.root), "notes", "codes", *arguments])


def done(case: Workspace, *arguments: str) -> str:
    result = codes(case, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def told(case: Workspace, *arguments: str) -> KashafError:
    result = codes(case, *arguments)
    assert isinstance(result.exception, KashafError)
    return result.exception


def tags(case: Workspace) -> dict[str, int]:
    with NoteStore.open(case.notes_file, read_only=True) as store:
        return store.tags()


def test_the_tree(case: Workspace) -> None:
    assert done(case).splitlines() == [
        "سلاح · 2 (1 on it itself) · orange",
        "└ كيماوي · 1",
        "مصدر · 0 · من أين",
        "خاص · 1 · in no codebook",
    ]


def test_as_json(case: Workspace) -> None:
    value: Any = json.loads(done(case, "--json"))
    listed = {one["code"]: one for one in value["codes"]}
    assert list(listed) == ["سلاح", "سلاح/كيماوي", "مصدر", "خاص"]
    assert listed["سلاح"] == {
        "code": "سلاح",
        "colour": "#e69f00",
        "description": "",
        "examples": [],
        "hidden": False,
        "in_codebook": True,
        "notes": 1,
        "notes_with_below": 2,
    }
    assert listed["سلاح/كيماوي"]["colour"] == "#e69f00"
    assert not listed["خاص"]["in_codebook"]


def test_adding_and_changing(case: Workspace) -> None:
    assert done(case, "add", "سلاح / ثقيل", "--colour", "أزرق", "--example", "مدفع") == "سلاح/ثقيل\n"
    done(case, "add", "سلاح/ثقيل", "--description", "ما يُجر")
    code = of_workspace(case).codebook.known("سلاح/ثقيل")
    assert (code.colour, code.description, code.examples) == ("#0072b2", "ما يُجر", ("مدفع",))
    assert "no colour" in str(told(case, "add", "x", "--colour", "mauve"))
    assert "needs a name" in str(told(case, "add", "/"))


def test_renaming_retags_in_one_change(case: Workspace) -> None:
    assert done(case, "rename", "سلاح", "عتاد/سلاح") == "2 notes retagged\n"
    assert tags(case) == {"خاص": 1, "عتاد/سلاح": 1, "عتاد/سلاح/كيماوي": 1}
    assert of_workspace(case).codebook.known("عتاد/سلاح").colour == "#e69f00"
    with NoteStore.open(case.notes_file) as store:
        store.undo()
    assert tags(case) == {"خاص": 1, "سلاح": 1, "سلاح/كيماوي": 1}


def test_renaming_a_tag_that_is_no_code(case: Workspace) -> None:
    assert done(case, "rename", "خاص", "عام") == "1 note retagged\n"
    assert "عام" in tags(case)


def test_an_unknown_name_is_refused(case: Workspace) -> None:
    assert "no such code" in str(told(case, "rename", "nobody", "x"))
    assert "under itself" in str(told(case, "rename", "سلاح", "سلاح/x"))
    assert "old name and a new one" in str(told(case, "rename", "سلاح"))


def test_notes_that_come_with_an_old_name_are_retagged_later(case: Workspace) -> None:
    done(case, "rename", "سلاح", "عتاد")
    with NoteStore.open(case.notes_file) as store:
        store.add(target(), tags=("سلاح/كيماوي",))
    result = codes(case)
    assert "name of before a renaming" in result.stderr
    assert done(case, "rename") == "1 note retagged\n"
    assert tags(case)["عتاد/كيماوي"] == 2
    assert done(case, "rename") == "0 notes retagged\n"


def test_hiding(case: Workspace) -> None:
    done(case, "hide", "سلاح")
    assert of_workspace(case).codebook.known("سلاح/كيماوي").hidden
    done(case, "hide", "سلاح", "--show")
    assert not of_workspace(case).codebook.known("سلاح").hidden


def test_a_codebook_travels(case: Workspace, tmp_path: Path) -> None:
    other = create(tmp_path / "other")
    other.codebook_file.write_text("codes: [{name: سلاح, colour: red}]", encoding="utf-8")
    file = tmp_path / "codes.yaml"
    done(case, "export", "-o", str(file))
    assert "the file exists" in str(told(case, "export", "-o", str(file)))
    result = codes(other, "import", str(file))
    assert result.stdout == "2 added, 1 differ\n"
    assert "kept as it is here" in result.stderr
    codebook = of_workspace(other).codebook
    assert codebook.known("سلاح").colour == "#d55e00"
    assert codebook.find("سلاح/كيماوي") is not None
    assert json.loads(done(other, "import", str(file), "--json"))["added"] == []


def test_mistakes_are_told_and_the_rest_listed(case: Workspace) -> None:
    case.codebook_file.write_text(HAND + "- {nam: x}\n", encoding="utf-8")
    result = codes(case)
    assert "codebook.yaml, line 4: unknown key `nam`" in result.stderr
    assert "مصدر" in result.stdout


def test_a_missing_file(case: Workspace, tmp_path: Path) -> None:
    assert "no such file" in str(told(case, "import", str(tmp_path / "nothing.yaml")))
