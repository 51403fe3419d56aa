"""Roots never fail, never vanish, and never part what one stem joins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kashaf.text.fold import fold_word
from kashaf.text.root import root
from kashaf.text.stem import stem

_WORDS = st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىأإؤئ"), min_size=1, max_size=14)


@given(_WORDS)
def test_a_word_has_a_stem_and_a_stem_a_root(word: str) -> None:
    folded = fold_word(word)
    stemmed = stem(folded)
    assert stemmed
    assert 0 < len(root(stemmed)) <= len(stemmed)


@given(st.text(max_size=20))
def test_any_text_has_a_root_no_longer_than_itself(text: str) -> None:
    assert len(root(text)) <= len(text)


@given(_WORDS)
def test_a_stem_does_not_lose_the_letters_of_its_root(word: str) -> None:
    stemmed = stem(fold_word(word)).translate(str.maketrans("اي", "وو"))
    letters = iter(stemmed)
    assert all(radical in letters for radical in root(stem(fold_word(word))))
