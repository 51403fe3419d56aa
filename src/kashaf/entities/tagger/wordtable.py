"""What each word by itself adds to scores, a row a word: worked out once, and shipped for the commonest words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from kashaf.entities.tagger.arrays import join_words, read_arrays, split_words, write_arrays
from kashaf.entities.tagger.features import EDGE, OFFSETS, describe
from kashaf.entities.tagger.lexicon import Lexicon
from kashaf.entities.tagger.model import THOUSANDTHS, Floats, Model

Marks = npt.NDArray[np.int32]

#: Longer words are no words of a language: described by their beginning.
_LONGEST_WORD: Final = 60
#: Columns of marks: joint class, cluster, number in word pairs, whether a name of the lexicon can begin with it.
JOINT, CLUSTER, PAIRED, BEGINS = range(4)


@dataclass(frozen=True, slots=True)
class CommonWords:
    """Rows of some words, worked out beforehand: scores (words, OFFSETS, labels) and marks (words, 4)."""

    words: tuple[str, ...]
    rows: Floats
    marks: Marks


class WordTable:
    """Words with their rows, the commonest for good and the others until `capacity` of them are known.

    numbers: a word's row; the edge of a sequence is word 0. plain: by row, the word with every digit 0. rows: scores
    (words, OFFSETS, labels). marks: (words, 4).
    """

    __slots__ = ("_capacity", "_kept", "_lexicon", "_model", "marks", "numbers", "plain", "rows")

    def __init__(
        self, model: Model, lexicon: Lexicon, capacity: int, common: CommonWords | None = None
    ) -> None:
        self._model = model
        self._lexicon = lexicon
        self._capacity = capacity
        self._kept = 0
        self.numbers: dict[str, int] = {}
        self.plain: list[str] = []
        kept = 1 + (len(common.words) if common else 0)
        self.rows = np.zeros((kept + capacity, len(OFFSETS), len(model.labels)), dtype=np.float32)
        self.marks = np.zeros((kept + capacity, 4), dtype=np.int32)
        self._learn((EDGE,))
        if common:
            self.rows[1:kept] = common.rows
            self.marks[1:kept] = common.marks
            self.numbers.update(zip(common.words, range(1, kept), strict=True))
            self.plain += common.words
        self._kept = kept

    def know(self, words: Collection[str]) -> None:
        """Have a row for each of these words; those known before may be forgotten for it."""
        new = [word for word in dict.fromkeys(words) if word not in self.numbers]
        if not new:
            return
        if len(self.plain) + len(new) > len(self.rows):
            self._forget()
            new = [word for word in dict.fromkeys(words) if word not in self.numbers]
            self._grow(len(new))
        self._learn(new)

    def _learn(self, words: Collection[str]) -> None:
        first = len(self.plain)
        plain, rows, marks = _rows_of(words, self._model, self._lexicon)
        self.numbers.update(zip(words, range(first, first + len(words)), strict=True))
        self.plain += plain
        self.rows[first : first + len(words)] = rows
        self.marks[first : first + len(words)] = marks

    def _forget(self) -> None:
        self.numbers = {word: number for word, number in self.numbers.items() if number < self._kept}
        del self.plain[self._kept :]

    def _grow(self, count: int) -> None:
        """Have room for `count` words beside those that are kept, and no more than that or the capacity."""
        size = self._kept + max(count, self._capacity)
        if size != len(self.rows):
            rows, marks = self.rows[: self._kept], self.marks[: self._kept]
            self.rows = np.zeros((size, *rows.shape[1:]), dtype=np.float32)
            self.marks = np.zeros((size, 4), dtype=np.int32)
            self.rows[: self._kept] = rows
            self.marks[: self._kept] = marks


def common_words(words: Iterable[str], model: Model, lexicon: Lexicon) -> CommonWords:
    """Work out the rows of folded words. Those with rows too great for the file are left out."""
    chosen = list(dict.fromkeys(words))
    plain, rows, marks = _rows_of(chosen, model, lexicon)
    fit = [
        number
        for number, word in enumerate(chosen)
        if word and word == plain[number] and abs(rows[number]).max() * THOUSANDTHS < 32767
    ]
    return CommonWords(tuple(chosen[number] for number in fit), rows[fit], marks[fit])


def read_common_words(path: Path, labels: int) -> CommonWords:
    """Read packed rows. Raises BadInput when the file holds none, DiskTrouble when it cannot be read."""
    arrays = read_arrays(path, ("words", "rows", "marks"))
    rows = arrays["rows"].astype(np.float32) / np.float32(THOUSANDTHS)
    return CommonWords(
        tuple(split_words(arrays["words"])),
        rows.reshape(-1, len(OFFSETS), labels),
        arrays["marks"].astype(np.int32).reshape(-1, 4),
    )


def write_common_words(path: Path, common: CommonWords) -> None:
    """Pack rows in whole thousandths: the same rows give the same bytes."""
    rows = np.round(common.rows.astype(np.float64) * THOUSANDTHS).astype("<i2")
    marks = common.marks.astype("<i4")
    write_arrays(path, {"words": join_words(common.words), "rows": rows, "marks": marks})


def _rows_of(words: Collection[str], model: Model, lexicon: Lexicon) -> tuple[list[str], Floats, Marks]:
    """For each word itself with every digit 0, its row of scores and its marks."""
    found: list[int] = []
    begins: list[int] = []
    plain: list[str] = []
    marks: list[tuple[int, int, int, bool]] = []
    for word in words:
        described = describe(word[:_LONGEST_WORD], lexicon)
        for features, keys in zip(model.features, described.keys, strict=True):
            begins.append(len(found))
            found.append(0)  # the row of zeros: no sum is empty
            found += [row for key in keys if (row := features.get(key))]
        bare = described.word
        plain.append(bare)
        paired = model.bigram_words.get(bare, 0)
        marks.append((described.joint, described.cluster, paired, bool(bare) and lexicon.begins(bare)))
    sums = np.add.reduceat(model.weights[found], begins, axis=0)
    return plain, sums.reshape(len(plain), len(OFFSETS), -1), np.array(marks, dtype=np.int32)
