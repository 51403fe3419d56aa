"""Dates in the bodies of articles, kind by kind."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.entities.model import DateMention
from kashaf.entities.values import moments
from kashaf.entities.values.reading import find_dates_and_numbers

MONDAY = date(2025, 11, 10)


def dates(text: str, published: date | None = MONDAY) -> list[DateMention]:
    return list(find_dates_and_numbers(text, published)[0])


def one(text: str, published: date | None = MONDAY) -> DateMention:
    found = dates(text, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("يومي 11 و17 جانفي 2026", [("11", "2026-01-11"), ("17 جانفي 2026", "2026-01-17")]),
        (
            "أيام 9 و10 و11 جوان 2017",
            [("9", "2017-06-09"), ("10", "2017-06-10"), ("11 جوان 2017", "2017-06-11")],
        ),
        ("في عامي 2022 و2025 معا", [("عامي 2022", "2022"), ("2025", "2025")]),
        ("سنوات 2014 و2015 و2016", [("سنوات 2014", "2014"), ("2015", "2015"), ("2016", "2016")]),
        (
            "الجمعة 3 رجب 1446هـ الموافق 3 يناير 2025",
            [("الجمعة 3 رجب 1446هـ", "2025-01-03"), ("3 يناير 2025", "2025-01-03")],
        ),
        ("بين جوان وأوت 2025", [("جوان وأوت 2025", "2025-06/2025-08")]),
        ("بين 28 ديسمبر و3 جانفي 2026", [("28 ديسمبر و3 جانفي 2026", "2025-12-28/2026-01-03")]),
    ],
)
def test_lists_and_ranges(text: str, forms: list[tuple[str, str]]) -> None:
    assert [(found.form, found.edtf) for found in dates(text)] == forms


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("الحادي عشر من الشهر الجاري", "2025-11-11"),
        ("15 من هذا الشهر", "2025-11-15"),
        ("10 November 2025", "2025-11-10"),
        ("نوفمبر 03, 2025", "2025-11-03"),
        ("في تشرين 2019", "2019-10/2019-11"),
        ("عام 622", "0622"),
        ("سنة 1492م", "1492"),
        ("عام ألفين وثلاثة وعشرين", "2023"),
        ("رمضان 2017", "2017-05-27/2017-06-24"),
        ("شهر رمضان المقبل", "2026-02-18/2026-03-19"),
        ("هذا الصيف", "2025-22"),
        ("نهاية الأسبوع الماضي", "2025-11-07~/2025-11-09~"),
        ("الساعات الـ24 الماضية", "2025-11-09/2025-11-10"),
        ("قبل أكثر من عقد", "../2015~"),
        ("منذ نحو عامين", "2023~"),
        ("قبل ساعتين", "2025-11-10"),
        ("الليلة الماضية", "2025-11-09"),
        ("العام الدراسي 2015/2016", "2015/2016"),
        ("النصف الثاني من شهر مايو 2017", "2017-05-16/2017-05-31"),
        ("في 17 كانون2 2024", "2024-01-17"),
        ("25 الفاتح 2003", "2003-09-25"),
        ("15 خرداد 1342", "1963-06-05"),
    ],
)
def test_values(text: str, edtf: str) -> None:
    assert one(f"كان ذلك {text} هناك").edtf == edtf


@pytest.mark.parametrize(
    "text",
    [
        "نوفمبر 2516 قراءة",
        "الهاتف 71 123 456",
        "فاز 2-1 على ضيفه",
        "بسعر 2016 دينارا",
        "الفنان مارس هوايته",
        "قال آب لابنه",
        "تيريزا ماي",
        "الرئيس رجب طيب أردوغان",
        "محمد رمضان ممثل",
        "الآية 12 من سورة",
        "المادة 5 من القانون رقم 10",
        "سوق الأحد الشعبي",
        "حزب الغد المعارض",
        "اليوم العالمي للمرأة",
        "في اليوم التالي",
        "رجل في الخمسينيات من عمره",
        "ربع النهائي",
        "صحيفة المصري اليوم",
        "شاهده 2019 شخصا",
        "صلاة الجمعة",
        "بعد ثلاثة أيام من الحادث",
        "قبل الظهر",
        "نسبة 20 في المئة",
        "t1 وt2",
        "جمعية 2015 هدفا",
        "عند الساعة 10:30",
        "فاز 6 - صفر",
        "بداية الشهر الهجري",
    ],
)
def test_no_dates(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    "text", ["أمس", "العام الماضي", "الشهر المقبل", "السبت الماضي", "قبل يومين", "صباح اليوم"]
)
def test_nothing_is_counted_from_an_unknown_day(text: str) -> None:
    found = one(text, None)
    assert (found.edtf, found.earliest, found.latest) == ("", None, None)
    assert found.anchored
    assert found.note == moments.NO_PUBLICATION


def test_an_unsaid_year() -> None:
    near = one("تسلم التقرير في 14 أكتوبر كاملا")
    assert (near.edtf, near.note, near.anchored) == ("2025-10-14", moments.YEAR_FROM_PUBLICATION, True)
    assert near.confidence < 1
    assert one("ذكرى ثورة 14 جانفي").note == moments.NAME
    assert one("تسلم التقرير في 14 أكتوبر", None).edtf == "XXXX-10-14"
    recurring = one("يحتفلون به في 8 مارس من كل سنة")
    assert (recurring.edtf, recurring.form) == ("XXXX-03-08", "8 مارس من كل سنة")
    told = dates("في 3 مارس 2014 بدأ الحصار، وفي 20 أكتوبر سقطت المدينة")
    assert [found.edtf for found in told] == ["2014-03-03", "XXXX-10-20"]


def test_a_year_before_a_country() -> None:
    assert [found.edtf for found in dates("منذ 2011 سوريا تعيش حربا")] == ["2011"]
    assert find_dates_and_numbers("منذ 2011 سوريا تعيش حربا", None)[1] == ()


def test_weekdays() -> None:
    assert (one("وقال الأربعاء إن").edtf, one("وقال الأربعاء إن").note) == (
        "2025-11-05",
        moments.WEEKDAY_BEFORE,
    )
    assert (one("سيعقد المجلس الأربعاء").edtf, one("سيعقد المجلس الأربعاء").note) == (
        "2025-11-12",
        moments.WEEKDAY_AFTER,
    )
    assert one("الأحد 10 نوفمبر 2025").note == moments.WRONG_WEEKDAY
    assert one("أمس السبت").note == moments.WEEKDAY_DECIDES
    # The weekday tells the year: 29 January was a Sunday in 2017.
    assert one("يوم الأحد 29 جانفي", date(2017, 1, 25)).edtf == "2017-01-29"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("يستأنف العمل يوم السبت", "2025-11-15"),
        ("وتنتقل المباراة إلى الملعب يوم السبت", "2025-11-15"),
        ("بداية من يوم السبت", "2025-11-15"),
        ("السبت الساعة 16:00", "2025-11-15"),
        ("قال الوزير السبت إن المجلس سيعقد جلسة", "2025-11-08"),
        ("لم يعقد الاجتماع يوم السبت", "2025-11-08"),
        ("تجرى الجولة الاثنين", "2025-11-10"),
        ("تنطلق الدورة في يناير", "2026-01"),
        ("وقع الانفجار في يناير", "2025-01"),
        ("ستستمر الأشغال حتى نهاية مارس", "2026-03-21~/2026-03-31"),
    ],
)
def test_the_tense_of_a_sentence(text: str, edtf: str) -> None:
    found = dates(text)[0]
    assert (found.edtf, bool(found.note), found.anchored) == (edtf, True, True)


def test_calendars() -> None:
    exact = one("13 رمضان 1436هـ")
    assert (exact.edtf, exact.calendar, exact.note) == ("2015-06-30", "hijri", "")
    old = one("10 محرم 1200 هـ")
    assert old.edtf.endswith("%")
    assert (old.calendar, old.note) == ("hijri approximate", moments.TABULAR)
    assert one("عام 1402 كان").edtf == ""
    assert one("عام 1446 هـ").granularity == "year"
    assert one("شهر رمضان الكريم").edtf == ""
    assert one("سنة 40 للهجرة").calendar == "hijri approximate"
    assert (one("عام 1500 قبل الميلاد").edtf, one("عام 64 ق.م").edtf) == ("", "")


def test_bounds() -> None:
    decade = one("ثمانينات القرن الماضي")
    assert (decade.earliest, decade.latest) == (date(1980, 1, 1), date(1989, 12, 31))
    month = one("شباط 2024")
    assert (month.earliest, month.latest) == (date(2024, 2, 1), date(2024, 2, 29))
    winter = one("شتاء عام 1991")
    assert (winter.earliest, winter.latest) == (date(1990, 12, 1), date(1992, 2, 29))
    assert winter.note == moments.WINTER
    early = one("أوائل 2020")
    assert (early.earliest, early.latest, early.granularity) == (
        date(2020, 1, 1),
        date(2020, 4, 30),
        "interval",
    )


def test_marks_and_clitics_stay_outside_or_inside() -> None:
    assert one("وفي عَامِ 2014 بدأ").form == "عَامِ 2014"
    assert one("لعام 2018").form == "عام 2018"
    assert one("وبحلول نوفـمبر ٢٠٢٥م").form == "نوفـمبر ٢٠٢٥م"


@pytest.mark.parametrize("published", [date.min, date.max])
@pytest.mark.parametrize(
    "text", ["قال 7 رمضان", "قبل أسبوع", "بعد ثلاثة أشهر", "الأحد المقبل", "مطلع الشهر الماضي", "7 أكتوبر"]
)
def test_the_first_and_the_last_day_that_there_are_break_nothing(text: str, published: date) -> None:
    for found in dates(text, published):
        assert found.earliest is None or found.latest is not None
