"""People by titles with pronouns, and by two words that are in no list."""

from __future__ import annotations

import pytest

from kashaf.entities.page import Page
from kashaf.entities.rules.people import person_candidates
from kashaf.entities.rules.registry import RULES
from kashaf.entities.rules.spans import Taken


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


def people(text: str, *rare: str) -> list[tuple[str, str]]:
    page = Page(text)
    page.lexicon = Known(*rare)
    return [(one.rule, one.name) for one in person_candidates(page, Taken())]


def test_rare_name() -> None:
    found = [("rare_name", "شمرول غلايش")]
    assert people("المتحدثة باسم الهيئة شمرول غلايش ترى", "شمرول", "غلايش") == found
    assert people("رئيس بلدية المدينة شمرول غلايش", "شمرول", "غلايش") == found


@pytest.mark.parametrize(
    ("text", "rare"),
    [
        ("رئيس بلدية المدينة شمرول غلايش", ()),
        ("بيت المدينة شمرول غلايش", ("شمرول", "غلايش")),
        ("رئيس البلدية. شمرول غلايش", ("شمرول", "غلايش")),
        ("رئيس البلدية يشمرن غلايش", ("يشمرن", "غلايش")),
        ("رئيس البلدية شمرول غلايشين", ("شمرول", "غلايشين")),
    ],
)
def test_no_rare_name(text: str, rare: tuple[str, ...]) -> None:
    assert people(text, *rare) == []


def test_every_rule_is_worth_something() -> None:
    assert len(RULES) > 40
    for rule in RULES.values():
        assert 0.6 <= rule.precision <= 1
        assert rule.count >= 0
        assert rule.what
