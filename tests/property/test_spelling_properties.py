"""Edit distance, keyboards and transliteration over any words."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.text._layouts import LAYOUTS
from kashaf.text.distance import UNIT, distance, letters, pairs
from kashaf.text.fold import fold_word
from kashaf.text.keyboards import to_arabic, to_latin
from kashaf.text.transliteration import (
    arabic_key,
    buckwalter,
    is_latin,
    latin_keys,
    latin_word,
    parted,
    price,
    readings,
)

_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآةىؤئ"
words = st.text(alphabet=_LETTERS, max_size=12)
latin = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABSHT'-23579ʿāṣ", max_size=16)
anything = st.text(max_size=60)

# Keys of Arabic-101 that type one letter without Shift; lam-alef apart.
_KEYS = [
    (key, typed)
    for (keys, _), (arabic, _) in zip(LAYOUTS["us(basic)"], LAYOUTS["ara(basic)"], strict=True)
    for key, typed in zip(keys, arabic, strict=True)
    if unicodedata.category(typed) == "Lo" and len(unicodedata.normalize("NFKC", typed)) == 1
]


@given(words, words)
@settings(max_examples=200)
def test_distance_is_symmetric_bounded_and_zero_for_equals_alone(one: str, other: str) -> None:
    found = distance(one, other)
    assert found is not None
    assert found == distance(other, one)
    assert (found == 0) == (one == other)
    assert found <= UNIT * max(len(one), len(other))
    assert distance(one, other, found) == found
    assert found == 0 or distance(one, other, found - 1) is None


@given(
    words, st.integers(0, 12), st.sampled_from(_LETTERS), st.sampled_from(["add", "drop", "change", "swap"])
)
@settings(max_examples=200)
def test_one_slip_costs_no_more_than_a_unit_and_is_seen_by_the_prefilter(
    word: str, at: int, letter: str, slip: str
) -> None:
    at = min(at, len(word))
    other = {
        "add": word[:at] + letter + word[at:],
        "drop": word[:at] + word[at + 1 :],
        "change": word[:at] + letter + word[at + 1 :] if at < len(word) else word,
        "swap": word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
    }[slip]
    found = distance(word, other)
    assert found is not None
    assert found <= UNIT
    assert (letters(word) ^ letters(other)).bit_count() <= 2
    assert (pairs(word) ^ pairs(other)).bit_count() <= 6


@given(anything, anything)
@settings(max_examples=100)
def test_distance_takes_any_text(one: str, other: str) -> None:
    found = distance(one, other)
    assert found is not None
    assert found == distance(other, one)
    assert 0 <= letters(one) < 1 << 64
    assert 0 <= pairs(one) < 1 << 64


@given(st.lists(st.sampled_from(_KEYS), min_size=1, max_size=12))
@settings(max_examples=200)
def test_what_keys_type_on_one_layout_is_read_back_from_the_other(keys: list[tuple[str, str]]) -> None:
    on_latin = "".join(key for key, _ in keys)
    on_arabic = "".join(typed for _, typed in keys)
    assert on_arabic in to_arabic(on_latin)
    if any(key.isalpha() for key, _ in keys) and "لا" not in on_arabic:
        assert on_latin in to_latin(on_arabic)


@given(anything)
def test_keyboards_take_any_text(text: str) -> None:
    assert len(set(to_arabic(text))) == len(to_arabic(text))
    assert len(to_latin(text)) <= 3 * 8


@given(st.one_of(latin, anything), st.one_of(words, anything))
@settings(max_examples=200)
def test_transliteration_takes_any_text(typed: str, arabic: str) -> None:
    word, folded = latin_word(typed), fold_word(arabic)
    assert latin_word(word) == word
    found = price(word, folded)
    assert found is None or found >= 0
    assert all(latin_keys(word))
    assert len(latin_keys(word)) <= 100
    arabic_key(folded)
    is_latin(typed)
    buckwalter(typed)
    for reading, _ in readings(typed):
        assert latin_word(reading) == reading
    for parts in parted(typed):
        assert len(parts) == 2


_SOUNDS = "b t j h d r z s sh gh f q k l m n"
_SPELT = dict(zip("بتجحدرزسشغفقكلمن", _SOUNDS.split(), strict=True))


@given(
    st.lists(st.tuples(st.sampled_from(sorted(_SPELT)), st.sampled_from("اويaiu")), min_size=1, max_size=6)
)
@settings(max_examples=200)
def test_a_word_spelt_by_the_book_is_found_again(syllables: list[tuple[str, str]]) -> None:
    """Consonants and vowels, long ones doubled: the plainest of Latin spellings."""
    long = {"ا": "aa", "و": "uu", "ي": "ii"}
    arabic = "".join(letter + (vowel if vowel in long else "") for letter, vowel in syllables)
    spelt = "".join(_SPELT[letter] + long.get(vowel, vowel) for letter, vowel in syllables)
    assert arabic_key(arabic) in latin_keys(spelt)
    assert price(spelt, arabic) is not None
