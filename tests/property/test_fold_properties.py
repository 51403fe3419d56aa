from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kashaf.text.fold import fold, fold_word
from kashaf.text.segments import paragraphs, sentences
from kashaf.text.stem import stem
from kashaf.text.tokens import exact_forms, tokenise

_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةىٱپچڤگکیہ"
_MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640\u0653\u0654\u06d6"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u061c\ufeff"
_SHAPES = "ﻻﻼﺎﻣﺼﺮﷲﷺﹶﹼﹷﱠ"
_REST = " \n.،؟!«»()٣٫٥12aBcÉßİ①ﬁ"

texts = st.one_of(
    st.text(alphabet=_ARABIC + _MARKS + _INVISIBLE + _SHAPES + _REST, max_size=60),
    st.text(max_size=40),
)


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


@given(texts)
def test_offsets_are_a_map_over_the_whole_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)


@given(texts, st.data())
def test_a_source_slice_folds_to_what_it_was_found_by(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    source = folded.source_span(start, end)
    again = fold(text[slice(*source)]).text
    # Whole source characters: a span that cuts through a ligature grows to it.
    assert folded.text[start:end] in again
    if folded.offsets[start] not in folded.offsets[:start] and (
        end == len(folded.text) or start == end or folded.offsets[end] != folded.offsets[end - 1]
    ):
        assert again == folded.text[start:end]


@given(texts)
def test_a_word_folds_as_a_text(text: str) -> None:
    assert fold_word(text) == fold(text).text


@given(texts)
def test_tokens_are_ordered_slices_whose_folds_are_found_again(text: str) -> None:
    previous = last = 0
    for token in tokenise(text):
        assert token.start < token.end <= len(text)
        assert token.start >= last or token.start == previous
        assert token.exact
        previous, last = token.start, token.end
        surface = text[token.start : token.end]
        assert fold_word(token.exact) in fold_word(surface).split() or fold_word(token.exact) == fold_word(
            surface
        )


@given(texts)
def test_the_exact_form_folds_as_the_surface(text: str) -> None:
    for token in tokenise(text):
        surface = text[token.start : token.end]
        assert "".join(map(fold_word, exact_forms(surface))) == "".join(fold_word(surface).split())


@given(texts)
def test_stems_are_never_empty_for_words(text: str) -> None:
    for token in tokenise(text):
        folded = fold_word(token.exact)
        assert stem(folded) or not folded


@given(texts)
def test_sentences_hold_all_but_white_space_and_stay_in_paragraphs(text: str) -> None:
    lines = paragraphs(text)
    found = sentences(text)
    covered = "".join(text[start:end] for start, end in found)
    assert "".join(covered.split()) == "".join("".join(text[start:end] for start, end in lines).split())
    for start, end in found:
        assert any(low <= start and end <= high for low, high in lines)
