"""Copying: which tool is asked, what it is given, and what is left when there is none."""

from __future__ import annotations

import base64
import os
import re
import shutil
from pathlib import Path

import pytest

from kashaf_tui import clipboard
from kashaf_tui.clipboard import OSC52_BYTES, copy, osc52, tools

TEXT = "سدّ النهر (GDP 3.5%)\nولا شيء بعده"


class Machine:
    """A PATH with programs written for the test, and what they were given."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.folder = folder / "derived"
        self.sent: list[str] = []

    def install(self, name: str, body: str = 'cat > "$0.in"') -> None:
        """A shell script; by default it keeps its input beside itself."""
        path = self.bin / name
        path.write_text(f'#!/bin/sh\necho "$@" > "$0.args"\n{body}\n', encoding="utf-8")
        path.chmod(0o755)

    def given(self, name: str) -> bytes:
        return (self.bin / f"{name}.in").read_bytes()

    def copy(self, text: str = TEXT, *, platform: str = "linux", **environ: str) -> clipboard.Copied:
        env = {"PATH": f"{self.bin}{os.pathsep}/usr/bin{os.pathsep}/bin", **environ}
        return copy(text, self.folder, send=self.sent.append, environ=env, platform=platform)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    found = Machine(tmp_path)
    which = shutil.which

    def only_ours(name: str, path: str) -> str | None:
        return which(name, path=path.split(os.pathsep, maxsplit=1)[0])

    monkeypatch.setattr(shutil, "which", only_ours)
    return found


@pytest.mark.parametrize(
    ("environ", "platform", "order"),
    [
        ({"DISPLAY": ":0"}, "linux", ["xclip", "xsel"]),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip", "xsel"]),
        ({}, "darwin", ["pbcopy"]),
        ({"WSL_DISTRO_NAME": "Debian", "WAYLAND_DISPLAY": "x"}, "linux", ["clip.exe", "wl-copy"]),
        ({"SSH_CONNECTION": "1", "WAYLAND_DISPLAY": "x"}, "linux", []),
        ({"SSH_TTY": "/dev/pts/1", "DISPLAY": "localhost:10.0"}, "linux", ["xclip", "xsel"]),
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", []),
        ({"TMUX": "/tmp/tmux", "DISPLAY": ":0"}, "linux", ["xclip", "xsel", "tmux"]),
        ({}, "linux", []),
    ],
)
def test_tools_are_those_of_the_environment(environ: dict[str, str], platform: str, order: list[str]) -> None:
    assert [tool.name for tool in tools(environ, platform)] == order


@pytest.mark.parametrize(
    ("name", "environ", "arguments"),
    [
        ("xclip", {"DISPLAY": ":5"}, "-selection clipboard -in"),
        ("xsel", {"DISPLAY": ":5"}, "--clipboard --input"),
        ("wl-copy", {"WAYLAND_DISPLAY": "wayland-1"}, "--type text/plain;charset=utf-8"),
        ("tmux", {"TMUX": "/tmp/tmux-0/default,1,0"}, "load-buffer -w -"),
    ],
)
def test_a_tool_gets_the_text(machine: Machine, name: str, environ: dict[str, str], arguments: str) -> None:
    machine.install(name)
    copied = machine.copy(**environ)
    assert (copied.how, copied.where, copied.faults) == (name, "clipboard", ())
    assert machine.given(name).decode() == TEXT
    assert (machine.bin / f"{name}.args").read_text().strip() == arguments
    assert machine.sent == []


def test_windows_gets_its_own_encoding_and_line_ends(machine: Machine) -> None:
    machine.install("clip.exe")
    assert machine.copy(WSL_INTEROP="/run/WSL/1").how == "clip.exe"
    assert machine.given("clip.exe").decode("utf-16-le") == TEXT.replace("\n", "\r\n")


def test_a_mac_is_told_that_it_is_utf_8(machine: Machine) -> None:
    machine.install("pbcopy", 'echo "$LC_ALL" > "$0.env"; cat > "$0.in"')
    assert machine.copy(platform="darwin").how == "pbcopy"
    assert machine.given("pbcopy").decode() == TEXT
    assert (machine.bin / "pbcopy.env").read_text().strip() == "en_US.UTF-8"


def test_a_tool_that_fails_gives_way_to_the_next(machine: Machine) -> None:
    machine.install("xclip", "exit 1")
    machine.install("xsel")
    copied = machine.copy(DISPLAY=":5")
    assert copied.how == "xsel"
    assert copied.faults == ("xclip: ended with 1",)


def test_a_tool_that_hangs_is_given_up(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "_SECONDS", 0.3)
    machine.install("xclip", "exec sleep 30")
    copied = machine.copy("ا" * 100_000, DISPLAY=":5")
    assert copied.faults == ("xclip: did not answer",)
    assert copied.how == "file"


def test_a_tool_that_stays_behind_is_not_waited_for(machine: Machine) -> None:
    # As xclip does: the child serves the clipboard, holding every file descriptor it was given.
    machine.install("xclip", 'cat > "$0.in"; sleep 60 & echo $! > "$0.pid"')
    assert machine.copy(DISPLAY=":5").how == "xclip"
    left = int((machine.bin / "xclip.pid").read_text())
    assert os.getsid(left) != os.getsid(0)
    os.kill(left, 9)  # it is still there to be killed


def test_a_file_that_is_no_program_gives_way(machine: Machine) -> None:
    machine.install("xclip")
    (machine.bin / "xclip").write_text("no interpreter line\x00", encoding="utf-8")
    copied = machine.copy(DISPLAY=":5")
    assert copied.how == "terminal"
    assert len(copied.faults) == 1


def test_a_program_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(tmp_path)
    machine.install("xclip")
    monkeypatch.chdir(machine.bin)
    for path in (".", "", f".{os.pathsep}", "../bin"):
        copied = copy(TEXT, machine.folder, environ={"PATH": path, "DISPLAY": ":5"}, platform="linux")
        assert copied.how == "file"
    assert not (machine.bin / "xclip.args").exists()


def test_without_a_tool_the_terminal_is_asked_and_nothing_is_claimed(machine: Machine) -> None:
    copied = machine.copy()
    assert copied.how == "terminal"
    (sequence,) = machine.sent
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", sequence)
    assert found is not None
    assert base64.b64decode(found[1]).decode() == TEXT


def test_within_tmux_both_ways_are_tried() -> None:
    plain = osc52(TEXT, {})
    assert plain is not None
    assert osc52(TEXT, {"TMUX": "x"}) == plain + "\x1bPtmux;\x1b" + plain + "\x1b\\"


def test_within_screen_it_goes_in_pieces() -> None:
    text = "ا" * 600
    plain, wrapped = osc52(text, {}), osc52(text, {"STY": "x"})
    assert plain is not None
    assert wrapped is not None
    pieces = re.findall("\x1bP(.*?)\x1b\\\\", wrapped, re.DOTALL)
    assert "".join(pieces) == plain
    assert max(map(len, pieces)) <= 250


def test_what_is_too_long_for_the_terminal_is_in_the_file(machine: Machine) -> None:
    copied = machine.copy("x" * (OSC52_BYTES + 1))
    assert machine.sent == []
    assert (copied.how, copied.where) == ("file", str(machine.folder / "clipboard.txt"))
    assert machine.copy("x" * OSC52_BYTES).how == "terminal"


def test_the_file_is_there_whatever_served_and_is_the_owners_alone(machine: Machine) -> None:
    machine.install("xclip")
    for text in (TEXT, "أقصر"):
        copied = machine.copy(text, DISPLAY=":5")
        assert copied.kept == machine.folder / "clipboard.txt"
        assert copied.kept.read_text(encoding="utf-8") == text
        assert copied.kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in machine.folder.iterdir()] == ["clipboard.txt"]


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "derived").write_text("a file")
    copied = copy(TEXT, tmp_path / "derived", environ={"PATH": ""}, platform="linux")
    assert (copied.how, copied.where, copied.kept) == ("nothing", "", None)
    assert "derived" in copied.faults[0]


def test_what_could_drive_a_terminal_is_not_copied(machine: Machine) -> None:
    machine.install("xclip")
    copied = machine.copy("ا\x1b]52;c;eA==\x07ب\u202eج\x9b31m\ud800\r\nنهاية", DISPLAY=":5")
    assert machine.given("xclip").decode() == copied.text == "ابج\ufffd\nنهاية"


def test_the_text_stays_logical(machine: Machine) -> None:
    machine.install("xclip")
    machine.copy("في 2025 نما GDP، لا شيء", DISPLAY=":5")
    assert machine.given("xclip").decode() == "في 2025 نما GDP، لا شيء"
