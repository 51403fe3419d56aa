"""Parts of weeks, months and measures; names and titles that look like dates; dates against their weekday."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.entities.model import Quantity
from kashaf.entities.values import moments
from kashaf.entities.values.reading import find_dates_and_numbers

THURSDAY = date(2025, 11, 20)


def read(text: str) -> list[tuple[str, str]]:
    return [(found.form, found.edtf) for found in find_dates_and_numbers(text, THURSDAY)[0]]


def figures(text: str) -> list[Quantity]:
    return list(find_dates_and_numbers(text, THURSDAY)[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقع الحادث مطلع الأسبوع", [("مطلع الأسبوع", "2025-11-16~")]),
        ("يلتقيان مطلع الأسبوع المقبل", [("مطلع الأسبوع المقبل", "2025-11-23~")]),
        ("وصلت منذ بداية الشهر 1,340 أسرة", [("بداية الشهر", "2025-11-01/2025-11-10~")]),
        ("في النصف الثاني من أيلول 2024", [("النصف الثاني من أيلول 2024", "2024-09-16/2024-09-30")]),
        ("في الثلث الأول من نيسان 2024", [("الثلث الأول من نيسان 2024", "2024-04-01/2024-04-10")]),
        (
            "في الأسبوع الأول من نيسان 2024",
            [("الأسبوع الأول من نيسان 2024", "2024-04-01~/2024-04-07~")],
        ),
        (
            "في الأسبوع الأخير من شهر أكتوبر الماضي",
            [("الأسبوع الأخير من شهر أكتوبر الماضي", "2025-10-25~/2025-10-31~")],
        ),
        ("انعقد في الأحد الثاني من أكتوبر 2025", [("الأحد الثاني من أكتوبر 2025", "2025-10-12")]),
        ("انعقد في الخميس الثاني من أكتوبر 2025", [("الخميس الثاني من أكتوبر 2025", "2025-10-02")]),
        ("اليوم الأول من شباط 2025", [("الأول من شباط 2025", "2025-02-01")]),
        ("ارتفع بين يناير وأكتوبر", [("يناير وأكتوبر", "2025-01/2025-10")]),
        (
            "من كانون الثاني إلى حزيران 2025",
            [("كانون الثاني إلى حزيران 2025", "2025-01/2025-06")],
        ),
        (
            "يمتد من 15 سبتمبر إلى 15 نوفمبر من كل سنة",
            [("15 سبتمبر إلى 15 نوفمبر من كل سنة", "XXXX-09-15/XXXX-11-15")],
        ),
        ("في أكتوبر من العام قبل الماضي", [("أكتوبر من العام قبل الماضي", "2023-10")]),
        ("السبت قبل الماضي", [("السبت قبل الماضي", "2025-11-08")]),
        ("الأسبوع بعد المقبل", [("الأسبوع بعد المقبل", "2025-12-01/2025-12-07")]),
        ("يومي السبت والأحد المقبلين", [("يومي السبت", "2025-11-22"), ("الأحد المقبلين", "2025-11-23")]),
        ("أمطرت في الربيع الماضي", [("الربيع الماضي", "2025-21")]),
        ("ضعف ما زرعوه في 2024 كلها", [("2024", "2024")]),
        ("يراجع الناس المركز بدءا من صباح الإثنين", [("صباح الإثنين", "2025-11-24")]),
        ("غادر منذ سنة و3 أشهر", [("منذ سنة و3 أشهر", "2024-08~")]),
        ("منذ ما يقارب ثلاث سنوات", [("منذ ما يقارب ثلاث سنوات", "2022~")]),
        ("قبل ما يزيد على عقد", [("قبل ما يزيد على عقد", "../2015~")]),
        ("سيعود بعد أكثر من شهرين", [("بعد أكثر من شهرين", "2026-01~/..")]),
        ("ينتهي العمل بعد ثلاثة أسابيع من الآن", [("بعد ثلاثة أسابيع", "2025-12-11~")]),
        ("وصل الأول من أمس", [("الأول من أمس", "2025-11-18")]),
        ("في جلسة الغد", [("الغد", "2025-11-21")]),
        ("قال الوزير العام الماضي", [("العام الماضي", "2024")]),
    ],
)
def test_dates(text: str, expected: list[tuple[str, str]]) -> None:
    found = read(text)
    assert [(form.removeprefix("يومي "), edtf) for form, edtf in found] == [
        (form.removeprefix("يومي "), edtf) for form, edtf in expected
    ]


@pytest.mark.parametrize(
    "text",
    [
        "لامس سعره الذروة",
        "زار الأمين العام السابق المدينة",
        "قال مديرها العام الحالي",
        "استقال المدعي العام السابق",
        "تلك الليلة لم ينم أحد",
        "وفي الليلة نفسها رحلوا",
        "فاز الغد بثلاثة مقاعد",
        "يفتح أيام السبت والأحد",
        "ثمنه من 1950 إلى 2000 دينار",
        "بين 1900 و2000 كيلومتر",
        "سكن بيت الجمعة",
    ],
)
def test_no_date(text: str) -> None:
    assert read(text) == []


def test_a_day_against_its_weekday_stays_open_when_no_year_is_said() -> None:
    (found,), _ = find_dates_and_numbers("زارها يوم السبت 7 أكتوبر", THURSDAY)
    assert (found.edtf, found.note) == ("XXXX-10-07", moments.WRONG_WEEKDAY)


def test_a_day_against_its_weekday_is_marked_when_its_year_is_said() -> None:
    (found,), _ = find_dates_and_numbers("زارها يوم السبت 7 أكتوبر 2025", THURSDAY)
    assert (found.edtf, found.note) == ("2025-10-07", moments.WRONG_WEEKDAY)


def test_the_beginning_of_a_week_is_within_the_first_days_of_any_country() -> None:
    (found,), _ = find_dates_and_numbers("مطلع الأسبوع", THURSDAY)
    assert (found.earliest, found.latest, found.note) == (
        date(2025, 11, 15),
        date(2025, 11, 17),
        moments.PART,
    )


@pytest.mark.parametrize(
    ("text", "form", "value", "unit"),
    [
        ("استغرق التدخل ساعة و20 دقيقة", "ساعة و20 دقيقة", 80, "min"),
        ("ساعة واحدة و20 دقيقة", "ساعة واحدة و20 دقيقة", 80, "min"),
        ("ثلاث ساعات و20 دقيقة", "ثلاث ساعات و20 دقيقة", 200, "min"),
        ("دام ساعة ونصف الساعة", "ساعة ونصف الساعة", 1.5, "h"),
        ("ثلاث ساعات ونصف ساعة", "ثلاث ساعات ونصف ساعة", 3.5, "h"),
        ("دام يومين و6 ساعات", "يومين و6 ساعات", 54, "h"),
        ("حكم عليه بسنة و3 أشهر", "سنة و3 أشهر", 15, "mo"),
        ("غاب شهرا و10 أيام", "شهرا و10 أيام", 40, "d"),
        ("طوله متر و80 سنتيمترا", "متر و80 سنتيمترا", 180, "cm"),
        ("3 كيلوغرامات و200 غرام", "3 كيلوغرامات و200 غرام", 3200, "g"),
        ("بلغت مليارا و200 مليون دولار", "مليارا و200 مليون دولار", 1.2e9, "USD"),
        ("وهو في الـ52 من عمره", "52", 52, "yr"),
        ("طفلة في السابعة من عمرها", "السابعة", 7, "yr"),
        ("فاز للمرة الثانية عشرة", "للمرة الثانية عشرة", 12, ""),
        ("تضم 32 كلية", "32 كلية", 32, ""),
    ],
)
def test_one_figure(text: str, form: str, value: float, unit: str) -> None:
    (found,) = figures(text)
    assert (found.form, found.low, found.high, found.unit) == (form, value, value, unit)


def test_months_of_any_length_are_about_right() -> None:
    (found,) = figures("غاب شهرا و10 أيام")
    assert found.comparison == "about"


@pytest.mark.parametrize("text", ["الساعة 23 و45 دقيقة", "عند الساعة الثامنة و20 دقيقة"])
def test_minutes_of_an_hour_of_the_day_last_no_time(text: str) -> None:
    assert figures(text) == []


def test_things_joined_to_a_measure_are_counted_apart() -> None:
    assert [(one.low, one.unit) for one in figures("قطعوا 12 كيلومترا و3 جسور")] == [(12, "km"), (3, "")]


def test_a_bare_number_against_another_counts_the_same() -> None:
    found = figures("أقرته بأغلبية 59 صوتا، مقابل 34")
    assert [(one.low, one.counting) for one in found] == [(59, "votes"), (34, "votes")]
