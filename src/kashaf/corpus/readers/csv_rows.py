"""Rows of comma-separated files as strangers write them (RFC 4180 and what spreadsheets make of it).

A quote that is opened and never closed swallows the file up to the next quote. It shows in a row that spans lines
and has another width than the header: such a row is given up, and reading goes on with the line after its first.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kashaf.corpus.decode import Decoded
from kashaf.corpus.limits import MAX_LINE_CHARS
from kashaf.corpus.readers.file_lines import FileLine

MAX_COLUMNS: Final = 1_000
_MAX_ROW_LINES: Final = 5_000
_MAX_AGAIN: Final = 2_000_000  # lines that may be read once more before a file of stray quotes is given up
_SAMPLE_ROWS: Final = 60
DELIMITERS: Final = (",", ";", "\t", "|")
_BREAK: Final = "\x0b"
_MIN_SHARE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written. first: the number of the line where it begins, after a `sep=` line."""

    delimiter: str
    escape: str | None = None
    first: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """number: the line where it begins. problem: why its cells are not to be trusted."""

    number: int
    cells: list[str]
    problem: str = ""
    decoded: Decoded | None = None


class _TooLong(Exception):
    """A row goes on and on."""


class _Lines:
    """Lines for the parser, which can be given back."""

    def __init__(self, lines: Iterator[FileLine]) -> None:
        self.lines = lines
        self.back: deque[FileLine] = deque()
        self.taken: list[FileLine] = []
        self.chars = 0
        self.again = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.back.popleft() if self.back else next(self.lines)
        self.taken.append(line)
        self.chars += len(line.text)
        if len(self.taken) > _MAX_ROW_LINES or self.chars > MAX_LINE_CHARS or line.problem:
            raise _TooLong
        return _line(line.text) + "\n"

    def give_back(self) -> None:
        """All lines of the row but its first."""
        self.back.extendleft(reversed(self.taken[1:]))
        self.again += len(self.taken) - 1

    def begin(self) -> None:
        self.taken.clear()
        self.chars = 0


def _line(text: str) -> str:
    """Breaks inside a line would end a row for the parser; as vertical tabs they break a text all the same."""
    text = text.rstrip("\r")
    if "\r" not in text and "\n" not in text:
        return text
    return text.replace("\r\n", _BREAK).replace("\r", _BREAK).replace("\n", _BREAK)


def rows(lines: Iterator[FileLine], layout: Layout, width: int = 0) -> Iterator[Row]:
    """The rows that hold anything. width: how many cells a row should have; 0: any.

    Raises ValueError when the quotes are such a muddle that the rest is given up.
    """
    source = _Lines(lines)
    csv.field_size_limit(MAX_LINE_CHARS)
    reader = _reader(source, layout)
    while True:
        source.begin()
        problem = ""
        cells: list[str] = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _TooLong:
            problem = (
                source.taken[-1].problem or f"a row of over {_MAX_ROW_LINES} lines: a quote is never closed"
            )
        except csv.Error as error:
            cells, problem = _sloppy(source.taken, layout, str(error))
        first = source.taken[0]
        if not problem and width:
            cells, problem = _fitted(cells, width, several=len(source.taken) > 1)
        if problem and len(source.taken) > 1:
            source.give_back()
            reader = _reader(source, layout)
            if source.again > _MAX_AGAIN:
                raise ValueError(f"quotes that do not pair, from line {first.number} on")
        if cells or problem:
            decoded = next((line.decoded for line in source.taken if line.decoded is not None), None)
            yield Row(first.number, cells, problem, decoded)


def _reader(lines: Iterable[str], layout: Layout, *, strict: bool = True) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        delimiter=layout.delimiter,
        escapechar=layout.escape,
        doublequote=layout.escape is None,
        strict=strict,
    )


def _sloppy(taken: list[FileLine], layout: Layout, error: str) -> tuple[list[str], str]:
    """A row with a quote inside a quoted text: harmless on one line; over several it is one that was not closed."""
    if len(taken) == 1:
        cells = next(_reader([_line(taken[0].text)], layout, strict=False), [])
        if not any("\n" in cell for cell in cells):
            return cells, ""
    return [], f"a quote that is not closed ({error})"


def _fitted(cells: list[str], width: int, *, several: bool) -> tuple[list[str], str]:
    """The cells as the header has them: empty ones at the end may be missing or too many."""
    count = len(cells)
    if count in (0, width):
        return cells, ""
    if count < width and not several:
        return cells + [""] * (width - count), ""
    if count > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width], ""
    hint = "a quote that is not closed" if several else "a text with the separator in it lacks its quotes"
    return cells, f"{count} columns where the header has {width}: {hint}?"


def layout_of(
    text: str, is_header: Callable[[list[str]], bool], *, complete: bool
) -> tuple[Layout, list[list[str]]] | None:
    """How a table is written by its first lines, and these rows; None when no separator parts them evenly.

    is_header: whether a row is a header that forgives rows of another width.
    complete: whether `text` is the whole file, so that its last row is no fragment.
    """
    first = 1
    head, _, rest = text.partition("\n")
    said = head.strip().lower()
    if said.startswith("sep=") and len(said) == 5:
        found = _sampled(rest, Layout(said[4], None, 2), complete=complete)
        return (Layout(said[4], None, 2), found) if found else None
    if head.strip() == "sep=":  # the tab went with the white space
        text, first = rest, 2
    best: tuple[float, Layout, list[list[str]]] | None = None
    for delimiter in DELIMITERS:
        if delimiter not in head and first == 1 and not head.startswith('"'):
            continue
        for escape in (None, "\\") if '\\"' in text else (None,):
            layout = Layout(delimiter, escape, first)
            found = _sampled(text, layout, complete=complete)
            least = 0.0 if found and is_header(found[0]) else _MIN_SHARE
            if found and (score := _evenness(found, least)) and (best is None or score > best[0]):
                best = (score, layout, found)
    return best[1:] if best is not None else None


def _sampled(text: str, layout: Layout, *, complete: bool) -> list[list[str]]:
    lines = (FileLine(number, line) for number, line in enumerate(text.split("\n"), layout.first))
    found: list[list[str]] = []
    try:
        for row in rows(lines, layout):
            if row.cells:
                found.append(row.cells)
            if len(found) > _SAMPLE_ROWS:
                break
        else:
            if not complete and found:
                found.pop()
    except ValueError:
        return []
    return found


def _evenness(found: list[list[str]], least: float) -> float:
    """How sure it is that these are rows: 0 when they are not as wide as the first."""
    width = len(found[0])
    if width < 2 or len(found) < 2:
        return 0.0
    share = sum(len(row) == width for row in found) / len(found)
    return share + min(width, 50) / 100 if share >= least else 0.0
