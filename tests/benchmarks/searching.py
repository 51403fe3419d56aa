"""How long a query takes from text to 20 hits with passages, beside stock Whoosh with its highlights.

Ours also counts the matches of all three rungs and says why each hit matched; the stemmed rung finds more.
"""

from __future__ import annotations

import calendar
import json
import random
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from tests.benchmarks.articles import FIRST_DAY, load
from tests.benchmarks.indexing import WORKSPACE
from tests.benchmarks.process import run
from tests.benchmarks.table import Row

FILE = "queries.json"
_PEER = "stock Whoosh"
_EACH = 10
_PASSES = 2
# Whole words without marks: a piece of a marked one stands nowhere as a word.
_WORD = re.compile("(?<![\u0621-\u0652])[\u0621-\u064a]{4,}(?![\u0621-\u0652])")
_PLAIN = re.compile("[\u0621-\u064a]{2,}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of a kind: `text`, or a month as the days `first` and `last`."""

    kind: str
    text: str
    first: str = ""
    last: str = ""


def measure(folder: Path) -> list[Row]:
    """One warm-up pass, then every query twice; medians and 95th percentiles of each kind."""
    run("searching", "choose", folder)
    ours, peer = run("searching", "ours", folder), run("searching", "peer", folder)
    rows = [Row("open the index", "ms", ours.values["open"], peer.values["open"], _PEER)]
    for name in ours.values:
        if name != "open":
            rows.append(Row(f"search, {name}", "ms", ours.values[name], peer.values[name], _PEER))
    return [*rows, Row("searching, peak memory", "MiB", ours.peak, peer.peak, _PEER)]


def choose(folder: str) -> Mapping[str, float]:
    """Write the queries: words by the number of articles they stand in, as they stand there."""
    from kashaf.text.fold import fold_word
    from kashaf.text.stopwords import STOP_WORDS

    chance = random.Random(1)
    texts = [article.text for article in load(Path(folder))]
    spread = Counter(word for text in texts for word in set(_WORD.findall(text)))
    content = [word for word, _ in spread.most_common() if fold_word(word) not in STOP_WORDS]
    middle = [word for word in content[50:1000] if not word.startswith("ال")]
    rare = sorted(word for word in content if 2 <= spread[word] <= 5)
    asked: list[Asked] = [Asked("common word", word) for word in content[:_EACH]]
    asked += [Asked("rare word", word) for word in chance.sample(rare, _EACH)]
    asked += [
        Asked("two words", f"{one} {two}")
        for one, two in zip(content[:_EACH], chance.sample(middle, _EACH), strict=True)
    ]
    asked += [Asked("phrase", f'"{phrase}"') for phrase in _phrases(chance, texts)]
    asked += [Asked("prefix", f"{word[:3]}*") for word in chance.sample(middle, _EACH)]
    asked += [_month(number) for number in range(_EACH)]
    (Path(folder) / FILE).write_text(json.dumps([asdict(one) for one in asked]), encoding="utf-8")
    return {}


def _phrases(chance: random.Random, texts: Sequence[str]) -> Iterator[str]:
    """Three words as they stand side by side."""
    for text in chance.sample(texts, _EACH):
        words = text.split()
        runs = [words[at : at + 3] for at in range(len(words) - 2)]
        yield " ".join(chance.choice([found for found in runs if all(map(_PLAIN.fullmatch, found))]))


def _month(number: int) -> Asked:
    first = FIRST_DAY.replace(month=number % 12 + 1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return Asked("one month", f"date:{first:%Y-%m}", first.isoformat(), last.isoformat())


def ours(folder: str) -> Mapping[str, float]:
    """By our Searcher, as the explorer and the command line ask it."""
    from kashaf.workspace import create
    from kashaf_index.model import Query
    from kashaf_index.search import Searcher

    index = create(Path(folder) / WORKSPACE).index
    started = perf_counter()
    with Searcher.open(index) as searcher:
        opened = perf_counter() - started
        return {
            "open": opened * 1000,
            **_timed(folder, lambda asked: searcher.search(Query(asked.text)).total),
        }


def peer(folder: str) -> Mapping[str, float]:
    """By stock Whoosh."""
    import whoosh.index
    import whoosh.qparser  # noqa: F401 -- ours is imported before the clock starts, too
    from tests.benchmarks.stock import StockSearcher

    started = perf_counter()
    searcher = StockSearcher(Path(folder))
    opened = perf_counter() - started

    def ask(asked: Asked) -> int:
        return searcher.dates(asked.first, asked.last) if asked.first else searcher.words(asked.text)

    return {"open": opened * 1000, **_timed(folder, ask)}


def _timed(folder: str, ask: Callable[[Asked], int]) -> Mapping[str, float]:
    asked = [Asked(**value) for value in json.loads((Path(folder) / FILE).read_text(encoding="utf-8"))]
    for one in asked:
        if not ask(one) and one.kind != "two words":
            raise LookupError(f"a query that must find something found nothing: {one.text}")
    taken: dict[str, list[float]] = {}
    for one in asked * _PASSES:
        started = perf_counter()
        ask(one)
        taken.setdefault(one.kind, []).append((perf_counter() - started) * 1000)
    values: dict[str, float] = {}
    for kind, times in taken.items():
        values[f"{kind}, p50"] = statistics.median(times)
        values[f"{kind}, p95"] = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return values
