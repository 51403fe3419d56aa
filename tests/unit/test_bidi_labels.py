from __future__ import annotations

import pytest

from kashaf.bidi.layout import Options, cell_width, crop, visual


def test_visual_of_an_arabic_label() -> None:
    assert visual("سلام") == "\ufee1\ufefc\ufeb3"


def test_visual_of_plain_latin_is_the_text() -> None:
    assert visual("Reuters (2025)") == "Reuters (2025)"


def test_visual_honours_a_given_base() -> None:
    assert visual("abc.", Options(base="rtl")) == ".abc"
    assert visual("abc.", Options(base="ltr")) == "abc."


def test_visual_maps_digits_of_plain_text_too() -> None:
    assert visual("2025", Options(base="rtl", digits="arabic")) == "٢٠٢٥"
    assert visual("2025", Options(base="ltr", digits="arabic")) == "2025"


def test_visual_of_control_characters_has_none() -> None:
    assert visual("a\x1b[31mb\n\u202ec") == "a[31mb c"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("سلام", 3),
        ("لا إلا", 4),
        ("مُحَمَّد", 4),
        ("中文", 4),
        ("می\u200cروم", 5),
        ("e\u0301", 1),
        ("\u06dd", 1),
        ("ﷲ", 1),
        ("\x1b\u200f", 0),
        ("\ud800", 1),
        ("\t", 1),
    ],
)
def test_cell_width(text: str, width: int) -> None:
    assert cell_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("وزارة الخارجية", 14, "وزارة الخارجية"),
        ("وزارة الخارجية", 8, "وزارة ا…"),
        ("وزارة الخارجية", 7, "وزارة…"),
        ("وزارة الخارجية", 6, "وزارة…"),
        ("مُحَمَّد", 3, "مُحَ…"),
        ("سلام", 3, "سلام"),
        ("سلام", 2, "س…"),
        ("سلامة", 3, "سلا…"),
        ("中文字", 4, "中…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("abc", -1, ""),
        ("", 0, ""),
    ],
)
def test_crop_is_logical_and_never_splits_a_cluster(text: str, width: int, expected: str) -> None:
    assert crop(text, width) == expected


def test_crop_with_another_ellipsis() -> None:
    assert crop("abcdef", 5, "...") == "ab..."
    assert crop("abcdef", 2, "...") == "ab"
    assert crop("abcdef", 3, "") == "abc"


def test_a_cropped_name_keeps_its_beginning_when_made_visual() -> None:
    assert visual(crop("سلامة عامة", 5)) == "…\ufe94\ufee3\ufefc\ufeb3"
