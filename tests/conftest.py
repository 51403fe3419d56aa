"""What tests of several folders share: the sample corpus, indexed once a session; and how the suite is run.

Python's garbage collector walks the whole heap again and again. A worker holds fifteen thousand tests, the modules
they are about and their books, half a million objects that never go: a third of the time of the explorer's tests went
there. So it looks less often, and does not look again at what lives from one module of tests to the next.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import hypothesis
import pytest
from tests.explorer_support import Analyst, Explore
from textual._styles_cache import StylesCache

from kashaf.corpus.catalogue import Catalogue
from kashaf.entities.book.bookfile import Layer
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.tables.store import MentionStore
from kashaf.workspace import create
from kashaf_index.mentions import update_mentions
from kashaf_index.search import Searcher
from kashaf_index.update import update
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.session import Session

SAMPLE = Path(__file__).parents[1] / "sample_corpus"

#: Name books of 7,000 names that a worker keeps.
_BOOKS = 6

# An example that takes long says that the machine is busy.
hypothesis.settings.register_profile("kashaf", deadline=None)
hypothesis.settings.load_profile("kashaf")


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(50_000, 20, 100)
    if sys.dont_write_bytecode and config.cache is not None:
        _keep_compiled(config.cache.mkdir("compiled"))


def _keep_compiled(folder: Path) -> None:
    """Keep compiled modules apart where they may not stand beside their sources.

    Else every worker would rewrite the assertions of every module anew, and every `kashaf` that a test starts would
    compile itself.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(folder)
    sys.dont_write_bytecode = False


def pytest_collection_finish() -> None:
    _settle_heap()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    # Textual remembers two colours for each of a thousand widgets, and with them every line that they ever drew.
    StylesCache.get_inner_outer.cache_clear()
    if nextitem is not None and nextitem.path != item.path:
        _settle_heap()


def _settle_heap() -> None:
    """Collect what the last module left, and spare what lives on from every later collection."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _one_name_book_of_a_kind() -> Iterator[None]:
    """Lay the layers of a name book over each other once in a process, not in each of its thousands of workspaces.

    A book is read-only, and the hashes of its files say which it is; one made without files is made each time.
    """
    lay = NameBook.of
    laid: dict[tuple[str, ...], NameBook] = {}

    def of(layers: Iterable[Layer]) -> NameBook:
        given = tuple(layers)
        key = tuple(layer.sha256 for layer in given)
        if any(layer != Layer() and not layer.sha256 for layer in given):
            return lay(given)
        if key not in laid:
            if len(laid) == _BOOKS:
                del laid[next(iter(laid))]
            laid[key] = lay(given)
        laid[key] = laid.pop(key)  # the last that was asked for stands last
        return laid[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NameBook, "of", of)
        yield


@pytest.fixture(scope="session")
def indexed_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `kashaf demo` leaves it; not to be written to."""
    workspace = create(tmp_path_factory.mktemp("sample") / "demo")
    shutil.copy(SAMPLE / "names.yaml", workspace.names_file)
    update(workspace, Catalogue(workspace.catalogue), [SAMPLE])
    with Searcher.open(workspace.index) as searcher:
        book = NameBook.load(overlays=[workspace.names_file])
        update_mentions(searcher, MentionStore(workspace.mentions), book)
    return workspace.root


@pytest.fixture
def case(indexed_sample: Path, tmp_path: Path) -> Path:
    """A workspace of the test's own."""
    return shutil.copytree(indexed_sample, tmp_path / "demo")


@pytest.fixture
def explore(case: Path) -> Explore:
    """Open the explorer on the test's workspace; leaving the context leaves the app and closes its stores."""

    @asynccontextmanager
    async def start(root: Path = case, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Analyst]:
        app = ExplorerApp(Session(root))
        try:
            async with app.run_test(size=size) as pilot:
                analyst = Analyst(app, pilot)
                await analyst.settle()
                yield analyst
                app.keep_place()
        finally:
            app.close_stores()

    return start
