"""How imports are shown on the command line: their progress, and their reports."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from kashaf_tui.commands.output import in_visual_order, lines, message

if TYPE_CHECKING:
    from types import FrameType

    from kashaf.corpus.progress import Outlook, Progress
    from kashaf.corpus.report import ImportReport, Mapped

_STEPS: Final = {
    "listing": "Looking",
    "hashing": "Hashing",
    "reading": "Reading",
    "catching up": "Reading again",
    "lines": "Comparing lines",
    "indexing": "Writing the index",
    "merging": "Merging the index",
    "stories": "Finding stories",
}
_FAILURES: Final = 50  # in a summary
_COPIES: Final = 10


@contextmanager
def import_bar() -> Iterator[Callable[[Progress], None]]:
    """A progress bar on stderr with bytes, rate and time left; silent when stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    from kashaf.corpus.progress import Pace
    from kashaf_tui.commands.output import display

    columns = (
        TextColumn("{task.fields[step]}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[counts]}", markup=False),
        TextColumn("{task.fields[path]}", markup=False),
    )
    pace = Pace()
    with (
        in_visual_order(sys.stderr) as terminal,
        Bars(*columns, console=Console(stderr=True), transient=True, disable=not terminal) as bars,
    ):
        task = bars.add_task("", total=None, step="", counts="", path="")

        def show(now: Progress) -> None:
            outlook = pace.at(now)
            bars.update(
                task,
                completed=now.done or 0,
                total=None if now.done is None else 1,
                step=_STEPS[now.step],
                counts=progress_words(now, outlook),
                path=display(now.path, True),
            )

        yield show


def progress_words(now: Progress, outlook: Outlook) -> str:
    """`3/40 files  1.2 of 9.0 MB  4.5 MB/s  2 s left`; what is not known yet is left out, or said."""
    parts = []
    if now.total_files:
        parts.append(f"{now.files}/{now.total_files}")
    elif now.files:
        parts.append(f"{now.files}")
    if now.total_bytes:
        parts.append(f"{size_words(now.bytes)} of {size_words(now.total_bytes)}")
    if outlook.bytes_a_second is not None:
        parts.append(f"{size_words(int(outlook.bytes_a_second))}/s")
    if now.done is not None:
        left = outlook.seconds_left
        parts.append("time left unknown" if left is None else f"{duration_words(left)} left")
    return "  ".join(parts)


def size_words(size: int) -> str:
    """`512 B`, `1.5 MB` (of 1,000,000 bytes)."""
    value = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError


def duration_words(seconds: float) -> str:
    """`8 s`, `3 min 20 s`, `2 h 5 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


@contextmanager
def stop_on_interrupt() -> Iterator[Callable[[], bool]]:
    """Gives what turns true at Ctrl+C, so that the work ends at a good place. A second Ctrl+C ends it at once."""
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def summary(report: ImportReport) -> None:
    """What an import did: the last line on stdout counts, what needs a look goes to stderr before it."""
    counts = report.counts
    for failure in report.failed[:_FAILURES]:
        message(f"failed: {failure.path}: {failure.reason}")
    if counts["failed"] > _FAILURES:
        message(f"… and {counts['failed'] - _FAILURES} more failed")
    for root in report.unavailable:
        message(f"not there, its articles are kept: {root}")
    for copies in report.duplicates[:_COPIES]:
        first, *others = copies.paths
        message(
            f"same bytes as {first}: {', '.join(others[:_COPIES])}{' …' if len(others) > _COPIES else ''}"
        )
    if len(report.duplicates) > _COPIES:
        message(f"… and {len(report.duplicates) - _COPIES} more articles with copies")
    if report.dry_run:
        click.echo("A dry run: nothing was written. It would be:")
    click.echo(
        f"{report.articles} articles: {counts['added']} added, {counts['updated']} updated, "
        f"{counts['unchanged']} unchanged, {counts['removed']} removed, {counts['failed']} failed "
        f"({report.seconds:.1f} s)"
    )
    if report.fields:
        lines(f"fields of {_fields(one)}" for one in report.fields[:_COPIES])
    if report.encodings:
        found = ", ".join(f"{name} {files}" for name, files in report.encodings.items())
        lines([f"encodings: {found}"])
    notes = []
    if counts["warnings"]:
        notes.append(f"{counts['warnings']} warnings")
    if counts["duplicates"]:
        notes.append(f"{counts['duplicates']} exact copies")
    if report.near:
        notes.append(f"{report.near} articles tell the story of another")
    if notes:
        click.echo("; ".join(notes))
    if not report.dry_run:
        click.echo(f"all of it: kashaf imports {report.id}")


def whole(report: ImportReport) -> Iterator[tuple[str, str]]:
    """A report, line by line: indent and text."""
    yield from (("", line) for line in _head(report))
    counts = report.counts
    for title, number, listed in (
        ("added", counts["added"], [f"{one.id}  {one.path}  {one.title}" for one in report.added]),
        ("updated", counts["updated"], [f"{one.id}  {one.path}  {one.title}" for one in report.updated]),
        ("same bytes", counts["duplicates"], [" = ".join(one.paths) for one in report.duplicates]),
        ("failed", counts["failed"], [f"{one.path}: {one.reason}" for one in report.failed]),
        ("warnings", counts["warnings"], [f"{one.path}: {one.text}" for one in report.warnings]),
        ("fields", len(report.fields), [_fields(one) for one in report.fields]),
    ):
        if number:
            yield "", f"{title}: {number}"
            yield from (("  ", line) for line in listed)
            if title != "same bytes" and number > len(listed):
                yield "  ", f"… and {number - len(listed)} more"
    if report.near:
        yield "", f"{report.near} articles tell the story of another"


def _fields(one: Mapped) -> str:
    more = f" and {one.files - 1} more" if one.files > 1 else ""
    return f"{one.path}{more}: {one.text}"


def _head(report: ImportReport) -> Iterator[str]:
    counts = report.counts
    state = " (dry run)" * report.dry_run + " (stopped)" * report.cancelled
    yield f"import {report.id}{state}, {report.started}, {duration_words(report.seconds)}"
    yield f"{report.files} files, {size_words(report.bytes)}"
    yield from (f"source: {source}" for source in report.sources)
    yield from (f"not there: {source}" for source in report.unavailable)
    yield (
        f"articles: {report.articles}; {counts['added']} added, {counts['updated']} updated, "
        f"{counts['unchanged']} unchanged, {counts['removed']} removed"
    )
    if report.formats:
        yield "formats: " + ", ".join(f"{name} {number}" for name, number in report.formats.items())
    if report.encodings:
        yield "encodings: " + ", ".join(f"{name} {number}" for name, number in report.encodings.items())
