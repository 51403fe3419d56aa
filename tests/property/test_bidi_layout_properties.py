"""What holds of the lines of any text whatever, hostile text included."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kashaf.bidi.layout import Line, Options, cell_width, crop, lay_out, lay_out_line, visual
from kashaf.bidi.properties import BIDI_CLASS
from kashaf.bidi.width import char_width

NEVER_PRINTED = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B", "S", "BN"})
MARKS = "\u064b\u064e\u0650\u0651\u0652\u0670\u0653\u0654\u0301\u20dd"
CONTROLS = (
    "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
press = st.text(
    st.one_of(
        st.sampled_from("اأإآلبتسمنهويىةءؤئ  ـ،؛؟«»"),
        st.sampled_from("abCD 0129٠١۴%$.,:/-()[]{}\"'@#…"),
        st.sampled_from(MARKS + CONTROLS),
        st.sampled_from("پچگیک\t\n\u2028\x1b\x00中😀🇪🇬\u0600\u06dd\ufdf2ﻻ"),
    ),
    max_size=60,
)
anything = st.text(st.characters(), max_size=40)
texts = st.one_of(press, anything)
widths = st.integers(1, 30)
options = st.builds(
    Options,
    marks=st.sampled_from(["strip", "keep"]),
    digits=st.sampled_from(["keep", "arabic", "european"]),
    base=st.sampled_from(["auto", "rtl", "ltr"]),
)


def assert_sound(line: Line) -> None:
    spans = sorted((cell.start, cell.end) for cell in line.cells)
    at = line.start
    for start, end in spans:
        assert start == at < end
        at = end
    assert at == line.end
    assert line.width == sum(cell.width for cell in line.cells)
    assert line.width or not line.text


@settings(max_examples=200, deadline=None)
@given(texts, widths, options)
@example("\u2068" * 30 + "لا", 1, Options())
@example("\ud800\udfff\uffff", 2, Options(base="rtl"))
@example(" \u064e \u200d ", 1, Options(marks="keep"))
def test_lines_cover_the_text_and_cells_cover_their_line(text: str, width: int, chosen: Options) -> None:
    lines = lay_out(text, width, chosen)
    assert lines
    assert lines[0].start == 0
    assert lines[-1].end == len(text)
    assert all(line.end == following.start for line, following in pairwise(lines))
    for line in (*lines, lay_out_line(text, chosen)):
        assert_sound(line)


@settings(max_examples=200, deadline=None)
@given(texts, widths, options)
def test_no_line_is_too_wide_unless_it_is_one_cluster(text: str, width: int, chosen: Options) -> None:
    for line in lay_out(text, width, chosen):
        assert line.width <= width or len(line.cells) == 1


@settings(max_examples=200, deadline=None)
@given(texts, widths, options)
def test_offsets_and_columns_are_inverse(text: str, width: int, chosen: Options) -> None:
    for line in lay_out(text, width, chosen):
        column = 0
        for index, cell in enumerate(line.cells):
            for offset in range(cell.start, cell.end):
                assert line.cell_of(offset) == index
                assert line.column_of(offset) == column
            for within in range(column, column + cell.width):
                assert line.offset_at(within) == cell.start
            column += cell.width
        assert line.cell_of(line.start - 1) is line.column_of(line.end) is None
        ends = (line.end, line.start) if line.rtl else (line.start, line.end)
        assert (line.offset_at(-1), line.offset_at(line.width)) == ends


@settings(max_examples=200, deadline=None)
@given(texts, widths, options)
def test_nothing_printed_can_reach_the_terminal_as_control(text: str, width: int, chosen: Options) -> None:
    for line in lay_out(text, width, chosen):
        line.text.encode("utf-8")
        for char in line.text:
            assert unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"}
            assert BIDI_CLASS[char] not in NEVER_PRINTED
            assert char not in CONTROLS
        for cell in line.cells:
            assert cell.width == sum(map(char_width, cell.text))
            assert not cell.text or char_width(cell.text[0])


@settings(max_examples=200, deadline=None)
@given(texts, options)
def test_options_change_neither_width_nor_what_a_cell_covers(text: str, chosen: Options) -> None:
    line = lay_out_line(text, chosen)
    plain = lay_out_line(text, Options(base=chosen.base))
    assert line.width == cell_width(text)
    assert [(cell.start, cell.end, cell.level) for cell in line.cells] == [
        (cell.start, cell.end, cell.level) for cell in plain.cells
    ]
    assert visual(text, chosen) == line.text


@settings(max_examples=200, deadline=None)
@given(texts, options)
def test_a_wide_enough_line_is_the_one_line(text: str, chosen: Options) -> None:
    closed = text + "."  # nothing hangs
    assert lay_out(closed, 1_000, chosen) == (lay_out_line(closed, chosen),)


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(-1, 30), st.sampled_from(["…", "...", ""]))
def test_crop_keeps_a_beginning_that_fits(text: str, width: int, ellipsis: str) -> None:
    cropped = crop(text, width, ellipsis)
    if cell_width(text) <= width:
        assert cropped == text
        return
    assert cell_width(cropped) <= max(width, 0)
    kept = cropped.removesuffix(ellipsis) if width >= cell_width(ellipsis) else cropped
    assert text.startswith(kept)
