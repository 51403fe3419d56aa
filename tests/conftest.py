"""What tests of several folders share: the sample corpus, indexed once a session."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore

from kashaf.corpus.catalogue import Catalogue
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.tables.store import MentionStore
from kashaf.workspace import create
from kashaf_index.mentions import update_mentions
from kashaf_index.search import Searcher
from kashaf_index.update import update
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.session import Session

SAMPLE = Path(__file__).parents[1] / "sample_corpus"


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
