"""Option, environment, memory, detection: in this order."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kashaf.errors import UsageError
from kashaf_tui import cli
from kashaf_tui.terminal import tmux
from kashaf_tui.terminal.choosing import CHOICES, VARIABLE, choose, override, settled
from kashaf_tui.terminal.identify import Outer
from kashaf_tui.terminal.probe import Answers, parse
from kashaf_tui.terminal.remembered import Remembered

KONSOLE: Answers = parse(b"\x1bP>|Konsole 22.12.3\x1b\\\x1b[?6c")
KNOWN = Remembered({"konsole": "app"})


@pytest.mark.parametrize(
    ("option", "variable", "known", "profile"),
    [
        ("alt", "kitty", KNOWN, "alt"),
        (None, "kitty", KNOWN, "kitty"),
        (None, "", KNOWN, "app"),
        (None, "", Remembered({"kitty": "app"}), "lrm"),
        ("auto", "kitty", KNOWN, "lrm"),
        (None, "auto", KNOWN, "lrm"),
    ],
)
def test_the_nearest_word_counts(option: str | None, variable: str, known: Remembered, profile: str) -> None:
    environ = {"TERM": "xterm-256color", VARIABLE: variable}
    display = choose(KONSOLE, environ, override(option, environ), known)
    assert (display.profile.name, display.certain) == (profile, True)
    assert display.identity == "konsole"


def test_an_unknown_profile_in_the_environment_is_refused() -> None:
    with pytest.raises(
        UsageError, match=r"KASHAF_TERMINAL_PROFILE.*fast.*auto, app, lrm, alt, kitty, mlterm"
    ):
        override(None, {VARIABLE: "fast"})
    assert override("lrm", {VARIABLE: "fast"}) == ("lrm", "--terminal-profile")


def test_only_what_must_be_detected_is_asked() -> None:
    assert settled(override("app", {}))
    assert not settled(override("auto", {}))
    assert not settled(override(None, {}))


def test_the_command_offers_what_there_is() -> None:
    option = next(param for param in cli.cli.params if param.name == "terminal_profile")
    assert tuple(option.type.choices) == CHOICES  # type: ignore[attr-defined]


def fake_tmux(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> dict[str, str]:
    program = folder / "tmux"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return {"TMUX": "socket,1,0"}


def test_tmux_is_asked_for_the_terminal_around_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = fake_tmux(tmp_path, monkeypatch, "printf 'kitty(0.26.5)\\nxterm-kitty\\n\\n'")
    assert tmux.outer(environ) == Outer("kitty(0.26.5)", "xterm-kitty")


@pytest.mark.parametrize("script", ["exit 1", "sleep 5", "exec /nowhere"])
def test_a_tmux_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    assert tmux.outer(fake_tmux(tmp_path, monkeypatch, script)) is None


@pytest.mark.parametrize(
    ("said", "through"), [("1", True), ("on", True), ("all", True), ("0", False), ("off", False), ("", False)]
)
def test_tmux_says_whether_it_lets_sequences_through(said: str, through: bool) -> None:
    assert tmux.read(f"\nmlterm\n\n{said}\n".encode()) == Outer("", "mlterm", passthrough=through)


def test_the_environment_of_tmux_s_client_tells_more() -> None:
    found = tmux.read(f"\nxterm-256color\n{os.getpid()}\n".encode())
    assert (found.name, found.term) == ("", "xterm-256color")
    assert tmux.read(b"\nxterm\n../../etc\n").hints == ()
    assert tmux.read(b"\xff\xfe" * 9000) != Outer()
