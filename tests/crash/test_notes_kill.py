"""kill -9 at every file-changing call: what was acknowledged is there, what was not is whole or absent.

The loop is that of SQLite's crash tests and of notmuch's T380-atomicity: n = 1, 2, 3, … until a run ends
untouched; too few points found means that the seam is not where the calls are.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import TypeAlias

from tests.notes_support import target

from kashaf.notes.file_format import is_good
from kashaf.notes.store import NoteStore
from kashaf.storage import backup

DRIVER = Path(__file__).parent / "notes_driver.py"
FEWEST_POINTS = 60

Notes: TypeAlias = list[tuple[str, tuple[str, ...]]]
State: TypeAlias = tuple[Notes, list[str]]  # notes by body and tags; the bodies in the trash


def run_killed_at(number: int, path: Path) -> tuple[bool, list[State]]:
    """Run the driver. Returns whether it ended by itself, and the states that the disk may be in."""
    done = subprocess.run(
        [sys.executable, str(DRIVER), str(path), str(number)], capture_output=True, check=False, timeout=60
    )
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr.decode()
    allowed: list[State] = [([], [])]
    for line in map(json.loads, done.stdout.splitlines()):
        if "begin" in line:
            allowed.append(([(body, tuple(tags)) for body, tags in line["after"]], line["trash"]))
        else:
            del allowed[:-1]
    return done.returncode == 0, allowed


def state_of(store: NoteStore) -> State:
    notes = sorted((note.body, note.tags) for note in store.notes())
    return notes, [thrown.note.body for thrown in store.trash()]


def test_every_acknowledged_note_survives_a_kill_at_every_call(tmp_path: Path) -> None:
    points = 0
    for number in count(1):
        path = tmp_path / str(number) / "notes.json"
        ended, allowed = run_killed_at(number, path)
        with NoteStore.open(path, read_only=True) as reader:
            found = state_of(reader)
        assert found in allowed, f"killed at call {number}"
        if path.exists():
            assert is_good(path.read_bytes())
        assert all(is_good(copy.path.read_bytes()) for copy in backup.copies(path))

        with NoteStore.open(path) as store:  # the dead process holds no lock, and left no litter that stays
            assert state_of(store) == found
            store.add(target(), body="after the crash")
        with NoteStore.open(path, read_only=True) as reader:
            assert state_of(reader) == (sorted([*found[0], ("after the crash", ())]), found[1])
        assert not list(path.parent.rglob(".*.tmp")), f"killed at call {number}"
        if ended:
            assert len(allowed) == 1
            assert len(allowed[0][0]) == 2
            break
        points += 1
    assert points >= FEWEST_POINTS
