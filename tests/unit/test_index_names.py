"""Dates and months of documents, as arrays."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from kashaf_index.matching.names import are_days, months_of


def is_day(number: int) -> bool:
    try:
        date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        return number == 0
    return True


@pytest.mark.parametrize("year", [0, 1, 1900, 2000, 2023, 2024, 9999, 10_000])
def test_days_are_those_of_the_calendar(year: int) -> None:
    for number in range(year * 10_000, year * 10_000 + 1400):
        assert are_days(np.array([20240229, number, 0], np.int32)) == is_day(number)


def test_no_dates_are_days() -> None:
    assert are_days(np.empty(0, np.int32))
    assert not are_days(np.array([-1], np.int32))


def test_months_of_no_dates_are_none() -> None:
    assert months_of(np.empty(0, np.int32)).values == ("",)
    assert months_of(np.zeros(2, np.int32)).values == ("",)


def test_months_are_counted_over_years() -> None:
    months = months_of(np.array([20241231, 0, 20250201, 20250228], np.int32))
    assert [months[doc] for doc in range(4)] == ["2024-12", "", "2025-02", "2025-02"]
    assert months.counted(np.arange(4)) == {"2024-12": 1, "2025-02": 2}
