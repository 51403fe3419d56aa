"""Whatever ends the explorer, the terminal is as it was."""

from __future__ import annotations

import signal
import termios
from pathlib import Path

import pytest
from tests.pty_support import Terminal

from kashaf.notes.store import NoteStore
from kashaf.workspace import open_workspace

CRASHING = """
import sys
from kashaf_tui.explorer.screens.main import MainScreen
MainScreen.action_help = lambda self: 1 / 0
sys.argv = ["kashaf", "-w", {workspace!r}]
from kashaf_tui.__main__ import main
main()
"""


def assert_restored(terminal: Terminal) -> None:
    written = terminal.output.decode("utf-8", "replace")
    for enter, leave in (("\x1b[?1049h", "\x1b[?1049l"), ("\x1b[?25l", "\x1b[?25h"), ("\x1b[8l", "\x1b[8h")):
        assert written.rfind(leave) > written.rfind(enter) >= 0, (enter, leave)
    for mode in ("1000", "1003", "1006", "1004", "2004"):
        assert written.rfind(f"\x1b[?{mode}l") > written.rfind(f"\x1b[?{mode}h"), mode
    local = termios.tcgetattr(terminal.fd)[3]
    assert local & termios.ECHO
    assert local & termios.ICANON


def test_after_leaving(case: Path) -> None:
    with Terminal.explorer(case) as terminal:
        terminal.wait_for("exact 81")
        terminal.send("\x1bOR")
        terminal.read(0.5)
        terminal.send("q")
        assert terminal.end() == 0
        assert_restored(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_after_a_signal(case: Path, number: signal.Signals) -> None:
    with Terminal.explorer(case) as terminal:
        terminal.wait_for("exact 81")
        terminal.send("نهر")
        terminal.wait_for("[stem 10]")
        terminal.signal(number)
        assert terminal.end() == 128 + number
        assert_restored(terminal)
    assert "query: نهر" in (case / "state" / "explorer.yaml").read_text(encoding="utf-8")


def test_when_the_window_is_closed_it_ends_and_lets_go_of_the_notes(case: Path) -> None:
    with Terminal.explorer(case) as terminal:
        terminal.wait_for("exact 81")
        terminal.send("نهر")
        terminal.wait_for("[stem 10]")
        terminal.send("\x1bOR" + "j" * 200)  # so that much is still to be written
        terminal.hang_up()
        assert terminal.end() == 128 + signal.SIGHUP
    assert "query: نهر" in (case / "state" / "explorer.yaml").read_text(encoding="utf-8")
    with NoteStore.open(open_workspace(case).notes_file):
        pass


def test_after_a_fault_of_ours(case: Path) -> None:
    with Terminal(["-c", CRASHING.format(workspace=str(case))]) as terminal:
        terminal.wait_for("exact 81")
        terminal.send("\x1bOP")
        assert terminal.end() == 1
        assert_restored(terminal)
        assert b"Traceback" not in terminal.output
        assert b"crash.log" in terminal.output
    assert "ZeroDivisionError" in (case / ".kashaf" / "crash.log").read_text(encoding="utf-8")


def test_without_a_terminal_it_says_what_to_do(case: Path) -> None:
    with Terminal.explorer(case, environ={"TERM": "dumb"}) as terminal:
        assert terminal.end() == 2
        assert b"kashaf search" in terminal.output
        assert b"\x1b[?1049h" not in terminal.output
