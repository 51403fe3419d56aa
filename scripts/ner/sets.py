"""The sets that the tagger learns from and is judged by, under the names they have in the data folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scripts.ner.crf import KEPT
from scripts.ner.labelled import Labelled, Token, from_tokens, read_tokens

NEWSFANE: Final = "newsfane.train.conll"
AQMAR: Final = "aqmar_liu.train.conll"
AQMAR_DEV: Final = "aqmar_liu.dev.conll"
WOJOOD: Final = "wojood_sample.train.plo.conll"
GAZETTEER: Final = "gazetteer.json"
CLUSTERS: Final = "clusters.open.json"


def training(data: Path, *, newsfane: Sequence[list[Token]] | None = None) -> list[Labelled]:
    """The published sets to learn from; `newsfane` stands for that set when some of it is kept apart."""
    news = read_tokens(data / NEWSFANE) if newsfane is None else newsfane
    others = [sentence for name in (AQMAR, WOJOOD) for sentence in read_tokens(data / name)]
    return from_tokens(news, KEPT, glue=True) + from_tokens(others, KEPT)
