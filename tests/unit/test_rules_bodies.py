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
        ("guard_body", "زوارق حرس السواحل", "حرس السواحل"),
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


def test_a_head_that_the_tagger_half_sees() -> None:
    page = Page("وعدت مكتبة النوارس بتعويض")
    page.tags = [("O", 1.0), ("O", 0.5), ("O", 0.5), ("O", 1.0)]
    found = [(one.rule, one.name) for one in body_candidates(page, Taken())]
    assert found == [("half_seen_body", "مكتبة النوارس")]
    page.tags[1] = ("B-ORG", 0.9)  # what it has decided on has been trimmed
    assert list(body_candidates(page, Taken())) == []
    page.tags[1] = ("O", 0.9)
    assert list(body_candidates(page, Taken())) == []


def test_the_taggers_own_bounds_hold_where_it_is_sure() -> None:
    page = Page("قالت جامعة النوارس الأردنية إن")
    for chance, found in ((0.9, 0), (0.5, 1)):
        own = Candidate(1, 2, 0, "جامعة النوارس", "organization", "tagger", "tagger", chance)
        assert len(list(body_candidates(page, Taken([own])))) == found


def test_the_seat_of_a_region_is_no_body() -> None:
    page = Page("مركز الهضاب أمس")
    page.tags = [("O", 0.5), ("O", 0.5), ("O", 1.0)]
    hills = Taken([Candidate(1, 1, 0, "الهضاب", "place", "book", "book_plain")])
    assert list(body_candidates(page, hills)) == []


def test_what_is_joined_to_a_complement_may_be_another_body() -> None:
    assert bodies("نقابة التمريض والاتحاد العام للمهن")[0] == ("headed_body", "نقابة التمريض")


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
    assert brands("وفق النوارس نيوز أمس") == [("brand_tail", "النوارس نيوز")]
    assert brands("فازت شلغوم نوارس كابيتال أمس", "شلغوم") == [("brand_tail", "شلغوم نوارس كابيتال")]


def test_a_brand_has_more_right_to_its_words_than_a_place() -> None:
    page = Page("اشترت سدرة مرجان كارغو طائرتين")
    page.lexicon = Known()
    sedra = Candidate(1, 2, 0, "سدرة مرجان", "place", "tagger", "tagger")
    found = [one.name for one in brand_candidates(page, Taken([sedra]))]
    assert found == ["سدرة مرجان كارغو"]
    whole = Candidate(1, 3, 0, "سدرة مرجان كارغو", "organization", "tagger", "tagger")
    assert list(brand_candidates(page, Taken([whole]))) == []


def test_a_tail_that_begins_a_name() -> None:
    assert brands("قال ممثل القابضة للغزل إن") == []


def test_a_trade_behind_a_name() -> None:
    page = Page("قالت سالم الغزال للمقاولات إن")
    person = Taken([Candidate(1, 2, 0, "سالم الغزال", "person", "tagger", "tagger")])
    page.tags = [("O", 1.0), ("B-PER", 0.9), ("I-PER", 0.9), ("I-PER", 0.6), ("O", 1.0)]
    found = [(one.rule, one.name) for one in brand_candidates(page, person)]
    assert found == [("trade_tail", "سالم الغزال للمقاولات")]
    page.tags[3] = ("O", 0.99)
    assert list(brand_candidates(page, person)) == []


def test_a_rare_word_in_a_row_with_a_body() -> None:
    page = Page("بين سدرة وشلغوم أمس")
    page.lexicon = Known("شلغوم", "وشلغوم")
    body = Taken([Candidate(1, 1, 0, "سدرة", "organization", "tagger", "tagger")])
    page.tags = [("O", 1.0), ("B-ORG", 0.9), ("O", 0.7), ("O", 1.0)]
    assert [(one.rule, one.name) for one in brand_candidates(page, body)] == [("brand_row", "شلغوم")]
    page.tags[2] = ("O", 0.99)
    assert list(brand_candidates(page, body)) == []


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
    assert datelines("عنوان\nمرسى النوارس (سدرة) – أعلنت") == [("dateline", "سدرة")]
    assert datelines("مرسى النوارس (سدرة) أعلنت") == []
    assert datelines("أعلنت في مرسى النوارس (سدرة) – أمس") == []
    page = Page("عنوان\nعدن - المرفأ\nأعلنت")
    taken = Taken([Candidate(1, 1, 0, "عدن", "place", "book", "book_plain")])
    assert [one.name for one in dateline_candidates(page, taken)] == ["المرفأ"]
    for nobody in ("خاص", "سالم الغزال", "قسم الأخبار"):
        page = Page(f"عنوان\nعدن - {nobody}\nأعلنت")
        assert list(dateline_candidates(page, taken)) == []


def test_bracketed_body() -> None:
    found = [
        (one.rule, one.name) for one in acronym_candidates(Page("من لجنة ضبط الري والسدود (كرنب)"), Taken())
    ]
    assert found == [("bracketed_body", "لجنة ضبط الري والسدود")]
    assert list(acronym_candidates(Page("عاد إلى البيت القديم (كرنب)"), Taken())) == []
    assert list(acronym_candidates(Page("لجنة (كرنب)"), Taken())) == []


def test_a_body_of_a_place() -> None:
    page = Page("نشرة هيئة مياه الفيروز أمس")
    taken = Taken([Candidate(3, 3, 0, "الفيروز", "place", "book", "book_plain")])
    found = [(one.rule, one.name) for one in body_candidates(page, taken)]
    assert found == [("body_of_a_place", "هيئة مياه الفيروز")]
    page = Page("نشرة هيئة في الفيروز أمس")
    assert list(body_candidates(page, taken)) == []
