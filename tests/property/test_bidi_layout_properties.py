"""What holds of the lines of any text whatever, hostile text included."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kashaf.bidi.layout import Line, Options, cell_width, crop, lay_out, lay_out_line, visual
from kashaf.bidi.order import visual_order, visual_runs
from kashaf.bidi.properties import BIDI_CLASS, CELL_CLASS
from kashaf.bidi.shaping import clusters
from kashaf.bidi.width import char_width

NEVER_PRINTED = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B", "S", "BN"})
EUROPEAN = frozenset("0123456789")
DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
TATWEEL = "ـ"
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
    tatweel=st.sampled_from(["keep", "strip"]),
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
@given(texts, widths, options)
def test_within_a_run_offsets_go_one_way(text: str, width: int, chosen: Options) -> None:
    for line in lay_out(text, width, chosen):
        runs = visual_runs(bytes(cell.level for cell in line.cells))
        for start, end, level in sorted(runs):
            offsets = [cell.start for cell in line.cells[start:end]]
            assert offsets == sorted(offsets, reverse=bool(level & 1))


@settings(max_examples=200, deadline=None)
@given(texts, widths, options, st.integers(0, 60), st.integers(0, 60))
def test_a_span_is_split_into_the_columns_of_its_cells(
    text: str, width: int, chosen: Options, start: int, end: int
) -> None:
    for line in lay_out(text, width, chosen):
        split = line.columns_of(start, end)
        assert all(left < right for left, right in split)
        assert all(before[1] < after[0] for before, after in pairwise(split))
        expected: list[int] = []
        column = 0
        for cell in line.cells:
            if any(start <= offset < end for offset in range(cell.start, cell.end)):
                expected += range(column, column + cell.width)
            column += cell.width
        assert [column for left, right in split for column in range(left, right)] == expected


@settings(max_examples=200, deadline=None)
@given(texts, widths, options)
def test_wrapping_loses_nothing_but_white_space_at_the_ends_of_lines(
    text: str, width: int, chosen: Options
) -> None:
    given_order = replace(chosen, base="ltr" if chosen.base == "auto" else chosen.base)
    printed = [
        cell.text
        for line in lay_out(text, width, given_order)
        for cell in line.cells
        if cell.text[:1].strip()
    ]
    whole = [cell.text for cell in lay_out_line(text, given_order).cells if cell.text[:1].strip()]
    assert sorted(printed) == sorted(whole)


@settings(max_examples=200, deadline=None)
@given(texts, options)
def test_options_change_neither_width_nor_what_a_cell_covers(text: str, chosen: Options) -> None:
    line = lay_out_line(text, chosen)
    plain = lay_out_line(text, Options(base=chosen.base, tatweel=chosen.tatweel))
    assert line.width == cell_width(text, chosen)
    assert [(cell.start, cell.end, cell.level) for cell in line.cells] == [
        (cell.start, cell.end, cell.level) for cell in plain.cells
    ]
    assert visual(text, chosen) == line.text


@settings(max_examples=200, deadline=None)
@given(texts, st.booleans())
def test_without_tatweel_only_tatweel_is_missing(text: str, rtl: bool) -> None:
    assume(not any(CELL_CLASS[char] in "mt" for char in text))  # a mark on tatweel goes to the letter before
    base: Literal["rtl", "ltr"] = "rtl" if rtl else "ltr"
    kept = lay_out_line(text, Options(base=base))
    stripped = lay_out_line(text, Options(base=base, tatweel="strip"))
    # Marks on the stroke go to the letter before it, or nowhere; and numbers that it parted become neighbours, which
    # are read from left to right. So bases are compared, wherever they stand.
    assert sorted(cell.text[0] for cell in kept.cells if cell.text and cell.text[0] != TATWEEL) == sorted(
        cell.text[0] for cell in stripped.cells if cell.text
    )


@settings(max_examples=200, deadline=None)
@given(texts)
def test_clusters_cover_the_text_in_order(text: str) -> None:
    found = clusters(text)
    assert len(found.texts) == len(found.widths) == len(found.heads) - 1
    assert found.heads[-1] == len(text)
    assert all(one < other for one, other in pairwise(found.heads[:-1]))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60).map(lambda levels: bytes(level % 8 for level in levels)))
def test_visual_order_is_a_permutation_made_of_its_runs(levels: bytes) -> None:
    order = visual_order(levels)
    assert sorted(order) == list(range(len(levels)))
    assert sum(end - start for start, end, _ in visual_runs(levels)) == len(levels)


@settings(max_examples=200, deadline=None)
@given(texts, options)
def test_digits_change_into_digits_of_the_same_value(text: str, chosen: Options) -> None:
    line = lay_out_line(text, chosen)
    plain = lay_out_line(text, replace(chosen, digits="keep"))
    for cell, before in zip(line.cells, plain.cells, strict=True):
        if before.text[:1] in DIGITS:
            assert unicodedata.digit(cell.text[:1], -1) == unicodedata.digit(before.text[:1], -1)
            # A digit under marks is left as it is written.
            assert chosen.digits != "european" or cell.text in EUROPEAN or cell.text[1:]
        else:
            assert cell.text == before.text


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["قال", "(", "سلام،", "٣", "CNN", ":", "«لا»"]), max_size=4),
    st.sampled_from(
        ["https://a.org/b-1/?c=2", "2025-11-03 14:05", "+963 11 222 3333", "a@b.org", "/usr/a-1"]
    ),
    st.lists(st.sampled_from(["قال", ")", "سلام،", "٣", "CNN", ":", "«لا»"]), max_size=4),
    options,
)
def test_what_is_isolated_stands_in_one_piece_left_to_right(
    before: list[str], address: str, after: list[str], chosen: Options
) -> None:
    text = " ".join([*before, address, *after])
    start = text.index(address)
    end = start + len(address)
    line = lay_out_line(text, chosen)
    assert len(line.columns_of(start, end)) == 1
    assert [cell.start for cell in line.cells if start <= cell.start < end] == list(range(start, end))


@settings(max_examples=200, deadline=None)
@given(texts, st.booleans(), st.booleans())
def test_shaping_word_by_word_is_shaping_the_whole(text: str, marks: bool, tatweel: bool) -> None:
    found = clusters(text, marks=marks, tatweel=tatweel)
    # A word too long to be remembered makes the whole text take the other way.
    longer = clusters(f"{text} {'x' * 40}", marks=marks, tatweel=tatweel)
    count = len(found.texts)
    assume(count > 0)
    assert longer.texts[:count] == found.texts
    assert longer.widths[:count] == found.widths
    assert longer.ends[:count] == found.ends
    assert list(longer.heads[: count + 1]) == list(found.heads)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 8), max_size=40))
def test_order_is_that_of_rule_l2_taken_literally(levels: list[int]) -> None:
    order = list(range(len(levels)))
    lowest_odd = min((level for level in levels if level & 1), default=99)
    for level in range(max(levels, default=0), lowest_odd - 1, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = max(end, at + 1)
    assert visual_order(bytes(levels)) == order


@settings(max_examples=200, deadline=None)
@given(texts, options)
def test_a_wide_enough_line_is_the_one_line(text: str, chosen: Options) -> None:
    closed = text + "."  # nothing hangs
    assert lay_out(closed, 1_000, chosen) == (lay_out_line(closed, chosen),)


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(-1, 30), st.sampled_from(["…", "...", ""]), options)
def test_crop_keeps_a_beginning_that_fits(text: str, width: int, ellipsis: str, chosen: Options) -> None:
    cropped = crop(text, width, ellipsis, chosen)
    if cell_width(text, chosen) <= width:
        assert cropped == text
        return
    assert cell_width(cropped, chosen) <= max(width, 0)
    kept = cropped.removesuffix(ellipsis) if width >= cell_width(ellipsis) else cropped
    assert text.startswith(kept)
