"""What the screens about an article look like, at both sizes and in both languages. See `test_snapshots`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.about_support import build, read
from tests.explorer_support import Analyst
from tests.snapshot_support import LOOKS, Compare, look_id, pictured

from kashaf.storage.atomic import write_text
from kashaf_tui.explorer.panes import details

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="snapshots are of Python 3.11")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("about"))


@pytest.fixture(params=LOOKS, ids=look_id)
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
        async def act(analyst: Analyst) -> None:
            await read(analyst, path)
            await analyst.press(*keys)

        return pictured(snap_compare, built, size, act)

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
