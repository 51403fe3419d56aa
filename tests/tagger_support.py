"""Small taggers: a lexicon and weights of a few words, and a decoder that tries every labelling."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kashaf.entities.tagger.features import Described, describe, feature_lists
from kashaf.entities.tagger.lexicon import NOTE_SHIFT, PERSON, PLACE, PREFIX, Lexicon
from kashaf.entities.tagger.model import write_model

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
#: Words that the small tagger is tried on: known and unknown, marks, digits, Latin, letters glued before.
WORDS = (
    "محمد", "سالم", "وحلب", "في", "قال", "،", "2025", "un", "مدينه", "رييس", "الطاحونه", "للطاحونه", "حلب", "كفر",
    "زيتا", ".", "بكفر", "x7", "ه",
)  # fmt: skip


def small_lexicon() -> Lexicon:
    """A lexicon with one of everything."""
    return Lexicon(
        clusters={"محمد": 0, "سالم": 0, "حلب": 1, "قال": 2, "في": 3, "الطاحونه": 4},
        cluster_table=np.array(
            [[1, 2, 3], [0, 0, 7], [4, 255, 1023], [5, 9, 11], [1, 3, 20]], dtype=np.int16
        ),
        single={"محمد": 3, "سالم": 5},
        names={
            "حلب": PLACE | (2 << NOTE_SHIFT),
            "كفر": PREFIX,
            "كفر زيتا": PLACE,
            "محمد": PREFIX,
            "محمد سالم": PERSON,
            "الطاحونه": 6 << NOTE_SHIFT,
        },
    )


def written_out(words: Iterable[str], lexicon: Lexicon) -> list[list[str]]:
    """The features of one sequence as the trainer gets them."""

    def known(word: str) -> Described:
        return describe(word, lexicon)

    return feature_lists(list(words), lexicon, known)


def random_state(lexicon: Lexicon, seed: int) -> dict[tuple[str, str], float]:
    """Weights for a share of all features that WORDS can have."""
    random = np.random.default_rng(seed)
    keys = sorted(
        {
            key
            for pair in product(WORDS, WORDS)
            for triple in (("محمد", *pair), (*pair, "سالم", "زيتا"))
            for keys in written_out(triple, lexicon)
            for key in keys
        }
    )
    return {
        (key, label): round(float(random.normal(0, 1.5)), 3)
        for key in keys
        for label in LABELS
        if random.random() < 0.4
    }


def random_transitions(seed: int) -> dict[tuple[str, str], float]:
    """A weight for every pair of labels; those that may not be are struck out when the model is read."""
    random = np.random.default_rng(seed)
    return {(a, b): float(np.float32(random.normal(0, 2))) for a in LABELS for b in LABELS}


def write_small(
    folder: Path, lexicon: Lexicon, seed: int, bias: float = 0.0
) -> tuple[Path, dict[tuple[str, str], float]]:
    """A model file with random weights, and the state weights in it."""
    state = random_state(lexicon, seed)
    path = folder / "model.npz"
    write_model(path, LABELS, state, random_transitions(seed), bias=bias)
    return path, state


def by_trying_all(
    scores: npt.NDArray[np.float64], transitions: npt.NDArray[np.float64], start: npt.NDArray[np.float64]
) -> tuple[list[tuple[int, ...]], npt.NDArray[np.float64]]:
    """The labellings with the highest score, and every label's marginal probability, by enumeration."""
    length, labels = scores.shape
    totals: dict[tuple[int, ...], float] = {}
    for path in product(range(labels), repeat=length):
        total = start[path[0]] + sum(scores[at, label] for at, label in enumerate(path))
        totals[path] = total + sum(transitions[a, b] for a, b in pairwise(path))
    most = max(totals.values())
    weights = {path: np.exp(total - most) for path, total in totals.items()}
    whole = sum(weights.values())
    marginals = np.zeros((length, labels))
    for path, weight in weights.items():
        for at, label in enumerate(path):
            marginals[at, label] += weight / whole
    return [path for path, total in totals.items() if most - total < 1e-4], marginals
