"""Finding dates in any text whatever."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.corpus import date_words, solar_hijri
from kashaf.corpus.dates import find_dates, parse_date
from kashaf.corpus.hijri import to_gregorian

PIECES = st.sampled_from(
    [
        "1",
        "3",
        "10",
        "31",
        "99",
        "2025",
        "1446",
        "٢٠٢٥",
        "١٤٤٦",
        "۲۰۲۵",
        "/",
        "-",
        ".",
        "،",
        ",",
        "(",
        ")",
        "و",
        "في",
        "من",
        "شهر",
        "عام",
        "عامي",
        "سنة",
        "نوفمبر",
        "تشرين",
        "الثاني",
        "أيلول",
        "سبتمبر",
        "محرم",
        "رمضان",
        "جمادى",
        "الأولى",
        "الأحد",
        "الموافق",
        "السادس",
        "الماضي",
        "المقبل",
        "هـ",
        "م",
        "ه",
        "ًُ",
        "ـ",
        "\u200f",
        "May",
        "oct.",
        "date",
        "T10:00",
    ]
)
SOUP = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "\u00a0", "\n"])), max_size=25).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


@given(st.one_of(st.text(max_size=80), SOUP))
@settings(max_examples=200, deadline=None)
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for found in find_dates(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from("/-."))
@settings(max_examples=100, deadline=None)
def test_numeric_dates_read_back_day_first(day: date, separator: str) -> None:
    text = f"{day.day:02}{separator}{day.month:02}{separator}{day.year}"
    assert [found.value for found in find_dates(f"نشر في {text}.")] == [day]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
@settings(max_examples=50, deadline=None)
def test_iso_dates_read_back(day: date) -> None:
    found = parse_date(day.isoformat())
    assert found is not None
    assert found.value == day


@given(st.integers(1, 1600), st.integers(1, 12), st.integers(1, 29))
@settings(max_examples=100, deadline=None)
def test_hijri_days_follow_each_other(year: int, month: int, day: int) -> None:
    this, following = to_gregorian(year, month, day), to_gregorian(year, month, day + 1)
    assert this is not None
    assert following is not None
    assert 0 <= (following[0] - this[0]).days <= 3


@given(st.one_of(st.text(max_size=40), st.integers(), st.none(), st.floats(), st.lists(st.integers())))
@settings(max_examples=100, deadline=None)
def test_any_field_value_is_survived(value: object) -> None:
    parse_date(value)


SYRIAC = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
EGYPTIAN = [
    "يناير",
    "فبراير",
    "مارس",
    "إبريل",
    "مايو",
    "يونية",
    "يولية",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
TUNISIAN = [
    "جانفي",
    "فيفري",
    "مارس",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية",
    "أوت",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
MOROCCAN = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
]
MAURITANIAN = [
    "يناير",
    "فبراير",
    "مارس",
    "إبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغشت",
    "شتمبر",
    "أكتوبر",
    "نوفمبر",
    "دجمبر",
]
LIBYAN = [
    "أي النار",
    "النوار",
    "الربيع",
    "الطير",
    "الماء",
    "الصيف",
    "ناصر",
    "هانيبال",
    "الفاتح",
    "التمور",
    "الحرث",
    "الكانون",
]
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
FRENCH = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
TURKISH = [
    "Ocak",
    "Şubat",
    "Mart",
    "Nisan",
    "Mayıs",
    "Haziran",
    "Temmuz",
    "Ağustos",
    "Eylül",
    "Ekim",
    "Kasım",
    "Aralık",
]
KURDISH = [
    "کانوونی دووەم",
    "شوبات",
    "ئازار",
    "نیسان",
    "ئایار",
    "حوزەیران",
    "تەمموز",
    "ئاب",
    "ئەیلوول",
    "تشرینی یەکەم",
    "تشرینی دووەم",
    "کانوونی یەکەم",
]
SOLAR = [
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
]
HIJRI = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
]
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
DIGITS = st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "٠1٢3٤5٦7٨9"])
FORMS = st.sampled_from(
    [
        "{d} {m} {y}",
        "{d} {m}، {y}",
        "{d} من {m} {y}",
        "{d} من شهر {m} من عام {y}",
        "{d} {m} لعام {y}م",
        "{d}/{m}/{y}",
        "{d}-{m}-{y}",
        "{d} - {m} - {y}",
        "{w} {d} {m} {y}",
        "{w}، {d} {m} {y}",
        "{w} الموافق {d} {m} {y} م",
    ]
)
ARABIC_ONLY = st.sampled_from(
    ["{m} {d}, {y}", "{w} {m} {d}، {y}", "{y} {m} {d}", "{d} {m} ({m2}) {y}", "{d} {m2}/{m} {y}"]
)
NUMERIC = st.sampled_from(
    [
        "{d}/{n}/{y}",
        "{d}-{n}-{y}",
        "{d}.{n}.{y}",
        "{d} / {n} / {y}",
        "{y}-{n}-{d}",
        "{y}/{n}/{d}",
        "{w} {d}/{n}/{y}",
        "{d}⁄{n}⁄{y}",
    ]
)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


def written(form: str, digits: str, day: date, months: list[str], also: list[str] | None = None) -> str:
    text = form.format(
        d=day.day,
        n=f"{day.month:02}",
        y=day.year,
        w=WEEKDAYS[day.weekday()],
        m=months[day.month - 1],
        m2=(also or months)[day.month - 1],
    )
    return text.translate(str.maketrans("0123456789", digits))


@given(
    DAYS,
    FORMS,
    DIGITS,
    st.sampled_from([SYRIAC, EGYPTIAN, TUNISIAN, MOROCCAN, MAURITANIAN, ENGLISH, FRENCH, TURKISH]),
)
@settings(max_examples=200, deadline=None)
def test_every_form_in_every_month_system(day: date, form: str, digits: str, months: list[str]) -> None:
    (found,) = find_dates("نشر في " + written(form, digits, day, months))
    assert (found.value, found.granularity, found.calendar) == (day, "day", "gregorian")
    assert found.note == ""


@given(DAYS, ARABIC_ONLY, DIGITS, st.sampled_from([EGYPTIAN, TUNISIAN, MOROCCAN]))
@settings(max_examples=150, deadline=None)
def test_month_first_and_dual_names(day: date, form: str, digits: str, months: list[str]) -> None:
    (found,) = find_dates("نشر في " + written(form, digits, day, months, SYRIAC))
    assert (found.value, found.note) == (day, "")


@given(DAYS, NUMERIC, DIGITS)
@settings(max_examples=150, deadline=None)
def test_every_numeric_form(day: date, form: str, digits: str) -> None:
    (found,) = find_dates("نشر في " + written(form, digits, day, EGYPTIAN))
    assert found.value == day
    doubtful = form.index("{d}") < form.index("{y}") and day.day <= 12 and day.day != day.month
    assert found.note == ("day first" if doubtful else "")


@given(
    DAYS,
    st.sampled_from(["{d} {m} {y}", "{d} {m} لعام {y}", "{w} {d} {m} {y}"]),
    st.sampled_from([LIBYAN, KURDISH]),
)
@settings(max_examples=100, deadline=None)
def test_months_that_need_a_day_and_a_year(day: date, form: str, months: list[str]) -> None:
    (found,) = find_dates("نشر في " + written(form, "0123456789", day, months))
    assert (found.value, found.note) == (day, "")


@given(st.integers(1343, 1499), st.integers(1, 12), st.integers(1, 29), DIGITS)
@settings(max_examples=100, deadline=None)
def test_hijri_days_by_name_and_number(year: int, month: int, day: int, digits: str) -> None:
    expected = to_gregorian(year, month, day)
    assert expected is not None
    for text in (
        f"{day} {HIJRI[month - 1]} {year}هـ",
        f"{day}/{month:02}/{year} هـ",
        f"{year}-{month}-{day}هـ",
    ):
        (found,) = find_dates("في " + text.translate(str.maketrans("0123456789", digits)))
        # Of a month that the table has short, the last day is only near.
        assert (found.value, found.calendar) == (expected[0], "hijri" if expected[1] else "hijri approximate")


@given(st.integers(1250, 1499), st.integers(1, 12), st.integers(1, 29))
@settings(max_examples=100, deadline=None)
def test_solar_days_follow_each_other(year: int, month: int, day: int) -> None:
    this, following = (
        solar_hijri.to_gregorian(year, month, day),
        solar_hijri.to_gregorian(year, month, day + 1),
    )
    assert this is not None
    if following is not None:
        assert (following - this).days == 1
    (found,) = find_dates(f"{day} {SOLAR[month - 1]} {year}")
    assert (found.value, found.calendar) == (this, "solar hijri")


def test_a_solar_year_has_no_gap() -> None:
    for year in range(1300, 1420):
        last = solar_hijri.to_gregorian(year, 12, 30) or solar_hijri.to_gregorian(year, 12, 29)
        first = solar_hijri.to_gregorian(year + 1, 1, 1)
        assert last is not None
        assert first is not None
        assert (first - last).days == 1


@given(st.text(max_size=100).filter(lambda text: date_words.MARK.search(text) is None))
@settings(max_examples=200, deadline=None)
def test_the_quick_fold_is_the_fold(text: str) -> None:
    assert date_words.fold_unmarked(text) == date_words.fold(text)
