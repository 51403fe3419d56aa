"""How soon a long article can be read and how smoothly it scrolls, beside the same raw text in Textual's TextArea.

Nothing is sent to a terminal, but every frame is turned into the bytes that one would get. The peer shapes nothing
and turns nothing round. It is the faster of Textual's own: a Static wraps all of a book before it shows any of it.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tests.benchmarks.articles import load
from tests.benchmarks.process import run
from tests.benchmarks.table import Row

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.widget import Widget

ARTICLE = 5_000
BOOK = 300_000
_SIZE = (120, 40)
_FRAMES = 300
_REST = 0.033  # seconds between two frames, as a held key repeats
_PEER = "TextArea, raw text"


def measure(folder: Path) -> list[Row]:
    """An article and a book; frames scroll three rows, as the wheel does, every tenth a page."""
    article = run("reader", "ours", folder, ARTICLE, "app").values
    plain = run("reader", "ours", folder, BOOK, "app").values
    guarded = run("reader", "ours", folder, BOOK, "kitty").values
    peer_article = run("reader", "peer", folder, ARTICLE).values
    peer = run("reader", "peer", folder, BOOK).values
    return [
        Row(f"{ARTICLE:,} words, all lines laid out", "ms", article["layout"]),
        Row(f"{ARTICLE:,} words, painted after layout", "ms", article["paint"]),
        Row(f"{ARTICLE:,} words, to first screen", "ms", article["opened"], peer_article["opened"], _PEER),
        Row(f"{BOOK:,} words, to first screen", "ms", plain["opened"], peer["opened"], _PEER),
        Row(f"{BOOK:,} words, to first screen of another width", "ms", plain["resized"]),
        Row(f"{BOOK:,} words, until all rows are counted", "ms", plain["counted"]),
        Row(f"{BOOK:,} words, frame, median", "ms", plain["median"], peer["median"], _PEER),
        Row(f"{BOOK:,} words, frame, p99", "ms", plain["p99"], peer["p99"], _PEER),
        Row(f"{BOOK:,} words, frame, median, guarded", "ms", guarded["median"], peer["median"], _PEER),
        Row(f"{BOOK:,} words, frame, p99, guarded", "ms", guarded["p99"], peer["p99"], _PEER),
        Row(
            f"{BOOK:,} words, memory with the text",
            "x text",
            run("reader", "memory", folder, BOOK).values["ratio"],
            run("reader", "peer_memory", folder, BOOK).values["ratio"],
            _PEER,
        ),
    ]


def ours(folder: str, words: str, profile: str) -> Mapping[str, float]:
    """Milliseconds of the reader under a profile of terminals."""
    return asyncio.run(_ours(_text(folder, int(words)), profile))


def peer(folder: str, words: str) -> Mapping[str, float]:
    """Milliseconds of a TextArea that wraps."""
    return asyncio.run(_peer(_text(folder, int(words))))


def memory(folder: str, words: str) -> Mapping[str, float]:
    """Bytes held after opening, counting and scrolling, the text included, by the bytes of the text in UTF-8."""
    return _held(folder, int(words), lambda text: _ours(text, "app", frames=40))


def peer_memory(folder: str, words: str) -> Mapping[str, float]:
    """The same of a TextArea."""
    return _held(folder, int(words), lambda text: _peer(text, frames=40))


def _held(folder: str, words: int, show: Callable[[str], object]) -> Mapping[str, float]:
    text = _text(folder, words)
    asyncio.run(show(text[:20_000]))  # type: ignore[arg-type]  # a coroutine; the modules it needs are loaded now
    tracemalloc.start()
    held: dict[str, float] = {}
    _AT_END.append(lambda: held.update(bytes=tracemalloc.get_traced_memory()[0]))
    asyncio.run(show(text))  # type: ignore[arg-type]  # a coroutine
    return {"ratio": (held["bytes"] + sys.getsizeof(text)) / len(text.encode())}


_AT_END: list[Callable[[], object]] = []


class _Frames:
    """When the last frame was ready to be sent."""

    def __init__(self) -> None:
        self._new = asyncio.Event()
        self._ready = 0.0

    def came(self) -> None:
        """A frame is ready."""
        self._ready = perf_counter()
        self._new.set()

    async def after(self, pilot: Pilot[None], act: Callable[[], object]) -> float:
        """Milliseconds from `act` until the frame that shows its effect."""
        self._new.clear()
        started = perf_counter()
        act()
        await self._new.wait()
        taken = self._ready - started
        await pilot.pause(_REST)
        return taken * 1000


async def _ours(text: str, profile: str, frames: int = _FRAMES) -> Mapping[str, float]:
    from textual.app import App, ComposeResult

    from kashaf.corpus.article import Article, Metadata, Provenance
    from kashaf_tui.explorer.collector import calm_collector
    from kashaf_tui.explorer.guard import Guarded
    from kashaf_tui.explorer.panes.reader import Reader, Reading
    from kashaf_tui.terminal.profiles import PROFILES, Display

    seen = _Frames()

    class Timed(App[None]):
        def _display(self, screen, renderable) -> None:  # type: ignore[no-untyped-def]  # as Textual has it
            _drawn(self, seen, renderable)

    class Book(Guarded[None], Timed):
        CSS = "Reader { scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: scroll; }"
        display_profile = Display(PROFILES[profile], "measured", certain=True, identity="")  # type: ignore[index]

        def compose(self) -> ComposeResult:
            yield Reader(id="book")

    article = Article("a", text, Metadata(""), Provenance("", "", ""))
    app = Book()
    found: dict[str, float] = {}
    calm_collector()
    async with app.run_test(size=_SIZE) as pilot:
        reader = app.query_one(Reader)
        await pilot.pause()
        started = perf_counter()
        found["opened"] = await seen.after(pilot, lambda: reader.show(Reading(article)))
        page = reader.page
        assert page is not None
        while not page.exact:
            await pilot.pause(0.001)
        found["counted"] = (perf_counter() - started) * 1000
        if len(text) < 100_000:
            started = perf_counter()
            for at in range(page.height):
                page.row(at)
            found["layout"] = (perf_counter() - started) * 1000
            reader.page_changed()
            found["paint"] = await seen.after(pilot, reader.refresh)
        await _scroll(pilot, seen, reader, frames, found)
        found["resized"] = await seen.after(pilot, lambda: app.screen.styles.__setattr__("padding", (0, 5)))
        _finish()
    return found


async def _peer(text: str, frames: int = _FRAMES) -> Mapping[str, float]:
    from textual.app import App, ComposeResult
    from textual.widgets import TextArea

    seen = _Frames()

    class Book(App[None]):
        def compose(self) -> ComposeResult:
            yield TextArea(read_only=True, id="book")

        def _display(self, screen, renderable) -> None:  # type: ignore[no-untyped-def]  # as Textual has it
            _drawn(self, seen, renderable)

    app = Book()
    found: dict[str, float] = {}
    async with app.run_test(size=_SIZE) as pilot:
        area = app.query_one(TextArea)
        await pilot.pause()
        found["opened"] = await seen.after(pilot, lambda: area.load_text(text))
        await _scroll(pilot, seen, area, frames, found)
        _finish()
    return found


async def _scroll(
    pilot: Pilot[None], seen: _Frames, widget: Widget, frames: int, found: dict[str, float]
) -> None:
    taken = []
    for frame in range(frames):
        step = 38 if frame % 10 == 9 else 3

        def move(step: int = step) -> None:
            y = (widget.scroll_offset.y + step) % max(1, widget.max_scroll_y)
            widget.scroll_to(y=y, animate=False, immediate=True)

        taken.append(await seen.after(pilot, move))
    taken.sort()
    found["median"] = statistics.median(taken)
    found["p99"] = taken[min(len(taken) - 1, len(taken) * 99 // 100)]


def _drawn(app, seen: _Frames, renderable) -> None:  # type: ignore[no-untyped-def]  # private to Textual
    if renderable is None or not hasattr(renderable, "render_segments"):
        return
    renderable.render_segments(app.console)
    seen.came()


def _finish() -> None:
    while _AT_END:
        _AT_END.pop()()


def _text(folder: str, words: int) -> str:
    """So many words of the articles, over again where there are too few."""
    paragraphs = [text for article in load(Path(folder)) for text in article.text.split("\n")]
    kept: list[str] = []
    count = 0
    while count < words:
        for paragraph in paragraphs:
            kept.append(paragraph)
            count += len(paragraph.split())
            if count >= words:
                break
    return "\n".join(kept)
