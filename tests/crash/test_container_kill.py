"""kill -9 of the writer of a container before every file-changing call, one after the other until it gets through."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests.codec_support import META, arrays, is_right

from kashaf.storage import syscalls
from kashaf_index.codec import layout, writing
from kashaf_index.codec.container import ContainerWriter


def test_every_kill_leaves_a_whole_container_or_none(tmp_path: Path) -> None:
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
    assert int(done.stdout) >= 20


def _write_and_die(path: Path, step: int) -> None:
    calls = 0

    def die(call: syscalls.Call) -> None:
        nonlocal calls
        calls += 1
        if calls == step:
            if call.name == "write" and Path(call.path).exists():
                # A write that got half through.
                with Path(call.path).open("ab") as torn:
                    torn.write(call.data[: len(call.data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)

    with syscalls.watched(die):
        writer = ContainerWriter(path, "segment")
        for name, array in arrays().items():
            writer.append(name, array[:0])
        for half in range(2):
            for name, array in arrays().items():
                middle = len(array) // 2
                writer.append(name, array[middle:] if half else array[:middle])
        writer.finish(META)


def _main(scratch: Path) -> None:
    writing._BUFFER = 10_000  # type: ignore[misc]  # a small corpus should spool too
    writing._PIECE = layout.BLOCK  # type: ignore[misc]  # and write in many pieces
    points = 0
    for step in range(1, 500):
        folder = scratch / str(step)
        folder.mkdir()
        path = folder / "a1.seg"
        child = os.fork()
        if child == 0:
            _write_and_die(path, step)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        left = {entry.name for entry in folder.iterdir()} - {path.name}
        # What is left has names that the next writer sweeps.
        assert len(left) <= 1
        assert all(name.startswith(f".{path.name}.") and name.endswith(".tmp") for name in left)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            assert is_right(path)
            assert not left
            break
        points += 1
        assert not path.exists() or is_right(path)
        # The next writer takes up from there.
        _write_and_die(path, 0)
        assert is_right(path)
        shutil.rmtree(folder)
    else:
        raise AssertionError("the writer never got through")
    print(points)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
