from __future__ import annotations

import hashlib
import json
import multiprocessing
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from tests.index_corpus import ARTICLES, build, by_name, make_article, open_index

from kashaf.errors import IndexDamaged, IndexMissing, KashafError, Locked
from kashaf_index.build import IndexWriter, Writing
from kashaf_index.generations import fingerprint
from kashaf_index.generations.revision import Revision
from kashaf_index.model import Query
from kashaf_index.opening import current_generation, verify
from kashaf_index.search import Searcher


def generations(index_dir: Path) -> list[str]:
    return sorted(path.name for path in index_dir.iterdir() if path.name.startswith("gen-"))


def total(index_dir: Path, text: str) -> int:
    with Searcher.open(index_dir) as searcher:
        return searcher.search(Query(text)).total


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as caught:
        Searcher.open(tmp_path / "none")
    assert "kashaf index" in caught.value.cure


def test_leaving_without_commit_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, ARTICLES[:2])
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with IndexWriter(tmp_path) as writer:
        writer.put(ARTICLES[2])
        writer.remove(ARTICLES[0].id)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    with Searcher.open(tmp_path) as searcher:
        assert searcher.ids() == {article.id for article in ARTICLES[:2]}


def test_an_error_inside_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, ARTICLES[:2])
    writer = IndexWriter(tmp_path)
    writer.__enter__()
    writer.put(ARTICLES[2])
    writer.__exit__(RuntimeError, RuntimeError("stop"), None)
    assert generations(tmp_path) == ["gen-000001"]


def test_put_replaces_and_remove_removes(tmp_path: Path) -> None:
    build(tmp_path)
    old = by_name("market")
    new = make_article("market", "أسعار القمح", "هبطت أسعار القمح في السوق.")
    assert new.id == old.id
    with IndexWriter(tmp_path) as writer:
        writer.put(new)
        writer.remove(by_name("forces").id)
        writer.remove("nosuchid")
        assert writer.count == 4
        writer.commit()
    with Searcher.open(tmp_path) as searcher:
        assert searcher.count == 4
        assert searcher.search(Query("الزيتون")).total == 0
        assert searcher.search(Query("القمح")).total == 1
        assert searcher.search(Query("قسد")).total == 0
        assert searcher.search(Query("*")).total == 4
        assert searcher.search(Query("-القمح")).total == 3
        assert searcher.article(new.id) == new
        assert dict(searcher.outlets()) == {"صحيفة المرفأ": 1, "صَحيفة المرفإ": 1}


def test_putting_twice_before_a_commit_keeps_the_last(tmp_path: Path) -> None:
    first, second = (make_article("same", "عنوان", body) for body in ("نص أول", "نص ثان"))
    with IndexWriter(tmp_path) as writer:
        writer.put(first)
        writer.put(second)
        writer.put(by_name("market"))
        writer.remove(by_name("market").id)
        writer.commit()
    with Searcher.open(tmp_path) as searcher:
        assert searcher.ids() == {second.id}
        assert searcher.article(second.id) == second
        assert searcher.search(Query("أول")).total == 0


def test_a_writer_goes_on_after_a_commit(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        for article in ARTICLES:
            writer.put(article)
            writer.commit()
    assert total(tmp_path, "*") == 5
    assert generations(tmp_path) == ["gen-000004", "gen-000005"]


def test_what_is_present(tmp_path: Path) -> None:
    build(tmp_path, ARTICLES[:1])
    with IndexWriter(tmp_path) as writer:
        assert writer.present() == {ARTICLES[0].id: Revision.of(ARTICLES[0])}
        writer.put(ARTICLES[1])
        both = {article.id: Revision.of(article) for article in ARTICLES[:2]}
        assert writer.present() == both
        assert dict(writer.revisions()) == both
        assert writer.count == len(writer.present()) == 2
        writer.remove(ARTICLES[0].id)
        writer.remove(ARTICLES[1].id)
        assert writer.present() == {}
        assert writer.revision(ARTICLES[0].id) is None


def test_many_are_looked_up_in_one_reading_of_the_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kashaf_index.generations.base._MANY", 2)
    build(tmp_path, ARTICLES[:3])
    with IndexWriter(tmp_path) as writer:
        writer.remove(ARTICLES[1].id)
        for _ in range(3):
            assert writer.revision(ARTICLES[0].id) == Revision.of(ARTICLES[0])
            assert writer.revision(ARTICLES[1].id) is None
            assert writer.revision(ARTICLES[0].id + "x") is None
        writer.remove(ARTICLES[2].id)
        assert writer.present() == {ARTICLES[0].id: Revision.of(ARTICLES[0])}


def test_an_unchanged_index_is_not_written_again(tmp_path: Path) -> None:
    build(tmp_path)
    with IndexWriter(tmp_path) as writer:
        writer.commit()
    assert generations(tmp_path) == ["gen-000001"]


def test_unchanged_segments_are_shared_and_one_older_generation_is_kept(tmp_path: Path) -> None:
    build(tmp_path, ARTICLES[:1])
    (segment,) = (tmp_path / "gen-000001").glob("*.seg")
    build(tmp_path, ARTICLES[1:2])
    linked = tmp_path / "gen-000002" / segment.name
    assert linked.stat().st_ino == segment.stat().st_ino
    build(tmp_path, ARTICLES[2:3])
    assert generations(tmp_path) == ["gen-000002", "gen-000003"]
    assert current_generation(tmp_path).name == "gen-000003"


def test_many_small_commits_stay_few_segments(tmp_path: Path) -> None:
    for number in range(20):
        build(tmp_path, [make_article(f"n{number}", f"عنوان {number}", "نص قصير مشترك")])
    assert len(list(current_generation(tmp_path).glob("*.seg"))) <= 4
    with Searcher.open(tmp_path) as searcher:
        assert searcher.count == 20
        assert searcher.search(Query("مشترك")).total == 20


def test_an_open_searcher_keeps_its_generation(tmp_path: Path) -> None:
    with open_index(tmp_path, ARTICLES[:1]) as searcher:
        for article in ARTICLES[1:]:
            build(tmp_path, [article])
        assert searcher.generation == "gen-000001"
        assert searcher.search(Query("*")).total == 1
        assert searcher.article(ARTICLES[0].id) == ARTICLES[0]
    assert total(tmp_path, "*") == 5


def test_leftovers_of_dead_writers_are_removed(tmp_path: Path) -> None:
    build(tmp_path, ARTICLES[:1])
    part, unpublished = tmp_path / "gen-000002.part", tmp_path / "gen-000003"
    for folder in (part, unpublished):
        folder.mkdir()
        (folder / "rubbish.seg").write_bytes(b"x")
    build(tmp_path, ARTICLES[1:2])
    assert generations(tmp_path) == ["gen-000001", "gen-000002"]
    assert total(tmp_path, "*") == 2


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with IndexWriter(tmp_path), pytest.raises(Locked), IndexWriter(tmp_path):
        pass
    with IndexWriter(tmp_path):
        pass


def test_rebuild_starts_from_nothing(tmp_path: Path) -> None:
    build(tmp_path)
    with IndexWriter(tmp_path, rebuild=True) as writer:
        assert writer.present() == {}
        writer.put(ARTICLES[0])
        writer.commit()
    assert total(tmp_path, "*") == 1
    assert generations(tmp_path) == ["gen-000001", "gen-000002"]


def test_a_damaged_index_is_rebuilt_by_the_next_writer(tmp_path: Path) -> None:
    build(tmp_path)
    (segment,) = current_generation(tmp_path).glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-1])
    with pytest.raises(IndexDamaged):
        Searcher.open(tmp_path)
    with IndexWriter(tmp_path) as writer:
        assert writer.present() == {}
        for article in ARTICLES:
            writer.put(article)
        writer.commit()
    assert total(tmp_path, "*") == 5


def test_another_analysis_means_another_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path)
    monkeypatch.setattr(fingerprint, "LAYOUT", 999)
    with pytest.raises(IndexDamaged, match="another version") as caught:
        Searcher.open(tmp_path)
    assert "--rebuild" in caught.value.cure
    with IndexWriter(tmp_path) as writer:
        assert writer.count == 0


def test_an_index_of_the_earlier_format_is_recognised_and_built_anew(tmp_path: Path) -> None:
    folder = tmp_path / "gen-000041"
    folder.mkdir()
    files = [{"name": "_MAIN_1.toc", "size": 3, "sha256": hashlib.sha256(b"toc").hexdigest()}]
    (folder / "_MAIN_1.toc").write_bytes(b"toc")
    manifest = {"format": 1, "generation": folder.name, "created": "2025-11-01T10:00:00+00:00", "articles": 5}
    data = json.dumps(manifest | {"fingerprint": "3-0123456789abcdef", "files": files}).encode()
    (folder / "manifest.json").write_bytes(data)
    pointer = {"generation": folder.name, "manifest_sha256": hashlib.sha256(data).hexdigest()}
    (tmp_path / "current.json").write_text(json.dumps(pointer))
    with pytest.raises(IndexDamaged, match="earlier version") as caught:
        Searcher.open(tmp_path)
    assert "kashaf index" in caught.value.cure
    build(tmp_path)
    assert total(tmp_path, "*") == 5
    # The one before is kept, whatever it was.
    assert generations(tmp_path) == ["gen-000041", "gen-000042"]


def test_manifest_names_every_file_with_its_hash(tmp_path: Path) -> None:
    build(tmp_path)
    manifest = verify(tmp_path)
    folder = current_generation(tmp_path)
    assert manifest.articles == 5
    assert {file.name for file in manifest.files} | {"manifest.json"} == {
        path.name for path in folder.iterdir()
    }
    for file in manifest.files:
        data = (folder / file.name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file.size, file.sha256)


def test_what_is_not_read_is_hashed_on_demand(tmp_path: Path) -> None:
    build(tmp_path, [make_article("long", "طويل", " ".join(f"كلمة{number}" for number in range(4000)))])
    (segment,) = current_generation(tmp_path).glob("*.seg")
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    Searcher.open(tmp_path).close()
    with pytest.raises(IndexDamaged, match=re.escape(segment.name)):
        verify(tmp_path)


@pytest.mark.parametrize(
    "pointer",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        json.dumps({"generation": "../etc", "manifest_sha256": ""}).encode(),
        b"\xff\xfe",
    ],
)
def test_a_damaged_pointer_is_reported(tmp_path: Path, pointer: bytes) -> None:
    build(tmp_path)
    (tmp_path / "current.json").write_bytes(pointer)
    with pytest.raises(IndexDamaged):
        Searcher.open(tmp_path)


def test_a_file_too_many_is_reported(tmp_path: Path) -> None:
    build(tmp_path)
    (current_generation(tmp_path) / "g9n0.seg").write_bytes(b"")
    with pytest.raises(IndexDamaged):
        Searcher.open(tmp_path)


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    build(tmp_path)
    (segment,) = current_generation(tmp_path).glob("*.seg")
    segment.unlink()
    with pytest.raises(IndexDamaged, match=re.escape(segment.name)):
        Searcher.open(tmp_path)


def test_postings_that_outgrow_memory_are_sorted_on_disk(tmp_path: Path) -> None:
    articles = [
        make_article(f"a{n}", f"خبر {n}", f"فقرة رقم {n} عن ميناء الصيد والسفن {n * 7}.") for n in range(60)
    ]
    with IndexWriter(tmp_path, memory=1) as writer:
        for article in articles:
            writer.put(article)
        writer.commit()
    with Searcher.open(tmp_path) as searcher:
        assert searcher.search(Query("ميناء السفن")).total == 60
        assert searcher.search(Query("329")).total == 1


def test_readers_come_and_go_while_a_writer_works(tmp_path: Path) -> None:
    """Whatever generation a reader gets, it is whole; and each reader gets one at least as new as the last."""
    articles = [make_article(f"n{number}", f"عنوان {number}", "نص قصير مشترك") for number in range(20)]
    build(tmp_path, articles[:1])
    failed: list[BaseException] = []

    def write() -> None:
        try:
            for article in articles[1:]:
                build(tmp_path, [article])
        except BaseException as error:  # told below
            failed.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    counts: list[int] = []
    try:
        while writer.is_alive():
            with Searcher.open(tmp_path) as searcher:
                ids = searcher.ids()
                assert set(searcher.matching_ids(Query("مشترك"))) == ids
                assert ids == {article.id for article in articles[: len(ids)]}
                counts.append(len(ids))
    finally:
        writer.join()
    assert failed == []
    assert counts == sorted(counts)
    assert len(set(counts)) > 3
    assert total(tmp_path, "مشترك") == 20


# Deletions


def test_deletions_are_written_beside_the_segment_they_are_of(tmp_path: Path) -> None:
    articles = [make_article(f"n{number}", f"عنوان {number}", "نص قصير مشترك") for number in range(9)]
    build(tmp_path, articles)
    (segment,) = current_generation(tmp_path).glob("*.seg")
    names: list[str] = []
    for number in range(3):
        with IndexWriter(tmp_path) as writer:
            writer.remove(articles[number].id)
            writer.commit()
        folder = current_generation(tmp_path)
        assert (folder / segment.name).stat().st_ino == segment.stat().st_ino
        (deletions,) = folder.glob("*.del")
        names.append(deletions.name)
        with Searcher.open(tmp_path) as searcher:
            assert searcher.ids() == {article.id for article in articles[number + 1 :]}
            assert searcher.search(Query("مشترك")).total == searcher.count == 8 - number
        segment = folder / segment.name
    assert len(set(names)) == 3
    # What did not change is not written again.
    build(tmp_path, [make_article("more", "مزيد", "نص")])
    assert (current_generation(tmp_path) / names[-1]).stat().st_nlink == 2


def test_a_segment_that_is_mostly_deleted_is_written_again(tmp_path: Path) -> None:
    articles = [make_article(f"n{number}", f"عنوان {number}", "نص قصير مشترك") for number in range(9)]
    build(tmp_path, articles)
    with IndexWriter(tmp_path) as writer:
        for article in articles[:5]:
            writer.remove(article.id)
        writer.commit()
    (segment,) = verify(tmp_path).segments
    assert (segment.documents, segment.deleted, segment.deletions) == (4, 0, "")
    with IndexWriter(tmp_path) as writer:
        for article in articles[5:]:
            writer.remove(article.id)
        writer.commit()
        assert writer.count == 0
    assert verify(tmp_path).segments == ()
    assert total(tmp_path, "*") == 0
    build(tmp_path, articles[:1])
    assert total(tmp_path, "مشترك") == 1


def test_an_article_put_many_times_before_a_commit_is_there_once(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        for number in range(5):
            writer.put(make_article("same", "عنوان", f"نص عدد{number}"))
            writer.put(make_article("gone", "عنوان", f"نص عدد{number}"))
        writer.remove(make_article("gone", "", "").id)
        assert writer.count == 1
        writer.commit()
        writer.put(make_article("same", "عنوان", "نص أخير"))
        writer.commit()
    with Searcher.open(tmp_path) as searcher:
        assert [searcher.search(Query(text)).total for text in ("نص", "عدد4", "أخير")] == [1, 0, 1]


# Several processes, and what is told


@pytest.mark.parametrize("jobs", [1, 2])
def test_processes_that_write_give_the_same_answers(
    tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kashaf_index.generations.feeding.POOL_FROM", 10)
    monkeypatch.setattr("kashaf_index.bulk.jobs._BATCH", 3000)
    articles = [make_article(f"n{n}", f"عنوان {n}", f"نص مشترك رقم {n} في الميناء") for n in range(40)]
    with IndexWriter(tmp_path, jobs=jobs) as writer:
        for article in articles:
            writer.put(article)
        for article in articles[::4]:
            writer.put(replace(article, stamp="again"))
        for article in articles[1::4]:
            writer.remove(article.id)
        told: list[Writing] = []
        writer.commit(told.append)
    kept = {article.id for n, article in enumerate(articles) if n % 4 != 1}
    assert len(verify(tmp_path).segments) == jobs
    with Searcher.open(tmp_path) as searcher:
        assert searcher.ids() == kept
        assert set(searcher.matching_ids(Query("الميناء"))) == kept
    with IndexWriter(tmp_path) as writer:
        assert {one for one, made in writer.revisions() if made.stamp} == {one.id for one in articles[::4]}
    steps = [one.step for one in told]
    assert list(dict.fromkeys(steps)) == ["postings", "manifest", "cleaning"]
    last = [one for one in told if one.step == "postings"][-1]
    assert (last.articles, last.of_articles) == (50, 50)
    assert last.bytes == last.of_bytes > 50 * 100


def test_a_writing_process_that_is_killed_costs_nothing_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, ARTICLES[:2])
    monkeypatch.setattr("kashaf_index.generations.feeding.POOL_FROM", 2)
    writer = IndexWriter(tmp_path, jobs=2)

    def work() -> None:
        with writer:
            for article in ARTICLES[2:]:
                writer.put(article)
            for child in multiprocessing.active_children():
                child.kill()
            writer.commit()

    with pytest.raises(KashafError, match="killed") as caught:
        work()
    assert "--jobs 1" in caught.value.cure
    assert generations(tmp_path) == ["gen-000001"]
    with Searcher.open(tmp_path) as searcher:
        assert searcher.ids() == {article.id for article in ARTICLES[:2]}


def test_merging_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[Writing] = []
    for number in range(5):
        with IndexWriter(tmp_path) as writer:
            writer.put(make_article(f"n{number}", "عنوان", "نص"))
            told.clear()
            writer.commit(told.append)
    merging = [one for one in told if one.step == "merging"]
    assert (merging[0].articles, merging[0].bytes) == (0, 0)
    assert (merging[-1].articles, merging[-1].of_articles) == (5, 5)
    assert merging[-1].bytes == merging[-1].of_bytes > 0
    assert [one.articles for one in merging] == sorted(one.articles for one in merging)


def test_merging_can_be_held_back(tmp_path: Path) -> None:
    for number in range(7):
        with IndexWriter(tmp_path, merging=False) as writer:
            writer.put(make_article(f"n{number}", "عنوان", "نص"))
            writer.commit()
    assert len(verify(tmp_path).segments) == 7
