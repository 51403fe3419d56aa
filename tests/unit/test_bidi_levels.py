"""Levels and order on cases small enough to check by eye; the conformance test has the rest."""

from __future__ import annotations

import pytest

from kashaf.bidi.levels import MAX_DEPTH, REMOVED, levels
from kashaf.bidi.order import line_levels, visual_order, visual_runs
from kashaf.bidi.resolve import BRACKET_DEPTH


def of(text: str, base: int | None = None) -> list[int]:
    return list(levels(text, base).levels)


FSI, LRI, RLI, PDI = "\u2068", "\u2066", "\u2067", "\u2069"
RLO, LRE, RLE, PDF = "\u202e", "\u202a", "\u202b", "\u202c"


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
    assert of("abc", 1) == [2, 2, 2]
    assert of("نص", 0) == [1, 1]
    assert of("؟!", 1) == [1, 1]


def test_numbers_after_arabic_letters_are_above_the_letters() -> None:
    assert of("عام 2025") == [1, 1, 1, 1, 2, 2, 2, 2]


def test_numbers_after_latin_letters_are_latin() -> None:
    assert of("F-16", 1) == [2, 2, 2, 2]


def test_removed_characters_have_no_level() -> None:
    assert of(f"{RLO}ab{PDF}") == [REMOVED, 1, 1, REMOVED]
    assert of("a\u00adb") == [0, REMOVED, 0]


def test_brackets_take_the_direction_of_what_they_hold() -> None:
    assert of("نص (abc)") == [1, 1, 1, 1, 2, 2, 2, 1]
    assert of("abc (نص) xyz") == [0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def test_canonically_equivalent_brackets_pair() -> None:
    assert of("ن\u2329a\u3009", 1) == [1, 1, 2, 1]


def test_first_strong_isolate_looks_inside() -> None:
    assert of(f"a {FSI}نص{PDI}") == [0, 0, 0, 1, 1, 0]
    assert of(f"ن {FSI}ab{PDI}") == [1, 1, 1, 2, 2, 1]


def test_embeddings_nest_to_the_limit_and_no_deeper() -> None:
    assert of((RLE + LRE) * 200 + "ن", 0)[-1] == MAX_DEPTH
    assert of((RLI + LRI) * 200 + "ن" + PDI * 400, 0)[400] == MAX_DEPTH
    assert of("a" + LRE * 200 + PDF * 200 + "b", 0)[-1] == 0


def test_a_paragraph_separator_closes_what_is_open() -> None:
    assert of(f"{RLO}ab\nab", 0) == [REMOVED, 1, 1, 0, 0, 0]
    assert of(f"{RLI}a\na{PDI}", 0) == [0, 2, 0, 0, 0]


def test_marks_after_a_bracket_go_with_it() -> None:
    # N0: a mark takes the direction its bracket is given.
    assert of("ن (\u0301a)\u0301", 1) == [1, 1, 1, 1, 2, 1, 1]
    assert of("a (\u0301ن)\u0301", 0) == [0, 0, 0, 0, 1, 0, 0]


def test_rule_l1_sets_separators_and_final_white_space_back() -> None:
    found = levels("abc \tنص ", 0)
    assert list(line_levels(found)) == [0, 0, 0, 0, 0, 1, 1, 0]
    assert list(line_levels(found, 5, 7)) == [1, 1]
    assert list(line_levels(levels("ن \u202c\t \u2069a", 0))) == [1, 0, REMOVED, 0, 0, 0, 0]


def test_rule_l2_reverses_from_the_highest_level_down() -> None:
    assert visual_order(b"") == []
    assert visual_order(bytes([0, 0, 0])) == [0, 1, 2]
    assert visual_order(bytes([1, 1, 1])) == [2, 1, 0]
    assert visual_order(bytes([1, 1, 2, 2, 1])) == [4, 2, 3, 1, 0]
    assert visual_order(bytes([0, 1, 2, 1, 0])) == [0, 3, 2, 1, 4]
    assert visual_order(bytes([2, 2, 4, 4])) == [0, 1, 2, 3]


def test_runs_are_stretches_of_one_level_in_visual_order() -> None:
    assert visual_runs(bytes([1, 1, 2, 2, 1])) == [(4, 5, 1), (2, 4, 2), (0, 2, 1)]
    assert visual_runs(b"") == []


def test_brackets_beyond_the_depth_of_the_stack_are_left_to_the_neutral_rules() -> None:
    within = "(" * BRACKET_DEPTH + "a" + ")" * BRACKET_DEPTH
    beyond = "(" + within + ")"
    assert of("ن" + within, 1)[-1] == 1
    assert of("a" + beyond + "ن", 1)[1] == 2
