"""Differences cover both articles, say the truth about them, and are the same from both sides."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.index_corpus import make_article

from kashaf.corpus.article import Article
from kashaf.corpus.duplicates import hashed_words
from kashaf.corpus.story_diff import Difference, differences
from kashaf.text.segments import sentences
from kashaf.text.tokens import WORD

_WORDS = ("قال", "الوزير", "أمس", "الامس", "جِسر", "جسر", "سبعة", "7", "٧", "BBC", "كتابًا", "ـ", "﷽", "…", "-")
_SENTENCES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=9).map(" ".join)
_TEXTS = st.lists(st.tuples(_SENTENCES, st.sampled_from((". ", "؟\n", "\n\n", "! "))), max_size=8).map(
    lambda parts: "".join(text + end for text, end in parts)
)


def articles(left: str, right: str) -> tuple[Article, Article]:
    return make_article("a", "", left), make_article("b", "", right)


def words(text: str) -> list[int]:
    return [int(word) for word in hashed_words(text)]


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _TEXTS)
def test_every_sentence_of_words_is_told_once(left: str, right: str) -> None:
    a, b = articles(left, right)
    found = differences(a, b)
    for article, spans in ((a, [one.span_a for one in found]), (b, [one.span_b for one in found])):
        told = [span for span in spans if span[0] < span[1]]
        assert sorted(told) == [span for span in sentences(article.text) if words(article.text[slice(*span)])]
    assert [one.span_a for one in found] == sorted(one.span_a for one in found)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _TEXTS)
def test_kinds_say_the_truth(left: str, right: str) -> None:
    a, b = articles(left, right)
    for one in differences(a, b):
        _check(one, a.text, b.text)
        if one.kind != "changed":
            assert one.parts == ()
            continue
        for part in one.parts:
            assert part.kind != "moved"
            assert part.parts == ()
            _check(part, a.text, b.text)
        for text, span, inside in (
            (a.text, one.span_a, [part.span_a for part in one.parts]),
            (b.text, one.span_b, [part.span_b for part in one.parts]),
        ):
            assert inside == sorted(inside)
            # Nothing but what has no word stands between the parts.
            told = [word for start, end in inside for word in words(text[start:end])]
            assert told == words(text[slice(*span)])


def _check(one: Difference, a: str, b: str) -> None:
    left, right = a[slice(*one.span_a)], b[slice(*one.span_b)]
    match one.kind:
        case "same" | "moved":
            assert words(left) == words(right) != []
        case "changed":
            assert words(left) != words(right)
            assert words(left)
            assert words(right)
        case "only_a":
            assert right == ""
            assert words(left)
        case "only_b":
            assert left == ""
            assert words(right)
    assert not one.parts or one.kind == "changed"


@settings(max_examples=80, deadline=None)
@given(_TEXTS)
def test_an_article_differs_in_nothing_from_itself(text: str) -> None:
    a, b = articles(text, WORD.sub(lambda match: match.group().replace("أ", "ا"), text))
    assert {one.kind for one in differences(a, b)} <= {"same"}


@settings(max_examples=80, deadline=None)
@given(_TEXTS, _TEXTS)
def test_what_only_one_has_the_other_lacks(left: str, right: str) -> None:
    a, b = articles(left, right)
    found = differences(a, b)
    alone_a = {tuple(words(a.text[slice(*one.span_a)])) for one in found if one.kind == "only_a"}
    alone_b = {tuple(words(b.text[slice(*one.span_b)])) for one in found if one.kind == "only_b"}
    assert not alone_a & alone_b
