"""Organisations by cue, one rule at a time."""

from __future__ import annotations

import pytest

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.mentions import find_mentions
from kashaf.entities.page import Page
from kashaf.entities.rules import bodies
from kashaf.entities.rules.spans import Taken
from kashaf.entities.rules.tagged import Silent

BOOK = NameBook([Name("دمشق", "place"), Name("الفيروز", "place")])


def organizations(text: str) -> list[str]:
    article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    return [one.form for one in find_mentions(article, BOOK, Silent()) if one.type == "organization"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("المؤسسة العامة للحبوب تشتري", "المؤسسة العامة للحبوب"),
        ("الهيئة المستقلة للانتخابات", "الهيئة المستقلة للانتخابات"),
        ("الشبكة الأرجوانية لحقوق الإنسان", "الشبكة الأرجوانية لحقوق الإنسان"),
        ("والمركز الوطني للبحوث والدراسات", "المركز الوطني للبحوث والدراسات"),
    ],
)
def test_definite_body(text: str, name: str) -> None:
    assert organizations(text) == [name]


@pytest.mark.parametrize(
    "text", ["المؤسسة العامة", "الهيئة للانتخابات", "المجلس الجديد لم يجتمع", "البنك التجاري لتحقيق النجاح"]
)
def test_no_definite_body(text: str) -> None:
    assert organizations(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("حزب الميزان والعدل يفوز", "حزب الميزان والعدل"),
        ("نادي نجوم الفيروز", "نادي نجوم الفيروز"),
        ("جامعة دمشق", "جامعة دمشق"),
        ("معهد الهضاب للآثار", "معهد الهضاب للآثار"),
        ("بمستشفى النوارس الجامعي", "مستشفى النوارس الجامعي"),
        ("صحيفة المرفأ أمس", "صحيفة المرفأ"),
        ("نقابة عمال المرافئ", "نقابة عمال المرافئ"),
        ("جامعة الملك غزوان", "جامعة الملك غزوان"),
    ],
)
def test_headed_body(text: str, name: str) -> None:
    assert organizations(text) == [name]


@pytest.mark.parametrize(
    "text",
    ["حزب معارض", "حركة الطائرات", "مركز المدينة", "جامعة عريقة", "موقع الهجوم", "شركة كبيرة", "حزب الذي",
     "منظمة إلى", "هيئة المكتب", "حكومة الظل"],
)  # fmt: skip
def test_no_headed_body(text: str) -> None:
    assert organizations(text) == []


@pytest.mark.parametrize(
    "text", ["عاد البحارة إلى الميناء (أمس)", "حماية، الممرات البحرية (تحم)", "نقص حاد (تحمب) في"]
)
def test_brackets_that_spell_nothing(text: str) -> None:
    assert organizations(text) == []


def test_a_body_of_the_book_is_not_cut_or_stretched() -> None:
    book = NameBook([Name("حزب الميزان", "organization")])
    page = Page("حزب الميزان والعدل")
    assert bodies.headed_body(page, Taken(), 0) is not None
    article = Article("a", page.text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    assert [one.form for one in find_mentions(article, book, Silent())] == ["حزب الميزان"]
