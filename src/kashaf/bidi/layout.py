"""Lines of terminal cells: wrapped in logical order, shown in visual order, mapped to the text both ways.

Offsets are code points of the paragraph given; widths and columns are terminal cells. Every character belongs to
exactly one cell of its line; one that is not drawn (format and control characters, marks that are stripped,
white space at the end of a wrapped line) belongs to the cell before it in logical order or, at the beginning,
to the first. No cell's text holds a control character or a bidi control.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from kashaf.bidi._ucd import MIRROR
from kashaf.bidi.digits import Digits, replace_digits
from kashaf.bidi.levels import ParagraphLevels
from kashaf.bidi.links import levels_with_links, link_spans
from kashaf.bidi.order import line_levels, visual_order
from kashaf.bidi.properties import SEPARATORS
from kashaf.bidi.shaping import Clusters, clusters
from kashaf.bidi.wrap import line_ends

if TYPE_CHECKING:
    from collections.abc import Sequence

_BASES: Final[dict[str, int | None]] = {"auto": None, "rtl": 1, "ltr": 0}


@dataclass(frozen=True, slots=True)
class Options:
    """What the reader of the screen chose; the text itself never changes.

    `marks`: Arabic combining marks (tashkeel, Quranic signs) are dropped or printed. `digits`: as written, or
    all in one set; "arabic" leaves the digits of Latin words. `base`: the paragraph's direction; "auto" takes it
    from the first strong character.
    """

    marks: Literal["strip", "keep"] = "strip"
    digits: Digits = "keep"
    base: Literal["auto", "rtl", "ltr"] = "auto"


_DEFAULT: Final = Options()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cluster as it is printed: `text` is shaped and mirrored, `[start, end)` its source, `width` its cells.

    A line of characters none of which is drawn has one cell with an empty text and width 0.
    """

    text: str
    start: int
    end: int
    level: int
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """One screen line: `[start, end)` of the paragraph, `cells` from left to right, `rtl` the base direction.

    `width` counts cells. The cells cover `[start, end)` without gap or overlap; only an empty line has none.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    width: int
    rtl: bool

    @property
    def text(self) -> str:
        """What to print, left to right."""
        return "".join([cell.text for cell in self.cells])

    def cell_of(self, offset: int) -> int | None:
        """Index into `cells` of the cell that holds the code point at `offset`; `None` outside the line."""
        for index, cell in enumerate(self.cells):
            if cell.start <= offset < cell.end:
                return index
        return None

    def column_of(self, offset: int) -> int | None:
        """Leftmost column, from the left edge of the line's own cells, of the code point at `offset`."""
        column = 0
        for cell in self.cells:
            if cell.start <= offset < cell.end:
                return column
            column += cell.width
        return None

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
    """One line, shaped and in visual order from left to right: for labels. Crop first, see `crop`."""
    if options.base != "rtl" and options.digits != "arabic" and text.isascii() and text.isprintable():
        return text
    prepared = _prepare(text, options)
    count = len(prepared.clusters.texts)
    levels = prepared.levels_of_line(0, count, len(text))
    shown = prepared.clusters.texts
    return "".join(
        [MIRROR.get(shown[i], shown[i]) if levels[i] & 1 else shown[i] for i in visual_order(levels)]
    )


def crop(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` if it fits `width` cells, else as much of its logical beginning as fits before `ellipsis`.

    The result is in logical order and never ends within a cluster. If not even the ellipsis fits, it is left out.
    """
    found = clusters(text)
    if sum(found.widths) <= width:
        return text
    room = width - cell_width(ellipsis)
    if room < 0:
        room, ellipsis = width, ""
    count = 0
    for taken in found.widths:
        if taken > room:
            break
        room -= taken
        count += 1
    return (text[: found.heads[count]].rstrip() if count else "") + ellipsis


def cell_width(text: str) -> int:
    """Cells the text takes on one line, with lam-alef as one; the same under all `Options`."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(clusters(text).widths)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A paragraph with all that does not depend on where its lines end."""

    text: str
    levels: ParagraphLevels
    clusters: Clusters
    cluster_levels: list[int]
    separators: bool
    """Does the text hold a segment or paragraph separator, which rule L1 sets back to the base?"""

    def levels_of_line(self, first: int, last: int, end: int) -> list[int]:
        """Levels of the clusters first..last of a line up to offset `end`, after rule L1."""
        if not self.separators and not (last and self.clusters.spaces[last - 1]):
            return self.cluster_levels[first:last]
        heads = self.clusters.heads
        start = heads[first] if first else 0
        after_l1 = line_levels(self.text, self.levels.levels, self.levels.base, start, end)
        return _fill([after_l1[head - start] for head in heads[first:last]], self.levels.base)

    def line(self, first: int, last: int, following: int) -> Line:
        """The line that shows the clusters first..last and reaches to the cluster `following`."""
        found = self.clusters
        heads = found.heads
        base = self.levels.base
        start = heads[first] if first else 0
        end = heads[following]
        rtl = bool(base & 1)
        if first == last:
            blank = " " if first < following else ""
            cells = (Cell(blank, start, end, base, len(blank)),) if start < end else ()
            return Line(start, end, cells, len(blank), rtl)
        levels = self.levels_of_line(first, last, end)
        starts = [start, *heads[first + 1 : last], end]
        ordered = []
        for i in visual_order(levels):
            level = levels[i]
            shown = found.texts[first + i]
            if level & 1:
                shown = MIRROR.get(shown, shown)
            ordered.append(Cell(shown, starts[i], starts[i + 1], level, found.widths[first + i]))
        return Line(start, end, tuple(ordered), sum(found.widths[first:last]), rtl)


def _prepare(text: str, options: Options) -> _Prepared:
    links = link_spans(text)
    levels = levels_with_links(text, _BASES[options.base], links)
    found = clusters(text, marks=options.marks == "keep")
    if options.digits != "keep":
        replace_digits(text, found, options.digits, base=levels.base, links=links)
    by_cluster = _fill([levels.levels[head] for head in found.heads[:-1]], levels.base)
    return _Prepared(text, levels, found, by_cluster, not SEPARATORS.isdisjoint(text))


def _fill(levels: Sequence[int | None], base: int) -> list[int]:
    """Levels without gaps: a drawn character that X9 removes (a noncharacter) goes with the one before it."""
    out: list[int] = []
    before = base
    for level in levels:
        before = before if level is None else level
        out.append(before)
    return out
