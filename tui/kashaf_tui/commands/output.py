"""How commands speak: JSON alone on stdout, messages on stderr, and nothing that could drive a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kashaf.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

# ECMA-48 BDSM: asks the terminal not to reorder what is already in visual order.
_EXPLICIT, _IMPLICIT = "\x1b[8l", "\x1b[8h"


def dump_json(value: object, output: Path | None = None) -> None:
    """Write `value` as UTF-8 JSON to stdout, or the same bytes to `output`."""
    emit((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace"), output)


def emit(data: bytes, output: Path | None = None) -> None:
    """Write bytes to stdout, or durably to `output`, which must not be a symbolic link."""
    if output is not None:
        from kashaf.storage.atomic import write_bytes

        write_bytes(output, data)
    else:
        click.echo(data, nl=False)


def message(text: str) -> None:
    """A message to the user: stderr, one line, safe to print."""
    click.echo(display(text, sys.stderr.isatty()), err=True)


def display(text: str, terminal: bool) -> str:
    """One safe line: in visual order for a terminal, in logical order for a pipe."""
    line = sanitise_line(text)
    if not terminal:
        return line
    from kashaf.bidi.layout import visual

    return visual(line)


def lines(texts: Iterable[str]) -> None:
    """Print lines of article text on stdout."""
    terminal = sys.stdout.isatty()
    if terminal:
        click.echo(_EXPLICIT, nl=False)
    try:
        for text in texts:
            click.echo(display(text, terminal))
    finally:
        if terminal:
            click.echo(_IMPLICIT, nl=False)


def paragraph(text: str, width: int) -> Iterator[str]:
    """A paragraph for `lines`, wrapped and right-aligned on a terminal; as it is on a pipe."""
    if not sys.stdout.isatty():
        yield text
        return
    from kashaf.bidi.layout import lay_out

    for line in lay_out(sanitise_line(text), width):
        yield text[line.start : line.end]


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
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bar(progress, progress.add_task(title, total=None, what=""))


def table(headings: list[str], rows: Iterable[list[str]], *, numbers: Iterable[int] = ()) -> None:
    """A table on stdout; tab-separated when stdout is no terminal. `numbers` names right-aligned columns."""
    terminal = sys.stdout.isatty()
    if not terminal:
        for row in rows:
            click.echo("\t".join(display(cell, False) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, header_style="bold", pad_edge=False)
    right = set(numbers)
    for index, heading in enumerate(headings):
        grid.add_column(
            heading, justify="right" if index in right else "left", overflow="ellipsis", no_wrap=True
        )
    for row in rows:
        grid.add_row(*(Text(display(cell, True)) for cell in row))
    click.echo(_EXPLICIT, nl=False)
    Console().print(grid)
    click.echo(_IMPLICIT, nl=False)
