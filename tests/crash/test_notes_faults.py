"""A disk that fills up or fails at every file-changing call of every operation: no note is lost, anywhere."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from tests.crash.notes_operations import SCENARIOS, Acknowledge, Scenario, counted, digest, opened, some
from tests.notes_support import Counter, failing, target

from kashaf.errors import DiskTrouble
from kashaf.notes.file_format import is_good
from kashaf.notes.model import NewNote
from kashaf.notes.storage_tinydb import NotesDamaged
from kashaf.notes.store import NoteStore
from kashaf.storage import backup, syscalls

FEWEST_POINTS = 10
ALL = os.environ.get("KASHAF_CRASH") == "all"


class FullDisk:
    """A disk on which so many bytes are left; a write that does not fit leaves what fits, as a real one does."""

    def __init__(self, left: int, error: int = errno.ENOSPC) -> None:
        self.left = left
        self.refused = 0
        self._error = error

    def __call__(self, call: syscalls.Call) -> None:
        if call.name != "write":
            return
        if len(call.data) > self.left:
            with Path(call.path).open("ab") as torn:
                torn.write(call.data[: self.left])
            self.left = 0
            self.refused += 1
            raise OSError(self._error, os.strerror(self._error))
        self.left -= len(call.data)


def read(path: Path) -> str:
    with opened(path, read_only=True) as store:
        return digest(store)


@pytest.mark.parametrize("forever", [False, True])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_failure_at_every_call_of_a_session(tmp_path: Path, error: int, forever: bool) -> None:
    points = 0
    for number in count(1):
        path = tmp_path / str(number) / "notes.json"
        with NoteStore.open(path) as store:
            store.add(target(), body="old")
        refused = opened = False
        acknowledged = attempted = ["old"]
        with failing(number, error, forever=forever) as disk:
            try:
                store = NoteStore.open(path)
            except DiskTrouble:
                refused = True
            else:
                opened = True
                for body in ("new 1", "new 2"):
                    attempted = [*attempted, body]
                    try:
                        store.add(target(), body=body)
                    except DiskTrouble:
                        refused = True
                    else:
                        acknowledged = attempted  # a later success brings the refused ones along
                    assert [note.body for note in store.notes()] == attempted
                    assert is_good(path.read_bytes())
        points += disk.failed
        with NoteStore.open(path, read_only=True) as reader:
            found = [note.body for note in reader.notes()]
        assert found[: len(acknowledged)] == acknowledged
        assert found == attempted[: len(found)]
        if opened:
            store.save()
            store.close()
            with NoteStore.open(path) as again:
                assert [note.body for note in again.notes()] == attempted
            assert not list(path.parent.rglob(".*.tmp"))
        if not disk.failed:
            assert not refused
            break
    assert points >= FEWEST_POINTS


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_failure_at_every_call_of_every_operation(tmp_path: Path, scenario: Scenario) -> None:
    """From the n-th call on nothing can be written: what was acknowledged is there, and the rest can be done anew."""
    origin = tmp_path / "origin" / "notes" / "notes.json"
    with counted():
        scenario.before(origin)
    origin.parent.parent.mkdir(exist_ok=True)
    reference = tmp_path / "reference"
    shutil.copytree(origin.parent.parent, reference)
    counter = Counter()
    states: list[str] = []
    with counted(), syscalls.watched(counter):
        scenario.work(reference / "notes" / "notes.json", lambda store: states.append(digest(store)))
    for number in range(1, len(counter.calls) + 1, 1 if ALL else 4):
        path = tmp_path / str(number) / "notes" / "notes.json"
        shutil.copytree(origin.parent.parent, path.parent.parent)
        before = None
        with suppress(NotesDamaged):
            before = read(path)
        done: list[str] = []
        with counted(), failing(number, errno.ENOSPC, forever=True), suppress(DiskTrouble):
            scenario.work(path, _into(done))
        assert done == states[: len(done)]
        allowed = [before, *states][len(done) : len(done) + 2]
        try:
            found = read(path)
        except NotesDamaged:
            assert None in allowed
            NoteStore.restore_backup(path)
            assert read(path) == states[-1]
        else:
            assert found in allowed
        shutil.rmtree(path.parent.parent)


def _into(done: list[str]) -> Acknowledge:
    return lambda store: done.append(digest(store))


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_is_full_at_any_byte(tmp_path: Path, error: int) -> None:
    """Adding, compacting and closing on a disk with n bytes left: nothing is lost, and then all is saved."""
    origin = tmp_path / "origin" / "notes.json"
    with counted():
        some(origin)
    size = origin.stat().st_size
    steps = [*range(0, 3 * size, 97 if ALL else 977), 100 * size]
    refused = 0
    for left in steps:
        path = tmp_path / str(left) / "notes.json"
        shutil.copytree(origin.parent, path.parent)
        disk = FullDisk(left, error)
        store = NoteStore.open(path)
        sure = digest(store)
        with syscalls.watched(disk):
            for body in ("new 1", "new 2"):
                try:
                    store.add_many(NewNote(target(), body) for _ in range(2))
                except DiskTrouble:
                    assert store.unsaved
                else:
                    sure = digest(store)
                    assert read(path) == sure
            try:
                store.compact()
            except DiskTrouble:
                pass
            else:
                sure = digest(store)
            held = digest(store)
            assert read(path) in (sure, held)
        refused += disk.refused > 0
        store.save()
        assert read(path) == held
        with syscalls.watched(FullDisk(0, error)):
            store.close()  # the journal has it all: a full disk is no reason to stay open
        assert read(path) == held
        with NoteStore.open(path) as again:
            assert digest(again) == held
        assert all(is_good(copy.path.read_bytes()) for copy in backup.copies(path))
        shutil.rmtree(path.parent)
    assert refused >= FEWEST_POINTS


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Opened for reading when need be, and said; what is there stays as it is."""
    path = tmp_path / "notes" / "notes.json"
    some(path)
    before = read(path)
    with failing(1, errno.EACCES, forever=True):
        with pytest.raises(DiskTrouble, match="writable"):
            NoteStore.open(path)
        with NoteStore.open(path, or_read_only=True) as store:
            assert "writable" in store.read_only_reason
            assert digest(store) == before
    assert read(path) == before
