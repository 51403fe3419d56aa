"""The journal beside the notes file: what it keeps, what of it may be lost, and what is damage and said so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from tests.notes_support import Counter, failing, note, target

from kashaf.errors import DiskTrouble
from kashaf.notes import identity, reading, storage_tinydb
from kashaf.notes.file_format import header, is_good
from kashaf.notes.storage_tinydb import NotesDamaged
from kashaf.notes.store import NoteStore
from kashaf.storage import backup, syscalls
from kashaf_tui.commands.notes.using import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashaf_tui.session import Session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes" / "notes.json"


def journal(path: Path) -> Path:
    return path.with_suffix(".journal")


def bodies(path: Path) -> list[str]:
    with NoteStore.open(path, read_only=True) as store:
        return [one.body for one in store.notes()]


def leave(store: NoteStore) -> None:
    """As a process that is killed leaves it: nothing is closed, and the lock goes with the process."""
    assert store._lock is not None
    store._lock._lock.release()


def left(path: Path, *texts: str) -> None:
    """A file with `first` in it, and a journal that was left with the others."""
    store = NoteStore.open(path)
    for text in ("first", *texts):
        store.add(target(), body=text)
    leave(store)


def test_a_change_is_one_line_and_one_fsync(path: Path) -> None:
    with NoteStore.open(path) as store:
        store.add(target(), body="first")
        store.add(target(), body="second")
        before = path.read_bytes()
        for change in (
            lambda: store.edit(store.notes()[0].id, body="معدل"),
            lambda: store.retag([one.id for one in store.notes()], add=["نقل"]),
            store.undo,
        ):
            counter = Counter()
            with syscalls.watched(counter):
                change()
            assert [call.name for call in counter.calls] == ["append", "write", "fsync"]
        assert path.read_bytes() == before
        lines = journal(path).read_bytes().splitlines()
        told = [json.loads(line.split(b" ", 1)[1]) for line in lines]
        assert [one["n"] for one in told] == [2, 3, 4, 5]
        assert [one["after"] for one in told[1:]] == [line[:32].decode() for line in lines[:-1]]
    assert not journal(path).exists()
    assert header(path.read_bytes())["sequence"] == 5
    assert bodies(path) == ["معدل", "second"]


def test_what_a_killed_process_left_is_there_and_is_put_away(path: Path) -> None:
    left(path, "second", "third")
    assert bodies(path) == ["first", "second", "third"]
    with NoteStore.open(path) as store:
        assert not journal(path).exists()
        assert store.notices == ()
        change = store.next_undo
        assert change is not None
        assert (change.what, len(change.note_ids)) == ("add", 1)
    assert backup.copies(path)[0].path.read_bytes() == path.read_bytes()


def test_a_journal_that_has_grown_is_put_away_in_the_midst(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_tinydb, "JOURNAL_BYTES", 20_000)
    sizes = []
    with NoteStore.open(path) as store:
        for number in range(40):
            store.add(target(), body=str(number))
            sizes.append(journal(path).stat().st_size if journal(path).exists() else 0)
    assert max(sizes) < 25_000
    assert sizes.count(0) >= 2
    assert len(bodies(path)) == 40


TORN: dict[str, Callable[[bytes], bytes]] = {
    "a part of a line": lambda data: data[: data.rindex(b"{")],
    "without its end": lambda data: data[:-1],
    "zeros": lambda data: b"\0" * 600,
    "zeros in it": lambda data: data[:50] + b"\0" * 100 + data[150:],
    "a letter": lambda data: b"3",
}


@pytest.mark.parametrize("tear", TORN)
def test_a_torn_last_line_was_never_confirmed_and_is_said(path: Path, tear: str) -> None:
    left(path, "second", "third")
    lines = journal(path).read_bytes().splitlines(keepends=True)
    journal(path).write_bytes(lines[0] + TORN[tear](lines[1]))
    assert bodies(path) == ["first", "second"]
    with NoteStore.open(path) as store:
        assert "was cut off" in store.notices[0]
        store.add(target(), body="fourth")
    assert bodies(path) == ["first", "second", "fourth"]


DAMAGE: dict[str, Callable[[list[bytes]], bytes]] = {
    "a line is gone": lambda lines: lines[0] + lines[2],
    "the first is gone": lambda lines: lines[1] + lines[2],
    "two are exchanged": lambda lines: lines[1] + lines[0] + lines[2],
    "one twice": lambda lines: lines[0] + lines[0] + lines[1],
    "a letter": lambda lines: lines[0] + lines[1].replace(b"third", b"thirD") + lines[2],
    "a line between": lambda lines: lines[0] + b"hello\n" + lines[1] + lines[2],
    "BOM": lambda lines: b"\xef\xbb\xbf" + b"".join(lines),
    "CRLF": lambda lines: b"".join(lines).replace(b"\n", b"\r\n"),
    "a line after": lambda lines: b"".join(lines) + b"hello\n",
    "zeros in the midst": lambda lines: lines[0] + b"\0" * len(lines[1]) + b"\n" + lines[2],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_kept_aside_and_restored_as_far_as_it_is_whole(path: Path, damage: str) -> None:
    left(path, "second", "third", "fourth")
    lines = journal(path).read_bytes().splitlines(keepends=True)
    bad = DAMAGE[damage](lines)
    journal(path).write_bytes(bad)
    whole = path.read_bytes()
    for _ in range(2):
        with pytest.raises(NotesDamaged, match="the journal of the notes is damaged") as caught:
            NoteStore.open(path)
    assert (path.read_bytes(), journal(path).read_bytes()) == (whole, bad)
    assert "`kashaf notes restore`" in caught.value.cure
    assert caught.value.aside == path.with_name("notes.journal.damaged-1")
    with pytest.raises(NotesDamaged):
        NoteStore.open(path, read_only=True)
    restored = NoteStore.restore_backup(path)
    assert restored.backup == path
    assert not journal(path).exists()
    kept = path.with_name("notes.journal.damaged-1")
    assert kept.read_bytes() == bad
    # Of what stands in the lines that are whole nothing is lost.
    found = bodies(path)
    assert found[0] == "first"
    assert {text for text in ("second", "third", "fourth") if text.encode() in bad} <= set(found)
    if damage in ("BOM", "CRLF"):
        assert restored.lost == 0
    with NoteStore.open(path) as store:
        store.add(target(), body="more")
    assert bodies(path)[-1] == "more"


def test_the_journal_of_another_file_is_not_taken_for_ours(path: Path, tmp_path: Path) -> None:
    left(path, "second")
    other = tmp_path / "other" / "notes.json"
    left(other, "theirs", "theirs too")
    journal(path).write_bytes(journal(other).read_bytes())
    with pytest.raises(NotesDamaged, match="another notes file"):
        NoteStore.open(path)
    assert NoteStore.restore_backup(path).changes == 0
    assert bodies(path) == ["first"]


def test_a_journal_beside_a_file_from_elsewhere_that_is_further_on_is_kept(
    path: Path, tmp_path: Path
) -> None:
    left(path, "second")
    orphaned = journal(path).read_bytes()
    other = tmp_path / "other" / "notes.json"
    with NoteStore.open(other) as store:
        for number in range(4):
            store.add(target(), body=f"theirs {number}")
    path.write_bytes(other.read_bytes())
    with NoteStore.open(path) as store:
        assert len(store) == 4
        (kept,) = store.displaced
    assert kept.read_bytes() == orphaned
    assert not journal(path).exists()
    with NoteStore.open(path) as store:
        assert store.displaced == ()


def test_a_folder_copied_while_a_session_put_its_journal_away_loses_nothing(path: Path) -> None:
    with NoteStore.open(path) as store:
        store.add(target(), body="first")
    before = path.read_bytes()
    with NoteStore.open(path) as store:
        store.add(target(), body="second")
    left(path, "third")
    path.write_bytes(before)  # copied first; the backups and the journal after the second session
    with pytest.raises(NotesDamaged, match="is missing"):
        NoteStore.open(path)
    restored = NoteStore.restore_backup(path)
    assert restored.lost == 0
    assert bodies(path) == ["first", "second", "first", "third"]
    assert before in [copy.path.read_bytes() for copy in backup.copies(path)]


def test_what_could_not_be_read_again_is_not_confirmed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage_tinydb, "MAX_BYTES", 6000)
    monkeypatch.setattr(reading, "MAX_BYTES", 6000)
    store = NoteStore.open(path)
    saved: list[str] = []

    def fill() -> None:
        for number in range(100):
            store.add(target(), body=f"{number}")
            saved.append(f"{number}")

    with pytest.raises(DiskTrouble, match="over 6000 bytes"):
        fill()
    assert store.unsaved
    store.close(discard=True)
    assert saved
    assert bodies(path) == saved


def test_a_command_does_not_say_that_a_change_is_kept_that_ends_with_it(path: Path) -> None:
    with NoteStore.open(path) as store:
        store.add(target())
    session = SimpleNamespace(notes=lambda read_only: NoteStore.open(path, read_only=read_only))

    def add() -> None:
        with opened(cast("Session", session)) as store, failing(1, forever=True):
            store.add(target())

    with pytest.raises(DiskTrouble) as caught:
        add()
    assert "kept in memory" not in str(caught.value)
    assert "cannot write the file" in str(caught.value)


def test_a_step_back_that_is_cut_off_is_done_or_not_done(path: Path) -> None:
    with NoteStore.open(path) as store:
        store.add(target(), body="old")
    older = path.read_bytes()
    with NoteStore.open(path) as store:
        store.add(target(), body="new")
    left(path, "in the journal")
    files = {one: one.read_bytes() for one in path.parent.rglob("*") if one.is_file()}
    for number in range(1, 100):
        for one in path.parent.rglob("*"):
            if one.is_file() and one not in files:
                one.unlink()
        for one, data in files.items():
            one.write_bytes(data)
        copy = next(copy.path for copy in backup.copies(path) if copy.path.read_bytes() == older)
        with failing(number, forever=True) as counter, suppress(DiskTrouble):
            NoteStore.restore_backup(path, copy)
        assert bodies(path) in (["old"], ["old", "new", "first", "in the journal"]), counter.calls[-1]
        if not counter.failed:
            break
    assert number > 5
    assert bodies(path) == ["old"]


def test_a_damaged_file_loses_nothing(path: Path) -> None:
    with NoteStore.open(path) as store:
        store.add(target(), body="session 0")
    left(path, "in the journal")
    path.write_bytes(path.read_bytes()[:-9])
    restored = NoteStore.restore_backup(path)
    assert (restored.changes, restored.lost, restored.notes) == (2, 0, 3)
    assert bodies(path) == ["session 0", "first", "in the journal"]
    with NoteStore.open(path) as store:
        assert store.undo() is not None
    assert bodies(path) == ["session 0", "first"]


def test_of_a_damaged_file_and_a_damaged_newest_backup_the_loss_is_told(path: Path) -> None:
    for number in range(3):
        with NoteStore.open(path) as store:
            store.add(target(), body=f"session {number}")
    left(path, "in the journal")
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(NotesDamaged) as caught:
        NoteStore.open(path)
    assert caught.value.good == backup.copies(path)[0].path
    copies = backup.copies(path)
    copies[0].path.write_bytes(b"torn")
    restored = NoteStore.restore_backup(path)
    assert restored.backup == copies[1].path
    # The change that only the damaged backup had is gone, and is said to be; what came after is there.
    assert (restored.changes, restored.lost) == (2, 1)
    assert bodies(path) == ["session 0", "session 1", "first", "in the journal"]


def test_a_file_that_vanished_with_its_backups_leaves_the_journal_for_damage(path: Path) -> None:
    left(path, "second")
    path.unlink()
    for copy in backup.copies(path):
        copy.path.unlink()
    with pytest.raises(NotesDamaged, match="missing"):
        NoteStore.open(path)
    assert journal(path).exists()


def test_a_second_window_follows_line_by_line(path: Path) -> None:
    with NoteStore.open(path) as writer:
        one = writer.add(target(), body="first")
        with NoteStore.open(path, or_read_only=True) as reader:
            assert not reader.refresh()
            writer.edit(one.id, body="معدل", tags=["نقل"])
            assert reader.refresh()
            assert not reader.refresh()
            assert reader.get(one.id) == writer.get(one.id)
            writer.compact()
            assert reader.tags() == {"نقل": 1}
            writer.delete(one.id)
            assert (reader.notes(), len(reader.trash())) == ([], 1)
            assert reader.next_undo == writer.next_undo
            # A line that is being written is none yet.
            with journal(path).open("ab") as file:
                file.write(b"0123")
            assert [thrown.note.id for thrown in reader.trash()] == [one.id]


def test_a_journal_that_another_program_changed_is_kept_and_ours_wins(path: Path) -> None:
    with NoteStore.open(path) as store:
        for text in ("first", "second"):
            store.add(target(), body=text)
        journal(path).write_bytes(b"written by a heedless program\n")
        store.add(target(), body="third")
        (aside,) = store.displaced
        assert aside.read_bytes() == b"written by a heedless program\n"
    assert bodies(path) == ["first", "second", "third"]


def test_a_line_that_the_disk_took_in_part_is_cut_off_again(path: Path) -> None:
    with NoteStore.open(path) as store:
        store.add(target(), body="first")
        store.add(target(), body="second")
        before = journal(path).read_bytes()
        # Append and write go through, fsync does not.
        with failing(3), pytest.raises(DiskTrouble):
            store.add(target(), body="third")
        assert journal(path).read_bytes() == before
        assert store.unsaved
        store.add(target(), body="fourth")
        assert journal(path).read_bytes().startswith(before)
        assert store.displaced == ()
        assert bodies(path) == ["first", "second", "third", "fourth"]


def test_a_clock_set_back_changes_no_order(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with NoteStore.open(path) as store:
        one = store.add(target(), body="first")
        monkeypatch.setattr(identity, "now", lambda: "1999-01-01T00:00:00Z")
        monkeypatch.setattr("time.time_ns", lambda: 0)
        two = store.add(target(), body="second")
        edited = store.edit(one.id, body="معدل")
        assert edited.modified >= one.modified
        assert edited.versions[-1].at >= edited.versions[0].at
    with NoteStore.open(path) as store:
        assert [kept.id for kept in store.notes()] == [one.id, two.id]
        store.add(target(), body="third")
    assert bodies(path) == ["معدل", "second", "third"]
    numbers = [copy.number for copy in backup.copies(path)]
    assert numbers == sorted(numbers, reverse=True)


def test_the_lock_of_a_dead_process_and_of_another_computer_are_no_obstacle(path: Path) -> None:
    left(path)
    owner = {
        "pid": 2**22 + 1,
        "host": "elsewhere",
        "since": "1999-01-01T00:00:00Z",
        "purpose": "taking notes",
    }
    path.with_name("notes.json.owner").write_text(json.dumps(owner), encoding="ascii")
    path.with_name("notes.json.lock").touch()
    with NoteStore.open(path) as store:
        store.add(target(), body="second")
    assert bodies(path) == ["first", "second"]


_EDITS_FOR_EVER = """
import sys
from pathlib import Path
from kashaf.notes.store import NoteStore
store = NoteStore.open(Path(sys.argv[1]))
note = store.notes()[0]
number = 0
while True:
    store.edit(note.id, body=str(number))
    print(number, flush=True)
    number += 1
"""


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM", "SIGKILL"])
def test_a_terminal_that_is_closed_in_the_midst_of_edits(path: Path, name: str) -> None:
    with NoteStore.open(path) as store:
        store.add(target(), body="first")
    with subprocess.Popen(
        [sys.executable, "-c", _EDITS_FOR_EVER, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for _ in range(20):
            process.stdout.readline()
        os.kill(process.pid, getattr(signal, name))
        rest = process.stdout.read().split()
    last = int(rest[-1]) if rest else 19
    assert int(bodies(path)[0]) in (last, last + 1)
    with NoteStore.open(path) as store:
        for number in range(last, 0, -1):
            store.undo()
            if number < last - 150:
                break
    assert is_good(path.read_bytes())


def test_a_file_of_the_first_schema_goes_forward_and_its_old_form_is_kept(tmp_path: Path) -> None:
    from tests.crash.notes_operations import old_schema

    path = tmp_path / "notes" / "notes.json"
    old_schema(path)
    before = path.read_bytes()
    with NoteStore.open(path, read_only=True) as reader:
        assert [one.id for one in reader.notes()] == [note(1).id, note(2).id]
        assert all(len(one.versions) == 1 for one in reader.notes())
        assert [one.note.id for one in reader.trash()] == [note(3).id] == [end.id for end in reader.ended()]
    with NoteStore.open(path) as store:
        assert path.read_bytes() == before
        store.edit(note(1).id, body="من جديد")
        store.restore(note(3).id)
    assert header(path.read_bytes())["schema"] == 2
    assert backup.copies(path)[-1].path.read_bytes() == before
    with NoteStore.open(path) as store:
        assert [one.body for one in store.notes()] == ["من جديد", "للمراجعة", "للمراجعة"]
        while store.undo() is not None:
            pass
        assert [one.body for one in store.notes()] == ["للمراجعة", "للمراجعة"]
