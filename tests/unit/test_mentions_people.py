"""People by cue, one rule at a time."""

from __future__ import annotations

import pytest

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.mentions import find_mentions
from kashaf.entities.page import Page
from kashaf.entities.rules.people import given_name, title_name
from kashaf.entities.rules.spans import Taken
from kashaf.entities.rules.tagged import Silent

BOOK = NameBook([Name("أرجوان", "place"), Name("وادي السدر", "place")])


def people(text: str) -> list[str]:
    article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    return [one.form for one in find_mentions(article, BOOK, Silent()) if one.type == "person"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قال المبعوث هنريك فالستروم إن", "هنريك فالستروم"),
        ("التقى الأميرال ثامر الصقّار، قائد التحالف", "ثامر الصقّار"),
        ("وصل الرئيس الأرجواني عدنان الكوثراني إلى القصر", "عدنان الكوثراني"),
        ("وللرئيس عدنان الكوثراني رأي", "عدنان الكوثراني"),
        ("المبعوث الأممي الخاص إلى أرجوان، هنريك فالستروم، غادر", "هنريك فالستروم"),
        ("رأى الخبير «غزوان الصلتاني» أن", "غزوان الصلتاني"),
        ("السفيرة كلوديا رينهولت.", "كلوديا رينهولت"),
        ("الوزيرة نائلة بن يدّر في المؤتمر", "نائلة بن يدّر"),
        ("التاجر يوسف أبو الميزان وصل", "يوسف أبو الميزان"),
    ],
)
def test_title_before_a_name(text: str, name: str) -> None:
    assert people(text) == [name]


@pytest.mark.parametrize(
    "text",
    ["الرئيس يزور المدينة", "الوزير قال إن الأمور", "صفوف الفريق بلاعبين متميزين", "الرئيس السابق للبلاد",
     "المدير العام للشركة", "الكاتب لمحاولة اغتيال", "الملك عدة أيام", "المبعوث\nغزوان الصلتاني", "السيد الرئيس"],
)  # fmt: skip
def test_title_before_no_name(text: str) -> None:
    assert people(text) == []


def test_the_title_rule_stands_alone() -> None:
    page = Page("المبعوث غزوان الصلتاني.")
    found = title_name(page, Taken(), 0)
    assert found is not None
    assert (found.name, found.source) == ("غزوان الصلتاني", "cue")
    assert title_name(page, Taken(), 1) is None


@pytest.mark.parametrize("text", ["د. غادة شمسان", "د.غادة شمسان", "قالت د. غادة شمسان", "د/ غادة شمسان"])
def test_abbreviated_doctor(text: str) -> None:
    assert people(text) == ["غادة شمسان"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قالت ميسون الخطّابي الورّاق إن", "ميسون الخطّابي الورّاق"),
        ("سجل إلياس تومرت هدفين", "إلياس تومرت"),
        ("التقى يوسف أبوالميزان", "يوسف أبوالميزان"),
        ("مع عبد الرزاق الشيخاني في", "عبد الرزاق الشيخاني"),
        ("مع عبدالرزاق الشيخاني في", "عبدالرزاق الشيخاني"),
        ("حضر عبد الله بن خليفة العطري", "عبد الله بن خليفة العطري"),
        ("وفراس بوعجيلة حاضر", "فراس بوعجيلة"),
    ],
)
def test_given_name(text: str, name: str) -> None:
    assert people(text) == [name]


@pytest.mark.parametrize(
    "text",
    ["على هامش المؤتمر", "يوسف قال", "محمد", "كريم الأصل والطبع", "مبارك هذا العمل", "عمر الشجرة مئة عام",
     "محمد السابق", "بيان القيادة المركزية", "باسم السفارة", "أسماء قراهم كُتبت", "يوسف والرئيس"],
)  # fmt: skip
def test_given_name_that_begins_nothing(text: str) -> None:
    assert people(text) == []


def test_a_given_name_that_is_a_word_needs_a_cue() -> None:
    assert people("كريم الشيخاني") == []
    assert people("وأضاف كريم الشيخاني أن") == ["كريم الشيخاني"]
    assert people("رئيس نقابة العمال كريم الشيخاني") == ["كريم الشيخاني"]


def test_ali_is_told_from_a_preposition() -> None:
    assert people("السيد علي الشيخاني") == ["علي الشيخاني"]
    assert people("السيد على الشيخاني") == []


def test_a_name_ends_before_a_place_of_the_book() -> None:
    assert people("وصل يوسف الشيخاني وادي السدر") == ["يوسف الشيخاني"]
    assert given_name(Page("يوسف أرجوان"), Taken(), 0) is not None


def test_words_after_a_name_stay_outside() -> None:
    assert people("نائلة بن يدّر خيطا") == ["نائلة بن يدّر"]
    assert people("الرئيس عدنان الكوثراني السابق") == ["عدنان الكوثراني"]
