"""`python -m tests.benchmarks.ner`: how well entities, dates, figures and quotations are found. Asserts nothing.

On the gold of this folder and of the sample corpus, and on every *.conll of the folder KASHAF_NER_DATA when that is
set (but those called *train*, for which --all asks). Of the unseen half only totals are printed, ever.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.ner.labelled import glued
from tests.benchmarks.ner import expressions, speed, systems
from tests.benchmarks.ner import gold as golds
from tests.benchmarks.ner.conll import Sentence, read, strict
from tests.benchmarks.ner.report import lines_of
from tests.benchmarks.ner.scoring import score
from tests.benchmarks.table import render

from kashaf.corpus.article import Article
from kashaf.entities.book.namebook import NameBook

PARTS = ("sets", "dates", "gold", "speed")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.ner", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--only", choices=PARTS, help="one part")
    parser.add_argument(
        "--all", action="store_true", help="also the sets called *train*, which the model knows"
    )
    parser.add_argument("--system", choices=("pipeline", "rules", "book"), default="pipeline")
    parser.add_argument("--no-sample", action="store_true", help="without the sample corpus")
    parser.add_argument("--errors", metavar="FILE", help="write what went wrong in the seen half")
    arguments = parser.parse_args()
    # First, while this process is small: Linux counts its memory as that of those it starts.
    fast = (
        render("Speed, 350 words an article", list(speed.rows())) if _wanted("speed", arguments.only) else ""
    )
    book = NameBook.load()
    system = (
        systems.book_alone(book)
        if arguments.system == "book"
        else systems.pipeline(book, tagger=arguments.system == "pipeline")
    )
    if _wanted("sets", arguments.only):
        for line in _sets(system, everything=arguments.all):
            print(line, flush=True)
    if _wanted("dates", arguments.only):
        for line in expressions.lines():
            print(line, flush=True)
    if _wanted("gold", arguments.only):
        with tempfile.TemporaryDirectory(prefix="kashaf-ner-") as name:
            sample = {} if arguments.no_sample else golds.sample_articles(Path(name) / "case")
            for line in _gold(system, book, None if arguments.no_sample else sample, arguments.errors):
                print(line, flush=True)
    if fast:
        print(fast)
    return 0


def _wanted(part: str, only: str | None) -> bool:
    return only in (None, part)


def _sets(system: systems.Reader, *, everything: bool) -> Iterator[str]:
    folder = os.environ.get("KASHAF_NER_DATA")
    if not folder:
        yield "KASHAF_NER_DATA is not set: no set was measured.\n"
        return
    yield f"{'strict P/R/F1, percent':36}" + "".join(f"{label:>18}" for label in ("PER", "LOC", "ORG", "all"))
    for path in sorted(Path(folder).glob("*.conll")):
        if "train" in path.name and not everything:
            continue
        yield _scored(path.stem, read(path), system)
        if "newsfane" in path.name:
            glue = [tuple(glued(sentence)) for sentence in read(path)]
            yield _scored(f"{path.stem}, particles joined", glue, system)
    yield ""


def _scored(name: str, sentences: list[Sentence], system: systems.Reader) -> str:
    found = strict(sentences, lambda article: system(article).mentions)
    cells = [
        "/".join(f"{value:.1f}" for value in found.measures(label)) for label in ("PER", "LOC", "ORG", None)
    ]
    return f"{name:36}" + "".join(f"{cell:>18}" for cell in cells)


def _gold(
    system: systems.Reader, book: NameBook, sample: dict[str, Article] | None, errors: str | None
) -> Iterator[str]:
    alone = systems.book_alone(book)
    for half in golds.HALVES:
        articles = golds.load(half, sample=sample)
        groups = {"articles": [one for one in articles if one.article.id == one.source]}
        groups["sample corpus"] = [one for one in articles if one.article.id != one.source]
        for group, chosen in groups.items():
            if not chosen:
                continue
            totals = score(((gold, system(gold.article)) for gold in chosen), book)
            peer = score(((gold, alone(gold.article)) for gold in chosen), book)
            yield from lines_of(f"{half} half of {group}", totals, peer)
            if errors and half == "seen":
                with Path(errors).open("w" if group == "articles" else "a", encoding="utf-8") as file:
                    file.writelines(f"{line}\n" for line in totals.errors)


if __name__ == "__main__":
    sys.exit(main())
