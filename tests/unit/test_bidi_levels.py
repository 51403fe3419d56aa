"""Levels and order on cases small enough to check by eye; the conformance test has the rest."""

from __future__ import annotations

import time

import pytest

from kashaf.bidi.levels import levels
from kashaf.bidi.order import line_levels, visual_order
from kashaf.bidi.resolve import BRACKET_DEPTH

FSI, LRI, RLI, PDI, RLO, PDF, LRM = "\u2068", "\u2066", "\u2067", "\u2069", "\u202e", "\u202c", "\u200e"


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("", 0),
        ("123 !", 0),
        ("Reuters: قال", 0),
        ("قال Reuters", 1),
        ("2024 قال", 1),
        (f"{RLI}نص{PDI} text", 0),
        (f"{LRI}text{PDI} نص", 1),
        (f"{LRI}نص", 0),
    ],
)
def test_base_comes_from_the_first_strong_character_outside_isolates(text: str, base: int) -> None:
    assert levels(text).base == base


def test_base_can_be_given() -> None:
    assert levels("abc", 1).levels == (2, 2, 2)
    assert levels("نص", 0).levels == (1, 1)
    assert levels("؟!", 1).levels == (1, 1)


def test_numbers_after_arabic_letters_are_above_the_letters() -> None:
    assert levels("عام 2025").levels == (1, 1, 1, 1, 2, 2, 2, 2)


def test_numbers_after_latin_letters_are_latin() -> None:
    assert levels("F-16", 1).levels == (2, 2, 2, 2)


def test_removed_characters_have_no_level() -> None:
    assert levels(f"{RLO}ab{PDF}").levels == (None, 1, 1, None)
    assert levels("a\u00adb").levels == (0, None, 0)


def test_brackets_take_the_direction_of_what_they_hold() -> None:
    assert levels("نص (abc)").levels == (1, 1, 1, 1, 2, 2, 2, 1)
    assert levels("abc (نص) xyz").levels == (0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0)


def test_canonically_equivalent_brackets_pair() -> None:
    assert levels("ن\u2329a\u3009", 1).levels == (1, 1, 2, 1)


def test_first_strong_isolate_looks_inside() -> None:
    assert levels(f"a {FSI}نص{PDI}").levels == (0, 0, 0, 1, 1, 0)
    assert levels(f"ن {FSI}ab{PDI}").levels == (1, 1, 1, 2, 2, 1)


def test_rule_l1_sets_separators_and_final_white_space_back() -> None:
    found = levels("abc \tنص ", 0)
    assert line_levels("abc \tنص ", found.levels, found.base) == [0, 0, 0, 0, 0, 1, 1, 0]
    assert line_levels("abc \tنص ", found.levels, found.base, 5, 7) == [1, 1]


def test_rule_l2_reverses_from_the_highest_level_down() -> None:
    assert visual_order([]) == []
    assert visual_order([0, 0, 0]) == [0, 1, 2]
    assert visual_order([1, 1, 1]) == [2, 1, 0]
    assert visual_order([1, 1, 2, 2, 1]) == [4, 2, 3, 1, 0]
    assert visual_order([0, 1, 2, 1, 0]) == [0, 3, 2, 1, 4]
    assert visual_order([2, 2, 4, 4]) == [0, 1, 2, 3]


HOSTILE = {
    "open isolates": FSI * 50_000,
    "nested isolates": (FSI + "x") * 20_000 + PDI * 20_000,
    "overrides": RLO * 50_000 + "ن" + PDF * 50_000,
    "closed isolates": PDI * 50_000,
    "deep brackets": "ن" + "(a" * 30_000 + ")" * 30_000,
    "empty brackets": "ن" + "()" * 30_000 + "(a)" * 10_000,
    "brackets far apart": "[" * BRACKET_DEPTH + " " * 50_000 + "a" + "]" * BRACKET_DEPTH,
    "separators": "1," * 30_000,
    "terminators": "$" * 50_000 + "1",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_nesting_takes_bounded_time(text: str) -> None:
    begun = time.monotonic()
    assert len(levels(text, 1).levels) == len(text)
    assert time.monotonic() - begun < 5


def test_brackets_beyond_the_depth_of_the_stack_are_left_to_the_neutral_rules() -> None:
    within = "(" * BRACKET_DEPTH + "a" + ")" * BRACKET_DEPTH
    beyond = "(" + within + ")"
    assert levels("ن" + within, 1).levels[-1] == 1
    assert levels("a" + beyond + "ن", 1).levels[1] == 2
