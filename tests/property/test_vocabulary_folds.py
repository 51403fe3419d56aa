"""The vocabulary of arrays answers as one that looks at word after word."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.folds_support import Texts, frequencies, make_segment
from tests.vocabulary_oracle import PlainVocabulary

from kashaf.text.fold import fold_word
from kashaf.text.transliteration import latin_keys
from kashaf_index import vocabulary
from kashaf_index.analysis import ladder_of_term
from kashaf_index.vocabulary import Vocabulary
from kashaf_index.words import spellings, table
from kashaf_index.words.sounds import Sounds
from kashaf_index.words.table import WordTable

MET = """
أحمد احمد إحمد أَحمد احمدُ محمد مُحمد دمشق دِمشق الدمشقي دمسق حكومة حكومه الحكومة للحكومة بغداد بغداذ رئيس رييس رءيس
الرئيس مدرسة مدرسه الليل ليل اله ه ال ـ abc Abc café cafe بـيت بيت قصر صقر صقور ﷺ ديمقراطيتهمالمستقبليهوالمستقبل
ديمقراطيتهمالمستقبليةوالمستقبل ديمقراطيتهمالمستقبليهوالمستقبلون
"""
WORDS = st.sampled_from(MET.split()) | st.text("ابحدأةىمقَ", min_size=1, max_size=6)
DOCUMENTS = st.lists(
    st.fixed_dictionaries({"text": st.lists(WORDS, max_size=9).map(" ".join), "title": WORDS}), max_size=6
)
SEGMENTS = st.lists(DOCUMENTS, max_size=3)
LATIN = st.sampled_from(
    ["dimashq", "dmshq", "baghdad", "hukuma", "ra'is", "ahmad", "saqr", "l", "al", "layl", "muhammad", "abc"]
) | st.text("abdhklmqrsu'73", max_size=6)


def pair_of(segments: list[Texts], stack: ExitStack) -> tuple[Vocabulary, PlainVocabulary]:
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    files = [make_segment(Path(folder, f"{at}.seg"), documents) for at, documents in enumerate(segments)]
    for file in files:
        stack.callback(file.container.close)
    words = [(ladder_of_term(term), count) for term, count in frequencies(segments, "text").items()]
    plain = PlainVocabulary((word.folded, word.exact, count) for word, count in words)
    return Vocabulary.of(files), plain


@settings(max_examples=120, deadline=None)
@given(SEGMENTS, WORDS, LATIN, st.integers(0, 5), st.integers(1, 4))
def test_it_answers_as_word_by_word(
    segments: list[Texts], word: str, latin: str, limit: int, tried: int
) -> None:
    folded = fold_word(word)
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setattr(spellings, "_CHUNK", 3)
        patch.setattr(table, "_CHUNK", 4)
        patch.setattr(vocabulary, "_TRIED", tried)
        found, plain = pair_of(segments, stack)
        plain.tried = tried
        assert len(found) == len(plain)
        assert list(found) == plain.words
        for known in (*plain.words, folded, word, "", "\udc00"):
            assert found.frequency(known) == plain.frequency(known)
            assert found.shown(known) == plain.shown(known)
        for begun in ("", folded, folded[:1], word[:2]):
            assert found.beginning(begun, limit) == plain.beginning(begun, limit)
        for near in (folded, folded[1:], folded + "ا", "", "حكومات"):
            assert found.near(near, limit) == plain.near(near, limit)
        for article in (False, True):
            assert found.sounding(latin, limit, article=article) == plain.sounding(
                latin, limit, article=article
            )


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=20), st.lists(LATIN, max_size=4))
def test_words_by_their_sounds(words: list[str], latin: list[str]) -> None:
    known = sorted(set(map(fold_word, words)))
    plain = PlainVocabulary((word, word, 1) for word in known)
    sounds = Sounds(WordTable.of([word.encode() for word in plain.words]))
    keys = {key for one in latin for key in latin_keys(one)} | set(plain._keyed)
    for key in keys:
        assert sounds.words([key]).tolist() == sorted(plain._keyed.get(key, ()))
