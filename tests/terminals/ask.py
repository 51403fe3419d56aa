"""Run in a terminal: what Kashaf finds out about it, and which modes it has set, as JSON in the file named."""

from __future__ import annotations

import json
import os
import re
import select
import sys
import termios
import time
import tty
from pathlib import Path

from kashaf_tui.terminal import remembered
from kashaf_tui.terminal.choosing import choose
from kashaf_tui.terminal.probe import Question

# Implicit bidi, auto wrap, cursor, mouse, focus, alternate screen, bracketed paste: what a full-screen app touches.
_MODES = ("8", "?7", "?25", "?1000", "?1003", "?1006", "?1004", "?1049", "?2004")
_ANSWER = re.compile(r"\x1b\[(\??\d+);(\d)\$y")


def modes() -> dict[str, int]:
    """DECRQM's answer for each mode that the terminal answers for: 1 set, 2 reset."""
    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    said = ""
    try:
        tty.setraw(fd)
        os.write(1, "".join(f"\x1b[{mode}$p" for mode in _MODES).encode() + b"\x1b[c")
        end = time.monotonic() + 2
        while not re.search(r"\x1b\[\?[\d;]*c", said) and time.monotonic() < end:
            if select.select([fd], [], [], 0.1)[0]:
                said += os.read(fd, 4096).decode("latin-1")
    finally:
        termios.tcsetattr(fd, termios.TCSANOW, before)
    return {mode: int(value) for mode, value in _ANSWER.findall(said)}


def main(target: Path) -> None:
    with Question(os.environ) as question:
        answers = question.ask()
    display = choose(answers, os.environ, None, remembered.load())
    found = {
        "profile": display.profile.name,
        "start": display.profile.start,
        "stop": display.profile.stop,
        "why": display.why,
        "certain": display.certain,
        "identity": display.identity,
        "rgb": display.rgb,
        "modes": modes(),
    }
    new = target.with_suffix(".new")
    new.write_text(json.dumps(found), encoding="utf-8")
    new.replace(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
