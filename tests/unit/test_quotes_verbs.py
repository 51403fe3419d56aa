"""The table of verbs of saying: forms, what is none of them, and folds."""

from __future__ import annotations

import pytest

from kashaf.entities.quotes import words
from kashaf.entities.quotes.verbs import forms, saying
from kashaf.text.fold import fold_word


@pytest.mark.parametrize(
    ("word", "base", "gender"),
    [
        ("قال", "قال", "m"),
        ("وقالت", "قال", "f"),
        ("يقولون", "قال", "m"),
        ("قائلة", "قال", "f"),
        ("مؤكدين", "أكد", "m"),
        ("وأضافت", "أضاف", "f"),
        ("فأوضح", "أوضح", "m"),
        ("رأت", "رأى", "f"),
        ("ينفون", "نفى", "m"),
        ("نفوا", "نفى", "m"),
        ("مشيرة", "أشار", "f"),
        ("تعلن", "أعلن", "f"),
        ("يدعو", "دعا", "m"),
    ],
)
def test_forms(word: str, base: str, gender: str) -> None:
    form = saying(fold_word(word), word, "")
    assert form is not None
    assert (form.base, form.gender) == (base, gender)


@pytest.mark.parametrize(
    "word", ["ذكرى", "رأي", "بين", "تبين", "عقب", "عبر", "دون", "قيلولة", "قول", "سيقول"]
)
def test_other_words(word: str) -> None:
    assert saying(fold_word(word), word, "") is None


def test_between_and_made_clear_are_told_apart() -> None:
    assert saying("بين", "بيّن", "") is not None
    assert saying("وبين", "وبين", "ان") is not None
    assert saying("بين", "بين", "القريه") is None


def test_every_form_is_folded() -> None:
    assert all(fold_word(word) == word for word in forms())
    for name, value in vars(words).items():
        if name.isupper() and isinstance(value, frozenset):
            assert all(fold_word(word) == word for word in value if isinstance(word, str)), name
