from __future__ import annotations

import pytest

from kashaf.bidi.direction import direction


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قالت الوزارة", "rtl"),
        ("Reuters reported", "ltr"),
        ("CNN قالت الوزارة", "rtl"),
        ("The word نعم means yes", "ltr"),
        ("שלום עולם", "rtl"),
        ("ab نص", "rtl"),
        ("خبر https://example.org/a/very/long/path/indeed", "rtl"),
        ("https://example.org", "ltr"),
        ("", "ltr"),
        ("2025، 30%", "ltr"),
        ("٢٠٢٥", "ltr"),
        ("\ud800\x00", "ltr"),
    ],
)
def test_the_majority_of_strong_letters_decides(text: str, expected: str) -> None:
    assert direction(text) == expected


def test_one_direction_holds_for_the_whole_document() -> None:
    paragraphs = ["قالت الوزارة إن الاجتماع تأجل", "CNN:", "Reuters / AFP", "وأضافت أن الموعد لم يحدد"]
    assert [direction(text) for text in paragraphs] == ["rtl", "ltr", "ltr", "rtl"]
    assert direction("\n".join(paragraphs)) == "rtl"
