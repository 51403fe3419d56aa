"""Dates and numbers as agencies of the Gulf, the Levant, Egypt and the Maghreb write them."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.entities.values.reading import find_dates_and_numbers

THURSDAY = date(2025, 11, 20)

Figure = tuple[str, float, float, str, str, str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في العاشر من الجاري", [("العاشر من الجاري", "2025-11-10")]),
        ("يوم 12 الجاري", [("يوم 12 الجاري", "2025-11-12")]),
        ("في 12 من الشهر الجاري", [("12 من الشهر الجاري", "2025-11-12")]),
        ("بشارع 14 رمضان", [("14 رمضان", "")]),
        ("في 14 رمضان", [("14 رمضان", "2025-03-14")]),
        ("قرب معسكر 30 تموز", [("30 تموز", "XXXX-07-30")]),
        ("في مثل هذا اليوم عبر الناس", [("هذا اليوم", "")]),
        ("في مثل هذا الشهر", [("هذا الشهر", "")]),
        ("قبل عقد من الزمن", [("قبل عقد", "2015~")]),
        ("خلال الربع الأول من 2025/2026", [("الربع الأول من 2025/2026", "")]),
        ("خلال الربع الأول من 2025", [("الربع الأول من 2025", "2025-01/2025-03")]),
    ],
)
def test_dates(text: str, expected: list[tuple[str, str]]) -> None:
    dates, _ = find_dates_and_numbers(text, THURSDAY)
    assert [(found.form, found.edtf) for found in dates] == expected


def test_a_day_of_this_month_stays_open_without_a_day_of_publication() -> None:
    (found,), _ = find_dates_and_numbers("في العاشر من الجاري", None)
    assert (found.edtf, found.anchored) == ("", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بقيمة 4.1 مليارات ريال", [("4.1 مليارات ريال", 4.1e9, 4.1e9, "exactly", "money", "")]),
        ("بزيادة قدرها 15 بالمئة", [("15 بالمئة", 15, 15, "exactly", "percent", "%")]),
        ("هزة بقوة 6.3 درجات", [("6.3 درجات", 6.3, 6.3, "exactly", "other", "")]),
        ("بلغت 5 درجات على مقياس ريختر", [("5 درجات", 5, 5, "exactly", "other", "")]),
        ("وتهبط إلى 3 درجات ليلا", [("3 درجات", 3, 3, "exactly", "temperature", "°")]),
        ("وبلغت الحرارة 45 مئوية", [("45 مئوية", 45, 45, "exactly", "temperature", "°C")]),
        (
            "على عمق 28 كيلومترا في الساعة 00:59",
            [("28 كيلومترا", 28, 28, "exactly", "distance", "km")],
        ),
        (
            "على بعد 28 كيلومترا في الساعة الثانية فجرا",
            [("28 كيلومترا", 28, 28, "exactly", "distance", "km")],
        ),
        (
            "بسرعة 90 كيلومترا في الساعة",
            [("90 كيلومترا في الساعة", 90, 90, "exactly", "speed", "km/h")],
        ),
        ("توفي الفنان عن 94 عاما", [("94 عاما", 94, 94, "exactly", "age", "yr")]),
        ("تراجع عن 94 عاما من العمل", [("94 عاما", 94, 94, "exactly", "duration", "yr")]),
        ("عمره 23 ربيعا", [("23 ربيعا", 23, 23, "exactly", "age", "yr")]),
        ("مساحة 1.2 مليون م2 بطاقة كبيرة", [("1.2 مليون م2", 1.2e6, 1.2e6, "exactly", "area", "m2")]),
        ("نحو 40 كم² من الأرض", [("نحو 40 كم²", 40, 40, "about", "area", "km2")]),
        ("ثلاثة أرباع السكان", [("ثلاثة أرباع السكان", 0.75, 0.75, "exactly", "people", "")]),
        ("بضعة عشر جنديا", [("بضعة عشر جنديا", 13, 19, "about", "fighters", "")]),
        ("في الذكرى الـ49 للمسيرة", [("الذكرى الـ49", 49, 49, "exactly", "ordinal", "")]),
    ],
)
def test_figures(text: str, expected: list[Figure]) -> None:
    _, found = find_dates_and_numbers(text, THURSDAY)
    assert [
        (one.form, one.low, one.high, one.comparison, one.counting, one.unit) for one in found
    ] == expected


@pytest.mark.parametrize("text", ["بكلفة 3ر5 مليون دينار", "في الدورة 80 للجمعية"])
def test_no_value_rather_than_a_wrong_one(text: str) -> None:
    assert find_dates_and_numbers(text, THURSDAY) == ((), ())
