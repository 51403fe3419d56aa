"""`kashaf index --watch`: what arrives is imported once it stands still, and Ctrl+C is a way to end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli_support import environment, kashaf

from kashaf.corpus.catalogue import Catalogue
from kashaf.storage.lock import Lock
from kashaf.workspace import Workspace, create
from kashaf_index.watching import Watch, arrivals


def write(path: Path, number: int) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f"خبر رقم {number} من الميناء\n\nوصلت السفينة رقم {number} صباح الأحد وأفرغت حمولتها على الرصيف.\n",
        encoding="utf-8",
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "case")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    write(tmp_path / "stick" / "0.txt", 0)
    return tmp_path / "stick"


def test_a_file_is_ready_once_it_stands_still(workspace: Workspace, stick: Path) -> None:
    watch = Watch(workspace, [stick])
    assert watch.ready() == []
    new = stick / "1.txt"
    for size in range(4):
        new.write_text("x" * size, encoding="utf-8")
        assert watch.ready() == []
    assert watch.ready() == [new]
    assert watch.ready() == []


def test_one_that_grows_holds_up_no_other(workspace: Workspace, stick: Path) -> None:
    watch = Watch(workspace, [stick])
    write(stick / "done.txt", 1)
    for size in range(3):
        (stick / "growing.txt").write_text("x" * size, encoding="utf-8")
        ready = watch.ready()
        assert ready == ([stick / "done.txt"] if size == 1 else [])


def test_changes_and_removals(workspace: Workspace, stick: Path) -> None:
    write(stick / "1.txt", 1)
    watch = Watch(workspace, [stick])
    write(stick / "1.txt", 12)
    assert [watch.ready() for _ in range(3)] == [[], [stick / "1.txt"], []]
    (stick / "1.txt").unlink()
    # What went can only be told from the whole folder.
    assert [watch.ready() for _ in range(3)] == [[], [stick], []]


def test_a_stick_that_is_taken_out_and_put_in_again(
    workspace: Workspace, stick: Path, tmp_path: Path
) -> None:
    watch = Watch(workspace, [stick])
    stick.rename(tmp_path / "away")
    assert [watch.ready() for _ in range(3)] == [[], [], []]
    (tmp_path / "away").rename(stick)
    assert [watch.ready() for _ in range(3)] == [[], [], []]
    write(stick / "1.txt", 1)
    assert [watch.ready() for _ in range(3)] == [[], [stick / "1.txt"], []]


def test_what_is_ignored_wakes_nobody(workspace: Workspace, stick: Path) -> None:
    watch = Watch(workspace, [stick], ["*.part"])
    write(stick / "x.part", 1)
    write(stick / ".hidden", 1)
    assert [watch.ready() for _ in range(3)] == [[], [], []]


def test_what_arrives_during_an_import_is_not_lost(workspace: Workspace, stick: Path) -> None:
    looks = 0

    def stopped() -> bool:
        return looks >= 10

    def sleep(_seconds: float) -> None:
        nonlocal looks
        looks += 1

    found: list[list[Path]] = []
    for ready in arrivals(workspace, [stick], stopped=stopped, poll_seconds=0.1, sleep=sleep):
        found.append(ready)
        if len(found) < 3:
            write(stick / f"{len(found)}.txt", len(found))
    assert found == [[stick], [stick / "1.txt"], [stick / "2.txt"]]


@pytest.mark.parametrize("other", ["--dry-run", "--rebuild"])
def test_watching_is_no_single_import(workspace: Workspace, stick: Path, other: str) -> None:
    assert kashaf("-w", workspace.root, "index", stick, "--watch", other).code == 2


@pytest.fixture
def watching(workspace: Workspace, stick: Path) -> Iterator[subprocess.Popen[str]]:
    program = (
        "import sys; from kashaf_index import watching; real = watching.arrivals;"
        "watching.arrivals = lambda *a, **k: real(*a, **{**k, 'poll_seconds': 0.2});"
        "watching.POLL_SECONDS = 0.2;"
        "from kashaf_tui.cli import run; sys.exit(run())"
    )
    command = [
        sys.executable,
        "-c",
        program,
        "-w",
        str(workspace.root),
        "index",
        str(stick),
        "--watch",
        "--json",
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    )
    yield process
    process.kill()
    process.communicate()


def line(process: subprocess.Popen[str]) -> dict[str, object]:
    assert process.stdout is not None
    value = json.loads(process.stdout.readline())
    assert isinstance(value, dict)
    return value


def test_a_day_of_watching(
    watching: subprocess.Popen[str], workspace: Workspace, stick: Path, tmp_path: Path
) -> None:
    assert line(watching)["added"] == 1
    write(stick / "sub" / "1.txt", 1)
    assert line(watching)["added"] == 1
    with Lock(workspace.catalogue, "importing"):
        write(tmp_path / "feed" / "2.txt", 2)
        write(tmp_path / "feed" / "3.txt", 3)
        shutil.make_archive(str(stick / "press"), "zip", tmp_path / "feed")
        time.sleep(1)
    assert line(watching)["added"] == 2
    (stick / "0.txt").unlink()
    assert line(watching)["removed"] == 1
    os.kill(watching.pid, signal.SIGINT)
    out, messages = watching.communicate(timeout=30)
    assert (watching.returncode, out) == (0, "")
    assert "Traceback" not in messages
    assert len({entry.id for entry in Catalogue(workspace.catalogue).present()}) == 3
    assert kashaf("-w", workspace.root, "search", "السفينة", "--json").json["total"] == 3
