"""Which terminal a process runs in, by its environment and its ancestors. Linux only; elsewhere nothing is found."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kashaf_tui.terminal.identify import HINTS

PROC: Final = Path("/proc")
_LONGEST: Final = 1 << 17  # bytes of an environment
_ANCESTORS: Final = 8
# Names of processes, of which Linux keeps 15 bytes, that draw a terminal.
_PROGRAMS: Final = {
    "qterminal": "qterminal",
    "lxqt-terminal": "qterminal",
    "konsole": "konsole",
    "gnome-terminal-": "vte",
    "xfce4-terminal": "vte",
    "mate-terminal": "vte",
    "lxterminal": "vte",
    "tilix": "vte",
    "kitty": "kitty",
    "alacritty": "alacritty",
    "foot": "foot",
    "st": "st",
    "stterm": "st",
    "mlterm": "mlterm",
    "pterm": "putty",
    "xterm": "xterm",
}


def status(pid: str, proc: Path = PROC) -> dict[str, str]:
    """The fields of a process's `status`; empty when it is gone."""
    try:
        with (proc / pid / "status").open(encoding="ascii", errors="replace") as file:
            return dict(line.rstrip("\n").partition(":\t")[::2] for line in file)
    except OSError:
        return {}


def program(pid: str, proc: Path = PROC) -> str:
    """The key of the terminal among the ancestors of a process, or nothing."""
    for _ in range(_ANCESTORS):
        fields = status(pid, proc)
        if known := _PROGRAMS.get(fields.get("Name", "")[:15]):
            return known
        pid = fields.get("PPid", "")
        if not pid.isdigit() or int(pid) <= 1:
            break
    return ""


def hints(pid: str, proc: Path = PROC) -> tuple[str, ...]:
    """Which of the telling variables a process was started with."""
    try:
        with (proc / pid / "environ").open("rb") as file:
            names = {entry.partition(b"=")[0] for entry in file.read(_LONGEST).split(b"\0")}
    except OSError:
        return ()
    return tuple(name for name in HINTS if name.encode() in names)
