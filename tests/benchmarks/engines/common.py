"""What the engines share: how indexing and queries are timed. Needs the standard library alone.

Whatever Python has an engine runs its module, so nothing here may load a package.
"""

from __future__ import annotations

import os
import resource
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time, thread_time
from typing import Final, Protocol

from tests.benchmarks.corpus import Raw, read
from tests.benchmarks.queries import KINDS, Asked

TOP: Final = 20
COLD_EACH: Final = 8
PASSES: Final = 4
#: On a machine that does other things meanwhile, the processor's time says more than the wall clock's.
CPU: Final = os.environ.get("KASHAF_BENCH_CLOCK") == "cpu"
_CHUNK: Final = 500
_now: Final = thread_time if CPU else perf_counter

Work = Callable[[], object]


class Session(Protocol):
    """An opened index."""

    def prepare(self, asked: Asked) -> Work | None:
        """What is timed: from the query's words to the ids of the best TOP. None for what the engine cannot do."""

    def close(self) -> None: ...


class Clock:
    """Seconds of this process and of what it started, while it runs; reading the corpus is not counted.

    wall: from the first start to the last stop, with all between.
    """

    def __init__(self) -> None:
        self.cpu = 0.0
        self._began = perf_counter()
        self._children = _children()

    @contextmanager
    def running(self) -> Iterator[None]:
        started = process_time()
        yield
        self.cpu += process_time() - started

    def values(self) -> dict[str, float]:
        """Ask once every child has ended and been waited for."""
        return {"cpu": self.cpu + _children() - self._children, "wall": perf_counter() - self._began}

    def feed(self, corpus: str, count: int, add: Callable[[Raw], object]) -> None:
        """Give every article to the engine, a few hundred at a time, so that reading them is not counted."""
        articles = read(corpus, count)
        while chunk := list(islice(articles, _CHUNK)):
            with self.running():
                for article in chunk:
                    add(article)


def size_of(folder: Path) -> float:
    """Bytes of all files."""
    return float(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()))


def timed(open_index: Callable[[], Session], queries: Iterable[Asked]) -> Mapping[str, float]:
    """Milliseconds of every kind: p50 and p95, each cold and warm; and of opening.

    cold: on an index opened for the one query; modules are loaded, files are in the operating system's cache.
    warm: the best of PASSES passes over the queries of a kind after one that is not counted, so that the p95 is that
    of the harder queries and not of what else the machine did.
    """
    by_kind: dict[str, list[Asked]] = {kind: [] for kind in KINDS}
    for asked in queries:
        by_kind[asked.kind].append(asked)
    values: dict[str, float] = {}
    opened: list[float] = []
    _cold(open_index, by_kind["page"][-1])
    for kind, some in by_kind.items():
        found = [_cold(open_index, asked) for asked in some[:COLD_EACH]]
        opened += [taken[0] for taken in found]
        values |= summary(f"cold {kind}", [taken[1] for taken in found if taken[1] is not None])
    values |= summary("open", opened)
    session = open_index()
    for kind, some in by_kind.items():
        values |= summary(kind, [best for asked in some if (best := _warm(session, asked)) is not None])
    session.close()
    return values


def _cold(open_index: Callable[[], Session], asked: Asked) -> tuple[float, float | None]:
    started = _now()
    session = open_index()
    opened = _now() - started
    work = session.prepare(asked)
    taken = None if work is None else _once(work)
    session.close()
    return opened, taken


def _warm(session: Session, asked: Asked) -> float | None:
    taken = []
    for _ in range(PASSES + 1):
        work = session.prepare(asked)
        if work is None:
            return None
        taken.append(_once(work))
    return min(taken[1:])


def _once(work: Work) -> float:
    started = _now()
    work()
    return _now() - started


def summary(name: str, seconds: list[float]) -> dict[str, float]:
    if not seconds:
        return {}
    return {
        f"{name} p50": statistics.median(seconds) * 1000,
        f"{name} p95": statistics.quantiles(seconds, n=20, method="inclusive")[-1] * 1000,
    }


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
