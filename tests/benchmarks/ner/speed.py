"""How fast articles are read, in a process of its own, and what that takes."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import pairwise

from tests.benchmarks.ner import systems
from tests.benchmarks.ner.gold import ARTICLES, SAMPLE
from tests.benchmarks.process import run
from tests.benchmarks.table import Row

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.text.tokens import tokenise
from kashaf_index.reading_worker import THRESHOLDS

WORDS = 350
ROUNDS = 3  # over the same articles, when warm
FIRST = "قال سليم الرامي في دمشق يوم 12/11/2025: «عدنا»، وقتل نحو 12 شخصا أمس."


def rows() -> Iterator[Row]:
    """Ours beside the book alone, each in a process of its own."""
    ours, peer = run("ner.speed", "measure", "pipeline"), run("ner.speed", "measure", "book")
    name = "book alone"
    for what, key in (("articles, cold", "cold"), ("articles, warm", "warm")):
        yield Row(what, "/CPU s", ours.values[key], peer.values[key], name, more=True)
    for what, key in (("load", "load"), ("first sentence", "first")):
        yield Row(what, "CPU s", ours.values[key], peer.values[key], name)
    yield Row("peak memory", "MiB", ours.peak, peer.peak, name)
    yield Row("shipped data", "MB", systems.shipped_bytes() / 1e6)


def measure(system: str) -> dict[str, float]:
    """Load, what the first sentence takes (patterns are built then), articles by CPU second, once and again.

    The collector is set as in the process that reads articles.
    """
    gc.set_threshold(*THRESHOLDS)
    articles = _articles()
    marks = [time.process_time()]
    read = systems.pipeline() if system == "pipeline" else systems.book_alone()
    marks.append(time.process_time())
    read(_article(FIRST))
    marks.append(time.process_time())
    for article in articles:
        read(article)
    marks.append(time.process_time())
    for article in articles * ROUNDS:
        read(article)
    marks.append(time.process_time())
    load, first, cold, warm = (later - earlier for earlier, later in pairwise(marks))
    count = len(articles)
    return {"load": load, "first": first, "cold": count / cold, "warm": count * ROUNDS / warm}


def _articles() -> list[Article]:
    """What lies here and in the sample corpus as plain text, cut into articles of 350 words; no line comes twice."""
    made: list[Article] = []
    lines: list[str] = []
    words = 0
    for line in _lines():
        lines.append(line)
        words += sum(1 for _ in tokenise(line))
        if words >= WORDS:
            made.append(_article("\n".join(lines)))
            lines, words = [], 0
    return made


def _lines() -> Iterator[str]:
    for path in sorted((*ARTICLES.glob("*.txt"), *SAMPLE.rglob("*.txt"), *SAMPLE.rglob("*/*.md"))):
        with suppress(UnicodeDecodeError):
            yield from filter(None, path.read_text(encoding="utf-8").splitlines())


def _article(text: str) -> Article:
    return Article("", text, Metadata("", published=date(2025, 11, 12)), Provenance("", "", ""))
