"""What a value in the Extended Date/Time Format covers, so that two ways to write one period are equal.

Only what the gold and `DateMention` write: days, months, years, seasons and quarters (21 to 36), decades, open years
(XXXX), intervals, `..` at an end. The qualifiers `~ ? %` say how sure a value is, not which, and are left out.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Final

_QUALIFIERS: Final = str.maketrans("", "", "~?%")
_POINT: Final = re.compile(r"(?P<year>[\dX]{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?\Z")
#: First month and how many, by the number of a season or a quarter; winter is of the year in which it begins.
_PARTS: Final = {
    **{21 + number: (3 + 3 * number, 3) for number in range(4)},
    **{33 + number: (1 + 3 * number, 3) for number in range(4)},
    40: (1, 6),
    41: (7, 6),
}


def period(edtf: str) -> tuple[str, str]:
    """First and last day of a value; what is open stays as it is written. A value that is none is itself."""
    plain = edtf.translate(_QUALIFIERS)
    first, slash, last = plain.partition("/")
    if slash:
        return _bounds(first)[0], _bounds(last)[1]
    return _bounds(plain)


def _bounds(point: str) -> tuple[str, str]:
    match = _POINT.match(point)
    if match is None:
        return point, point
    year, month, day = match["year"], match["month"], match["day"]
    if day:
        return point, point
    if month is None:
        if "X" not in year:
            return f"{year}-01-01", f"{year}-12-31"
        if year == "XXXX":
            return point, point
        return f"{year.replace('X', '0')}-01-01", f"{year.replace('X', '9')}-12-31"
    if not year.isdigit():
        return point, point
    start, months = _PARTS.get(int(month), (int(month), 1))
    end = start + months - 1
    in_year = int(year) + (end - 1) // 12
    end = (end - 1) % 12 + 1
    if start > 12:
        return point, point
    return f"{year}-{start:02}-01", f"{in_year}-{end:02}-{monthrange(in_year, end)[1]:02}"
