"""Train the tagger and write the files that ship: `python -m scripts.ner.train DATA`.

DATA holds the labelled sets, the gazetteer and the clusters that `MODEL_CARD.md` names; the articles of `texts/` are
learnt from beside them. Same data and same name book, same bytes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scripts.ner import sets
from scripts.ner.crf import LABELS, Settings, Weights, train
from scripts.ner.labelled import Token
from scripts.ner.pack import build_lexicon, commonest
from scripts.ner.texts import examples, read_texts

from kashaf.entities.book.namebook import NameBook
from kashaf.entities.tagger.lexicon import Lexicon, write_lexicon
from kashaf.entities.tagger.model import read_model, write_model
from kashaf.entities.tagger.tagger import COMMON, LEXICON, MODEL
from kashaf.entities.tagger.wordtable import common_words, write_common_words

#: Taken from the score of O: a few more names for a few more mistakes.
BIAS: Final = 0.25
#: How far the own articles overrule the published sets where these differ from them.
SHARE: Final = 0.35
#: Words whose rows are worked out beforehand.
COMMONEST: Final = 40_000
#: Smaller weights change no label.
LEAST: Final = 0.01


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument("--common", type=Path, default=COMMON)
    options = parser.parse_args()
    began = time.perf_counter()
    lexicon = build_lexicon(options.data / sets.GAZETTEER, options.data / sets.CLUSTERS, NameBook.load())
    write_lexicon(options.lexicon, lexicon)
    write(options.model, learn(options.data, lexicon))
    words = commonest(options.data / sets.CLUSTERS, COMMONEST)
    write_common_words(options.common, common_words(words, read_model(options.model), lexicon))
    sizes = ", ".join(
        f"{path.name} {path.stat().st_size:,}" for path in (options.model, options.lexicon, options.common)
    )
    print(f"{time.perf_counter() - began:.0f} s; bytes: {sizes}")


def learn(data: Path, lexicon: Lexicon, newsfane: Sequence[list[Token]] | None = None) -> Weights:
    """Train on everything. `newsfane`: see `sets.training`."""
    published = sets.training(data, newsfane=newsfane)
    return train(published, lexicon, Settings(), own=examples(read_texts()))


def write(path: Path, weights: Weights, share: float = SHARE) -> None:
    """Write weights as a tagger reads them."""
    write_model(path, LABELS, weights.with_own(share), weights.transitions, bias=BIAS, least=LEAST)


if __name__ == "__main__":
    main()
