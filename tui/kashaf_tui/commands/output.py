"""How commands speak: JSON alone on stdout, messages on stderr, and nothing that could drive a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from kashaf.text.sanitise import is_clean, sanitise_line

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.measure import Measurement
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from kashaf.bidi.layout import Line

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

# ECMA-48 BDSM: asks the terminal not to reorder what is already in visual order.
_EXPLICIT, _IMPLICIT = "\x1b[8l", "\x1b[8h"


def dump_json(value: object, output: Path | None = None) -> None:
    """Write `value` as UTF-8 JSON to stdout, or the same bytes to `output`.

    What a terminal could obey is written as `\\uXXXX`: the value stays the same, and JSON is safe to look at.
    """
    emit(_safe(json.dumps(value, ensure_ascii=False, indent=2) + "\n"), output)


def dump_json_line(value: object) -> None:
    """Write `value` as one line of JSON Lines to stdout."""
    emit(_safe(json.dumps(value, ensure_ascii=False) + "\n"))


def _safe(text: str) -> bytes:
    if not is_clean(text):
        text = "".join(char if char == "\n" or is_clean(char) else json.dumps(char)[1:-1] for char in text)
    return text.encode("utf-8")


def emit(data: bytes, output: Path | None = None) -> None:
    """Write bytes to stdout, or durably to `output`, which must not be a symbolic link."""
    if output is not None:
        from kashaf.storage.atomic import write_bytes

        write_bytes(output, data)
    else:
        click.echo(data, nl=False)


def message(text: str) -> None:
    """A message to the user: stderr, one line, safe to print."""
    with in_visual_order(sys.stderr) as terminal:
        click.echo(display(text, terminal), err=True)


def display(text: str, terminal: bool) -> str:
    """One safe line: in visual order for a terminal, in logical order for a pipe."""
    line = sanitise_line(text)
    if not terminal:
        return line
    from kashaf.bidi.layout import visual

    return visual(line)


def is_terminal(stream: TextIO) -> bool:
    """Whether `stream` is a terminal that understands control sequences."""
    return stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


@contextmanager
def in_visual_order(stream: TextIO) -> Iterator[bool]:
    """What is printed inside is not reordered by the terminal. Gives whether there is one."""
    terminal = is_terminal(stream)
    if terminal:
        click.echo(_EXPLICIT, file=stream, nl=False)
    try:
        yield terminal
    finally:
        if terminal:
            click.echo(_IMPLICIT, file=stream, nl=False)


def lines(texts: Iterable[str | Line]) -> None:
    """Print lines of article text on stdout."""
    with in_visual_order(sys.stdout) as terminal:
        for text in texts:
            click.echo(display(text, terminal) if isinstance(text, str) else text.text)


def drawn(rows: Iterable[tuple[str, str]]) -> None:
    """Print each text behind what is drawn before it: spaces and box characters, which stay as they are."""
    with in_visual_order(sys.stdout) as terminal:
        for boughs, text in rows:
            click.echo(boughs + display(text, terminal))


def paragraph(text: str, width: int) -> Iterator[str | Line]:
    """A paragraph for `lines`: wrapped to `width` cells on a terminal, as it is on a pipe."""
    if not is_terminal(sys.stdout):
        yield text
        return
    from kashaf.bidi.layout import lay_out

    # Laid out as a whole: which way a line runs is its paragraph's matter.
    yield from lay_out(sanitise_line(text), width)


def highlighted(text: str, start: int, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with its hits in brackets, which need no colour. `start` is the offset of `text` in its article."""
    parts: list[str] = []
    done = 0
    for begin, end in spans:
        parts += [text[done : begin - start], "[", text[begin - start : end - start], "]"]
        done = end - start
    return "".join([*parts, text[done:]])


class Bar:
    """A progress bar on stderr, silent when stderr is no terminal."""

    def __init__(self, progress: RichProgress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def update(self, done: int, total: int, what: str = "") -> None:
        self._progress.update(self._task, completed=done, total=total, what=display(what, True))


@contextmanager
def progress_bar(title: str, unit: str = "articles") -> Iterator[Bar]:
    """A bar titled `title`: count, rate by time left, and what is being worked on."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn(title, markup=False),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn(unit, markup=False),
        TimeRemainingColumn(),
        TextColumn("{task.fields[what]}", markup=False),
    )
    # Not rich's own opinion: FORCE_COLOR would send the bar into a pipe.
    with (
        in_visual_order(sys.stderr) as terminal,
        Progress(*columns, console=console, transient=True, disable=not terminal) as progress,
    ):
        yield Bar(progress, progress.add_task(title, total=None, what=""))


class _Cell:
    """A cell of a table: cropped while its text is still logical, so that Arabic loses its end, not its beginning."""

    def __init__(self, text: str) -> None:
        self._text = sanitise_line(text)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        from rich.measure import Measurement

        from kashaf.bidi.layout import lay_out_line

        width = lay_out_line(self._text).width
        return Measurement(min(width, options.max_width), min(width, options.max_width))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        from kashaf.bidi.layout import crop, visual

        yield Text(visual(crop(self._text, options.max_width)), justify=options.justify, no_wrap=True)


def table(headings: list[str], rows: Iterable[list[str]], *, numbers: Iterable[int] = ()) -> None:
    """A table on stdout; tab-separated when stdout is no terminal. `numbers` names right-aligned columns."""
    if not is_terminal(sys.stdout):
        for row in rows:
            click.echo("\t".join(display(cell, False) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table

    grid = Table(box=None, header_style="bold", pad_edge=False)
    right = set(numbers)
    for index, heading in enumerate(headings):
        grid.add_column(
            heading, justify="right" if index in right else "left", overflow="ellipsis", no_wrap=True
        )
    for row in rows:
        grid.add_row(*map(_Cell, row))
    with in_visual_order(sys.stdout):
        Console().print(grid)
