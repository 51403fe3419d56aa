"""Shaped forms are written as escapes: an editor that does bidi itself would show them in any order."""

from __future__ import annotations

import pytest

from kashaf.bidi.shaping import clusters

ZWNJ, ZWJ, ZWSP, LRM, TATWEEL = "\u200c", "\u200d", "\u200b", "\u200e", "\u0640"
FATHA, SHADDA, KASRA, MADDA, HAMZA_ABOVE, HAMZA_BELOW = (
    "\u064e",
    "\u0651",
    "\u0650",
    "\u0653",
    "\u0654",
    "\u0655",
)


def shaped(text: str, *, marks: bool = False) -> str:
    """Shaped text in logical order."""
    return "".join(clusters(text, marks=marks).texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ب", "\ufe8f"),
        ("بب", "\ufe91\ufe90"),
        ("ببب", "\ufe91\ufe92\ufe90"),
        ("دار", "\ufea9\ufe8d\ufead"),
        ("سلام", "\ufeb3\ufefc\ufee1"),
        ("ماء", "\ufee3\ufe8e\ufe80"),
        ("على", "\ufecb\ufee0\ufef0"),
        ("هيئة", "\ufeeb\ufef4\ufe8c\ufe94"),
        ("ب ب", "\ufe8f \ufe8f"),
        ("ب2ب", "\ufe8f2\ufe8f"),
        ("abc", "abc"),
    ],
)
def test_letters_take_the_form_their_neighbours_ask_for(text: str, expected: str) -> None:
    assert shaped(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("پچژگ", "\ufb58\ufb7d\ufb8b\ufb92"),
        ("می", "\ufee3\ufbfd"),
        ("یک", "\ufbfe\ufb8f"),
        ("ٹھیک", "\ufb68\ufbad\ufbff\ufb8f"),
    ],
)
def test_persian_and_urdu_letters_have_forms(text: str, expected: str) -> None:
    assert shaped(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("لا", "\ufefb"),
        ("لأ", "\ufef7"),
        ("لإ", "\ufef9"),
        ("لآ", "\ufef5"),
        ("بلا", "\ufe91\ufefc"),
        ("للا", "\ufedf\ufefc"),
        ("الا", "\ufe8d\ufefb"),
        ("لال", "\ufefb\ufedd"),
        ("لاب", "\ufefb\ufe8f"),
    ],
)
def test_lam_alef_is_one_cluster(text: str, expected: str) -> None:
    assert shaped(text) == expected
    assert len(clusters(text).widths) == len(expected)


def test_lam_alef_with_marks_between_stays_one_cluster() -> None:
    text = "ل" + SHADDA + FATHA + "ا"
    assert shaped(text) == "\ufefb"
    assert shaped(text, marks=True) == "\ufefb" + SHADDA + FATHA
    assert list(clusters(text).heads) == [0, len(text)]


def test_lam_alef_ligates_through_directional_marks_but_not_through_joiners() -> None:
    assert shaped("ل" + LRM + "ا") == "\ufefb"
    assert shaped("ل" + ZWNJ + "ا") == "\ufedd\ufe8d"
    assert shaped("ل" + ZWJ + "ا") == "\ufedf\ufe8e"
    assert shaped("ل" + TATWEEL + "ا") == "\ufedf" + TATWEEL + "\ufe8e"


def test_lam_with_wasla_does_not_ligate() -> None:
    assert shaped("ل\u0671") == "\ufedf\ufb51"


def test_non_joiner_and_joiner() -> None:
    assert shaped("می" + ZWNJ + "روم") == "\ufee3\ufbfd\ufead\ufeed\ufee1"
    assert shaped("ه" + ZWJ) == "\ufeeb"
    assert shaped(ZWJ + "ه") == "\ufeea"
    assert shaped("ب" + ZWJ + ZWNJ + "ب") == "\ufe91\ufe8f"


def test_tatweel_joins_and_keeps_its_cell() -> None:
    assert shaped("بـــب") == "\ufe91" + TATWEEL * 3 + "\ufe90"


def test_marks_are_transparent_to_joining_and_take_no_cell() -> None:
    found = clusters("كِتَاب")
    assert found.texts == list("\ufedb\ufe98\ufe8e\ufe8f")
    assert list(found.heads) == [0, 2, 4, 5, 6]
    kept = clusters("كِتَاب", marks=True)
    assert kept.texts == ["\ufedb" + KASRA, "\ufe98" + FATHA, "\ufe8e", "\ufe8f"]
    assert kept.widths == found.widths == bytes([1, 1, 1, 1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ا" + HAMZA_ABOVE, "\ufe83"),
        ("ا" + HAMZA_BELOW, "\ufe87"),
        ("ا" + MADDA + "ب", "\ufe81\ufe8f"),
        ("سو" + HAMZA_ABOVE, "\ufeb3\ufe86"),
        ("بي" + HAMZA_ABOVE + "ر", "\ufe91\ufe8c\ufeae"),
        ("ل" + "ا" + HAMZA_ABOVE, "\ufef7"),
        ("ل" + FATHA + "ا" + HAMZA_BELOW, "\ufef9"),
    ],
)
def test_decomposed_hamza_is_drawn_as_the_letter_it_belongs_to(text: str, expected: str) -> None:
    assert shaped(text) == expected


def test_letters_without_presentation_forms_stay() -> None:
    assert shaped("\u0750\u0751") == "\u0750\u0751"


def test_presentation_forms_in_the_text_are_left_alone() -> None:
    assert shaped("\ufefb \ufdf2") == "\ufefb \ufdf2"


def test_marks_of_other_scripts_are_kept_even_when_tashkeel_is_not() -> None:
    found = clusters("e\u0301x")
    assert (found.texts, list(found.heads)) == (["e\u0301", "x"], [0, 2, 3])


def test_what_is_not_drawn_has_no_cluster() -> None:
    found = clusters("a\u200b\u200fb\x1b\ufe0f\u00ad")
    assert (found.texts, list(found.heads)) == (["a", "b"], [0, 3, 7])
    assert clusters("\x00" + LRM + FATHA).texts == []


def test_marks_before_any_base_are_not_drawn() -> None:
    assert clusters(FATHA + "\u0301ب", marks=True).texts == ["\ufe8f"]


@pytest.mark.parametrize("code", [0xD800, 0xDFFF, 0xFFFF, 0xFDD0, 0x1FFFE])
def test_what_cannot_be_printed_is_drawn_as_a_replacement(code: int) -> None:
    assert shaped(f"a{chr(code)}b") == "a\ufffdb"


@pytest.mark.parametrize("char", "\t\n\r\x0b\x0c\x1c\x85\u2028\u2029\u00a0\u2003\u202f")
def test_white_space_of_any_kind_is_one_blank(char: str) -> None:
    assert shaped(f"a{char}b") == "a b"
