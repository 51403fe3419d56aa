"""Tables: CSV, TSV, and with semicolons or bars, an article a row, its fields by the names in the header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import dropwhile, islice
from typing import Final

from kashaf.corpus.dates import parse_date
from kashaf.corpus.decode import Decoded
from kashaf.corpus.fields import GUESSED, ROLES, FieldMapping, FieldNames, mapping_of
from kashaf.corpus.readers.csv_rows import DELIMITERS, MAX_COLUMNS, Layout, layout_of, rows
from kashaf.corpus.readers.file_lines import file_encoding, line_end, lines
from kashaf.corpus.readers.model import Failure, Format, Member, Source
from kashaf.corpus.readers.records import Record, digest, read_records
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise_line

_SUFFIXES: Final = frozenset({".csv", ".tsv", ".tab", ".psv"})
_OTHER_SUFFIXES: Final = frozenset(
    {".md", ".markdown", ".mdown", ".mkd", ".html", ".htm", ".xhtml", ".xml", ".json"}
)
_SAMPLE_CHARS: Final = 262_144
_TITLE_CHARS: Final = (15, 250)
_BODY_CHARS: Final = 120
_URL: Final = re.compile(r"https?://\S+$")
_MAX_HEADER_CHARS: Final = 80
_SAMPLE: Final = 100


@dataclass(frozen=True, slots=True)
class _Table:
    """header: a name for each column. guessed: for a role the column that looks like it, where there is no header."""

    layout: Layout
    header: tuple[str, ...]
    guessed: Mapping[str, tuple[str, ...]] | None = None

    def names(self, source: Source) -> FieldNames:
        return (
            FieldNames(source.options.fields) if self.guessed is None else FieldNames(self.guessed, GUESSED)
        )


def sniff(source: Source) -> bool:
    """By its suffix and rows of one width; without the suffix only by a header that names a text and what goes with
    it: sentences with commas are no table."""
    if source.suffix in _SUFFIXES:
        return _table(source) is not None
    if source.suffix in _OTHER_SUFFIXES:
        return False
    head = source.opening.text[:2_000].lstrip("\ufeff").split("\n", 1)
    if len(head) < 2 or not any(mark in head[0] for mark in ",;\t|"):
        return False
    table = _table(source)
    if table is None or table.guessed is not None:
        return False
    fields = table.names(source).of(dict.fromkeys(table.header, "…"))
    known = [role for role in ("title", "date", "outlet", "author", "url", "id") if fields.find(role)]
    return fields.find("body") is not None and bool(known)


def read(source: Source) -> Iterable[Member | Failure]:
    """An article a row. A row that does not fit the header is a failure of its own.

    Raises BadInput when no column holds a text.
    """
    table = _table(source)
    if table is None:
        raise BadInput("no rows of one width", where=source.path, cure="Save it as CSV with a header")
    if len(table.header) > MAX_COLUMNS:
        raise BadInput(
            f"over {MAX_COLUMNS} columns", where=source.path, cure="Keep the columns of the articles"
        )
    names = table.names(source)
    fields = names.of(dict.fromkeys(table.header, "…"))
    if fields.find("body") is None and fields.find("standfirst") is None:
        shown = ", ".join(sanitise_line(name)[:40] for name in table.header[:12])
        raise BadInput(
            f"no column that is known for the text (columns: {shown})",
            where=source.path,
            cure="Name it in kashaf.yaml under `fields: body`",
        )
    return read_records(source.read_as(_encoding(source, table)), names, partial(_records, source, table))


def mapping(source: Source) -> FieldMapping:
    """What the columns are taken for. Raises BadInput when there are no rows."""
    table = _table(source)
    if table is None:
        raise BadInput("no rows of one width", where=source.path, cure="Save it as CSV with a header")
    values = (record.value for record in islice(_records(source, table), _SAMPLE))
    return mapping_of(
        (value for value in values if isinstance(value, dict)), FieldNames(source.options.fields)
    )


def _encoding(source: Source, table: _Table) -> Decoded:
    found = file_encoding(source)
    note = ("no header: what its columns hold was guessed",) if table.guessed is not None else ()
    return replace(found, warnings=(*found.warnings, *note))


def _records(source: Source, table: _Table) -> Iterator[Record]:
    first = table.layout.first if table.guessed is not None else table.layout.first + 1
    body = dropwhile(lambda line: line.number < table.layout.first, lines(source))
    found = rows(body, table.layout, len(table.header))
    number = first
    try:
        if table.guessed is None:
            next(found, None)
        for row in found:
            number = row.number
            if row.problem:
                yield Record(number, None, "", row.problem)
                continue
            value = {name: cell for name, cell in zip(table.header, row.cells, strict=False) if cell}
            if not value:
                continue
            yield Record(number, value, digest(value), "", row.decoded)
    except ValueError as error:
        yield Record(number, None, "", str(error))


def _table(source: Source) -> _Table | None:
    text = source.opening.text
    if line_end(text) == "\r":
        text = text.replace("\n", " ").replace(
            "\r", "\n"
        )  # a sample: what breaks in its cells does not matter
    complete = len(text) <= _SAMPLE_CHARS
    named = source.suffix in _SUFFIXES
    head = text.partition("\n")[0]
    if named and (wide := next((mark for mark in DELIMITERS if head.count(mark) > MAX_COLUMNS), None)):
        return _Table(Layout(wide), tuple(head.split(wide)))
    names = FieldNames(source.options.fields)
    found = layout_of(
        text[:_SAMPLE_CHARS].lstrip("\ufeff"),
        lambda row: named and names.of(dict.fromkeys(row, "…")).find("body") is not None,
        complete=complete,
    )
    if found is None:
        return None
    layout, sample = found
    header = [" ".join(cell.split()) for cell in sample[0]]
    columns = _columns(sample)
    if len(header) <= MAX_COLUMNS and not _is_header(header, columns, names):
        guessed = _guessed(columns)
        return _Table(layout, _distinct([""] * len(header)), guessed) if guessed else None
    return _Table(layout, _distinct(header))


def _columns(sample: list[list[str]]) -> list[list[str]]:
    width = len(sample[0])
    return [[row[place] for row in sample if len(row) == width] for place in range(min(width, MAX_COLUMNS))]


def _is_header(header: list[str], columns: list[list[str]], names: FieldNames) -> bool:
    """Whether the first row names the columns: by a name that is known, or by being unlike what stands below it."""
    if any(len(cell) > _MAX_HEADER_CHARS for cell in header):
        return False
    fields = names.of(dict.fromkeys(header, "…"))
    if any(fields.find(role) for role in ROLES):
        return True
    longest = max(columns, key=_length)
    return (
        len(set(header)) == len(header)
        and all(cell and not cell.isdecimal() and not _URL.match(cell) for cell in header)
        and not any(map(_is_day, header))
        and len(longest[0]) * 3 < _length(longest)
    )


def _distinct(header: list[str]) -> tuple[str, ...]:
    """A name for each column. Of two that are called alike the first keeps the name."""
    names: list[str] = []
    for number, name in enumerate(header, 1):
        names.append(_column(number) if not name else name if name not in names else f"{name} ({number})")
    return tuple(names)


def _column(number: int) -> str:
    return f"column {number}"


def _guessed(columns: list[list[str]]) -> dict[str, tuple[str, ...]]:
    """For a role the column of a table without a header that looks like it: the longest texts are the body.

    Nothing without a column of days or addresses: that may be prose with a comma in each line.
    """
    length = [_length(cells) for cells in columns]
    body = max(range(len(columns)), key=length.__getitem__)
    if length[body] < _BODY_CHARS:
        return {}
    found: dict[str, int] = {"body": body}
    titles: list[int] = []
    for place, cells in enumerate(columns):
        if place == body:
            continue
        if all(_URL.match(cell.strip()) for cell in cells):
            found.setdefault("url", place)
        elif all(map(_is_day, cells)):
            found.setdefault("date", place)
        elif _TITLE_CHARS[0] <= length[place] <= _TITLE_CHARS[1] and len(set(cells)) * 2 > len(cells):
            titles.append(place)
    if "url" not in found and "date" not in found:
        return {}
    if len(titles) == 1:
        found["title"] = titles[0]
    return {role: (_column(place + 1),) for role, place in found.items()}


def _length(cells: list[str]) -> float:
    return sum(map(len, cells)) / max(1, len(cells))


def _is_day(cell: str) -> bool:
    found = parse_date(cell) if len(cell) < 60 else None
    return found is not None and found.granularity == "day" and found.value is not None


FORMAT = Format("csv", sniff, read, streams=True)
