"""Asking the terminal who it is, before anything is drawn.

One question each, in one write, with DA1 last: every terminal answers that one, so its answer says that the others
will not come any more. A terminal that is slow, silent or talks nonsense costs `BUDGET` and nothing else.

Sequences: DECRQM for ECMA-48 mode 8 (BDSM), DA2 and XTVERSION for the name, and two cursor reports around a
left-to-right mark, which some terminals give a cell (xterm's ctlseqs; ECMA-48; VTE's BiDi draft).
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Final, Self

BUDGET: Final = 0.1  # seconds
_MOST: Final = 16_384  # bytes kept of what comes; a terminal that talks on is not listened to
_NAME_LENGTH: Final = 80

# Cursor saved and put back, the rest of the line cleared: a terminal that prints a question shows it to nobody.
_MODE_8: Final = "\x1b[8$p"
_MARK: Final = "\x1b[6n\u200e\x1b[6n"
_QUESTIONS: Final = "\x1b7{mode}\x1b[>c\x1b[>0q{mark}\x1b8\x1b[K\x1b[c"

_MODE: Final = re.compile(rb"\x1b\[8;([0-4])\$y")
_DA1: Final = re.compile(rb"\x1b\[\?([0-9]{0,6}(?:;[0-9]{0,6}){0,40})c")
_DA2: Final = re.compile(rb"\x1b\[>([0-9]{0,9}(?:;[0-9]{0,9}){0,8})c")
_VERSION: Final = re.compile(rb"\x1bP>\|([^\x1b\x07]{0,256})(?:\x1b\\|\x07)")
_CURSOR: Final = re.compile(rb"\x1b\[([0-9]{1,6});([0-9]{1,6})R")
# Cursor reports are left out of what is taken for a late reply: Textual knows them, and Shift+F3 looks like one.
_REPLY: Final = re.compile(b"|".join(pattern.pattern for pattern in (_MODE, _DA1, _DA2, _VERSION)))
_BEGUN: Final = re.compile(
    rb"\x1b(?:\[(?:8(?:;[0-4]?\$?)?|[?>][0-9;]{0,300})?|P(?:>(?:\|[^\x1b\x07]{0,256}\x1b?)?)?)?\Z"
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the terminal said; None or empty where it said nothing.

    mode_8: DECRPM's value (0 unknown, 1 set, 2 reset, 3 and 4 for ever). da1, da2: the numbers of the device
    attributes. name: XTVERSION, printable ASCII. mark_width: cells that a left-to-right mark took.
    seconds: from the question to the last answer that counted.
    """

    asked: bool = False
    mode_8: int | None = None
    da1: tuple[int, ...] | None = None
    da2: tuple[int, ...] | None = None
    name: str = ""
    mark_width: int | None = None
    seconds: float = 0.0

    @property
    def complete(self) -> bool:
        """Whether nothing more is to be expected."""
        return not self.asked or self.da1 is not None


NOT_ASKED: Final = Answers()


def parse(data: bytes, seconds: float = 0.0) -> Answers:
    """The answers in `data`, which may hold anything. The first of each kind counts."""
    mode, version = _MODE.search(data), _VERSION.search(data)
    cursor = [(int(row), int(column)) for row, column in _CURSOR.findall(data)[:2]]
    one_line = len(cursor) == 2 and cursor[0][0] == cursor[1][0]
    return Answers(
        asked=True,
        mode_8=int(mode[1]) if mode else None,
        da1=_numbers(_DA1.search(data)),
        da2=_numbers(_DA2.search(data)),
        name=_printable(version[1]) if version else "",
        mark_width=max(0, cursor[1][1] - cursor[0][1]) if one_line else None,
        seconds=seconds,
    )


def _numbers(match: re.Match[bytes] | None) -> tuple[int, ...] | None:
    return tuple(int(part) for part in match[1].split(b";") if part) if match else None


def _printable(text: bytes) -> str:
    return "".join(chr(byte) for byte in text if 0x20 <= byte < 0x7F)[:_NAME_LENGTH].strip()


def without_replies(data: bytes) -> tuple[bytes, bytes, bool]:
    """Input without late replies: what is to be read as keys, what may be the beginning of a reply, and whether
    the last reply (DA1) was among them."""
    last = _DA1.search(data) is not None
    rest = _REPLY.sub(b"", data)
    begun = _BEGUN.search(rest)
    return (rest[: begun.start()], rest[begun.start() :], last) if begun else (rest, b"", last)


def may_ask(environ: Mapping[str, str]) -> bool:
    """Whether the terminal's type can be asked at all. The Linux console prints what it does not know."""
    return environ.get("TERM", "") not in ("", "dumb", "linux")


class Question:
    """The controlling terminal, asked and kept from echoing answers until the block is left.

    Inside, keys are not echoed; Ctrl+C works. On leaving, also by a signal that ends the process, the terminal's
    settings are as before, and answers that came too late are thrown away.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._fd = -1
        self._attributes: list[object] | None = None
        self._previous: dict[signal.Signals, object] = {}
        self._data = b""
        self._asked_at = 0.0
        self.answers = NOT_ASKED

    def __enter__(self) -> Self:
        if not may_ask(self._environ):
            return self
        try:
            self._fd = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC | os.O_NONBLOCK)
        except OSError:
            return self
        try:
            self._quieten()
        except (OSError, termios.error):
            self._attributes = None
            self._close()
        return self

    def _quieten(self) -> None:
        attributes = termios.tcgetattr(self._fd)
        self._attributes = attributes
        for number in (signal.SIGTERM, signal.SIGHUP):
            self._previous[number] = signal.signal(number, self._end)
        quiet = [*attributes[:6], list(attributes[6])]
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._fd, termios.TCSANOW, quiet)

    def ask(self, budget: float = BUDGET) -> Answers:
        """Ask, and wait for the last answer, `budget` seconds at most. Never raises for what the terminal does."""
        if self._attributes is None:
            return self.answers
        mode = "" if self._environ.get("TERM_PROGRAM") == "Apple_Terminal" else _MODE_8  # it prints the `p`
        # A multiplexer tells nothing of the terminal's marks, and screen writes one where it wraps in mlterm.
        mark = "" if self._environ.get("TERM", "").startswith(("screen", "tmux")) else _MARK
        self._asked_at = time.monotonic()
        self.answers = parse(b"")
        with contextlib.suppress(OSError):
            # Not blocking: a terminal stopped by Ctrl+S takes nothing.
            os.write(self._fd, _QUESTIONS.format(mode=mode, mark=mark).encode())
        return self.look(budget)

    def look(self, budget: float = 0.0) -> Answers:
        """Take in what has come by now, or comes within `budget` seconds."""
        end = time.monotonic() + budget
        while self._attributes is not None and not self.answers.complete and len(self._data) < _MOST:
            ready, _, _ = select.select([self._fd], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                break
            try:
                more = os.read(self._fd, 4096)
            except OSError:
                break
            if not more:
                break
            self._data += more
            self.answers = parse(self._data, time.monotonic() - self._asked_at)
        return self.answers

    def _restore(self) -> None:
        if self._attributes is None:
            return
        with contextlib.suppress(OSError, termios.error):
            if not self.answers.complete:
                termios.tcflush(self._fd, termios.TCIFLUSH)
            termios.tcsetattr(self._fd, termios.TCSANOW, self._attributes)  # type: ignore[arg-type]
        self._attributes = None

    def _close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _end(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 -- signal's signature
        self._restore()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._restore()
        self._close()
