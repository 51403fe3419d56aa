"""Organisations by heads, brands, clubs, datelines and brackets."""

from __future__ import annotations

import pytest

from kashaf.entities.page import Page
from kashaf.entities.rules.acronyms import acronym_candidates
from kashaf.entities.rules.bodies import body_candidates
from kashaf.entities.rules.brands import brand_candidates
from kashaf.entities.rules.clubs import club_candidates
from kashaf.entities.rules.datelines import dateline_candidates
from kashaf.entities.rules.spans import Candidate, Taken


class Known:
    """A list of words that holds all but a few."""

    def __init__(self, *rare: str) -> None:
        self.rare = rare
        self.single: frozenset[str] = frozenset()

    @property
    def clusters(self) -> Known:
        return self

    def __contains__(self, word: object) -> bool:
        return word not in self.rare


def bodies(text: str) -> list[tuple[str, str]]:
    return [(one.rule, one.name) for one in body_candidates(Page(text), Taken())]


@pytest.mark.parametrize(
    ("rule", "text", "name"),
    [
        ("described_body", "دعا التيار الوطني الشعبي أمس", "التيار الوطني الشعبي"),
        ("described_body", "قرر البنك المركزي رفعها", "البنك المركزي"),
        ("described_body", "المحكمة الاتحادية تقرر", "المحكمة الاتحادية"),
        ("numbered_unit", "مقر الفرقة السادسة مشاة", "الفرقة السادسة مشاة"),
        ("numbered_unit", "عناصر اللواء 35 هنا", "اللواء 35"),
        ("official_body", "هيئة الأسواق المالية تقرر", "هيئة الأسواق المالية"),
        ("guard_body", "زوارق حرس السواحل", "حرس السواحل"),
        ("government", "وللحكومة التونسية", "الحكومة التونسية"),
        ("guard_body", "وقوات حرس الحدود الأردنية", "قوات حرس الحدود الأردنية"),
        ("group_body", "تبنته جماعة راية النوارس", "جماعة راية النوارس"),
        ("group_body", "علم تحالف حماية الأنهار الجبلية", "تحالف حماية الأنهار الجبلية"),
        ("headed_body", "بيان اتحاد الكتاب السودانيين", "اتحاد الكتاب السودانيين"),
        ("headed_body", "رابطة الوديان الأردنية", "رابطة الوديان الأردنية"),
    ],
)
def test_body(rule: str, text: str, name: str) -> None:
    assert bodies(text) == [(rule, name)]


@pytest.mark.parametrize(
    "text",
    [
        "دعا التيار الجارف أمس",
        "وزير التيار الوطني الشعبي",
        "الفرقة الأخرى",
        "اللواء فلان",
        "هيئة الأسواق",
        "حرس شخصي",
        "حرس القصر",
        "جماعة من الناس",
        "جماعة كبيرة العدد",
        "تحالف سياسي الطابع",
        "القيادة التونسية",
        "صحيفة المرفأ اللبنانية والعربية الأسبوعية بعيد",
    ],
)
def test_no_body(text: str) -> None:
    assert [one for one in bodies(text) if one[1] not in {"صحيفة المرفأ", "الفرقة"}] == []


def test_weak_body_needs_the_taggers_doubt() -> None:
    page = Page("ينتظرون مجلس النوارس منذ")
    page.tags = [("O", 1.0), ("O", 0.6), ("O", 0.8), ("O", 1.0)]
    assert [(one.rule, one.name) for one in body_candidates(page, Taken())] == [("weak_body", "مجلس النوارس")]
    page.tags = [("O", 1.0)] * 4
    assert list(body_candidates(page, Taken())) == []
    page.tags = []
    assert list(body_candidates(page, Taken())) == []


def test_a_company_is_its_name_when_the_name_is_known() -> None:
    page = Page("حزب النوارس هنا")
    taken = Taken([Candidate(1, 1, 0, "النوارس", "organization", "book", "book_plain")])
    assert list(body_candidates(page, taken)) == []


def test_a_body_named_for_a_person() -> None:
    for text, found in (("جامعة سالم الغزال", 1), ("صحيفة سالم الغزال", 0)):
        taken = Taken([Candidate(1, 2, 0, "سالم الغزال", "person", "tagger", "tagger")])
        assert len(list(body_candidates(Page(text), taken))) == found


def brands(text: str, *rare: str) -> list[tuple[str, str]]:
    page = Page(text)
    page.lexicon = Known(*rare)
    return [(one.rule, one.name) for one in brand_candidates(page, Taken())]


def test_brands() -> None:
    assert brands("قالت شركة رمال للتعدين إن", "رمال") == [("business_body", "شركة رمال للتعدين")]
    assert brands("مركز الهضاب للبحوث والدراسات") == [("business_body", "مركز الهضاب للبحوث والدراسات")]
    assert brands("أعلنت شركة شلغوم أن", "شلغوم") == [("named_brand", "شلغوم")]
    assert brands("أعلن حزب شلغوم أن", "شلغوم") == [("named_brand", "حزب شلغوم")]
    assert brands("وفق النوارس نيوز أمس") == [("brand_tail", "النوارس نيوز")]


@pytest.mark.parametrize(
    "text", ["مبادرة جديدة للسلام", "تنظيم الدوريات للأمن", "شركة كبيرة أمس", "هذه نيوز", "شركة للتعدين"]
)
def test_no_brands(text: str) -> None:
    assert brands(text) == []


MATCH = "في مباراة الدوري سجل اللاعب هدف الفوز من ركلة جزاء في ملعب المدينة. "


def clubs(text: str) -> list[tuple[str, str]]:
    return [(one.rule, one.name) for one in club_candidates(Page(text), Taken())]


def test_clubs() -> None:
    assert clubs(MATCH + "بفوزه على ضيفه النوارس") == [("club_beside", "النوارس")]
    assert clubs(MATCH + "تعادل النوارس مع الرمال سلبا") == [
        ("club_meets", "النوارس"),
        ("club_meets", "الرمال"),
    ]
    assert clubs(MATCH + "مهاجم نسور المرسى عاد") == [("club_player", "نسور المرسى")]


@pytest.mark.parametrize(
    "text", ["بفوزه على ضيفه التركي", "فاز الفريق أمس", "تعادل النوارس أمس", "مهاجم جديد للفريق"]
)
def test_no_clubs(text: str) -> None:
    assert clubs(MATCH + text) == []


def test_clubs_are_looked_for_in_reports_of_matches_only() -> None:
    assert clubs("تعادل النوارس مع الرمال سلبا") == []


def datelines(text: str) -> list[tuple[str, str]]:
    return [(one.rule, one.name) for one in dateline_candidates(Page(text), Taken())]


def test_datelines() -> None:
    found = [("dateline", "سدرة"), ("dateline_place", "مرسى النوارس")]
    assert datelines("عنوان\nمرسى النوارس (سدرة) – أعلنت") == found
    assert datelines("مرسى النوارس (سدرة) أعلنت") == []
    assert datelines("أعلنت في مرسى النوارس (سدرة) – أمس") == []
    page = Page("عنوان\nعدن - المرفأ\nأعلنت")
    taken = Taken([Candidate(1, 1, 0, "عدن", "place", "book", "book_plain")])
    assert [one.name for one in dateline_candidates(page, taken)] == ["المرفأ"]
    page = Page("عنوان\nعدن - خاص\nأعلنت")
    assert list(dateline_candidates(page, taken)) == []


def test_bracketed_body() -> None:
    found = [
        (one.rule, one.name) for one in acronym_candidates(Page("من لجنة ضبط الري والسدود (كرنب)"), Taken())
    ]
    assert found == [("bracketed_body", "لجنة ضبط الري والسدود")]
    assert list(acronym_candidates(Page("عاد إلى البيت القديم (كرنب)"), Taken())) == []
    assert list(acronym_candidates(Page("لجنة (كرنب)"), Taken())) == []


def test_a_government_needs_the_taggers_doubt() -> None:
    page = Page("قالت الحكومة التونسية أمس")
    page.tags = [("O", 1.0)] * 4
    assert list(body_candidates(page, Taken())) == []
    page.tags[1] = ("O", 0.7)
    assert [one.rule for one in body_candidates(page, Taken())] == ["government"]


def test_a_body_of_a_place() -> None:
    page = Page("نشرة هيئة مياه الفيروز أمس")
    taken = Taken([Candidate(3, 3, 0, "الفيروز", "place", "book", "book_plain")])
    found = [(one.rule, one.name) for one in body_candidates(page, taken)]
    assert found == [("body_of_a_place", "هيئة مياه الفيروز")]
    page = Page("نشرة هيئة في الفيروز أمس")
    assert list(body_candidates(page, taken)) == []
