"""Lines of terminal cells: wrapped in logical order, shown in visual order, mapped to the text both ways.

Offsets are code points of the paragraph given; widths and columns are terminal cells. Every character belongs to
exactly one cell of its line; one that is not drawn (format and control characters, marks that are stripped,
white space at the end of a wrapped line) belongs to the cell before it in logical order or, at the beginning,
to the first. No cell's text holds a control character or a bidi control.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import repeat, starmap
from typing import TYPE_CHECKING, Final, Literal

from kashaf.bidi.digits import Digits, replace_digits
from kashaf.bidi.levels import REMOVED, ParagraphLevels
from kashaf.bidi.links import isolated_spans, levels_with_isolates, link_spans
from kashaf.bidi.order import line_levels, visual_runs
from kashaf.bidi.properties import MIRRORED
from kashaf.bidi.shaping import SPACE, Clusters, clusters
from kashaf.bidi.wrap import line_ends

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_BASES: Final[dict[str, int | None]] = {"auto": None, "rtl": 1, "ltr": 0}


@dataclass(frozen=True, slots=True)
class Options:
    """What the reader of the screen chose; the text itself never changes.

    `marks`: Arabic combining marks (tashkeel, Quranic signs) are dropped or printed. `tatweel`: the stroke is
    printed or dropped; without it, letters join as with it, and a mark on it goes to the letter before. `digits`:
    as written, or all in one set; "arabic" leaves the digits of Latin words and addresses. `base`: the paragraph's
    direction (rule HL1 of UAX #9); "auto" takes it from the first strong character (P2, P3). For one direction of
    a document see `direction`.
    """

    marks: Literal["strip", "keep"] = "strip"
    digits: Digits = "keep"
    base: Literal["auto", "rtl", "ltr"] = "auto"
    tatweel: Literal["keep", "strip"] = "keep"


_DEFAULT: Final = Options()


# Not frozen: a frozen one takes three times as long to make, and a screen has thousands.
@dataclass(slots=True)
class Cell:
    """One cluster as it is printed: `text` is shaped and mirrored, `[start, end)` its source in code points,
    `level` its embedding level after rule L1, `width` the columns it takes.

    A line of characters none of which is drawn has one cell with an empty text and width 0.
    """

    text: str
    start: int
    end: int
    level: int
    width: int


class Line:
    """One screen line: `[start, end)` of the paragraph, `cells` from left to right, `rtl` the base direction.

    `width` counts columns. The cells cover `[start, end)` without gap or overlap; only an empty line has none.
    """

    __slots__ = ("_cells", "end", "rtl", "start", "width")

    def __init__(
        self,
        start: int,
        end: int,
        cells: tuple[Cell, ...] | Callable[[], tuple[Cell, ...]],
        width: int,
        rtl: bool,
    ) -> None:
        """`cells` may be what makes them: most lines of a long text are never looked at."""
        self.start = start
        self.end = end
        self.width = width
        self.rtl = rtl
        self._cells = cells

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Clusters in visual order."""
        if callable(self._cells):
            self._cells = self._cells()
        return self._cells

    @property
    def text(self) -> str:
        """What to print, left to right."""
        return "".join([cell.text for cell in self.cells])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Line):
            return NotImplemented
        return self._all() == other._all()

    __hash__ = None  # type: ignore[assignment]  # how mypy asks for what Python documents

    def __repr__(self) -> str:
        return "Line({}, {}, {}, {}, rtl={})".format(*self._all())

    def _all(self) -> tuple[int, int, tuple[Cell, ...], int, bool]:
        return self.start, self.end, self.cells, self.width, self.rtl

    def cell_of(self, offset: int) -> int | None:
        """Index into `cells` of the cell that holds the code point at `offset`; `None` outside the line."""
        for index, cell in enumerate(self.cells):
            if cell.start <= offset < cell.end:
                return index
        return None

    def column_of(self, offset: int) -> int | None:
        """Leftmost column, from the left edge of the line's own cells, of the code point at `offset`.

        `None` outside the line.
        """
        column = 0
        for cell in self.cells:
            if cell.start <= offset < cell.end:
                return column
            column += cell.width
        return None

    def columns_of(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Columns that show the code points `[start, end)`, as ranges from left to right that do not touch.

        There are several where the span holds text of both directions, none where the line has no cell of it.
        """
        found: list[tuple[int, int]] = []
        column = 0
        for cell in self.cells:
            right = column + cell.width
            if cell.width and max(start, cell.start) < min(end, cell.end):
                joined = bool(found) and found[-1][1] == column
                found.append((found.pop()[0] if joined else column, right))
            column = right
        return tuple(found)

    def offset_at(self, column: int) -> int:
        """Offset of the first code point of the cell at `column`.

        Beside the cells it is `start` on the side where the line begins and `end` on the other.
        """
        if column < 0:
            return self.end if self.rtl else self.start
        for cell in self.cells:
            if column < cell.width:
                return cell.start
            column -= cell.width
        return self.start if self.rtl else self.end


def lay_out(paragraph: str, width: int, options: Options = _DEFAULT) -> tuple[Line, ...]:
    """Lines of one paragraph, at least one, none wider than `width` cells unless one cluster alone is.

    Lines break after white space, which hangs and has no cells, or within a word that is too long for a line.
    A line of nothing but white space has one blank cell. A newline within `paragraph` counts as white space.
    """
    prepared = _prepare(paragraph, options)
    return tuple(
        prepared.line(first, last, following)
        for first, last, following in line_ends(prepared.clusters, max(1, width))
    )


def lay_out_line(text: str, options: Options = _DEFAULT) -> Line:
    """The text as one line, however wide; white space at its end is kept."""
    prepared = _prepare(text, options)
    count = len(prepared.clusters.texts)
    return prepared.line(0, count, count)


@lru_cache(maxsize=8192)
def visual(text: str, options: Options = _DEFAULT) -> str:
    """One line, shaped and in visual order (L1, L2, L4) from left to right: for labels. Crop first, see `crop`."""
    if options.base != "rtl" and options.digits != "arabic" and text.isascii() and text.isprintable():
        return text
    prepared = _prepare(text, options)
    found = prepared.clusters.texts
    shown: list[str] = []
    for start, end, level in visual_runs(prepared.levels_of_line(0, len(found), len(text))):
        shown += _in_run(found[start:end], level)
    return "".join(shown)


def crop(text: str, width: int, ellipsis: str = "…", options: Options = _DEFAULT) -> str:
    """`text` if it fits `width` cells, else as much of its logical beginning as fits before `ellipsis`.

    The result is in logical order and never ends within a cluster. If not even the ellipsis fits, it is left out.
    """
    if cell_width(text, options) <= width:
        return text
    room = width - cell_width(ellipsis)
    if room < 0:
        room, ellipsis = width, ""
    found = _clusters(text, options)
    count = 0
    for taken in found.widths:
        if taken > room:
            break
        room -= taken
        count += 1
    return (text[: found.heads[count]].rstrip() if count else "") + ellipsis


def cell_width(text: str, options: Options = _DEFAULT) -> int:
    """Cells the text takes on one line, with lam-alef as one. Of the options only `tatweel` changes it."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_clusters(text, options).widths)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A paragraph with all that does not depend on where its lines end."""

    levels: ParagraphLevels
    clusters: Clusters
    cluster_levels: bytes
    separators: bool
    """Does the text hold a segment or paragraph separator, which rule L1 sets back to the base?"""

    def levels_of_line(self, first: int, last: int, end: int) -> bytes:
        """Levels of the clusters first..last of a line up to offset `end`, after rule L1."""
        if not self.separators and not (last and self.clusters.ends[last - 1] == SPACE):
            return self.cluster_levels[first:last]
        heads = self.clusters.heads
        start = heads[first] if first else 0
        return _at_heads(line_levels(self.levels, start, end), heads[first:last], start, self.levels.base)

    def line(self, first: int, last: int, following: int) -> Line:
        """The line that shows the clusters first..last and reaches to the cluster `following`."""
        heads = self.clusters.heads
        start = heads[first] if first else 0
        end = heads[following]
        base = self.levels.base
        if first < last:
            cells = partial(self.cells, first, last, start, end)
            return Line(start, end, cells, sum(self.clusters.widths[first:last]), bool(base))
        blank = " " if first < following else ""
        only = (Cell(blank, start, end, base, len(blank)),) if start < end else ()
        return Line(start, end, only, len(blank), bool(base))

    def cells(self, first: int, last: int, start: int, end: int) -> tuple[Cell, ...]:
        """The clusters first..last in visual order, as the whole of the line `[start, end)`."""
        found = self.clusters
        texts, widths = found.texts[first:last], found.widths[first:last]
        starts = [start, *found.heads[first + 1 : last]]
        ends = [*starts[1:], end]
        cells: list[Cell] = []
        for low, high, level in visual_runs(self.levels_of_line(first, last, end)):
            backwards = -1 if level & 1 else 1
            cells += starmap(
                Cell,
                zip(
                    _in_run(texts[low:high], level),
                    starts[low:high][::backwards],
                    ends[low:high][::backwards],
                    repeat(level),
                    widths[low:high][::backwards],
                    strict=False,
                ),
            )
        return tuple(cells)


def _in_run(texts: list[str], level: int) -> Iterable[str]:
    """What is shown of a run, left to right: an odd one is turned round and mirrored (L2, L4)."""
    return map(MIRRORED.__getitem__, reversed(texts)) if level & 1 else texts


def _clusters(text: str, options: Options) -> Clusters:
    return clusters(text, marks=options.marks == "keep", tatweel=options.tatweel == "keep")


def _prepare(text: str, options: Options) -> _Prepared:
    links = link_spans(text)
    levels = levels_with_isolates(text, _BASES[options.base], isolated_spans(text, links))
    found = _clusters(text, options)
    replace_digits(text, found, options.digits, levels, links)
    by_cluster = _at_heads(levels.levels, found.heads[:-1], 0, levels.base)
    return _Prepared(levels, found, by_cluster, b"S" in levels.classes or b"B" in levels.classes)


def _at_heads(levels: bytes, heads: Sequence[int], start: int, base: int) -> bytes:
    """Levels of clusters, `start` being the offset of the first of `levels`.

    One whose base X9 removes (a noncharacter) goes with the one before it.
    """
    places = heads if not start else [head - start for head in heads]
    found = bytes(map(levels.__getitem__, places))
    if REMOVED not in found:
        return found
    filled = bytearray(found)
    before = base
    for i, level in enumerate(found):
        before = filled[i] = before if level == REMOVED else level
    return bytes(filled)
