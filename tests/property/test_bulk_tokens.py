"""Words found by arrays are those that the regular expression finds, and their terms are the analysis's."""

from __future__ import annotations

import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.text.letters import ARABIC_LETTERS, MARKS, PRESENTATION_MARKS, ZERO_WIDTH
from kashaf.text.tokens import WORD
from kashaf_index.analysis import Ladder, positions
from kashaf_index.bulk import memo
from kashaf_index.bulk.hashing import LONGEST, HashTable, hashes
from kashaf_index.bulk.memo import Vocabulary
from kashaf_index.bulk.tokens import find_words

_LIGATURES = "ﷺﷲﻻﻼﷻ﷽ﭐﮊ"
_ALPHABET = st.one_of(
    st.sampled_from("ابتةهويىءآأسلم"),
    st.sampled_from(sorted(MARKS)),
    st.sampled_from(sorted(PRESENTATION_MARKS)),
    st.sampled_from(sorted(ZERO_WIDTH)),
    st.sampled_from("ـ ــ"),
    st.sampled_from(_LIGATURES),
    st.sampled_from(sorted(ARABIC_LETTERS)),
    st.sampled_from("aZ9٣۴_éßİ-., \n\t،؛«»’\ufffd\U0001f600"),
    st.sampled_from("𐎠𞤀𝐀𠀀\U000e0100ﬁ½²"),
    st.characters(),
)
_TEXTS = st.lists(st.text(_ALPHABET, max_size=40), max_size=6)


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in WORD.finditer(text)]


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_words_are_those_of_the_regular_expression(texts: list[str]) -> None:
    words = find_words(texts)
    assert words.counts.tolist() == [len(_spans(text)) for text in texts]
    for number, text in enumerate(texts):
        starts, ends = words.spans(number)
        assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == _spans(text)


def test_every_character_alone_and_between_letters() -> None:
    for plane in range(0, sys.maxunicode + 1, 0x10000):
        known = plane == 0
        chars = [
            chr(code)
            for code in range(plane, plane + 0x10000)
            if known or unicodedata.category(chr(code)) != "Cn"
        ]
        # Beyond the first two planes there are letters of one kind, private characters and a few selectors.
        text = "".join(f"{char} ا{char}ا a{char}a " for char in chars[:: 1 if plane <= 0x10000 else 97])
        starts, ends = find_words([text]).spans(0)
        assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == _spans(text), hex(plane)


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_terms_and_their_positions_are_those_of_the_analysis(texts: list[str]) -> None:
    vocabulary = memo.shared()
    terms, counts = vocabulary.read(find_words(texts))
    at = 0
    for text, count in zip(texts, counts.tolist(), strict=True):
        found: dict[bytes, list[int]] = {}
        for position, term in enumerate(terms[at : at + count].tolist()):
            found.setdefault(vocabulary.terms[term], []).append(position)
        at += count
        assert (found, count) == positions(text)
    assert at == len(terms)


@settings(max_examples=60, deadline=None)
@given(_TEXTS, _TEXTS)
def test_a_surface_is_learnt_once_whatever_stands_beside_it(texts: list[str], others: list[str]) -> None:
    vocabulary = Vocabulary()
    known: set[str] = set()
    # The emoji takes a batch out of 16 bits.
    for batch in (texts, [*others, *texts, "\U0001f600"], [*texts, *others]):
        vocabulary.read(find_words(batch))
        known.update(match.group() for text in batch for match in WORD.finditer(text))
        assert len(vocabulary) == len(known)
    assert len(vocabulary.terms) == len(set(vocabulary.terms))


def test_a_vocabulary_that_was_interrupted_is_for_nobody_to_go_on_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = memo.shared()

    def interrupted(exact: str) -> Ladder:
        raise KeyboardInterrupt(exact)

    with monkeypatch.context() as patch:
        patch.setattr(memo, "ladder", interrupted)
        with pytest.raises(KeyboardInterrupt):
            before.read(find_words(["قسدلمنرها"]))
    after = memo.shared()
    assert after is not before
    terms, _ = after.read(find_words(["قسدلمنرها"]))
    assert [after.terms[term] for term in terms.tolist()] == list(positions("قسدلمنرها")[0])


@settings(max_examples=60, deadline=None)
@given(_TEXTS)
def test_order_is_the_order_of_the_terms_bytes(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    for text in texts:
        vocabulary.read(find_words([text]))
        order = vocabulary.order()
        assert [vocabulary.terms[number] for number in order.tolist()] == sorted(vocabulary.terms)


def test_words_longer_than_a_hash_are_told_apart_by_their_end() -> None:
    vocabulary = Vocabulary()
    words = [
        length * "ا" + end for length in (LONGEST - 1, LONGEST, LONGEST + 1) for end in ("", "ب", "بت", "تب")
    ]
    for _ in range(2):
        terms, _ = vocabulary.read(find_words([" ".join(words)]))
        assert [vocabulary.terms[term] for term in terms.tolist()] == [
            next(iter(positions(word)[0])) for word in words
        ]
        assert len(vocabulary) == len(set(words))


def test_hashes_know_the_place_of_a_character() -> None:
    text = "ab ba aab aba baa abab baba"
    words = find_words([text])
    found = hashes(words.codes, words.starts, words.ends)
    assert len(set(found.tolist())) == len(text.split())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sets(st.integers(1, 2**64 - 1), max_size=60), max_size=8))
def test_table_finds_what_was_added(batches: list[set[int]]) -> None:
    # Hashes with the same upper bits fight for the same slots.
    table = HashTable()
    known: dict[int, int] = {}
    for batch in batches:
        fresh = sorted({key >> 40 << 40 | number for number, key in enumerate(batch, 1)} - known.keys())
        values = range(len(known), len(known) + len(fresh))
        table.add(np.array(fresh, np.uint64), np.array(values, np.int32))
        known.update(zip(fresh, values, strict=True))
        asked = [*known, 7, 2**63]
        assert table.find(np.array(asked, np.uint64)).tolist() == [known.get(key, -1) for key in asked]
    assert len(table) == len(known)
