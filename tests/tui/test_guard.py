"""What leaves the app: in the model of each terminal, every widget shows what was composed, whatever was updated."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise
from typing import ClassVar

import pytest
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from tests.explorer_support import Explore
from tests.guard_support import Glass, as_seen, attributes, bases, is_rtl, through_glass, unlike
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import DataTable, Footer, Input, Label, OptionList, Static, Tab, Tabs, TextArea

from kashaf.bidi.layout import Options, visual
from kashaf_tui.explorer.guard import Guarded, GuardedRows
from kashaf_tui.explorer.widgets.bars import Bar
from kashaf_tui.explorer.widgets.paint import label
from kashaf_tui.explorer.widgets.text_field import TextInput
from kashaf_tui.terminal.profiles import PLAIN, PROFILE_NAMES, PROFILES, ProfileName

WIDTH, HEIGHT = 100, 34
FEWER = (ColorSystem.STANDARD, ColorSystem.EIGHT_BIT)
GUARDED: tuple[ProfileName, ...] = ("lrm", "alt", "kitty")
SENTENCE = "قال (الوزير) إن ١٢ شركة و3 دول وقّعت «اتفاقا» مع ABC، ثم انصرف."
MARKED = visual("مُحَمَّدٌ رَسُولٌ وَكَتَبَ", Options(marks="keep"))


class Window(ModalScreen[None]):
    """Translucent, over the Arabic of the screen below."""

    CSS = "Window { align: center middle; } #box { width: 31; height: 5; border: round red; }"

    def compose(self) -> ComposeResult:
        box = Static(label("نافذة فوق النص العربي (قصيرة)"), id="box")
        box.border_title = label("عنوان النافذة")
        yield box


class Everything(Guarded[None], App[None]):
    """A widget of each type."""

    CSS = """
    Label, Static, Bar, TextInput { height: 1; }
    #scroll { height: 4; border: round blue; }
    #halves { height: 1; }
    #halves Static { width: auto; }
    DataTable { height: 3; }
    OptionList { height: 4; }
    TextArea { height: 4; }
    """
    BINDINGS: ClassVar = [
        Binding("f1", "nothing", visual("مساعدة")),
        Binding("f2", "nothing", visual("بحث في النص")),
    ]

    def __init__(self, profile: ProfileName) -> None:
        super().__init__()
        self.display_profile = replace(PLAIN, profile=PROFILES[profile])

    def compose(self) -> ComposeResult:
        yield Tabs(Tab(label("النتائج")), Tab(label("الأعلام والأماكن")))
        yield Label(label(SENTENCE), id="label")
        yield Static(MARKED, id="marked")
        yield Bar(SENTENCE)
        with Horizontal(id="halves"):
            yield Static(visual("النصف الأيسر("), id="left")
            yield Static(visual("والأيمن"), id="right")
        yield Input(visual("حقل إدخال"))
        yield TextInput(SENTENCE)
        yield DataTable()
        yield OptionList(visual("أول خيار"), visual("خيار ثان (2)"))
        with VerticalScroll(id="scroll"):
            for n in range(20):
                yield Static(label(f"سطر {n}: {SENTENCE}"))
        yield TextArea(visual(SENTENCE))
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#scroll").border_title = label("عنوان «الإطار» العربي")
        table = self.query_one(DataTable)
        table.add_columns(visual("العمود الأول"), visual("الثاني"))
        table.add_row(visual("خلية أولى"), visual("خلية ثانية 25"))


@pytest.fixture
def glass(monkeypatch: pytest.MonkeyPatch) -> Glass:
    return through_glass(monkeypatch, WIDTH, HEIGHT)


@asynccontextmanager
async def everything(
    profile: ProfileName, system: ColorSystem = ColorSystem.TRUECOLOR
) -> AsyncIterator[tuple[Everything, Pilot[None]]]:
    app = Everything(profile)
    app.console._color_system = system
    async with app.run_test(size=(WIDTH, HEIGHT), notifications=True) as pilot:
        await pilot.pause()
        yield app, pilot


@pytest.mark.parametrize(
    ("profile", "system"),
    [*((name, ColorSystem.TRUECOLOR) for name in PROFILE_NAMES), *(("alt", system) for system in FEWER)],
)
async def test_every_widget_is_in_order(glass: Glass, profile: ProfileName, system: ColorSystem) -> None:
    async with everything(profile, system) as (app, pilot):
        await pilot.pause()
        assert unlike(glass, app, profile) == []
        text = "\n".join(as_seen(profile, glass.segments(y)) for y in range(HEIGHT))
        for words in (
            "الأعلام",
            "مساعدة",
            "خلية ثانية",
            "عنوان «الإطار»",
            "خيار ثان",
            "حقل",
            "سطر 1:",
            "محمد رسول",
        ):
            assert visual(words) in text, words


@pytest.mark.parametrize("profile", GUARDED)
async def test_the_terminal_would_turn_it_round(glass: Glass, profile: ProfileName) -> None:
    """Without the guard most rows are wrong, or the other tests prove nothing."""
    async with everything("app") as (app, _):
        assert len(unlike(glass, app, profile)) > 10


@pytest.mark.parametrize("profile", GUARDED)
async def test_windows_toasts_and_the_palette_cut_no_word(glass: Glass, profile: ProfileName) -> None:
    async with everything(profile) as (app, pilot):
        app.notify(visual("إشعار عابر فوق «النص»"), title=visual("تنبيه"), timeout=60)
        await pilot.pause(0.2)
        assert unlike(glass, app, profile) == []
        await app.push_screen(Window())
        await pilot.pause()
        assert unlike(glass, app, profile) == []
        app.pop_screen()
        await pilot.pause()
        app.action_command_palette()
        await pilot.pause(0.5)
        assert unlike(glass, app, profile) == []
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert unlike(glass, app, profile) == []


@pytest.mark.parametrize("profile", GUARDED)
async def test_an_update_under_a_window(glass: Glass, profile: ProfileName) -> None:
    async with everything(profile) as (app, pilot):
        below = app.screen
        await app.push_screen(Window())
        await pilot.pause()
        glass.touched.clear()
        for n in range(3):
            below.query_one("#label", Label).update(label(f"{n} {SENTENCE}"))
            below.query_one("#scroll").scroll_to(y=n, animate=False)
            await pilot.pause()
            assert unlike(glass, app, profile) == []
        assert glass.touched


@pytest.mark.parametrize("profile", GUARDED)
async def test_an_update_of_half_a_word(glass: Glass, profile: ProfileName) -> None:
    """Two widgets touch within a stretch of Arabic; one of them changes, and only its line is written again."""
    async with everything(profile) as (app, pilot):
        glass.touched.clear()
        right = app.query_one("#right", Static)
        right.update(visual("ويمين"))
        await pilot.pause()
        assert unlike(glass, app, profile) == []
        app.query_one("#left", Static).styles.text_style = "bold reverse"
        await pilot.pause()
        assert unlike(glass, app, profile) == []
        assert right.region.y in glass.touched
        assert len(glass.touched) < HEIGHT / 2


@pytest.mark.parametrize("profile", GUARDED)
async def test_scrolling_and_typing(glass: Glass, profile: ProfileName) -> None:
    async with everything(profile) as (app, pilot):
        app.query_one(TextInput).focus()
        await pilot.press("س", "ل", "ا", "م", "left", "x", "backspace")
        await pilot.pause()
        assert unlike(glass, app, profile) == []
        for _ in range(4):
            app.query_one("#scroll").scroll_down(animate=False)
            await pilot.pause()
            assert unlike(glass, app, profile) == []


@pytest.mark.parametrize("profile", GUARDED)
async def test_colours_stay_on_their_letters(glass: Glass, profile: ProfileName) -> None:
    async with everything(profile) as (app, pilot):
        app.query_one("#left", Static).styles.background = "red"
        await pilot.pause()
        y = app.query_one("#left").region.y
        composed = app.screen._compositor.render_strips()[y]
        backgrounds = [
            segment.style.bgcolor.triplet if segment.style and segment.style.bgcolor else None
            for segment in composed
            for char in segment.text
            if bases(char)
        ]
        sent = [cell.style.bgcolor.triplet if cell.style.bgcolor else None for cell in glass.rows[y]]
        assert sent == backgrounds


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("app", "lrm"),
        ("lrm", "alt"),
        ("alt", "kitty"),
        ("kitty", "mlterm"),
        ("mlterm", "alt"),
        ("kitty", "app"),
    ],
)
async def test_the_profile_changes_under_way(glass: Glass, first: ProfileName, second: ProfileName) -> None:
    async with everything(first) as (app, pilot):
        glass.sent = ""
        app.use_profile(PROFILES[second])
        await pilot.pause()
        assert unlike(glass, app, second) == []
        if PROFILES[first].start != PROFILES[second].start:
            assert glass.sent.startswith(PROFILES[first].stop + PROFILES[second].start)
        else:
            assert PROFILES[second].start not in glass.sent


@pytest.mark.parametrize("system", list(ColorSystem))
@pytest.mark.parametrize("style", ["", "#d0d0d0 on #101010", "red", "color(99) on color(3)", "bold reverse"])
def test_alt_in_few_colours(system: ColorSystem, style: str) -> None:
    """Fewer colours make no two letters alike, and none looks different: palette colours stay what they are."""
    glass = Glass(20, 1)
    console = Console(color_system="truecolor")
    console._color_system = system
    glass.write(
        GuardedRows([(0, [Segment(visual("بيت 12 (بيت)"), Style.parse(style))], "alt")]).render_segments(
            console
        )
    )
    row = glass.rows[0][:12]
    for left, right in pairwise(row):
        if is_rtl(left.text) or is_rtl(right.text):
            assert attributes(left.style) != attributes(right.style)
    seen = {
        tuple(value & ~1 for value in (cell.style.color.get_truecolor())) if cell.style.color else None
        for cell in row
    }
    assert len(seen) == 1


# The explorer itself


@pytest.mark.parametrize("profile", GUARDED)
async def test_the_explorer(explore: Explore, monkeypatch: pytest.MonkeyPatch, profile: ProfileName) -> None:
    glass = through_glass(monkeypatch, 120, 40)
    async with explore() as analyst:
        app = analyst.app
        app.use_profile(PROFILES[profile])
        for keys in (
            ["f4"],
            ["n", "v", "w"],
            ["pagedown"],
            ["escape", "f1"],
            ["escape", "f10"],
            ["escape", "f9"],
        ):
            await analyst.press(*keys)
            await analyst.pilot.pause(0.3)
            assert unlike(glass, app, profile) == [], keys
        await analyst.press("escape")
        app.notify(visual("إشعار عابر فوق المقال"), timeout=60)
        await analyst.press("f4", "j", "j", "j")
        await analyst.pilot.pause(0.2)
        assert unlike(glass, app, profile) == []
