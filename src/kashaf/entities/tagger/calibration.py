"""What the tagger's probabilities are worth: how often names so probable are right in text not learnt from."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

# Least probability of a name's words, and the share of such names whose bounds and type are right: measured by
# `scripts/ner/crossvalidate.py` on 7,500 names of NewsFANE's folds, without the articles of scripts/ner/texts.
_GIVEN: Final = (0.0, 0.46, 0.55, 0.65, 0.75, 0.85, 0.93, 0.97, 0.99, 1.0)
_RIGHT: Final = (0.0, 0.39, 0.47, 0.52, 0.57, 0.66, 0.74, 0.84, 0.9, 0.97)


def share_right(probability: float) -> float:
    """The share of names right, bounds and type, whose least probable word has this probability; linear between."""
    place = min(max(bisect_right(_GIVEN, probability), 1), len(_GIVEN) - 1)
    low, high = _GIVEN[place - 1], _GIVEN[place]
    part = min(max((probability - low) / (high - low), 0.0), 1.0)
    return _RIGHT[place - 1] + part * (_RIGHT[place] - _RIGHT[place - 1])
