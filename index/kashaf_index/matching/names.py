"""Columns of names: what few values many documents have."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


_FIRST, _LAST = 1_01_01, 9999_12_31
#: Of the month 0, which there is not, and of the others.
_LAST_DAYS: Final = np.array((0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), np.int32)
_LEAP_DAY: Final = 2_29


class Names:
    """A name for each document, or the empty one: numbers in `ordinals`, which are places in `values`."""

    def __init__(self, ordinals: NDArray[np.int32], values: Sequence[str]) -> None:
        self.ordinals = ordinals
        self.values = tuple(values)

    def __getitem__(self, doc: int) -> str:
        return self.values[int(self.ordinals[doc])]

    def counted(self, docs: NDArray[np.int64] | NDArray[np.bool_]) -> dict[str, int]:
        """How many of the documents have each name; those without one are not counted."""
        counts = np.bincount(self.ordinals[docs], minlength=len(self.values))
        return {self.values[at]: int(counts[at]) for at in np.flatnonzero(counts).tolist() if self.values[at]}


def are_days(dates: NDArray[np.int32]) -> bool:
    """Whether all are days of the calendar (yyyymmdd), or 0 for none."""
    found = dates[dates != 0]
    if not len(found):
        return True
    if int(found.min()) < _FIRST or int(found.max()) > _LAST:
        return False
    months, days = found // 100 % 100, found % 100
    if int(months.max()) >= len(_LAST_DAYS) or not ((days > 0) & (days <= _LAST_DAYS[months])).all():
        return False
    leaping = found[found % 10_000 == _LEAP_DAY] // 10_000
    return all(map(isleap, set(leaping.tolist())))


def months_of(dates: NDArray[np.int32]) -> Names:
    """The months of dates (yyyymmdd, 0 for none) as `2025-11`."""
    # Counted from the first month there is; 0 is none.
    numbers = dates // 10_000 * 12 + dates // 100 % 100
    dated = np.flatnonzero(dates)
    if not len(dated):
        return Names(np.zeros(len(dates), np.int32), ("",))
    first = int(numbers[dated].min()) - 1
    ordinals = np.where(dates > 0, numbers - first, 0).astype(np.int32)
    months = range(first, first + int(ordinals.max()) + 1)
    return Names(ordinals, ("", *(f"{(at - 1) // 12:04d}-{(at - 1) % 12 + 1:02d}" for at in months[1:])))
