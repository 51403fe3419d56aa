"""Guards: what a terminal that reorders Arabic by itself must be sent so that it shows the row as it was composed.

Every widget emits visual order and presentation forms (profile `app`). A guard changes one composed row, from the
left edge of the screen to the right one, so that the terminal's own reordering undoes the change or does nothing:

- `lrm` (Konsole: UAX #9 on the line): U+200E around each right-to-left cell makes every cell a run of its own. As
  Konsole then joins each letter to what is beside it, which is a mark now, U+200D says what its form joins to.
- `alt` (qterminal: UAX #9 on each stretch of equal attributes): no cell beside a right-to-left one has the same
  attributes; the colours differ by one step of blue, or in the way they are written.
- `kitty` (each stretch in one font face, blanks and box drawing apart, is drawn from right to left when its script
  is): those stretches are sent reversed, and bold or italic keeps what is not Arabic out of them.

Rows keep their cells: no guard changes a width, a combining mark stays with its base, a style with its cell.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from rich.color import Color, ColorType
from rich.segment import Segment
from rich.style import Style

from kashaf.bidi.width import char_width, zero_width_ranges
from kashaf_tui.terminal.profiles import ProfileName

LRM: Final = "\u200e"

ZWJ: Final = "\u200d"
JOINED: Final = f"{ZWJ}\u206f"
"""Before a letter that is joined to the one before it. tmux takes what follows a ZWJ into the same cell, so U+206F
stands between: no width, and Konsole's shaper (ICU's ushape.cpp) looks through it."""

FILLER: Final = "\ufe0e"
"""A variation selector: no width, no form of an Arabic letter, and kitty asks no font for it."""

# The blocks of right-to-left scripts: DerivedBidiClass.txt's ranges that default to R and AL.
_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
# Of those blocks, what belongs to no script (Scripts.txt: Common): alone, it does not turn a stretch round.
_COMMON: Final = frozenset("\u0605\u060c\u061b\u061f\u0640\u06dd\u08e2\ufd3e\ufd3f")
_HAS_RTL: Final = re.compile(f"[{_RTL}]")
# Beside these characters a row can be cut: none is right-to-left or combines.
_APART: Final = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2190-\u25ff]")
# kitty draws box drawing and blocks itself: they end a stretch as a blank does.
_ENDS_STRETCH: Final = re.compile("[ \u2500-\u259f]")

_PLAIN: Final = Style()
_CACHED: Final = 4096  # parts of rows: some screens

_Text = tuple[str, Style | None]
_Face = tuple[bool, bool]


class _Patterns:
    """Of the characters up to `last`: those beyond U+FFFF are rare, and their marks make each search slow.

    Made when the first row needs them: most terminals need no guard.
    """

    def __init__(self, last: int) -> None:
        marks = "".join(
            f"{re.escape(chr(first))}-{re.escape(chr(end))}"
            for first, end in zero_width_ranges()
            if end <= last
        )
        self.mark = re.compile(f"[{marks}]")
        self.cell = re.compile(f"[{marks}]*(?s:.)[{marks}]*")
        self.stretch = re.compile(f"((?![{marks}])[{_RTL}][{_RTL}{marks}]*)")
        """Right-to-left cells; with a group, so that `split` keeps them."""
        self.plain = re.compile(f"(?:(?![{marks}])[{_RTL} \\u2500-\\u259f])*")
        """Right-to-left letters without marks, and what ends a stretch."""

    def cells(self, text: str) -> Sequence[str]:
        """The cells of a text, each a base with its marks."""
        return self.cell.findall(text) if self.mark.search(text) else text


@cache
def _patterns(last: int) -> _Patterns:
    return _Patterns(last)


def needs_guard(profile: ProfileName) -> bool:
    """Does `guard_row` change anything under this profile?"""
    return profile in ("lrm", "alt", "kitty")


def guard_row(profile: ProfileName, row: Sequence[Segment]) -> list[Segment]:
    """One COMPOSED full row, left to right, as the terminal of `profile` must receive it.

    Cell widths stay as they are; control segments keep their place. `app` and `mlterm` return the row unchanged.
    What `alt` returns is to be rendered without reducing its colours: it may write the same colour in two ways.
    """
    if not needs_guard(profile) or not any(_HAS_RTL.search(segment.text) for segment in row):
        return list(row)
    if any(segment.control for segment in row):
        return _with_controls(guard_row(profile, [segment for segment in row if not segment.control]), row)
    found: list[Segment] = []
    for part in _parts(row):
        found += _guarded(profile, part)
    return found


def _with_controls(guarded: Iterable[Segment], row: Iterable[Segment]) -> list[Segment]:
    """The control segments of `row` between the same cells of `guarded`."""
    cells = [
        Segment(cell, style) for text, style, _ in guarded for cell in _patterns(sys.maxunicode).cells(text)
    ]
    found: list[Segment] = []
    for text, style, control in row:
        if control:
            found.append(Segment(text, style, control))
            continue
        count = sum(1 for char in text if char_width(char))
        found += Segment.simplify(cells[:count])
        del cells[:count]
    return found


def _parts(row: Sequence[Segment]) -> Iterator[tuple[Segment, ...]]:
    """The row cut where no guard looks across: the panes of a screen seldom change all at once."""
    part: list[Segment] = []
    apart = False
    for segment in row:
        text = segment.text
        if not text:
            continue
        if apart and _APART.match(text):
            yield tuple(part)
            part = []
        part.append(segment)
        apart = _APART.match(text[-1]) is not None
    yield tuple(part)


@lru_cache(maxsize=_CACHED)
def _guarded(profile: ProfileName, part: tuple[Segment, ...]) -> tuple[Segment, ...]:
    if not any(_HAS_RTL.search(segment.text) for segment in part):
        return part
    guard = {"lrm": _isolated, "alt": _alternating, "kitty": _reversed}[profile]
    whole = _whole(part)
    known = _patterns(0xFFFF if all(max(text) <= "\uffff" for text, _ in whole) else sys.maxunicode)
    found: list[Segment] = []
    joined: list[str] = []
    last: Style | None = None
    for text, style in guard(whole, known):
        if joined and style is not last and style != last:
            found.append(Segment("".join(joined), last))
            joined = []
        joined.append(text)
        last = style
    found.append(Segment("".join(joined), last))
    return tuple(found)


def _whole(part: Iterable[Segment]) -> list[_Text]:
    """Texts none of which begins within a cell: a mark takes the style of its base, as it does in a terminal."""
    found: list[_Text] = []
    for text, style, _ in part:
        if not found or char_width(text[0]):
            found.append((text, style))
            continue
        begin = 1
        while begin < len(text) and char_width(text[begin]) == 0:
            begin += 1
        before, base_style = found[-1]
        found[-1] = (before + text[:begin], base_style)
        if begin < len(text):
            found.append((text[begin:], style))
    return found


# lrm


def _isolated(texts: Iterable[_Text], known: _Patterns) -> Iterator[_Text]:
    last = ""
    for plain, style in texts:
        text = known.stretch.sub(
            lambda found: f"{LRM}{LRM.join(map(_joined, known.cells(found[0])))}{LRM}", plain
        )
        if last == text[0] == LRM:
            text = text[1:]
        last = text[-1]
        yield text, style


@lru_cache(maxsize=_CACHED)
def _joined(cell: str) -> str:
    """The cell, with what tells a terminal that joins anew how its letter is joined."""
    form = next((char for char in cell if char_width(char)), " ")
    kind = unicodedata.decomposition(form).partition(" ")[0]
    before = JOINED if kind in ("<medial>", "<final>") else ""
    return f"{before}{cell}{ZWJ}" if kind in ("<initial>", "<medial>") else before + cell


# alt


def _alternating(texts: Iterable[_Text], known: _Patterns) -> Iterator[_Text]:
    last: object = None
    rtl = False
    for text, own in texts:
        # `split` puts what the pattern found at the odd places.
        for place, chunk in enumerate(known.stretch.split(text)):
            if not chunk:
                continue
            style = _upright(own) if place & 1 else own
            look, other = _look(style), _other(style)
            if place & 1:
                cells = _in_turns(known.cells(chunk), style, other, begin=last == look)
                yield from cells
                last = _look(cells[-1][1])
            elif rtl and last == look:
                head = known.cell.match(chunk)
                end = head.end() if head else 0
                yield chunk[:end], other
                if chunk[end:]:
                    yield chunk[end:], style
                last = look if chunk[end:] else _look(other)
            else:
                yield chunk, style
                last = look
            rtl = bool(place & 1)


def _in_turns(cells: Sequence[str], style: Style | None, other: Style, *, begin: bool) -> list[_Text]:
    """Each cell in one of two styles, the first one in `other` if `begin`."""
    styles = (style, other)
    return [(cell, styles[(place + begin) & 1]) for place, cell in enumerate(cells)]


@lru_cache(maxsize=1024)
def _upright(style: Style | None) -> Style | None:
    """No slanted letters: where a font has no Arabic in italics, qterminal draws empty boxes."""
    return style + Style(italic=False) if style is not None and style.italic else style


@lru_cache(maxsize=1024)
def _look(style: Style | None) -> tuple[object, ...]:
    """What qterminal compares of two cells: the colours as they are written, and the attributes."""
    style = style or _PLAIN
    letters = style.color.get_ansi_codes() if style.color else ("39",)
    behind = style.bgcolor.get_ansi_codes(foreground=False) if style.bgcolor else ("49",)
    return letters, behind, style._attributes & style._set_attributes


@lru_cache(maxsize=1024)
def _other(style: Style | None) -> Style:
    """A style that looks the same and is told apart: by its letters' colour, its background or its faintness.

    qterminal 1.2 knows faint letters and draws them like all others.
    """
    style = style or _PLAIN
    if style.color is not None and style.color.type is not ColorType.DEFAULT:
        return style + Style(color=_written_otherwise(style.color))
    if style.bgcolor is not None and style.bgcolor.type is not ColorType.DEFAULT:
        return style + Style(bgcolor=_written_otherwise(style.bgcolor))
    return style + Style(dim=not style.dim)


def _written_otherwise(color: Color) -> Color:
    if color.triplet is not None:
        red, green, blue = color.triplet
        return Color.from_rgb(red, green, blue ^ 1)
    # The 16 colours have two numbers each; the others of 256 have fixed values.
    number = color.number or 0
    if number >= 16:
        return Color.from_triplet(color.get_truecolor())
    kind = ColorType.STANDARD if color.type is ColorType.EIGHT_BIT else ColorType.EIGHT_BIT
    return Color(color.name, kind, number=number)


# kitty


@dataclass(slots=True)
class _Stretch:
    """What stands between two cuts of a row: right-to-left cells or others, in one style."""

    text: str
    style: Style | None
    rtl: bool
    face: _Face


def _reversed(texts: Sequence[_Text], known: _Patterns) -> Iterator[_Text]:
    """Most texts of an article are words between blanks: those are turned by one search, the others with care."""
    hard: list[_Text] = []
    for place, (text, style) in enumerate(texts):
        if (
            known.plain.fullmatch(text)
            and (place == 0 or _cut(texts[place - 1][0], text))
            and (place + 1 == len(texts) or _cut(text, texts[place + 1][0]))
        ):
            if hard:
                yield from _reversed_with_care(hard, known)
                hard = []
            yield known.stretch.sub(_turned_word, text), style
        else:
            hard.append((text, style))
    yield from _reversed_with_care(hard, known)


def _cut(left: str, right: str) -> bool:
    """Whether no stretch goes on from one text into the next."""
    return _ENDS_STRETCH.match(left[-1]) is not None or _ENDS_STRETCH.match(right[0]) is not None


def _turned_word(found: re.Match[str]) -> str:
    word = found[0]
    return word if word[0] in _COMMON and _COMMON.issuperset(word) else word[::-1]


def _reversed_with_care(texts: Iterable[_Text], known: _Patterns) -> Iterator[_Text]:
    row = [
        _Stretch(chunk, style, bool(place & 1), face)
        for text, style in texts
        for face in (_face(style),)
        for place, chunk in enumerate(known.stretch.split(text))
        if chunk
    ]
    start = 0
    while start < len(row):
        end = start + 1
        if row[start].rtl:
            while end < len(row) and row[end].rtl and row[end].face == row[start].face:
                end += 1
            _turn(row[start:end], known)
            for stretch in row[start:end]:
                yield stretch.text, stretch.style
        else:
            before = row[start - 1].face if start and row[start - 1].rtl else None
            after = row[end].face if end < len(row) and row[end].rtl else None
            yield from _kept_out(row[start], before, after, known)
        start = end


def _turn(stretches: Sequence[_Stretch], known: _Patterns) -> None:
    """Reverse the cells of neighbouring stretches. The styles stay: kitty turns letters, not colours."""
    text = "".join([stretch.text for stretch in stretches])
    if text[0] in _COMMON and all(char in _COMMON or char_width(char) == 0 for char in text):
        return
    if not known.mark.search(text):
        text = text[::-1]
        for stretch in stretches:
            count = len(stretch.text)
            stretch.text, text = text[:count], text[count:]
        return
    cells = known.cell.findall(text)
    # kitty 0.26 deals the letters of such a stretch out to cells by the lengths of the wrong ones, so that a letter
    # with marks covers its neighbour unless all have the same number of code points.
    longest = max(map(len, cells))
    cells = [cell + FILLER * (longest - len(cell)) for cell in reversed(cells)]
    for stretch in stretches:
        count = len(known.cell.findall(stretch.text))
        stretch.text = "".join(cells[:count])
        del cells[:count]


def _kept_out(
    stretch: _Stretch, before: _Face | None, after: _Face | None, known: _Patterns
) -> Iterator[_Text]:
    """The first and the last cell in a face other than the right-to-left letters' beside them."""
    text, style = stretch.text, stretch.style
    if _ENDS_STRETCH.match(text[0]) and _ENDS_STRETCH.match(text[-1]):
        yield text, style
        return
    cells = known.cells(text) if before or after else ""
    if len(cells) == 1:
        yield text, _faced(text, style, (before, after))
        return
    first = cells[0] if before else ""
    last = cells[-1] if after else ""
    if first:
        yield first, _faced(first, style, (before,))
    if len(text) > len(first) + len(last):
        yield text[len(first) : len(text) - len(last)], style
    if last:
        yield last, _faced(last, style, (after,))


def _face(style: Style | None) -> _Face:
    return (bool(style.bold), bool(style.italic)) if style is not None else (False, False)


def _faced(cell: str, style: Style | None, taken: tuple[_Face | None, ...]) -> Style | None:
    bold, italic = _face(style)
    if (bold, italic) not in taken or _ENDS_STRETCH.match(cell):
        return style
    if (not bold, italic) not in taken:
        return (style or _PLAIN) + Style(bold=not bold)
    return (style or _PLAIN) + Style(italic=not italic)
