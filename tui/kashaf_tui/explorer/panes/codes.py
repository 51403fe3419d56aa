"""Codes in lists: a letter on the code's colour, the path with what was typed underlined, and the number of notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.style import Style
from textual.strip import Strip

from kashaf.bidi.layout import Options, cell_width, crop
from kashaf.notes.codebook import Codebook, sign_of
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.widgets.mirror import runs_rtl
from kashaf_tui.explorer.widgets.paint import Align, isolated, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList

CHIP: Final = 3
"""Cells of a chip: its letter between two blanks."""
_GAP: Final = 2


def chip(codebook: Codebook, tag: str, base: Style) -> Strip:
    """The letter of a tag on its colour: read by the letter where there are no colours."""
    colour = codebook.colour_of(tag)
    style = base + Style(color="black" if _light(colour) else "white", bgcolor=colour, bold=True)
    return line_strip(f" {sign_of(tag)} ", CHIP, style, align="left")


def _light(colour: str) -> bool:
    """Whether black letters are read better on it: relative luminance after ITU-R BT.601."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 299 * red + 587 * green + 114 * blue > 110_000


def shown_path(tag: str) -> str:
    """A tag within a line of ours: safe, and running the way it does by itself."""
    return isolated(sanitise_line(tag))


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A line of a list of codes.

    tag: the path; empty for a line that only says `text`, a sentence of ours. sign: before the chip.
    name: shown in the place of the path, `level` steps further in. span: what of the tag was found.
    about: behind the name, where there is room. count: at the far end.
    """

    tag: str
    text: str = ""
    sign: str = " "
    name: str = ""
    level: int = 0
    span: tuple[int, int] = (0, 0)
    about: str = ""
    count: str = ""
    dim: bool = False


class CodeList(RowList[CodeRow]):
    """Rows of codes. `codebook` gives their colours."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"code--found"}
    DEFAULT_CSS = "CodeList > .code--found { text-style: underline; }"

    def __init__(self, codebook: Codebook, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id, empty=empty)
        self.codebook = codebook

    def key(self, row: CodeRow) -> object:
        return row.tag or row.text

    def draw_row(self, row: CodeRow, width: int, base: Style) -> Sequence[Strip]:
        rtl = runs_rtl(self)
        near: Align = "right" if rtl else "left"
        dim = self.part_style("row--dim", base)
        count = cell_width(row.count) + 1 if row.count else 0
        indent = min(2 * row.level, width // 2)
        strips = [line_strip(row.sign, 2, self.part_style("row--heading", base), align=near)]
        strips.append(Strip.blank(indent, base))
        if row.tag:
            strips += [chip(self.codebook, row.tag, base), Strip.blank(1, base)]
        room = max(1, width - sum(strip.cell_length for strip in strips) - count)
        # Cut before it is isolated: a cut isolate would swallow what stands beside it.
        name = sanitise_line(row.name or row.tag)
        text = isolated(crop(name, room)) if row.tag else row.text
        about = crop(row.about, room - cell_width(name) - _GAP) if row.about else ""
        wide = cell_width(name) + _GAP if about else room
        found = self.get_component_rich_style("code--found", partial=True)
        spans = [(row.span[0] + 1, row.span[1] + 1)] if row.span[1] and not row.name else []
        options = Options(base="rtl" if rtl else "ltr")
        strips.append(line_strip(text, wide, dim if row.dim else base, spans, found, near, options))
        if about:
            strips.append(line_strip(isolated(about), room - wide, dim, align=near, options=options))
        strips.append(line_strip(row.count, count, dim, align="left" if rtl else "right"))
        return [self.in_order(strips)]
