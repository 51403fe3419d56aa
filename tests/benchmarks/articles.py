"""Synthetic articles: the sample corpus's own sentences in any order, with invented names between.

The names follow Zipf's law, so that there are rare words as in a real corpus; 80 articles alone have few.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.benchmarks.process import ROOT

FILE = "articles.jsonl"
FIRST_DAY = date(2024, 1, 1)
DAYS = 731
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_NAMES = 30_000
_NAMES_PER_SENTENCE = 0.4


@dataclass(frozen=True, slots=True)
class Made:
    """A synthetic article. published: ISO 8601."""

    title: str
    text: str
    outlet: str
    published: str


def make(folder: str, count: str, seed: str) -> Mapping[str, float]:
    """Write `count` articles into `folder`. The same seed and sample corpus give the same bytes."""
    chance = random.Random(int(seed))
    sentences, outlets = _sample()
    names = ["".join(chance.choices(_LETTERS, k=chance.randint(4, 7))) for _ in range(_NAMES)]
    size = 0
    words: set[str] = set()
    with (Path(folder) / FILE).open("w", encoding="utf-8") as file:
        for _ in range(int(count)):
            article = _article(chance, sentences, outlets, names)
            file.write(json.dumps(asdict(article), ensure_ascii=False) + "\n")
            size += len(article.text.encode())
            words.update(article.text.split())
    return {"megabytes": size / 1e6, "words": len(words)}


def load(folder: Path) -> list[Made]:
    """The articles that `make` wrote."""
    with (folder / FILE).open(encoding="utf-8") as file:
        return [Made(**json.loads(line)) for line in file]


def text_bytes(articles: Sequence[Made]) -> int:
    """Size of all texts in UTF-8."""
    return sum(len(article.text.encode()) for article in articles)


def _article(
    chance: random.Random, sentences: Sequence[str], outlets: Sequence[str], names: Sequence[str]
) -> Made:
    title = " ".join(chance.choice(sentences).split()[:8]).rstrip("،.:؛")
    paragraphs = [
        " ".join(
            _named(chance, sentence, names) for sentence in chance.choices(sentences, k=chance.randint(2, 4))
        )
        for _ in range(chance.randint(3, 8))
    ]
    published = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    return Made(title, "\n".join([title, *paragraphs]), chance.choice(outlets), published.isoformat())


def _named(chance: random.Random, sentence: str, names: Sequence[str]) -> str:
    if chance.random() > _NAMES_PER_SENTENCE:
        return sentence
    # Rank by rank, frequency falls as its inverse.
    name = names[int(math.exp(chance.random() * math.log(len(names)))) - 1]
    words = sentence.split()
    words.insert(chance.randrange(1, len(words)), name)
    return " ".join(words)


def _sample() -> tuple[list[str], list[str]]:
    """Sentences of the sample corpus, each once in its order, and its outlets."""
    from kashaf.text.segments import sentences

    found: dict[str, None] = {}
    outlets: Counter[str] = Counter()
    for text, outlet in drafts():
        outlets[outlet] += 1
        for start, end in sentences(text):
            if 6 <= len(text[start:end].split()) <= 60:
                found[" ".join(text[start:end].split())] = None
    return list(found), sorted(outlets)


def drafts() -> Iterator[tuple[str, str]]:
    from kashaf.corpus.containers import is_container
    from kashaf.corpus.readers import read
    from kashaf.corpus.walk import walk

    for file in sorted(walk(ROOT / "sample_corpus", exclude=ROOT), key=lambda found: found.relative):
        if file.refusal or is_container(file.path):
            continue
        for member in read(file.relative, file.path.read_bytes()).members:
            yield member.draft.text[member.draft.body_start :], member.draft.metadata.outlet or "بلا مصدر"
