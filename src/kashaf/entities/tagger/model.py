"""The tagger's weights: a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001), as it ships.

Weights are whole thousandths. Features of pairs are kept by the numbers of their parts, those of words by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from kashaf.entities.tagger.arrays import join_words, read_arrays, split_words, write_arrays
from kashaf.entities.tagger.features import CLUSTERS, HERE, JOINTS, OFFSETS, joint_keys, placed

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

#: Weights are kept in whole parts of this.
THOUSANDTHS: Final = 1000.0
#: What stands for a transition that may not be.
NEVER: Final = -1.0e4
_NAMES: Final = (
    "labels", "transitions", "bias", "features", "feature_counts", "weights", "joints", "cluster_pairs",
    "cluster_weights", "bigram_words", "bigram_pairs", "bigram_weights",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by label, the last axis of every table; `labels[0]` is O.

    transitions: from row to column, NEVER where I-X does not follow B-X or I-X. start: NEVER for I-X. features: for
    each of OFFSETS the row of `weights` that a feature has; row 0 is all zeros. joints, clusters: by pair of classes,
    at the left neighbour and at the right one. bigram_words: number of a word in word pairs, from 1. bigram_pairs:
    left * (words + 1) + right, ascending; bigrams: their weights, at the left word and at the right one.
    """

    labels: tuple[str, ...]
    transitions: Floats
    start: Floats
    features: tuple[Mapping[str, int], ...]
    weights: Floats
    joints: Floats
    clusters: Floats
    bigram_words: Mapping[str, int]
    bigram_pairs: Ints
    bigrams: Floats


def read_model(path: Path) -> Model:
    """Read packed weights. Raises BadInput when the file is not a model, DiskTrouble when it cannot be read."""
    arrays = read_arrays(path, _NAMES)
    labels = tuple(split_words(arrays["labels"]))
    names = split_words(arrays["features"])
    words = split_words(arrays["bigram_words"])
    size = len(labels)
    clusters = np.zeros(((CLUSTERS + 1) ** 2, 2, size), dtype=np.float32)
    clusters[arrays["cluster_pairs"].astype(np.int64)] = _floats(arrays["cluster_weights"]).reshape(
        -1, 2, size
    )
    transitions = arrays["transitions"].astype(np.float32).reshape(size, size)
    start = np.zeros(size, dtype=np.float32)
    for column, label in enumerate(labels):
        if label.startswith("I-"):
            start[column] = NEVER
            for row, before in enumerate(labels):
                if before[2:] != label[2:]:
                    transitions[row, column] = NEVER
    weights = np.concatenate(
        [np.zeros((1, size), dtype=np.float32), _floats(arrays["weights"]).reshape(-1, size)]
    )
    features: list[dict[str, int]] = []
    first = 0
    for count in arrays["feature_counts"].tolist():
        features.append(
            dict(zip(names[first : first + count], range(first + 1, first + count + 1), strict=True))
        )
        first += count
    weights[features[HERE]["b"], 0] -= float(arrays["bias"].astype(np.float64).reshape(-1)[0])
    return Model(
        labels=labels,
        transitions=transitions,
        start=start,
        features=tuple(features),
        weights=weights,
        joints=_floats(arrays["joints"]).reshape(JOINTS * JOINTS, 2, size),
        clusters=clusters,
        bigram_words=dict(zip(words, range(1, len(words) + 1), strict=True)),
        bigram_pairs=arrays["bigram_pairs"].astype(np.int64),
        bigrams=_floats(arrays["bigram_weights"]).reshape(-1, 2, size),
    )


def write_model(
    path: Path,
    labels: tuple[str, ...],
    state: Mapping[tuple[str, str], float],
    transitions: Mapping[tuple[str, str], float],
    *,
    bias: float = 0.0,
    least: float = 0.0,
) -> None:
    """Pack trained weights: the same weights give the same bytes.

    state: weight by (feature, label); transitions: by (label, label after it). bias: taken from every O, for recall.
    least: smaller weights are left out.
    """
    size = len(labels)
    column = {label: index for index, label in enumerate(labels)}
    rows: dict[str, list[float]] = {placed("b", HERE): [0.0] * size}
    for (feature, label), weight in state.items():
        if abs(weight) >= least:
            rows.setdefault(feature, [0.0] * size)[column[label]] = weight
    joints = np.zeros((JOINTS * JOINTS, 2, size))
    for left in range(JOINTS):
        for right in range(JOINTS):
            for side, keys in enumerate(joint_keys(left, right)):
                for key in keys:
                    joints[left * JOINTS + right, side] += rows.get(key, [0.0] * size)
    single: list[dict[str, list[float]]] = [{} for _ in OFFSETS]
    clusters: dict[int, list[list[float]]] = {}
    bigrams: dict[tuple[str, str], list[list[float]]] = {}
    for name, values in rows.items():
        kind, side = name[0], int(name[1:2] == "<")
        if name[1:2] not in (">", "<"):
            offset = name[:2] if name[0] == "-" else name[0]
            single[OFFSETS.index(int(offset))][name[len(offset) :]] = values
        elif kind == "c":
            left_class, right_class = map(int, name[2:].split("|"))
            pair = left_class * (CLUSTERS + 1) + right_class
            clusters.setdefault(pair, [[0.0] * size, [0.0] * size])[side] = values
        elif kind == "w":
            left_word, right_word = name[2:].split("|", 1)
            bigrams.setdefault((left_word, right_word), [[0.0] * size, [0.0] * size])[side] = values
    names = [sorted(table) for table in single]
    words = sorted({word for pair in bigrams for word in pair})
    number = {word: index for index, word in enumerate(words, start=1)}
    pairs = {number[left] * (len(words) + 1) + number[right]: both for (left, right), both in bigrams.items()}
    write_arrays(
        path,
        {
            "labels": join_words(labels),
            "transitions": np.array(
                [[transitions.get((a, b), 0.0) for b in labels] for a in labels], dtype="<f4"
            ),
            "bias": np.array([bias], dtype="<f4"),
            "features": join_words([name for column in names for name in column]),
            "feature_counts": np.array([len(column) for column in names], dtype="<i4"),
            "weights": _thousandths(
                [table[name] for table, column in zip(single, names, strict=True) for name in column]
            ),
            "joints": _thousandths(joints),
            "cluster_pairs": np.array(sorted(clusters), dtype="<i4"),
            "cluster_weights": _thousandths([clusters[pair] for pair in sorted(clusters)]),
            "bigram_words": join_words(words),
            "bigram_pairs": np.array(sorted(pairs), dtype="<i8"),
            "bigram_weights": _thousandths([pairs[pair] for pair in sorted(pairs)]),
        },
    )


def _thousandths(values: object) -> npt.NDArray[np.int16]:
    return np.clip(np.round(np.array(values, dtype=np.float64) * THOUSANDTHS), -32767, 32767).astype("<i2")


def _floats(values: npt.NDArray[np.generic]) -> Floats:
    return values.astype(np.float32) / np.float32(THOUSANDTHS)
