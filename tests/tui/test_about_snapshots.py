"""What the screens about an article look like, at both sizes and in both languages. See `test_snapshots`."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.about_support import build, read
from tests.explorer_support import Analyst
from textual.pilot import Pilot

from kashaf.storage.atomic import write_text
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.explorer.panes import details
from kashaf_tui.session import Session

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="snapshots are of Python 3.11")

SIZES = [(80, 24), (120, 40)]
Compare = Callable[..., bool]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("about"))


@pytest.fixture(
    params=[(size, language) for language in ("en", "ar") for size in SIZES],
    ids=lambda one: f"{one[0][0]}x{one[0][1]}-{one[1]}",
)
def look(
    request: pytest.FixtureRequest, built: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> Compare:
    """Compare the screen after an article was opened and keys were pressed."""
    size, language = request.param
    monkeypatch.setenv("TZ", "UTC")
    # Times are others with every run.
    monkeypatch.setattr(details, "_time", lambda _: "2026-01-02 03:04")
    write_text(built / "kashaf.yaml", f"interface:\n  language: {language}\n")
    (built / "state" / "explorer.yaml").unlink(missing_ok=True)

    def compare(path: str, *keys: str) -> bool:
        session = Session(built)
        session.searcher.created = "2026-01-02T03:04:05+00:00"
        app = ExplorerApp(session)

        async def act(pilot: Pilot[int]) -> None:
            analyst = Analyst(app, pilot)
            await analyst.settle()
            await read(analyst, path)
            await analyst.press(*keys)
            await pilot.pause(0.4)
            await analyst.settle()

        run_before: Callable[[Pilot[int]], Awaitable[None]] = act
        try:
            return snap_compare(app, terminal_size=size, run_before=run_before)
        finally:
            app.close_stores()

    return compare


def test_removed_lines(look: Compare) -> None:
    assert look("harbour.txt", "r", "home", "j")


def test_details(look: Compare) -> None:
    assert look("harbour.txt", "i", "down")


def test_correcting_a_day(look: Compare) -> None:
    assert look("b.md", "i", "down", "down", "down", "down", "down", "enter", "x", "enter")


def test_a_story(look: Compare) -> None:
    assert look("a.md", "g")


def test_differences(look: Compare) -> None:
    assert look("b.md", "g", "d", "j")


def test_results_by_story(look: Compare) -> None:
    assert look("a.md", "f3", "g")


def test_kinds_of_paragraphs(look: Compare) -> None:
    assert look("page.html")
