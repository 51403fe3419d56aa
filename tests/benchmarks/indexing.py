"""How fast articles are indexed, how large the index is, and how much memory that takes, beside stock Whoosh."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

from tests.benchmarks.articles import load, text_bytes
from tests.benchmarks.process import run
from tests.benchmarks.stock import FOLDER as STOCK
from tests.benchmarks.stock import build
from tests.benchmarks.table import Row

WORKSPACE = "case"
_PEER = "stock Whoosh"


def measure(folder: Path) -> list[Row]:
    """Both index the same articles; both indexes stay for the themes that follow."""
    articles = load(folder)
    count, size = len(articles), text_bytes(articles)
    del articles
    ours, peer = run("indexing", "ours", folder), run("indexing", "peer", folder)
    return [
        *(
            Row(
                f"index, {name}",
                unit,
                amount / ours.values[clock],
                amount / peer.values[clock],
                _PEER,
                more=True,
            )
            for name, unit, amount, clock in (
                ("articles", "articles/s", count, "seconds"),
                ("articles per processor second", "articles/s", count, "cpu"),
                ("text", "MB/s", size / 1e6, "seconds"),
            )
        ),
        Row(
            "index size to text size",
            "ratio",
            _size(folder / WORKSPACE) / size,
            _size(folder / STOCK) / size,
            _PEER,
        ),
        Row("indexing, peak memory", "MiB", ours.peak, peer.peak, _PEER),
    ]


def ours(folder: str) -> Mapping[str, float]:
    """Put and commit; reading the articles is not counted."""
    from kashaf.corpus.article import Article, Metadata, Provenance
    from kashaf.corpus.identity import mint, text_sha256
    from kashaf.workspace import create
    from kashaf_index.build import IndexWriter

    articles = []
    for number, made in enumerate(load(Path(folder))):
        raw = text_sha256(f"{number}\n{made.text}")
        articles.append(
            Article(
                id=mint(raw),
                text=made.text,
                metadata=Metadata(made.title, made.outlet, published=date.fromisoformat(made.published)),
                provenance=Provenance(f"{number}.txt", "", raw),
                body_start=len(made.title) + 1,
                text_sha256=text_sha256(made.text),
            )
        )
    workspace = create(Path(folder) / WORKSPACE)
    started, spent = perf_counter(), process_time()
    with IndexWriter(workspace.index) as writer:
        for article in articles:
            writer.put(article)
        writer.commit()
    return {"seconds": perf_counter() - started, "cpu": process_time() - spent}


def peer(folder: str) -> Mapping[str, float]:
    """The same with stock Whoosh."""
    return build(Path(folder))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
