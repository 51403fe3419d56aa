"""What tmux knows of the terminal around it. tmux answers our questions itself, and swallows mode 8."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kashaf_tui.terminal.identify import HINTS, Outer

_TIMEOUT: Final = 0.3  # seconds
_FORMAT: Final = "#{client_termtype}\n#{client_termname}\n#{client_pid}"
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
    "mlterm": "mlterm",
    "pterm": "putty",
    "xterm": "xterm",
}


def outer(environ: Mapping[str, str]) -> Outer | None:
    """Ask tmux. None when there is no tmux to ask, or when it does not answer within 0.3 s."""
    if not environ.get("TMUX"):
        return None
    import subprocess  # noqa: PLC0415 -- only under tmux

    try:
        done = subprocess.run(  # noqa: S603 -- nothing of it comes from outside
            ["tmux", "display-message", "-p", _FORMAT],  # noqa: S607 -- the tmux of this user's PATH
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return read(done.stdout)


def read(said: bytes) -> Outer:
    """Three lines: the client's type, its TERM, its process."""
    lines = [*said[:4096].decode("ascii", "replace").split("\n"), "", "", ""]
    pid = lines[2].strip()
    if not pid.isdigit():
        return Outer(lines[0].strip(), lines[1].strip())
    return Outer(lines[0].strip(), lines[1].strip(), _hints(pid), _program(pid))


def _program(pid: str) -> str:
    """The terminal among the client's ancestors, by `/proc/PID/status`; Linux only."""
    for _ in range(_ANCESTORS):
        try:
            with Path("/proc", pid, "status").open(encoding="ascii", errors="replace") as file:
                fields = dict(line.rstrip("\n").partition(":\t")[::2] for line in file)
        except OSError:
            break
        if known := _PROGRAMS.get(fields.get("Name", "")[:15]):
            return known
        pid = fields.get("PPid", "")
        if not pid.isdigit() or int(pid) <= 1:
            break
    return ""


def _hints(pid: str) -> tuple[str, ...]:
    """Which telling variables tmux's client was started with; Linux only."""
    try:
        with Path("/proc", pid, "environ").open("rb") as file:
            names = {entry.partition(b"=")[0] for entry in file.read(_LONGEST).split(b"\0")}
    except OSError:
        return ()
    return tuple(name for name in HINTS if name.encode() in names)
