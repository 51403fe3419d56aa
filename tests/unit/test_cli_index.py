"""What `kashaf index` imports, what it leaves alone, and in what order it becomes durable."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli_support import kashaf

from kashaf.corpus.article import Article
from kashaf.corpus.catalogue import Catalogue
from kashaf.errors import DiskTrouble, IndexDamaged, Locked
from kashaf.storage.lock import Lock
from kashaf.workspace import Workspace, create
from kashaf_index.build import IndexWriter
from kashaf_index.update import Stopped, absolute, known_sources, reread, update

TEXTS = {
    "dates": "موسم التمر يبدأ مبكرا\n\nبدأ موسم التمر هذا العام قبل موعده بأسبوعين في واحات الجنوب كلها.\n",
    "ferry": "عبارة جديدة بين الجزيرتين\n\nأبحرت العبارة الجديدة للمرة الأولى وعلى متنها مئتا راكب وعشرون سيارة.\n",
    "chess": "بطولة الشطرنج تعود إلى الحديقة\n\nجلس ستون لاعبا حول الطاولات الحجرية في حديقة البلدية يوم السبت.\n",
}


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "case")


def counts(*arguments: str | Path) -> dict[str, int]:
    value = kashaf(*arguments, "--json").json
    names = ("added", "updated", "unchanged", "removed")
    return {name: value[name] for name in names if value[name]} | {"failed": len(value["failed"])}


def test_a_day_of_changes(workspace: Workspace, stick: Path) -> None:
    index = ("-w", workspace.root, "index")
    assert counts(*index, stick) == {"added": 3, "failed": 0}
    assert counts(*index) == {"unchanged": 3, "failed": 0}
    (stick / "ferry.txt").write_text(TEXTS["ferry"].replace("مئتا", "ثلاثمئة"), encoding="utf-8")
    (stick / "chess.txt").unlink()
    assert counts(*index) == {"updated": 1, "unchanged": 1, "removed": 1, "failed": 0}
    assert kashaf("-w", workspace.root, "search", "الشطرنج", "--json").json["total"] == 0
    assert kashaf("-w", workspace.root, "search", "ثلاثمئة", "--json").json["total"] == 1
    shutil.move(stick, stick.with_name("away"))
    ran = kashaf(*index, "--json")
    assert (ran.code, ran.json["removed"], ran.json["articles"]) == (0, 0, 2)
    assert ran.json["unavailable"] == [str(stick)]
    assert str(stick) in kashaf(*index).messages


def test_several_processes_read_the_same(workspace: Workspace, stick: Path) -> None:
    assert counts("-w", workspace.root, "index", stick, "--jobs", "2") == {"added": 3, "failed": 0}
    ids = {entry.id for entry in Catalogue(workspace.catalogue).present()}
    other = create(workspace.root.with_name("other"))
    assert counts("-w", other.root, "index", stick) == {"added": 3, "failed": 0}
    assert {entry.id for entry in Catalogue(other.catalogue).present()} == ids


@pytest.mark.parametrize("size", ["64M", "64", "1g", "2GB", "512 M", "-1", "63M", "65G", "", "١٢٨"])
def test_memory_is_given_in_megabytes_or_gigabytes(workspace: Workspace, stick: Path, size: str) -> None:
    ran = kashaf("-w", workspace.root, "index", stick, "--memory", size)
    good = size in {"64M", "64", "1g", "2GB"}
    assert ran.code == (0 if good else 2), ran
    assert good or "--memory" in ran.messages


def test_a_second_writer_is_told_who_writes_since_when(workspace: Workspace, stick: Path) -> None:
    """Also when the first one writes the index only; once it was killed, its lock stands in nobody's way."""
    holder = "import sys, time; from pathlib import Path; from kashaf_index.build import IndexWriter\n"
    holder += "with IndexWriter(Path(sys.argv[1])):\n print('held', flush=True)\n time.sleep(60)"
    command = [sys.executable, "-c", holder, str(workspace.index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "held\n"
        ran = kashaf("-w", workspace.root, "index", stick)
        assert (ran.code, ran.out) == (Locked.exit_code, b"")
        told = rf"in use by process {writer.pid} on \S+ since 20\d\d-\S+Z: updating the index"
        assert re.search(told, ran.messages)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert (workspace.index / "writer.owner").exists()
    assert counts("-w", workspace.root, "index", stick) == {"added": 3, "failed": 0}
    assert not (workspace.index / "writer.owner").exists()


def test_articles_read_again_over_an_index_of_another_version_are_all_of_them(
    workspace: Workspace, stick: Path
) -> None:
    assert counts("-w", workspace.root, "index", stick)["failed"] == 0
    catalogue = Catalogue(workspace.catalogue)
    (first, *_) = (entry.id for entry in catalogue.present())
    manifest = workspace.index / "gen-000001" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b" ")
    assert kashaf("-w", workspace.root, "search", "التمر").code == IndexDamaged.exit_code
    assert reread(workspace, catalogue, [first]).articles == 3
    assert kashaf("-w", workspace.root, "search", "التمر", "--json").json["total"] == 1


def test_linked_sources_are_not_copied(workspace: Workspace, stick: Path) -> None:
    assert counts("-w", workspace.root, "index", stick, "--link") == {"added": 3, "failed": 0}
    assert not workspace.originals.exists()
    assert counts("-w", workspace.root, "index", "--rebuild") == {"failed": 0}
    shutil.move(stick, stick.with_name("away"))
    ran = kashaf("-w", workspace.root, "index", "--rebuild", "--json")
    assert (ran.code, ran.json["failed"], ran.json["articles"]) == (0, [], 0)
    assert ran.json["unavailable"] == [str(stick)]


# Sources


def test_a_folder_is_one_source_from_wherever_it_is_named(
    workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (workspace.root, stick.parent, stick):
        monkeypatch.chdir(place)
        named = os.path.relpath(stick)
        assert counts("-w", workspace.root, "index", named)["failed"] == 0
    assert [source.root for source in Catalogue(workspace.catalogue).sources.values()] == [str(stick)]
    (workspace.root / "kashaf.yaml").write_text("sources: [../stick]\n", encoding="utf-8")
    catalogue = Catalogue(workspace.catalogue)
    assert known_sources(create(workspace.root), catalogue) == [stick]


def test_a_path_through_a_link_means_what_the_system_says(tmp_path: Path) -> None:
    (tmp_path / "far" / "inner").mkdir(parents=True)
    (tmp_path / "far" / "news").mkdir()
    (tmp_path / "news").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far" / "inner")
    assert absolute(tmp_path / "link" / ".." / "news") == (tmp_path / "far" / "news").resolve()
    assert absolute(tmp_path / "far" / ".." / "news") == tmp_path / "news"
    assert absolute(tmp_path / "link") == tmp_path / "link"  # as the user chose it


@pytest.mark.parametrize(
    "own", [".", "originals", "notes", ".kashaf/index", "catalogue.jsonl", "kashaf.yaml"]
)
def test_the_workspace_s_own_files_are_no_articles(workspace: Workspace, stick: Path, own: str) -> None:
    assert counts("-w", workspace.root, "index", stick) == {"added": 3, "failed": 0}
    workspace.notes_file.parent.mkdir()
    for named in (workspace.root / own, workspace.root.parent / "link" / own):
        if not (workspace.root.parent / "link").exists():
            (workspace.root.parent / "link").symlink_to(workspace.root)
        ran = kashaf("-w", workspace.root, "index", named, stick, "--json")
        assert (ran.code, ran.json["articles"], ran.json["unchanged"]) == (3, 3, 3)
        (failure,) = ran.json["failed"]
        assert "workspace's own files" in failure["reason"]


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems keep names in Unicode")
def test_a_source_that_cannot_be_named_is_refused_alone(
    workspace: Workspace, stick: Path, tmp_path: Path
) -> None:
    strange = tmp_path / os.fsdecode(b"d\xe3")
    shutil.copytree(stick, strange)
    ran = kashaf("-w", workspace.root, "index", strange, stick, "--json")
    assert (ran.code, ran.json["articles"]) == (3, 3)
    (failure,) = ran.json["failed"]
    assert failure["path"].endswith("d\\xe3")
    assert "Rename it" in failure["reason"]
    # The folder above can be named, and what lies in it too.
    assert kashaf("-w", workspace.root, "index", tmp_path / ".", "--json").json["failed"] == []


def test_a_folder_of_articles_in_the_workspace_is_a_source(workspace: Workspace, stick: Path) -> None:
    shutil.move(stick, workspace.root / "articles")
    assert counts("-w", workspace.root, "index", workspace.root / "articles") == {"added": 3, "failed": 0}
    # And so is the folder around the workspace, without the workspace.
    assert counts("-w", workspace.root, "index", workspace.root.parent)["failed"] == 0
    assert kashaf("-w", workspace.root, "stats", "--json").json["articles"] == 3


# Durability


def test_when_writing_the_index_fails_the_catalogue_is_saved_under_the_lock(
    workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[bool] = []
    save = Catalogue.save

    def watched_save(catalogue: Catalogue) -> None:
        with pytest.raises(Locked):
            Lock(workspace.catalogue, "looking").acquire()
        saved.append(True)
        save(catalogue)

    def full(_writer: IndexWriter, _article: Article) -> None:
        raise DiskTrouble("cannot write the index: No space left on device", where="disk")

    monkeypatch.setattr(Catalogue, "save", watched_save)
    monkeypatch.setattr(IndexWriter, "put", full)
    with pytest.raises(DiskTrouble):
        update(workspace, Catalogue(workspace.catalogue), [stick])
    assert saved == [True]
    monkeypatch.undo()
    assert counts("-w", workspace.root, "index", stick)["failed"] == 0
    assert kashaf("-w", workspace.root, "stats", "--json").json["articles"] == 3


def test_a_full_disk_while_catching_up_is_no_fault_of_the_articles(
    workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counts("-w", workspace.root, "index", stick)["failed"] == 0

    def full(_writer: IndexWriter, _article: Article) -> None:
        raise DiskTrouble(os.strerror(errno.ENOSPC), where="disk")

    monkeypatch.setattr(IndexWriter, "put", full)
    ran = kashaf("-w", workspace.root, "index", "--rebuild", "--json")
    assert (ran.code, ran.out) == (9, b"")
    assert kashaf("-w", workspace.root, "stats", "--json").json["articles"] == 3


def test_a_rebuild_can_be_stopped_and_leaves_the_old_index(workspace: Workspace, stick: Path) -> None:
    assert counts("-w", workspace.root, "index", stick)["failed"] == 0
    generation = (workspace.index / "current.json").read_bytes()
    calls = iter([False])
    with pytest.raises(Stopped) as stopped:
        update(
            workspace,
            Catalogue(workspace.catalogue),
            [],
            rebuild=True,
            cancelled=lambda: next(calls, True),
        )
    assert stopped.value.updated.articles == 3
    assert (workspace.index / "current.json").read_bytes() == generation
    assert kashaf("-w", workspace.root, "stats", "--json").json["articles"] == 3


def test_an_original_that_was_tampered_with_fails_alone(workspace: Workspace, stick: Path) -> None:
    assert counts("-w", workspace.root, "index", stick)["failed"] == 0
    first = min(workspace.originals.rglob("*.raw"))
    first.write_bytes(b"something else")
    ran = kashaf("-w", workspace.root, "index", "--rebuild", "--json")
    assert (ran.code, ran.json["articles"]) == (3, 2)
    (failure,) = ran.json["failed"]
    assert failure["path"] in {f"{name}.txt" for name in TEXTS}
    assert "not what was imported" in failure["reason"]


def test_a_damaged_catalogue_is_left_alone(workspace: Workspace, stick: Path) -> None:
    assert counts("-w", workspace.root, "index", stick)["failed"] == 0
    data = workspace.catalogue.read_bytes().replace(b'"article"', b'"artic', 1)
    workspace.catalogue.write_bytes(data)
    ran = kashaf("-w", workspace.root, "index", stick, "--json")
    assert (ran.code, ran.out) == (7, b"")
    assert str(workspace.catalogue) in ran.messages
    assert workspace.catalogue.read_bytes() == data
    # What is indexed can still be searched.
    assert kashaf("-w", workspace.root, "search", "التمر", "--json").json["total"] == 1
