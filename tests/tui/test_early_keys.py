"""Keys that are pressed before a screen is drawn come to it, in their order."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.entity_support import MAYOR, by_name, exploring, meeting, page, table, workspace
from tests.explorer_support import Analyst
from textual import events
from textual.keys import key_to_character

from kashaf_tui.explorer.early_keys import EarlyKeys
from kashaf_tui.explorer.screens.quotes import QuotesScreen
from kashaf_tui.explorer.screens.timeline import TimelineScreen


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path)


def key(name: str) -> events.Key:
    return events.Key(name, key_to_character(name))


async def burst(analyst: Analyst, *keys: str) -> None:
    """Keys as fast as a terminal can write them."""
    for name in keys:
        analyst.app.post_message(key(name))
    await analyst.settle()


async def test_into_the_table_of_names(root: Path) -> None:
    async with exploring(root) as analyst:
        await burst(analyst, "E", "s", "j", "j", "space")
        screen = table(analyst)
        assert screen.view.order == "mentions"
        assert screen.list.selected == 3
        assert len(screen.view.marked) == 1


async def test_into_the_field_above_it(root: Path) -> None:
    async with exploring(root) as analyst:
        await burst(analyst, "E", "slash", *"الوز")
        assert table(analyst).field.value == "الوز"
        assert [row.name for row in table(analyst).list.rows] == [MAYOR.name]


async def test_through_the_table_to_a_page_and_on(root: Path) -> None:
    async with exploring(root) as analyst:
        await burst(analyst, "E", "o", "j", "j")
        assert page(analyst).list.selected == 3
        assert table_below(analyst)
        await burst(analyst, "q", "space", "space", "m", "down")
        assert meeting(analyst).list.rows


def table_below(analyst: Analyst) -> bool:
    return type(analyst.app.screen_stack[-2]).__name__ == "EntitiesScreen"


async def test_into_quotations_and_the_timeline(root: Path) -> None:
    async with exploring(root) as analyst:
        analyst.main.reading.open(by_name("quay").id)
        await analyst.settle()
        await burst(analyst, "Q", "v", "s", "slash", *"الرصيف")
        screen = analyst.app.screen
        assert isinstance(screen, QuotesScreen)
        assert screen.view.scope.what == "results"
        assert screen.view.order == "article"
        assert screen.field.value == "الرصيف"
        await analyst.press("escape", "escape")
        await burst(analyst, "W", "j", "tab")
        timeline = analyst.app.screen
        assert isinstance(timeline, TimelineScreen)
        assert timeline.flow.view == "claims"


async def test_into_a_window_that_asks_for_a_name(root: Path) -> None:
    async with exploring(root) as analyst:
        await burst(analyst, "E", "slash", *"الوز", "enter", "R", *" باشا", "enter")
        assert f"{MAYOR.name} باشا" in {row.name for row in table(analyst).list.rows}


async def test_what_is_pasted_keeps_its_place_among_the_keys(root: Path) -> None:
    async with exploring(root) as analyst:
        for event in (key("E"), key("slash"), events.Paste("الو"), key("ز"), key("enter"), key("space")):
            analyst.app.post_message(event)
        await analyst.settle()
        assert table(analyst).field.value == "الوز"
        assert [one.name for one in table(analyst).view.marked] == [MAYOR.name]


async def test_a_key_held_down_and_typing_wait_for_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kashaf_tui.explorer.early_keys._LONGEST", 60.0)
    async with exploring(root) as analyst:
        await burst(analyst, "E")
        rows = table(analyst).list
        # Nobody learns that a key has been dealt with.
        monkeypatch.setattr(EarlyKeys, "_follow", lambda *_: None)
        await analyst.press("down", "down", "down")
        assert rows.selected == 3
        monkeypatch.undo()
        await analyst.pilot.pause(0.35)
        await analyst.press("slash")
        monkeypatch.setattr("kashaf_tui.explorer.early_keys._LONGEST", 60.0)
        monkeypatch.setattr(EarlyKeys, "_follow", lambda *_: None)
        await analyst.press("a", "b", "c")
        assert table(analyst).field.value == "abc"


async def test_what_is_not_there_yet_does_not_keep_escape_waiting(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kashaf_tui.explorer.screens.sized.PATIENCE", 60.0)
    async with exploring(root) as analyst:
        monkeypatch.setattr("kashaf_tui.explorer.screens.entities.EntitiesScreen.refill", lambda _: None)
        await burst(analyst, "E", "escape")
        assert analyst.app.screen is analyst.main
        assert not analyst.app.keys_wait


async def test_keys_do_not_wait_for_ever(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kashaf_tui.explorer.screens.sized.PATIENCE", 0.1)
    async with exploring(root) as analyst:
        monkeypatch.setattr("kashaf_tui.explorer.screens.entities.EntitiesScreen.refill", lambda _: None)
        await burst(analyst, "E", "slash", "x")
        assert not table(analyst).fetched
        assert table(analyst).field.value == "x"
