"""What can be known of the terminal around GNU screen, which answers for itself and tells nothing of it.

Its front end is a process in that terminal. Which one serves this session is known by the terminal line that the
session's server has open; where the server's files may not be looked at (screen is set-group-id on some systems),
all front ends of the user are taken, and believed when they agree.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from kashaf_tui.terminal.identify import Outer
from kashaf_tui.terminal.processes import PROC, hints, program, status

_MOST: Final = 4096  # processes looked at
_LINE: Final = re.compile(
    r"\) \S (?:-?\d+ ){3}(-?\d+) "
)  # of `stat`: the name may hold anything but ends last


def outer(environ: Mapping[str, str], proc: Path = PROC) -> Outer | None:
    """The terminal in which this session's front ends run. None outside screen; Linux only.

    proc: where the processes are. Never raises.
    """
    server = environ.get("STY", "").partition(".")[0]
    if not server.isdigit():
        return None
    fronts = dict(_fronts(server, proc))
    lines = _lines(server, proc)
    if lines & set(fronts.values()):
        fronts = {pid: line for pid, line in fronts.items() if line in lines}
    found = {Outer(hints=hints(pid, proc), program=program(pid, proc)) for pid in fronts}
    return found.pop() if len(found) == 1 else Outer()


def _fronts(server: str, proc: Path) -> Iterator[tuple[str, int]]:
    """Processes of this user that are screen's and have a terminal line, and its number."""
    try:
        pids = [entry.name for entry in proc.iterdir() if entry.name.isdigit() and entry.name != server]
    except OSError:
        return
    for pid in pids[:_MOST]:
        fields = status(pid, proc)
        if fields.get("Name") != "screen" or fields.get("Uid", "").split()[:1] != [str(os.getuid())]:
            continue
        try:
            said = (proc / pid / "stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        line = _LINE.search(said, said.rfind(")"))
        if line and int(line[1]) > 0:
            yield pid, int(line[1])


def _lines(server: str, proc: Path) -> set[int]:
    """The numbers, as `stat` writes them (proc(5)), of the terminal lines that the server has open."""
    try:
        files = list((proc / server / "fd").iterdir())
    except OSError:
        return set()
    found = set()
    for file in files:
        try:
            device = file.stat().st_rdev
        except OSError:
            continue
        minor = os.minor(device)
        found.add(minor & 0xFF | os.major(device) << 8 | minor >> 8 << 20)
    return found - {0}
