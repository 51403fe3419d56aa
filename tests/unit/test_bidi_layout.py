"""Goldens of whole lines. `seen` turns a line back into plain letters, so that expectations can be read."""

from __future__ import annotations

import unicodedata

import pytest

from kashaf.bidi.layout import Cell, Line, Options, cell_width, crop, lay_out, lay_out_line

RTL = Options(base="rtl")
PARAGRAPH = "قالت المتحدثة إن البعثة وصلت إلى المدينة صباح الأحد"


def seen(line: Line) -> str:
    """The line from left to right, each cell's letters unshaped and reversed (lam-alef reads ا then ل)."""
    return "".join(unicodedata.normalize("NFKC", cell.text)[::-1] for cell in line.cells)


def backwards(text: str) -> str:
    return text[::-1]


@pytest.mark.parametrize(
    ("text", "left_to_right"),
    [
        ("قال إن", ["نإ لاق"]),
        ("قال (CNN) إن", [backwards("إن"), " (CNN) ", backwards("قال")]),
        ("في «بي بي سي» أمس", [backwards("أمس"), " «", backwards("بي بي سي"), "» ", backwards("في")]),
        ("طائرة «F-16» جديدة", [backwards("جديدة"), " «F-16» ", backwards("طائرة")]),
        (
            'قال: «وصفها بـ"الكبيرة"» أمس',
            [
                backwards("أمس"),
                ' «"',
                backwards("الكبيرة"),
                '"',
                backwards("وصفها بـ"),
                "» :",
                backwards("قال"),
            ],
        ),
        ("نسبة 50% فقط", [backwards("فقط"), " %50 ", backwards("نسبة")]),
        ("نسبة ٥٠٪ فقط", [backwards("فقط"), " ٪٥٠ ", backwards("نسبة")]),
        ("بلغ 3.5 مليون", [backwards("مليون"), " 3.5 ", backwards("بلغ")]),
        ("بلغ 1,250 دولار", [backwards("دولار"), " 1,250 ", backwards("بلغ")]),
        ("يوم 12/05/2025 أمس", [backwards("أمس"), " 12/05/2025 ", backwards("يوم")]),
        ("يوم 2025-05-12 أمس", [backwards("أمس"), " 2025-05-12 ", backwards("يوم")]),
        ("شركة Arab News Ltd قالت", [backwards("قالت"), " Arab News Ltd ", backwards("شركة")]),
        ("[ن] {م}", ["{م} [ن]"]),
        ("3 < 5 ن", ["ن 5 > 3"]),
    ],
)
def test_visual_order_of_mixed_lines(text: str, left_to_right: list[str]) -> None:
    assert seen(lay_out_line(text, RTL)) == "".join(left_to_right)


def test_arabic_within_a_left_to_right_line() -> None:
    text = "He said (نعم) twice."
    assert seen(lay_out_line(text)) == "He said (" + backwards("نعم") + ") twice."


def test_base_direction_is_taken_from_the_text_or_given() -> None:
    text = "Reuters عن"
    assert not lay_out_line(text).rtl
    assert seen(lay_out_line(text)) == "Reuters " + backwards("عن")
    forced = lay_out_line(text, RTL)
    assert forced.rtl
    assert seen(forced) == backwards("عن") + " Reuters"


def test_brackets_are_mirrored_where_they_run_right_to_left() -> None:
    assert lay_out_line("(ن)").text == "(\ufee5)"
    assert [cell.start for cell in lay_out_line("(ن)").cells] == [2, 1, 0]


def test_lam_alef_is_one_cell_over_two_characters() -> None:
    line = lay_out_line("سلام")
    assert line.cells == (
        Cell("\ufee1", 3, 4, 1, 1),
        Cell("\ufefc", 1, 3, 1, 1),
        Cell("\ufeb3", 0, 1, 1, 1),
    )
    assert (line.width, line.start, line.end, line.rtl) == (3, 0, 4, True)


def test_what_is_not_drawn_belongs_to_its_neighbour() -> None:
    line = lay_out_line("\u200fمی\u200cروم\u200e")
    spans = sorted((cell.start, cell.end) for cell in line.cells)
    assert spans == [(0, 2), (2, 4), (4, 5), (5, 6), (6, 8)]


def test_wrapping_is_in_logical_order_and_by_cells() -> None:
    lines = lay_out(PARAGRAPH, 16)
    assert [PARAGRAPH[line.start : line.end] for line in lines] == [
        "قالت المتحدثة إن ",
        "البعثة وصلت إلى ",
        "المدينة صباح ",
        "الأحد",
    ]
    assert [line.width for line in lines] == [16, 15, 12, 4]


def test_a_lam_alef_saves_a_cell_when_wrapping() -> None:
    assert len(lay_out("لا لا", 3)) == 1
    assert len(lay_out("لا لا", 2)) == 2


def test_white_space_at_the_end_of_a_line_hangs() -> None:
    first, second = lay_out("abc    def", 5)
    assert (first.text, first.start, first.end, first.width) == ("abc", 0, 7, 3)
    assert first.cells[-1] == Cell("c", 2, 7, 0, 1)
    assert second.text == "def"


def test_indentation_keeps_its_cells() -> None:
    assert lay_out("  abc", 10)[0].text == "  abc"


def test_one_line_keeps_its_final_space() -> None:
    assert lay_out_line("abc ").text == "abc "
    assert lay_out_line("ن ").text == " \ufee5"


def test_a_word_too_long_is_broken_and_keeps_its_joins() -> None:
    lines = lay_out("ببببب", 2)
    assert [line.text for line in lines] == ["\ufe92\ufe91", "\ufe92\ufe92", "\ufe90"]


def test_a_long_word_does_not_begin_on_a_line_it_does_not_fit() -> None:
    assert [line.text for line in lay_out("ab abcdefgh ij", 4)] == ["ab", "abcd", "efgh", "ij"]


def test_no_break_space_does_not_break_and_zero_width_space_does() -> None:
    assert [line.text for line in lay_out("ab cd\u00a0ef", 5)] == ["ab", "cd ef"]
    assert [line.text for line in lay_out("abc\u200bdef", 4)] == ["abc", "def"]


def test_wide_characters_take_two_cells_and_are_never_halved() -> None:
    lines = lay_out("中文字", 5)
    assert [(line.text, line.width) for line in lines] == [("中文", 4), ("字", 2)]
    assert [line.width for line in lay_out("中文", 1)] == [2, 2]


def test_lines_that_show_nothing() -> None:
    assert lay_out("", 10) == (Line(0, 0, (), 0, rtl=False),)
    assert lay_out("   ", 2, RTL) == (Line(0, 3, (Cell(" ", 0, 3, 1, 1),), 1, rtl=True),)
    assert lay_out("\u200e\u200f", 2) == (Line(0, 2, (Cell("", 0, 2, 0, 0),), 0, rtl=False),)
    assert lay_out_line("") == Line(0, 0, (), 0, rtl=False)


@pytest.mark.parametrize("width", [0, -3])
def test_a_width_of_nothing_counts_as_one(width: int) -> None:
    assert lay_out("ab", width) == lay_out("ab", 1)


def test_columns_and_offsets() -> None:
    line = lay_out_line("قال CNN", RTL)  # CNN لاق
    assert [line.column_of(offset) for offset in range(8)] == [6, 5, 4, 3, 0, 1, 2, None]
    assert [line.offset_at(column) for column in range(7)] == [4, 5, 6, 3, 2, 1, 0]
    assert [line.cell_of(offset) for offset in (-1, 0, 4, 7)] == [None, 6, 0, None]
    assert (line.offset_at(-1), line.offset_at(7)) == (7, 0)


def test_columns_beside_a_left_to_right_line() -> None:
    line = lay_out_line("abc")
    assert (line.offset_at(-1), line.offset_at(3), line.offset_at(99)) == (0, 3, 3)


def test_columns_count_wide_cells_twice() -> None:
    line = lay_out_line("中a")
    assert [line.offset_at(column) for column in range(3)] == [0, 0, 1]
    assert line.column_of(1) == 2


def test_offsets_within_a_cluster_share_its_column() -> None:
    line = lay_out_line("بَلاغ")
    assert line.column_of(0) == line.column_of(1) == 2
    assert line.column_of(2) == line.column_of(3) == 1


def test_second_line_has_its_own_columns() -> None:
    _, second = lay_out("قال CNN", 4, RTL)
    assert (second.start, second.column_of(4), second.column_of(0), second.offset_at(2)) == (4, 0, None, 6)


def test_a_span_of_both_directions_is_split_into_columns() -> None:
    line = lay_out_line("قال CNN أمس", RTL)  # سمأ CNN لاق
    assert line.columns_of(0, 11) == ((0, 11),)
    assert line.columns_of(1, 6) == ((4, 6), (7, 10))
    assert line.columns_of(5, 9) == ((2, 4), (5, 7))
    assert line.columns_of(3, 3) == line.columns_of(11, 20) == ()
    assert lay_out_line("سلام").columns_of(2, 3) == ((1, 2),)


@pytest.mark.parametrize(
    ("digits", "text", "shown"),
    [
        ("keep", "عام 2025 و٢٠٢٤", "٢٠٢٤و 2025 ماع"),
        ("european", "عام ٢٠٢٥ و۱۴۰۴", "1404و 2025 ماع"),
        ("arabic", "عام 2025 و۱۴۰۴", "١٤٠٤و ٢٠٢٥ ماع"),
        ("arabic", "طائرة F-16 عام 16", "١٦ ماع F-16 ةرئاط"),
        ("arabic", "رابط www.a.com/12 و12", "١٢و www.a.com/12 طبار"),
        ("arabic", "راسل 24@a.org 12", "١٢ 24@a.org لسار"),
        ("arabic", "12 عاما", "اماع ١٢"),
    ],
)
def test_digits_are_a_matter_of_display(digits: str, text: str, shown: str) -> None:
    options = Options(base="rtl", digits=digits)  # type: ignore[arg-type]  # the parameters of a test are plain strings
    line = lay_out_line(text, options)
    assert seen(line) == shown
    assert [cell.start for cell in line.cells] == [cell.start for cell in lay_out_line(text, RTL).cells]


def test_marks_are_a_matter_of_display() -> None:
    text = "م\u064fح\u064eم\u0651\u064eد"
    stripped = lay_out_line(text)
    kept = lay_out_line(text, Options(marks="keep"))
    assert stripped.text == "\ufeaa\ufee4\ufea4\ufee3"
    assert kept.text == "\ufeaa\ufee4\u0651\u064e\ufea4\u064e\ufee3\u064f"
    assert [cell.start for cell in kept.cells] == [cell.start for cell in stripped.cells]


def test_arabic_digits_follow_the_last_strong_character_even_an_unseen_one() -> None:
    options = Options(base="rtl", digits="arabic")
    assert seen(lay_out_line("CNN \u200f16", options)) == "١٦ CNN"
    assert seen(lay_out_line("ن \u200e16", options)) == "16 ن"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("بــيــت", "\ufe96\ufef4\ufe91"),
        ("عام 1447هـ", "\ufeeb1447 \ufee1\ufe8e\ufecb"),
        ("ـب", "\ufe90"),
        ("لـا", "\ufe8e\ufedf"),
        ("ب ـ ب", "\ufe8f  \ufe8f"),
    ],
)
def test_without_tatweel_letters_join_as_with_it(text: str, shown: str) -> None:
    stripped = lay_out_line(text, Options(tatweel="strip"))
    assert stripped.text == shown
    assert stripped.width == cell_width(text, Options(tatweel="strip")) == cell_width(text) - text.count("ـ")
    assert max(cell.end for cell in stripped.cells) == len(text)


def test_a_text_of_nothing_but_tatweel_has_no_cells_without_it() -> None:
    assert lay_out("ـــ", 5, Options(tatweel="strip")) == (Line(0, 3, (Cell("", 0, 3, 1, 0),), 0, rtl=True),)
    assert crop("ـــab", 2, options=Options(tatweel="strip")) == "ـــab"


def test_lines_compare_by_what_they_show() -> None:
    line = lay_out_line("نص")
    assert line == Line(line.start, line.end, line.cells, line.width, line.rtl)
    assert line != lay_out_line("نع")
    assert line != "نص"
    assert repr(lay_out_line("")) == "Line(0, 0, (), 0, rtl=False)"


def test_cells_are_made_once() -> None:
    line = lay_out_line("نص")
    assert line.cells is line.cells
