"""The prices of Arabic slips, against each other: what matters is which correction is nearer."""

from __future__ import annotations

import pytest

from kashaf.text.distance import UNIT, allowed, distance, letters, pairs


def paid(one: str, other: str) -> int:
    found = distance(one, other)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("typed", "near", "far"),
    [
        pytest.param("احمد", "أحمد", "حمد", id="hamza before a lost letter"),
        pytest.param("مدرسه", "مدرسة", "مدرسي", id="ta marbuta before another letter"),
        pytest.param("على", "علي", "علم", id="alef maksura"),
        pytest.param("بحر", "نحر", "سحر", id="dots: ب and ن"),
        pytest.param("جبل", "حبل", "نبل", id="dots: ج and ح"),
        pytest.param("ضابط", "صابط", "رابط", id="dots: ض and ص"),
        pytest.param("غرب", "عرب", "درب", id="dots: غ and ع"),
        pytest.param("ظريف", "ضريف", "خريف", id="sound: ظ and ض"),
        pytest.param("كلب", "قلب", "صلب", id="sound: ك and ق"),
        pytest.param("ترابلس", "طرابلس", "كرابلس", id="sound: ت and ط"),
        pytest.param("بيروت", "بيرون", "بيرود", id="keyboard: ت and ن are neighbours"),
        pytest.param("مكتبة", "مكبتة", "مكسرة", id="a swap before two letters"),
        pytest.param("محمدد", "محمد", "محمدع", id="a doubled letter"),
        pytest.param("رئس", "رئيس", "رئمس", id="a long vowel left out"),
    ],
)
def test_an_easy_slip_is_nearer_than_another_letter(typed: str, near: str, far: str) -> None:
    assert 0 < paid(typed, near) < paid(typed, far)


def test_unrelated_letters_cost_a_unit_each() -> None:
    assert paid("قلم", "شلم") == UNIT
    assert paid("قلم", "شزم") == 2 * UNIT


def test_a_swap_is_found_behind_what_both_begin_with() -> None:
    assert paid("الحكومة", "الحكوةم") < UNIT
    assert paid("دشمق", "دمشق") < UNIT


@pytest.mark.parametrize(("one", "other"), [("دمشق", "بغداد"), ("قلم", "قلموات"), ("", "قلم")])
def test_over_the_bound_there_is_no_distance(one: str, other: str) -> None:
    assert distance(one, other, 9) is None
    assert distance(other, one, 9) is None
    found = paid(one, other)
    assert distance(one, other, found) == found
    assert distance(one, other, found - 1) is None


def test_short_words_have_no_corrections_and_long_ones_two_slips() -> None:
    assert allowed("من") == 0
    assert allowed("دمشق") >= paid("دمسق", "دمشق")
    assert allowed("المحافظة") >= paid("المحاصفه", "المحافظة") > allowed("محافظ") > UNIT


def test_letters_and_pairs_tell_words_apart_without_measuring() -> None:
    assert (letters("دمشق") ^ letters("دشمق")) == 0
    assert (letters("دمشق") ^ letters("دمسق")).bit_count() == 2
    assert (pairs("دمشق") ^ pairs("دمسق")).bit_count() <= 4
    assert (pairs("دمشق") ^ pairs("بيروت")).bit_count() > 4
    assert 0 <= letters("😀BBC\x00") < 1 << 64
    assert 0 <= pairs("😀BBC\x00") < 1 << 64
