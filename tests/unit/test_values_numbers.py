"""Numbers in digits and in words."""

from __future__ import annotations

import pytest

from kashaf.entities.values.numbers import digits, read_number
from kashaf.entities.values.words import Line


def read(text: str) -> tuple[float, float, int]:
    number = read_number(Line(text, 0, len(text)), 0)
    assert number is not None
    return number.low, number.high, number.end


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,250", 1250),
        ("١٬٢٥٠", 1250),
        ("1.250.000", 1_250_000),
        ("1.250", 1250),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("١٢٫٥", 12.5),
        ("1.250,75", 1250.75),
        ("1,250.75", 1250.75),
        ("0.327", 0.327),
        ("5ر656", 656.5),
        ("656ر5", 656.5),
        ("007", 7),
        ("۲۰۲۵", 2025),
    ],
)
def test_digits(written: str, value: float) -> None:
    found = digits(written)
    assert found is not None
    assert found[0] == value


@pytest.mark.parametrize("written", ["1.2.3", "9" * 16, "1,2,3", "1.5,5.5", "4ر5", "1٫2٫3"])
def test_no_digits(written: str) -> None:
    assert digits(written) is None


def test_a_single_group_may_be_a_fraction() -> None:
    sure = digits("1,250")
    less = digits("1.250")
    assert sure is not None
    assert less is not None
    assert 1 > sure[1] > less[1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("مئة وخمسين", 150),
        ("مائتي", 200),
        ("ألفين وثلاثمئة", 2300),
        ("خمسة عشر", 15),
        ("اثنتان وثمانون", 82),
        ("ثلاث مئة وواحد", 301),
        ("مليون ونصف المليون", 1_500_000),
        ("مليون ونصف مليون", 1_500_000),
        ("مليارين ونصف", 2_500_000_000),
        ("ثلاثة وربع", 3.25),
        ("خمسين مليارا ومئتي مليون", 50_200_000_000),
        ("سبعة وعشرون ألفا وأربعمائة", 27_400),
        ("نصف مليون", 500_000),
        ("25 مليون", 25_000_000),
        ("3 ملايين و200 ألف", 3_200_000),
        ("80 ألف 696", 80_696),
        ("أربع وعشرين", 24),
        ("خمسة و ثلاثون ألف و مئتان", 35_200),
        ("ألفا جندي", 2000),
        ("ألفًا", 1000),
    ],
)
def test_words(text: str, value: float) -> None:
    assert read(text)[:2] == (value, value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("عشرات", 20, 99),
        ("مئات الآلاف", 200_000, 999_999),
        ("عشرات الآلاف", 20_000, 99_999),
        ("آلاف", 2000, 9999),
        ("بضع عشرات", 30, 90),
        ("بضعة آلاف", 3000, 9000),
        ("بضعة", 3, 9),
    ],
)
def test_vague_words(text: str, low: float, high: float) -> None:
    assert read(text)[:2] == (low, high)


@pytest.mark.parametrize(
    ("text", "end"), [("ثلاثة أربعة", 1), ("مئة مئتين", 1), ("5 وثلاثة", 1), ("ألف مليار", 1)]
)
def test_a_number_ends_where_the_next_begins(text: str, end: int) -> None:
    assert read(text)[2] == end
