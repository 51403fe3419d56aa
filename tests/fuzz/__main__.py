"""Fuzz every reader for a while: `python -m tests.fuzz [--seconds N] [NAME…]`.

With atheris (coverage-guided) where it can be imported, else with the mutations of the short run. What brings a
reader down is kept in `fuzz-findings/`, and its name is said.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import traceback
from importlib.util import find_spec
from pathlib import Path
from random import Random
from time import monotonic

from tests.fuzz.mutate import mutations
from tests.fuzz.targets import seeds, targets

FINDINGS = Path("fuzz-findings")
_ROUND = 50


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(targets())}")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--guided", metavar="NAME", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.guided:
        _guided(given.guided, given.seconds)
        return 0
    wanted = given.names or list(targets())
    if unknown := set(wanted) - set(targets()):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    with_atheris = find_spec("atheris") is not None
    sys.stdout.write(
        f"fuzzing {'with atheris' if with_atheris else 'without atheris'}, {given.seconds} s each\n"
    )
    failed = [name for name in wanted if not (_apart if with_atheris else _by_hand)(name, given.seconds)]
    sys.stdout.write(f"{len(wanted) - len(failed)} of {len(wanted)} targets stood\n")
    return 1 if failed else 0


def _apart(name: str, seconds: int) -> bool:
    """In a process of its own: libFuzzer ends the one that it runs in."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--guided", name, "--seconds", str(seconds)], check=False
    )
    sys.stdout.write(f"{name}: {'stood' if ended.returncode == 0 else 'FELL; see ' + str(FINDINGS)}\n")
    return ended.returncode == 0


def _guided(name: str, seconds: int) -> None:
    import atheris

    FINDINGS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(seeds(name)):
            Path(folder, str(number)).write_bytes(data)
        atheris.instrument_all()
        options = [f"-max_total_time={seconds}", "-max_len=100000", "-timeout=30", "-rss_limit_mb=2500",
                   f"-artifact_prefix={FINDINGS}/{name}-", "-verbosity=0", "-print_final_stats=0"]  # fmt: skip
        atheris.Setup([name, *options, folder], targets()[name])
        atheris.Fuzz()


def _by_hand(name: str, seconds: int) -> bool:
    target, begin, chance = targets()[name], seeds(name), Random(os.urandom(8))
    until, done = monotonic() + seconds, 0
    while monotonic() < until:
        for data in mutations(begin, _ROUND, chance):
            done += 1
            try:
                target(data)
            except Exception:
                FINDINGS.mkdir(exist_ok=True)
                path = FINDINGS / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
                path.write_bytes(data)
                sys.stdout.write(f"{name}: FELL over {path}\n{traceback.format_exc()}")
                return False
    sys.stdout.write(f"{name}: stood over {done} files\n")
    return True


if __name__ == "__main__":
    sys.exit(main())
