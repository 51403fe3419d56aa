"""What a segment's builder does at its bounds: nothing, much, cuts, a disk that is full."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from tests.bulk_support import build, entry, mask, model, read

from kashaf.errors import DiskTrouble, IndexDamaged
from kashaf.storage import syscalls
from kashaf.storage.syscalls import Call
from kashaf_index.bulk import builder, memo
from kashaf_index.bulk.builder import Entry, SegmentBuilder
from kashaf_index.bulk.merging import merge
from kashaf_index.codec.segment import SegmentFile

_SENTENCE = "قالت وكالة سانا إن قوات سوريا الديمقراطية «قسد» أعلنت في الرقة فتح 3 معابر، وأكد مسؤولون ذلك."


def _texts(count: int) -> list[Entry]:
    others: list[dict[str, object]] = [
        {"title": "عنوان أول", "author": "سارة", "outlet": "عنب بلدي", "language": "ar", "date": 20240105},
        {"title": "", "outlet": "عنب  بَلَدي", "language": "ar", "member": "ص/١.html"},
        {"title": _SENTENCE, "outlet": "", "stamp": "x", "scope": "y"},
    ]
    return [
        entry(number, f"{_SENTENCE} {number} " * (number % 5), others[number % 3]) for number in range(count)
    ]


def test_no_entries_make_a_segment_of_none(tmp_path: Path) -> None:
    written = build(tmp_path / "none.seg", [])
    assert (tmp_path / "none.seg").stat().st_size == written.size
    plain = read(tmp_path / "none.seg")
    assert (plain.words, plain.stored, plain.ids) == ([], [], [])
    assert set(plain.postings) == {"text", "lead", "title", "author", "outlet", "language"}


def test_merging_nothing_makes_a_segment_of_none(tmp_path: Path) -> None:
    build(tmp_path / "one.seg", _texts(3))
    with SegmentFile.open(tmp_path / "one.seg") as file:
        merge([(file, mask(3, [0, 1, 2]))], tmp_path / "none.seg", 1 << 20)
    merge([], tmp_path / "nothing.seg", 1 << 20)
    build(tmp_path / "empty.seg", [])
    assert read(tmp_path / "none.seg") == read(tmp_path / "nothing.seg") == read(tmp_path / "empty.seg")


def test_outlets_are_found_by_what_their_spellings_share(tmp_path: Path) -> None:
    entries = _texts(6)
    build(tmp_path / "one.seg", entries)
    with SegmentFile.open(tmp_path / "one.seg") as file:
        number = file.dictionary("outlet").find("عنب بلدي".encode())
        postings = file.postings("outlet")
        assert postings is not None
        assert postings.chunk(number, number + 1).docs.tolist() == [0, 1, 3, 4]
        ordinals, names = file.names("outlet")
        assert [names[ordinal] for ordinal in ordinals.tolist()] == [one.outlet for one in entries]


def test_more_positions_than_16_bits_hold(tmp_path: Path) -> None:
    words = 70_000
    entries = [entry(1, "قصير"), entry(2, "في " * words + "قسد", {"title": "في " * words})]
    build(tmp_path / "one.seg", entries)
    assert read(tmp_path / "one.seg") == model(entries)
    with SegmentFile.open(tmp_path / "one.seg") as file:
        assert file.numbers("length").tolist() == [1, words + 1]
        assert file.numbers("title_length").tolist() == [0, 0xFFFF]


def test_an_article_over_several_runs_is_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "PIECE", 100)
    monkeypatch.setattr(builder, "BATCH", 50)
    entries = [entry(1, "قبله قسد"), entry(2, f"{_SENTENCE}\n" * 40), entry(3, "بعده قسد")]
    created: list[str] = []
    with syscalls.watched(lambda call: created.append(call.path) if call.name == "create" else None):
        build(tmp_path / "one.seg", entries, memory=1)
    assert len([path for path in created if path.endswith(".run")]) > 20
    assert read(tmp_path / "one.seg") == model(entries)


def test_a_long_word_is_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "PIECE", 10)
    entries = [entry(1, f"{'ا' * 35} b{'ـ' * 30}b {'é' * 100}،x{'1' * 40}"), entry(2, "ا" * 500)]
    build(tmp_path / "one.seg", entries)
    assert read(tmp_path / "one.seg") == model(entries)


def test_a_full_vocabulary_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "LIMIT", 30)
    monkeypatch.setattr(builder, "BATCH", 60)
    first = memo.shared()
    entries = [entry(number, " ".join(f"w{number}x{word}" for word in range(40))) for number in range(6)]
    build(tmp_path / "one.seg", entries)
    assert memo.shared() is not first
    assert len(memo.shared()) < 30 + 40
    assert read(tmp_path / "one.seg") == model(entries)


def test_more_articles_than_a_run_numbers(tmp_path: Path) -> None:
    # Between them nothing that would fill a buffer.
    places = [0, 1, 65_535, 65_536, 65_540, 131_100]
    empty, full = entry(1, ""), entry(2, "قسد")
    build(tmp_path / "one.seg", [full if number in places else empty for number in range(places[-1] + 1)])
    with SegmentFile.open(tmp_path / "one.seg") as file:
        assert file.size == places[-1] + 1
        postings = file.postings("text")
        assert postings is not None
        assert postings.chunk(0, 1).docs.tolist() == places


def test_progress_ends_where_all_is_done(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    one = SegmentBuilder(tmp_path / "one.seg", tmp_path, 1 << 20)
    for number in range(20):
        one.add(entry(number, _SENTENCE))
    one.finish(lambda done, total: told.append((done, total)))
    assert told
    assert all(done <= total for done, total in told)
    assert told[-1][0] == told[-1][1] > 0


def test_hashes_that_are_none_are_refused_whole(tmp_path: Path) -> None:
    one = SegmentBuilder(tmp_path / "one.seg", tmp_path, 1 << 20)
    good = entry(1, _SENTENCE)
    for wrong in ("abc", "zz" * 32, "00" * 31):
        bad = Entry(**{name: getattr(good, name) for name in good.__slots__} | {"raw_sha256": wrong})
        with pytest.raises(ValueError, match=r".+"):
            one.add(bad)
    one.add(good)
    one.finish()
    assert read(tmp_path / "one.seg") == model([good])


def test_nothing_is_left_of_what_is_abandoned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "BATCH", 50)
    one = SegmentBuilder(tmp_path / "one.seg", tmp_path, 1)
    for number in range(5):
        one.add(entry(number, _SENTENCE))
    assert list(tmp_path.glob("*.run"))
    one.abandon()
    one.abandon()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_any_call_is_trouble_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(builder, "BATCH", 200)
    entries = _texts(12)
    failed = 0
    for point in range(10_000):
        left = point

        def fail(call: Call) -> None:
            nonlocal left
            if call.name in {"create", "write", "fsync", "replace"}:
                if left == 0:
                    raise OSError(code, os.strerror(code), call.path)
                left -= 1

        folder = tmp_path / str(point)
        folder.mkdir()
        caught: list[DiskTrouble] = []
        try:
            with syscalls.watched(fail):
                build(folder / "one.seg", entries, memory=3000)
        except DiskTrouble as trouble:
            caught.append(trouble)
        if not caught:
            break
        failed += 1
        assert caught[0].cure
        assert list(folder.iterdir()) == []
    assert failed > 20
    assert read(folder / "one.seg") == model(entries)


def test_a_run_cut_short_by_someone_is_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "BATCH", 50)
    one = SegmentBuilder(tmp_path / "one.seg", tmp_path, 1)
    for number in range(5):
        one.add(entry(number, _SENTENCE))
    run = next(tmp_path.glob("*.run"))
    os.truncate(run, run.stat().st_size - 1)
    with pytest.raises(DiskTrouble):
        one.finish()
    assert list(tmp_path.iterdir()) == []


def test_stored_articles_are_copied_as_they_are(tmp_path: Path) -> None:
    entries = [entry(number, f"{_SENTENCE} {number}") for number in range(1000)]
    build(tmp_path / "one.seg", entries[:600])
    build(tmp_path / "two.seg", entries[600:])
    deleted = np.arange(600) % 7 == 0
    with SegmentFile.open(tmp_path / "one.seg") as one, SegmentFile.open(tmp_path / "two.seg") as two:
        merge([(one, deleted), (two, None)], tmp_path / "all.seg", 1)
    left = [each for number, each in enumerate(entries) if number >= 600 or not deleted[number]]
    assert read(tmp_path / "all.seg") == model(left)


def test_a_damaged_source_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    entries = _texts(60)
    build(tmp_path / "one.seg", entries)
    good = (tmp_path / "one.seg").read_bytes()
    told = 0
    for place in range(64, len(good), len(good) // 40):
        folder = tmp_path / str(place)
        folder.mkdir()
        bad = bytearray(good)
        bad[place] ^= 4
        (folder / "bad.seg").write_bytes(bad)
        try:
            with SegmentFile.open(folder / "bad.seg") as file:
                merge([(file, None)], folder / "all.seg", 1 << 20)
        except IndexDamaged:
            told += 1
            left = {path.name for path in folder.iterdir()}
            assert left == {"bad.seg"}
        else:
            # What was flipped is made anew: padding, the order of ids.
            assert read(folder / "all.seg") == model(entries)
    assert told > 20
