"""Words of an article that a note stands on, as the reader draws them, and the signs of the kinds of notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color

from kashaf.notes.model import Kind

#: What kind a note is, without a colour.
SIGNS: Final[dict[Kind, str]] = {"highlight": "·", "note": "¶", "question": "?", "claim": "!", "link": "&"}
CHANGED: Final = "≠"
_TINT: Final = 0.28  # of a code's colour under the words: they must stay legible
_MANY: Final = 9


@dataclass(frozen=True, slots=True)
class Noted:
    """One end of a note: `[start, end)` of the article's text.

    sign: one letter or sign for the margin, of its first code or of its kind. colours: of its codes, `#rrggbb`, in
    their order. changed: the place is a proposal only.
    """

    id: str
    start: int
    end: int
    sign: str
    colours: tuple[str, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """How a place is drawn on which notes stand: the colour of the innermost, whether others lie under it."""

    colour: str = ""
    several: bool = False
    changed: bool = False


def on_row(noted: Sequence[Noted], start: int, end: int) -> list[Noted]:
    """Those that touch `[start, end)`, in order."""
    return [one for one in noted if one.start < end and start < one.end]


def notes_at(noted: Sequence[Noted], offset: int) -> list[Noted]:
    """Those that stand on an offset, the innermost first."""
    found = [one for one in noted if one.start <= offset < one.end]
    return sorted(found, key=lambda one: one.end - one.start)


def cover(noted: Sequence[Noted], start: int, end: int) -> Cover | None:
    """How `[start, end)` is drawn; None where no note stands."""
    over = on_row(noted, start, end)
    if not over:
        return None
    inner = min(over, key=lambda one: one.end - one.start)
    colour = next((colour for one in (inner, *over) for colour in one.colours), "")
    several = len({one.id for one in over}) > 1 or len(inner.colours) > 1
    return Cover(colour, several, all(one.changed for one in over))


def margin(noted: Sequence[Noted], start: int) -> tuple[str, str, str]:
    """What a row's margin says of its notes: a sign, and the colours of the sign and of the bar beside it.

    One note shows its sign where it begins; several show their number.
    """
    ids = {one.id for one in noted}
    colours = list(dict.fromkeys(colour for one in noted for colour in one.colours)) or [""]
    if len(ids) > 1:
        return str(len(ids)) if len(ids) <= _MANY else "+", colours[-1], colours[0]
    begins = noted[0].start >= start
    sign = CHANGED if noted[0].changed and begins else noted[0].sign if begins else " "
    return sign, colours[-1], colours[0]


@lru_cache(maxsize=512)
def inked(base: Style, colour: str) -> Style:
    """Signs in a code's colour."""
    return base + Style(color=colour) if colour else base


@lru_cache(maxsize=512)
def tinted(base: Style, colour: str) -> Style:
    """Words on a shade of a code's colour."""
    if not colour:
        return base
    ground = Color.parse("#1e1e1e") if base.bgcolor is None else Color.from_rich_color(base.bgcolor)
    shade = ground.blend(Color.parse(colour), _TINT)
    return base + Style(bgcolor=RichColor.from_rgb(shade.r, shade.g, shade.b))
