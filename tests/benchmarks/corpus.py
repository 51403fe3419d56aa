"""Corpora of any size for the engines: real sentences shuffled into articles, with a Zipfian tail of invented names.

The sentences are those of a JSONL (a record's `text`, `content` or `body`), or of the sample corpus. Few sources
repeat their words soon; the names make the dictionary grow as that of real articles does: one in about every third
sentence, drawn by Zipf's law from a million, some with a proclitic.

The first n articles of a larger corpus of the same seed are the corpus of n articles.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Final

FIRST_YEAR: Final = 2015
YEARS: Final = 10
_DAYS: Final = (date(FIRST_YEAR + YEARS, 1, 1) - date(FIRST_YEAR, 1, 1)).days
_WORDS: Final = 340
_SPREAD: Final = 90
_FEWEST, _MOST = 120, 900  # words of an article
_SENTENCE: Final = range(4, 61)  # words
_NAMES: Final = 1_000_000
_NAMED: Final = 0.35  # of the sentences
_PROCLITICS: Final = ("", "", "", "", "", "", "و", "ل", "ب", "ول")
_AUTHORS: Final = 3000
_OUTLETS: Final = 60
_UNDATED: Final = 0.01
_UNSIGNED: Final = 0.2
_LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_MIX: Final = 0x9E3779B97F4A7C15
_BITS: Final = (1 << 64) - 1

Story = Sequence[str]
"""The sentences of one source article, in their order."""


@dataclass(frozen=True, slots=True)
class Raw:
    """An article as every engine receives it. text: begins with the title on a line of its own.

    date: yyyymmdd, 0 for none. author: "" for none.
    """

    id: str
    title: str
    text: str
    outlet: str
    author: str
    date: int


def make(source: str, folder: str, count: str, seed: str) -> Mapping[str, float]:
    """Write a corpus of `count` articles, unless one is in `folder`. source: a JSONL, or "" for the sample."""
    stories = _stories(source)
    digest = hashlib.sha256("\n".join(sentence for story in stories for sentence in story).encode())
    name = f"corpus-{digest.hexdigest()[:8]}-{seed}"
    known = {int(found.stem.rpartition("-")[2]): found for found in Path(folder).glob(f"{name}-*.jsonl")}
    target = known.get(max(known, default=0), Path())
    if max(known, default=0) < int(count):
        target = Path(folder) / f"{name}-{count}.jsonl"
        part = target.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            for article in islice(articles(stories, int(seed)), int(count)):
                file.write(json.dumps(asdict(article), ensure_ascii=False) + "\n")
        part.replace(target)
    (Path(folder) / _NAME).write_text(target.name, encoding="utf-8")
    return {"sentences": sum(map(len, stories))}


def path(folder: Path) -> Path:
    """The corpus that `make` was asked for last; it may hold more articles."""
    return folder / (folder / _NAME).read_text(encoding="utf-8")


def measure(folder: str, count: str) -> Mapping[str, float]:
    """Bytes of the texts of the first `count` articles, their words, and how many different ones."""
    size = words = 0
    different: set[str] = set()
    for article in read(path(Path(folder)), int(count)):
        size += len(article.text.encode())
        here = article.text.split()
        words += len(here)
        different.update(here)
    return {"bytes": size, "words": words, "different": len(different)}


def read(file: str | Path, count: int) -> Iterator[Raw]:
    """The first `count` articles."""
    with Path(file).open(encoding="utf-8") as lines:
        for line in islice(lines, count):
            yield Raw(**json.loads(line))


def articles(stories: Sequence[Story], seed: int) -> Iterator[Raw]:
    """Articles without end. The same stories and seed give the same ones."""
    chance = random.Random(seed)
    outlets = [f"صحيفة {_name(number, seed)}" for number in range(_OUTLETS)]
    authors = [f"{_name(number, seed + 1)} {_name(number, seed + 2)}" for number in range(_AUTHORS)]
    falling = list(accumulate(1 / rank for rank in range(1, _OUTLETS + 1)))
    number = 0
    while True:
        title = " ".join(_named(chance, chance.choice(chance.choice(stories)), seed).split()[:9]).rstrip(
            "،.:؛"
        )
        day = date(FIRST_YEAR, 1, 1) + timedelta(days=chance.randrange(_DAYS))
        yield Raw(
            id=f"a{number}",
            title=title,
            text="\n".join((title, *_paragraphs(chance, stories, seed))),
            outlet=chance.choices(outlets, cum_weights=falling)[0],
            author="" if chance.random() < _UNSIGNED else authors[_rank(chance, _AUTHORS)],
            date=0 if chance.random() < _UNDATED else day.year * 10_000 + day.month * 100 + day.day,
        )
        number += 1


def _paragraphs(chance: random.Random, stories: Sequence[Story], seed: int) -> Iterator[str]:
    """Runs of sentences as they follow each other somewhere, until there are words enough."""
    missing = min(max(chance.gauss(_WORDS, _SPREAD), _FEWEST), _MOST)
    while missing > 0:
        story = chance.choice(stories)
        first = chance.randrange(len(story))
        run = []
        for sentence in story[first : first + chance.randint(2, 6)]:
            if missing > 0:
                run.append(_named(chance, sentence, seed))
                missing -= run[-1].count(" ") + 1
        yield " ".join(run)


def _named(chance: random.Random, sentence: str, seed: int) -> str:
    if chance.random() > _NAMED:
        return sentence
    words = sentence.split(" ")
    name = chance.choice(_PROCLITICS) + _name(_rank(chance, _NAMES), seed)
    words.insert(chance.randrange(1, len(words)), name)
    return " ".join(words)


def _rank(chance: random.Random, count: int) -> int:
    """From 0: rank by rank, frequency falls as its inverse."""
    return min(int(math.exp(chance.random() * math.log(count + 1))), count) - 1


def _name(number: int, seed: int) -> str:
    """The same letters for the same number: a list of a million names need not be held."""
    mixed = (number * 8 + 1 + seed * 0x632BE59BD9B4E019) * _MIX & _BITS
    mixed = (mixed ^ mixed >> 31) * 0xBF58476D1CE4E5B9 & _BITS
    mixed ^= mixed >> 29
    letters = []
    for _ in range(4 + mixed % 4):
        mixed, letter = divmod(mixed >> 2, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)


# Sources

_NAME: Final = "corpus"
_TEXTS: Final = ("text", "content", "body")


def _stories(source: str) -> list[Story]:
    from tests.benchmarks.articles import drafts

    from kashaf.text.segments import sentences

    texts: Iterable[str] = _records(Path(source)) if source else (text for text, _ in drafts())
    found: dict[tuple[str, ...], None] = {}
    for text in texts:
        lines = (" ".join(text[start:end].split()) for start, end in sentences(text))
        if story := tuple(line for line in lines if line.count(" ") + 1 in _SENTENCE):
            found[story] = None
    return list(found)


def _records(path: Path) -> Iterator[str]:
    from kashaf.text.sanitise import sanitise

    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            # The articles are said to be cleaned.
            yield sanitise(next((record[name] for name in _TEXTS if record.get(name)), "")).text
