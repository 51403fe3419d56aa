"""kill -9 of `kashaf index` before a step it takes on disk: searching goes on, and the next run makes up for it.

Steps are all changes to files of the workspace: originals, catalogue, index. A sample of them is tried;
`KASHAF_CRASH=all` tries every one.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kashaf.corpus import ingest, reading
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.loading import load_article
from kashaf.corpus.unpacking import SPOOL_NAME
from kashaf.storage import syscalls
from kashaf.storage.syscalls import Call
from kashaf.workspace import open_workspace
from kashaf_index.model import Query
from kashaf_index.opening import verify
from kashaf_index.search import Searcher

FILES = 30
SAMPLE = 16
ROOT = Path(__file__).parents[2]

_STEPS = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
_EXIT_NO_INDEX = 5


@pytest.mark.parametrize("start", ["nothing", "half", "mixed"])
def test_a_killed_import_is_made_up_for_by_the_next(tmp_path: Path, start: str) -> None:
    done = subprocess.run(
        [sys.executable, __file__, str(tmp_path), start],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout)
    # Fewer would mean that the steps are not where the work is.
    assert result["steps"] >= 120
    assert result["killed"] == min(result["steps"], result["killed"]) > SAMPLE // 2
    seen = set(result["between"])
    assert seen <= {0, FILES // 2, FILES, None}
    # The sample must lie on both sides of what a search can see.
    assert (FILES // 2 if start == "half" else 0) in seen or None in seen
    assert FILES in seen


def _write_corpus(stick: Path) -> None:
    stick.mkdir()
    for number in range(FILES):
        (stick / f"{number:02}.txt").write_text(
            f"نشرة البحر رقم {number}\n\n"
            f"قال ربان السفينة رقم {number} إن الموج كان عاليا، وإن الطاقم أفرغ {number + 7} صندوقا على الرصيف.\n",
            encoding="utf-8",
        )


def _prepare(stick: Path, start: str) -> None:
    """What the stick holds when the import begins that will be killed: everything is new, or half of it."""
    if start == "half":
        for number in range(FILES // 2, FILES):
            (stick / f"{number:02}.txt").unlink()


def _mix(whole: Path) -> None:
    """A third as files, a third in an archive, and a third in a feed that is saved and read in pieces."""
    texts = sorted(whole.iterdir())
    with zipfile.ZipFile(whole / "press.zip", "w") as archive:
        for path in texts[::3]:
            archive.write(path, path.name)
    with (whole / "feed.jsonl").open("w", encoding="utf-8") as feed:
        for path in texts[1::3]:
            title, _, body = path.read_text(encoding="utf-8").partition("\n\n")
            feed.write(json.dumps({"title": title, "content": body.strip()}, ensure_ascii=False) + "\n")
    for path in (*texts[::3], *texts[1::3]):
        path.unlink()
    ingest._SAVE_EVERY = 4  # type: ignore[misc]
    reading.LARGE_BYTES = 1000  # type: ignore[misc]


def _finish(stick: Path, whole: Path) -> None:
    for path in whole.iterdir():
        shutil.copy(path, stick)


def _kashaf(*arguments: str | Path) -> tuple[int, str, str]:
    from kashaf_tui import cli

    out, err = (io.TextIOWrapper(io.BytesIO(), write_through=True) for _ in range(2))
    sys.argv = ["kashaf", *map(str, arguments)]
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.run()
    texts = []
    for stream in (out, err):
        assert isinstance(stream.buffer, io.BytesIO)
        texts.append(stream.buffer.getvalue().decode())
    return code, texts[0], texts[1]


@contextmanager
def _counted(case: Path, act: Callable[[int], None]) -> Iterator[None]:
    """Call `act` with the number of each step, before it is taken. For a process that ends after it."""
    root = str(case)
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1
        act(taken)

    def before(event: str, args: tuple[object, ...]) -> None:
        if event not in _STEPS or not str(args[0]).startswith(root):
            return
        if event == "open" and not (isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        step()

    def call(made: Call) -> None:
        # The others raise an audit event of their own.
        if made.name in {"write", "fsync", "fsync_dir"}:
            step()

    sys.addaudithook(before)
    with syscalls.watched(call):
        yield


def _in_child(act: Callable[[], int]) -> int:
    """Run `act` in a fork. Returns its exit code, negative for a signal."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            code = act()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _index(case: Path, stick: Path, act: Callable[[int], None]) -> Callable[[], int]:
    def run() -> int:
        with _counted(case, act):
            return _kashaf("-w", case, "index", stick)[0]

    return run


def _die_at(step: int) -> Callable[[int], None]:
    def act(taken: int) -> None:
        if taken == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return act


def _state(case: Path) -> dict[str, Any]:
    """What a workspace amounts to, wherever it lies and whenever it was made."""
    workspace = open_workspace(case)
    catalogue = Catalogue(workspace.catalogue)
    entries = {entry.id: entry for entry in catalogue.present()}
    assert len({entry.id for entry in catalogue.entries()}) == len(entries)
    # The stamp is in the index beside the article, not in it.
    articles = {
        id_: replace(load_article(workspace, catalogue, entry), stamp="") for id_, entry in entries.items()
    }
    verify(workspace.index)
    with Searcher.open(workspace.index) as searcher:
        assert {id_: searcher.article(id_) for id_ in searcher.ids()} == articles
        found = searcher.matching_ids(Query("السفينة"))
    return {
        "texts": {id_: article.text for id_, article in articles.items()},
        "revisions": {id_: len(entry.revisions) for id_, entry in entries.items()},
        "found": sorted(found),
        "originals": sorted(path.name for path in workspace.originals.rglob("*") if path.is_file()),
        "sources": len(catalogue.sources),
    }


def _between(case: Path) -> int | None:
    """How many articles a search finds after the kill; None when it says that there is no index yet."""
    code, out, err = _kashaf("-w", case, "search", "السفينة", "--json", "--limit", "0")
    if code == _EXIT_NO_INDEX:
        assert "kashaf index" in err
        return None
    assert (code, err) == (0, ""), (code, err)
    return int(json.loads(out)["total"])


def _litter(case: Path) -> list[str]:
    left = (".tmp", ".part", ".old")
    return [str(path) for path in case.rglob("*") if path.name.endswith(left) or path.name == SPOOL_NAME]


def _main(scratch: Path, start: str) -> None:
    whole = scratch / "whole"
    _write_corpus(whole)
    if start == "mixed":
        _mix(whole)
    stick = scratch / "stick"
    template = scratch / "template"

    shutil.copytree(whole, stick)
    _prepare(stick, start)
    _kashaf("init", template)
    if start == "half":
        assert _in_child(lambda: _kashaf("-w", template, "index", stick)[0]) == 0
    _finish(stick, whole)

    # The undisturbed run tells what should be, and how many steps there are.
    case = scratch / "undisturbed"
    shutil.copytree(template, case)
    counter = scratch / "steps"

    def count(taken: int) -> None:
        counter.write_text(str(taken))

    assert _in_child(_index(case, stick, count)) == 0
    wanted = _state(case)
    assert len(wanted["texts"]) == len(wanted["found"]) == FILES
    steps = int(counter.read_text())
    tried = range(1, steps + 1)
    if os.environ.get("KASHAF_CRASH") != "all":
        tried = range(1, steps + 1, max(1, steps // SAMPLE))

    between: list[int | None] = []
    for step in sorted({*tried, steps}):
        case = scratch / f"step{step}"
        shutil.rmtree(case, ignore_errors=True)
        shutil.copytree(template, case)
        assert _in_child(_index(case, stick, _die_at(step))) == -signal.SIGKILL, step
        between.append(_between(case))
        assert _in_child(lambda case=case: _kashaf("-w", case, "index", stick)[0]) == 0, step  # type: ignore[misc]
        state = _state(case)
        assert state == wanted, (step, [(k, state[k], wanted[k]) for k in wanted if state[k] != wanted[k]])
        assert _litter(case) == [], (step, _litter(case))
        code, out, _ = _kashaf("-w", case, "index", stick, "--json")
        again = json.loads(out)
        assert (code, again["unchanged"], again["articles"]) == (0, FILES, FILES), step
        shutil.rmtree(case)
    print(json.dumps({"steps": steps, "killed": len(between), "between": sorted(set(between), key=str)}))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2])
