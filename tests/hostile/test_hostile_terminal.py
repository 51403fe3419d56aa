"""Terminals that answer late, never, endlessly or nonsense; and what each of them is left like."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from tests.hostile.test_hostile_explorer import OURS
from tests.pty_support import FIRST_PAINT, Terminal

SENTINEL = b"\x1b[c"
XTERM = b"\x1b[8;0$y\x1b[>41;379;0c\x1bP>|XTerm(379)\x1b\\\x1b[1;1R\x1b[1;1R\x1b[?64;1;22c"
MLTERM = b"\x1b[8;0$y\x1b[>24;279;0c\x1b[1;1R\x1b[1;2R\x1b[?63;1;2c"
MLTERM_OFF, MLTERM_ON = b"\x1b]5379;use_ctl=false\x07", b"\x1b]5379;use_ctl=true\x07"
CRASHING = """
import sys
from kashaf_tui.explorer.screens.main import MainScreen
MainScreen.action_help = lambda self: 1 / 0
sys.argv = ["kashaf", "-w", {workspace!r}]
from kashaf_tui.__main__ import main
main()
"""
EARLY = """
import os, signal, sys
from kashaf_tui.explorer.app import ExplorerApp
run = ExplorerApp.run
def signalled(self, **options):
    os.kill(os.getpid(), signal.SIGTERM)
    return run(self, **options)
ExplorerApp.run = signalled
sys.argv = ["kashaf", "-w", {workspace!r}]
from kashaf_tui.__main__ import main
main()
"""


class Answering(Terminal):
    """Answers the question before the start with `answers`, `delay` seconds after it came."""

    def __init__(
        self,
        arguments: list[str],
        state: Path,
        answers: bytes = b"",
        *,
        delay: float = 0.0,
        columns: int = 120,
        rows: int = 40,
        **environ: str,
    ) -> None:
        self._answers = answers
        self._delay = delay
        self._asked_at: float | None = None
        kept = dict.fromkeys(("TERM_PROGRAM", "VTE_VERSION", "KONSOLE_VERSION", "STY", "XTERM_VERSION"), "")
        super().__init__(
            arguments,
            columns=columns,
            rows=rows,
            environ={**kept, "XDG_STATE_HOME": str(state), "KASHAF_TERMINAL_PROFILE": "", **environ},
        )

    def read(self, seconds: float = 0.2) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            super().read(min(left, 0.02))
            if self._asked_at is None and SENTINEL in self.output:
                self._asked_at = time.monotonic()
            due = self._asked_at is not None and time.monotonic() >= self._asked_at + self._delay
            if due and self._answers:
                os.write(self.fd, self._answers)
                self._answers = b""


def explorer(workspace: Path) -> list[str]:
    return ["-m", "kashaf_tui", "-w", str(workspace)]


def assert_ours(output: bytes) -> None:
    """Printable text, and sequences that Textual or we send ourselves."""
    ours = re.compile(OURS.pattern + r"|\x1b\]5379;use_ctl=(?:true|false)\x07")
    rest = ours.sub("", output.decode("utf-8"))
    assert not [
        char for char in rest if (char < " " and char not in "\r\n\x08\x0f") or "\x7f" <= char <= "\x9f"
    ]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", rest)


def assert_given_back(terminal: Terminal) -> None:
    local = termios.tcgetattr(terminal.fd)[3]
    assert local & termios.ECHO
    assert local & termios.ICANON
    assert terminal.output.rfind(b"\x1b[?1049l") > terminal.output.rfind(b"\x1b[?1049h")


def leave(terminal: Terminal) -> None:
    terminal.send("\x1bOR")
    terminal.read(0.5)
    terminal.send("q")
    assert terminal.end() == 0
    assert_given_back(terminal)
    assert_ours(terminal.output)


def query(workspace: Path) -> str:
    kept = workspace / "state" / "explorer.yaml"
    found = re.search("(?m)^query: (.*)$", kept.read_text(encoding="utf-8")) if kept.exists() else None
    return found[1].strip("'") if found else ""


NONSENSE = [
    b"",
    b"\x1b[8;9$y\x1b[>c\x1b[?c",
    b"\x1b[>999999999999;1c\x1b[?" + b"1;" * 500 + b"c",
    b"\x1bP>|\x1b[2J\x1b]0;pwned\x07\x1b\\\x1b[?6c",
    b"\x1b[?6c" * 50,
    b"\x00\xff\xfe\x9b\x90" * 20 + b"\x1b[?6c",
]


@pytest.mark.parametrize("answers", NONSENSE, ids=range(len(NONSENSE)))
def test_silence_and_nonsense(case: Path, tmp_path: Path, answers: bytes) -> None:
    with Answering(explorer(case), tmp_path, answers) as terminal:
        terminal.wait_for("exact 81")
        leave(terminal)


def test_answers_that_come_late_are_no_keys(case: Path, tmp_path: Path) -> None:
    with Answering(explorer(case), tmp_path, XTERM, delay=2.0) as terminal:
        terminal.wait_for("exact 81")
        terminal.read(2.5)
        assert XTERM not in terminal.output
        leave(terminal)
    assert query(case) == ""


def test_keys_beside_late_answers_are_keys(case: Path, tmp_path: Path) -> None:
    halves = "نه".encode() + XTERM + "ر".encode()
    with Answering(explorer(case), tmp_path, halves, delay=2.0) as terminal:
        terminal.wait_for("[stem 10]")
        leave(terminal)
    assert query(case) == "نهر"


@pytest.mark.parametrize("flood", [b"\x1b[?1;", b"\x1bP>|", b"\xff\x00"], ids=["csi", "dcs", "bytes"])
def test_a_terminal_that_talks_without_end(case: Path, tmp_path: Path, flood: bytes) -> None:
    with Answering(explorer(case), tmp_path) as terminal:
        os.set_blocking(terminal.fd, False)
        end = time.monotonic() + 40
        while FIRST_PAINT not in terminal.output:
            assert time.monotonic() < end
            terminal.read(0.01)
            try:
                os.write(terminal.fd, flood * 50)
            except BlockingIOError:
                continue
        os.set_blocking(terminal.fd, True)
        terminal.read(1.0)
        terminal.signal(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert_given_back(terminal)


@pytest.mark.parametrize("answers", [XTERM, b""], ids=["answering", "silent"])
def test_two_columns_and_one_row(case: Path, tmp_path: Path, answers: bytes) -> None:
    with Answering(explorer(case), tmp_path, answers, columns=2, rows=1) as terminal:
        end = time.monotonic() + 40
        while FIRST_PAINT not in terminal.output:
            assert time.monotonic() < end
            terminal.read(0.1)
        terminal.read(1.0)
        terminal.signal(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert_given_back(terminal)
        assert_ours(terminal.output)


@pytest.mark.parametrize("term", ["dumb", "", "linux"])
def test_some_types_are_not_asked(case: Path, tmp_path: Path, term: str) -> None:
    with Answering(["-m", "kashaf_tui", "-w", str(case), "terminals"], tmp_path, TERM=term) as terminal:
        assert terminal.end() == 0
        assert SENTINEL not in terminal.output
        assert b"\x1b[8$p" not in terminal.output
        assert b"not asked" in terminal.output


def test_a_pipe_is_sent_no_sequence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kashaf_tui", "terminals"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path), "TERM": "xterm-kitty"},
    )
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"kitty" in done.stdout


def test_the_command_shows_all_profiles_and_remembers(case: Path, tmp_path: Path) -> None:
    command = [*explorer(case), "terminals"]
    with Answering(command, tmp_path, XTERM) as terminal:
        assert terminal.end() == 0
        text = "\n".join(terminal.screen.display)
        assert "terminal: xterm" in text
        assert "XTerm(379)" in text
        assert all(f" {name} " in text for name in ("app", "lrm", "alt", "kitty", "mlterm"))
        assert_ours(terminal.output)
        assert terminal.output.rfind(MLTERM_ON) > terminal.output.rfind(MLTERM_OFF)
    with Answering([*command, "--remember", "lrm"], tmp_path, XTERM) as terminal:
        assert terminal.end() == 0
    with Answering(explorer(case), tmp_path, XTERM) as terminal:
        terminal.wait_for("exact 81")
        leave(terminal)
        assert "\u200e" in terminal.output.decode().rpartition("\x1b[?1049h")[2]
    with Answering([*command, "--forget"], tmp_path, XTERM) as terminal:
        assert terminal.end() == 0
    assert "xterm: " not in (tmp_path / "kashaf" / "terminals.yaml").read_text(encoding="utf-8")


def test_a_damaged_memory_is_said_and_stops_nobody(case: Path, tmp_path: Path) -> None:
    (tmp_path / "kashaf").mkdir()
    (tmp_path / "kashaf" / "terminals.yaml").write_bytes(b"xterm: [\x1b]0;pwned\x07")
    with Answering(explorer(case), tmp_path, XTERM) as terminal:
        terminal.wait_for("exact 81")
        leave(terminal)
        assert b"terminals.yaml" in terminal.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, None])
def test_the_terminal_gets_its_own_bidi_back(
    case: Path, tmp_path: Path, number: signal.Signals | None
) -> None:
    with Answering(explorer(case), tmp_path, MLTERM) as terminal:
        terminal.wait_for("exact 81")
        assert terminal.output.rfind(MLTERM_OFF) > terminal.output.rfind(MLTERM_ON)
        if number is None:
            leave(terminal)
        else:
            terminal.signal(number)
            assert terminal.end() == 128 + number
            assert_given_back(terminal)
        assert terminal.output.rfind(MLTERM_ON) > terminal.output.rfind(MLTERM_OFF)


def test_after_a_fault_too(case: Path, tmp_path: Path) -> None:
    with Answering(["-c", CRASHING.format(workspace=str(case))], tmp_path, MLTERM) as terminal:
        terminal.wait_for("exact 81")
        terminal.send("\x1bOP")
        assert terminal.end() == 1
        assert_given_back(terminal)
        assert terminal.output.rfind(MLTERM_ON) > terminal.output.rfind(MLTERM_OFF)


def test_a_signal_before_the_first_screen_is_not_lost(case: Path, tmp_path: Path) -> None:
    with Answering(["-c", EARLY.format(workspace=str(case))], tmp_path, MLTERM) as terminal:
        assert terminal.end() == 128 + signal.SIGTERM
        assert_given_back(terminal)
        assert terminal.output.rfind(MLTERM_ON) > terminal.output.rfind(MLTERM_OFF)


def test_while_suspended_the_terminal_is_as_it_was(case: Path, tmp_path: Path) -> None:
    with Answering(explorer(case), tmp_path, MLTERM) as terminal:
        terminal.wait_for("exact 81")
        terminal.signal(signal.SIGTSTP)
        end = time.monotonic() + 20
        while True:
            terminal.read(0.1)
            pid, status = os.waitpid(terminal.pid, os.WNOHANG | os.WUNTRACED)
            if pid:
                break
            assert time.monotonic() < end
        assert os.WIFSTOPPED(status)
        terminal.read(0.3)
        assert_given_back(terminal)
        assert terminal.output.rfind(MLTERM_ON) > terminal.output.rfind(MLTERM_OFF)
        before = len(terminal.output)
        terminal.signal(signal.SIGCONT)
        terminal.read(1.5)
        again = terminal.output[before:]
        assert again.find(b"\x1b[?1049h") < again.find(MLTERM_OFF)
        assert MLTERM_OFF in again
        assert b"exact" in again, "the screen is painted again"
        leave(terminal)
        assert terminal.output.rfind(MLTERM_ON) > terminal.output.rfind(MLTERM_OFF)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_asking_leaves_the_terminal_as_it_was(tmp_path: Path, number: signal.Signals) -> None:
    code = (
        "import os, time; from kashaf_tui.terminal.probe import Question\n"
        "with Question(os.environ) as question: question.ask(30)"
    )
    with Answering(["-c", code], tmp_path) as terminal:
        end = time.monotonic() + 20
        while SENTINEL not in terminal.output:
            assert time.monotonic() < end
            terminal.read(0.1)
        assert not termios.tcgetattr(terminal.fd)[3] & termios.ECHO
        terminal.signal(number)
        assert terminal.end() == -number
        assert termios.tcgetattr(terminal.fd)[3] & termios.ECHO
