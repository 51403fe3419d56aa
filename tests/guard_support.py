"""Terminals that reorder Arabic: how each of them shows what it is sent, and a glass to see what an app sends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pytest
from bidi import get_display
from rich.color import Color, ColorType
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

from kashaf.bidi.width import char_width
from kashaf_tui.terminal.guards import FILLER, LRM
from kashaf_tui.terminal.profiles import ProfileName


def text_of(row: Iterable[Segment]) -> str:
    return "".join(segment.text for segment in row if not segment.control)


@dataclass
class Cell:
    """One cell of a terminal: what was written into it, and how."""

    text: str
    style: Style


def cells_of(row: Iterable[Segment]) -> list[Cell]:
    """As a terminal takes them in: a mark goes into the cell before it and changes no colour there."""
    found: list[Cell] = []
    for text, style, control in row:
        for char in "" if control else text:
            if found and char_width(char) == 0:
                found[-1].text += char
            else:
                found.append(Cell(char, style or Style()))
    return found


# Models of the terminals


def is_rtl(char: str) -> bool:
    return "\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufeff"


def bases(text: str) -> str:
    """Without marks: rule L3 leaves to the terminal on which side of a letter they are kept, and they move none."""
    return "".join(char for char in text if char_width(char) or char == LRM)


def bidi(text: str) -> str:
    """UAX #9 on a line that runs from left to right."""
    return str(get_display(bases(text), base_dir="L")).replace(LRM, "")


def konsole(row: Sequence[Segment]) -> str:
    return bidi(text_of(row))


def attributes(style: Style) -> tuple[object, ...]:
    """What qterminal compares: SGR 39 is the same as no colour."""
    letters = style.color.get_ansi_codes() if style.color else ("39",)
    behind = style.bgcolor.get_ansi_codes(foreground=False) if style.bgcolor else ("49",)
    flags = (style.bold, style.dim, style.underline, style.reverse, style.italic)
    return letters, behind, *map(bool, flags)


def qterminal(row: Sequence[Segment]) -> str:
    """UAX #9 on each stretch of cells with equal attributes."""
    runs = groupby(cells_of(row), key=lambda cell: attributes(cell.style))
    return "".join(bidi("".join(cell.text for cell in run)) for _, run in runs)


def ends_kitty_run(cell: Cell) -> bool:
    return cell.text[0] == " " or "\u2500" <= cell.text[0] <= "\u259f"


def kitty_runs(row: Sequence[Segment]) -> Iterator[list[Cell]]:
    def key(cell: Cell) -> tuple[bool, bool, bool]:
        return ends_kitty_run(cell), bool(cell.style.bold), bool(cell.style.italic)

    for _, run in groupby(cells_of(row), key=key):
        yield list(run)


def kitty(row: Sequence[Segment]) -> list[Cell]:
    """Each run of one face between blanks is given to HarfBuzz, which takes its direction from the first letter
    that has a script, and whose glyphs are dealt out to the cells: styles stay where they were written."""
    found: list[Cell] = []
    for run in kitty_runs(row):
        texts = [cell.text for cell in run]
        scripted = next((c for c in bases("".join(texts)) if c.isalnum() and c not in "ـ0123456789"), "")
        if scripted and is_rtl(scripted) and not ends_kitty_run(run[0]):
            # Unless all are as long, kitty deals the glyphs out wrongly.
            texts = texts[::-1] if len(set(map(len, texts))) == 1 else ["?"] * len(texts)
        found += [Cell(text.replace(FILLER, ""), cell.style) for text, cell in zip(texts, run, strict=True)]
    return found


def as_seen(profile: ProfileName, row: Sequence[Segment]) -> str:
    """The bases of a row as the terminal of the profile shows it; `app` and `mlterm` show what they get."""
    match profile:
        case "lrm":
            return konsole(row)
        case "alt":
            return qterminal(row)
        case "kitty":
            return bases("".join(cell.text for cell in kitty(row)))
        case _:
            return bases(text_of(row))


_TOKEN = re.compile(
    r"""\x1b\[(?P<at>\d+;\d+)H            # the cursor's place
    | \x1b\[(?P<sgr>[\d;]*)m             # how what follows looks
    | \x1b\[[?<=>]?[\d;\ ]*[^\d;\ ]     # any other sequence
    | \x1b\][^\x07\x1b]*(?:\x07|\x1b\\)  # a command to the system
    | (?P<char>.)""",
    re.DOTALL | re.VERBOSE,
)
_FLAGS = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse"}
_PALETTE = {
    code + n: (code in (40, 100), n + (8 if code > 50 else 0)) for code in (30, 40, 90, 100) for n in range(8)
}


class Glass:
    """A terminal's cells, written to by an app. What one cell holds is what was written into it last."""

    def __init__(self, width: int, height: int) -> None:
        self.sent = ""
        self.rows: list[list[Cell]] = [[Cell(" ", Style()) for _ in range(width)] for _ in range(height)]
        self.touched: set[int] = set()
        self._x = self._y = 0
        self._style = Style()

    def write(self, data: str) -> None:
        self.sent += data
        for token in _TOKEN.finditer(data):
            if token["at"]:
                self._y, self._x = (int(number) - 1 for number in token["at"].split(";"))
            elif token["sgr"] is not None:
                self._set_style([int(number or 0) for number in token["sgr"].split(";")])
            elif token["char"] and token["char"] >= " ":
                self._put(token["char"])

    def _set_style(self, codes: list[int]) -> None:
        ahead = iter(codes)
        for code in ahead:
            if code == 0:
                self._style = Style()
            elif code in (38, 48):
                kind, first = next(ahead), next(ahead)
                # A colour by its number of 256 is not the one of the 16 to this terminal.
                color = (
                    Color.from_rgb(first, next(ahead), next(ahead))
                    if kind == 2
                    else Color(f"color({first})", ColorType.EIGHT_BIT, number=first)
                )
                self._style += Style(color=color) if code == 38 else Style(bgcolor=color)
            elif code in _FLAGS:
                self._style += Style.parse(_FLAGS[code])
            elif code in _PALETTE:
                behind, number = _PALETTE[code]
                color = Color(f"color({number})", ColorType.STANDARD, number=number)
                self._style += Style(bgcolor=color) if behind else Style(color=color)

    def _put(self, char: str) -> None:
        width = char_width(char)
        if width == 0:
            if self._x:
                self.rows[self._y][self._x - 1].text += char
            return
        if self._x + width > len(self.rows[self._y]):
            raise AssertionError(f"line {self._y} is written beyond its end")
        self.touched.add(self._y)
        self.rows[self._y][self._x] = Cell(char, self._style)
        if width == 2:
            self.rows[self._y][self._x + 1] = Cell("", self._style)
        self._x += width

    def segments(self, y: int) -> list[Segment]:
        """Line `y` as it was written, cell by cell."""
        return [Segment(cell.text, cell.style) for cell in self.rows[y] if cell.text]


def through_glass(monkeypatch: pytest.MonkeyPatch, width: int, height: int) -> Glass:
    """What an app under `run_test` writes, as if it ran in a terminal."""
    glass = Glass(width, height)
    monkeypatch.setattr(HeadlessDriver, "is_headless", property(lambda _: False))
    monkeypatch.setattr(HeadlessDriver, "write", lambda _, data: glass.write(data))
    return glass


def unlike(glass: Glass, app: App[Any], profile: ProfileName) -> list[tuple[str, str]]:
    """The rows that the terminal does not show as they were composed."""
    composed = [
        bases("".join(part.text for part in strip)) for strip in app.screen._compositor.render_strips()
    ]
    shown = [as_seen(profile, glass.segments(y)) for y in range(len(composed))]
    return [(seen, wanted) for seen, wanted in zip(shown, composed, strict=True) if seen != wanted]
