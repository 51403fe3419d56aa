"""Kills processes at every file-changing call of one scenario after the other. Run by test_notes_kill.py.

    notes_driver.py FOLDER STEP [SCENARIO…]

Each killed process is a fork, which dies at its n-th call; a write that is killed leaves half of its bytes behind. n
goes up by STEP until a run ends untouched. Printed is, as JSON, the number of points found in each scenario.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

from tests.crash.notes_operations import SCENARIOS, Scenario, counted, digest, opened
from tests.notes_support import target

from kashaf.errors import KashafError
from kashaf.notes.file_format import is_good
from kashaf.notes.storage_tinydb import NotesDamaged
from kashaf.notes.store import NoteStore
from kashaf.storage import backup, syscalls


class Killer:
    """Ends the process, as a power key does, at the n-th call."""

    def __init__(self, kill_at: int) -> None:
        self._left = kill_at

    def __call__(self, call: syscalls.Call) -> None:
        self._left -= 1
        if self._left == 0:
            if call.name == "write":
                with Path(call.path).open("ab") as torn:
                    torn.write(call.data[: len(call.data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)


def states_of(scenario: Scenario, path: Path) -> list[str]:
    """What the store says before the work, and after each change of it."""
    states = [read(path)]
    with counted():
        scenario.work(path, lambda store: states.append(digest(store)))
    return states


def read(path: Path) -> str:
    """What a reader finds; "damaged" when it is told that the notes are."""
    try:
        with opened(path, read_only=True) as store:
            return digest(store)
    except NotesDamaged:
        return "damaged"


def killed_at(number: int, scenario: Scenario, path: Path) -> tuple[int, bool]:
    """How many changes were acknowledged before the kill, and whether the work ended by itself."""
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiver)

        def acknowledge(_: NoteStore) -> None:
            os.write(sender, b".")

        code = 1
        try:
            with counted(), syscalls.watched(Killer(number)):
                scenario.work(path, acknowledge)
            code = 0
        finally:
            os._exit(code)
    os.close(sender)
    done = b""
    while piece := os.read(receiver, 100):
        done += piece
    os.close(receiver)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), f"{scenario.name}: the work failed with {status}"
    return len(done), status == 0


def check(scenario: Scenario, path: Path, states: list[str], acknowledged: int) -> None:
    """What was acknowledged is there, the rest whole or absent; and work goes on."""
    found = read(path)
    allowed = states[acknowledged : acknowledged + 2]
    assert found in allowed, f"found state {states.index(found) if found in states else found[:9]}"
    if found == "damaged":
        NoteStore.restore_backup(path)
        found = read(path)
        assert found == states[-1]
    elif path.exists():
        assert is_good(path.read_bytes())
    assert all(is_good(copy.path.read_bytes()) for copy in backup.copies(path))
    with opened(path) as store:  # the dead process holds no lock, and left no litter that stays
        assert digest(store) == found
        added = store.add(target(), body="after the crash")
    with opened(path) as store:
        assert store.get(added.id) == added
        store.undo()
        told = digest(store)
    with opened(path, read_only=True) as store:
        assert digest(store) == told
    assert not list(path.parent.rglob(".*.tmp"))


def run(scenario: Scenario, folder: Path, step: int) -> int:
    """Kill it at every STEP-th call. Returns how many points there were."""
    origin = folder / "origin" / "notes" / "notes.json"
    with counted():
        scenario.before(origin)
    if not origin.parent.exists():
        origin.parent.parent.mkdir(parents=True)
    shutil.copytree(origin.parent.parent, folder / "reference")
    states = states_of(scenario, folder / "reference" / "notes" / "notes.json")
    for number in count(1, step):
        copy = folder / str(number)
        shutil.copytree(origin.parent.parent, copy)
        path = copy / "notes" / "notes.json"
        acknowledged, ended = killed_at(number, scenario, path)
        try:
            check(scenario, path, states, acknowledged)
        except (AssertionError, KashafError) as error:
            error.add_note(
                f"{scenario.name}, killed at call {number}, {acknowledged} acknowledged, in {path}"
            )
            raise
        shutil.rmtree(copy)
        if ended:
            assert acknowledged == len(states) - 1
            return number - 1
    raise AssertionError("unreachable")


def main(folder: str, step: str, *names: str) -> None:
    syscalls.CHUNK = 600  # several writes even of a small file
    points: dict[str, int] = {}
    for number, scenario in enumerate(SCENARIOS):
        if not names or scenario.name in names:
            points[scenario.name] = run(scenario, Path(folder) / str(number), int(step))
    print(json.dumps(points))


if __name__ == "__main__":
    main(*sys.argv[1:])
