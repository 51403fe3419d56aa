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
    """Of the L-BFGS training: the weight of both penalties, steps, and how often a feature must be seen.

    share: how much of what own articles say differently from the other sets goes into the weights, 0 to 1.
    """

    c1: float = 0.05
    c2: float = 0.2
    steps: int = 50
    seen: int = 1
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Weights:
    """Learnt weights: by (feature, label), and by (label, next label)."""

    state: Mapping[tuple[str, str], float]
    transitions: Mapping[tuple[str, str], float]


def train(
    examples: Sequence[Labelled], lexicon: Lexicon, settings: Settings, own: Sequence[Labelled] = ()
) -> Weights:
    """Learn weights. The same examples in the same order give the same weights.

    own: examples labelled as this program wants them, where the other sets differ from one another. Each of their
    features is learnt a second time for them alone (Daume, Frustratingly Easy Domain Adaptation, ACL 2007), so that
    what the sets disagree on need not be a compromise; `Settings.share` of that weight is added in the end.
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
    return Weights(
        state=_together(learnt.state_features, settings.share), transitions=dict(learnt.transitions)
    )


def _together(learnt: Mapping[tuple[str, str], float], share: float) -> dict[tuple[str, str], float]:
    """Weights of all examples with a share of those of the own ones."""
    state: dict[tuple[str, str], float] = {}
    for (feature, label), weight in learnt.items():
        of_own = feature.endswith(_OWN)
        key = (feature.removesuffix(_OWN), label)
        state[key] = state.get(key, 0.0) + (share * weight if of_own else weight)
    return state
