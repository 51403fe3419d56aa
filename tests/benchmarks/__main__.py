"""`python -m tests.benchmarks`: speed and memory beside a peer measured in the same run. Asserts nothing.

Every measurement runs in a process of its own, so that memory is its own and nothing is warm that would not be.
Numbers of two machines, or of one that does something else meanwhile, do not compare; the ratios nearly do.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from tests.benchmarks.process import run
from tests.benchmarks.table import Row, render

#: Themes with tables of their own, on corpora of their own.
REPORTS = ("engine",)
THEMES = (
    "indexing",
    "searching",
    "startup",
    "bidi",
    "reading",
    "importing",
    "stories",
    "reader",
    "notes",
    *REPORTS,
)


def main() -> int:
    """Make the articles, measure theme by theme, print one table, and those of the reports."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=2000, metavar="N", help="default: %(default)s")
    parser.add_argument(
        "--seed", type=int, default=1, help="of the articles and the queries; default: %(default)s"
    )
    parser.add_argument("--only", choices=THEMES, help="one theme; searching and startup need indexing first")
    arguments = parser.parse_args()
    if arguments.articles < 100:
        parser.error("fewer than 100 articles say nothing")
    needed = ("indexing", arguments.only) if arguments.only in ("searching", "startup") else (arguments.only,)
    themes = [theme for theme in THEMES if arguments.only is None or theme in needed]
    with tempfile.TemporaryDirectory(prefix="kashaf-bench-") as name:
        if rows := [theme for theme in themes if theme not in REPORTS]:
            print(
                render(*_measure(Path(name), arguments.articles, arguments.seed, rows)),
                end="\n\n",
                flush=True,
            )
        for theme in REPORTS:
            if theme in themes:
                report: Callable[[Path, int], Iterator[str]] = import_module(
                    f"tests.benchmarks.{theme}"
                ).report
                for table in report(Path(name), arguments.seed):
                    print(table, end="\n\n", flush=True)
    return 0


def _measure(folder: Path, count: int, seed: int, themes: Sequence[str]) -> tuple[str, list[Row]]:
    _say(f"making {count} articles")
    made = run("articles", "make", folder, count, seed).values
    heading = (
        f"{count:,} articles, {made['megabytes']:.1f} MB of text, {made['words']:,.0f} different words; seed {seed}; "
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    )
    rows: list[Row] = []
    for theme in themes:
        _say(theme)
        measure: Callable[[Path], list[Row]] = import_module(f"tests.benchmarks.{theme}").measure
        started = time.perf_counter()
        rows += measure(folder)
        _say(f"{theme}: {time.perf_counter() - started:.0f} s")
    return heading, rows


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
