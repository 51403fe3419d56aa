"""The index engine beside others: indexing, queries of every kind, and how both grow.

KASHAF_BENCH_SIZES    articles: "10000 100000"; 2,000 and 10,000 when nothing is said. With every peer 100,000 take a
                      quarter of an hour and 4 GB of disk, 400,000 more than an hour and 16 GB
KASHAF_BENCH_CORPUS   JSONL of real articles whose sentences are shuffled; the sample corpus when nothing is said
KASHAF_BENCH_ENGINES  those to measure: "ours tantivy fts5"; every one that is there when nothing is said
KASHAF_BENCH_FOLDER   keeps the corpus and the indexes; an index of a peer that is there is not built again
KASHAF_BENCH_CLOCK    "cpu": queries by the processor's time, for a machine that does other things meanwhile
KASHAF_LUCENE_JAR     class path of Lucene's core and analysis-common
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tests.benchmarks import corpus
from tests.benchmarks.engines.common import CPU
from tests.benchmarks.engines.lucene import JAR
from tests.benchmarks.grid import Line, grid
from tests.benchmarks.process import Outcome, run, watched
from tests.benchmarks.queries import KINDS

LEGEND: Final = """\
Every engine gets the same articles, already cleaned (title, text, outlet, author, date), and the same queries,
chosen by how many articles their words stand in; each stores all of it and answers with the ids of the best 20.
  ours      a posting for every word under its root, stem, fold and form, with positions, for text, lead, title and
            author. Every query is ranked by all of these and by words side by side, and counts what matches at each
            of four rungs; what an earlier query found is forgotten before the next
  tantivy   Snowball's stemmer, one field with positions, one writing thread; prefixes by a regular expression and
            not scored; outlets alone are counted
  FTS5      no stemmer: finds the word as written, without marks; no journal
  Xapian    Snowball's stemmer, positions on stems; numbers of matches are estimates
  Lucene    ArabicAnalyzer, positions on stems; counts to 1,000 and skips the rest
  Whoosh    as its manual shows it, no stemmer; 2,000 articles at most
An engine with one analysis gives both kinds of phrase the same answer. CPU: seconds of all threads and processes
of the engine, without reading the corpus. Memory: of the process and all it started, together.
A cold query is the first after opening, the files in the operating system's cache. A warm one is the best of four.
x: how many times better ours is; below 1, the other is better.\
"""

_SIZES: Final = "2000 10000"
_SYSTEM_PYTHON: Final = "/usr/bin/python3"
_INDEXING: Final = (
    Line("articles per CPU second", ("rate",), more=True),
    Line("articles per second, reading included", ("speed",), more=True),
    Line("index size to text size", ("share",)),
    Line("memory of indexing, MiB", ("peak",)),
)
_UNIT: Final = "ms of the processor" if CPU else "ms"
_PAIR: Final = ("p50", "p95")


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine, or ours with other settings. arguments: of its `index`. most: articles. asked: whether queried.

    python: which has it. here: whether it is there.
    """

    name: str
    label: str
    module: str
    arguments: tuple[int, ...] = ()
    most: int = sys.maxsize
    asked: bool = True
    python: str = sys.executable
    here: Callable[[], bool] = lambda: True

    @property
    def ours(self) -> bool:
        return self.module == "ours"


def _has_tantivy() -> bool:
    return find_spec("tantivy") is not None


def _has_xapian() -> bool:
    look = "import sys, xapian; sys.exit(sys.version_info < (3, 11))"
    try:
        return not subprocess.run(
            [_SYSTEM_PYTHON, "-c", look], stderr=subprocess.DEVNULL, check=False
        ).returncode
    except OSError:
        return False


def _has_lucene() -> bool:
    return bool(os.environ.get(JAR)) and shutil.which("java") is not None


ENGINES: Final = (
    Engine("ours", "ours", "ours", (1, 1)),
    Engine("ours-2", "2 processes", "ours", (2, 1), asked=False),
    Engine("ours-10", "10 segments", "ours", (1, 10)),
    Engine("tantivy", "tantivy", "tantivy", here=_has_tantivy),
    Engine("fts5", "FTS5", "fts5"),
    Engine("xapian", "Xapian", "xapian", python=_SYSTEM_PYTHON, here=_has_xapian),
    Engine("lucene", "Lucene", "lucene", here=_has_lucene),
    Engine("whoosh", "Whoosh", "whoosh", most=2_000),
)


def report(folder: Path, seed: int) -> Iterator[str]:
    """The legend, then for each size the tables of indexing and of queries, then the growth of ours."""
    if kept := os.environ.get("KASHAF_BENCH_FOLDER"):
        folder = Path(kept)
        folder.mkdir(parents=True, exist_ok=True)
    sizes = sorted(map(int, os.environ.get("KASHAF_BENCH_SIZES", _SIZES).split()))
    named = os.environ.get("KASHAF_BENCH_ENGINES", "").split()
    engines = [engine for engine in ENGINES if (engine.name in named or not named) and engine.here()]
    yield LEGEND
    run("corpus", "make", os.environ.get("KASHAF_BENCH_CORPUS", ""), folder, sizes[-1], seed)
    run("queries", "choose", folder, sizes[0], sizes[-1], seed)
    growth: dict[str, Mapping[str, float]] = {}
    for size in sizes:
        measured: dict[Engine, Mapping[str, float]] = {}
        text = run("corpus", "measure", folder, size).values
        for engine in engines:
            if size > engine.most:
                continue
            try:
                measured[engine] = _measured(engine, folder, size, text["bytes"])
            except subprocess.CalledProcessError:
                # What it printed stands above. Without ours there is nothing to compare.
                if engine.ours:
                    raise
                _say(f"{engine.label} failed")
        heading = (
            f"{size:,} articles, {text['bytes'] / 1e6:.1f} MB of text, {text['words'] / size:.0f} words each, "
            f"{text['different']:,.0f} different"
        )
        yield from _tables(heading, measured)
        growth |= {f"{size:,}": values for engine, values in measured.items() if engine.name == "ours"}
    if len(growth) > 1:
        heading = f"Growth of ours: warm p95 in {_UNIT}; x: how many times the first column"
        lines = [*_INDEXING, *(replace(line, keys=line.keys[1:]) for line in _queries("")), _memory()]
        yield grid(heading, lines, growth)


def _tables(heading: str, measured: Mapping[Engine, Mapping[str, float]]) -> Iterator[str]:
    columns = {engine.label: values for engine, values in measured.items()}
    yield grid(f"Indexing: {heading}", _INDEXING, columns)
    for engine, values in measured.items():
        if sizes := _parts(values, _SIZE):
            whole = sum(sizes.values())
            shares = ", ".join(f"{part} {size / whole:.1%}" for part, size in sizes.items())
            yield f"{engine.label}, size of: {shares}"
        if seconds := _parts(values, _PART):
            taken = ", ".join(f"{part} {value:.1f}" for part, value in seconds.items())
            yield f"{engine.label}, CPU seconds of: {taken}"
    asked = {engine.label: values for engine, values in measured.items() if engine.asked}
    yield grid(f"Queries, warm, p50 / p95 {_UNIT}: {heading}", [*_queries(""), _memory()], asked)
    opened = Line("open", tuple(f"open {part}" for part in _PAIR))
    yield grid(f"Queries, cold, p50 / p95 {_UNIT}: {heading}", [opened, *_queries("cold ")], asked)


_PART: Final = "cpu of "
_SIZE: Final = "size of "


def _parts(values: Mapping[str, float], prefix: str) -> dict[str, float]:
    return {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}


def _queries(prefix: str) -> list[Line]:
    return [Line(kind, tuple(f"{prefix}{kind} {part}" for part in _PAIR)) for kind in KINDS]


def _memory() -> Line:
    return Line("memory of queries, MiB", ("query peak",))


def _measured(engine: Engine, folder: Path, size: int, text: float) -> Mapping[str, float]:
    """What indexing and the queries took, by the rows' keys."""
    index = folder / f"{engine.name}-{corpus.path(folder).stem.rpartition('-')[0]}-{size}"
    built = _built(engine, folder, index, size)
    values = {
        **built.values,
        "rate": size / built.values["cpu"],
        "speed": size / built.values["wall"],
        "share": built.values["bytes"] / text,
        "peak": built.peak,
    }
    if engine.asked:
        _say(f"{engine.label}: queries at {size:,}")
        answer = watched(f"engines.{engine.module}", "query", folder, index, python=engine.python)
        values |= {**answer.values, "query peak": answer.peak}
    if engine.ours and engine.name != "ours":
        shutil.rmtree(index)
    return values


def _built(engine: Engine, folder: Path, index: Path, size: int) -> Outcome:
    told = index.with_suffix(".json")
    if told.exists() and not engine.ours:
        known = json.loads(told.read_text(encoding="utf-8"))
        return Outcome(known["values"], known["peak"])
    _say(f"{engine.label}: indexing {size:,}")
    shutil.rmtree(index, ignore_errors=True)
    outcome = watched(
        f"engines.{engine.module}",
        "index",
        corpus.path(folder),
        size,
        index,
        *engine.arguments,
        python=engine.python,
    )
    told.write_text(json.dumps({"values": dict(outcome.values), "peak": outcome.peak}), encoding="utf-8")
    return outcome


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
