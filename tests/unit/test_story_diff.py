"""What two articles say otherwise."""

from __future__ import annotations

import pytest
from tests.index_corpus import make_article

from kashaf.corpus.article import Article
from kashaf.corpus.story_diff import Difference, DifferenceKind, differences

FIRST = "افتتح الوزير الجسر الجديد صباح الأحد."
SECOND = "وكلف الجسر سبعة ملايين دينار."
THIRD = "وستعبر الحافلات ابتداء من الأسبوع المقبل."


def article(name: str, *sentences: str, title: str = "عنوان واحد للاثنين") -> Article:
    return make_article(name, title, " ".join(sentences))


Told = list[tuple[DifferenceKind, str, str]]


def told(a: Article, b: Article) -> Told:
    return [(one.kind, a.text[slice(*one.span_a)], b.text[slice(*one.span_b)]) for one in differences(a, b)][
        1:
    ]


def words(a: Article, b: Article, parts: tuple[Difference, ...]) -> Told:
    return [(one.kind, a.text[slice(*one.span_a)], b.text[slice(*one.span_b)]) for one in parts]


def test_spelling_and_punctuation_are_no_difference() -> None:
    a = article("a", FIRST, SECOND)
    b = article("b", "إفتتح الوزير الجِسر الجديد، صباح الأحد!", SECOND.replace(".", ""))
    assert {one.kind for one in differences(a, b)} == {"same"}


def test_what_one_adds_stands_in_its_place() -> None:
    a, b = article("a", FIRST, THIRD), article("b", FIRST, SECOND, THIRD)
    assert told(a, b) == [("same", FIRST, FIRST), ("only_b", "", SECOND), ("same", THIRD, THIRD)]
    (added,) = (one for one in differences(a, b) if one.kind == "only_b")
    assert added.span_a == (a.text.index(FIRST) + len(FIRST),) * 2
    assert told(b, a) == [("same", FIRST, FIRST), ("only_a", SECOND, ""), ("same", THIRD, THIRD)]


def test_a_reworded_sentence_says_which_words() -> None:
    a = article("a", FIRST, SECOND, THIRD)
    b = article("b", FIRST, "وكلف الجسر ثمانية ملايين دينار كما قيل.", THIRD)
    (changed,) = (one for one in differences(a, b) if one.kind == "changed")
    assert words(a, b, changed.parts) == [
        ("same", "وكلف الجسر", "وكلف الجسر"),
        ("changed", "سبعة", "ثمانية"),
        ("same", "ملايين دينار", "ملايين دينار"),
        ("only_b", "", "كما قيل"),
    ]


def test_a_sentence_elsewhere_is_moved_and_told_once() -> None:
    a, b = article("a", FIRST, SECOND, THIRD), article("b", SECOND, THIRD, FIRST)
    assert told(a, b) == [("moved", FIRST, FIRST), ("same", SECOND, SECOND), ("same", THIRD, THIRD)]


def test_sentences_that_share_little_are_not_paired() -> None:
    other = "ورفض الناطق التعليق على الأرقام."
    assert told(article("a", FIRST, SECOND), article("b", FIRST, other)) == [
        ("same", FIRST, FIRST),
        ("only_a", SECOND, ""),
        ("only_b", "", other),
    ]


def test_the_most_alike_are_paired_in_order() -> None:
    closer = "وكلف الجسر نحو سبعة ملايين دينار."
    farther = "وكلف سبعة ملايين."
    a, b = article("a", SECOND), article("b", farther, closer)
    assert told(a, b) == [("only_b", "", farther), ("changed", SECOND, closer)]


@pytest.mark.parametrize("text", ["", "…", "***\n\n* * *"])
def test_articles_without_a_word_have_nothing_to_compare(text: str) -> None:
    a, b = article("a", text, title=""), article("b", FIRST, title="")
    assert differences(a, a) == ()
    assert [one.kind for one in differences(a, b)] == ["only_b"]


def test_thousands_of_sentences_are_compared_in_parts() -> None:
    a = article("a", *(f"جملة رقم {n} هنا." for n in range(6000)))
    b = article("b", *(f"جملة رقم {n} هنا." for n in range(1, 6000)))
    found = differences(a, b)
    assert sum(one.kind == "only_a" for one in found) == 1
    assert sum(one.kind == "only_b" for one in found) == 0
