"""Files whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
from typing import TYPE_CHECKING

import pytest
from tests.notes_support import Counter, failing

from kashaf.errors import BadInput, DiskTrouble
from kashaf.storage import atomic, syscalls

if TYPE_CHECKING:
    from pathlib import Path


def test_write_puts_the_bytes_there_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "ملاحظات.json"
    atomic.write_bytes(path, b"one")
    atomic.write_bytes(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_order_is_create_write_fsync_replace_fsync_dir(tmp_path: Path) -> None:
    counter = Counter()
    with syscalls.watched(counter):
        atomic.write_bytes(tmp_path / "a", b"x")
    assert [call.name for call in counter.calls] == ["create", "write", "fsync", "replace", "fsync_dir"]
    assert counter.calls[3].path == counter.calls[0].path
    assert counter.calls[3].other == str(tmp_path / "a")
    assert counter.calls[4].path == str(tmp_path)


def test_a_large_file_is_written_in_pieces(tmp_path: Path) -> None:
    counter = Counter()
    data = bytes(range(256)) * (syscalls.CHUNK // 128)
    with syscalls.watched(counter):
        atomic.write_bytes(tmp_path / "a", data)
    pieces = [call.data for call in counter.calls if call.name == "write"]
    assert len(pieces) == 2
    assert b"".join(pieces) == data == (tmp_path / "a").read_bytes()


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("fail_at", [1, 2, 3, 4])
def test_a_failure_before_the_end_leaves_the_old_file_and_no_litter(
    tmp_path: Path, fail_at: int, error: int
) -> None:
    path = tmp_path / "notes.json"
    atomic.write_bytes(path, b"old")
    with failing(fail_at, error), pytest.raises(DiskTrouble) as caught:
        atomic.write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    assert caught.value.where == str(path)
    assert caught.value.cure


def test_an_interrupt_leaves_no_litter(tmp_path: Path) -> None:
    def interrupt(call: syscalls.Call) -> None:
        if call.name == "fsync":
            raise KeyboardInterrupt

    with syscalls.watched(interrupt), pytest.raises(KeyboardInterrupt):
        atomic.write_bytes(tmp_path / "a", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_symbolic_link_is_refused_and_its_goal_untouched(tmp_path: Path) -> None:
    goal = tmp_path / "goal"
    goal.write_bytes(b"precious")
    link = tmp_path / "link"
    link.symlink_to(goal)
    with pytest.raises(DiskTrouble, match="symbolic link"):
        atomic.write_bytes(link, b"x")
    with pytest.raises(DiskTrouble):
        atomic.append_line(link, "x")
    assert goal.read_bytes() == b"precious"


def test_a_folder_in_the_place_is_disk_trouble(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(DiskTrouble):
        atomic.write_bytes(tmp_path / "a", b"x")
    with pytest.raises(DiskTrouble):
        atomic.write_bytes(tmp_path / "missing" / "a", b"x")


def test_write_text_refuses_half_a_character_before_it_touches_anything(tmp_path: Path) -> None:
    counter = Counter()
    with syscalls.watched(counter), pytest.raises(BadInput, match="half a character at 2"):
        atomic.write_text(tmp_path / "a", "نص\ud800")
    assert counter.calls == []
    atomic.write_text(tmp_path / "a", "نصّ")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "نصّ"


def test_read_bytes_knows_absence_and_limits(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert atomic.read_bytes(path) is None
    path.write_bytes(b"12345")
    assert atomic.read_bytes(path, limit=5) == b"12345"
    with pytest.raises(BadInput, match="over 4 bytes"):
        atomic.read_bytes(path, limit=4)
    with pytest.raises(DiskTrouble):
        atomic.read_bytes(tmp_path)


@pytest.mark.parametrize(
    ("refusal", "calls"),
    [(None, ["full"]), (errno.ENOTSUP, ["full", "plain"]), (errno.EINVAL, ["full", "plain"])],
)
def test_on_macos_the_drive_is_told_to_flush(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int | None, calls: list[str]
) -> None:
    made: list[str] = []

    def control(descriptor: int, command: int) -> int:
        assert command == 51
        made.append("full")
        if refusal is not None:
            raise OSError(refusal, "no")
        return 0

    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", control)
    monkeypatch.setattr(os, "fsync", lambda descriptor: made.append("plain"))
    atomic.write_bytes(tmp_path / "a", b"x")
    assert made == calls * 2  # the file, then its folder


def test_append_makes_the_journal_and_its_name_durable(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    counter = Counter()
    with syscalls.watched(counter):
        atomic.append_line(path, "أول")
        atomic.append_line(path, "ثان")
    assert [call.name for call in counter.calls] == [
        *("append", "write", "fsync", "fsync_dir"),
        *("append", "write", "fsync"),
    ]
    assert atomic.read_journal(path) == atomic.Journal(("أول".encode(), "ثان".encode()))


def test_append_ends_a_torn_line_first(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"whole\ntor")
    assert atomic.read_journal(path) == atomic.Journal((b"whole",), b"tor")
    atomic.append_line(path, "next")
    assert atomic.read_journal(path).lines == (b"whole", b"tor", b"next")


def test_append_cuts_back_what_a_full_disk_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journal.jsonl"
    atomic.append_line(path, "whole")
    monkeypatch.setattr(syscalls, "CHUNK", 3)
    with failing(3, errno.ENOSPC), pytest.raises(DiskTrouble, match="No space"):
        atomic.append_line(path, "never there")
    assert path.read_bytes() == b"whole\n"
    with pytest.raises(ValueError, match="line break"):
        atomic.append_line(path, "two\nlines")
    assert atomic.read_journal(tmp_path / "none") == atomic.Journal(())


def test_ensure_dir_makes_every_parent_durable(tmp_path: Path) -> None:
    counter = Counter()
    with syscalls.watched(counter):
        atomic.ensure_dir(tmp_path / "a" / "b")
        atomic.ensure_dir(tmp_path / "a" / "b")
    assert [(call.name, call.path) for call in counter.calls] == [
        ("mkdir", str(tmp_path / "a")),
        ("fsync_dir", str(tmp_path)),
        ("mkdir", str(tmp_path / "a" / "b")),
        ("fsync_dir", str(tmp_path / "a")),
    ]
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskTrouble):
        atomic.ensure_dir(tmp_path / "file")


def test_sweep_takes_what_killed_writes_left_and_nothing_else(tmp_path: Path) -> None:
    names = [".notes.json.0a1b2c3d.tmp", ".other.json.0a1b2c3d.tmp", "notes.json", "x.tmp"]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    atomic.sweep(tmp_path, "notes.json")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[1:])


def test_fsync_tree_reaches_every_file_and_folder(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_bytes(b"x")
    counter = Counter()
    with syscalls.watched(counter):
        atomic.fsync_tree(tmp_path / "a")
    assert [(call.name, call.path) for call in counter.calls] == [
        ("fsync", str(tmp_path / "a" / "b" / "file")),
        ("fsync_dir", str(tmp_path / "a" / "b")),
        ("fsync_dir", str(tmp_path / "a")),
    ]
    with pytest.raises(DiskTrouble):
        atomic.fsync_tree(tmp_path / "missing")


def test_replace_directory_swaps_and_removes_the_old_one(tmp_path: Path) -> None:
    staged, goal = tmp_path / "staged", tmp_path / "goal"
    for folder, content in ((staged, b"new"), (goal, b"old")):
        (folder / "sub").mkdir(parents=True)
        (folder / "sub" / "file").write_bytes(content)
    (goal / "link").symlink_to(tmp_path / "outside")
    (tmp_path / "outside").write_bytes(b"kept")
    atomic.replace_directory(staged, goal)
    assert (goal / "sub" / "file").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["goal", "outside"]


def test_replace_directory_puts_the_old_one_back_when_it_fails(tmp_path: Path) -> None:
    staged, goal = tmp_path / "staged", tmp_path / "goal"
    staged.mkdir()
    goal.mkdir()
    (goal / "file").write_bytes(b"old")
    with failing(3), pytest.raises(DiskTrouble):  # fsync_dir, replace aside, replace in
        atomic.replace_directory(staged, goal)
    assert (goal / "file").read_bytes() == b"old"
    assert staged.is_dir()


def test_bytes_are_added_behind_what_counts(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    atomic.append_bytes(path, b"one\n", at=0)
    path.write_bytes(b"one\ntor")
    atomic.append_bytes(path, b"two\n", at=4)
    assert path.read_bytes() == b"one\ntwo\n"
    with pytest.raises(DiskTrouble, match="cut short"):
        atomic.append_bytes(path, b"three\n", at=9)
    for number, _ in enumerate(("append", "write", "fsync"), 1):
        with failing(number), pytest.raises(DiskTrouble):
            atomic.append_bytes(path, b"three\n", at=8)
        assert path.read_bytes() == b"one\ntwo\n"
