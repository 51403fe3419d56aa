"""Links between names of different articles: which, why, and above all which not."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from kashaf.entities.linking.linking import Candidate, block_of, likely, links, relation
from kashaf.entities.model import EntityType, Link


def candidate(number: int, name: str, type_: EntityType = "person", mentions: int = 5) -> Candidate:
    return Candidate(number, type_, name, mentions)


def never(_one: int, _other: int) -> int:
    return 0


@pytest.mark.parametrize(
    ("type_", "one", "other", "link"),
    [
        ("person", "دونالد ترامب", "دونالد ترمب", "spelling"),
        ("person", "أنجيلا ميركل", "أنغيلا ميركل", "spelling"),
        ("person", "توم براك", "توم باراك", "sound"),
        ("person", "توم برّاك", "توم براك", "spelling"),
        ("person", "توم براك", "توماس باراك", "short form"),
        ("person", "غريغوري ماكسيم", "جريجوري ماكسيم", "spelling"),
        ("person", "فولوديمير زيلينسكي", "فلوديمير زلينسكي", "sound"),
        ("person", "بافل الطالباني", "بافل طالباني", "article"),
        ("person", "محمد بن عمر الكثيري", "محمد عمر الكثيري", "particle"),
        ("person", "خالد آل صبري", "خالد صبري", "particle"),
        ("person", "باراك أوباما", "باراك حسين أوباما", "short form"),
        ("place", "غوتنبرغ", "جوتنبرج", "spelling"),
        ("place", "بوكمال", "البوكمال", "article"),
        ("place", "مقديشو", "مقديشيو", "sound"),
        ("organization", "غوغل", "جوجل", "spelling"),
        ("organization", "قوات سوريا الديمقراطية", "قوات سورية الديموقراطية", "spelling"),
    ],
)
def test_one_name(type_: EntityType, one: str, other: str, link: Link) -> None:
    pair = [candidate(1, one, type_, 9), candidate(2, other, type_, 3)]
    assert block_of(type_, one) == block_of(type_, other) != ""
    assert relation(*pair) in {link, "spelling", "sound"}
    assert links(pair, never) == {2: (1, relation(*pair))}


@pytest.mark.parametrize(
    ("type_", "one", "other"),
    [
        ("person", "سالم الجابري", "سليم الجابري"),
        ("person", "أحمد حسن", "أحمد الحسن"),
        ("person", "محمد بن سلمان", "محمد سلمان"),
        ("person", "أحمد حداد", "أحمد حديد"),
        ("person", "أحمد محمد", "أحمد علي محمد"),
        ("person", "كريم الصادق", "كرم الصادق"),
        ("person", "جورج بوش", "جورج باش"),
        ("person", "الشرع", "شرع"),
        ("organization", "كتائب حزب الله", "كتاب حزب الله"),
        ("organization", "حزب الله", "حزب اللات"),
        ("organization", "مجلس النواب", "مجلس الأمن"),
        ("place", "حلب", "حلبا"),
        ("place", "جدة", "غدة"),
    ],
)
def test_two_names(type_: EntityType, one: str, other: str) -> None:
    pair = [candidate(1, one, type_, 9), candidate(2, other, type_, 3)]
    if block_of(type_, one) == block_of(type_, other) != "":
        assert links(pair, never) == {}


def test_one_word_names_nobody_for_sure() -> None:
    assert block_of("person", "براك") == ""
    assert block_of("date", "2025-02-12") == ""


def test_who_bears_the_name() -> None:
    rare = Candidate(1, "person", "توم باراك", 1)
    often = Candidate(2, "person", "توم براك", 50)
    assert links([rare, often], never) == {1: (2, "sound")}
    in_book = Candidate(1, "person", "توم باراك", 1, in_book=True)
    assert links([in_book, often], never) == {2: (1, "sound")}
    pinned = Candidate(2, "person", "توم براك", 1, pinned=True)
    assert links([in_book, pinned], never) == {1: (2, "sound")}


def test_two_names_of_the_book_are_two() -> None:
    pair = [
        Candidate(number, "person", name, 5, in_book=True)
        for number, name in ((1, "توم باراك"), (2, "توم براك"))
    ]
    assert links(pair, never) == {}


def test_an_alias_of_the_book_brings_its_variants_along() -> None:
    alias = Candidate(1, "person", "توم باراك", 1, alias=7)
    assert links([alias, candidate(2, "توم براك")], never) == {1: (7, "alias"), 2: (7, "sound")}


def test_what_the_analyst_has_set_apart_stays_apart() -> None:
    apart = Candidate(1, "person", "توم باراك", 1, apart=True)
    assert links([apart, candidate(2, "توم براك")], never) == {}


def test_two_that_are_named_side_by_side_are_two() -> None:
    pair = [candidate(1, "توم باراك", mentions=20), candidate(2, "توم براك", mentions=10)]
    assert links(pair, lambda _one, _other: 3) == {}
    assert links(pair, lambda _one, _other: 1) == {2: (1, "sound")}
    full = [candidate(1, "باراك أوباما", mentions=20), candidate(2, "باراك حسين أوباما", mentions=10)]
    assert links(full, lambda _one, _other: 1) == {}


def test_a_short_name_of_two_people_is_neither() -> None:
    names = ["باراك أوباما", "باراك حسين أوباما", "باراك سليم أوباما"]
    assert links([candidate(at, name) for at, name in enumerate(names, start=1)], never) == {}


def test_the_order_matters_nothing() -> None:
    names = ["توم براك", "توم باراك", "توماس باراك", "توماس براك", "توم برك", "توم الباراك", "توم بن باراك"]
    people = [candidate(at, name, mentions=at % 3 + 1) for at, name in enumerate(names, start=1)]
    wanted = links(people, never)
    for seed in range(20):
        random.Random(seed).shuffle(people)
        assert links(people, never) == wanted
    for one, other in combinations(people, 2):
        assert relation(one, other) == relation(other, one)


def test_whom_one_may_want_to_merge() -> None:
    others = [
        ("person", "توماس باراك", 1),
        ("person", "سليم حداد", 2),
        ("place", "توم باراك", 3),
        ("person", "الموفد براك", 4),
    ]
    assert list(likely("توم براك", "person", others, 3))[:2] == [1, 3]
