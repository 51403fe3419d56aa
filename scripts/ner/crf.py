"""Training with CRFsuite, and the weights it learns."""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.ner.labelled import Labelled

from kashaf.entities.tagger.features import Described, describe, feature_lists
from kashaf.entities.tagger.lexicon import Lexicon

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
KEPT = frozenset({"PER", "LOC", "ORG"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Of the L-BFGS training: the weight of both penalties, steps, and how often a feature must be seen."""

    c1: float = 0.05
    c2: float = 0.2
    steps: int = 50
    seen: int = 1


@dataclass(frozen=True, slots=True)
class Weights:
    """Learnt weights: by (feature, label), and by (label, next label)."""

    state: Mapping[tuple[str, str], float]
    transitions: Mapping[tuple[str, str], float]


def train(examples: Sequence[Labelled], lexicon: Lexicon, settings: Settings) -> Weights:
    """Learn weights. The same examples in the same order give the same weights."""
    crfsuite: Any = importlib.import_module("pycrfsuite")
    trainer = crfsuite.Trainer(verbose=False)
    words: dict[str, Described] = {}

    def known(word: str) -> Described:
        if word not in words:
            words[word] = describe(word, lexicon)
        return words[word]

    for example in examples:
        trainer.append(feature_lists(example.words, lexicon, known), example.labels)
    trainer.set_params(
        {
            "c1": settings.c1,
            "c2": settings.c2,
            "max_iterations": settings.steps,
            "feature.minfreq": settings.seen,
            "feature.possible_transitions": True,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crf")
        trainer.train(path)
        tagger = crfsuite.Tagger()
        tagger.open(path)
        learnt = tagger.info()
        tagger.close()
    return Weights(state=dict(learnt.state_features), transitions=dict(learnt.transitions))
