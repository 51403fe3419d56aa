"""What the timeline and the claims look like, at both sizes and in both languages."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.explorer_support import Analyst
from tests.snapshot_support import LOOKS, Compare, look_id, pictured
from tests.timeline_support import build

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="snapshots are of Python 3.11")

Look = Callable[[Callable[[Analyst], Awaitable[None]]], bool]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("timeline"))


@pytest.fixture(params=LOOKS, ids=look_id)
def look(
    request: pytest.FixtureRequest,
    built: Path,
    tmp_path: Path,
    snap_compare: Compare,
    monkeypatch: pytest.MonkeyPatch,
) -> Look:
    monkeypatch.setenv("TZ", "UTC")
    size, language = request.param
    root = shutil.copytree(built, tmp_path / "case")
    (root / "kashaf.yaml").write_text(f"interface:\n  language: {language}\n", encoding="utf-8")

    def compare(act: Callable[[Analyst], Awaitable[None]]) -> bool:
        return pictured(snap_compare, root, size, act)

    return compare


def test_statements(look: Look) -> None:
    async def act(analyst: Analyst) -> None:
        await analyst.press("f3", "W", "n", "j")

    assert look(act)


def test_claims(look: Look) -> None:
    async def act(analyst: Analyst) -> None:
        await analyst.press("f3", "W", "tab", "j")

    assert look(act)


def test_nothing_says_when(look: Look) -> None:
    async def act(analyst: Analyst) -> None:
        await analyst.press("f2")
        await analyst.type("السوق بلا")
        await analyst.press("enter", "W")

    assert look(act)
