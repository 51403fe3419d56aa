"""Dates and numbers of any text whatever: written by others, they read back; spans are true; nothing overlaps."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyarabic.number import ArNumbers

from kashaf.corpus import date_words
from kashaf.entities.values.moments import of_hijri
from kashaf.entities.values.numbers import digits, read_number
from kashaf.entities.values.reading import find_dates_and_numbers
from kashaf.entities.values.words import Line

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


_PIECES = """
1 3 12 31 99 2014 2025 1446 ٢٠٢٥ 1,250 1.5 2ر3 % ٪ $ / - . ، , ( ) : + © و في من إلى حتى
بين شهر عام عامي سنة سنوات نوفمبر تشرين الثاني أيلول سبتمبر مارس محرم رمضان ربيع الأول
جمادى الآخرة الأحد السبت الموافق السادس عشر الحادي والعشرين الماضي المقبل الجاري هـ م أمس
اليوم غدا بعد قبل منذ أول الليلة مساء ليل فجر أواخر مطلع نهاية منتصف القرن العقد
الستينيات صيف الربع النصف السداسي السنوات الخمس الماضية الأسبوع هذا العام مئة ألف آلاف
مليون نصف ثلثي عشرات بضع ثلاثة خمسة عشر عشرون قتيلا شخصا دولة عضوا دولار أمريكي ليرة كم
مقتل إصابة قتل اعتقلت عدد أعضائه أكثر نحو لا يتجاوز على الأقل الـ رقم العضو التسعين عاما
العمر الساعة قتيلان جنديين كل ًُ ـ
"""
PIECES = st.sampled_from(_PIECES.split())
SOUP = st.lists(
    st.tuples(PIECES, st.sampled_from(["", " ", " ", "\u00a0", "\n", "\u200f"])), max_size=30
).map(lambda parts: "".join(word + gap for word, gap in parts))


def _words_of(number: int, feminine: int, case: int) -> str:
    writer = ArNumbers()
    writer.set_feminine(feminine)
    writer.set_format(case)
    return str(writer.int2str(str(number)))


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.integers(1, 999), st.integers(1000, 999_999), st.integers(10**6, 999_999_999)),
    st.integers(1, 2),
    st.integers(1, 2),
)
@example(82, 2, 1)
@example(190_429, 2, 2)
@example(100_000, 1, 1)
@example(200_002, 1, 1)
@example(11_011_011, 1, 1)
@example(999_999_999, 2, 2)
def test_numbers_in_words_read_back(number: int, feminine: int, case: int) -> None:
    text = _words_of(number, feminine, case)
    line = Line(text, 0, len(text))
    found = read_number(line, 0)
    assert found is not None, text
    assert (found.low, found.high) == (number, number), text
    assert found.end == line.count


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**14), st.sampled_from([",", ".", "٬"]), st.booleans())
def test_grouped_digits_read_back(number: int, sign: str, indic: bool) -> None:
    written = f"{number:,}".replace(",", sign)
    found = digits(written.translate(ARABIC_INDIC) if indic else written)
    assert found is not None
    assert found[0] == number


@settings(max_examples=150, deadline=None)
@given(
    DAYS,
    st.data(),
    st.booleans(),
    st.sampled_from(["", "من ", "من شهر "]),
    st.sampled_from(["", "عام ", "، "]),
)
def test_days_of_every_system_of_months_read_back(
    day: date, data: st.DataObject, indic: bool, of: str, year: str
) -> None:
    names = [name for name, number in date_words.gregorian_months().items() if number == day.month]
    name = data.draw(st.sampled_from(sorted(set(names) - {"مايه", "مايي", "كتوبر"})))
    text = f"{day.day} {of}{name} {year}{day.year}"
    (found,), _ = find_dates_and_numbers(text.translate(ARABIC_INDIC) if indic else text, None)
    assert found.edtf == day.isoformat()
    assert (found.earliest, found.latest, found.granularity) == (day, day, "day")
    assert (found.start, found.end) == (0, len(text))


@settings(max_examples=100, deadline=None)
@given(st.integers(1343, 1499), st.integers(1, 12), st.integers(1, 29), st.data())
def test_days_of_the_hijra_read_back(year: int, month: int, day: int, data: st.DataObject) -> None:
    names = [
        name
        for name, number in date_words.hijri_months().items()
        if number == month and not name.isascii() and not name.startswith("شهر")
    ]
    (found,), _ = find_dates_and_numbers(f"{day} {data.draw(st.sampled_from(sorted(names)))} {year}هـ", None)
    expected = of_hijri(year, month, day)
    assert expected is not None
    assert (found.edtf, found.calendar) == (expected.edtf, expected.calendar)


@settings(max_examples=100, deadline=None)
@given(DAYS, st.sampled_from(["{0:%d/%m/%Y}", "{0:%Y-%m-%d}", "{0.day}.{0.month}.{0.year}"]))
def test_dates_in_digits_read_back(day: date, shape: str) -> None:
    (found,), numbers = find_dates_and_numbers(f"في {shape.format(day)} كان", None)
    assert found.edtf == day.isoformat()
    assert numbers == ()


@settings(max_examples=200, deadline=None)
@given(SOUP, st.one_of(st.none(), st.dates()))
@example("قبل 999999999999 سنة", date.min)
@example("بعد غد منذ 9999 سنوات العام الماضي الشهر الماضي صيف الأسبوع الماضي", date.min)
@example("غدا الأسبوع المقبل العام المقبل القرن المقبل الصيف المقبل الليلة", date.max)
@example("شتاء 9999 القرن الماضي", date.max)
def test_any_soup(text: str, published: date | None) -> None:
    dates, quantities = find_dates_and_numbers(text, published)
    last = 0
    spans = [(one.start, one.end, one.form) for one in dates]
    spans += [(one.start, one.end, one.form) for one in quantities]
    for start, end, form in sorted(spans):
        assert last <= start < end
        assert text[start:end] == form
        assert "\n" not in form
        last = end
    assert all(0 < one.confidence <= 1 for one in dates)
    assert all(0 < one.confidence <= 1 for one in quantities)
    for found in dates:
        if found.earliest is not None and found.latest is not None:
            assert found.earliest <= found.latest
        assert found.edtf or found.note
        assert found.confidence == 1 or found.edtf == "" or found.note or found.anchored
        if published is None and found.anchored:
            assert found.edtf == "" or "XX" in found.edtf or found.note
    for quantity in quantities:
        assert quantity.low <= quantity.high
        assert quantity.low == quantity.high or quantity.comparison in {"between", "about", "more than", "at least",
                                                                        "less than", "at most"}  # fmt: skip
        assert "\n" not in quantity.counted


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.one_of(st.none(), st.dates()))
def test_any_text(text: str, published: date | None) -> None:
    find_dates_and_numbers(text, published)
