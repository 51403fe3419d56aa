from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from tests.index_corpus import ARTICLES, build, by_name, make_article, open_index

from kashaf.errors import IndexDamaged, IndexMissing, Locked
from kashaf_index import build as building
from kashaf_index import opening, schema
from kashaf_index.build import IndexWriter
from kashaf_index.model import Query
from kashaf_index.opening import current_generation, verify
from kashaf_index.reading import Revision
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
        assert writer.present().keys() == {ARTICLES[0].id, ARTICLES[1].id}
        assert writer.count == 2


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


def test_without_hard_links_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, ARTICLES[:1])

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    build(tmp_path, ARTICLES[1:2])
    assert total(tmp_path, "*") == 2


def test_many_small_commits_stay_few_segments(tmp_path: Path) -> None:
    for number in range(20):
        build(tmp_path, [make_article(f"n{number}", f"عنوان {number}", "نص قصير مشترك")])
    assert len(list(current_generation(tmp_path).glob("*.seg"))) <= 7
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
    monkeypatch.setattr(schema, "LAYOUT", 999)
    with pytest.raises(IndexDamaged, match="another version") as caught:
        Searcher.open(tmp_path)
    assert "--rebuild" in caught.value.cure


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


def test_large_generations_are_hashed_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path)
    (segment,) = current_generation(tmp_path).glob("*.seg")
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    monkeypatch.setattr(opening, "HASH_LIMIT", 10)
    Searcher.open(tmp_path).close()
    with pytest.raises(IndexDamaged):
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
    # Whoosh would take the table of contents with the highest number.
    (current_generation(tmp_path) / "_MAIN_99.toc").write_bytes(b"")
    with pytest.raises(IndexDamaged):
        Searcher.open(tmp_path)


def test_postings_that_outgrow_memory_are_sorted_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_POOL_MB", 0.01)
    articles = [
        make_article(f"a{n}", f"خبر {n}", f"فقرة رقم {n} عن ميناء الصيد والسفن {n * 7}.") for n in range(60)
    ]
    with open_index(tmp_path, articles) as searcher:
        assert searcher.search(Query("ميناء السفن")).total == 60
        assert searcher.search(Query("329")).total == 1
