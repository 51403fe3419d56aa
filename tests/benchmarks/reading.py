"""How fast files become articles: scraped text, and HTML beside trafilatura on its own."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter

from tests.benchmarks.articles import Made, load
from tests.benchmarks.process import run
from tests.benchmarks.table import Row

_FILES = 100
_PEER = "trafilatura alone"


def measure(folder: Path) -> list[Row]:
    """The first file is not counted: it loads tables and compiles patterns; what that takes is a row of its own."""
    ours, peer = run("reading", "ours", folder), run("reading", "peer", folder)
    return [
        Row("read the first file", "ms", ours.values["first"]),
        Row("read .txt", "MB/s", ours.values["txt"], more=True),
        Row("read .html", "MB/s", ours.values["html"], peer.values["html"], _PEER, more=True),
        Row("reading, peak memory", "MiB", ours.peak, peer.peak, _PEER),
    ]


def ours(folder: str) -> Mapping[str, float]:
    """By `kashaf.corpus.readers`: decode, clean, find metadata and dates."""
    from kashaf.corpus.readers import read

    articles = load(Path(folder))[:_FILES]
    started = perf_counter()
    read("first.txt", _as_text(articles[0]))
    first = (perf_counter() - started) * 1000
    return {
        "first": first,
        "txt": _rate(lambda data: read("page.txt", data), [_as_text(made) for made in articles]),
        "html": _rate(lambda data: read("page.html", data), [_as_html(made) for made in articles]),
    }


def peer(folder: str) -> Mapping[str, float]:
    """By trafilatura, text and metadata, without our cleaning and dates."""
    import trafilatura

    pages = [_as_html(made) for made in load(Path(folder))[:_FILES]]
    return {"html": _rate(lambda data: trafilatura.bare_extraction(data, with_metadata=True), pages)}


def _rate(read: Callable[[bytes], object], files: list[bytes]) -> float:
    read(files[0])
    started = perf_counter()
    for data in files:
        read(data)
    return sum(map(len, files)) / 1e6 / (perf_counter() - started)


def _as_text(made: Made) -> bytes:
    """As a page is copied: outlet and menu above, the date, links below."""
    body = made.text.partition("\n")[2].replace("\n", "\n\n")
    head = f"{made.outlet}\nالرئيسية\nسياسة\nاقتصاد\n\n{made.title}\n\n{made.published}\n\nشارك المقال\n\n"
    return f"{head}{body}\n\nاقرأ أيضاً\n".encode()


def _as_html(made: Made) -> bytes:
    """As a site sends it: head with metadata, menu, article, footer."""
    body = "".join(f"<p>{html.escape(text)}</p>\n" for text in made.text.split("\n")[1:])
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("الرئيسية", "سياسة", "اقتصاد"))
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{made.title}</title>'
        f'<meta property="og:site_name" content="{made.outlet}">'
        f'<meta property="article:published_time" content="{made.published}T08:00:00Z"></head>'
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{made.title}</h1>\n{body}</article></main>"
        f"<footer><p>جميع الحقوق محفوظة</p></footer></body></html>"
    ).encode()
