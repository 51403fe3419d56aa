"""The explorer in a real pseudo-terminal: keys in, bytes out."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

FIRST_PAINT = b"\x1b[?1049h"


class Terminal:
    """A child process on a terminal of `columns`×`rows`, seen through a terminal emulator."""

    def __init__(
        self,
        arguments: list[str],
        *,
        columns: int = 120,
        rows: int = 40,
        environ: dict[str, str] | None = None,
    ) -> None:
        self.output = b""
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # pragma: no cover -- the child
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.environ.update(
                {"TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "", **(environ or {})}
            )
            for name in ("NO_COLOR", "TMUX", "KASHAF_WORKSPACE"):
                os.environ.pop(name, None)
            os.execv(sys.executable, [sys.executable, *arguments])
        self.status: int | None = None

    @classmethod
    def explorer(cls, workspace: Path, **options: object) -> Self:
        """`kashaf` on a workspace."""
        return cls(["-m", "kashaf_tui", "-w", str(workspace)], **options)  # type: ignore[arg-type]

    def read(self, seconds: float = 0.2) -> None:
        """Take in what comes within `seconds`."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self.fd], [], [], left)
            if not ready:
                return
            try:
                data = os.read(self.fd, 65536)
            except OSError:  # Linux: the other end is closed
                return
            if not data:
                return
            self.output += data
            self._stream.feed(data)

    def wait_for(self, text: str, seconds: float = 40) -> None:
        """Until `text` stands on the screen."""
        end = time.monotonic() + seconds
        while text not in "\n".join(self.screen.display):
            if time.monotonic() > end:
                raise AssertionError(f"{text!r} did not come:\n" + "\n".join(self.screen.display))
            self.read(0.1)

    def send(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a window does. Nothing can be read or sent after that."""
        os.close(self.fd)
        self.fd = os.open(os.devnull, os.O_RDWR)

    def end(self, seconds: float = 30) -> int:
        """Wait for the process to end by itself. Returns its exit code, negative for a signal."""
        stop = time.monotonic() + seconds
        while time.monotonic() < stop:
            self.read(0.1)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.read(0.3)
                self.status = os.waitstatus_to_exitcode(status)
                return self.status
        raise AssertionError("the process did not end")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)
