"""What is said of an import, and kept of it."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli_support import kashaf

from kashaf.corpus import report as reports
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.report import Changed, Copies, ImportReport, Refused, Warned
from kashaf.errors import BadInput, NotFound
from kashaf.workspace import Workspace, create
from kashaf_index.update import Stopped, update

TEXT = "موسم التمر يبدأ مبكرا\n\nبدأ موسم التمر هذا العام قبل موعده بأسبوعين في واحات الجنوب رقم {}.\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "case")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
    (folder / "win.txt").write_bytes((TEXT.format("تسعة") * 4).encode("windows-1256"))
    shutil.copy(folder / "1.txt", folder / "copy.txt")
    (folder / "empty.txt").touch()
    return folder


def tree(root: Path) -> dict[str, bytes | int]:
    """Every file below a folder, and when each folder changed."""
    return {
        str(path): path.read_bytes() if path.is_file() else path.stat().st_mtime_ns
        for path in [root, *root.rglob("*")]
    }


def test_a_report_of_everything(workspace: Workspace, stick: Path) -> None:
    result = update(workspace, Catalogue(workspace.catalogue), [stick])
    report = result.report
    assert (report.counts["added"], report.counts["failed"], report.articles, report.files) == (4, 1, 4, 6)
    assert report.bytes == sum(path.stat().st_size for path in stick.iterdir())
    assert {Path(one.path).name for one in report.added} == {"0.txt", "1.txt", "2.txt", "win.txt"}
    assert all(one.title for one in report.added)
    (copies,) = report.duplicates
    assert [Path(path).name for path in copies.paths] == ["1.txt", "copy.txt"]
    assert report.encodings == {"utf-8": 4, "windows-1256": 1}
    assert report.formats == {"text": 4}
    assert [(Path(one.path).name, bool(one.reason)) for one in report.failed] == [("empty.txt", True)]
    assert report.sources == (str(stick),)
    assert reports.load(workspace) == report
    again = update(workspace, Catalogue(workspace.catalogue), [stick]).report
    assert (again.counts["unchanged"], again.added, again.id != report.id) == (4, (), True)
    assert reports.ids(workspace) == [again.id, report.id]


def test_near_copies_are_counted(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    words = " ".join(f"كلمة{number}" for number in range(80))
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(f"خبر واحد طويل\n\n{words} {number}.\n", encoding="utf-8")
    assert update(workspace, Catalogue(workspace.catalogue), [folder]).report.near == 1


def test_a_dry_run_says_the_same_and_writes_nothing(workspace: Workspace, stick: Path) -> None:
    for _ in range(2):
        before = tree(workspace.root), tree(stick)
        dry = update(workspace, Catalogue(workspace.catalogue), [stick], dry_run=True)
        assert (tree(workspace.root), tree(stick)) == before
        wet = update(workspace, Catalogue(workspace.catalogue), [stick])
        assert dry.report.dry_run
        for field in ("counts", "encodings", "failed", "duplicates", "formats", "articles", "bytes"):
            assert getattr(dry.report, field) == getattr(wet.report, field), field
        (stick / "2.txt").write_text(TEXT.format("عشرون"), encoding="utf-8")
        (stick / "0.txt").unlink(missing_ok=True)
        (stick / "new.txt").write_text(TEXT.format("ثلاثون"), encoding="utf-8")
    assert len(reports.ids(workspace)) == 2


def test_a_dry_run_of_archives_leaves_nothing(
    workspace: Workspace, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    shutil.make_archive(str(tmp_path / "press"), "zip", stick)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    before = tree(workspace.root)
    dry = update(workspace, Catalogue(workspace.catalogue), [tmp_path / "press.zip"], dry_run=True)
    assert (dry.added, len(dry.failed)) == (4, 1)
    assert tree(workspace.root) == before
    assert list(scratch.iterdir()) == []


def test_what_was_read_before_a_stop_can_be_searched(workspace: Workspace, stick: Path) -> None:
    read: list[str] = []
    with pytest.raises(Stopped) as stopped:
        update(
            workspace,
            Catalogue(workspace.catalogue),
            [stick],
            on_progress=lambda now: read.append(now.step),
            cancelled=lambda: bool(list(workspace.originals.rglob("*.tmp"))),
        )
    result = stopped.value.updated
    assert result.report.cancelled
    assert result.added == result.articles == 1
    assert kashaf("-w", workspace.root, "search", "*", "--json").json["total"] == 1
    assert reports.load(workspace) == result.report
    after = update(workspace, Catalogue(workspace.catalogue), [stick])
    assert (after.added, after.unchanged, after.articles) == (3, 1, 4)


def test_the_newest_fifty_are_kept(workspace: Workspace) -> None:
    now = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)
    names = []
    for _ in range(reports.KEPT + 3):
        names.append(reports.new_id(workspace, now))
        reports.save(workspace, ImportReport(names[-1], now.isoformat()))
    assert names[:2] == ["20260131T120000Z", "20260131T120000Z-2"]
    assert reports.ids(workspace) == names[:2:-1]


def test_a_report_comes_back_as_it_was(workspace: Workspace) -> None:
    report = ImportReport(
        id="20260131T120000Z",
        started="2026-01-31T12:00:00+00:00",
        seconds=1.5,
        counts={"added": 1},
        added=(Changed("id", "p\udce9", "عنوان"),),
        duplicates=(Copies("id", ("a", "b")),),
        failed=(Refused("x", "why"),),
        warnings=(Warned("x", "what"),),
        encodings={"utf-8": 2},
    )
    reports.save(workspace, report)
    assert reports.load(workspace, report.id) == report


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"id": 1}', "[" * 10_000])
def test_a_spoiled_report_is_said_and_passed_over(workspace: Workspace, text: str) -> None:
    reports.save(workspace, ImportReport("20260131T120000Z", "x"))
    (reports.folder(workspace) / "20260131T120001Z.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        reports.load(workspace)
    assert [one.id for one in reports.load_all(workspace)] == ["20260131T120000Z"]
    with pytest.raises(NotFound):
        reports.load(workspace, "../../catalogue")


def test_the_command_line_shows_them(workspace: Workspace, stick: Path) -> None:
    case = ("-w", workspace.root)
    assert kashaf(*case, "imports", "--json").json == []
    assert kashaf(*case, "imports", "last").code == 4
    ran = kashaf(*case, "index", stick, "--json")
    assert (ran.code, ran.json["warnings"], ran.json["dry_run"], ran.json["encodings"]["utf-8"]) == (
        3,
        0,
        False,
        4,
    )
    assert [len(one["paths"]) for one in ran.json["duplicates"]] == [2]
    (listed,) = kashaf(*case, "imports", "--json").json
    assert listed["id"] == ran.json["report"]
    assert listed["counts"]["added"] == 4
    for name in (listed["id"], "last"):
        whole = kashaf(*case, "imports", name, "--json").json
        assert whole["counts"]["failed"] == 1
    words = kashaf(*case, "imports", "last").text
    for said in ("empty.txt", "windows-1256 1", "4 added", "copy.txt", "same bytes: 1"):
        assert said in words
    assert listed["id"] in kashaf(*case, "imports").text


def test_the_summary_says_what_needs_a_look(workspace: Workspace, stick: Path) -> None:
    case = ("-w", workspace.root)
    dry = kashaf(*case, "index", stick, "--dry-run")
    assert (dry.code, "dry run" in dry.text, "kashaf imports" in dry.text) == (3, True, False)
    assert kashaf(*case, "index", stick, "--dry-run", "--json").json["report"] is None
    ran = kashaf(*case, "index", stick)
    for said in ("4 added", "1 failed", "windows-1256 1", "1 exact copies", "kashaf imports 2"):
        assert said in ran.text
    assert "same bytes as" in ran.messages
    assert "empty.txt" in ran.messages


@pytest.mark.parametrize("where", ["option", "settings"])
def test_ignored_files(workspace: Workspace, stick: Path, where: str) -> None:
    (stick / "sub").mkdir()
    shutil.copy(stick / "1.txt", stick / "sub" / "9.txt")
    options: tuple[str, ...] = ("--ignore", "win.*", "--ignore", "sub/*", "--ignore", "empty.txt")
    if where == "settings":
        with (workspace.root / "kashaf.yaml").open("w", encoding="utf-8") as file:
            json.dump({"ignore": list(options[1::2])}, file)
        options = ()
    ran = kashaf("-w", workspace.root, "index", stick, *options, "--json")
    assert (ran.code, ran.json["added"], ran.json["failed"]) == (0, 3, [])
    assert all(not path.endswith("9.txt") for one in ran.json["duplicates"] for path in one["paths"])


def test_hostile_names_are_kept_as_they_can_be_shown(workspace: Workspace, stick: Path) -> None:
    Path(os.fsdecode(os.fsencode(stick) + b"/\x1b[31m\xe9.txt")).write_text(TEXT.format(77), encoding="utf-8")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    assert "\\xe9" in "".join(one.path for one in reports.load(workspace).added)
    assert "\x1b" not in kashaf("-w", workspace.root, "imports", "last").text
