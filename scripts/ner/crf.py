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
#: Behind the name of a feature that only own examples have; no word ends in it.
_OWN = "\x1f"


@dataclass(frozen=True, slots=True)
class Settings:
    """Of the L-BFGS training: the weight of both penalties, steps, and how often a feature must be seen."""

    c1: float = 0.05
    c2: float = 0.2
    steps: int = 50
    seen: int = 1


@dataclass(frozen=True, slots=True)
class Weights:
    """Learnt weights: of all examples and of the own ones alone by (feature, label); by (label, next label)."""

    state: Mapping[tuple[str, str], float]
    own: Mapping[tuple[str, str], float]
    transitions: Mapping[tuple[str, str], float]

    def with_own(self, share: float) -> dict[tuple[str, str], float]:
        """Weights by (feature, label), a share from 0 to 1 of the own ones added."""
        return {
            key: self.state.get(key, 0.0) + share * self.own.get(key, 0.0)
            for key in dict.fromkeys((*self.state, *self.own))
        }


def train(
    examples: Sequence[Labelled], lexicon: Lexicon, settings: Settings, own: Sequence[Labelled] = ()
) -> Weights:
    """Learn weights. The same examples in the same order give the same weights.

    own: examples labelled as this program wants them, where the other sets differ from one another. Each of their
    features is learnt a second time for them alone (Daume, Frustratingly Easy Domain Adaptation, ACL 2007), so that
    what the sets disagree on need not be a compromise; see `Weights.with_own`.
    """
    crfsuite: Any = importlib.import_module("pycrfsuite")
    trainer = crfsuite.Trainer(verbose=False)
    words: dict[str, Described] = {}

    def known(word: str) -> Described:
        if word not in words:
            words[word] = describe(word, lexicon)
        return words[word]

    for example in examples:
        trainer.append(feature_lists(example.words, lexicon, known), example.labels)
    for example in own:
        lists = feature_lists(example.words, lexicon, known)
        trainer.append([[*features, *(key + _OWN for key in features)] for features in lists], example.labels)
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
    state: dict[tuple[str, str], float] = {}
    of_own: dict[tuple[str, str], float] = {}
    for (feature, label), weight in learnt.state_features.items():
        table = of_own if feature.endswith(_OWN) else state
        table[feature.removesuffix(_OWN), label] = weight
    return Weights(state, of_own, dict(learnt.transitions))
