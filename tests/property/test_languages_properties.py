"""Scripts are told by bytes where that suffices: with the answer that letters give."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.corpus.languages import detect_language, is_arabic_by_letters

TEXT = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="ابتلمنوية ًٌ٠١۴پچگ،.abcéЖ12 \n\u200f", max_size=80),
    st.text(alphabet="ال ًٌَُ،", max_size=60),
)


@given(TEXT)
@settings(max_examples=200, deadline=None)
def test_the_quick_way_and_the_slow_way_agree(text: str) -> None:
    arabic_languages = {"ar", "fa", "ur", "ckb", "ps"}
    assert (detect_language(text) in arabic_languages) == is_arabic_by_letters(text)


@given(TEXT, st.text(max_size=12))
@settings(max_examples=100, deadline=None)
def test_any_stated_name_is_survived(text: str, stated: str) -> None:
    assert detect_language(text, stated)
