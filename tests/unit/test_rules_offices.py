"""Organisations that say what they do, letters that spell one, and places of the lists."""

from __future__ import annotations

import numpy as np
import pytest

from kashaf.entities.page import Page
from kashaf.entities.rules.bodies import body_candidates
from kashaf.entities.rules.kindred import kindred
from kashaf.entities.rules.located import located_candidates
from kashaf.entities.rules.offices import office_candidates
from kashaf.entities.rules.quoted import quoted_candidates
from kashaf.entities.rules.spans import Candidate, Taken
from kashaf.entities.rules.tagged import Span
from kashaf.entities.rules.trims import trimmed
from kashaf.entities.tagger.lexicon import PLACE, PREFIX, Lexicon

#: One cluster of places with one common noun in it, and one of words.
_TOWNS = "نورباد وردباد زهراباد بحراباد نجماباد شمساباد قمراباد فجراباد خضراباد رملاباد صخراباد غيماباد ظلاباد طلاباد"
_WORDS = "كتاب قلم ورقة درس صفحة سطر كلمة حرف جملة نص مقال بحث فصل باب خبر"


def lexicon() -> Lexicon:
    towns, words = _TOWNS.split(), ["كتاب", "قلم", "ورقه", *_WORDS.split()[3:]]
    names = dict.fromkeys(towns[:6], PLACE) | {"تلال": PREFIX, "تلال النيلوفر": PLACE, "كتاب": PLACE}
    rows = {word: row for row, word in enumerate([*towns, "مدينه", *words])}
    table = np.array([[0, 0, 0]] * (len(towns) + 1) + [[0, 0, 1]] * len(words), dtype=np.int16)
    return Lexicon(rows, table, {}, names)


def page_of(text: str) -> Page:
    page = Page(text)
    page.lexicon = lexicon()
    return page


def place(text: str, word: int) -> Candidate:
    return Candidate(word, word, 0, text.split()[word], "place", "book")


def located(text: str, *held: int) -> list[tuple[str, str]]:
    return [
        (one.rule, one.name)
        for one in located_candidates(page_of(text), Taken([place(text, word) for word in held]))
    ]


def offices(text: str, *held: Candidate) -> list[tuple[str, str]]:
    return [(one.rule, one.name) for one in office_candidates(Page(text), Taken(held))]


@pytest.mark.parametrize(
    ("rule", "text", "name"),
    [
        ("doing_office", "أعلنت هيئة تنظيم المراعي والغابات أمس", "هيئة تنظيم المراعي والغابات"),
        ("doing_office", "قال مدير جهاز مكافحة التهريب إن", "جهاز مكافحة التهريب"),
        ("doing_office", "أفادت وكالة غوث وتشغيل النازحين بأن", "وكالة غوث وتشغيل النازحين"),
        ("local_body", "قالت لجان مقاومة النوارس إن", "لجان مقاومة النوارس"),
        ("local_body", "ذكرت غرفة طوارئ أم السدر أن", "غرفة طوارئ أم السدر"),
    ],
)
def test_offices_are_found(rule: str, text: str, name: str) -> None:
    assert (rule, name) in offices(text)


@pytest.mark.parametrize(
    "text",
    [
        "وافق مجلس إدارة الشركة على",  # whoever leads it
        "أوصت لجنة مكافحة الغبار بذلك",
        "هيئة تنظيم جديدة تراقب",
        "بمبادرة دعم الفقراء انتهى",
        "اجتمع مجلس كبير والحضور قليل",
        "عقد مجلس الوزير والمدير لقاء",
        "تشكيل لجان مقاومة شعبية هناك",
        "في غرفة طوارئ المدينة مرضى",
    ],
)
def test_descriptions_of_offices_are_none(text: str) -> None:
    assert offices(text) == []


def test_an_office_of_a_place() -> None:
    text = "أعلنت شرطة الفيروز أمس"
    assert offices(text, place(text, 2)) == [("placed_office", "شرطة الفيروز")]
    assert offices(text) == []


def test_words_of_a_cluster_of_places_are_kindred() -> None:
    found = kindred(lexicon())
    assert {"ظلاباد", "خضراباد"} <= found
    assert "كتاب" not in found
    assert "مدينه" not in found


def test_a_lexicon_without_clusters_has_no_kindred() -> None:
    assert kindred(Lexicon({}, np.zeros((0, 3), dtype=np.int16), {}, {})) == frozenset()


def test_a_kindred_word_behind_a_preposition_is_a_place() -> None:
    assert located("نزحوا إلى ظلاباد.") == [("kindred_place", "ظلاباد")]
    assert located("رأوا ظلاباد.") == []
    assert located("وصلوا إلى كتاب.") == []
    assert located("نزحوا إلى ظلاباد النوارس", 3) == []  # it governs a name


def test_a_place_of_the_lists_behind_a_preposition() -> None:
    assert located("نزحوا من تلال النيلوفر أمس") == [("gazetteer_place", "تلال النيلوفر")]
    assert located("نزحوا من تلال عالية") == []
    assert located("قرأ من كتاب.") == []  # a word of other use, too


def test_a_tagger_that_sees_nothing_silences_the_lists() -> None:
    page = page_of("نزحوا إلى ظلاباد.")
    page.tags = [("O", 1.0)] * len(page)
    assert list(located_candidates(page, Taken())) == []


def test_rows_with_commas_and_or() -> None:
    assert located("في الفيروز، ظلاباد، والطريق", 1) == [("row_comma", "ظلاباد")]
    assert located("في الفيروز أو ظلاباد.", 1) == [("row_comma", "ظلاباد")]
    assert located("في الفيروز، كتاب، والطريق", 1) == []
    assert located("في الفيروز ظلاباد.", 1) == []


def test_a_head_that_ends_as_adjectives_do_takes_a_name_in_marks() -> None:
    def found(text: str) -> list[str]:
        return [one.name for one in quoted_candidates(Page(text), Taken())]

    assert found("انضم من أكاديمية «سند الوادي» أمس") == ["سند الوادي"]
    assert found("قالت شركة «مدار ستة» إنها") == ["مدار ستة"]
    assert found("قالت شركة «ستة» إنها") == []


def test_a_complement_with_its_particle() -> None:
    def found(text: str) -> list[str]:
        return [one.name for one in body_candidates(Page(text), Taken())]

    assert found("أعلنت الهيئة الوطنية للرقابة على الدواء سحبها") == ["الهيئة الوطنية للرقابة على الدواء"]
    assert found("أعلنت الهيئة الوطنية للحبوب على الموقع") == ["الهيئة الوطنية للحبوب"]


def test_a_place_with_b_is_cut_off_a_body() -> None:
    page = Page("في مستشفى شهداء الوادي بدير النيلوفر أمس")
    page.tags = [("O", 1.0)] * len(page)

    def ends(*known: str) -> list[int]:
        return [one.last for one in trimmed(page, Span(1, 5, "organization", 0.9), known.__contains__)]

    assert ends("دير النيلوفر") == [3]
    assert ends() == [5]


def test_a_second_nationality_belongs_to_the_body() -> None:
    page = Page("من بنك ساند السعودي الفرنسي أمس")
    page.tags = [("O", 1.0)] * len(page)
    span = Span(1, 3, "organization", 0.9)
    assert [one.last for one in trimmed(page, span, frozenset[str]().__contains__)] == [4]
    page = Page("من بنك ساند الجديد الفرنسي أمس")
    page.tags = [("O", 1.0)] * len(page)
    assert [one.last for one in trimmed(page, span, frozenset[str]().__contains__)] == [2]
