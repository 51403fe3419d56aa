"""Dated copies: which are made, which stay, which is the newest that is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.notes_support import failing

from kashaf.storage import backup

if TYPE_CHECKING:
    from pathlib import Path


def test_a_copy_is_made_once_for_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    assert backup.rotate(path) is None
    path.write_bytes(b"one")
    first = backup.rotate(path)
    assert first is not None
    assert first.parent == tmp_path / "backups"
    assert backup.rotate(path) == first
    path.write_bytes(b"two")
    second = backup.rotate(path)
    assert [copy.path for copy in backup.copies(path)] == [second, first]
    assert first.read_bytes() == b"one"


def test_no_more_than_ten_stay_and_the_newest_among_them(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    for number in range(25):
        path.write_bytes(b"%d" % number)
        backup.rotate(path)
    copies = backup.copies(path)
    assert [copy.path.read_bytes() for copy in copies] == [b"%d" % number for number in range(24, 14, -1)]


def test_a_busy_hour_does_not_push_out_the_days_before(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    folder = tmp_path / "backups"
    folder.mkdir()
    for number, day in enumerate(["20250101", "20250101", "20250102", "20250103"], 1):
        (folder / f"notes-{number:06}-{day}T120000Z.json").write_bytes(b"")
    for number in range(30):
        path.write_bytes(b"%d" % number)
        backup.rotate(path)
    copies = backup.copies(path)
    assert len(copies) == 10
    assert {copy.day for copy in copies} >= {"20250101", "20250102", "20250103"}
    assert [copy.number for copy in copies if copy.day == "20250101"] == [2]


def test_the_order_stands_when_the_clock_was_set_back(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "notes-000007-29990101T000000Z.json").write_bytes(b"old")
    path = tmp_path / "notes.json"
    path.write_bytes(b"new")
    fresh = backup.rotate(path)
    assert [copy.number for copy in backup.copies(path)] == [8, 7]
    assert backup.newest_good(path, bool) == fresh


def test_newest_good_passes_over_what_is_not(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    for content in (b"good 1", b"good 2", b"bad"):
        path.write_bytes(content)
        backup.rotate(path)
    copies = backup.copies(path)
    (tmp_path / "backups" / "notes-000009-20250101T000000Z.json").mkdir()
    assert backup.newest_good(path, lambda data: data.startswith(b"good")) == copies[1].path
    assert backup.newest_good(path, lambda data: False) is None


def test_files_of_others_are_not_touched(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("notes-old.json", "notes-1-20250101T000000Z.json", "other-000001-20250101T000000Z.json"):
        (folder / name).write_bytes(b"")
    path = tmp_path / "notes.json"
    for number in range(12):
        path.write_bytes(b"%d" % number)
        backup.rotate(path, keep=2)
    assert len(list(folder.iterdir())) == 5


def test_what_a_killed_rotation_left_goes_with_the_next(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_bytes(b"x")
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / ".notes-000001-20250101T000000Z.json.0a1b2c3d.tmp").write_bytes(b"")
    with failing(0) as counter:
        fresh = backup.rotate(path)
    assert list((tmp_path / "backups").iterdir()) == [fresh]
    assert "unlink" in [call.name for call in counter.calls]


def test_the_newest_copy_is_known_by_its_size_and_first_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_bytes(b"hash 1\none\n")
    assert not backup.holds(path)
    backup.rotate(path)
    assert backup.holds(path)
    path.write_bytes(b"hash 2\none\n")
    assert not backup.holds(path)
    path.write_bytes(b"hash 1\nlonger\n")
    assert not backup.holds(path)
