"""Articles, notes and failing disks for the tests of storage, notes and export."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.corpus.identity import text_sha256
from kashaf.notes.anchoring import make_target
from kashaf.notes.model import Note, WordsTarget
from kashaf.storage import syscalls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = (
    "بلدية المرفأ تفتح سوق السمك من جديد\n"
    "أعلنت بلدية المرفأ يوم الأحد أن سوق السمك سيعود إلى العمل بعد ترميم دام سنتين كاملتين.\n"
    "وقال رئيس البلدية إن الترميم كلف مليوني دينار، وإن التجار سيدفعون نصف الإيجار القديم.\n"
    "وأضاف أحد الصيادين أن السوق القديم كان أقرب إلى البحر، وأن الناس اعتادوا عليه منذ زمن بعيد."
)


def article(text: str = TEXT, article_id: str = "0a1b2c3d4e5f") -> Article:
    return Article(
        id=article_id,
        text=text,
        metadata=Metadata(title=text.split("\n", 1)[0], outlet="صحيفة المرفأ", published=date(2025, 3, 23)),
        provenance=Provenance(path="souq.txt", member="", sha256="5" * 64),
        text_sha256=text_sha256(text),
    )


def target(quote: str = "سوق السمك سيعود إلى العمل", text: str = TEXT) -> WordsTarget:
    start = text.index(quote)
    return make_target(article(text), start, start + len(quote))


def note(number: int = 1, *, body: str = "للمراجعة", tags: tuple[str, ...] = ("اقتصاد",)) -> Note:
    """A note whose id and times depend on `number` only."""
    return Note(
        id=f"0195d3c0-0000-7000-8000-{number:012x}",
        target=target(),
        body=body,
        tags=tags,
        kind="note",
        author="سعاد",
        created="2025-03-26T10:00:00Z",
        modified="2025-03-26T10:05:00Z",
    )


def run_kashaf(
    workspace: Path, *arguments: str | Path, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """The real command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kashaf_tui", "-w", str(workspace), *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )


class Counter:
    """Counts file-changing calls, and fails the n-th with `error` when given one; `forever`: all that follow."""

    def __init__(self, fail_at: int = 0, error: int = errno.EIO, *, forever: bool = False) -> None:
        self.calls: list[syscalls.Call] = []
        self._fail_at = fail_at
        self._error = error
        self._forever = forever

    @property
    def failed(self) -> bool:
        return 0 < self._fail_at <= len(self.calls)

    def __call__(self, call: syscalls.Call) -> None:
        self.calls.append(call)
        if len(self.calls) == self._fail_at or (self._forever and self.failed):
            raise OSError(self._error, os.strerror(self._error))


@contextmanager
def failing(fail_at: int, error: int = errno.EIO, *, forever: bool = False) -> Iterator[Counter]:
    """Let the n-th file-changing call of the block fail."""
    counter = Counter(fail_at, error, forever=forever)
    with syscalls.watched(counter):
        yield counter
