"""Organisations whose name stands in quotation marks."""

from __future__ import annotations

import pytest

from kashaf.entities.page import Page
from kashaf.entities.rules.quoted import quoted_candidates
from kashaf.entities.rules.spans import Taken


def found(text: str) -> list[tuple[str, str]]:
    return [(one.rule, one.name) for one in quoted_candidates(Page(text), Taken())]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("حركة «الغد» تعترض", "الغد"),
        ('مركز "نوارس" للبحوث والدراسات', "نوارس"),
        ("لموقع «نبض الهضاب»", "نبض الهضاب"),
        ("منصة “الهلال اليومية”", "الهلال اليومية"),
        ("شركة محلية «ظلال الريح»", "ظلال الريح"),
    ],
)
def test_quoted_body(text: str, name: str) -> None:
    assert found(text) == [("quoted_body", name)]


@pytest.mark.parametrize(
    "text",
    [
        "حركة (بطيئة)",
        "مركز «هذا هو المكان الذي نعرفه»",
        "شركة «لم",
        "قال «الغد» قريب",
        "موقع\n«نبض»",
        "لجنة «لن نقبل»",
        "شركة «السورية»",
    ],
)
def test_no_quoted_body(text: str) -> None:
    assert found(text) == []


def test_quoted_whole_begins_with_a_head() -> None:
    assert found("وعد «صندوق الهضاب للإعمار» بمنح") == [("quoted_whole", "صندوق الهضاب للإعمار")]
    assert found("وعد «صندوق» بمنح") == []
    assert found("وعد «أهل الهضاب الطيبون» بمنح") == []


def test_quoted_called() -> None:
    assert found("حركة جديدة تدعى «نهضة الوديان» فازت") == [("quoted_called", "نهضة الوديان")]
    assert found("قرية صغيرة تدعى «نهضة الوديان» هنا") == []


def test_quoted_listener() -> None:
    assert found("في حديث إلى «المرفأ» أمس") == [("quoted_listener", "المرفأ")]
    assert found("قال لـ«المرفأ» أمس") == [("quoted_listener", "المرفأ")]
    assert found("سافر إلى «المرفأ» أمس") == []


def test_quoted_employer() -> None:
    assert found("الخبيرة في «رمال المالية» ترى") == [("quoted_employer", "رمال المالية")]
    assert found("البيت في «رمال المالية» كبير") == []
