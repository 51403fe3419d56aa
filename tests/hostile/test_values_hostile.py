"""Texts made to be slow or deep: work grows with their length alone, and nothing is raised."""

from __future__ import annotations

from datetime import date

import pytest
from tests.effort_support import assert_linear, bounded

from kashaf.entities.values.reading import find_dates_and_numbers

MONDAY = date(2025, 11, 10)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1/",
        "1.1.",
        "12-",
        "1 و",
        "2020 و",
        "1 إلى ",
        "بين 1 و",
        "1٬",
        "مئة و",
        "ألف ",
        "مليون ونصف ",
        "1 ألف و",
        "منذ ",
        "أواخر ",
        "يوم ",
        "مساء ",
        "شهر ",
        "عام ",
        "هذا ",
        "صيف من هذا ",
        "الربع الأول من ",
        "النصف الأول من ",
        "الأحد ",
        "الأحد، ",
        "ربيع الأول ",
        "مارس/",
        "نوفمبر (",
        "(",
        "ـ",
        "ً",
        "\n",
        "قتل ",
        "عدد من ",
        "أكثر من ",
        "ما لا يقل عن ",
        "12 شخصا و",
        "٪",
        "من 5 دولارات إلى ",
        "$",
        "عشرات ",
        "بضع ",
        "الـ",
        "في ",
        "سيعقد ",
        "9" * 30 + " ",
        "1 \n",
        "قبل يومين\n",
        "في 5 نوفمبر\n",
        "قتل 12 شخصا\n",
    ],
)
def test_linear(piece: str) -> None:
    assert_linear(
        lambda size: piece * (size // len(piece)), lambda text: find_dates_and_numbers(text, MONDAY), 1_000
    )


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1.1.",
        "1٬",
        "12-",
        "1/",
        "9" * 30 + " ",
        "ا",
        "ـ",
        "ً",
        "٪",
        " ",
        "\n",
        "\t\n",
        ". ",
        "\u200b",
    ],
)
def test_patterns_are_linear(piece: str) -> None:
    with bounded():
        find_dates_and_numbers(piece * (400_000 // len(piece)), MONDAY)


def test_one_long_word_and_one_long_number() -> None:
    with bounded():
        assert find_dates_and_numbers("1" * 1_000_000, MONDAY) == ((), ())
        assert find_dates_and_numbers("ا" * 1_000_000, MONDAY) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "در سال گذشته ۱۲ نفر کشته شدند و ۵ نفر زخمی شدند",
        "گزشتہ سال 12 افراد ہلاک ہوئے",
        "Last year 12 people were killed in 3 attacks on 5 November",
        "",
        "\ufeff\u200f\u202e",
        "\ud800",
        "𝟙𝟚𝟛 ①②③ ½ ٣½",
    ],
)
def test_other_languages_and_no_language(text: str) -> None:
    dates, quantities = find_dates_and_numbers(text, MONDAY)
    assert [text[one.start : one.end] for one in dates] == [one.form for one in dates]
    assert [text[one.start : one.end] for one in quantities] == [one.form for one in quantities]


def test_a_long_paragraph_of_prose_is_read_to_its_end() -> None:
    text = "قتل 12 شخصا في 5 نوفمبر 2025 قرب المدينة. " * 2000
    dates, quantities = find_dates_and_numbers(text, None)
    assert len(dates) == len(quantities) == 2000
    assert {one.edtf for one in dates} == {"2025-11-05"}
    assert {one.counting for one in quantities} == {"killed"}
