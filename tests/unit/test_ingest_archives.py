"""Archives are folders: identity, removal and failure of what is in them, and spools that never stay."""

from __future__ import annotations

import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kashaf.corpus import containers, unpacking
from kashaf.corpus.catalogue import Catalogue
from kashaf.errors import DiskTrouble
from kashaf.storage.batch import Batch
from kashaf.workspace import Workspace, create
from kashaf_index.search import Searcher
from kashaf_index.update import Stopped, Updated, update

Update = Callable[..., Updated]
Ids = Callable[[], set[str]]


def article(number: int, more: str = "") -> str:
    return (
        f"وصول الشحنة رقم {number} إلى المرفأ\n\n"
        f"أفرغت السفينة رقم {number} حمولتها صباح الأحد على الرصيف الثالث. {more}\n"
    )


def pack(path: Path, **files: str | bytes) -> None:
    """`a__b` is a path `a/b`; every name ends in .txt."""
    path.parent.mkdir(exist_ok=True, parents=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".txt", content)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "case")


@pytest.fixture
def updated(workspace: Workspace) -> Update:
    def run(*roots: Path, **options: bool) -> Updated:
        result = update(workspace, Catalogue(workspace.catalogue), roots, **options)  # type: ignore[arg-type]
        assert not (workspace.derived / unpacking.SPOOL_NAME).exists()
        return result

    return run


@pytest.fixture
def ids(workspace: Workspace) -> Ids:
    def of_case() -> set[str]:
        found = {entry.id for entry in Catalogue(workspace.catalogue).present()}
        with Searcher.open(workspace.index) as searcher:
            assert searcher.ids() == found
        return found

    return of_case


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    pack(folder / "press.zip", a=article(1), sub__b=article(2))
    return folder


def numbers(result: Updated) -> dict[str, int]:
    kinds = ("added", "updated", "unchanged", "removed")
    found = {kind: getattr(result, kind) for kind in kinds if getattr(result, kind)}
    return {**found, **({"failed": len(result.failed)} if result.failed else {})}


def test_an_archive_is_a_folder(updated: Update, ids: Ids, stick: Path, workspace: Workspace) -> None:
    assert numbers(updated(stick)) == {"added": 2}
    with Searcher.open(workspace.index) as searcher:
        found = {searcher.article(id_).provenance for id_ in ids()}
    assert {one.path for one in found} == {"press.zip/a.txt", "press.zip/sub/b.txt"}
    assert {one.container for one in found} == {"press.zip"}
    (record,) = Catalogue(workspace.catalogue).containers.values()
    assert {one.container_sha256 for one in found} == {record.sha256}
    assert [path for path, _ in record.members] == ["a.txt", "sub/b.txt"]


def test_a_known_archive_is_not_unpacked(
    updated: Update, stick: Path, monkeypatch: pytest.MonkeyPatch, workspace: Workspace
) -> None:
    updated(stick)
    before = workspace.catalogue.read_bytes()
    monkeypatch.setattr(containers, "unpack", None)
    assert numbers(updated(stick)) == {"unchanged": 2}
    assert workspace.catalogue.read_bytes() == before
    (stick / "press.zip").rename(stick / "renamed.zip")
    assert numbers(updated(stick)) == {"unchanged": 2}


def test_a_page_in_an_archive_and_in_a_folder_is_one_article(
    updated: Update, ids: Ids, stick: Path, tmp_path: Path
) -> None:
    updated(stick)
    before = ids()
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "x.txt").write_text(article(1), encoding="utf-8")
    result = updated(folder, stick)
    assert numbers(result) == {"unchanged": 2}
    assert ids() == before
    (copies,) = result.report.duplicates
    assert copies.paths == (str(folder / "x.txt"), "press.zip/a.txt")


def test_an_archive_that_changed(updated: Update, ids: Ids, stick: Path) -> None:
    (stick / "other.txt").write_text(article(9), encoding="utf-8")
    updated(stick)
    before = ids()
    pack(stick / "press.zip", a=article(1, "وأضاف."), c=article(3))
    assert numbers(updated(stick)) == {"added": 1, "updated": 1, "unchanged": 1, "removed": 1}
    assert len(before & ids()) == 2
    (stick / "press.zip").unlink()
    assert numbers(updated(stick)) == {"unchanged": 1, "removed": 2}


def test_a_text_that_moves_into_an_archive_stays_its_article(
    updated: Update, ids: Ids, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "a.txt").write_text(article(1), encoding="utf-8")
    updated(stick)
    before = ids()
    (stick / "a.txt").write_text(article(5), encoding="utf-8")
    pack(stick / "old.zip", a=article(1), b=article(2))
    assert numbers(updated(stick)) == {"added": 2, "unchanged": 1}
    assert before < ids()


def test_an_archive_cut_short_removes_nothing(updated: Update, ids: Ids, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(article(number), encoding="utf-8")
    with tarfile.open(stick / "press.tar", "w") as archive:
        for number in range(3):
            archive.add(tmp_path / f"{number}.txt", f"{number}.txt")
    assert numbers(updated(stick)) == {"added": 3}
    before = ids()
    data = (stick / "press.tar").read_bytes()
    (stick / "press.tar").write_bytes(data[:1400])
    result = updated(stick)
    assert (result.removed, len(result.failed)) == (0, 1)
    assert ids() == before


def test_bad_files_in_an_archive_are_named_each_time(
    updated: Update, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(stick / "press.zip", a=article(1), empty="", image=b"\x89PNG\r\n\x1a\n" + bytes(64))
    first = updated(stick)
    assert [failure.path for failure in first.failed] == ["press.zip/empty.txt", "press.zip/image.txt"]
    monkeypatch.setattr(containers, "unpack", None)
    again = updated(stick)
    assert again.failed == first.failed
    assert numbers(again) == {"unchanged": 1, "failed": 2}


def test_what_was_in_an_archive_is_copied_when_the_rest_is_linked(
    updated: Update, ids: Ids, stick: Path, workspace: Workspace
) -> None:
    (stick / "c.txt").write_text(article(3), encoding="utf-8")
    assert numbers(updated(stick, link=True)) == {"added": 3}
    assert len(list(workspace.originals.rglob("*.raw"))) == 2
    before = ids()
    (stick / "press.zip").unlink()
    assert updated(rebuild=True).failed == ()
    assert ids() == before


def test_a_feed_in_an_archive(updated: Update, ids: Ids, tmp_path: Path) -> None:
    def feed(*lines: int) -> str:
        return "".join(
            json.dumps({"title": f"خبر {n}", "content": article(n)}, ensure_ascii=False) + "\n" for n in lines
        )

    stick = tmp_path / "stick"
    pack(stick / "press.zip", feed=feed(1, 2))
    updated(stick)
    before = ids()
    pack(stick / "press.zip", feed=feed(0, 1, 2))
    assert numbers(updated(stick)) == {"added": 1, "unchanged": 2}
    assert before < ids()


def test_one_archive_as_a_source(updated: Update, stick: Path) -> None:
    assert numbers(updated(stick / "press.zip")) == {"added": 2}
    pack(stick / "press.zip", a=article(1))
    assert numbers(updated(stick / "press.zip")) == {"unchanged": 1, "removed": 1}
    assert numbers(updated(stick)) == {"unchanged": 1}


def test_a_moved_stick_of_archives_is_the_same(updated: Update, stick: Path, workspace: Workspace) -> None:
    updated(stick)
    pack(stick / "more.zip", c=article(3))
    updated(stick)
    assert numbers(updated(stick.rename(stick.with_name("mnt")))) == {"unchanged": 3}
    assert len(Catalogue(workspace.catalogue).sources) == 1


@pytest.mark.parametrize("room", [0, 2**30])
def test_archives_that_change_alike_with_little_room_for_spools(
    updated: Update, ids: Ids, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(unpacking, "_ROOM", room)
    stick = tmp_path / "stick"
    for more in ("", "وأضاف."):
        for name in ("x", "y", "z"):
            pack(stick / f"{name}.zip", **{name: article(ord(name), more), "same": article(7, more)})
        result = updated(stick)
        assert len(ids()) == 4
    assert (result.added, result.updated, result.failed) == (0, 4, ())


def test_ignored_names_in_an_archive(updated: Update, stick: Path) -> None:
    (stick / ".kashafignore").write_text("press.zip/sub/*\n", encoding="utf-8")
    assert numbers(updated(stick)) == {"added": 1}


def test_a_spool_that_a_kill_left_is_swept(updated: Update, stick: Path, workspace: Workspace) -> None:
    left = workspace.derived / unpacking.SPOOL_NAME / "1" / "x"
    left.mkdir(parents=True)
    (left / "file").touch()
    assert numbers(updated(stick)) == {"added": 2}


def test_a_cancelled_or_failed_import_leaves_no_spool(
    updated: Update, stick: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = workspace.derived / unpacking.SPOOL_NAME
    with pytest.raises(Stopped):
        update(workspace, Catalogue(workspace.catalogue), [stick], cancelled=spool.exists)
    assert not spool.exists()

    def full(_batch: Batch, _path: Path, _data: bytes) -> None:
        raise DiskTrouble("no room")

    with monkeypatch.context() as patch:
        patch.setattr(Batch, "add", full)
        with pytest.raises(DiskTrouble):
            update(workspace, Catalogue(workspace.catalogue), [stick])
    assert not spool.exists()
    assert numbers(updated(stick)) == {"added": 2}
