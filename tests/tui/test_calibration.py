"""The question whether Arabic can be read, and the choice of what shows it right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.color import ColorSystem
from tests.explorer_support import Explore
from tests.guard_support import as_seen, bases, is_rtl, through_glass, unlike
from textual.app import App

from kashaf_tui.explorer.calibration import CalibrationBar, CalibrationScreen, Samples
from kashaf_tui.explorer.guard import Guarded
from kashaf_tui.terminal import remembered
from kashaf_tui.terminal.profiles import PLAIN, PROFILE_NAMES, PROFILES, Display, ProfileName


class Empty(Guarded[None], App[None]):
    display_profile = replace(PLAIN, profile=PROFILES["kitty"])


def bar(app: App[Any]) -> CalibrationBar:
    return app.screen_stack[1].query_one(CalibrationBar)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(remembered, "folder", lambda: tmp_path / "user")
    return tmp_path / "user"


def unsure(app: Any) -> None:
    """As after a detection that could not tell."""
    app.display_profile = Display(PROFILES["app"], "is not known", certain=False, identity="strange")
    bar(app).on_mount()


@pytest.mark.usefixtures("kept")
async def test_the_question_is_asked_only_in_doubt(explore: Explore) -> None:
    async with explore() as analyst:
        assert not bar(analyst.app).display
        focused = analyst.app.focused
        unsure(analyst.app)
        await analyst.pilot.pause()
        assert bar(analyst.app).display
        assert "readable?" in analyst.text
        assert analyst.app.focused is focused
        assert not bar(analyst.app).can_focus
        await analyst.pilot.click(CalibrationBar)
        assert not bar(analyst.app).display
        assert analyst.app.display_profile.certain
        await analyst.pilot.resize_terminal(40, 10)
        unsure(analyst.app)
        await analyst.pilot.pause()
        assert not bar(analyst.app).display


@pytest.mark.parametrize("name", PROFILE_NAMES)
async def test_each_line_is_shown_as_its_profile_would(
    monkeypatch: pytest.MonkeyPatch, name: ProfileName, kept: Path
) -> None:
    glass = through_glass(monkeypatch, 100, 30)
    app = Empty()
    async with app.run_test(size=(100, 30)) as pilot:
        app.console._color_system = ColorSystem.TRUECOLOR
        app.push_screen(CalibrationScreen(app.display_profile))
        await pilot.pause()
        await pilot.press(*["up"] * 5, *["down"] * PROFILE_NAMES.index(name))
        await pilot.pause()
        assert app.display_profile.profile.name == name
        top = app.screen.query_one(Samples).region.y
        wanted = [
            bases("".join(part.text for part in strip)) for strip in app.screen._compositor.render_strips()
        ]
        for n, other in enumerate(PROFILE_NAMES):
            row = glass.segments(top + 2 * n)
            same = PROFILES[other].start == PROFILES[name].start
            assert any(is_rtl(cell.text[0]) for cell in row) == same
            assert as_seen(other, row) == wanted[top + 2 * n]
        await pilot.press("escape")
        assert app.display_profile.profile.name == "kitty"
    assert remembered.load(kept).choices == {}


@pytest.mark.parametrize(("keys", "name"), [(("3",), "alt"), (("down", "enter"), "lrm"), (("5",), "mlterm")])
async def test_a_choice_holds_at_once_and_is_remembered(
    explore: Explore, kept: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], name: ProfileName
) -> None:
    glass = through_glass(monkeypatch, 120, 40)
    async with explore() as analyst:
        unsure(analyst.app)
        await analyst.press("f9", "c")
        assert isinstance(analyst.app.screen, CalibrationScreen)
        glass.sent = ""
        await analyst.press(*keys, "escape")
        assert analyst.app.display_profile.profile.name == name
        assert analyst.app.display_profile.certain
        assert not bar(analyst.app).display
        assert unlike(glass, analyst.app, name) == []
        assert (PROFILES[name].start in glass.sent) == (name == "mlterm")
    assert remembered.load(kept).choices == {"strange": name}


async def test_the_palette_leads_to_it_and_ends_the_question(explore: Explore, kept: Path) -> None:
    async with explore() as analyst:
        unsure(analyst.app)
        await analyst.press("f10")
        await analyst.type("do not ask")
        await analyst.pilot.pause(1)
        await analyst.press("enter")
        assert not bar(analyst.app).display
        assert remembered.load(kept).choices == {"strange": "app"}
        await analyst.press("f10")
        await analyst.type("Arabic in this")
        await analyst.pilot.pause(1)
        await analyst.press("enter")
        assert isinstance(analyst.app.screen, CalibrationScreen)
        await analyst.press("escape")


@pytest.fixture
def refused(kept: Path) -> None:
    kept.write_text("a file where a folder should be", encoding="utf-8")


@pytest.mark.usefixtures("refused")
async def test_a_disk_that_refuses_takes_nothing_back(explore: Explore) -> None:
    async with explore() as analyst:
        unsure(analyst.app)
        await analyst.press("f9", "c", "2")
        assert analyst.app.display_profile.profile.name == "lrm"
        assert len(analyst.app._notifications) == 1
