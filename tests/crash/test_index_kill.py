"""kill -9 of the index's writer before every step it takes on disk, one after the other until it gets through.

A step is an open for writing, a write, an fsync, a rename, a link, a removal, a new folder. A sample of them is
tried; `KASHAF_CRASH=all` tries every one.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.crash.index_operations import SCENARIOS, SMALL_BATCH, Scenario, litter, state
from tests.index_corpus import ARTICLES, build, make_article

from kashaf.storage import syscalls
from kashaf.storage.syscalls import Call
from kashaf_index.build import IndexWriter, Writing
from kashaf_index.bulk import builder
from kashaf_index.generations import feeding
from kashaf_index.search import Searcher

FEWEST_POINTS = 60
SAMPLE = 10
ROOT = Path(__file__).parents[2]
#: Of Python's own, besides the calls that are announced: none may go past them.
_EVENTS = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}


@pytest.mark.parametrize("scenario", [scenario.name for scenario in SCENARIOS])
def test_every_kill_leaves_the_old_or_the_new_index(tmp_path: Path, scenario: str) -> None:
    done = subprocess.run(
        [sys.executable, __file__, str(tmp_path), scenario],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout)
    assert result["points"] > FEWEST_POINTS
    assert result["tried"] >= SAMPLE
    # Most steps come before the swap; some (cleaning up) after it.
    assert result["old"] > result["new"] >= 1


def test_processes_that_outlive_a_killed_writer_stand_in_nobody_s_way(tmp_path: Path) -> None:
    index_dir = build(tmp_path / "index", ARTICLES[:2])
    for _ in range(2):
        with subprocess.Popen(
            [sys.executable, __file__, str(index_dir), "pool"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "writing\n"
            writer.send_signal(signal.SIGKILL)
            writer.wait()
            build(index_dir, ARTICLES[2:3])
            with Searcher.open(index_dir) as searcher:
                assert searcher.ids() == {article.id for article in ARTICLES[:3]}
            assert litter(index_dir) == []


def _feed(index_dir: Path) -> None:
    """Write with two processes, and say so once they have been asked for their segments."""
    feeding.POOL_FROM = 2  # type: ignore[misc]
    with IndexWriter(index_dir, jobs=2, memory=1 << 20) as writer:
        for number in range(3000):
            writer.put(make_article(f"n{number}", f"عنوان {number}", "نص طويل " * 100 + str(number)))
        told: list[Writing] = []

        def say(now: Writing) -> None:
            if not told:
                print("writing", flush=True)
            told.append(now)

        writer.commit(say)


def _stepping(index_dir: Path, act: Callable[[int], None]) -> Callable[[Call], None]:
    """Call `act` with the number of each step under `index_dir` before it is taken. Never undone."""
    root = str(index_dir)
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1
        act(taken)

    def before(event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            writes = isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        else:
            writes = event in _EVENTS
        if writes and str(args[0]).startswith(root):
            step()

    def call(made: Call) -> None:
        # The others raise an audit event of their own.
        if made.name in {"write", "fsync", "fsync_dir"}:
            step()

    sys.addaudithook(before)
    return call


def _in_child(index_dir: Path, scenario: Scenario, act: Callable[[int], None]) -> int:
    """Carry out the change in a fork. Returns its exit code, negative for a signal."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            with syscalls.watched(_stepping(index_dir, act)):
                scenario.change(index_dir)
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _main(scratch: Path, name: str) -> None:
    builder.BATCH = SMALL_BATCH  # type: ignore[misc]
    scenario = next(one for one in SCENARIOS if one.name == name)
    template = scratch / "template"
    template.mkdir()
    scenario.before(template)

    counter = scratch / "points"
    index_dir = scratch / "undisturbed"
    shutil.copytree(template, index_dir)

    def count(taken: int) -> None:
        counter.write_text(str(taken))

    assert _in_child(index_dir, scenario, count) == 0
    assert state(index_dir, scenario) == "new"
    points = int(counter.read_text())

    counts = {"old": 0, "new": 0}
    every = 1 if os.environ.get("KASHAF_CRASH") == "all" else max(1, points // SAMPLE)
    tried = [*range(1, points, every), points]
    for point in tried:
        index_dir = scratch / f"point{point}"
        shutil.copytree(template, index_dir)

        def die(taken: int, point: int = point) -> None:
            if taken == point:
                os.kill(os.getpid(), signal.SIGKILL)

        assert _in_child(index_dir, scenario, die) == -signal.SIGKILL, point
        found = state(index_dir, scenario)
        counts[found] += 1
        # The next writer takes up from there and leaves nothing of the dead one.
        scenario.change(index_dir)
        assert state(index_dir, scenario) == "new", point
        assert litter(index_dir) == [], point
        shutil.rmtree(index_dir)
    print(json.dumps({"points": points, "tried": len(tried)} | counts))


if __name__ == "__main__":
    if sys.argv[2] == "pool":
        _feed(Path(sys.argv[1]))
    else:
        _main(Path(sys.argv[1]), sys.argv[2])
