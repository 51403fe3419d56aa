"""Widths against the terminal library that places our cells on the screen."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import get_character_cell_size

from kashaf.bidi.properties import BIDI_CLASS, CELL_CLASS, JOINING_TYPE, RangeTable
from kashaf.bidi.width import char_width

# Wide since Unicode 16: I Ching and counting rods, which no newspaper prints.
WIDE_LATER = (
    *range(0x2630, 0x2638),
    *range(0x268A, 0x2690),
    *range(0x4DC0, 0x4E00),
    *range(0x1D300, 0x1D377),
)
EVERY_CODE_POINT = 0x110000


def drawn() -> list[str]:
    """Characters printed as they are and known to every Python; on spacing marks Rich's releases differ."""
    return [
        char
        for char in map(chr, range(0x20000))
        if CELL_CLASS[char] in "12mt"
        and unicodedata.category(char) not in ("Cn", "Co", "Mc")
        and ord(char) not in WIDE_LATER
    ]


def test_widths_agree_with_rich() -> None:
    assert [
        f"U+{ord(char):04X}" for char in drawn() if get_character_cell_size(char) != char_width(char)
    ] == []


@pytest.mark.parametrize(
    ("char", "width"),
    [
        ("a", 1),
        ("ب", 1),
        ("ـ", 1),
        ("\ufefb", 1),
        ("中", 2),
        ("\u3000", 2),
        ("\uff21", 2),
        ("\u064e", 0),
        ("\u0301", 0),
        ("\u200b", 0),
        ("\u200d", 0),
        ("\u202e", 0),
        ("\ufe0f", 0),
        ("\u00ad", 0),
        ("\x1b", 0),
        ("\x00", 0),
        ("\u06dd", 1),
        ("\ud800", 1),
        ("…", 1),
        ("\U0010ffff", 1),
        ("\U000e0041", 0),
    ],
)
def test_width_of_one_character(char: str, width: int) -> None:
    assert char_width(char) == width


def test_every_code_point_has_every_property() -> None:
    for table, sample in ((BIDI_CLASS, "AL"), (CELL_CLASS, "1"), (JOINING_TYPE, "D")):
        assert table["ب"] == sample
        assert all(table[chr(code)] for code in range(0, EVERY_CODE_POINT, 97))


def test_tables_agree_with_python_on_old_characters() -> None:
    # Arabic and Latin have not changed their class since long before the oldest Python supported.
    for code in (*range(0x20, 0x250), *range(0x600, 0x61B), *range(0x620, 0x700), *range(0xFE70, 0xFEFD)):
        if expected := unicodedata.bidirectional(chr(code)):
            assert BIDI_CLASS[chr(code)] == expected


def test_the_cache_of_a_table_is_bounded() -> None:
    table = RangeTable([0, 0x80], ["x", "y"])
    for code in range(60_000):
        assert table[chr(code)] == ("x" if code < 0x80 else "y")
    assert len(table) <= 20_000
