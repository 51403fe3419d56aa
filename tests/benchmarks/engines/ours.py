"""Ours: IndexWriter and Searcher as the program uses them, with every field and the whole article stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Final

from tests.benchmarks.corpus import Raw, read
from tests.benchmarks.engines.common import Clock, size_of, timed
from tests.benchmarks.queries import load

from kashaf.corpus.article import Article, Kind, Metadata, Provenance
from kashaf.corpus.identity import mint, text_sha256
from kashaf_index.build import IndexWriter, Writing
from kashaf_index.codec.container import Container
from kashaf_index.opening import current_generation

_CHUNK: Final = 500
#: By what the last part of their name says.
_ARRAYS: Final = {
    "positions": ("positions", "places"),
    "counts": ("counts",),
    "documents": ("docs", "start", "terms"),
}
_PARAGRAPH: Final[tuple[Kind, ...]] = ("paragraph",)


def index(corpus: str, count: str, folder: str, jobs: str = "1", commits: str = "1") -> Mapping[str, float]:
    """Put every article and commit, in several goes when asked. Making articles of the lines is not counted."""
    size, goes = int(count), int(commits)
    clock = Clock()
    steps: dict[str, float] = {}
    articles = map(_article, read(corpus, size))
    with IndexWriter(Path(folder), rebuild=True, jobs=int(jobs), merging=goes == 1) as writer:
        for go in range(goes):
            for chunk in _chunks(islice(articles, size * (go + 1) // goes - size * go // goes)):
                with clock.running():
                    for article in chunk:
                        writer.put(article)
            with clock.running():
                _commit(writer, steps)
    values = clock.values()
    steps["put"] = clock.cpu - sum(steps.values())
    # The generation before the current one is kept for who still reads it.
    generation = current_generation(Path(folder))
    return {
        **values,
        "bytes": size_of(generation),
        **{f"cpu of {step}": taken for step, taken in steps.items()},
        **{f"size of {part}": size for part, size in _sizes(generation).items()},
    }


def query(queries: str, folder: str) -> Mapping[str, float]:
    # What searches would count as memory of what indexes.
    from tests.benchmarks.engines.our_searcher import Opened

    return timed(lambda: Opened(folder), load(queries))


def _chunks(articles: Iterable[Article]) -> Iterable[list[Article]]:
    left = iter(articles)
    while chunk := list(islice(left, _CHUNK)):
        yield chunk


def _commit(writer: IndexWriter, steps: dict[str, float]) -> None:
    """Commit, and add up what each step took of this process's time."""
    at, step = process_time(), ""

    def progress(writing: Writing | None) -> None:
        nonlocal at, step
        now = process_time()
        if step:
            steps[step] = steps.get(step, 0) + now - at
        at, step = now, writing.step if writing else ""

    writer.commit(progress)
    progress(None)


def _sizes(generation: Path) -> dict[str, float]:
    """Bytes by what they are of."""
    found: dict[str, float] = dict.fromkeys(("articles", *_ARRAYS, "words", "columns"), 0.0)
    for path in generation.glob("*.seg"):
        with Container.open(path) as container:
            for name in container.names:
                array = container.array(name)
                found[_part(name)] += len(array) * array.dtype.itemsize
    return found


def _part(name: str) -> str:
    first, last = name.split(".", maxsplit=1)[0], name.rpartition(".")[2]
    if first == "stored":
        return "articles"
    if first in ("ids", "column"):
        return "columns"
    for part, names in _ARRAYS.items():
        if last in names or f".{part}." in name:
            return part
    return "words"


def _article(raw: Raw) -> Article:
    hashed = text_sha256(raw.text)
    day = raw.date
    return Article(
        id=mint(hashed, raw.id),
        text=raw.text,
        metadata=Metadata(
            raw.title,
            raw.outlet,
            raw.author or None,
            date(day // 10_000, day // 100 % 100, day % 100) if day else None,
        ),
        provenance=Provenance(f"{raw.id}.txt", "", hashed, scope=raw.outlet),
        body_start=len(raw.title) + 1,
        text_sha256=hashed,
        kinds=("title", *_PARAGRAPH * raw.text.count("\n")),
    )
