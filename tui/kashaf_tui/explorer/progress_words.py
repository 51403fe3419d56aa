"""How far an import is and what became of it, in the words of one language."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kashaf.corpus.progress import Outlook, Progress
from kashaf_tui.explorer.widgets.paint import facts, left_to_right
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.corpus.report import ImportReport

_UNITS: Final = ("bytes", "kilobytes", "megabytes", "gigabytes")
_BAR: Final = 10  # cells
_HOUR: Final = 3600


def size_words(say: Wording, size: float) -> str:
    """Bytes in the unit that suits them, powers of a thousand."""
    unit = min(len(_UNITS) - 1, int(math.log(size, 1000) + 1e-9)) if size >= 1 else 0
    number = size / 1000**unit
    return say(_UNITS[unit], n=f"{number:,.1f}" if unit and number < 99.95 else f"{number:,.0f}")


def time_words(say: Wording, seconds: float) -> str:
    """A length of time by its largest unit, an hour and more by half an hour."""
    if seconds < 60:
        return say("seconds", n=max(1, round(seconds)))
    if seconds < _HOUR:
        return say("minutes", n=round(seconds / 60))
    return say("hours", n=f"{round(seconds / _HOUR * 2) / 2:g}")


def bar(done: float | None, width: int = _BAR) -> str:
    """What is done as a bar. It runs with the line, to the left in a right-to-left one."""
    full = int((done or 0.0) * width)
    return "█" * full + "░" * (width - full)


def progress_facts(say: Wording, progress: Progress, outlook: Outlook) -> Iterator[str]:
    """How much is done, how fast, and how long it will take; what is not known is left out."""
    if progress.total_bytes:
        yield say("of bytes", done=size_words(say, progress.bytes), all=size_words(say, progress.total_bytes))
    elif progress.total_files:
        yield say("of files", done=f"{progress.files:,}", all=f"{progress.total_files:,}")
    if outlook.bytes_a_second is not None:
        yield say("a second", size=size_words(say, outlook.bytes_a_second))
    elif outlook.files_a_second:
        yield say("files a second", n=f"{outlook.files_a_second:,.0f}")
    if outlook.seconds_left is not None and progress.done != 1.0:
        yield say("left", time=time_words(say, outlook.seconds_left))


def status_words(say: Wording, progress: Progress, outlook: Outlook) -> str:
    """Progress for the status line."""
    said = facts([say(f"step {progress.step}"), *progress_facts(say, progress, outlook)])
    return f"{bar(progress.done)} {said}" if progress.done is not None else said


def report_facts(say: Wording, report: ImportReport) -> list[str]:
    """What an import did, in a few numbers; those that are none are left out, unless all are."""
    counts = report.counts
    found = [
        say(f"count {kind}", n=counts[kind]) for kind in ("added", "updated", "failed") if counts.get(kind)
    ]
    return found or [say("count added", n=0)]


def when(report: ImportReport) -> str:
    """The local time at which an import began; what was kept when it is no time."""
    try:
        started = datetime.fromisoformat(report.started).astimezone()
    except ValueError:
        return report.id
    return left_to_right(f"{started:%Y-%m-%d %H:%M}")
