"""The judge between code pages counts bytes; it must say what counting letters says."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.corpus._letter_pairs import LETTERS, ROWS
from kashaf.corpus.codepages import CODE_PAGES, bits_against, plausibility, rank
from kashaf.corpus.mojibake import repair, shown_in

BITS = {
    (first, second): int(digit, 36) / 2
    for first, row in zip(LETTERS, ROWS, strict=True)
    for second, digit in zip(LETTERS, row, strict=True)
}
SIGNS = frozenset("،؛؟«»“”’‘–—…٪\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652٠١٢٣٤٥٦٧٨٩")
ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ ًَُِّ،؛؟.-0123abc\n", max_size=120)


def by_letters(data: bytes, codec: str) -> float:
    """The definition: bits of each letter after the one before, over each different word once."""
    sample = b" ".join(sorted(set(data.split())))
    text = sample.decode(codec, "replace").replace("\u00a0", " ")
    letters = [char if char in LETTERS else " " for char in f" {text} "]
    bits = sum(BITS[pair] * times for pair, times in Counter(pairwise(letters)).items() if pair != (" ", " "))
    for char, byte in zip(text, sample, strict=True):
        if byte > 0x7F and char not in LETTERS:
            bits += 8 if char in SIGNS else 12
    return bits + CODE_PAGES[codec]


@given(st.one_of(st.binary(max_size=200), ARABIC.map(lambda text: text.encode("cp1256", "ignore"))))
@settings(max_examples=150, deadline=None)
def test_bytes_say_what_letters_say(data: bytes) -> None:
    for codec in CODE_PAGES:
        least = min(by_letters(data, page) for page in CODE_PAGES)
        assert abs(bits_against(data, codec) - (by_letters(data, codec) - least)) < 1e-6
    assert 0 <= rank(data).plausibility <= 1


@given(ARABIC)
@settings(max_examples=100, deadline=None)
def test_plausibility_is_a_share(text: str) -> None:
    assert 0 <= plausibility(text) <= 1


@given(st.text(alphabet=st.characters(max_codepoint=0x06FF, exclude_characters="\r"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_repair_turns_spoilt_text_back_or_leaves_it(text: str) -> None:
    spoilt = shown_in(text.encode("utf-8", "replace"), "cp1252")
    mended = repair(spoilt)
    assert mended is None or mended.text == text or repair(text) is not None


@given(ARABIC)
@settings(max_examples=200, deadline=None)
def test_clean_arabic_is_left_alone(text: str) -> None:
    assert repair(text) is None
