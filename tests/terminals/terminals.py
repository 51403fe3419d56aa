"""The terminals: their packages, how to start them with nobody's settings, and a window of each to give orders to."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from tests.terminals.screen import Screen

FONT: Final = "DejaVu Sans Mono"
COMMON_PACKAGES: Final = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "setxkbmap": "x11-xkb-utils",
    "dbus-run-session": "dbus",
}
FONT_FILE: Final = Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf")
FONT_PACKAGE: Final = "fonts-dejavu-core"


@dataclass(frozen=True, slots=True)
class Kind:
    """One terminal. packages: Debian's, by the program each brings; the first is the one whose version counts.

    command: up to where the command to run in it begins. settings: files in its own home folder.
    bidi: whether it reorders what it is sent unless told not to, so that the check can be seen to fail.
    between: a multiplexer that runs in it, with its settings file.
    """

    name: str
    packages: Mapping[str, str]
    command: tuple[str, ...]
    settings: tuple[tuple[str, str], ...] = ()
    bidi: bool = False
    between: tuple[Literal["tmux", "screen"], str] | None = None

    @property
    def package(self) -> str:
        return next(iter(self.packages.values()))


_XTERM = ("xterm", "-fa", FONT, "-fs", "11", "-bw", "0", "+sb", "-bg", "black", "-fg", "white", "-e")
_VTE = (
    *("xfce4-terminal", "--disable-server", "--hide-menubar", "--hide-toolbar"),
    *("--hide-scrollbar", "--hide-borders", f"--font={FONT} 11", "-x"),
)
_KITTY = (
    *("kitty", "--config", "NONE", "-o", f"font_family={FONT}", "-o", "font_size=11"),
    *("-o", "cursor_blink_interval=0", "-o", "update_check_interval=0"),
    *("-o", "enable_audio_bell=no", "-o", "confirm_os_window_close=0"),
)
_KONSOLE = ("konsole", "--nofork", "--hide-menubar", "--hide-tabbar", "-p", f"Font={FONT},11", "-e")
_KONSOLE_SETTINGS = (
    (
        ".config/konsolerc",
        "[MainWindow]\nToolBarsMovable=Disabled\n[KonsoleWindow]\nRememberWindowSize=false\n",
    ),
)
_MLTERM_SETTINGS = (
    (
        ".mlterm/main",
        "fontsize=15\ntype_engine=xft\nuse_scrollbar=false\nencoding=UTF-8\nfg_color=white\nbg_color=black\n",
    ),
    (".mlterm/aafont", f"DEFAULT={FONT}\nISO10646_UCS4_1={FONT}\nUNICODE_ARABIC={FONT}\n"),
)

_ALONE: Final = (
    Kind("xterm", {"xterm": "xterm"}, _XTERM),
    Kind("vte", {"xfce4-terminal": "xfce4-terminal"}, _VTE, bidi=True),
    Kind("konsole", {"konsole": "konsole"}, _KONSOLE, _KONSOLE_SETTINGS, bidi=True),
    Kind("kitty", {"kitty": "kitty"}, _KITTY, bidi=True),
    Kind("mlterm", {"mlterm": "mlterm"}, ("mlterm", "-e"), _MLTERM_SETTINGS, bidi=True),
    Kind(
        "alacritty",
        {"alacritty": "alacritty"},
        (
            *("alacritty", "--config-file", "/dev/null", "-o", f"font.normal.family='{FONT}'"),
            *("-o", "font.size=11", "-e"),
        ),
    ),
    Kind("st", {"stterm": "stterm"}, ("stterm", "-f", f"{FONT}:pixelsize=15", "-e")),
    Kind(
        "qterminal",
        {"qterminal": "qterminal"},
        ("qterminal", "-e"),
        (
            (
                ".config/qterminal.org/qterminal.ini",
                f"[General]\nfontFamily={FONT}\nfontSize=11\nMenuVisible=false\nScrollbarPosition=0\n"
                "HideTabBarWithOneTab=true\nAskOnExit=false\nApplicationTransparency=0\n",
            ),
        ),
        bidi=True,
    ),
)
# What docs/terminals.md says to set in them.
_TMUX: Final = ("tmux", "")
_TMUX_THROUGH: Final = ("tmux", "set -g allow-passthrough on\nset -as terminal-features ',mlterm*:RGB'\n")
_SCREEN: Final = ("screen", "altscreen on\n")


def _in(between: tuple[Literal["tmux", "screen"], str], name: str) -> Kind:
    """The terminal `name` with a multiplexer in it."""
    kind = next(kind for kind in _ALONE if kind.name == name)
    packages = {between[0]: between[0], **kind.packages}
    return replace(kind, name=f"{between[0]}-{name}", packages=packages, between=between)


KINDS: Final = {
    kind.name: kind
    for kind in (
        *_ALONE,
        *(_in(_TMUX, name) for name in ("xterm", "vte", "kitty", "konsole")),
        _in(_TMUX_THROUGH, "mlterm"),
        *(_in(_SCREEN, name) for name in ("xterm", "vte", "kitty", "konsole", "mlterm")),
    )
}

# Reads orders from a pipe, one shell command a line, and says when each is done. It keeps what an order prints on
# the terminal and what a key sends apart from itself.
_STAGE = """#!/bin/bash
cd "$ROOT" || exit 1
stty -echo
printf '\\033[?25l'
while IFS= read -r order <"$STAGE/orders"; do
    eval "${order#* }"
    echo "${order%% *} $?" >"$STAGE/done.new"
    mv "$STAGE/done.new" "$STAGE/done"
done
"""

ROOT: Final = Path(__file__).parents[2]


class Window:
    """A terminal's window over the whole of a screen, doing what it is told through a pipe.

    home: an empty folder of its own: its settings, its cache and, below `stage`, what passes to and fro.
    """

    def __init__(self, kind: Kind, screen: Screen, home: Path) -> None:
        self.kind, self.screen, self.home = kind, screen, home
        self.stage = home / "stage"
        self.stage.mkdir()
        (home / "run").mkdir(mode=0o700)
        for name, text in kind.settings:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text, encoding="utf-8")
        script = self.stage / "stage.sh"
        script.write_text(_STAGE, encoding="utf-8")
        script.chmod(0o700)
        os.mkfifo(self.stage / "orders")
        self._count = 0
        inside = [*self._between(), str(script)]
        with (home / "log").open("wb") as log:
            self._process = subprocess.Popen(
                ["dbus-run-session", "--", *kind.command, *inside],
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            screen.settle_window()
            self.do("true", 20)
            self._wait_for_size()
        except BaseException:
            self.close()
            raise

    def _between(self) -> list[str]:
        """What starts the multiplexer, up to where the command to run in it begins."""
        if self.kind.between is None:
            return []
        name, settings = self.kind.between
        rc = self.home / f"{name}.rc"
        rc.write_text(settings, encoding="utf-8")
        if name == "tmux":
            return ["tmux", "-f", str(rc), "-S", str(self.home / "tmux"), "new-session"]
        (self.home / "screen").mkdir(mode=0o700)
        return ["screen", "-c", str(rc), "-U", "-S", "stage"]

    def _end_between(self) -> None:
        """The multiplexer's server outlives its window."""
        if self.kind.between is None:
            return
        ends = {
            "tmux": ["tmux", "-S", str(self.home / "tmux"), "kill-server"],
            "screen": ["screen", "-S", "stage", "-X", "quit"],
        }
        subprocess.run(
            ends[self.kind.between[0]], env=self.environ, check=False, capture_output=True, timeout=10
        )

    @property
    def environ(self) -> dict[str, str]:
        """What the terminal and everything in it sees: nobody's settings."""
        home = str(self.home)
        return {
            **self.screen.environ,
            "HOME": home,
            "XDG_CONFIG_HOME": f"{home}/.config",
            "XDG_CACHE_HOME": f"{home}/.cache",
            "XDG_DATA_HOME": f"{home}/.local/share",
            "XDG_STATE_HOME": f"{home}/.local/state",
            "XDG_RUNTIME_DIR": f"{home}/run",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "SHELL": "/bin/bash",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "QT_QPA_PLATFORM": "xcb",
            "NO_AT_BRIDGE": "1",
            "SCREENDIR": f"{home}/screen",
            "SYSSCREENRC": "/dev/null",
            "STAGE": str(self.stage),
            "ROOT": str(ROOT),
            "PYTHON": sys.executable,
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def _wait_for_size(self) -> None:
        """Until two looks at the size agree: a window takes a moment to grow."""
        before = (0, 0)
        for _ in range(40):
            now = self.size()
            if now == before and now >= (30, 80):
                return
            before = now
            time.sleep(0.15)
        raise RuntimeError(f"{self.kind.name} has {before} rows and columns, which is too few")

    def order(self, command: str) -> int:
        """Begin a shell command on the terminal; returns its number for `wait`."""
        self._count += 1
        deadline = time.monotonic() + 20
        while True:
            try:
                pipe = os.open(self.stage / "orders", os.O_WRONLY | os.O_NONBLOCK)
                break
            except OSError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError(f"{self.kind.name} takes no orders: {self.log()}") from None
                time.sleep(0.02)
        os.write(pipe, f"{self._count} {command}\n".encode())
        os.close(pipe)
        return self._count

    def finished(self, number: int) -> int | None:
        """The exit code of an order; None while it runs."""
        try:
            done, code = (self.stage / "done").read_text().split()
        except (FileNotFoundError, ValueError):
            return None
        return int(code) if int(done) == number else None

    def wait(self, number: int, seconds: float = 20) -> int:
        end = time.monotonic() + seconds
        while (code := self.finished(number)) is None:
            if time.monotonic() > end:
                raise RuntimeError(f"{self.kind.name}: order {number} does not end")
            time.sleep(0.03)
        return code

    def do(self, command: str, seconds: float = 20) -> int:
        """Run a shell command on the terminal; its exit code."""
        return self.wait(self.order(command), seconds)

    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        self.do('stty size >"$STAGE/size"')
        rows, columns = (self.stage / "size").read_text().split()
        return int(rows), int(columns)

    def show(self, text: str) -> None:
        """Send text and sequences to the terminal."""
        (self.stage / "text").write_bytes(text.encode("utf-8"))
        self.do('cat "$STAGE/text"')

    def through(self, sequences: str) -> str:
        """Sequences as they get past a multiplexer, which may know fewer colours than the terminal."""
        if self.kind.between is not None and self.kind.between[0] == "screen":
            return f"\x1bP{sequences}\x1b\\"
        if self.kind.between == _TMUX_THROUGH:
            return "\x1bPtmux;" + sequences.replace("\x1b", "\x1b\x1b") + "\x1b\\"
        return sequences

    def log(self) -> str:
        return (self.home / "log").read_text(errors="replace")[-800:]

    def close(self) -> None:
        """End all that runs in it."""
        self._end_between()
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
        time.sleep(0.2)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def missing(kind: Kind) -> list[str]:
    """Debian packages that must be installed before this terminal can be looked at."""
    found = [package for program, package in kind.packages.items() if not shutil.which(program)]
    found += [package for program, package in COMMON_PACKAGES.items() if not shutil.which(program)]
    return found if FONT_FILE.exists() else [*found, FONT_PACKAGE]


# The library draws; the program around it only has the menus.
_VERSIONS: Final = {"xfce4-terminal": "libvte-2.91-0"}


def version(kind: Kind) -> str:
    """Debian's version of the terminal's package, without epoch and revision; empty where dpkg does not know it."""
    if not shutil.which("dpkg-query"):
        return ""
    names = [_VERSIONS.get(package, package) for package in kind.packages.values()]
    done = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version} ", *names], capture_output=True, text=True, check=False
    )
    return " + ".join(word.rpartition(":")[2].partition("-")[0] for word in done.stdout.split())
