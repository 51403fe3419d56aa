"""How dates, numbers and reasons are worded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.statements_support import Corpus, quantity

from kashaf.entities.values import moments
from kashaf_tui.explorer.panes.timeline import date_words, from_right
from kashaf_tui.explorer.timeline_words import about_statement, why_together
from kashaf_tui.explorer.wording import Wording
from kashaf_tui.explorer.wording_timeline import NOTES
from kashaf_tui.timeline_text import around, number, number_words, shown_value


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2025-11-03", "2025-11-03"),
        ("2025~", "~2025"),
        ("2020-05~/2020-08~", "~2020-05–~2020-08"),
        ("2024-05-01/..", "2024-05-01–…"),
        ("../2024", "…–2024"),
        ("198X", "198X"),
        ("", ""),
    ],
)
def test_values_as_people_read_them(edtf: str, shown: str) -> None:
    assert shown_value(edtf) == shown


def test_numbers_with_their_comparison_and_unit() -> None:
    one = quantity(0, "80 دولة", "other", ">80")
    assert number_words(one) == "> 80"
    money = replace(one, low=1_500_000, high=1_500_000, comparison="about", unit="USD")
    assert number_words(money) == "~ 1,500,000 USD"
    assert number_words(replace(one, low=12.5, high=12.5, comparison="exactly", unit="%")) == "12.5%"
    assert number_words(replace(one, low=3, high=5, comparison="between")) == "3–5"
    assert number(0.25) == "0.25"


def test_the_words_that_matter_are_seen() -> None:
    text = "كلمة " * 30 + "هنا" + " كلمة" * 10
    start = text.index("هنا")
    shown, span = around(text, (start, start + 3), 40)
    assert shown[slice(*span)] == "هنا"
    assert span[1] <= 40
    assert shown.startswith("… كلمة")
    assert around("قصير هنا", (5, 8), 40) == ("قصير هنا", (5, 8))


def test_a_bar_that_begins_at_the_right() -> None:
    assert from_right("██") == "██"
    assert from_right("██▎") == "██▐"
    assert from_right("█▊") == "██"


def test_every_note_of_a_date_can_be_translated() -> None:
    said = {value for name, value in vars(moments).items() if name.isupper() and isinstance(value, str)}
    assert said <= set(NOTES)


def test_what_is_told_of_a_statement() -> None:
    corpus = Corpus()
    corpus.add("جرى الأمر ⟦أمس|date|@2025-11-02⟧ في المدينة القديمة.", "سدرة")
    (one,) = corpus.timeline()
    told = about_statement(one, Wording("en"))
    assert "date counted from publication" in told
    assert "سدرة" in told


def test_why_figures_stand_together() -> None:
    corpus = Corpus()
    name = "مجلس الموانئ"
    for outlet in ("سدرة", "المرفأ"):
        corpus.add(f"في ⟦{name}|org|{name}⟧ ⟦15 عضوا|members|15⟧ منتخبون.", outlet)
    (claim,) = corpus.claims()
    say = Wording("en")
    assert why_together(claim, say) == "together because: members of one body"
    assert why_together(replace(claim, copies=True), say) == "together because: copies of one text"
    other = replace(claim, counting="money")
    assert "منتخبون" in why_together(other, say)
    assert why_together(replace(other, words=()), say) == "together because: same names"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2025-06-02", "2025-06-02"),
        ("2025-06-02/2025-06-08", "2025-06-02–…"),
        ("@2025-06-02/2025-06-08", "2025-06-02–…*"),
        ("2025-06-02/..", "2025-06-02–…"),
    ],
)
def test_an_interval_that_is_too_long_is_cut_after_its_first_day(value: str, shown: str) -> None:
    corpus = Corpus()
    corpus.add(f"جرى الأمر ⟦الأسبوع الماضي|date|{value}⟧ في المدينة القديمة.", "سدرة")
    (one,) = corpus.timeline()
    assert date_words(one) == shown
