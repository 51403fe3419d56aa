"""CSV that a spreadsheet opens as data: RFC 4180, and no cell that it would take for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from kashaf.text.sanitise import sanitise

#: What spreadsheets take for the beginning of a formula, full-width and small forms as well (OWASP, "CSV Injection").
#: Some importers trim blanks before they look, and some drop marks that have no width.
_FORMULA: Final = re.compile(r"[\s\u00ad\u061c\u180e\u200b-\u200f\u2060]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r]")
BOM: Final = "\ufeff"

Value: TypeAlias = str | int | float | bool | None


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
        return f"'{text}" if _FORMULA.match(text) or _FORMULA.match(value) else text
    if isinstance(value, bool):
        return int(value)
    return "" if value is None else value
