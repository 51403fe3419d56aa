"""What each guard sends, and that each terminal's reordering turns it back into the row that was composed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import Color, ColorSystem, ColorType
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from tests.guard_support import attributes, bases, cells_of, is_rtl, kitty, konsole, qterminal, text_of

from kashaf.bidi.layout import Options, visual
from kashaf.bidi.width import char_width, zero_width_ranges
from kashaf_tui.terminal.guards import FILLER, JOINED, LRM, ZWJ, guard_row, needs_guard
from kashaf_tui.terminal.profiles import PROFILE_NAMES, ProfileName

GREY = Style.parse("#d0d0d0 on #101010")
BLUER = Style.parse("#d0d0d1 on #101010")
BEH, YEH, TEH = "ﺑ", "ﻴ", "ﺖ"  # forms of a word as it is joined
WORD = TEH + YEH + BEH  # as a widget emits it: left to right
FATHA, SHADDA, DAMMA = "\u064e", "\u0651", "\u064f"


def shown(row: Iterable[Segment]) -> list[tuple[str, Style | None]]:
    return [(text, style) for text, style, _ in row]


def width_of(row: Iterable[Segment]) -> int:
    return sum(char_width(char) for char in text_of(row))


# Exact rows


def test_app_and_mlterm_change_nothing() -> None:
    row = [Segment(f"│{WORD} x", GREY), Segment("y")]
    assert guard_row("app", row) == guard_row("mlterm", row) == row
    assert [needs_guard(name) for name in PROFILE_NAMES] == [False, True, True, True, False]


@pytest.mark.parametrize("profile", PROFILE_NAMES)
def test_a_row_without_arabic_stays(profile: ProfileName) -> None:
    row = [Segment("plain ", GREY), Segment("中文 é 12"), Segment("", GREY)]
    assert guard_row(profile, row) == row
    assert guard_row(profile, []) == []


def test_lrm_stands_around_each_cell_and_after_its_marks() -> None:
    row = [Segment(f"x {TEH}{YEH}{FATHA} 1", GREY), Segment(BEH), Segment("!")]
    assert shown(guard_row("lrm", row)) == [
        (f"x {LRM}{JOINED}{TEH}{LRM}{JOINED}{YEH}{FATHA}{ZWJ}{LRM} 1", GREY),
        (f"{LRM}{BEH}{ZWJ}{LRM}!", None),
    ]


def test_lrm_is_not_doubled_where_the_style_changes() -> None:
    row = [Segment(TEH, GREY), Segment(YEH, BLUER)]
    assert shown(guard_row("lrm", row)) == [
        (f"{LRM}{JOINED}{TEH}{LRM}", GREY),
        (f"{JOINED}{YEH}{ZWJ}{LRM}", BLUER),
    ]


def test_alt_tells_every_neighbour_of_a_letter_apart() -> None:
    assert shown(guard_row("alt", [Segment(f"ab{WORD}(12", GREY)])) == [
        ("ab", GREY),
        (TEH, GREY + Style(color="#d0d0d1")),
        (YEH, GREY),
        (BEH, GREY + Style(color="#d0d0d1")),
        ("(12", GREY),
    ]
    assert shown(guard_row("alt", [Segment(f"{TEH}{YEH} 12", GREY)])) == [
        (TEH, GREY),
        (f"{YEH}", GREY + Style(color="#d0d0d1")),
        (" 12", GREY),
    ]
    assert shown(guard_row("alt", [Segment(f"{TEH} 12", GREY)])) == [
        (TEH, GREY),
        (" ", GREY + Style(color="#d0d0d1")),
        ("12", GREY),
    ]


def test_alt_uses_what_styles_differ_already() -> None:
    bold = GREY + Style(bold=True)
    row = [Segment(TEH, GREY), Segment(YEH + FATHA, bold), Segment("x", GREY)]
    assert guard_row("alt", row) == row


@pytest.mark.parametrize(
    ("style", "other"),
    [
        (None, Style(dim=True)),
        (Style(reverse=True), Style(reverse=True, dim=True)),
        (Style(color="default", bgcolor="default"), Style(color="default", bgcolor="default", dim=True)),
        (Style(bgcolor="#102030"), Style(bgcolor="#102031")),
        (Style(color="#ffffff"), Style(color="#fffffe")),
        (Style(color="red"), Style(color=Color("red", ColorType.EIGHT_BIT, number=1))),
        (Style(color="bright_red"), Style(color=Color("bright_red", ColorType.EIGHT_BIT, number=9))),
        (Style(color="color(208)"), Style(color="#ff8700")),
    ],
)
def test_alt_looks_the_same(style: Style | None, other: Style) -> None:
    first, second = guard_row("alt", [Segment(TEH + YEH, style)])
    assert first == Segment(TEH, style)
    assert second.style is not None
    assert second.style.render("x", color_system=ColorSystem.TRUECOLOR) == other.render(
        "x", color_system=ColorSystem.TRUECOLOR
    )


def test_alt_sees_through_the_names_of_colours() -> None:
    """The same colour under two names is one colour in the terminal."""
    named = Style(color=Color("accent", ColorType.TRUECOLOR, triplet=Color.from_rgb(208, 208, 208).triplet))
    row = guard_row("alt", [Segment(TEH, Style(color="#d0d0d0")), Segment(YEH, named)])
    assert row[1].style != named


def test_alt_slants_no_letter() -> None:
    """In qterminal an Arabic letter in italics is an empty box; a Latin one is not."""
    row = guard_row("alt", [Segment(f"{TEH}x", Style(italic=True, underline=True))])
    assert [bool(segment.style and segment.style.italic) for segment in row] == [False, True]
    assert all(segment.style and segment.style.underline for segment in row)


def test_kitty_gets_words_reversed_and_what_touches_them_in_bold() -> None:
    bold = GREY + Style(bold=True)
    assert shown(guard_row("kitty", [Segment(f"│{WORD} x({WORD})y", GREY)])) == [
        (f"│{WORD[::-1]} x", GREY),
        ("(", bold),
        (WORD[::-1], GREY),
        (")", bold),
        ("y", GREY),
    ]


def test_kitty_keeps_colours_in_place_and_faces_with_their_letters() -> None:
    red, bold = Style(color="#ff0000"), Style(color="#ff0000", bold=True)
    row = [Segment(TEH, GREY), Segment(YEH + BEH, red), Segment(WORD, bold)]
    assert shown(guard_row("kitty", row)) == [(BEH, GREY), (YEH + TEH, red), (WORD[::-1], bold)]


def test_kitty_between_two_faces() -> None:
    bold = Style(bold=True)
    row = guard_row("kitty", [Segment(TEH, bold), Segment("-"), Segment(YEH)])
    assert row[1].style is not None
    assert row[1].style.italic
    row = guard_row("kitty", [Segment(TEH, bold), Segment("-x-"), Segment(YEH)])
    assert shown(row)[1:] == [("-x", None), ("-", bold), (YEH, None)]


def test_kitty_gets_letters_with_marks_as_long_as_the_others() -> None:
    row = guard_row("kitty", [Segment(TEH + YEH + FATHA + SHADDA + BEH + DAMMA)])
    assert text_of(row) == BEH + DAMMA + FILLER + YEH + FATHA + SHADDA + TEH + FILLER * 2


def test_kitty_leaves_punctuation_alone() -> None:
    """A stretch without a script of its own is drawn from left to right."""
    assert text_of(guard_row("kitty", [Segment("12،؛ 3")])) == "12،؛ 3"


@pytest.mark.parametrize("profile", ["lrm", "alt", "kitty"])
def test_a_mark_in_a_segment_of_its_own_stays_with_its_letter(profile: ProfileName) -> None:
    row = [Segment(TEH + YEH, GREY), Segment(FATHA, BLUER), Segment(BEH, GREY)]
    cells = cells_of(guard_row(profile, row))
    marked = next(cell for cell in cells if cell.text.startswith((YEH, LRM + YEH)))
    assert FATHA in marked.text
    assert sum(FATHA in cell.text for cell in cells) == 1


@pytest.mark.parametrize("profile", ["lrm", "alt", "kitty"])
def test_control_segments_keep_their_place(profile: ProfileName) -> None:
    home = Control.home().segment
    row = [home, Segment(f"x{TEH}{FATHA}", GREY), home, Segment(YEH + BEH), Segment("中y"), home]
    guarded = guard_row(profile, row)
    parts: list[list[Segment]] = [[]]
    for segment in guarded:
        if segment.control:
            assert segment == home
            parts.append([])
        else:
            parts[-1].append(segment)
    assert [width_of(part) for part in parts] == [0, 2, 5, 0]
    assert cells_of(guarded) == cells_of(guard_row(profile, [part for part in row if not part.control]))


# Any row

ALPHABET = (
    "ﺑﻴﺖﻻﷲاب،؛؟ـ٠١٢۳אב"
    + FATHA
    + SHADDA
    + DAMMA
    + "\u0301"
    + "abé"
    + '12-/.:()[]«»"'
    + "   "
    + "│─▌●…"
    + "中😀"
)
COLORS = [None, "default", "red", "bright_blue", "color(208)", "#d0d0d0", "#d0d0d1", "#000000"]
STYLES = st.builds(
    Style,
    color=st.sampled_from(COLORS),
    bgcolor=st.sampled_from(COLORS),
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
)
TEXTS = st.text(st.sampled_from(ALPHABET), max_size=12)
SEGMENTS = st.builds(Segment, TEXTS, st.one_of(st.none(), STYLES, st.sampled_from([GREY, BLUER])), st.none())
# A row begins with a cell: what has no width cannot be composed into the first column.
ROWS = st.lists(SEGMENTS, max_size=8).map(lambda row: [Segment("|", GREY), *row])


@given(ROWS, st.sampled_from(["lrm", "alt", "kitty"]))
@settings(max_examples=200, deadline=None)
def test_no_guard_changes_a_width(row: list[Segment], profile: ProfileName) -> None:
    assert width_of(guard_row(profile, row)) == width_of(row)


@given(ROWS)
@settings(max_examples=200, deadline=None)
def test_konsole_shows_the_row(row: list[Segment]) -> None:
    guarded = guard_row("lrm", row)
    assert konsole(guarded) == bases(text_of(row))
    added = str.maketrans("", "", LRM + JOINED)
    unmarked = [segment._replace(text=segment.text.translate(added)) for segment in guarded]
    assert cells_of(unmarked) == cells_of(row)


@given(ROWS)
@settings(max_examples=200, deadline=None)
def test_qterminal_shows_the_row(row: list[Segment]) -> None:
    guarded = guard_row("alt", row)
    assert qterminal(guarded) == bases(text_of(row))
    assert text_of(guarded) == text_of(row)
    before, after = cells_of(row), cells_of(guarded)
    for cell, sent in zip(before, after, strict=True):
        assert (cell.style.bold, cell.style.underline, cell.style.reverse) == (
            sent.style.bold,
            sent.style.underline,
            sent.style.reverse,
        )
        assert cell.style.italic == sent.style.italic or is_rtl(cell.text[0])
    for left, right in pairwise(after):
        if is_rtl(left.text[0]) or is_rtl(right.text[0]):
            assert attributes(left.style) != attributes(right.style)


@given(ROWS)
@settings(max_examples=300, deadline=None)
def test_kitty_shows_the_row(row: list[Segment]) -> None:
    seen, composed = kitty(guard_row("kitty", row)), cells_of(row)
    assert [cell.text for cell in seen] == [cell.text for cell in composed]
    for cell, wanted in zip(seen, composed, strict=True):
        assert attributes(cell.style)[:2] == attributes(wanted.style)[:2]
        assert cell.style.underline == wanted.style.underline
        assert cell.style.reverse == wanted.style.reverse
        if is_rtl(wanted.text[0]):
            assert cell.style == wanted.style


MODELS: list[tuple[ProfileName, Callable[[Sequence[Segment]], str]]] = [
    ("lrm", konsole),
    ("alt", qterminal),
    ("kitty", lambda row: bases("".join(cell.text for cell in kitty(row)))),
]


@pytest.mark.parametrize(("profile", "terminal"), MODELS)
def test_the_models_do_reorder(profile: ProfileName, terminal: Callable[[Sequence[Segment]], str]) -> None:
    """Without the guard the row does not come out as composed: otherwise the tests above would prove nothing."""
    row = [Segment(visual("قال «الوزير» إن ١٢ شركة و3 دول وقّعت (abc).", Options(marks="keep")), GREY)]
    assert terminal(row) != bases(text_of(row))
    assert terminal(guard_row(profile, row)) == bases(text_of(row))


def test_widths_agree_with_the_ranges() -> None:
    marks = {code for first, last in zero_width_ranges() for code in range(first, last + 1)}
    for code in [*range(0x3000), *range(0xA600, 0xAC00), *range(0xF900, 0x11400), *range(0x1E800, 0x1F000)]:
        assert (char_width(chr(code)) == 0) == (code in marks)


def test_a_mark_of_another_script_stays_with_its_letter() -> None:
    for mark in ("\u0301", "\u0e31", "\u0901", "\U00010a01", "\U0001d165", FILLER):
        row = [Segment(TEH + mark + YEH)]
        assert [cell.text for cell in kitty(guard_row("kitty", row))] == [
            cell.text.replace(FILLER, "") for cell in cells_of(row)
        ]


def test_ten_thousand_marks_on_one_letter() -> None:
    row = [Segment(TEH + FATHA * 10_000 + YEH, GREY)]
    for profile in PROFILE_NAMES:
        assert width_of(guard_row(profile, row)) == 2
