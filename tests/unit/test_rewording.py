"""The words of a query where they stand, and what is being typed at a cursor."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.text.fold import fold_word
from kashaf_index.query.fields import FIELDS
from kashaf_index.query.parser import parse
from kashaf_index.rewording import FIELD_NAMES, LONGEST, rewordable, typed_at


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("وزير النقل", ["وزير", "النقل"]),
        ('وزير "ميناء الصيد"', ["وزير", "ميناء", "الصيد"]),
        ("«ميناء الصيد", ["ميناء", "الصيد"]),
        ("وزير -نقل", ["وزير"]),
        ("وزير NOT (نقل بحر) سفن", ["وزير", "سفن"]),
        ("وزير ليس نقل", ["وزير"]),
        ("ليس وزير", ["ليس", "وزير"]),
        ("وزير أو نقل OR بحر | سفن", ["وزير", "نقل", "بحر", "سفن"]),
        ("(وزير نقل) بحر", ["وزير", "نقل", "بحر"]),
        ("وزير NEAR/3 نقل", ["وزير", "نقل"]),
        ('عنوان:وزير مصدر:الميزان outlet:"صحيفة المرفأ" بحر', ["وزير", "بحر"]),
        ('title:"وزير النقل" date:2025-11 person:أحمد tag:x', ["وزير", "النقل"]),
        ("=وزير وز* مدرسه~ *ير بحر~2", ["وزير"]),
        ("]lar hg;vl", ["]lar", "hg;vl"]),
        ("\\OR \\title:x", ["OR", "title:x"]),
        ("", []),
        ("() -", []),
        ("* ~ -* ()", []),
    ],
)
def test_the_words_that_a_query_asks_for(query: str, words: list[str]) -> None:
    found = rewordable(query)
    assert [word.text for word in found.words] == words
    assert all(found.text[word.start : word.end] == word.text for word in found.words)


@pytest.mark.parametrize(
    ("query", "old", "new", "expected"),
    [
        ("]lar -نقل", "]lar", "دمشق", "دمشق -نقل"),
        ("عنوان:]lar outlet:]lar", "]lar", "دمشق", "عنوان:دمشق outlet:]lar"),
        ("hizbullah OR x", "hizbullah", "حزب الله", '"حزب الله" OR x'),
        ('"the hizbullah"', "hizbullah", "حزب الله", '"the حزب الله"'),
        ("title:hizbullah", "hizbullah", "حزب الله", 'title:"حزب الله"'),
    ],
)
def test_a_word_is_exchanged_and_the_rest_stays(query: str, old: str, new: str, expected: str) -> None:
    found = rewordable(query)
    word = next(word for word in found.words if word.text == old)
    assert found.with_changes({word: new}) == expected
    assert found.with_changes({}) == query


def test_pasted_texts_have_no_words() -> None:
    assert rewordable("ميناء " * LONGEST).words == ()


@given(st.text(alphabet=' "«»()-=*~:|\\ابتثوزيرtile.OR\u200f\x00', max_size=60))
@settings(max_examples=200)
def test_exchanging_every_word_for_itself_asks_the_same(query: str) -> None:
    found = rewordable(query)
    assert all(found.text[word.start : word.end] == word.text for word in found.words)
    again = found.with_changes({word: word.text for word in found.words})
    assert parse(again).root == parse(query).root


@pytest.mark.parametrize(
    ("text", "cursor", "begun", "field", "rest"),
    [
        ("وزير ال", 7, "ال", "", ""),
        ("وزير النقل", 7, "ال", "", "نقل"),
        ("", 0, "", "", ""),
        ("وزير ", 5, "", "", ""),
        ("مصدر:المي", 9, "المي", "outlet", ""),
        ('outlet:"صحيفة الم', 17, "صحيفة الم", "outlet", ""),
        ('outlet:"صحيفة الم" وز', 21, "وز", "", ""),
        ("person:", 7, "", "person", ""),
        ("جهة:وزا", 7, "وزا", "organization", ""),
        ("title:وز", 8, "وز", "title", ""),
        ("لاشيء:وز", 8, "وز", "", ""),
        ('"ميناء ال', 9, "ال", "", ""),
        ("-وز", 3, "وز", "", ""),
        ("(وز", 3, "وز", "", ""),
        ("وزير", 99, "وزير", "", ""),
        ("وزير", -5, "", "", "وزير"),
    ],
)
def test_what_is_typed_at_the_cursor(text: str, cursor: int, begun: str, field: str, rest: str) -> None:
    typed = typed_at(text, cursor)
    assert (typed.begun, typed.field) == (begun, field)
    assert text[typed.start : typed.end] == begun + rest


@given(st.text(alphabet=' "«»()-=:|ابوزيرoutle', max_size=40), st.integers(-3, 60))
def test_any_cursor_in_any_text(text: str, cursor: int) -> None:
    typed = typed_at(text, cursor)
    assert 0 <= typed.start <= typed.start + len(typed.begun) <= typed.end <= len(text)
    assert text[typed.start :].startswith(typed.begun)


def test_the_field_names_on_offer_are_those_of_the_language() -> None:
    assert {FIELDS[fold_word(name)] for name in FIELD_NAMES} == set(FIELDS.values())
