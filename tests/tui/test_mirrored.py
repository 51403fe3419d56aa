"""The interface from right to left: where things stand, what keys and mouse do there, and how it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.widget import Widget

from kashaf.bidi.layout import visual
from kashaf.storage.atomic import write_text
from kashaf_tui.explorer import place
from kashaf_tui.explorer.screens.display import DisplayScreen
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.screens.text import TextScreen

SIZES = [(80, 24), (120, 40)]
Speak = Callable[[str], None]


@pytest.fixture
def speak(case: Path) -> Speak:
    """Write a language into the workspace's kashaf.yaml."""

    def write(language: str) -> None:
        write_text(case / "kashaf.yaml", f"interface:\n  language: {language}\n")

    return write


@pytest.fixture
def arabic(speak: Speak) -> None:
    speak("ar")


def region(analyst: Analyst, name: str) -> Region:
    return analyst.main.query_one(f"#{name}", Widget).region


def scroll_bar(pane: ScrollView) -> Region:
    """Where the vertical scroll bar is drawn."""
    return pane.vertical_scrollbar.region


def looks(analyst: Analyst) -> tuple[str, str]:
    """Tashkeel and digits of the article."""
    options = analyst.main.article.options
    return options.marks, options.digits


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("arabic")
async def test_panes_stand_from_right_to_left(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(size=size) as analyst:
        results, reader = region(analyst, "results"), region(analyst, "reader")
        assert reader.right <= results.x
        assert results.right == size[0]
        assert region(analyst, "prompt").right == size[0]
        assert region(analyst, "count").x == 0
        assert region(analyst, "ladder").right == size[0]
        await analyst.press("f5")
        side, reader = region(analyst, "side"), region(analyst, "reader")
        assert side.x == 0
        assert side.right <= reader.x


@pytest.mark.parametrize("size", SIZES)
async def test_english_stays_as_it_was(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(size=size) as analyst:
        results, reader = region(analyst, "results"), region(analyst, "reader")
        assert results.x == 0
        assert results.right <= reader.x
        assert region(analyst, "prompt").x == 0
        assert region(analyst, "count").right == size[0]
        assert region(analyst, "ladder").x == 0
        assert scroll_bar(analyst.main.results).x == results.right - 2
        assert analyst.lines()[3].startswith("╭─ Results ")
        await analyst.press("f5")
        assert region(analyst, "side").right == size[0]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("arabic")
async def test_scroll_bars_stand_on_the_left_and_hide_nothing(
    explore: Explore, size: tuple[int, int]
) -> None:
    async with explore(size=size) as analyst:
        await analyst.press("enter", "down")  # to a long article
        panes = [
            pane for pane in (analyst.main.results, analyst.main.article) if pane.show_vertical_scrollbar
        ]
        assert len(panes) >= (2 if size == (80, 24) else 1)
        for pane in panes:
            bar, inside = scroll_bar(pane), pane.content_region
            assert (bar.x, bar.right, bar.height) == (inside.x, inside.x + 1, inside.height)
            assert pane.scrollable_content_region == Region(
                inside.x + 1, inside.y, inside.width - 1, inside.height
            )
        # The selection's bar ends the row at the pane's right border.
        assert any(row.endswith("▐│") for row in analyst.lines())


@pytest.mark.usefixtures("arabic")
async def test_a_title_is_cut_at_its_end(explore: Explore) -> None:
    async with explore(size=(80, 24)) as analyst:
        results = analyst.main.results
        for index, hit in enumerate(results.rows[:5]):
            row = analyst.lines()[region(analyst, "results").y + 1 + index * results.row_height]
            shown = row[region(analyst, "results").x :]
            assert visual(hit.title.split()[0]) in shown
            if len(hit.title) > 30:
                assert shown.replace("▆", " ").replace("▇", " ").lstrip("│ ").startswith("…")


@pytest.mark.usefixtures("arabic")
async def test_bars_begin_at_the_right(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        lines = analyst.lines()
        assert lines[0].endswith("kashaf · demo")
        assert visual("81 مقالًا") in lines[0][:40]
        assert lines[1].endswith("/ ")
        assert lines[2].rstrip().endswith(visual("حرفي"))
        assert lines[3].endswith(visual("النتائج") + " ─╮")
        assert lines[-1].endswith(f"{visual('مساعدة')} F1 ")


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_tab_goes_the_way_one_reads(explore: Explore, speak: Speak, language: str) -> None:
    speak(language)
    async with explore(size=(120, 40)) as analyst:
        order = []
        for _ in range(4):
            await analyst.press("tab")
            focused = analyst.main.focused
            assert focused is not None
            order.append((focused.id, focused.region.x))
        assert [name for name, _ in order] == ["results", "article", "entities", "search"]
        columns = [x for _, x in order[:3]]
        assert columns == sorted(columns, reverse=language == "ar")
        await analyst.press("shift+tab")
        assert analyst.main.entities.has_focus


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_the_mouse_finds_the_scroll_bar(explore: Explore, speak: Speak, language: str) -> None:
    speak(language)
    async with explore(size=(80, 24)) as analyst:
        results = analyst.main.results
        inside = results.content_region
        x = inside.x if language == "ar" else inside.right - 1
        assert results.scroll_offset.y == 0
        # Below the thumb: a page on.
        await analyst.pilot.click(offset=(x, inside.bottom - 1))
        await analyst.pilot.pause(0.5)
        paged = results.scroll_offset.y
        assert paged > 0
        assert results.selected == 0
        await analyst.pilot.mouse_down(offset=(x, inside.y + 2))
        await analyst.pilot.hover(offset=(x, inside.y + 8))
        await analyst.pilot.mouse_up(offset=(x, inside.y + 8))
        await analyst.pilot.pause(0.5)
        assert results.scroll_offset.y > paged
        await analyst.pilot.click(offset=(inside.x + 5, inside.y + 1))
        assert results.selected == (results.scroll_offset.y + 1) // results.row_height


@pytest.mark.usefixtures("arabic")
async def test_the_mouse_finds_the_letter(explore: Explore) -> None:
    async with explore(size=(80, 24)) as analyst:
        reader = analyst.main.article
        assert reader.reading is not None
        text = reader.reading.article.text
        room = reader.scrollable_content_region
        first = visual(text.split()[0])
        row = next(y for y in range(room.y, room.bottom) if first in analyst.lines()[y])
        line = analyst.lines()[row]
        x = line.rindex(first) + len(first) - 1
        await analyst.press("f4", "end")
        await analyst.press("home")
        await analyst.pilot.click(offset=(x, row))
        assert text[reader.caret] == text[0]


@pytest.mark.usefixtures("arabic")
async def test_windows_run_from_right_to_left(explore: Explore) -> None:
    async with explore(size=(80, 24)) as analyst:
        await analyst.press("f3", "f1")
        assert isinstance(analyst.app.screen, TextScreen)
        view = analyst.app.screen.query_one("#text-view", ScrollView)
        assert scroll_bar(view).x == view.content_region.x
        shown = analyst.text
        assert f"{visual('المفاتيح')} ─╮" in shown
        assert f"{visual('أول نتيجة')}" in shown
        line = next(line for line in analyst.lines() if "Home" in line)
        assert line.index(visual("نتيجة")) < line.index("Home")


@pytest.mark.usefixtures("arabic")
async def test_errors_of_a_query_are_told_in_the_language(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        await analyst.type("date:1")
        await analyst.settle()
        assert visual("تاريخًا") in analyst.lines()[2]
        assert "date:2025-11-10" in analyst.lines()[2]


async def test_another_language_is_spoken_at_once_and_the_place_is_kept(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        await analyst.type("السد")
        await analyst.press("enter", "down", "enter", "n", "f9")
        here = analyst.main.place()
        assert here is not None
        await analyst.press("l")
        assert analyst.app.language == "ar"
        assert isinstance(analyst.app.screen, DisplayScreen)
        assert visual("اللغة") in analyst.text
        await analyst.press("escape")
        assert analyst.main.place() == replace(here, language="ar")
        assert analyst.main.article.has_focus
        assert region(analyst, "results").right == 120
        await analyst.press("n", "v", "h")
        assert len(analyst.main.notes.rows) == 1
    async with explore(size=(120, 40)) as analyst:
        assert analyst.app.language == "ar"
        await analyst.press("f9", "l", "escape")
        assert analyst.app.language == "en"
        assert region(analyst, "results").x == 0
        assert len(analyst.main.notes.rows) == 1


async def test_hurry_leaves_one_main_screen(explore: Explore) -> None:
    async with explore(size=(80, 24)) as analyst:
        await analyst.press("f9")
        menu = analyst.app.screen
        assert isinstance(menu, DisplayScreen)
        menu.action_choose("language")
        menu.action_choose("language")
        menu.action_choose("language")
        menu.dismiss()
        await analyst.settle()
        assert analyst.app.language == "ar"
        assert sum(isinstance(screen, MainScreen) for screen in analyst.app.screen_stack) == 1
        await analyst.press("escape", "f3", "down")
        assert analyst.main.results.selected == 1


async def test_looks_are_changed_by_letter_arrow_and_mouse_and_are_remembered(
    explore: Explore, case: Path
) -> None:
    async with explore(size=(80, 24)) as analyst:
        await analyst.press("f9", "t", "d", "n")
        assert analyst.app.theme == "textual-light"
        assert looks(analyst) == ("keep", "arabic")
        await analyst.press("enter")
        assert looks(analyst) == ("keep", "european")
        await analyst.press("up", "space")
        assert looks(analyst) == ("strip", "european")
        assert analyst.app.language == "en"
        await analyst.press("escape", "f4", "d")
        assert looks(analyst) == ("keep", "european")
    kept = place.load(case / "state")
    assert (kept.theme, kept.tashkeel, kept.digits, kept.language) == (
        "textual-light",
        "keep",
        "european",
        "",
    )
    async with explore(size=(80, 24)) as analyst:
        assert looks(analyst) == ("keep", "european")
        await analyst.press("f9")
        shown = analyst.text
        assert "European (123)" in shown
        assert "shown" in shown


@pytest.mark.usefixtures("arabic")
async def test_what_the_workspace_says_is_not_remembered_as_a_choice(
    explore: Explore, case: Path, speak: Speak
) -> None:
    async with explore() as analyst:
        assert analyst.app.language == "ar"
    assert place.load(case / "state").language == ""
    speak("en")
    async with explore() as analyst:
        assert analyst.app.language == "en"
