"""Quotations of any text: spans within it, in order, in linear time, and never an exception."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.quotes_support import NAMES, named_in

from kashaf.entities.page import Page
from kashaf.entities.quotes.finding import find_quotations
from kashaf.entities.quotes.marks import stretches

PIECES = (
    *(form for _, _, forms in NAMES for form in forms),
    "قال", "وقالت", "أضاف", "وأضاف", "مشيرا", "إلى", "إن", "أن", "أنه", "بحسب", "وفق", "وفقا", "لـ", "ما", "قوله",
    "على", "حد", "جاء", "في", "بيان", "عن", "لم", "هل", "مصدر", "أمني", "المتحدث", "باسم", "الوزارة", "الوزير",
    "الذي", "قد", "كان", "كلام", "طويل", "وأن", "فإن", "كما", "بالقول", "برأيه", "رأى", "بين", "د",
    ":", "،", ".", "؟", "؛", "\n", "\n\n", '"', "«", "»", "“", "”", "„", "'", "‘", "’", "(", ")", "…", "..", "!",
    " ", " ", "x", "7", "ـ", "\u200f", "ً",
)  # fmt: skip

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.text(max_size=120),
)


def always(_offset: int) -> bool:
    return True


def never(_offset: int) -> bool:
    return False


@settings(max_examples=200, deadline=None)
@given(texts)
def test_spans_are_within_the_text_and_in_order(text: str) -> None:
    mentions = named_in(text)
    found = find_quotations(Page(text), mentions)
    assert [(one.start, one.end) for one in found] == sorted((one.start, one.end) for one in found)
    spans = {(mention.start, mention.end): mention for mention in mentions}
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()
        assert 0 < one.confidence <= 1
        assert 0 <= one.verb_start <= one.verb_end <= len(text)
        assert bool(one.verb) == bool(one.verb_end)
        assert 0 <= one.speaker_start <= one.speaker_end <= len(text)
        if one.speaker:
            mention = spans[one.speaker_start, one.speaker_end]
            assert (one.speaker, one.speaker_type) == (mention.name, mention.type)
        else:
            assert one.speaker_type == ""


@settings(max_examples=200, deadline=None)
@given(texts)
def test_nothing_is_said_twice(text: str) -> None:
    found = find_quotations(Page(text), named_in(text))
    for one, following in pairwise(found):
        assert one.end <= following.start


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*"\"“”«»'‘’„\n :.كx", "''", "كلام "]), max_size=80).map("".join))
def test_stretches_do_not_overlap(text: str) -> None:
    for introduced in (True, False):
        found = stretches(text, always if introduced else never)
        last = 0
        for one in found:
            assert last <= one.outer_start <= one.start < one.end <= one.outer_end <= len(text)
            last = one.outer_end
