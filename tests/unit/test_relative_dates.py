"""Days by their distance, from a known day only."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.corpus.relative_dates import find_relative

SATURDAY = date(2025, 11, 8)


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("قال اليوم إن", "اليوم", "2025-11-08"),
        ("اليوم الجمعة", "اليوم الجمعة", "2025-11-07"),
        ("وقال أمس الجمعة", "أمس الجمعة", "2025-11-07"),
        ("أول من أمس", "أول من أمس", "2025-11-06"),
        ("أمس الأول", "أمس الأول", "2025-11-06"),
        ("يصل غدًا إلى", "غدًا", "2025-11-09"),
        ("بعد غد", "بعد غد", "2025-11-10"),
        ("الثلاثاء الماضي", "الثلاثاء الماضي", "2025-11-04"),
        ("السبت الماضي", "السبت الماضي", "2025-11-01"),
        ("والثلاثاء المقبل", "الثلاثاء المقبل", "2025-11-11"),
        ("قبل يومين", "قبل يومين", "2025-11-06"),
        ("منذ ٣ أيام", "منذ ٣ أيام", "2025-11-05"),
        ("قبل خمسة أيام", "قبل خمسة أيام", "2025-11-03"),
        ("بعد أسبوعين", "بعد أسبوعين", "2025-11-22"),
        ("منذ ساعتين", "منذ ساعتين", "2025-11-08"),
    ],
)
def test_from_the_day_of_publication(text: str, written: str, value: str) -> None:
    (found,) = find_relative(text, SATURDAY)
    assert (found.text, str(found.value)) == (written, value)
    assert text[found.start : found.end] == written
    assert found.confidence < 1 or "الجمعة" in text
    assert list(find_relative(text, None)) == []


@pytest.mark.parametrize(
    "text",
    ["قبل سنة", "منذ 40 ساعة", "الثلاثاء", "اليومية", "قبل الظهر", "بعد يوم العيد", "قبل يوم الثلاثاء"],
)
def test_too_vague(text: str) -> None:
    assert list(find_relative(text, SATURDAY)) == []


def test_the_end_of_time() -> None:
    assert list(find_relative("غدا", date.max)) == []
    assert list(find_relative("قبل 999 أيام", date.min)) == []
