"""Segments built by several processes: the same as by one, and no process or file left when something is wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.bulk_support import entry, model, read

from kashaf.errors import DiskTrouble, KashafError
from kashaf.said import Said
from kashaf_index.bulk import jobs
from kashaf_index.bulk.batches import pack, unpack
from kashaf_index.bulk.builder import Entry
from kashaf_index.bulk.jobs import BuilderPool

_TEXT = "قالت وكالة سانا إن «قسد» أعلنت في الرقة فتح 3 معابر، وأكد مسؤولون ذلك. "
_MEMORY = 64 << 20


def _entries(count: int) -> list[Entry]:
    return [
        entry(
            number,
            f"{_TEXT} {number} " * (number % 4),
            {"title": "عنوان", "outlet": "سانا", "language": "ar"},
        )
        for number in range(count)
    ]


def _pool(folder: Path, lanes: int) -> BuilderPool:
    return BuilderPool(folder, [f"lane{lane}.seg" for lane in range(lanes)], folder, _MEMORY)


def _pids(pool: BuilderPool) -> list[int]:
    return [pid for process in pool._processes if (pid := process._process.pid)]


def _fill(pool: BuilderPool, articles: int) -> None:
    for one in _entries(articles):
        pool.add(one)
    pool.finish()


def _gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_batches_come_out_as_they_went_in() -> None:
    entries = [
        *_entries(5),
        entry(6, "", {"member": "\udcff\udc80.html"}),
        entry(7, "\u0000\u2028\U0001f600"),
    ]
    assert list(unpack(pack(entries))) == entries
    assert list(unpack(pack(entries[:5]))) == entries[:5]
    assert list(unpack(pack([]))) == []


@pytest.mark.parametrize("lanes", [1, 2])
def test_every_article_is_in_the_segment_and_at_the_number_that_add_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lanes: int
) -> None:
    monkeypatch.setattr(jobs, "_BATCH", 3000)
    entries = _entries(200)
    pool = _pool(tmp_path, lanes)
    pids = _pids(pool)
    placed: list[list[Entry]] = [[] for _ in range(lanes)]
    for one in entries:
        lane, document = pool.add(one)
        assert document == len(placed[lane])
        placed[lane].append(one)
    told: list[tuple[int, int]] = []
    written = pool.finish(lambda done, total: told.append((done, total)))
    assert len(pids) == (lanes if lanes > 1 else 0)
    assert told
    for lane, of_lane in enumerate(placed):
        path = tmp_path / f"lane{lane}.seg"
        one_written = written[lane]
        assert one_written is not None
        assert one_written.size == path.stat().st_size
        assert of_lane
        assert read(path) == model(of_lane)
    assert len(list(tmp_path.iterdir())) == lanes
    assert all(map(_gone, pids))


def test_a_lane_that_got_nothing_writes_nothing(tmp_path: Path) -> None:
    pool = _pool(tmp_path, 2)
    pool.add(_entries(2)[1])
    written = pool.finish()
    assert written[0] is not None
    assert written[1] is None
    assert [path.name for path in tmp_path.iterdir()] == ["lane0.seg"]
    alone = _pool(tmp_path / "none", 1)
    assert alone.finish() == [None]


def test_abandoned_processes_end_and_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_BATCH", 3000)
    pool = _pool(tmp_path, 2)
    pids = _pids(pool)
    for one in _entries(100):
        pool.add(one)
    pool.abandon()
    pool.abandon()
    assert all(map(_gone, pids))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("articles", [40, 2000])
def test_a_killed_process_is_an_error_with_a_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, articles: int
) -> None:
    monkeypatch.setattr(jobs, "_BATCH", 3000)
    pool = _pool(tmp_path, 2)
    pids = _pids(pool)
    pool.add(_entries(2)[1])
    os.kill(pids[1], signal.SIGKILL)
    with pytest.raises(KashafError) as caught:
        _fill(pool, articles)
    assert "killed" in caught.value.what
    assert "--jobs 1" in caught.value.cure
    assert all(map(_gone, pids))
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_does_not_reach_the_processes(tmp_path: Path) -> None:
    pool = _pool(tmp_path, 2)
    # At once, while they start, too.
    for pid in _pids(pool):
        os.kill(pid, signal.SIGINT)
    entries = _entries(40)
    for one in entries:
        pool.add(one)
    for pid in _pids(pool):
        os.kill(pid, signal.SIGINT)
    written = pool.finish()
    assert read(tmp_path / "lane0.seg") == model(entries)
    assert written[0] is not None
    # The parent hears it again.
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())


def test_trouble_of_a_process_is_told_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "غير موجود"
    pool = BuilderPool(folder, ["a.seg", "b.seg"], tmp_path, _MEMORY)
    pids = _pids(pool)
    with pytest.raises(DiskTrouble) as caught:
        _fill(pool, 30)
    assert str(folder) in caught.value.where
    assert caught.value.cure
    # An interface in another language still knows what was said.
    assert isinstance(caught.value.what, Said)
    assert caught.value.what.template == "cannot {doing}: {reason}"
    assert isinstance(caught.value.what.values["doing"], Said)
    assert isinstance(caught.value.cure, Said)
    assert all(map(_gone, pids))


_PARENT = """
import sys, time
from pathlib import Path
from kashaf_index.bulk.jobs import BuilderPool
pool = BuilderPool(Path(sys.argv[1]), ["a.seg", "b.seg"], Path(sys.argv[1]), 1 << 26)
print(*[process._process.pid for process in pool._processes], flush=True)
time.sleep(60)
"""


def test_a_fault_in_a_process_is_told_with_its_reason(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pool = _pool(tmp_path, 2)
    wrong = Entry(**{name: getattr(entry(1, _TEXT), name) for name in Entry.__slots__} | {"raw_sha256": "zz"})
    pool.add(wrong)
    with pytest.raises(KashafError, match="ValueError") as caught:
        pool.finish()
    assert caught.value.cure
    assert list(tmp_path.iterdir()) == []
    # A traceback would stand across the explorer.
    assert capfd.readouterr() == ("", "")


def test_processes_end_with_their_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _PARENT, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    until = time.monotonic() + 20
    while not all(map(_ended, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert all(map(_ended, pids))
    assert list(tmp_path.iterdir()) == []


def _ended(pid: int) -> bool:
    """Gone, or waiting for somebody to ask how it ended."""
    if _gone(pid):
        return True
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return not state.stdout.strip() or state.stdout.startswith("Z")
