"""`kashaf notes verify` and `kashaf notes cite` over a corpus that changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kashaf.corpus.catalogue import Catalogue
from kashaf.workspace import Workspace, create
from kashaf_index.update import update
from kashaf_tui.cli import cli
from kashaf_tui.commands.notes.verifying import EXIT_UNSETTLED
from kashaf_tui.session import Session

SOUQ = (
    "---\ntitle: سوق السمك يعود\noutlet: صحيفة المرفأ\ndate: 2025-03-23\n---\n"
    "أعلنت بلدية المرفأ يوم الأحد أن سوق السمك سيعود إلى العمل بعد ترميم دام سنتين.\n\n"
    "وقال رئيس البلدية إن الترميم كلف مليوني دينار، وإن التجار سيدفعون نصف الإيجار القديم.\n"
)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "souq.md").write_text(SOUQ, encoding="utf-8")
    return folder


@pytest.fixture
def case(tmp_path: Path, stick: Path) -> Workspace:
    workspace = create(tmp_path / "case")
    index(workspace, stick)
    return workspace


def index(workspace: Workspace, stick: Path) -> None:
    update(workspace, Catalogue(workspace.catalogue), [stick])


def kashaf(case: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-w", str(case.root), "notes", *arguments], standalone_mode=False)


def verified(case: Workspace, *arguments: str) -> tuple[Any, int]:
    """The JSON, and the exit code."""
    done = kashaf(case, "verify", "--json", *arguments)
    assert done.exception is None, done.exception
    return json.loads(done.stdout), done.return_value


def article_id(case: Workspace) -> str:
    (found,) = Session(case.root).searcher.ids()
    return found


def add(case: Workspace, *arguments: str) -> str:
    done = kashaf(case, "add", article_id(case), *arguments)
    assert done.exception is None, done.exception
    return done.stdout.strip()


def test_an_untouched_corpus_is_exact(case: Workspace) -> None:
    note_id = add(case, "--quote", "مليوني دينار")
    found, code = verified(case)
    assert code == 0
    assert (found["notes"], found["exact"], found["problems"]) == (1, 1, {})
    (one,) = found["results"]
    assert (one["id"], one["state"]) == (note_id, "exact")
    (end,) = one["ends"]
    assert (end["quote"], end["now"], end["why"]) == ("مليوني دينار", "مليوني دينار", None)


def test_no_notes_is_no_trouble(case: Workspace) -> None:
    assert verified(case)[1] == 0


def test_what_moved_is_settled_and_what_changed_is_not(case: Workspace, stick: Path) -> None:
    add(case, "--quote", "سوق السمك سيعود")
    (stick / "souq.md").write_text(SOUQ.replace("أعلنت", "وأعلنت"), encoding="utf-8")
    index(case, stick)
    found, code = verified(case)
    assert (code, found["moved"], found["problems"]) == (0, 1, {"other file": 1})
    add(case, "--quote", "مليوني دينار", "--tag", "مال")
    (stick / "souq.md").write_text(SOUQ.replace("مليوني", "ثلاثة ملايين"), encoding="utf-8")
    index(case, stick)
    found, code = verified(case)
    assert (code, found["changed"]) == (EXIT_UNSETTLED, 1)
    changed = next(one for one in found["results"] if one["state"] == "changed")
    assert changed["ends"][0]["now"] == "ثلاثة ملايين دينار"
    assert changed["ends"][0]["why"] == "words"
    assert 0.5 <= changed["ends"][0]["score"] <= 1
    assert verified(case, "--tag", "مال")[0]["notes"] == 1
    assert verified(case, "--tag", "غيره")[1] == 0
    assert verified(case, "--article", article_id(case))[0]["notes"] == 2


def test_words_deleted_are_an_orphan(case: Workspace, stick: Path) -> None:
    add(case, "--quote", "وقال رئيس البلدية إن الترميم كلف مليوني دينار")
    (stick / "souq.md").write_text(SOUQ.rsplit("\n\n", 1)[0] + "\n", encoding="utf-8")
    index(case, stick)
    found, code = verified(case)
    assert (code, found["orphan"]) == (EXIT_UNSETTLED, 1)


def test_a_damaged_original_is_named_though_the_words_stand(case: Workspace, stick: Path) -> None:
    add(case, "--quote", "مليوني دينار")
    (raw,) = case.originals.glob("*/*.raw")
    raw.chmod(0o600)
    raw.write_bytes(raw.read_bytes() + b"x")
    found, code = verified(case)
    assert (code, found["exact"], found["problems"]) == (EXIT_UNSETTLED, 1, {"damaged": 1})
    assert verified(case, "--words-only")[1] == 0
    raw.unlink()
    assert verified(case)[1] == 0, "the source is still plugged in"
    (stick / "souq.md").unlink()
    assert verified(case)[0]["problems"] == {"missing": 1}


def test_the_list_says_the_same_as_verify(case: Workspace, stick: Path) -> None:
    (stick / "road.md").write_text(
        "---\ntitle: الطريق\n---\nيُفتح الطريق الساحلي غدًا أمام الشاحنات.\n", "utf-8"
    )
    index(case, stick)
    ids = Session(case.root).searcher.ids()
    road = next(one for one in ids if Session(case.root).searcher.article(one).title == "الطريق")
    (souq,) = ids - {road}
    assert kashaf(case, "add", souq, "--quote", "سوق السمك سيعود", "--to", f"{road}:0:6").exception is None
    assert kashaf(case, "add", road, "--note", "كله").exception is None
    (stick / "road.md").unlink()
    index(case, stick)
    listed = json.loads(kashaf(case, "list", "--json").stdout)
    found, _ = verified(case, "--words-only")
    assert [one["state"] for one in listed] == [one["state"] for one in found["results"]] == ["missing"] * 2
    assert len(json.loads(kashaf(case, "list", "--state", "missing", "--json").stdout)) == 2
    assert json.loads(kashaf(case, "list", "--state", "exact", "--json").stdout) == []


def test_without_an_index_the_originals_are_read(case: Workspace) -> None:
    add(case, "--quote", "مليوني دينار")
    for pointer in sorted(case.index.rglob("*"), reverse=True):
        pointer.unlink() if not pointer.is_dir() else pointer.rmdir()
    done = kashaf(case, "verify")
    assert done.return_value == 0
    assert "originals" in done.stderr


def test_a_card_is_printed_in_both_languages_and_as_json(case: Workspace) -> None:
    note_id = add(case, "--quote", "مليوني دينار")
    english, arabic = kashaf(case, "cite", note_id), kashaf(case, "cite", note_id[:13], "--language", "ar")
    assert english.exception is None
    assert "SHA-256 of the file: " in english.stdout
    assert "مليوني دينار" in english.stdout
    assert "بصمة SHA-256 للنص" in arabic.stdout
    document = json.loads(kashaf(case, "cite", note_id, "--json").stdout)
    assert document["note_id"] == note_id
    assert document["path"] == "souq.md"
    start, end = document["span"]
    text = Session(case.root).searcher.article(article_id(case)).text
    assert text[start:end] == document["quote"] == "مليوني دينار"


def test_words_are_cited_without_a_note(case: Workspace) -> None:
    done = kashaf(case, "cite", "--article", article_id(case), "--quote", "مليوني دينار", "--json")
    document = json.loads(done.stdout)
    assert document["note_id"] is None
    again = kashaf(
        case, "cite", "--article", article_id(case), "--span", "{}:{}".format(*document["span"]), "--json"
    )
    assert json.loads(again.stdout) == document


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["0195d3c0-0000", "--quote", "x"],
        ["0195d3c0-0000", "--article", "abc"],
        ["--quote", "مليوني دينار"],
    ],
)
def test_it_is_either_a_note_or_words(case: Workspace, arguments: list[str]) -> None:
    done = kashaf(case, "cite", *arguments)
    assert done.exception is not None


def test_a_note_is_cited_though_its_article_is_gone(case: Workspace) -> None:
    note_id = add(case, "--quote", "مليوني دينار")
    for file in sorted(case.index.rglob("*"), reverse=True):
        file.unlink() if not file.is_dir() else file.rmdir()
    done = kashaf(case, "cite", note_id)
    assert done.exception is None
    assert "souq.md" not in done.stdout
    assert "مليوني دينار" in done.stdout
