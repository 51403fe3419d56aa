"""The axis cut into periods."""

from __future__ import annotations

from datetime import date

from tests.statements_support import Corpus, day

from kashaf.entities.statements.periods import counts, fitting_zoom, label, periods, stretch


def corpus_of(*edtf: str) -> Corpus:
    corpus = Corpus()
    for number, value in enumerate(edtf):
        corpus.add(f"جرى الحدث رقم {number} في ⟦ذلك الوقت|date|{value}⟧ أمام الناس.")
    return corpus


def test_what_is_coarser_than_the_zoom_has_a_period_of_its_own() -> None:
    found = corpus_of("2024", "2024-01", "2024-01-05", "2024-03-09").timeline().dated
    assert [(one.key, one.grain, len(one.statements)) for one in periods(found, "month")] == [
        ("2024", "year", 1),
        ("2024-01", "month", 2),
        ("2024-03", "month", 1),
    ]
    assert [one.key for one in periods(found, "day")] == ["2024", "2024-01", "2024-01-05", "2024-03-09"]
    (year,) = periods(found, "year")
    assert (year.key, len(year.statements), year.first, year.last) == (
        "2024",
        4,
        day("2024-01-01"),
        day("2024-12-31"),
    )
    assert [one.key for one in periods(found, "decade")] == ["202X"]


def test_an_interval_is_a_period_of_its_own() -> None:
    found = corpus_of("2024-01-28/2024-03-02", "2024-02").timeline().dated
    assert [one.key for one in periods(found, "month")] == ["2024-01-28/2024-03-02", "2024-02"]


def test_a_count_for_each_stretch_also_for_empty_ones() -> None:
    found = corpus_of("2023-11-30", "2024-02", "2024-02-05", "2024").timeline().dated
    assert counts(found, "month") == [
        (day("2023-11-01"), 1),
        (day("2023-12-01"), 0),
        (day("2024-01-01"), 0),
        (day("2024-02-01"), 2),
    ]
    assert counts(found, "year") == [(day("2023-01-01"), 1), (day("2024-01-01"), 3)]
    assert counts((), "year") == []


def test_the_axis_has_a_limit() -> None:
    found = corpus_of("0001-01-01", "2024-02-05").timeline().dated
    row = counts(found, "day")
    assert len(row) == 4_000
    assert row[-1] == (day("2024-02-05"), 1)
    assert counts(found, "decade")[0] == (date.min, 1)


def test_the_zoom_fits_what_is_said() -> None:
    assert fitting_zoom(corpus_of("2025-11-01", "2025-12-05").timeline().dated) == "day"
    assert fitting_zoom(corpus_of("2023-11-01", "2025-12-05").timeline().dated) == "month"
    assert fitting_zoom(corpus_of("1980", "2025-12-05").timeline().dated) == "year"
    assert fitting_zoom(corpus_of("1880", "2025-12-05").timeline().dated) == "decade"
    assert fitting_zoom(()) == "month"
    # One sentence on a caliph does not decide.
    days = [f"2025-11-{number:02}" for number in range(1, 29)]
    assert fitting_zoom(corpus_of("0750", *days).timeline().dated) == "day"


def test_stretches_at_the_ends_of_the_calendar() -> None:
    assert stretch(day("9999-12-31"), "month") == (day("9999-12-01"), date.max)
    assert stretch(day("9999-12-31"), "decade") == (day("9990-01-01"), date.max)
    assert stretch(date.min, "decade") == (date.min, day("0009-12-31"))
    assert label(date(1, 1, 1), "decade") == "000X"
    assert label(day("2025-11-01"), "month") == "2025-11"
