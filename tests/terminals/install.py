"""Install what the terminals named need, or say what to install. Prints those that can be looked at.

    python -m tests.terminals.install xterm vte kitty

With apt and as root it installs; otherwise it says what somebody else should. Exit code 1 when one cannot be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.terminals.terminals import KINDS, missing

_SECONDS = 240


def install(packages: list[str]) -> bool:
    """Whether apt could be asked and did it. Its own words go to standard error."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # A machine without a network says so soon instead of waiting for each address of each mirror.
    ask = ["apt-get", "-qq", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=15"]
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        try:
            done = subprocess.run(
                [*ask, *words], env=environ, stdout=sys.stderr, check=False, timeout=_SECONDS
            )
        except subprocess.TimeoutExpired:
            return False
        if done.returncode:
            return False
    return True


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in KINDS]
    if unknown or not names:
        print(f"Unknown: {' '.join(unknown)}. Known: {' '.join(KINDS)}", file=sys.stderr)
        return 2
    wanted = sorted({package for name in names for package in missing(KINDS[name])})
    if wanted and not install(wanted):
        print(f"Not installed. On Debian and Ubuntu: apt install {' '.join(wanted)}", file=sys.stderr)
    lacking = {name: missing(KINDS[name]) for name in names}
    for name, packages in lacking.items():
        if packages:
            print(f"{name} can NOT be looked at: {' '.join(packages)} missing", file=sys.stderr)
    print(" ".join(name for name in names if not lacking[name]))
    return 1 if any(lacking.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
