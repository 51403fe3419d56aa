"""Words in arrays: what is asked of all at a time is what Python says of each."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.text.distance import letters, pairs
from kashaf_index.query.slots import fits
from kashaf_index.words.table import WordTable, occurrences
from kashaf_index.words.union import union

# Letters of one, two, three and four bytes; few, so that words meet.
LETTERS = st.sampled_from("ابتلوهيأئab7é€𐎀")
WORDS = st.text(LETTERS, max_size=8) | st.text(st.sampled_from("اب"), min_size=14, max_size=40)
PARTS = st.lists(st.text(LETTERS, min_size=1, max_size=3), max_size=3)
ENDS = st.text(LETTERS, max_size=2)


def table_of(words: list[str]) -> tuple[WordTable, list[str]]:
    known = sorted(set(words))
    return WordTable.of([word.encode() for word in known]), known


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=30), WORDS, st.data())
def test_words_are_found(words: list[str], asked: str, data: st.DataObject) -> None:
    table, known = table_of(words)
    assert len(table) == len(known)
    assert list(table) == known
    assert table.lower(asked.encode()) == bisect_left(known, asked)
    assert table.find(asked.encode()) == (known.index(asked) if asked in known else -1)
    lo, hi = table.beginning(asked.encode())
    assert known[lo:hi] == [word for word in known if word.startswith(asked)]
    kept = data.draw(st.lists(st.booleans(), min_size=len(known), max_size=len(known)))
    assert list(table.kept(np.array(kept, np.bool_))) == [w for w, k in zip(known, kept, strict=True) if k]


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS | st.text(max_size=9), max_size=30))
def test_letters_and_lengths(words: list[str]) -> None:
    table, known = table_of(words)
    assert table.lengths.tolist() == list(map(len, known))
    assert table.letters.tolist() == list(map(letters, known))
    assert table.pairs.tolist() == list(map(pairs, known))


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=30), ENDS, PARTS, ENDS, st.data())
def test_patterns(words: list[str], first: str, middle: list[str], last: str, data: st.DataObject) -> None:
    parts = (first, *middle, last)
    # Some words that fit, and some that nearly do.
    words += [joined for between in ("", "ا", "بb") if (joined := between.join(parts))]
    words += [word[:-1] for word in words if word]
    table, known = table_of(words)
    lo = data.draw(st.integers(0, len(known)))
    hi = data.draw(st.integers(lo, len(known)))
    found = table.fitting([part.encode() for part in parts], lo, hi)
    assert found.tolist() == [at for at in range(lo, hi) if fits(parts, known[at])]


@settings(max_examples=50, deadline=None)
@given(st.text("اب", max_size=30), st.text("اب", min_size=1, max_size=3))
def test_occurrences_overlap(text: str, part: str) -> None:
    found = occurrences(np.frombuffer(text.encode(), np.uint8), part.encode())
    assert found.tolist() == [2 * at for at in range(len(text)) if text.startswith(part, at)]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=20), min_size=1, max_size=4))
def test_a_union_knows_every_word_once(lists: list[list[str]]) -> None:
    made = [table_of(words) for words in lists]
    whole, numbers = union([table for table, _ in made])
    known = sorted({word for words in lists for word in words})
    assert list(whole) == known
    for (_, words), places in zip(made, numbers, strict=True):
        assert [known[place] for place in places.tolist()] == words


@settings(max_examples=60, deadline=None)
@given(
    st.lists(WORDS, max_size=30),
    st.integers(0, 9),
    st.integers(0, 2**64 - 1),
    st.integers(0, 3),
    st.integers(0, 9),
)
def test_near_words_by_letters(words: list[str], length: int, mask: int, spread: int, most: int) -> None:
    table, known = table_of(words)
    assert table.near(length, mask, spread, most).tolist() == [
        at
        for at, word in enumerate(known)
        if abs(len(word) - length) <= spread and (letters(word) ^ mask).bit_count() <= most
    ]
