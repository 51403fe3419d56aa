"""The terminal is left as it was found: after a normal end, an exception, SIGTERM, SIGHUP.

Textual restores it when it ends by itself; this is for when it does not. The sequences are harmless twice. Around
being suspended it is Textual's driver that gives the terminal back.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Final, Self

# xterm's and ECMA-48's own names: mouse reporting, focus events, bracketed paste, in-band resize, kitty keyboard,
# attributes, cursor, and the alternate screen last so that everything else is undone on it.
RESTORE: Final = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[<u\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l"
)


class TerminalGuard:
    """Guards the terminal of `fd` while a full-screen app runs.

    on_signal: asked to end the app when SIGTERM or SIGHUP arrives. A second signal ends the process at once,
    with the terminal restored.
    stop: the present profile's sequence that gives the terminal its own bidi back; asked when it is needed,
    because the profile may have been changed meanwhile.
    """

    def __init__(
        self, on_signal: Callable[[], None], stop: Callable[[], str] = str, fd: int | None = None
    ) -> None:
        self._on_signal = on_signal
        self._stop = stop
        self._fd = sys.__stderr__.fileno() if fd is None and sys.__stderr__ else (fd or 2)
        self._attributes: list[object] | None = None
        self._previous: dict[signal.Signals, object] = {}
        self.signalled: signal.Signals | None = None

    def __enter__(self) -> Self:
        if os.isatty(self._fd):
            self._attributes = termios.tcgetattr(self._fd)
        for number in (signal.SIGTERM, signal.SIGHUP):
            self._previous[number] = signal.signal(number, self._handle)
        return self

    def _handle(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 -- signal's signature
        if self.signalled is not None:
            self.restore()
            os._exit(128 + number)
        self.signalled = signal.Signals(number)
        self._on_signal()

    def restore(self) -> None:
        """Undo every mode a full-screen app may have set. A terminal that is gone is no error."""
        if self._attributes is None:
            return
        with contextlib.suppress(OSError, termios.error):
            os.write(self._fd, (self._stop() + RESTORE).encode())
            termios.tcsetattr(self._fd, termios.TCSANOW, self._attributes)  # type: ignore[arg-type]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self.restore()
