"""Texts as they are compared: their fold, with white space and signs made one, and a true way back."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.notes.likeness import plain
from kashaf.text.fold import fold

_TEXT = st.text(
    st.one_of(
        st.sampled_from("ابتسكىةإأؤئ ـ\u064e\u0651\u200c«»“”،؟٪–\n\u00a0\u3000١٢۳12Aﷲﻻﻼ…\ufffd\ud7ff😀é"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(_TEXT)
@settings(max_examples=200, deadline=None)
def test_every_character_is_that_of_the_fold_it_came_from(text: str) -> None:
    found = plain(text)
    assert len(found.offsets) == len(found.text) + 1
    assert list(found.offsets) == sorted(found.offsets)
    assert found.offsets[-1] == len(text)
    assert re.sub(r"\s+", " ", _signs(fold(text).text)) == found.text
    for at, char in enumerate(found.text):
        assert char in _signs(fold(text[found.offsets[at]]).text) + " "


@given(_TEXT, st.data())
@settings(max_examples=150, deadline=None)
def test_a_span_covers_what_it_was_made_of(text: str, data: st.DataObject) -> None:
    found = plain(text)
    if not found.text:
        return
    start = data.draw(st.integers(0, len(found.text) - 1))
    end = data.draw(st.integers(start + 1, len(found.text)))
    first, last = found.source_span(start, end)
    assert 0 <= first < last <= len(text)
    assert found.text[start:end].strip() in plain(text[first:last]).text


def _signs(text: str) -> str:
    return "".join(plain(char).text if char.strip() else char for char in text)
