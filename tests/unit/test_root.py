"""Roots of stems."""

from __future__ import annotations

import pytest

from kashaf.text.fold import fold_word
from kashaf.text.root import root
from kashaf.text.stem import stem

FAMILIES = [
    ("كتب", "كاتب كتاب مكتب مكتبة الكتابة كتّاب مكتوب يكتب استكتب والكاتبون"),
    ("درس", "دراسة الدراسات مدرسة مدرسون تدريس درس المدرسين"),
    ("حكم", "حكومة الحكومية حاكم محكمة محاكم حكم استحكام"),
    ("سلم", "سلام إسلام المسلمين مسلم سالم استسلام"),
]


def _root(word: str) -> str:
    return root(stem(fold_word(word)))


@pytest.mark.parametrize(("expected", "words"), FAMILIES)
def test_words_of_a_family_share_their_root(expected: str, words: str) -> None:
    assert {word: _root(word) for word in words.split()} == dict.fromkeys(words.split(), expected)


@pytest.mark.parametrize(("one", "other"), [("قول", "قال"), ("زيارة", "زائر"), ("سياسة", "ساس")])
def test_weak_letters_are_one(one: str, other: str) -> None:
    assert _root(one) == _root(other)


@pytest.mark.parametrize("word", ["bbc", "2025", "é", "Москва"])
def test_other_scripts_are_left_alone(word: str) -> None:
    assert root(word) == word


def test_short_words_are_their_own_root() -> None:
    assert root("من") == "من"
    assert root("") == ""
