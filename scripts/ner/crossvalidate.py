"""Cross-validation of the tagger and of the whole pipeline with it: `python -m scripts.ner.crossvalidate DATA`.

Five folds of NewsFANE, each a run of sentences so that no article is cut in two, with the other sets always in
training; and AQMAR's dev set with everything else in training. Fold models are kept in `--folder` and not trained
again. Strict scores, as `tests/benchmarks/ner/conll.py` counts them, of the pipeline; by words
of the tagger alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from scripts.ner import sets
from scripts.ner.crf import KEPT
from scripts.ner.labelled import Labelled, Token, from_tokens, glued, read_tokens
from scripts.ner.pack import build_lexicon
from scripts.ner.score import line, scores, spans
from scripts.ner.train import learn
from tests.benchmarks.ner.conll import Strict, strict

from kashaf.entities.book.namebook import NameBook
from kashaf.entities.mentions import find_mentions
from kashaf.entities.tagger.lexicon import write_lexicon
from kashaf.entities.tagger.tagger import Tag, Tagger

FOLDS: Final = 5


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

    def fold(name: str, kept: list[list[Token]]) -> Tagger:
        path = options.folder / f"{name}.npz"
        if not path.exists():
            began = time.perf_counter()
            learn(path, options.data, lexicon, kept)
            print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)
        return Tagger.load(path, options.folder / "lexicon.npz")

    total, joined = Strict(), Strict()
    tagged: list[tuple[Labelled, list[Tag]]] = []
    cuts = [round(len(news) * part / FOLDS) for part in range(FOLDS + 1)]
    for number, (begin, end) in enumerate(list(pairwise(cuts))[: options.folds]):
        tagger = fold(f"fold{number}", news[:begin] + news[end:])
        held = news[begin:end]
        tagged += _tagged(tagger, from_tokens(held, KEPT))
        if not options.tagger_only:
            _add(total, _judge(held, book, tagger))
            _add(joined, _judge([glued(sentence) for sentence in held], book, tagger))
    tagger = fold("all", news)
    dev = read_tokens(options.data / sets.AQMAR_DEV)
    dev_tagged = _tagged(tagger, from_tokens(dev, KEPT))
    print("NewsFANE, tagger alone:", _line(tagged))
    print("AQMAR dev, tagger alone:", _line(dev_tagged))
    print("probability of a name in NewsFANE, and how often it is right:", _calibration(tagged))
    if not options.tagger_only:
        print("NewsFANE as distributed, pipeline:", _measures(total))
        print("NewsFANE with particles joined, pipeline:", _measures(joined))
        print("AQMAR dev, pipeline:", _measures(_judge(dev, book, tagger)))


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
