"""Decisions about names on a disk that fails, and in a process that is killed, at every file-changing call: what was
acknowledged is there, the rest whole or absent, and work goes on."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from tests.notes_support import failing

from kashaf.entities.book.curation import Curation
from kashaf.entities.book.decisions import Decision
from kashaf.entities.model import EntityKey
from kashaf.errors import DiskTrouble
from kashaf.storage import syscalls

KEYS = [EntityKey("person", f"فلان {name}") for name in ("الأول", "الثاني", "الثالث")]
FEWEST_POINTS = 8


def opened(root: Path) -> Curation:
    return Curation(root / "state" / "names.yaml", root / "names.yaml", "لينا", shipped=False)


def seen(root: Path) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in opened(root).decisions()]


def deeds(curation: Curation) -> tuple[Callable[[], Decision | None], ...]:
    return (
        lambda: curation.merge([KEYS[0]], KEYS[1]),
        curation.undo,
        lambda: curation.hide(KEYS[2]),
    )


def work(root: Path) -> list[list[tuple[str, str]]]:
    """Three deeds; the states before and after each."""
    curation = opened(root)
    states = [seen(root)]
    for deed in deeds(curation):
        deed()
        states.append(seen(root))
    return states


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    root = tmp_path / "origin"
    opened(root).rename(KEYS[0], "اسم آخر")
    return root


@pytest.mark.parametrize("forever", [False, True])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_failure_at_every_call(tmp_path: Path, origin: Path, error: int, forever: bool) -> None:
    states = work(shutil.copytree(origin, tmp_path / "reference"))
    points = 0
    for number in count(1):
        root = shutil.copytree(origin, tmp_path / str(number))
        curation = opened(root)
        done = 0
        with failing(number, error, forever=forever) as disk, suppress(DiskTrouble):
            for deed in deeds(curation):
                deed()
                done += 1
        assert seen(root) in states[done : done + 2]
        opened(root).hide(EntityKey("place", "بعد العطل"))
        assert seen(root)[-1] == ("hide", "بعد العطل")
        assert not list(root.rglob(".*.tmp"))
        points += disk.failed
        if not disk.failed:
            assert done == len(states) - 1
            break
    assert points >= FEWEST_POINTS


class Killer:
    """Ends the process, as a power key does, at the n-th call; a write that is killed leaves half its bytes."""

    def __init__(self, kill_at: int) -> None:
        self._left = kill_at

    def __call__(self, call: syscalls.Call) -> None:
        self._left -= 1
        if self._left == 0:
            if call.name == "write":
                with Path(call.path).open("ab") as torn:
                    torn.write(call.data[: len(call.data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)


def killed_at(number: int, root: Path) -> tuple[int, bool]:
    """How many deeds were acknowledged before the kill, and whether all of them were done."""
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiver)
        code = 1
        try:
            with syscalls.watched(Killer(number)):
                curation = opened(root)
                for deed in (
                    lambda: curation.merge([KEYS[0]], KEYS[1]),
                    curation.undo,
                    lambda: curation.hide(KEYS[2]),
                ):
                    deed()
                    os.write(sender, b".")
            code = 0
        finally:
            os._exit(code)
    os.close(sender)
    done = b""
    while piece := os.read(receiver, 100):
        done += piece
    os.close(receiver)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    return len(done), status == 0


def test_killed_at_every_call(tmp_path: Path, origin: Path) -> None:
    states = work(shutil.copytree(origin, tmp_path / "reference"))
    for number in count(1):
        root = shutil.copytree(origin, tmp_path / str(number))
        done, ended = killed_at(number, root)
        assert seen(root) in states[done : done + 2]
        opened(root).hide(EntityKey("place", "بعد القتل"))
        assert seen(root)[-1] == ("hide", "بعد القتل")
        if ended:
            assert done == len(states) - 1
            assert number > FEWEST_POINTS
            return
