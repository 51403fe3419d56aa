"""CSV that a spreadsheet opens as data: RFC 4180, and no cell that it would take for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from kashaf.text.sanitise import sanitise

#: What spreadsheets take for the beginning of a formula, the full-width signs as well (OWASP, "CSV Injection").
FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
BOM: Final = "\ufeff"

Value = str | int | float | bool | None


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Value]], *, bom: bool = False) -> bytes:
    """UTF-8 CSV with CRLF at the end of each row; `bom` puts a byte order mark first, which Excel asks for.

    A text that begins as a formula does gets an apostrophe before it. Control characters are left out, numbers stay
    numbers, None is empty, truth is 1 or 0.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return ((BOM if bom else "") + buffer.getvalue()).encode("utf-8")


def _cell(value: Value) -> str | int | float:
    if isinstance(value, str):
        text = sanitise(value).text
        # Some importers trim spaces before they look.
        begins = text.lstrip(" ").startswith(FORMULA) or value.startswith(FORMULA)
        return f"'{text}" if begins else text
    if isinstance(value, bool):
        return int(value)
    return "" if value is None else value
