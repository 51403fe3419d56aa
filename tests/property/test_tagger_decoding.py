"""The decoder against enumeration, on small random fields."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tagger_support import by_trying_all

from kashaf.entities.tagger.decoding import decode

LABELS = 3


@settings(max_examples=80, deadline=None)
@given(
    lengths=st.lists(st.integers(1, 5), min_size=1, max_size=5),
    seed=st.integers(0, 2**32 - 1),
    spread=st.sampled_from([0.1, 1.0, 6.0]),
    forbidden=st.booleans(),
)
def test_labels_and_probabilities_are_those_of_all_labellings(
    lengths: list[int], seed: int, spread: float, forbidden: bool
) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(0, spread, (sum(lengths), LABELS)).astype(np.float32)
    transitions = random.normal(0, spread, (LABELS, LABELS)).astype(np.float32)
    start = np.zeros(LABELS, dtype=np.float32)
    if forbidden:
        transitions[0, 2] = start[2] = -1.0e4
    best, marginals = decode(scores, lengths, transitions, start)
    at = 0
    for length in lengths:
        part = scores[at : at + length].astype(np.float64)
        paths, expected = by_trying_all(part, transitions.astype(np.float64), start.astype(np.float64))
        found = tuple(best[at : at + length].tolist())
        assert found in paths
        probabilities = expected[np.arange(length), list(found)]
        np.testing.assert_allclose(marginals[at : at + length], probabilities, atol=1e-4)
        at += length


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), lengths=st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_a_sequence_is_labelled_alike_whoever_stands_beside_it(seed: int, lengths: list[int]) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(0, 8, (sum(lengths), LABELS)).astype(np.float32)
    transitions = random.normal(0, 3, (LABELS, LABELS)).astype(np.float32)
    start = np.zeros(LABELS, dtype=np.float32)
    together, together_sure = decode(scores, lengths, transitions, start)
    at = 0
    for length in lengths:
        alone, alone_sure = decode(scores[at : at + length], [length], transitions, start)
        assert alone.tolist() == together[at : at + length].tolist()
        np.testing.assert_allclose(alone_sure, together_sure[at : at + length], atol=1e-5)
        at += length
    assert np.all((together_sure >= 0) & (together_sure <= 1 + 1e-6))


def test_nothing_is_labelled_nothing() -> None:
    empty = np.zeros((0, LABELS), dtype=np.float32)
    best, marginals = decode(empty, [], np.zeros((3, 3), dtype=np.float32), np.zeros(3, dtype=np.float32))
    assert best.size == marginals.size == 0


def test_long_sequences_with_strong_scores_stay_finite() -> None:
    random = np.random.default_rng(1)
    scores = (random.normal(0, 30, (4000, LABELS))).astype(np.float32)
    transitions = random.normal(0, 10, (LABELS, LABELS)).astype(np.float32)
    _, marginals = decode(scores, [3000, 1000], transitions, np.zeros(3, dtype=np.float32))
    assert np.all(np.isfinite(marginals))
    assert np.all((marginals > 0) & (marginals <= 1 + 1e-6))


def test_scores_beyond_all_measure_give_no_warning() -> None:
    scores = np.tile(np.array([[0, 3000, -3000], [-3000, 0, 3000]], dtype=np.float32), (20, 1))
    transitions = np.array([[0, -1e4, -1e4], [-1e4, 0, -1e4], [-1e4, -1e4, 0]], dtype=np.float32)
    _, marginals = decode(scores, [40], transitions, np.zeros(3, dtype=np.float32))
    assert np.all((marginals >= 0) & (marginals <= 1 + 1e-6))
