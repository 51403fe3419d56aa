"""How fast a whole import is, and whether its memory grows with the corpus: a part of the articles, and all.

Half of them are files of scraped text, half the records of one file. The index fills a buffer of 256 MB before it
writes: only from some 8,000 articles on does the peak tell whether anything else grows.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Final

from tests.benchmarks.articles import load
from tests.benchmarks.process import run
from tests.benchmarks.reading import as_json_lines, as_text
from tests.benchmarks.table import Row

_PARTS: Final = 4


def measure(folder: Path) -> list[Row]:
    count = len(load(folder))
    few, all_ = (run("importing", "ours", folder, number) for number in (count // _PARTS, count))
    return [
        Row("import, articles", "articles/s", count / all_.values["seconds"], more=True),
        Row("import, per processor second", "articles/CPU s", count / all_.values["cpu"], more=True),
        Row("import, files", "MB/CPU s", all_.values["megabytes"] / all_.values["cpu"], more=True),
        Row(f"import of {count // _PARTS:,}, peak memory", "MiB", few.peak),
        Row(f"import of {count:,}, peak memory", "MiB", all_.peak),
        Row("import of nothing new", "s", all_.values["again"]),
    ]


def ours(folder: str, count: str) -> Mapping[str, float]:
    """Import with one process, then again when nothing has changed."""
    from kashaf.corpus.catalogue import Catalogue
    from kashaf.workspace import create
    from kashaf_index.update import update

    stick = Path(folder) / f"stick-{count}"
    size = _write(Path(folder), stick, int(count))
    workspace = create(Path(folder) / f"import-{count}")
    started, spent = perf_counter(), _processor()
    done = update(workspace, Catalogue(workspace.catalogue), [stick])
    seconds, cpu = perf_counter() - started, _processor() - spent
    assert (done.articles, done.failed) == (int(count), ())
    started = perf_counter()
    update(workspace, Catalogue(workspace.catalogue), [stick])
    return {"seconds": seconds, "cpu": cpu, "megabytes": size / 1e6, "again": perf_counter() - started}


def _write(folder: Path, stick: Path, count: int) -> int:
    """What lies on the stick; its size in bytes."""
    articles = load(folder)[:count]
    texts = articles[: count // 2]
    stick.mkdir()
    size = 0
    for number, made in enumerate(texts):
        size += (stick / f"{number}.txt").write_bytes(as_text(made))
    return size + (stick / "wire.jsonl").write_bytes(as_json_lines(articles[count // 2 :]))


def _processor() -> float:
    return sum(used.ru_utime + used.ru_stime for used in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)))
