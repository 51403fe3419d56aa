"""One writer at a time, named."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from kashaf.errors import DiskTrouble, Locked
from kashaf.storage.lock import Lock

if TYPE_CHECKING:
    from pathlib import Path

_HOLDER = """
import sys, time
from pathlib import Path
from kashaf.storage.lock import Lock
lock = Lock(Path(sys.argv[1]), "holding it")
lock.acquire()
print("held", flush=True)
time.sleep(20)
"""


def test_the_second_is_told_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "notes" / "notes.json"
    with Lock(path, "taking notes") as lock:
        owner = lock.owner()
        assert owner is not None
        assert (owner.pid, owner.host, owner.purpose) == (os.getpid(), platform.node(), "taking notes")
        with pytest.raises(Locked) as caught:
            Lock(path, "indexing").acquire()
        for part in (str(os.getpid()), owner.host, owner.since, "taking notes"):
            assert part in str(caught.value)
        assert Lock(path, "looking").owner() == owner
    assert Lock(path, "looking").owner() is None
    with Lock(path, "again"):
        pass
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["notes.json.lock"]


def test_a_holder_that_was_killed_leaves_nothing_to_clean(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Locked, match=f"process {holder.pid} .*holding it"):
            Lock(path, "second").acquire()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert (tmp_path / "notes.json.owner").exists()
    assert Lock(path, "looking").owner() is None
    with Lock(path, "second") as lock:
        owner = lock.owner()
        assert owner is not None
        assert owner.pid == os.getpid()


def test_a_torn_owner_file_hides_the_name_only(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with Lock(path, "first"):
        (tmp_path / "a.owner").write_bytes(b'{"pid": 1')
        with pytest.raises(Locked, match="another process"):
            Lock(path, "second").acquire()


def test_released_from_another_thread(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "a", "first")
    lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    assert not lock.held
    with Lock(tmp_path / "a", "second"):
        pass


def test_waiting_ends(tmp_path: Path) -> None:
    with Lock(tmp_path / "a", "first"), pytest.raises(Locked):
        Lock(tmp_path / "a", "second").acquire(blocking=True, timeout=0.1)


def test_no_lock_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "a.lock").mkdir()
    with pytest.raises(DiskTrouble):
        Lock(tmp_path / "a", "first").acquire()
    assert Lock(tmp_path / "none" / "a", "looking").owner() is None
    assert not (tmp_path / "none").exists()
