"""The explorer, opened on a copy of the indexed sample corpus."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore

from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.session import Session


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
