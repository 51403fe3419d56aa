"""Latin spellings beside the Arabic words that they may stand for."""

from __future__ import annotations

import pytest

from kashaf.text.fold import fold_word
from kashaf.text.transliteration import (
    LONGEST,
    arabic_key,
    buckwalter,
    is_latin,
    latin_keys,
    latin_word,
    parted,
    price,
    readings,
)

PAIRS = [
    ("Dimashq", "دمشق"),
    ("dmshq", "دمشق"),
    ("Damascus", "دمشق"),
    ("Baghdad", "بغداد"),
    ("3iraq", "عراق"),
    ("iraq", "عراق"),
    ("7alab", "حلب"),
    ("5aled", "خالد"),
    ("9a7ifa", "صحيفة"),
    ("2amir", "أمير"),
    ("Muhammad", "محمد"),
    ("Mohamed", "محمد"),
    ("m7md", "محمد"),
    ("Ahmad", "أحمد"),
    ("Youssef", "يوسف"),
    ("Yusuf", "يوسف"),
    ("Fathi", "فتحي"),
    ("Chahed", "شاهد"),
    ("Tchad", "تشاد"),
    ("Djibouti", "جيبوتي"),
    ("Hodeidah", "حديدة"),
    ("Qatar", "قطر"),
    ("ra'is", "رئيس"),
    ("ʿOmar", "عمر"),
    ("Zāyid", "زايد"),
    ("wizārat", "وزارة"),
    ("Riyadh", "رياض"),
    ("Dhahran", "ظهران"),
    ("ramadan", "رمضان"),
    ("Gaza", "غزة"),
    ("Gamal", "جمال"),
]
NO_PAIRS = {"Damascus"}


@pytest.mark.parametrize(("latin", "arabic"), PAIRS)
def test_a_latin_spelling_and_its_word_share_a_key_and_have_a_price(latin: str, arabic: str) -> None:
    word, folded = latin_word(latin), fold_word(arabic)
    assert (arabic_key(folded) in latin_keys(word)) == (latin not in NO_PAIRS)
    assert (price(word, folded) is None) == (latin in NO_PAIRS)


@pytest.mark.parametrize(
    ("latin", "near", "far"),
    [
        ("hakeem", "حكيم", "حكم"),
        ("hakam", "حكم", "حكيم"),
        ("salam", "سلام", "سلمية"),
        ("nur", "نور", "نار"),
        ("umar", "عمر", "مر"),
        ("hizb", "حزب", "حازب"),
        ("madina", "مدينة", "مدن"),
        ("qalb", "قلب", "كلب"),
        ("ilyas", "إلياس", "ليس"),
        ("chahed", "شاهد", "تشهد"),
    ],
)
def test_the_better_spelt_word_is_cheaper(latin: str, near: str, far: str) -> None:
    cheap, dear = price(latin, fold_word(near)), price(latin, fold_word(far))
    assert cheap is not None
    assert dear is None or cheap < dear


@pytest.mark.parametrize(("latin", "arabic"), [("bayt", "قلم"), ("dimashq", "دمشقي"), ("b", "باب")])
def test_words_whose_consonants_differ_have_no_price_or_a_high_one(latin: str, arabic: str) -> None:
    found = price(latin, fold_word(arabic))
    assert found is None or found >= 2


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("al-Sharaa", {("sharaa", True)}),
        ("el-Baradei", {("baradei", True)}),
        ("ash-Sharaa", {("sharaa", True)}),
        ("ar‑Raqqa", {("raqqa", True)}),
        ("ez-Zor", {("zor", True)}),
        ("alsharaa", {("alsharaa", False), ("sharaa", True)}),
        ("Ennahda", {("ennahda", False), ("nahda", True)}),
        ("alaa", {("alaa", False), ("aa", True)}),
        ("ali", {("ali", False)}),
        ("Dimashq", {("dimashq", False)}),
        ("al-", {("al", False)}),
    ],
)
def test_an_article_is_taken_off_where_it_is_one(typed: str, expected: set[tuple[str, bool]]) -> None:
    assert set(readings(typed)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hizbullah", ("hizb", "allah")),
        ("Hezbollah", ("hezb", "allah")),
        ("nasrallah", ("nasr", "allah")),
        ("abdulrahman", ("abd", "al-rahman")),
        ("Abdelkader", ("abd", "al-kader")),
        ("abd-al-nasser", ("abd", "al-nasser")),
    ],
)
def test_names_of_two_words_that_are_written_as_one_are_parted(typed: str, expected: tuple[str, ...]) -> None:
    assert expected in parted(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dm$q", "دمشق"),
        ("dima$oq", "دمشق"),
        ("EbAs", "عباس"),
        ("AlHrb", "الحرب"),
        ("ra}iys", "رئيس"),
        ("madiynap", "مدينة"),
        ("", None),
        ("دمشق", None),
        ("e", None),
        ("b" * (LONGEST + 1), None),
        ("_", None),
    ],
)
def test_buckwalter(typed: str, expected: str | None) -> None:
    assert buckwalter(typed) == expected


def test_latin_words_are_told_from_keys_of_another_layout() -> None:
    assert all(map(is_latin, ("dimashq", "al-Sharaa", "ra'is", "7ukuma", "Zāyid", "ʿOmar")))
    assert not any(map(is_latin, ("]lar", "dm$q", "دمشق", "", "77", "a;b", "😀", "a" * (LONGEST + 1))))
