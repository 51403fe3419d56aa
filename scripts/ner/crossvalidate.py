"""Cross-validation of the tagger and of the whole pipeline with it: `python -m scripts.ner.crossvalidate DATA`.

Five folds of NewsFANE, each a run of sentences so that no article is cut in two, with the other sets always in
training; and AQMAR's dev set with everything else in training. Each fold is judged twice: as it would ship, and with
no share of what the own articles say differently, that is by the sets' own conventions. Fold models are kept in
`--folder` and not trained again. Strict scores of the pipeline as `tests/benchmarks/ner/conll.py` counts them; by
words of the tagger alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from scripts.ner import sets
from scripts.ner.crf import KEPT
from scripts.ner.labelled import Labelled, Token, from_tokens, glued, read_tokens
from scripts.ner.pack import build_lexicon
from scripts.ner.score import line, scores, spans
from scripts.ner.train import SHARE, learn, write
from tests.benchmarks.ner.conll import Strict, strict

from kashaf.entities.book.namebook import NameBook
from kashaf.entities.mentions import find_mentions
from kashaf.entities.tagger.lexicon import write_lexicon
from kashaf.entities.tagger.tagger import Tag, Tagger

FOLDS: Final = 5
#: Of what the own articles say differently: as it ships, and nothing.
SHARES: Final = (SHARE, 0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folder", type=Path, required=True, help="where fold models are kept")
    parser.add_argument("--tagger-only", action="store_true", help="without the pipeline")
    parser.add_argument("--folds", type=int, default=FOLDS, help="how many of the folds to judge")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    book = NameBook.load()
    lexicon = build_lexicon(options.data / sets.GAZETTEER, options.data / sets.CLUSTERS, book)
    write_lexicon(options.folder / "lexicon.npz", lexicon)
    news = read_tokens(options.data / sets.NEWSFANE)
    dev = read_tokens(options.data / sets.AQMAR_DEV)

    def taggers(name: str, kept: list[list[Token]]) -> list[Tagger]:
        paths = [options.folder / f"{name}-{share}.npz" for share in SHARES]
        if not all(path.exists() for path in paths):
            began = time.perf_counter()
            weights = learn(options.data, lexicon, kept)
            for path, share in zip(paths, SHARES, strict=True):
                write(path, weights, share)
            print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)
        return [Tagger.load(path, options.folder / "lexicon.npz") for path in paths]

    news_results, dev_results = ([Result() for _ in SHARES] for _ in range(2))
    cuts = [round(len(news) * part / FOLDS) for part in range(FOLDS + 1)]
    for number, (begin, end) in enumerate(list(pairwise(cuts))[: options.folds]):
        held = news[begin:end]
        for tagger, result in zip(
            taggers(f"fold{number}", news[:begin] + news[end:]), news_results, strict=True
        ):
            result.add(held, tagger, None if options.tagger_only else book)
    for tagger, result in zip(taggers("all", news), dev_results, strict=True):
        result.add(dev, tagger, None if options.tagger_only else book)
    for share, of_news, of_dev in zip(SHARES, news_results, dev_results, strict=True):
        print(f"With a share of {share} of the own articles:")
        print("NewsFANE, tagger alone:", _line(of_news.tagged))
        print("AQMAR dev, tagger alone:", _line(of_dev.tagged))
        print("probability of a name in NewsFANE, and how often it is right:", _calibration(of_news.tagged))
        if not options.tagger_only:
            print("NewsFANE as distributed, pipeline:", _measures(of_news.whole))
            print("NewsFANE with particles joined, pipeline:", _measures(of_news.joined))
            print("AQMAR dev, pipeline:", _measures(of_dev.whole))


@dataclass(slots=True)
class Result:
    """What came of some sentences: the tagger alone, the pipeline, and the pipeline with particles joined."""

    tagged: list[tuple[Labelled, list[Tag]]] = field(default_factory=list)
    whole: Strict = field(default_factory=Strict)
    joined: Strict = field(default_factory=Strict)

    def add(self, sentences: Sequence[list[Token]], tagger: Tagger, book: NameBook | None) -> None:
        """Judge more of them; without a book, the tagger alone."""
        self.tagged += _tagged(tagger, from_tokens(sentences, KEPT))
        if book is not None:
            _add(self.whole, _judge(sentences, book, tagger))
            _add(self.joined, _judge([glued(sentence) for sentence in sentences], book, tagger))


def _tagged(tagger: Tagger, examples: Sequence[Labelled]) -> list[tuple[Labelled, list[Tag]]]:
    return list(zip(examples, tagger.tag([example.words for example in examples]), strict=True))


def _judge(sentences: Sequence[Sequence[Token]], book: NameBook, tagger: Tagger) -> Strict:
    return strict(
        [tuple(sentence) for sentence in sentences], lambda article: find_mentions(article, book, tagger)
    )


def _add(total: Strict, part: Strict) -> None:
    total.gold += part.gold
    total.found += part.found
    total.right += part.right


def _line(tagged: Iterable[tuple[Labelled, list[Tag]]]) -> str:
    return line(scores(((example.labels, [label for label, _ in tags]) for example, tags in tagged), KEPT))


def _measures(score: Strict) -> str:
    rows = [(label, score.measures(label)) for label in sorted(KEPT)] + [("all", score.measures())]
    return "  ".join(f"{label} P {p:.1f} R {r:.1f} F {f:.1f}" for label, (p, r, f) in rows)


def _calibration(tagged: Iterable[tuple[Labelled, list[Tag]]]) -> str:
    """Names by their least probability, in tenths: said on average, right in truth."""
    pairs = np.array(list(_certainties(tagged)))
    parts = []
    for low, high in pairwise((0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1.01)):
        inside = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < high)]
        if len(inside):
            parts.append(f"{inside[:, 0].mean():.2f}: {inside[:, 1].mean():.2f} ({len(inside)})")
    return "  ".join(parts)


def _certainties(tagged: Iterable[tuple[Labelled, list[Tag]]]) -> Iterator[tuple[float, bool]]:
    for example, tags in tagged:
        gold = spans(example.labels, KEPT)
        for span in spans([label for label, _ in tags], KEPT):
            yield min(probability for _, probability in tags[span[0] : span[1]]), span in gold


if __name__ == "__main__":
    main()
