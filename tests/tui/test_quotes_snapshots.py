"""What the screen of quotations looks like, at both sizes and in both languages. See `test_snapshots`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from tests.quotes_support import quoting_case
from tests.snapshot_support import LOOKS, Compare, look_id, pictured

from kashaf.storage.atomic import write_text

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="snapshots are of Python 3.11")


@pytest.fixture(scope="module")
def quoting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not to be written to."""
    return quoting_case(tmp_path_factory.mktemp("quoting")).root


@pytest.fixture(params=LOOKS, ids=look_id)
def look(
    request: pytest.FixtureRequest,
    quoting: Path,
    tmp_path: Path,
    snap_compare: Compare,
    monkeypatch: pytest.MonkeyPatch,
) -> Compare:
    """Compare the screen after the quotations of all articles were opened and keys were pressed."""
    size, language = request.param
    monkeypatch.setenv("TZ", "UTC")
    root = shutil.copytree(quoting, tmp_path / "case")
    write_text(root / "kashaf.yaml", f"interface:\n  language: {language}\n")

    def compare(*keys: str) -> bool:
        return pictured(
            snap_compare, root, size, lambda analyst: analyst.press("escape", "Q", "v", "v", *keys)
        )

    return compare


def test_all_by_speaker(look: Compare) -> None:
    assert look()


def test_by_article_with_a_filter(look: Compare) -> None:
    assert look("s", "slash", *"الري")


def test_nothing_left(look: Compare) -> None:
    assert look("slash", *"xyz")
