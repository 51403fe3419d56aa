"""kill -9 of the index's writer before every step it takes on disk, one after the other until it gets through."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.index_corpus import ARTICLES, build, make_article

from kashaf_index.build import IndexWriter
from kashaf_index.model import Query
from kashaf_index.opening import verify
from kashaf_index.search import Searcher

_OLD = ARTICLES[:2]
_CHANGED = make_article("school", "مدرسة أخرى", "نص بديل عن القرية.")
_NEW = (ARTICLES[0], _CHANGED, ARTICLES[2])
_STEPS = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"}


def test_every_kill_leaves_the_old_or_the_new_index(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, __file__, str(tmp_path)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    old, new = map(int, done.stdout.split())
    # Most steps come before the swap; some (cleaning up) after it.
    assert old >= 20
    assert new >= 1


def _change(index_dir: Path) -> None:
    with IndexWriter(index_dir) as writer:
        writer.put(_CHANGED)
        writer.put(ARTICLES[2])
        writer.commit()


def _die_at(step: int, index_dir: Path) -> None:
    """Kill this process before its `step`-th change to files under `index_dir`."""
    taken = 0
    root = str(index_dir)

    def before(event: str, args: tuple[object, ...]) -> None:
        nonlocal taken
        if event not in _STEPS or not str(args[0]).startswith(root):
            return
        if event == "open" and not (isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        taken += 1
        if taken == step:
            os.kill(os.getpid(), signal.SIGKILL)

    fsync: Callable[[int], None] = os.fsync

    def counted_fsync(descriptor: int) -> None:
        before("os.rename", (root,))
        fsync(descriptor)

    os.fsync = counted_fsync  # type: ignore[assignment]  # fsync has no audit event
    sys.addaudithook(before)


def _state(index_dir: Path) -> str:
    verify(index_dir)
    with Searcher.open(index_dir) as searcher:
        stored = {known: searcher.article(known) for known in searcher.ids()}
        found = searcher.search(Query("بديل")).total
    for name, articles, hits in (("old", _OLD, 0), ("new", _NEW, 1)):
        if stored == {article.id: article for article in articles} and found == hits:
            return name
    raise AssertionError(f"neither the old nor the new index: {sorted(stored)}")


def _main(scratch: Path) -> None:
    template = build(scratch / "template", _OLD)
    counts = {"old": 0, "new": 0}
    for step in range(1, 500):
        index_dir = scratch / f"step{step}"
        shutil.copytree(template, index_dir)
        child = os.fork()
        if child == 0:
            _die_at(step, index_dir)
            _change(index_dir)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        state = _state(index_dir)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            assert state == "new"
            break
        counts[state] += 1
        # The next writer takes up from there and leaves nothing of the dead one.
        _change(index_dir)
        assert _state(index_dir) == "new"
        assert not list(index_dir.glob("*.part"))
        assert len(list(index_dir.glob("gen-*"))) <= 2
        shutil.rmtree(index_dir)
    else:
        raise AssertionError("the writer never got through")
    print(counts["old"], counts["new"])


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
