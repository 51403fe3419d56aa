"""Textual's driver, which also keeps the terminal from reordering what is in visual order already.

The profile's sequences go where Textual's own modes go: taking the terminal and giving it back, at the start, at the
end and around being suspended. Answers to our questions that come late are kept from being read as keys.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import select
import signal
import time
from typing import IO, TYPE_CHECKING, Any, Final, cast

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from kashaf_tui.terminal.probe import without_replies

if TYPE_CHECKING:
    from textual.app import App

    from kashaf_tui.terminal.profiles import Display

_LATE: Final = 3.0  # seconds in which an answer may still come
_TICK: Final = 0.1  # seconds
_TRIES: Final = 20


class LastingFile:
    """The terminal's file, to which nothing goes once the terminal is gone.

    An error would end Textual's writing thread, and whoever writes after that waits for it for ever.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


class ExplorerDriver(LinuxDriver):
    """For an app with `display_profile: Display`, `late_replies: bool` and `leave_now()`."""

    _woken = False

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = cast("Any", LastingFile(cast("IO[str]", self._file)))

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._has_the_terminal:
            self.write(self._shown.profile.start)

    def stop_application_mode(self) -> None:
        if self._has_the_terminal:
            self.write(self._shown.profile.stop)
        super().stop_application_mode()

    @property
    def _has_the_terminal(self) -> bool:
        # Textual does not take it when it is resumed in the background.
        return self._writer_thread is not None and self._writer_thread.is_alive()

    def _sigtstp_application(self, *_: object) -> None:
        """Textual gives the terminal back within the signal's handler, which may have interrupted a write that holds
        the lock of the queue that it writes to. So the event loop does it."""
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._sleep)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        self._woken = True

    def _sleep(self) -> None:
        """Give the terminal back, stop the process, and take the terminal again in the foreground."""
        self.suspend_application_mode()
        self._woken = False
        os.kill(os.getpid(), signal.SIGSTOP)
        while not self._woken:
            time.sleep(_TICK / 10)
        self._must_signal_resume = True
        for _ in range(_TRIES):
            # Resumed with `bg`, it stops the process once more, and returns when that is over.
            self.resume_application_mode()
            if self._has_the_terminal:
                return
        self._app.exit(1)

    @property
    def _shown(self) -> Display:
        display: Display = self._app.display_profile  # type: ignore[attr-defined]
        return display

    def run_input_thread(self) -> None:
        """Read keys; in a thread of its own."""
        if self._app.late_replies:  # type: ignore[attr-defined]
            self._app.late_replies = False  # type: ignore[attr-defined]
            self._read_past_replies()
        try:
            super().run_input_thread()
        except OSError:
            # The window was closed: there is nobody to ask, and nothing to draw on.
            self._app.leave_now()  # type: ignore[attr-defined]

    def _read_past_replies(self) -> None:
        """Keys without the replies between them, until the last reply came or none is to be expected."""
        parser = XTermParser()
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        end = time.monotonic() + _LATE
        begun = b""
        last = False
        while not (last or self.exit_event.is_set() or time.monotonic() > end):
            ready, _, _ = select.select([self.fileno], [], [], _TICK)
            more = os.read(self.fileno, 4096) if ready else b""
            if ready and not more:
                break
            keys, begun, last = without_replies(begun + more)
            if not ready:
                # A lone Escape, or a sequence that stopped: it is no reply.
                keys, begun = keys + begun, b""
            self._process(parser, decode(keys))
        self._process(parser, decode(begun))

    def _process(self, parser: XTermParser, keys: str) -> None:
        # Nothing at all would mean the end of the input to the parser.
        for event in (*(parser.feed(keys) if keys else ()), *parser.tick()):
            self.process_message(event)
