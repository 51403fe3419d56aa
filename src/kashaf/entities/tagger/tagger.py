"""Names by statistics: labels for folded words, with how sure they are.

The scores of a word are sums over what is known of it, of its neighbours and of the pairs they make. What a word by
itself adds is kept in a table, a row a word, so that a sequence is scored by gathering rows.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from kashaf.entities.page import Page
from kashaf.entities.tagger.decoding import decode
from kashaf.entities.tagger.features import (
    CLUSTERS,
    HERE,
    JOINTS,
    OFFSETS,
    match_features,
)
from kashaf.entities.tagger.lexicon import Lexicon, read_lexicon
from kashaf.entities.tagger.model import Model, read_model
from kashaf.entities.tagger.sequences import LONGEST, sequences
from kashaf.entities.tagger.wordtable import (
    BEGINS,
    CLUSTER,
    JOINT,
    PAIRED,
    CommonWords,
    WordTable,
    read_common_words,
)

#: (label, probability): O, B-PER, I-PER, B-LOC, I-LOC, B-ORG, I-ORG, and its marginal probability at this word, from
#: 0 to 1. What that is worth in text not learnt from, `calibration` says.
Tag = tuple[str, float]

_HERE: Final = Path(__file__).with_name("data")
MODEL: Final = _HERE / "model.npz"
LEXICON: Final = _HERE / "lexicon.npz"
COMMON: Final = _HERE / "common.npz"

#: Words kept with their scores beside the commonest; all are forgotten when there are more.
KNOWN_WORDS: Final = 40_000
_BATCH: Final = 4096
_PADS: Final = max(*OFFSETS, -min(OFFSETS))
_OUTSIDE: Final[Tag] = ("O", 1.0)


class Tagger:
    """A model and its lexicon. Threads may share one; the same words always get the same tags."""

    def __init__(
        self,
        model: Model,
        lexicon: Lexicon,
        common: CommonWords | None = None,
        *,
        known_words: int = KNOWN_WORDS,
    ) -> None:
        self._model = model
        self._lexicon = lexicon
        self._table = WordTable(model, lexicon, known_words, common)
        self._lock = threading.Lock()

    @classmethod
    def load(cls, model: Path, lexicon: Path, common: Path | None = None) -> Tagger:
        """Read a tagger's files, the last of which saves time alone.

        Raises BadInput when they are damaged, DiskTrouble when they cannot be read.
        """
        weights = read_model(model)
        words = read_common_words(common, len(weights.labels)) if common else None
        return cls(weights, read_lexicon(lexicon), words)

    @classmethod
    def shipped(cls) -> Tagger:
        """The tagger that is part of the program, read when it is first asked for."""
        return _shipped()

    @property
    def lexicon(self) -> Lexicon:
        """What the tagger knows of words and names beside its weights."""
        return self._lexicon

    def tag_page(self, page: Page) -> list[Tag]:
        """One tag for each word of a page. Quotation marks and punctuation are no words of a page."""
        parts = list(sequences(page))
        tags = [_OUTSIDE] * len(page)
        for part, found in zip(parts, self.tag([part.words for part in parts]), strict=True):
            for index, tag in zip(part.indexes, found, strict=True):
                if index >= 0:
                    tags[index] = tag
        return tags

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        """One tag for each word of each sentence.

        Words are folded (`Page.folds`), punctuation marks are words of their own and quotation marks none: see
        `sequences`. Within a sentence, I-X follows only B-X or I-X; one of more than LONGEST words is read in parts.
        """
        pieces = [
            sentence[begin : begin + LONGEST]
            for sentence in sentences
            for begin in range(0, len(sentence), LONGEST)
        ]
        flat: list[Tag] = []
        for batch in _batches(pieces):
            flat.extend(self._tag_batch(batch))
        tags: list[list[Tag]] = []
        begin = 0
        for sentence in sentences:
            tags.append(flat[begin : begin + len(sentence)])
            begin += len(sentence)
        return tags

    def _tag_batch(self, sentences: Sequence[Sequence[str]]) -> list[Tag]:
        scores, lengths = self._scores(sentences)
        best, marginals = decode(scores, lengths, self._model.transitions, self._model.start)
        labels = self._model.labels
        return [
            (labels[label], probability)
            for label, probability in zip(best.tolist(), marginals.tolist(), strict=True)
        ]

    def _scores(self, sentences: Sequence[Sequence[str]]) -> tuple[npt.NDArray[np.float32], list[int]]:
        """Scores of the words of all sentences in order, (words, labels), and the length of each sentence."""
        with self._lock:
            table = self._table
            table.know([word for sentence in sentences for word in sentence])
            numbers = table.numbers
            ids = [0] * _PADS
            firsts: list[int] = []
            for sentence in sentences:
                firsts.append(len(ids))
                ids += [numbers[word] for word in sentence]
                ids += [0] * _PADS
            known = np.array(ids, dtype=np.intp)
            rows = table.rows
            scores = rows[known, HERE]
            for column, offset in enumerate(OFFSETS):
                if offset < 0:
                    scores[-offset:] += rows[known[:offset], column]
                elif offset:
                    scores[:-offset] += rows[known[offset:], column]
            marks = table.marks[known]
            self._add_pairs(scores, marks)
            self._add_matches(scores, ids, marks[:, BEGINS], firsts, sentences)
        keep = np.concatenate(
            [
                np.arange(first, first + len(sentence))
                for first, sentence in zip(firsts, sentences, strict=True)
            ]
        )
        return scores[keep], [len(sentence) for sentence in sentences]

    def _add_pairs(self, scores: npt.NDArray[np.float32], marks: npt.NDArray[np.int32]) -> None:
        model = self._model
        joints = model.joints[marks[:-1, JOINT] * JOINTS + marks[1:, JOINT]]
        clusters = model.clusters[marks[:-1, CLUSTER] * (CLUSTERS + 1) + marks[1:, CLUSTER]]
        joints += clusters
        if model.bigram_pairs.size:
            left, right = marks[:-1, PAIRED].astype(np.int64), marks[1:, PAIRED]
            keys = left * (len(model.bigram_words) + 1) + right
            keys[(left == 0) | (right == 0)] = -1
            places = np.searchsorted(model.bigram_pairs, keys)
            places[places == model.bigram_pairs.size] = 0
            hits = np.nonzero(model.bigram_pairs[places] == keys)[0]
            joints[hits] += model.bigrams[places[hits]]
        scores[:-1] += joints[:, 0]
        scores[1:] += joints[:, 1]

    def _add_matches(
        self,
        scores: npt.NDArray[np.float32],
        ids: list[int],
        begins: npt.NDArray[np.int32],
        firsts: list[int],
        sentences: Sequence[Sequence[str]],
    ) -> None:
        candidates = np.nonzero(begins)[0].tolist()
        features, weights = self._model.features, self._model.weights
        rows: list[int] = []
        places: list[int] = []
        taken = 0
        for first, sentence in zip(firsts, sentences, strict=True):
            starts: list[int] = []
            end = first + len(sentence)
            while taken < len(candidates) and candidates[taken] < end:
                starts.append(candidates[taken] - first)
                taken += 1
            if not starts:
                continue
            words = [self._table.plain[number] for number in ids[first:end]]
            for position, column, key in match_features(words, starts, self._lexicon):
                row = features[column].get(key)
                if row is not None:
                    places.append(first + position)
                    rows.append(row)
        if places:
            np.add.at(scores, np.array(places), weights[np.array(rows)])


@lru_cache(maxsize=1)
def _shipped() -> Tagger:
    return Tagger.load(MODEL, LEXICON, COMMON)


def _batches(sentences: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    batch: list[Sequence[str]] = []
    words = 0
    for sentence in sentences:
        batch.append(sentence)
        words += len(sentence)
        if words >= _BATCH:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch
