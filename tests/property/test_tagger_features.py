"""The decoder's tables against the features written out one by one, as the trainer got them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.tagger_support import LABELS, WORDS, small_lexicon, write_small, written_out

from kashaf.entities.page import Page
from kashaf.entities.tagger.model import read_model
from kashaf.entities.tagger.sequences import LONGEST, sequences
from kashaf.entities.tagger.tagger import Tagger

Sentences = list[list[str]]
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), max_size=9), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tagger, dict[tuple[str, str], float]]:
    lexicon = small_lexicon()
    path, state = write_small(tmp_path_factory.mktemp("tagger"), lexicon, seed=5, bias=0.25)
    return Tagger(read_model(path), lexicon, known_words=12), state


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sentences=SENTENCES)
def test_scores_are_the_sums_of_the_weights_of_all_features(
    small: tuple[Tagger, dict[tuple[str, str], float]], sentences: Sentences
) -> None:
    tagger, state = small
    filled = [sentence for sentence in sentences if sentence]
    if not filled:
        return
    scores, lengths = tagger._scores(filled)
    assert lengths == [len(sentence) for sentence in filled]
    expected = [
        [
            sum(state.get((key, label), 0.0) for key in keys) - (0.25 if label == "O" else 0.0)
            for label in LABELS
        ]
        for sentence in filled
        for keys in written_out(sentence, tagger.lexicon)
    ]
    np.testing.assert_allclose(scores, np.array(expected), atol=1e-3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sentences=SENTENCES)
def test_labels_are_valid_and_probabilities_are_probabilities(
    small: tuple[Tagger, dict[tuple[str, str], float]], sentences: Sentences
) -> None:
    tags = small[0].tag(sentences)
    assert [len(sentence) for sentence in sentences] == [len(found) for found in tags]
    for found in tags:
        before = "O"
        for label, probability in found:
            assert label in LABELS
            assert 0 <= probability <= 1 + 1e-6
            assert label[:1] != "I" or before[2:] == label[2:]
            before = label


@settings(max_examples=120, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from([*'ابتثج 0٣a.،؟!\n"«»()-…\u200f\u064b_ـﷺ😀\ud800']), max_size=80)
)
def test_sequences_hold_each_word_of_a_page_once(text: str) -> None:
    page = Page(text)
    parts = list(sequences(page))
    indexes = [index for part in parts for index in part.indexes if index >= 0]
    assert indexes == list(range(len(page)))
    for part in parts:
        assert 0 < len(part.words) <= LONGEST + 3
        assert all(part.words)
        for word, index in zip(part.words, part.indexes, strict=True):
            assert word == page.folds[index] if index >= 0 else len(word) == 1
            assert word not in "\"'«»“”„"
