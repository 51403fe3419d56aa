"""What entities look like, at both sizes and in both languages. See `test_snapshots`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.entity_support import by_name, workspace
from tests.explorer_support import Analyst
from tests.snapshot_support import LOOKS, Compare, look_id, pictured

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="snapshots are of Python 3.11")


@pytest.fixture(params=LOOKS, ids=look_id)
def look(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    snap_compare: Compare,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., bool]:
    """Compare the screen after keys were pressed in the results, or with an article open."""
    size, language = request.param
    monkeypatch.setenv("TZ", "UTC")
    root = workspace(tmp_path, language=language)

    def compare(*keys: str, article: str = "") -> bool:
        async def act(analyst: Analyst) -> None:
            await analyst.press("f3")
            if article:
                analyst.main.reading.open(by_name(article).id)
                await analyst.settle()
            await analyst.press(*keys)

        return pictured(snap_compare, root, size, act)

    return compare


def test_the_entities_of_an_article(look: Compare) -> None:
    assert look("e", article="quay")


def test_a_name_that_is_not_sure(look: Compare) -> None:
    assert look("e", "down", article="boats")


def test_the_table_of_all(look: Compare) -> None:
    assert look("E", "down")


def test_the_results_alone_sorted_by_surprise(look: Compare) -> None:
    assert look("slash", *"إضراب", "enter", "E", "r", "s", "s", "s", "space")


def test_a_filter_that_nothing_has(look: Compare) -> None:
    assert look("E", "slash", *"ظظ")


def test_a_page(look: Compare) -> None:
    assert look("E", "o")


def test_where_two_meet(look: Compare) -> None:
    assert look("E", "space", "space", "m")


def test_whom_it_is_the_same_as(look: Compare) -> None:
    assert look("E", "tab", "equals_sign")


def test_two_of_one_name(look: Compare) -> None:
    assert look("E", "vertical_line", "space")


def test_another_name(look: Compare) -> None:
    assert look("E", "R")


def test_another_type(look: Compare) -> None:
    assert look("E", "T")


def test_what_was_decided_is_said(look: Compare) -> None:
    assert look("E", "H")
