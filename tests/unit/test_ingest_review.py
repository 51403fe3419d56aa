"""Importing when sources overlap, files hold an article twice, and what is linked changes around an article."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from kashaf.corpus import ingest, loading, reading, waiting
from kashaf.corpus.catalogue import Catalogue, Place
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.readers import Failure, Hints, Member
from kashaf.corpus.walk import Found, walk
from kashaf.errors import KashafError, Locked
from kashaf.storage.lock import Lock
from kashaf.workspace import create
from kashaf_index.search import Searcher
from kashaf_index.update import Updated, update

Ids = Callable[[], set[str]]
Update = Callable[..., Updated]


def article(number: int, more: str = "") -> str:
    return (
        f"وصول الشحنة رقم {number} إلى المرفأ\n\n"
        f"أفرغت السفينة رقم {number} حمولتها صباح الأحد على الرصيف الثالث. {more}\n"
    )


def record(number: int, more: str = "") -> str:
    title, _, body = article(number, more).partition("\n\n")
    return json.dumps({"title": title, "content": body.strip()}, ensure_ascii=False) + "\n"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return create(tmp_path / "case").root


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    for number in (1, 2, 3):
        write(folder / f"{number}.txt", article(number))
    return folder


@pytest.fixture
def updated(case: Path) -> Update:
    def run(*roots: Path, link: bool = False, jobs: int = 1, rebuild: bool = False) -> Updated:
        workspace = create(case)
        return update(workspace, Catalogue(workspace.catalogue), roots, link=link, jobs=jobs, rebuild=rebuild)

    return run


@pytest.fixture
def ids(case: Path) -> Ids:
    """The present articles, which the index must hold exactly."""

    def of_case() -> set[str]:
        found = {entry.id for entry in Catalogue(create(case).catalogue).present()}
        with Searcher.open(create(case).index) as searcher:
            assert searcher.ids() == found
        return found

    return of_case


def paths(case: Path) -> set[str]:
    with Searcher.open(create(case).index) as searcher:
        return {searcher.article(known).provenance.path for known in searcher.ids()}


def test_a_file_of_two_nested_sources_changes_and_stays_one_article(
    updated: Update, ids: Ids, stick: Path
) -> None:
    write(stick / "sub" / "9.txt", article(9))
    updated(stick / "sub")
    updated(stick)
    before = ids()
    for number, roots in enumerate(([stick], [stick / "sub"], [stick / "sub", stick])):
        write(stick / "sub" / "9.txt", article(9, f"وأضاف أن السفن {number}."))
        assert updated(*roots).updated == 1
        assert ids() == before
    assert updated(stick / "sub", stick).updated == 0


def test_a_source_around_a_known_one_knows_its_changed_file(updated: Update, ids: Ids, stick: Path) -> None:
    write(stick / "sub" / "9.txt", article(9))
    updated(stick / "sub")
    before = ids()
    write(stick / "sub" / "9.txt", article(9, "وأضاف."))
    assert updated(stick).updated == 1
    assert before < ids()


def test_a_source_by_its_link_and_by_its_name(updated: Update, ids: Ids, stick: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(stick)
    updated(stick)
    assert updated(tmp_path / "link").unchanged == 3
    before = ids()
    write(stick / "1.txt", article(1, "وأضاف."))
    assert updated(tmp_path / "link").updated == 1
    assert updated(stick).unchanged == 3
    assert ids() == before


def test_copies_that_change_alike_stay_one_article(updated: Update, ids: Ids, stick: Path) -> None:
    shutil.copy(stick / "1.txt", stick / "copy.txt")
    updated(stick)
    before = ids()
    for name in ("1.txt", "copy.txt"):
        write(stick / name, article(1, "وأضاف."))
    assert updated(stick).updated == 1
    assert ids() == before


def test_copies_are_indexed_once_under_the_first_name(updated: Update, case: Path, stick: Path) -> None:
    for number in range(3):
        shutil.copy(stick / "1.txt", stick / f"z{number}.txt")
    assert updated(stick).added == 3
    assert paths(case) == {"1.txt", "2.txt", "3.txt"}


def test_a_line_that_stands_twice_is_one_article_and_stays(updated: Update, ids: Ids, tmp_path: Path) -> None:
    feed = tmp_path / "feed" / "feed.jsonl"
    write(feed, record(1) + record(1) + record(2))
    assert updated(feed.parent).added == 2
    before = ids()
    write(feed, record(1) + record(1) + record(2) + record(3))
    result = updated(feed.parent)
    assert (result.added, result.removed) == (1, 0)
    assert before < ids()


def test_a_line_that_turns_bad_keeps_its_article(updated: Update, ids: Ids, tmp_path: Path) -> None:
    feed = tmp_path / "feed" / "feed.jsonl"
    write(feed, record(1) + record(2))
    updated(feed.parent)
    before = ids()
    write(feed, record(1) + record(2)[:-20] + "\n")
    for _ in range(2):
        result = updated(feed.parent)
        assert (result.removed, len(result.failed)) == (0, 1)
        assert ids() == before


def test_another_stick_where_one_was_mounted_removes_nothing_of_it(
    updated: Update, ids: Ids, stick: Path
) -> None:
    updated(stick)
    before = ids()
    aside = stick.rename(stick.with_name("aside"))
    write(stick / "other.txt", article(77))
    assert updated(stick).removed == 0
    assert before < ids()
    shutil.rmtree(stick)
    aside.rename(stick)
    (stick / "3.txt").unlink()
    result = updated(stick)
    assert (result.unchanged, result.removed) == (2, 1)


def test_a_link_in_a_source_does_not_keep_what_was_deleted(updated: Update, stick: Path) -> None:
    (stick / "link.txt").symlink_to(stick / "1.txt")
    updated(stick)
    (stick / "3.txt").unlink()
    assert updated(stick).removed == 1


def test_a_folder_that_cannot_be_listed_keeps_everything(
    updated: Update, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    updated(stick)
    (stick / "3.txt").unlink()
    found = Found(stick / "sub", "sub", refusal="Input/output error", folder=True)
    monkeypatch.setattr(ingest, "walk", lambda root, exclude: [*walk(root, exclude=exclude), found])
    result = updated(stick)
    assert (result.removed, len(result.failed)) == (0, 1)


def test_a_part_of_a_source_keeps_the_paths_of_the_source(updated: Update, case: Path, stick: Path) -> None:
    write(stick / "sub" / "9.txt", article(9))
    updated(stick)
    write(stick / "sub" / "9.txt", article(9, "وأضاف."))
    updated(stick / "sub")
    assert "sub/9.txt" in paths(case)


def test_a_workspace_in_a_source_named_by_a_link_is_not_imported(tmp_path: Path) -> None:
    home = tmp_path / "home"
    write(home / "1.txt", article(1))
    (tmp_path / "link").symlink_to(home)
    workspace = create(home / "case")
    for _ in range(3):
        update(workspace, Catalogue(workspace.catalogue), [tmp_path / "link"])
    assert len(Catalogue(workspace.catalogue)) == 1


def test_a_link_that_leads_to_itself_is_a_failure(updated: Update, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert len(updated(tmp_path / "loop").failed) == 1


def test_a_refused_file_becomes_no_source(updated: Update, case: Path, stick: Path) -> None:
    (stick / "link.txt").symlink_to(stick / "1.txt")
    assert len(updated(stick / "link.txt").failed) == 1
    assert not Catalogue(create(case).catalogue).sources


def test_what_was_linked_is_copied_when_it_is_imported_again(
    updated: Update, ids: Ids, stick: Path, tmp_path: Path
) -> None:
    feed = stick / "feed.jsonl"
    write(feed, record(11) + record(12))
    updated(stick, link=True)
    write(feed, record(10) + record(11) + record(12))
    assert updated(stick, link=True).added == 1
    assert updated(stick).unchanged == 6
    before = ids()
    shutil.rmtree(stick)
    assert updated(rebuild=True).failed == ()
    assert ids() == before


def test_a_linked_feed_that_grew_is_rebuilt(updated: Update, ids: Ids, case: Path, tmp_path: Path) -> None:
    feed = tmp_path / "feed" / "feed.jsonl"
    write(feed, record(1) + record(2))
    updated(feed.parent, link=True)
    write(feed, record(0) + record(1) + record(2))
    updated(feed.parent, link=True)
    before = ids()
    assert updated(rebuild=True).failed == ()
    assert ids() == before
    generation = (case / ".kashaf" / "index" / "current.json").read_bytes()
    updated(feed.parent, link=True)
    assert (case / ".kashaf" / "index" / "current.json").read_bytes() == generation


def test_a_rebuild_reads_a_file_of_many_once(
    updated: Update, ids: Ids, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "feed" / "feed.jsonl", "".join(record(number) for number in range(20)))
    updated(tmp_path / "feed")
    calls: list[str] = []

    def counted(
        path_name: str, data: bytes, sha256: str, options: ReadOptions, hints: Hints | None
    ) -> Iterator[Member | Failure]:
        calls.append(path_name)
        return reading.articles(path_name, data, sha256, options, hints)

    monkeypatch.setattr(loading, "articles", counted)
    assert updated(rebuild=True).articles == 20
    assert calls == ["feed.jsonl"]


def _die(found: Found, options: ReadOptions) -> None:
    os._exit(9)


def test_a_reading_process_that_is_killed_is_said(
    updated: Update, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_file", _die)
        with pytest.raises(KashafError, match="--jobs 1"):
            updated(stick, jobs=2)
    assert updated(stick, jobs=2).added == 3


def test_a_hostile_front_matter_fails_alone(updated: Update, stick: Path) -> None:
    write(stick / "x.md", "---\ndate: !!timestamp soon\nok: !!bool maybe\n---\n" + article(8))
    assert updated(stick).added >= 3


def of_line(case: Path, feed: str, number: int) -> str:
    """The id of the article that stands at a line of a feed."""
    catalogue = Catalogue(create(case).catalogue)
    entry = next(
        iter(filter(None, (catalogue.at(Place(source, feed, str(number))) for source in catalogue.sources)))
    )
    return entry.id


def other_record(url: str = "") -> str:
    value = {"title": "النجوم يفوز", "content": "سجل المهاجم هدفا جميلا أمام جمهور غفير ملأ المدرجات."}
    return json.dumps({**value, "url": url} if url else value, ensure_ascii=False) + "\n"


def test_a_copied_half_of_a_stick_that_is_out_does_not_take_its_place(
    updated: Update, ids: Ids, stick: Path, tmp_path: Path
) -> None:
    updated(stick)
    before = ids()
    half = tmp_path / "half"
    half.mkdir()
    for name in ("1.txt", "2.txt"):
        shutil.copy(stick / name, half)
    away = stick.rename(tmp_path / "away")
    result = updated(half)
    assert (result.unchanged, result.removed) == (2, 0)
    assert updated(stick, half).absent == (str(stick),)
    assert ids() == before
    away.rename(stick)
    (stick / "3.txt").unlink()
    assert updated(stick).removed == 1


def test_a_whole_stick_elsewhere_is_the_same_also_with_a_changed_and_a_new_file(
    updated: Update, ids: Ids, case: Path, stick: Path, tmp_path: Path
) -> None:
    updated(stick)
    before = ids()
    moved = stick.rename(tmp_path / "mnt")
    write(moved / "1.txt", article(1, "وأضاف."))
    write(moved / "4.txt", article(4))
    result = updated(moved)
    assert (result.added, result.updated, result.unchanged) == (1, 1, 2)
    assert before < ids()
    assert len(Catalogue(create(case).catalogue).sources) == 1


def test_a_feed_that_grew_before_it_moved_is_the_same_source(
    updated: Update, case: Path, tmp_path: Path
) -> None:
    feed = tmp_path / "feed" / "feed.jsonl"
    write(feed, record(1) + record(2))
    updated(feed.parent)
    write(feed, record(0) + record(1) + record(2))
    updated(feed.parent)
    assert updated(feed.parent.rename(tmp_path / "moved")).unchanged == 3
    assert len(Catalogue(create(case).catalogue).sources) == 1


def test_another_record_at_a_line_is_another_article(
    updated: Update, ids: Ids, tmp_path: Path, case: Path
) -> None:
    feed = tmp_path / "feed" / "feed.jsonl"
    write(feed, record(1) + record(2))
    updated(feed.parent)
    before, second = ids(), of_line(case, "feed.jsonl", 2)
    write(feed, record(1) + other_record())
    result = updated(feed.parent)
    assert (result.added, result.updated, result.removed) == (1, 0, 1)
    assert before - ids() == {second}
    entry = Catalogue(create(case).catalogue).get(second)
    assert entry is not None
    assert len(entry.revisions) == 1


@pytest.mark.parametrize("kept", ["title", "url", "words"])
def test_a_changed_record_at_a_line_is_a_revision(
    updated: Update, ids: Ids, tmp_path: Path, kept: str
) -> None:
    url = "https://example.org/7"
    old = {"title": "وصول شحنة قمح", "url": url, "content": "أفرغت السفينة حمولتها صباح الأحد على الرصيف."}
    new = json.loads(other_record(url + "0"))
    if kept == "words":
        new["content"] = str(old["content"]).replace("الأحد", "الإثنين") + " وقال أفرغت."
        new["title"] = "وصول شحنة قمح جديدة"
    else:
        new[kept] = old[kept]
    feed = tmp_path / "feed" / "feed.jsonl"
    write(feed, record(1) + json.dumps(old) + "\n")
    updated(feed.parent)
    before = ids()
    write(feed, record(1) + json.dumps(new) + "\n")
    result = updated(feed.parent)
    assert (result.added, result.updated, result.removed) == (0, 1, 0)
    assert ids() == before


def test_a_record_with_an_id_of_its_own_may_change_wholly(updated: Update, ids: Ids, tmp_path: Path) -> None:
    feed = tmp_path / "feed" / "feed.jsonl"
    write(feed, json.dumps({"id": 7001, **json.loads(record(1))}) + "\n")
    updated(feed.parent)
    before = ids()
    write(feed, json.dumps({"id": 7001, **json.loads(other_record())}) + "\n")
    assert updated(feed.parent).updated == 1
    assert ids() == before


def test_a_linked_line_whose_old_text_is_gone_is_never_taken_for_another(
    updated: Update, ids: Ids, tmp_path: Path
) -> None:
    feed = tmp_path / "feed" / "feed.jsonl"
    write(feed, record(1))
    updated(feed.parent, link=True)
    before = ids()
    write(feed, other_record())
    assert updated(feed.parent, link=True).added == 1
    assert ids().isdisjoint(before)


@pytest.mark.parametrize("room", [waiting.HELD_CHARS, 0])
@pytest.mark.parametrize("jobs", [1, 2])
def test_lines_that_move_to_another_file_stay_their_articles(
    updated: Update,
    ids: Ids,
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    room: int,
    jobs: int,
) -> None:
    monkeypatch.setattr(ingest, "Waiting", partial(waiting.Waiting, room=room))
    folder = tmp_path / "feed"
    write(folder / "a.jsonl", record(1) + record(2))
    updated(folder)
    before = [of_line(case, "a.jsonl", number) for number in (1, 2)]
    write(folder / "a.jsonl", record(5) + record(6))
    write(folder / "b.jsonl", record(1) + record(2) + record(7))
    result = updated(folder, jobs=jobs)
    assert (result.added, result.updated, result.removed) == (3, 0, 0)
    assert [of_line(case, "b.jsonl", number) for number in (1, 2)] == before
    assert len(ids()) == 5
    assert updated(folder).unchanged == 5


@pytest.mark.parametrize("copy", ["0.txt", "z.txt"])
@pytest.mark.parametrize("room", [waiting.HELD_CHARS, 0])
def test_a_changed_file_and_a_new_copy_of_it_are_the_old_article(
    updated: Update, ids: Ids, stick: Path, monkeypatch: pytest.MonkeyPatch, copy: str, room: int
) -> None:
    monkeypatch.setattr(ingest, "Waiting", partial(waiting.Waiting, room=room))
    updated(stick)
    before = ids()
    for name in ("1.txt", copy):
        write(stick / name, article(1, "وأضاف."))
    result = updated(stick)
    assert (result.added, result.updated) == (0, 1)
    assert ids() == before


def test_a_record_in_two_feeds_that_change_alike_stays_one_article(
    updated: Update, ids: Ids, tmp_path: Path
) -> None:
    folder = tmp_path / "feed"
    for more in ("", "وأضاف."):
        for name in ("a.jsonl", "b.jsonl"):
            write(folder / name, record(1, more) + record(2))
        result = updated(folder)
        assert len(ids()) == 2
    assert (result.updated, result.unchanged) == (1, 1)


def test_another_workspace_in_a_source_is_passed_over(updated: Update, stick: Path) -> None:
    create(stick / "theirs")
    write(stick / "theirs" / "9.txt", article(9))
    result = updated(stick)
    assert (result.added, result.failed) == (3, ())


def test_a_linked_folder_is_reported_and_keeps_what_was_there(updated: Update, ids: Ids, stick: Path) -> None:
    write(stick / "sub" / "9.txt", article(9))
    updated(stick)
    before = ids()
    (stick / "sub").rename(stick.with_name("aside"))
    (stick / "sub").symlink_to(stick.with_name("aside"))
    result = updated(stick)
    assert [failure.path for failure in result.failed] == [str(stick / "sub")]
    assert "link" in result.failed[0].reason
    assert ids() == before
    write(stick / ".kashafignore", "sub/*\n")
    assert updated(stick).failed == ()


def test_an_unplugged_linked_source_is_unavailable_and_no_failure(
    updated: Update, stick: Path, tmp_path: Path
) -> None:
    updated(stick, link=True)
    away = stick.rename(tmp_path / "away")
    for roots in ([], [stick]):
        result = updated(*roots, rebuild=True)
        assert (result.failed, result.absent, result.removed) == ((), (str(stick),), 0)
        assert result.articles == 0
    away.rename(stick)
    assert updated(stick).articles == 3


def test_the_lock_outlives_what_is_derived(case: Path, stick: Path, updated: Update) -> None:
    workspace = create(case)
    with Lock(workspace.catalogue, "importing"):
        if workspace.derived.exists():
            shutil.rmtree(workspace.derived)
        with pytest.raises(Locked):
            updated(stick)
    assert updated(stick).added == 3
