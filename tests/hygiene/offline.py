"""A Python process that may not use the network: an audit hook (PEP 578), loaded before anything else."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# Python imports `sitecustomize` at start-up from wherever the path names it first, in child processes too.
_HOOK = """
import os, sys

REACHING_OUT = {
    "socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "socket.getnameinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request", "webbrowser.open",
}
AF_UNIX = 1

def callers():
    frame = sys._getframe(2)
    while frame is not None:
        yield frame.f_code.co_name
        frame = frame.f_back

def hook(event, arguments):
    # Kashaf seals itself by refusing the socket; whoever wanted one is to be seen all the same.
    if event not in REACHING_OUT and not (event == "socket.__new__" and arguments[1] != AF_UNIX):
        return
    # urllib3, which trafilatura imports, tries on import whether IPv6 is there. Refused, not counted.
    if "_has_ipv6" not in callers():
        with open(os.environ["OFFLINE_LOG"], "a", encoding="utf-8") as log:
            log.write(f"{event} {arguments!r}\\n")
    raise ConnectionRefusedError(event)

sys.addaudithook(hook)
"""


@dataclass(frozen=True, slots=True)
class Offline:
    """Runs Python under the hook. The log keeps every attempt, also one whose refusal was caught."""

    folder: Path

    @property
    def attempts(self) -> list[str]:
        log = self.folder / "attempts"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    def python(self, *arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run `python ARGUMENTS` to its end."""
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=cwd,
            env=os.environ
            | {"PYTHONPATH": str(self.folder / "hook"), "OFFLINE_LOG": str(self.folder / "attempts")},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )


def offline(folder: Path) -> Offline:
    """The hook, written into `folder`."""
    (folder / "hook").mkdir(parents=True)
    (folder / "hook" / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
    return Offline(folder)
