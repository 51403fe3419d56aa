"""Finding dates in any text whatever."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

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
