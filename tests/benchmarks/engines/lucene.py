"""Lucene with its ArabicAnalyzer and BM25, in a Java of its own; KASHAF_LUCENE_JAR is its class path."""

from __future__ import annotations

import os
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.benchmarks.corpus import read
from tests.benchmarks.engines.common import COLD_EACH, CPU, PASSES, TOP, size_of, summary
from tests.benchmarks.queries import load

JAR: Final = "KASHAF_LUCENE_JAR"
_PROGRAM: Final = Path(__file__).parent / "LuceneRun.java"
#: Facets and snippets need modules that not every jar has.
_NOT_ASKED: Final = ("facets", "snippets", "page")


def index(corpus: str, count: str, folder: str) -> Mapping[str, float]:
    """Reading the lines is counted: it is Java's, and takes little."""
    target = Path(folder)
    target.mkdir(parents=True)
    texts = target.with_suffix(".tsv")
    with texts.open("w", encoding="utf-8") as file:
        for article in read(corpus, int(count)):
            text = " ".join(article.text.split())
            file.write(f"{article.id}\t{article.date}\t{article.outlet}\t{article.author}\t{text}\n")
    try:
        cpu, wall = map(float, _java("index", str(texts), folder).split())
    finally:
        texts.unlink()
    return {"cpu": cpu, "wall": wall, "bytes": size_of(target)}


def query(queries: str, folder: str) -> Mapping[str, float]:
    asked = [one for one in load(queries) if one.kind not in _NOT_ASKED]
    lines = Path(folder).with_suffix(".tsv")
    lines.write_text(
        "".join(f"{one.kind}\t{one.first}\t{one.last}\t{' '.join(one.words)}\n" for one in asked),
        encoding="utf-8",
    )
    taken: defaultdict[str, list[float]] = defaultdict(list)
    try:
        printed = _java("query", str(lines), folder, str(TOP), str(COLD_EACH), str(PASSES), str(CPU))
    finally:
        lines.unlink()
    for line in printed.splitlines():
        name, milliseconds = line.split("\t")
        taken[name].append(float(milliseconds) / 1000)
    values: dict[str, float] = {}
    for name, seconds in taken.items():
        values |= summary(name, seconds)
    return values


def _java(*arguments: str) -> str:
    return subprocess.run(
        ["java", "-cp", os.environ[JAR], str(_PROGRAM), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
        text=True,
        encoding="utf-8",
    ).stdout
