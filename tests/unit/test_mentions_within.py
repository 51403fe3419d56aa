"""What an article teaches of its own names, and dates."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.mentions import Mention, find_mentions
from kashaf.entities.rules.tagged import Silent

BOOK = NameBook([Name("تنظيم راية البحر", "organization"), Name("ثامر الصقار", "person")])


def mentions(text: str, published: date | None = None) -> tuple[Mention, ...]:
    return find_mentions(
        Article("a", text, Metadata("عنوان", published=published), Provenance("a.txt", "", "0" * 64)),
        BOOK,
        Silent(),
    )


def named(text: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.form, one.source) for one in mentions(text)]


def test_surname_after_the_full_name() -> None:
    assert named("قال الخبير فراس العنجري إن. وأضاف العنجري أن. وللعنجري رأي") == [
        ("فراس العنجري", "فراس العنجري", "cue"),
        ("فراس العنجري", "العنجري", "in-article"),
        ("فراس العنجري", "للعنجري", "in-article"),
    ]


def test_surname_before_the_full_name() -> None:
    assert named("العنجري يرد. قال الخبير فراس العنجري إن")[0] == ("فراس العنجري", "العنجري", "in-article")


@pytest.mark.parametrize(
    "text",
    [
        "يوسف العنجري وفراس العنجري قالا. ورأى العنجري",
        "قال فراس العنجري. شارع في مدينة العنجري",
        "قال فراس العنجري. وكتب بن العنجري",
    ],
)
def test_a_surname_that_may_be_somebody_else(text: str) -> None:
    assert ("فراس العنجري", "العنجري", "in-article") not in named(text)


def test_a_surname_that_is_a_common_word() -> None:
    text = "قال فراس سلام. وجرى اتفاق سلام. وأضاف سلام أن"
    assert [form for _, form, source in named(text) if source == "in-article"] == ["سلام"]
    assert mentions(text)[-1].start == text.rindex("سلام")


def test_surname_with_a_particle() -> None:
    assert named("الوزيرة نائلة بن يدّر هنا. وقالت بن يدر إن")[-1] == ("نائلة بن يدر", "بن يدر", "in-article")


def test_short_and_full_name_are_one() -> None:
    text = "قالت ميسون الورّاق إن. والعالمة ميسون الخطّابي الورّاق هنا"
    assert {name for name, _, _ in named(text)} == {"ميسون الخطابي الوراق"}


def test_the_book_names_who_it_knows() -> None:
    assert {name for name, _, _ in named("الأميرال ثامر الصقّار. وقال الصقّار إن")} == {"ثامر الصقار"}


def test_acronym_in_brackets() -> None:
    assert named("أعلن تنظيم راية البحر (رتب) ذلك. ونفى رتب") == [
        ("تنظيم راية البحر", "تنظيم راية البحر", "book"),
        ("تنظيم راية البحر", "رتب", "in-article"),
        ("تنظيم راية البحر", "رتب", "in-article"),
    ]


def test_latin_acronym_in_brackets() -> None:
    assert named("تنظيم راية البحر (RTB) ثم RTB")[1:] == [("تنظيم راية البحر", "RTB", "in-article")] * 2
    assert len(named("تنظيم راية البحر (Rtb) ثم Rtb")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "تنظيم راية البحر (أمس)",
        "تنظيم راية البحر (الجديد)",
        "تنظيم راية البحر (2019)",
        "تنظيم راية البحر، (رتب)",
    ],
)
def test_brackets_without_an_acronym(text: str) -> None:
    assert len([one for one in mentions(text) if one.type != "date"]) == 1


def test_the_name_in_quotation_marks_alone() -> None:
    text = "مدير مركز «نوارس» للبحوث. وطار «نوارس» في المركز"
    assert named(text)[-1] == ("نوارس", "نوارس", "in-article")
    text = "مدير مركز «نوارس» للبحوث. وطارت نوارس"
    assert named(text)[1:] == []
    text = "مدير مركز «نوارس» للبحوث. وذكر «نوارس» أن"
    assert named(text)[-1] == ("نوارس", "نوارس", "in-article")


def test_a_body_by_how_its_full_name_begins() -> None:
    text = "مقر اتحاد الصيادين التونسي. وقرب اتحاد الصيادين"
    assert {name for name, _, _ in named(text)} == {"اتحاد الصيادين التونسي"}
    two = "اتحاد الصيادين التونسي واتحاد الصيادين الأردني. وقرب اتحاد الصيادين"
    assert [name for name, _, _ in named(two)][-1] == "اتحاد الصيادين"


def test_days_and_months_are_mentions() -> None:
    found = [
        (one.name, one.form, one.type) for one in mentions("في 12 شباط 2025 ثم في مارس 2024 ثم عام 2019")
    ]
    assert found == [("2025-02-12", "12 شباط 2025", "date"), ("2024-03", "مارس 2024", "date")]


def test_a_relative_month_needs_the_day_of_publication() -> None:
    assert mentions("في نوفمبر الماضي") == ()
    assert [one.name for one in mentions("في نوفمبر الماضي", date(2025, 12, 3))] == ["2025-11"]


def test_no_text_no_mention() -> None:
    assert mentions("") == mentions("\n\n") == mentions("… — !") == ()
