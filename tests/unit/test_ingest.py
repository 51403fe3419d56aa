"""Importing: identity by bytes, whatever happens to names, folders and sticks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kashaf.corpus.article import Article
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.ingest import Ingest
from kashaf.corpus.loading import load_article
from kashaf.errors import Cancelled, NotFound, StoreDamaged
from kashaf.workspace import Workspace, create

WHEAT = (
    "وصول شحنة قمح إلى المرفأ\n\n"
    "أفرغت السفينة حمولتها صباح الأحد على الرصيف الثالث، "
    "وقال مدير الصوامع إن المخزون يكفي شهرين.\n"
)
WATER = (
    "هيئة المياه تعلن جدول الري\n\n"
    "نشرت الهيئة جدول الري لموسم الصيف، "
    "ودعت المزارعين إلى الالتزام بالحصص المقررة لكل حوض.\n"
)
GAMES = (
    "النجوم يفوز في آخر دقيقة\n\n"
    "سجل المهاجم هدف الفوز في الدقيقة الأخيرة أمام جمهور غفير ملأ المدرجات قبل ساعة من البداية.\n"
)

Counts = dict[str, int]
Import = Callable[..., tuple[Counts, list[Article]]]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "wheat.txt").write_text(WHEAT, encoding="utf-8")
    (folder / "water.txt").write_text(WATER, encoding="utf-8")
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "case")


@pytest.fixture
def imported(workspace: Workspace) -> Import:
    def run(*roots: Path, link: bool = False, jobs: int = 1) -> tuple[Counts, list[Article]]:
        ingest = Ingest(workspace, Catalogue(workspace.catalogue), link=link, jobs=jobs)
        articles = list(ingest.run(roots))
        notes = ingest.notes
        kinds = ("added", "updated", "unchanged", "removed")
        totals: Counts = {kind: notes.counts[kind] for kind in kinds if notes.counts[kind]}
        return {**totals, "failed": len(notes.failed), "absent": len(notes.absent)}, articles

    return run


def counts(**given: int) -> Counts:
    return {"failed": 0, "absent": 0, **given}


def ids(workspace: Workspace) -> set[str]:
    return {entry.id for entry in Catalogue(workspace.catalogue).present()}


def test_a_second_import_changes_nothing(imported: Import, stick: Path, workspace: Workspace) -> None:
    assert imported(stick)[0] == counts(added=2)
    before = workspace.catalogue.read_bytes()
    assert imported(stick) == (counts(unchanged=2), [])
    assert workspace.catalogue.read_bytes() == before


def test_another_mount_point_changes_no_id(imported: Import, stick: Path, workspace: Workspace) -> None:
    imported(stick)
    before = ids(workspace)
    moved = stick.rename(stick.with_name("mnt"))
    assert imported(moved)[0] == counts(unchanged=2)
    assert ids(workspace) == before
    (moved / "water.txt").unlink()
    assert imported(moved)[0] == counts(unchanged=1, removed=1)


def test_renamed_files_change_no_id(imported: Import, stick: Path, workspace: Workspace) -> None:
    imported(stick)
    before = ids(workspace)
    (stick / "wheat.txt").rename(stick / "قمح.txt")
    assert imported(stick)[0] == counts(unchanged=2)
    assert ids(workspace) == before


def test_names_that_are_exchanged_change_no_id(imported: Import, stick: Path) -> None:
    imported(stick)
    (stick / "wheat.txt").rename(stick / "spare.txt")
    (stick / "water.txt").rename(stick / "wheat.txt")
    (stick / "spare.txt").rename(stick / "water.txt")
    assert imported(stick)[0] == counts(unchanged=2)


def test_two_laptops_agree_on_ids(
    imported: Import, stick: Path, workspace: Workspace, tmp_path: Path
) -> None:
    imported(stick)
    other = create(tmp_path / "other")
    copy = shutil.copytree(stick, tmp_path / "elsewhere" / "copy")
    list(Ingest(other, Catalogue(other.catalogue)).run([copy]))
    assert ids(other) == ids(workspace)


def test_a_changed_file_is_a_revision_of_its_article(
    imported: Import, stick: Path, workspace: Workspace
) -> None:
    imported(stick)
    before = ids(workspace)
    (stick / "wheat.txt").write_text(WHEAT.replace("شهرين", "ثلاثة أشهر"), encoding="utf-8")
    result, articles = imported(stick)
    assert result == counts(updated=1, unchanged=1)
    assert "ثلاثة أشهر" in articles[0].text
    assert ids(workspace) == before
    entry = Catalogue(workspace.catalogue).get(articles[0].id)
    assert entry is not None
    assert len(entry.revisions) == 2


def test_a_removed_file_leaves_its_original(imported: Import, stick: Path, workspace: Workspace) -> None:
    imported(stick)
    (stick / "water.txt").unlink()
    assert imported(stick)[0] == counts(unchanged=1, removed=1)
    assert len(ids(workspace)) == 1
    assert len(list(workspace.originals.rglob("*.raw"))) == 2


def test_what_was_removed_comes_back_under_its_id(
    imported: Import, stick: Path, workspace: Workspace
) -> None:
    imported(stick)
    before = ids(workspace)
    (stick / "water.txt").unlink()
    imported(stick)
    (stick / "again.txt").write_text(WATER, encoding="utf-8")
    assert imported(stick)[0] == counts(unchanged=1, added=1)
    assert ids(workspace) == before


def test_an_absent_stick_removes_nothing(imported: Import, stick: Path, workspace: Workspace) -> None:
    imported(stick)
    shutil.rmtree(stick)
    assert imported(stick)[0] == counts(absent=1)
    stick.mkdir()
    assert imported(stick)[0] == counts(absent=1)
    assert len(ids(workspace)) == 2


def test_a_folder_that_was_never_there_is_a_failure(imported: Import, tmp_path: Path) -> None:
    assert imported(tmp_path / "nowhere")[0] == counts(failed=1)


def test_one_source_removes_nothing_of_another(imported: Import, stick: Path, tmp_path: Path) -> None:
    imported(stick)
    other = tmp_path / "other"
    other.mkdir()
    (other / "games.txt").write_text(GAMES, encoding="utf-8")
    assert imported(other)[0] == counts(added=1)
    assert imported(stick)[0] == counts(unchanged=2)


def test_a_subfolder_judges_only_itself(imported: Import, stick: Path) -> None:
    (stick / "sport").mkdir()
    (stick / "sport" / "games.txt").write_text(GAMES, encoding="utf-8")
    (stick / "sport" / "sport").write_text(GAMES.replace("النجوم", "الأسود"), encoding="utf-8")
    imported(stick)
    assert imported(stick / "sport")[0] == counts(unchanged=2)
    (stick / "sport" / "games.txt").unlink()
    assert imported(stick / "sport")[0] == counts(unchanged=1, removed=1)


def test_a_single_file_judges_only_itself(imported: Import, stick: Path) -> None:
    imported(stick)
    (stick / "wheat.txt").write_text(WHEAT + "وأضاف أن سفينة أخرى في الطريق.\n", encoding="utf-8")
    assert imported(stick / "wheat.txt")[0] == counts(updated=1)
    assert imported(stick)[0] == counts(unchanged=2)


def test_unrelated_files_of_one_name_are_not_one_article(
    imported: Import, stick: Path, tmp_path: Path
) -> None:
    imported(stick)
    shutil.rmtree(stick)
    other = tmp_path / "other"
    other.mkdir()
    (other / "wheat.txt").write_text(GAMES, encoding="utf-8")
    assert imported(other)[0] == counts(added=1)


def test_the_same_bytes_twice_are_one_article(imported: Import, stick: Path, workspace: Workspace) -> None:
    shutil.copy(stick / "wheat.txt", stick / "copy.txt")
    assert imported(stick)[0] == counts(added=2)
    (stick / "wheat.txt").unlink()
    assert imported(stick)[0] == counts(unchanged=2)
    assert len(ids(workspace)) == 2


def test_a_copy_that_changes_becomes_an_article_of_its_own(imported: Import, stick: Path) -> None:
    shutil.copy(stick / "wheat.txt", stick / "copy.txt")
    imported(stick)
    (stick / "copy.txt").write_text(GAMES, encoding="utf-8")
    assert imported(stick)[0] == counts(unchanged=2, added=1)


def test_a_line_put_before_others_renames_none(imported: Import, stick: Path, workspace: Workspace) -> None:
    def record(text: str) -> str:
        title, _, body = text.partition("\n\n")
        return json.dumps({"title": title, "content": body.strip()}, ensure_ascii=False) + "\n"

    feed = stick / "feed.jsonl"
    feed.write_text(record(WHEAT + "نص أطول قليلًا.") + record(WATER + "نص أطول قليلًا."), encoding="utf-8")
    imported(stick)
    before = ids(workspace)
    feed.write_text(record(GAMES) + feed.read_text(encoding="utf-8"), encoding="utf-8")
    assert imported(stick)[0] == counts(added=1, unchanged=4)
    assert before < ids(workspace)
    assert imported(stick) == (counts(unchanged=5), [])


def test_bad_inputs_are_named_and_the_rest_goes_on(imported: Import, stick: Path) -> None:
    (stick / "empty.txt").write_bytes(b"")
    (stick / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (stick / "link.txt").symlink_to(stick / "wheat.txt")
    assert imported(stick)[0] == counts(added=2, failed=3)
    assert imported(stick)[0] == counts(unchanged=2, failed=3)


def test_a_file_that_turns_bad_keeps_its_article(imported: Import, stick: Path, workspace: Workspace) -> None:
    imported(stick)
    (stick / "wheat.txt").write_bytes(b"")
    assert imported(stick)[0] == counts(unchanged=1, failed=1)
    assert len(ids(workspace)) == 2


def test_processes_give_the_same_as_one(imported: Import, stick: Path) -> None:
    (stick / "empty.txt").write_bytes(b"")
    result, articles = imported(stick, jobs=2)
    assert result == counts(added=2, failed=1)
    assert sorted(article.text for article in articles) == sorted(
        text.replace("\n\n", "\n").strip() for text in (WHEAT, WATER)
    )


def test_ignored_and_hidden_names_are_not_imported(imported: Import, stick: Path) -> None:
    (stick / ".kashafignore").write_text("# beside the articles\nwater.*\n", encoding="utf-8")
    (stick / ".hidden").mkdir()
    (stick / ".hidden" / "games.txt").write_text(GAMES, encoding="utf-8")
    assert imported(stick)[0] == counts(added=1)


def test_a_workspace_inside_its_source_is_not_imported(stick: Path) -> None:
    workspace = create(stick / "case")
    for _ in range(2):
        ingest = Ingest(workspace, Catalogue(workspace.catalogue))
        list(ingest.run([stick]))
        assert len(Catalogue(workspace.catalogue)) == 2


def test_articles_are_read_again_from_their_originals(
    imported: Import, stick: Path, workspace: Workspace
) -> None:
    articles = {article.id: article for article in imported(stick)[1]}
    shutil.rmtree(stick)
    catalogue = Catalogue(workspace.catalogue)
    assert {entry.id: load_article(workspace, catalogue, entry) for entry in catalogue.present()} == articles


def test_linked_articles_live_with_their_source(imported: Import, stick: Path, workspace: Workspace) -> None:
    imported(stick, link=True)
    assert not workspace.originals.exists()
    catalogue = Catalogue(workspace.catalogue)
    entry = next(catalogue.present())
    assert load_article(workspace, catalogue, entry).id == entry.id
    shutil.rmtree(stick)
    with pytest.raises(NotFound, match="not there"):
        load_article(workspace, catalogue, entry)


def test_an_original_that_was_tampered_with_is_not_read(
    imported: Import, stick: Path, workspace: Workspace
) -> None:
    imported(stick)
    for path in workspace.originals.rglob("*.raw"):
        path.write_bytes(path.read_bytes() + b" ")
    catalogue = Catalogue(workspace.catalogue)
    with pytest.raises(StoreDamaged):
        load_article(workspace, catalogue, next(catalogue.present()))


def test_what_was_done_before_a_cancel_is_kept(stick: Path, workspace: Workspace) -> None:
    read: list[Article] = []
    ingest = Ingest(workspace, Catalogue(workspace.catalogue), cancelled=lambda: bool(read))
    with pytest.raises(Cancelled):
        read.extend(ingest.run([stick]))
    kept = len(Catalogue(workspace.catalogue))
    assert kept == 1
    again = Ingest(workspace, Catalogue(workspace.catalogue))
    list(again.run([stick]))
    assert +again.counts == {"added": 2 - kept, "unchanged": kept}
