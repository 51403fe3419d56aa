"""What tmux knows of the terminal around it. tmux answers our questions itself, and swallows mode 8."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kashaf_tui.terminal.identify import Outer
from kashaf_tui.terminal.processes import hints, program

_TIMEOUT: Final = 0.3  # seconds
_FORMAT: Final = "#{client_termtype}\n#{client_termname}\n#{client_pid}\n#{allow-passthrough}"


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
    """Four lines: the client's type, its TERM, its process, and `1`, `on` or `all` where sequences get through.

    tmux before 3.3 has no such option and lets them through; that is not relied upon.
    """
    lines = [line.strip() for line in said[:4096].decode("ascii", "replace").split("\n")[:4]]
    name, term, pid, through = [*lines, *[""] * (4 - len(lines))]
    known = Outer(name, term, passthrough=through in ("1", "on", "all"))
    return replace(known, hints=hints(pid), program=program(pid)) if pid.isdigit() else known
