"""kill -9 at every file-changing call of every operation of the notes: what was acknowledged is there, what was not
is whole or absent.

The loop is that of SQLite's crash tests and of notmuch's T380-atomicity: n = 1, 2, 3, … until a run ends untouched;
too few points found means that the seam is not where the calls are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.crash.notes_operations import SCENARIOS

ROOT = Path(__file__).parents[2]
DRIVER = Path(__file__).parent / "notes_driver.py"
FEWEST_POINTS = 1200
SAMPLE = 5  # one call of so many, unless KASHAF_CRASH=all


def test_every_acknowledged_change_survives_a_kill_at_every_call(tmp_path: Path) -> None:
    step = 1 if os.environ.get("KASHAF_CRASH") == "all" else SAMPLE
    done = subprocess.run(
        [sys.executable, str(DRIVER), str(tmp_path), str(step)],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr[-4000:]
    points: dict[str, int] = json.loads(done.stdout)
    assert list(points) == [scenario.name for scenario in SCENARIOS]
    assert min(points.values()) >= 20
    assert sum(points.values()) >= FEWEST_POINTS
