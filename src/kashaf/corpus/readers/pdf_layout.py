"""A page's letters with their places to lines in reading order: lines, columns, words.

The columns are found by the white gaps that many lines share; lines that run across such a gap (a headline over two
columns) part what is above from what is below.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from kashaf.corpus.readers.blocks import CELLS
from kashaf.corpus.readers.pdf_order import (
    brackets_agree,
    is_arabic,
    is_reversed,
    logical,
    ordered_ligature,
    turned_brackets,
    with_brackets,
    with_marks,
    without_forms,
)

_WORD_GAP: Final = 0.13  # of the height of a line, which is some 1.2 em
_SPACE_GAP: Final = 0.03  # where the file has a space too
_COLUMN_GAP: Final = 0.9
_CELL_GAP: Final = 1.6
_LEAST_LINES: Final = 4
_LEAST_CHARS: Final = 14  # of the middle line of a column; less is a table's
_ALEFS: Final = frozenset("اأإآٱ")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign, or one of the letters of a ligature, in points from the bottom left. index: its place in the file."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    index: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line in reading order. start: where it begins, end: where it ends, left or right by the page's direction.

    size: its height. first: the width of its first word. column: number on the page, from 0.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: float
    column: int


@dataclass(frozen=True, slots=True)
class Layout:
    """rtl: the direction of most letters. turned: whether the page shows its letters back to front."""

    lines: tuple[Line, ...]
    rtl: bool = False
    turned: bool = False


@dataclass(slots=True)
class _Word:
    units: list[str]
    x0: float
    x1: float
    y: float
    size: float


@dataclass(slots=True)
class _Row:
    words: list[_Word]
    y: float
    size: float

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1


def lay_out(glyphs: Sequence[Glyph], *, turned: bool = False) -> Layout:
    """Lines of a page. turned: what was found of the pages before, for one with too few words to tell."""
    arabic = sum(is_arabic(glyph.text) for glyph in glyphs)
    latin = sum(glyph.text.isalpha() for glyph in glyphs) - arabic
    rtl = arabic >= latin and arabic > 0
    rows = [row for row in map(_row, _rows(glyphs), [_is_turned(glyphs)] * len(glyphs)) if row.words]
    ordered = _columns(rows, rtl=rtl)
    mirror = brackets_agree([logical(_units(row), rtl=rtl) for row, _ in ordered[:200]])
    plain = [without_forms(logical(_units(row), rtl=rtl, mirror=mirror)) for row, _ in ordered]
    found = is_reversed(" ".join(plain)) if rtl else False
    backwards = turned if found is None else found
    if backwards:
        plain = [without_forms("".join(_units(row))) for row, _ in ordered]
        if not brackets_agree(plain[:200]):
            plain = [turned_brackets(text) for text in plain]
    if rtl:
        plain = [with_brackets(text) for text in plain]
    lines = (
        _line(row, column, text, rtl=rtl and not backwards)
        for (row, column), text in zip(ordered, plain, strict=True)
    )
    return Layout(tuple(line for line in lines if line.text), rtl, backwards)


def _line(row: _Row, column: int, text: str, *, rtl: bool) -> Line:
    first = row.words[-1 if rtl else 0]
    return Line(" ".join(text.split()), row.x0, row.x1, row.y, row.size, first.x1 - first.x0, column)


def _is_turned(glyphs: Sequence[Glyph]) -> bool:
    """Whether ligatures give their letters back to front: seen by lam-alef, which never is alef and lam."""
    votes = 0
    for one, other in pairwise(glyphs):
        if one.x0 == other.x0 and one.x1 == other.x1 and one.index + 1 == other.index:
            votes += (one.text in _ALEFS and other.text == "ل") - (one.text == "ل" and other.text in _ALEFS)
    return votes > 0


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Letters of one height on the page, from the top."""
    rows: list[list[Glyph]] = []
    level = 0.0
    for glyph in sorted(glyphs, key=lambda one: -(one.y0 + one.y1)):
        middle = (glyph.y0 + glyph.y1) / 2
        if rows and level - middle < 0.45 * (glyph.y1 - glyph.y0):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            level = middle
    return rows


def _row(glyphs: list[Glyph], turned: bool) -> _Row:
    """The words of a row, from left to right."""
    words: list[_Word] = []
    spaced = False
    for sign in _signs(glyphs, turned=turned):
        if sign.text.isspace():
            spaced = True
            continue
        size = sign.y1 - sign.y0
        gap = sign.x0 - words[-1].x1 if words else size
        if gap > size * (_SPACE_GAP if spaced else _WORD_GAP):
            words.append(_Word([sign.text], sign.x0, sign.x1, (sign.y0 + sign.y1) / 2, size))
        else:
            words[-1].units.append(sign.text)
            words[-1].x1 = max(words[-1].x1, sign.x1)
        spaced = False
    return _row_of(words)


def _row_of(words: list[_Word]) -> _Row:
    """A row as high as most of its words."""
    if not words:
        return _Row(words, 0.0, 0.0)
    return _Row(words, median(word.y for word in words), median(word.size for word in words))


def _signs(glyphs: list[Glyph], *, turned: bool) -> list[Glyph]:
    """The signs of a row from left to right; letters of a ligature as one, marks with their letter, what was printed
    twice for boldness once."""
    made: list[Glyph] = []
    glyphs.sort(key=lambda one: one.index)
    for _, group in groupby(glyphs, key=lambda one: (one.x0, one.x1)):
        held = list(group)
        if len(held) == 1:
            made.append(held[0])
        else:
            joined = "".join(one.text for one in held)
            made.append(replace(held[0], text=ordered_ligature(joined, turned=turned)))
    signs: list[Glyph] = []
    for sign in sorted(
        (sign for sign in made if not _is_mark(sign.text)), key=lambda sign: sign.x0 + sign.x1
    ):
        last = signs[-1] if signs else None
        if last is None or last.text != sign.text or sign.x0 - last.x0 >= 0.3 * (sign.x1 - sign.x0):
            signs.append(sign)
    letters = [place for place, sign in enumerate(signs) if not sign.text.isspace()]
    middles = [(signs[place].x0 + signs[place].x1) / 2 for place in letters]
    marks: dict[int, list[str]] = {}
    for mark in made:
        if _is_mark(mark.text) and letters:
            centre = (mark.x0 + mark.x1) / 2
            near = min(bisect_left(middles, centre), len(letters) - 1)
            if near > 0 and centre - middles[near - 1] < middles[near] - centre:
                near -= 1
            marks.setdefault(letters[near], []).append(mark.text)
    for place, over in marks.items():
        signs[place] = replace(signs[place], text=with_marks(signs[place].text, over))
    return signs


def _is_mark(text: str) -> bool:
    return unicodedata.combining(text[0]) > 0


def _units(row: _Row) -> list[str]:
    """The signs of a row with its spaces; cells of a table far apart are parted by a dash."""
    found: list[str] = []
    last: _Word | None = None
    for word in row.words:
        if last is not None:
            wide = word.x0 - last.x1 > 2 * _CELL_GAP * row.size
            found.extend(CELLS if wide else " ")
        found.extend(word.units)
        last = word
    return found


def _columns(rows: list[_Row], *, rtl: bool) -> list[tuple[_Row, int]]:
    """The rows in reading order, each with the number of its column."""
    ordered: list[tuple[_Row, int]] = []
    pending: list[list[_Row]] = [rows]
    number = 0
    splits = 0
    while pending:
        region = pending.pop()
        gutter = _gutter(region) if splits < 200 else None
        if gutter is None:
            ordered.extend((row, number) for row in region)
            number += 1
            continue
        splits += 1
        parts: list[list[_Row]] = []
        for across, band in groupby(region, key=lambda row: _crosses(row, gutter)):
            held = list(band)
            if across:
                parts.append(held)
                continue
            left = [part for row in held if (part := _side(row, gutter, left=True)) is not None]
            right = [part for row in held if (part := _side(row, gutter, left=False)) is not None]
            parts.extend(side for side in ((right, left) if rtl else (left, right)) if side)
        pending.extend(reversed(parts))
    return ordered


def _gutter(rows: list[_Row]) -> float | None:
    """The middle of a white gap that parts most of the rows into columns of running text."""
    gaps = [
        (one.x1, other.x0)
        for row in rows
        for one, other in pairwise(row.words)
        if other.x0 - one.x1 > _COLUMN_GAP * row.size
    ]
    if len(gaps) < _LEAST_LINES:
        return None
    best: tuple[int, float] = (0, 0.0)
    edges = sorted([(begin, 1) for begin, _ in gaps] + [(end, -1) for _, end in gaps])
    open_gaps = 0
    for place, (edge, step) in enumerate(edges):
        open_gaps += step
        if open_gaps > best[0] and place + 1 < len(edges):
            best = (open_gaps, (edge + edges[place + 1][0]) / 2)
    shared, middle = best
    across = sum(_crosses(row, middle) for row in rows)
    if shared < _LEAST_LINES or across > shared:
        return None
    for left in (True, False):
        sides = [
            part for row in rows if not _crosses(row, middle) and (part := _side(row, middle, left=left))
        ]
        lengths = [sum(len(word.units) + 1 for word in part.words) for part in sides]
        if len(sides) < _LEAST_LINES or median(lengths) < _LEAST_CHARS:
            return None
    return middle


def _crosses(row: _Row, x: float) -> bool:
    """Whether something of a row lies on a line, or so close about it that there is no gap."""
    for one, other in pairwise(row.words):
        if one.x1 <= x <= other.x0:
            return other.x0 - one.x1 <= 0.6 * row.size
    return row.x0 < x < row.x1


def _side(row: _Row, x: float, *, left: bool) -> _Row | None:
    words = [word for word in row.words if ((word.x0 + word.x1) / 2 < x) == left]
    return _row_of(words) if words else None
