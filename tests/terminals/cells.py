"""Did each cell of the screen come out as the character that was meant for it? Found by comparison, not by reading.

Every character (with its weight and slant) is painted once alone, where nothing can reorder or join it: the atlas.
A cell of a real screen is right when its picture correlates with that of its character in the atlas. Correlation
does not ask for colours, so the atlas needs one of them only.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rich.segment import Segment
from rich.style import Style
from tests.terminals.screen import Colour, Picture

from kashaf.bidi.width import char_width
from kashaf_tui.terminal.guards import guard_row
from kashaf_tui.terminal.profiles import ProfileName

ALIKE: Final = 0.6
"""A correlation above it is the same letter: other letters stay below, another weight or underlining above."""

SAME: Final = 0.99
"""A correlation above it is the same picture."""

RED, BLUE, GREEN = (255, 0, 0), (0, 0, 255), (0, 255, 0)
# A letter on either side keeps a right-to-left one where it is: a run of one cell among left-to-right ones.
_EACH: Final = "x {} "
_STEP: Final = 4


@dataclass(frozen=True, slots=True)
class Look:
    """One cell as it is meant: its cluster and what changes the shape of a letter."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: int = 0  # lines

    @property
    def blank(self) -> bool:
        """Nothing to compare. Block elements are there for their colours, which may be those of their ground."""
        return not self.text.strip() or "\u2580" <= self.text[:1] <= "\u259f"

    @property
    def arabic(self) -> bool:
        return any("\u0600" <= char <= "\u08ff" or "\ufb50" <= char <= "\ufefc" for char in self.text)

    @property
    def border(self) -> bool:
        return "\u2500" <= self.text[:1] <= "\u257f"

    def _modes(self) -> tuple[tuple[int, bool], ...]:
        return (1, self.bold), (3, self.italic), (4, self.underline == 1), (21, self.underline == 2)

    def sequence(self, profile: ProfileName) -> str:
        """The look alone as it is sent under a profile."""
        modes = "".join(f";{mode}" for mode, on in self._modes() if on)
        text = "".join(segment.text for segment in guard_row(profile, [Segment(self.text)]))
        return f"\x1b[0{modes}m{text}\x1b[0m"


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of a composed row. column: of the terminal. reverse: drawn with ground and ink exchanged."""

    column: int
    look: Look
    reverse: bool = False


def placed(row: Iterable[Segment]) -> list[Placed]:
    """The cells of a composed row from left to right; wide characters and control segments are left out."""
    found: list[Placed] = []
    column = 0
    for text, given, control in row:
        if control:
            continue
        style = given or Style()
        for char in text:
            width = char_width(char)
            if width == 0 and found:
                last = found[-1]
                changed = Look(last.look.text + char, last.look.bold, last.look.italic, last.look.underline)
                found[-1] = Placed(last.column, changed, last.reverse)
            if width == 1:
                underline = 2 if style.underline2 else int(bool(style.underline))
                look = Look(char, bool(style.bold), bool(style.italic), underline)
                found.append(Placed(column, look, bool(style.reverse)))
            column += width
    return found


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the cells are: left and top in pixels, width and height of a cell, which need not be whole numbers."""

    left: int
    top: int
    width: float
    height: float

    @staticmethod
    def markers(rows: int, columns: int) -> str:
        """What to send, on a blank screen, for `measure`.

        The first cell red, the last of its row blue, the last of its column green.
        """
        here = "\x1b[{};{}H\x1b[48;2;{}m \x1b[0m"
        return (
            "\x1b7"
            + here.format(1, columns, "0;0;255")
            + here.format(rows, 1, "0;255;0")
            + here.format(1, 1, "255;0;0")
            + "\x1b8"
        )

    @classmethod
    def measure(cls, picture: Picture, rows: int, columns: int) -> Grid:
        """Raises AssertionError when a marker is not to be seen."""
        first, right, below = (picture.find(colour) for colour in (RED, BLUE, GREEN))
        assert first, "no red cell"
        assert right, "no blue cell"
        assert below, "no green cell"
        return cls(
            first[0], first[1], (right[0] - first[0]) / (columns - 1), (below[1] - first[1]) / (rows - 1)
        )

    def box(self, row: int, column: int) -> tuple[int, int, int, int]:
        """x, y, width and height in pixels of a cell; rows and columns from 0. All cells have one size."""
        return (
            self.left + round(column * self.width),
            self.top + round(row * self.height),
            round(self.width),
            round(self.height),
        )

    def ground(self, picture: Picture, row: int, column: int) -> Colour:
        """The background colour of a cell."""
        return picture.common_colour(*self.box(row, column))


Patch = Sequence[float]


def _patch(picture: Picture, box: tuple[int, int, int, int], shift: int = 0) -> Patch:
    """The cell's brightness about its mean; empty when it is all of one colour."""
    x, y, width, height = box
    grey = picture.grey(max(0, x + shift), y, width, height)
    mean = sum(grey) / len(grey)
    patch = [value - mean for value in grey]
    size = math.sqrt(sum(value * value for value in patch))
    return [value / size for value in patch] if size > 1 else ()


def _alike(one: Patch, other: Patch) -> float:
    if not one or not other:
        return 1.0 if len(one) == len(other) else 0.0
    return abs(sum(a * b for a, b in zip(one, other, strict=True)))


@dataclass(frozen=True, slots=True)
class Judged:
    """A cell of a picture, and how much it looks as it is meant to: 0 to 1."""

    row: int
    cell: Placed
    alike: float

    @property
    def right(self) -> bool:
        return self.alike > ALIKE

    def __str__(self) -> str:
        return f"{self.cell.look.text!r} at row {self.row}, column {self.cell.column}: {self.alike:.2f}"


@dataclass(frozen=True, slots=True)
class Score:
    """How many cells look as they are meant to, and which do not."""

    cells: int
    wrong: tuple[Judged, ...]

    @classmethod
    def of(cls, judged: Iterable[Judged], keep: Callable[[Look], bool] = lambda look: True) -> Score:
        """Of the cells whose look is to be kept."""
        kept = [one for one in judged if keep(one.cell.look)]
        return cls(len(kept), tuple(one for one in kept if not one.right))

    @property
    def part(self) -> float:
        return 1 - len(self.wrong) / self.cells if self.cells else 0.0

    @property
    def faults(self) -> list[str]:
        """The first of the wrong cells, for a message."""
        return [str(one) for one in self.wrong[:12]]

    def __add__(self, other: Score) -> Score:
        return Score(self.cells + other.cells, self.wrong + other.wrong)

    def __str__(self) -> str:
        return f"{self.cells - len(self.wrong)}/{self.cells}"


class Atlas:
    """Every look alone, painted on one screen of `rows` and `columns` under a profile."""

    def __init__(self, looks: Iterable[Look], rows: int, columns: int, profile: ProfileName) -> None:
        self._profile = profile
        self._looks = sorted({look for look in looks if not look.blank}, key=repr)
        self._rows, self._across = rows, (columns - 2) // _STEP
        self._patches: dict[Look, Patch] = {}
        room = (rows - 3) * self._across
        assert len(self._looks) <= room, f"{len(self._looks)} looks, room for {room}"

    def _places(self) -> Iterator[tuple[Look, int, int]]:
        for number, look in enumerate(self._looks):
            yield look, 2 + number // self._across, number % self._across * _STEP + 2

    def text(self) -> str:
        """What to send; nothing but cursor addresses and the looks."""
        parts = ["\x1b[0m\x1b[2J"]
        for look, row, column in self._places():
            parts.append(f"\x1b[{row + 1};{column - 1}H" + _EACH.format(look.sequence(self._profile)))
        return "".join(parts)

    def take(self, picture: Picture, grid: Grid) -> None:
        """Look at what `text` painted."""
        for look, row, column in self._places():
            self._patches[look] = _patch(picture, grid.box(row, column))

    def unjoined(self) -> float:
        """The part of the pairs of forms of one letter that look all the same.

        Few do by their design. More than a few: the terminal joins anew, and what it joins is each letter alone.
        """
        forms: dict[str, list[Look]] = {}
        for look in self._patches:
            kind, _, letters = unicodedata.decomposition(look.text[0]).partition(" ")
            if kind in ("<initial>", "<medial>", "<final>", "<isolated>"):
                forms.setdefault(f"{letters} {look.bold} {look.italic} {look.underline}", []).append(look)
        pairs = [pair for looks in forms.values() for pair in combinations(looks, 2)]
        same = [pair for pair in pairs if _alike(self._patches[pair[0]], self._patches[pair[1]]) > SAME]
        return len(same) / len(pairs) if pairs else 0.0

    def judge(
        self, picture: Picture, grid: Grid, rows: Iterable[tuple[int, Iterable[Placed]]]
    ) -> list[Judged]:
        """Compare the cells, given with their rows, against the atlas; blank ones are left out."""
        return [
            Judged(row, cell, self._best(picture, grid.box(row, cell.column), cell.look))
            for row, cells in rows
            for cell in cells
            if not cell.look.blank
        ]

    def _best(self, picture: Picture, box: tuple[int, int, int, int], look: Look) -> float:
        """A pixel to either side is forgiven."""
        best = 0.0
        for shift in (0, -1, 1):
            best = max(best, _alike(_patch(picture, box, shift), self._patches[look]))
            if best > ALIKE:
                break
        return best
