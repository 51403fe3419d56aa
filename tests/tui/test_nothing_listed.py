"""Lists of names, quotations and dates that are empty say why, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.entity_support import MAYOR, TOWN, exploring, workspace
from tests.explorer_support import Analyst

from kashaf.entities.model import EntityRow
from kashaf.workspace import create
from kashaf_tui.explorer.screens.picker import PickerScreen


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path)


async def search(analyst: Analyst, text: str) -> None:
    await analyst.press("slash")
    await analyst.type(text)
    await analyst.press("enter")
    await analyst.press("f3")


@pytest.mark.parametrize("key", ["E", "Q", "W"])
async def test_an_empty_workspace_says_how_to_begin_and_begins(tmp_path: Path, key: str) -> None:
    root = create(tmp_path / "empty").root
    async with exploring(root, (80, 24)) as analyst:
        screens = len(analyst.app.screen_stack)
        await analyst.press(key)
        assert "There are no articles here yet." in analyst.text
        assert "F11 adds a folder" in analyst.text
        assert "kashaf demo (or make demo" in analyst.text
        await analyst.press("f11")
        assert isinstance(analyst.app.screen, PickerScreen)
        await analyst.press("escape")
        assert len(analyst.app.screen_stack) == screens + 1


@pytest.mark.parametrize(
    ("keys", "way"),
    [
        (("E", "r"), "r counts all articles."),
        (("Q", "v"), "v shows the quotations of all articles."),
        (("W",), "W closes this"),
        (("W", "tab"), "W closes this"),
    ],
)
async def test_a_search_that_finds_nothing_is_said_to(root: Path, keys: tuple[str, ...], way: str) -> None:
    async with exploring(root, (100, 30)) as analyst:
        await search(analyst, "زقزوقة")
        await analyst.press(*keys)
        assert "The search finds no article" in analyst.text
        assert way in analyst.text
        assert "F8 the filters" in analyst.text


async def test_where_escape_leads_from_nobodys_words(root: Path) -> None:
    async with exploring(root) as analyst:
        analyst.main.naming.show_page(EntityRow(TOWN.name, "place", 0, 0, ()))
        await analyst.settle()
        await analyst.press("Q")
        assert "goes back to where you opened it" in analyst.text
        page = analyst.app.screen_stack[-2]
        await analyst.press("escape")
        assert analyst.app.screen is page
        await analyst.press("escape")
        analyst.main.naming.quotes(MAYOR)
        await analyst.settle()
        assert "goes back" not in analyst.text
