"""Running a measurement in a process of its own.

`python -m tests.benchmarks.process MODULE FUNCTION FOLDER…` calls the function of that module of this package and
prints what it returns, a mapping of names to numbers, as JSON, with the process's peak memory.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[2]
#: `time.monotonic` of the moment at which a process was started, for what measures from there.
STARTED = "BENCHMARK_STARTED"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Numbers by name, and the peak resident memory in MiB."""

    values: Mapping[str, float]
    peak: float


_LOOK: Final = 0.1  # seconds between two looks at what a process and those it started hold


def run(module: str, function: str, *arguments: object) -> Outcome:
    """Call `tests.benchmarks.MODULE.FUNCTION(*ARGUMENTS)` in a new process; arguments arrive as strings."""
    # This process stays small: Linux counts the memory of a parent at the start of a child as the child's own.
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", __name__, module, function, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {STARTED: str(time.monotonic())},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        encoding="utf-8",
    )
    answer = json.loads(done.stdout)
    return Outcome(answer["values"], answer["peak"])


def watched(module: str, function: str, *arguments: object, python: str = sys.executable) -> Outcome:
    """As `run`, in any Python; the peak is that of the process and all it started, together.

    Pages that they share count more than once. Where there is no /proc, the peak is the process's own.
    """
    peak = 0.0
    with subprocess.Popen(
        [python, "-W", "ignore", "-m", __name__, module, function, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        while True:
            try:
                printed, _ = process.communicate(timeout=_LOOK)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, sum(map(_resident, _family(process.pid))))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    answer = json.loads(printed)
    return Outcome(answer["values"], max(peak, answer["peak"]))


def _family(process: int) -> Iterator[int]:
    """The process and all that it started, and they in turn."""
    yield process
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            with suppress(OSError):
                for child in (task / "children").read_text(encoding="ascii").split():
                    yield from _family(int(child))


def _resident(process: int) -> float:
    """MiB in memory."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * resource.getpagesize() / 1024**2


def median_seconds(arguments: Sequence[str | Path], runs: int = 7) -> float:
    """Wall-clock time of `python ARGUMENTS`, from start to end, after one run that is not counted."""
    taken = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-W", "ignore", *map(str, arguments)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        taken.append(time.perf_counter() - started)
    return statistics.median(taken[1:])


def since_start() -> float:
    """Seconds since this process was asked for, the start of Python included."""
    return time.monotonic() - float(os.environ[STARTED])


def peak_memory() -> float:
    """Peak resident memory of this process in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2


def _main() -> None:
    module, function, *arguments = sys.argv[1:]
    values: Mapping[str, float] = getattr(import_module(f"tests.benchmarks.{module}"), function)(*arguments)
    json.dump({"values": values, "peak": peak_memory()}, sys.stdout)


if __name__ == "__main__":
    _main()
