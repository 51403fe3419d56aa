"""How long until a command has answered, and until the explorer has painted, each from the start of Python on."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.benchmarks.indexing import WORKSPACE
from tests.benchmarks.process import median_seconds, run, since_start
from tests.benchmarks.table import Row

if TYPE_CHECKING:
    from textual.app import App

_RUNS = 3
_SIZE = (120, 40)
_STOCK = (
    "import pathlib; from tests.benchmarks.stock import StockSearcher; "
    "StockSearcher(pathlib.Path({!r})).words({!r})"
)
_QUERY = "السد"


def measure(folder: Path) -> list[Row]:
    """Medians of several starts; the files are in the operating system's cache, as after a day's first start."""
    version = median_seconds(["-m", "kashaf_tui", "--version"]) * 1000
    click = median_seconds(["-c", "import click"]) * 1000
    command: list[str | Path] = ["-m", "kashaf_tui", "-w", folder / WORKSPACE, "search", _QUERY, "--json"]
    search = median_seconds(command) * 1000
    stock = median_seconds(["-c", _STOCK.format(str(folder), _QUERY)]) * 1000
    ours = [run("startup", "explorer", folder) for _ in range(_RUNS)]
    bare = [run("startup", "bare", folder) for _ in range(_RUNS)]

    def median(name: str) -> float:
        return statistics.median(outcome.values[name] for outcome in ours) * 1000

    empty = statistics.median(outcome.values["painted"] for outcome in bare) * 1000
    return [
        Row("kashaf --version", "ms", version, click, "python -c 'import click'"),
        Row("kashaf search --json", "ms", search, stock, "a script on stock Whoosh"),
        Row("explorer to first paint", "ms", median("painted"), empty, "an empty Textual app"),
        Row("explorer to first results", "ms", median("results"), empty, "an empty Textual app"),
        Row(
            "explorer, peak memory",
            "MiB",
            max(outcome.peak for outcome in ours),
            max(outcome.peak for outcome in bare),
            "an empty Textual app",
        ),
    ]


def explorer(folder: str) -> Mapping[str, float]:
    """Seconds to the first frame of the main screen, and to the first with results, without a terminal."""

    from kashaf_tui.explorer.app import ExplorerApp
    from kashaf_tui.explorer.screens.main import MainScreen
    from kashaf_tui.session import Session

    seen: dict[str, float] = {}

    def look(app: App[object]) -> None:
        if isinstance(app.screen, MainScreen):
            seen.setdefault("painted", since_start())
            if app.screen.results.rows:
                seen.setdefault("results", since_start())

    async def start() -> None:
        app = ExplorerApp(Session(Path(folder) / WORKSPACE))
        try:
            async with app.run_test(size=_SIZE) as pilot:
                while "results" not in seen:
                    await pilot.pause(0.01)
        finally:
            app.close_stores()

    with _watched(look):
        asyncio.run(start())
    return seen


def bare(folder: str) -> Mapping[str, float]:
    """Seconds to the first frame of a Textual app with one empty widget: what no Textual app can do without."""
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    seen: dict[str, float] = {}

    class Empty(App[None]):
        def compose(self) -> ComposeResult:
            yield Static()

    async def start() -> None:
        async with Empty().run_test(size=_SIZE) as pilot:
            while not seen:
                await pilot.pause(0.01)

    with _watched(lambda app: seen.setdefault("painted", since_start())):
        asyncio.run(start())
    return seen


@contextmanager
def _watched(look: Callable[[App[object]], object]) -> Iterator[None]:
    """Call `look` after each frame that Textual draws."""
    from textual.app import App

    draw: Callable[..., None] = App._display

    def display(app: App[object], *arguments: object) -> None:
        draw(app, *arguments)
        look(app)

    with patch.object(App, "_display", display):
        yield
