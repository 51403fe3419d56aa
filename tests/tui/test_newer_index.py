"""An index that another process writes while the explorer is open: it is found by itself, and the place is kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore

from kashaf.workspace import open_workspace
from kashaf_index.opening import current_generation
from kashaf_tui.explorer.flows import opening

BEES = "عسل الهضاب يعود إلى الأسواق\n\nقال النحالون إن موسم القمح والعسل جاء متأخرًا بسبب برد الربيع الطويل.\n"


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "RENEW_EVERY", 0.1)


def index_elsewhere(case: Path, *arguments: str | Path) -> None:
    """`kashaf index` in a process of its own."""
    command = [sys.executable, "-m", "kashaf_tui", "-w", str(case), "index", *map(str, arguments)]
    subprocess.run(command, capture_output=True, timeout=60, check=True)


async def comes(analyst: Analyst, there: Callable[[], bool]) -> None:
    """Wait for what nobody asked for."""
    for _ in range(200):
        await analyst.pilot.pause(0.05)
        if there():
            await analyst.settle()
            return
    raise AssertionError("it did not come")


async def test_it_is_searched_and_the_place_is_kept(explore: Explore, case: Path, tmp_path: Path) -> None:
    (tmp_path / "bees.txt").write_text(BEES, encoding="utf-8")
    async with explore() as analyst:
        main = analyst.main
        await analyst.type("قمح")
        await analyst.press("enter", "down", "enter", "down", "down", "right")
        before = main.searching.results
        assert before is not None
        rows = [row.id for row in before.hits]
        selected, article, caret = rows[main.results.selected], main.reading.article_id, main.article.caret
        assert article == selected
        assert caret > 0
        index_elsewhere(case, tmp_path / "bees.txt")
        await comes(analyst, lambda: "82 articles" in analyst.lines()[0])
        after = main.searching.results
        assert after is not None
        assert after.total == before.total + 1
        assert main.box.value == "قمح"
        assert main.article.has_focus
        assert (main.reading.article_id, main.article.caret) == (article, caret)
        assert [row.id for row in after.hits][main.results.selected] == selected
        assert "newer index" in analyst.text


async def test_nothing_is_disturbed_while_there_is_none(explore: Explore, case: Path) -> None:
    async with explore() as analyst:
        await analyst.type("قمح")
        await analyst.press("enter", "down")
        results = analyst.main.searching.results
        await analyst.pilot.pause(0.5)
        assert analyst.main.searching.results is results


async def test_a_damaged_index_that_is_built_anew_elsewhere_is_opened(explore: Explore, case: Path) -> None:
    (segment,) = current_generation(open_workspace(case).index).glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-1])
    async with explore() as analyst:
        # One word of the cure: how the lines break depends on the length of the folder's name.
        await comes(analyst, lambda: "rebuild" in analyst.text)
        await analyst.pilot.pause(0.3)
        assert "rebuild" in analyst.text
        index_elsewhere(case, "--rebuild")
        await comes(analyst, lambda: "81 articles" in analyst.lines()[0])
        await analyst.type("قمح")
        await analyst.settle()
        assert analyst.main.results.rows
