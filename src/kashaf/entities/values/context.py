"""What the readers of dates share: the line, the day of publication, and how dates read so far bear on the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from kashaf.entities.values.moments import Moment
from kashaf.entities.values.tense import tells_future
from kashaf.entities.values.words import Line

_SENTENCE_ENDS: Final = frozenset(".؟!?…")
_FAR: Final = 40
_DEEPEST: Final = 4
YEARS: Final = range(1500, 2101)


class Found(NamedTuple):
    """A date at the words `[first, end)` of a line."""

    first: int
    end: int
    moment: Moment


class Context:
    """One line being read.

    said: the last year that the line has said, and the index after it. dry: no list of days begins before this word.
    """

    __slots__ = ("_point", "anchor", "depth", "dry", "line", "said", "words")

    def __init__(
        self, line: Line, anchor: date | None, point: Callable[[Context, int], Found | None]
    ) -> None:
        self.line = line
        self.words = line.words
        self.anchor = anchor
        self._point = point
        self.depth = 0
        self.dry = 0
        self.said: tuple[int, int] | None = None

    def point(self, index: int) -> Found | None:
        """The single date that begins at a word; a date inside a date inside a date is none."""
        if self.depth >= _DEEPEST:
            return None
        self.depth += 1
        try:
            return self._point(self, index)
        finally:
            self.depth -= 1

    def year_said(self, index: int) -> int | None:
        """The year that the same sentence has said before a word."""
        if self.said is None or not 0 <= index - self.said[1] <= _FAR:
            return None
        between = range(self.said[1], index)
        return None if any(self.words[place].fold in _SENTENCE_ENDS for place in between) else self.said[0]

    def future(self, first: int, end: int) -> bool:
        """Whether words around `[first, end)` tell of what is to come."""
        return tells_future(self.words, first, end)

    def year_at(self, index: int) -> int | None:
        """The year in four digits that stands at a word."""
        written = self.words[index].number
        if len(written) != 4 or not written.isdecimal():
            return None
        year = int(written)
        return year if year in YEARS else None

    def numbered(self, index: int) -> bool:
        """Whether a word is digits that may be a year or the number of a month."""
        return self.year_at(index) is not None or self.small_at(index, 12) is not None

    def small_at(self, index: int, most: int) -> int | None:
        """The number of one or two digits that stands at a word, from 1 to `most`."""
        written = self.words[index].number
        if not 0 < len(written) <= 2:
            return None
        number = int(written)
        return number if 1 <= number <= most else None
