"""No traceback reaches a user, and none is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BROKEN = """
import sys
from kashaf_tui import session
session.Session.workspace = property(lambda self: {fault})
sys.argv = ["kashaf", "stats"]
from kashaf_tui.__main__ import main
main()
"""


def run(tmp_path: Path, fault: str = "1 / 0", **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BROKEN.format(fault=fault)],
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path), **environ},
        check=False,
    )


def test_a_fault_is_told_in_one_line_and_kept_in_a_file(tmp_path: Path) -> None:
    ran = run(tmp_path)
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    (kept,) = tmp_path.glob("kashaf-fault-*.log")
    assert str(kept) in ran.stderr
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")


def test_who_asks_sees_the_traceback(tmp_path: Path) -> None:
    assert "ZeroDivisionError" in run(tmp_path, KASHAF_DEBUG="1").stderr
    assert not list(tmp_path.iterdir())


def test_memory_that_runs_out_is_no_fault(tmp_path: Path) -> None:
    ran = run(tmp_path, "bytearray(1 << 62)")
    assert ran.returncode == 1
    assert "too little memory" in ran.stderr
    assert not list(tmp_path.iterdir())
