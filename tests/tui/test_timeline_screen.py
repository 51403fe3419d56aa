"""`W`: statements on the line of time, and claims."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests import timeline_support as support
from tests.explorer_support import Analyst, told
from tests.timeline_support import ARTICLES, at_timeline, build

from kashaf.bidi.layout import visual
from kashaf.entities.statements.model import Statement
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.explorer.dating import Dating, Scope
from kashaf_tui.explorer.panes.timeline import FigureRow, Heading
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.screens.note_editor import NoteEditor
from kashaf_tui.explorer.screens.timeline import TimelineScreen
from kashaf_tui.session import Session


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("timeline"))


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "case")


def dates(screen: TimelineScreen) -> list[str]:
    return [row.mention.edtf for row in screen.statements.rows if isinstance(row, Statement)]


def headings(screen: TimelineScreen) -> list[str]:
    found = [row.period for row in screen.statements.rows if isinstance(row, Heading)]
    return [period.key for period in found if period is not None]


def on_main(analyst: Analyst) -> bool:
    return isinstance(analyst.app.screen, MainScreen)


async def select(screen: TimelineScreen, edtf: str) -> None:
    at = next(
        at
        for at, row in enumerate(screen.statements.rows)
        if isinstance(row, Statement) and row.mention.edtf == edtf
    )
    screen.statements.action_move(at - screen.statements.selected)


async def test_statements_stand_under_their_periods(root: Path) -> None:
    async with at_timeline(root) as (analyst, screen):
        assert dates(screen) == ["1998", "2023-05-12", "2024-03-03", "2024-10", "2026-01", "XXXX-05-12"]
        assert "6 statements" in analyst.text
        await analyst.press("minus", "minus", "minus")
        assert headings(screen) == ["199X", "202X"]
        await analyst.press("plus")
        assert headings(screen) == ["1998", "2023", "2024", "2026"]
        await analyst.press("plus", "plus", "plus")
        assert "2023-05-12" in headings(screen)
        assert "by day" in analyst.text


async def test_fewer_than_three_figures_are_not_drawn_and_the_list_has_their_room(root: Path) -> None:
    async with at_timeline(root) as (analyst, screen):
        assert screen.chart.region.height > 0
        room = screen.statements.region.height
        screen.statements.select(0)
        await analyst.press("enter")
        assert headings(screen) == ["1998"]
        assert screen.chart.region.height == 0
        assert screen.statements.region.height > room
        await analyst.press("x")
        assert screen.chart.region.height > 0
        await analyst.press("tab")
        claims = screen.flow.compared or ()
        assert claims
        for claim in claims:
            assert (screen.flow.plane(claim, "") is None) == (len(claim.figures) < 3)
        assert (screen.chart.region.height > 0) == any(len(one.figures) >= 3 for one in claims)


async def test_what_two_outlets_tell_in_the_same_words_is_one(root: Path) -> None:
    async with at_timeline(root) as (analyst, screen):
        await select(screen, "2023-05-12")
        await analyst.settle()
        assert "told by 2 outlets" in analyst.text
        assert "date stated" in analyst.text
        row = screen.statements.current
        assert isinstance(row, Statement)
        assert visual("12 أيار 2023") in analyst.text


async def test_enter_reads_at_the_words_and_escape_comes_back(root: Path) -> None:
    async with at_timeline(root) as (analyst, screen):
        await select(screen, "2024-10")
        await analyst.press("enter")
        assert on_main(analyst)
        reading = analyst.main.article.reading
        assert reading is not None
        assert reading.article.title == ARTICLES[1][0]
        assert reading.article.text[analyst.main.article.caret :].startswith("تشرين الأول 2024")
        await analyst.press("escape")
        again = analyst.app.screen
        assert isinstance(again, TimelineScreen)
        row = again.statements.current
        assert isinstance(row, Statement)
        assert row.mention.edtf == "2024-10"
        await analyst.press("escape")
        assert on_main(analyst)


async def test_a_part_of_the_axis(root: Path) -> None:
    async with at_timeline(root) as (analyst, screen):
        await select(screen, "2024-03-03")
        await analyst.press("left_square_bracket")
        assert dates(screen) == ["2024-03-03", "2024-10", "2026-01"]
        await select(screen, "2024-10")
        await analyst.press("right_square_bracket")
        assert dates(screen) == ["2024-03-03", "2024-10"]
        assert "only 2024-03-03 – 2024-10-31" in analyst.text
        await analyst.press("escape")
        assert len(dates(screen)) == 6
        await select(screen, "2024-03-03")
        await analyst.press("right_square_bracket")
        assert "only until 2024-03-03" in analyst.text
        await analyst.press("x")
        assert len(dates(screen)) == 6


async def test_enter_on_a_period_shows_it_alone_and_finer(root: Path) -> None:
    async with at_timeline(root, "minus", "minus", "minus", "plus", "home") as (analyst, screen):
        await analyst.press("n", "n")
        heading = screen.statements.current
        assert isinstance(heading, Heading)
        assert heading.period is not None
        assert heading.period.key == "2024"
        await analyst.press("enter")
        assert dates(screen) == ["2024-03-03", "2024-10"]
        assert headings(screen) == ["2024-03", "2024-10"]


async def test_claims_say_by_word_and_sign_whether_figures_agree(root: Path) -> None:
    async with at_timeline(root, "tab") as (analyst, screen):
        assert analyst.app.screen is screen
        (heading, *figures) = screen.claims.rows
        assert heading.figure is None
        assert [row.figure.quantity.low for row in figures if row.figure] == [23, 24, 20]
        assert heading.claim.verdict == "conflict"
        assert "≠" in analyst.text
        assert "conflict" in analyst.text
        assert "members" in analyst.text
        assert "together because: members of one body" in analyst.text
        assert "> 20" in analyst.text
        await analyst.press("j", "enter")
        reading = analyst.main.article.reading
        assert reading is not None
        assert reading.article.text[analyst.main.article.caret :].startswith("23 عضوا")
        await analyst.press("escape")
        back = analyst.app.screen
        assert isinstance(back, TimelineScreen)
        assert isinstance(back.claims.current, FigureRow)
        assert back.claims.current.figure is not None
        assert back.claims.current.figure.quantity.low == 23


async def test_only_those_that_do_not_agree(root: Path) -> None:
    async with at_timeline(root, "tab", "v") as (analyst, screen):
        assert len(screen.claims.rows) == 4
        assert "only those that do not agree" in analyst.text
        screen.flow.compared = ()
        screen.fill()
        await analyst.settle()
        assert "No two of these articles" in analyst.text


async def test_a_note_on_the_sentence(root: Path) -> None:
    async with at_timeline(root) as (analyst, screen):
        await select(screen, "2024-10")
        await analyst.press("c")
        editor = analyst.app.screen
        assert isinstance(editor, NoteEditor)
        await analyst.press("x", "f2")
        (note,) = analyst.main.noting.notes
        assert note.quote.startswith("وأضاف أن الدوريات بدأت")
        assert isinstance(analyst.app.screen, TimelineScreen)


async def test_nothing_selected_makes_no_note(root: Path) -> None:
    async with at_timeline(root, "home", "c") as (analyst, _screen):
        assert "Choose a statement first" in told(analyst)


async def test_the_sentence_can_be_copied(root: Path) -> None:
    async with at_timeline(root) as (analyst, screen):
        await select(screen, "1998")
        await analyst.press("y")
        assert analyst.app.clipboard.endswith("تعود إلى عام 1998.")


async def test_of_the_open_article_alone(root: Path) -> None:
    async with at_timeline(root) as (analyst, screen):
        await select(screen, "2024-10")
        await analyst.press("enter", "W")
        again = analyst.app.screen
        assert isinstance(again, TimelineScreen)
        assert "of one article" in analyst.text
        assert dates(again) == ["1998", "2024-03-03", "2024-10"]
        await analyst.press("o")
        assert len(dates(again)) == 6
        await analyst.press("W")
        assert on_main(analyst)


async def test_only_what_is_listed(root: Path) -> None:
    async with at_timeline(root) as (analyst, _):
        await analyst.press("W", "f2")
        await analyst.type("الأسطول")
        await analyst.press("enter", "W")
        screen = analyst.app.screen
        assert isinstance(screen, TimelineScreen)
        assert dates(screen) == ["1998", "2024-03-03", "2024-10"]


async def test_empty_views_teach(root: Path) -> None:
    async with at_timeline(root) as (analyst, _):
        await analyst.press("W", "f2")
        await analyst.type("السوق بلا")
        await analyst.press("enter", "W")
        assert "No sentence of these articles says when" in analyst.text
        await analyst.press("tab")
        assert "No two of these articles give figures for one thing" in analyst.text


async def test_what_has_not_been_read_is_said_and_appears_by_itself(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Dating.scope
    waiting = [4]

    async def scope(self: Dating, *given: object) -> Scope:
        found = await real(self, *given)  # type: ignore[arg-type]
        return Scope(found.ids, waiting[0])

    monkeypatch.setattr(Dating, "scope", scope)
    monkeypatch.setattr(Dating, "timeline", nothing_yet(Dating.timeline, waiting))
    async with at_timeline(root) as (analyst, screen):
        assert "These articles have not been read yet" in analyst.text
        assert "4 articles not read yet" in analyst.text
        waiting[0] = 0
        screen.flow._stamp = None
        for _ in range(13):
            screen._look()
        await analyst.settle()
        assert len(dates(screen)) == 6
        assert "not read" not in analyst.text


def nothing_yet(
    real: Callable[..., Awaitable[object]], waiting: list[int]
) -> Callable[..., Awaitable[object]]:
    async def timeline(self: Dating, ids: object, *given: object) -> object:
        return await real(self, () if waiting[0] else ids, *given)

    return timeline


def wait_for(*events: threading.Event) -> None:
    while not any(event.wait(0.01) for event in events):
        pass


async def test_escape_stops_the_gathering_and_what_was_known_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    held = threading.Event()
    real = Dating._sources

    async def slowly(self: Dating, ids: object, cancelled: threading.Event, progress: object) -> object:
        await asyncio.to_thread(wait_for, held, cancelled)
        return await real(self, ids, cancelled, progress)  # type: ignore[arg-type]

    monkeypatch.setattr(Dating, "_sources", slowly)
    app = ExplorerApp(Session(root))
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            analyst = Analyst(app, pilot)
            await analyst.settle()
            await pilot.press("f3", "W")
            await pilot.pause(0.1)
            screen = app.screen
            assert isinstance(screen, TimelineScreen)
            assert "Looking for dated sentences" in analyst.text
            await pilot.press("escape")
            await analyst.settle()
            assert app.screen is screen
            assert "Stopped" in analyst.text
            held.set()
            await analyst.press("W", "W")
            again = app.screen
            assert isinstance(again, TimelineScreen)
            assert len(dates(again)) == 6
    finally:
        held.set()
        app.close_stores()


async def test_help_is_of_the_view(root: Path) -> None:
    async with at_timeline(root) as (analyst, _):
        await analyst.press("f1")
        assert isinstance(analyst.app.screen, HelpScreen)
        assert "begin the line of time" in analyst.text
        await analyst.press("escape", "tab", "f1")
        assert "only figures that do not agree" in analyst.text


async def test_keys_work_under_an_arabic_layout(root: Path) -> None:
    async with at_timeline(root) as (analyst, screen):
        await select(screen, "2024-03-03")
        await analyst.press("ج")  # [
        assert dates(screen) == ["2024-03-03", "2024-10", "2026-01"]
        await analyst.press("ء")  # x
        assert len(dates(screen)) == 6
        await analyst.press("÷", "ى")  # nothing, n
        assert isinstance(screen.statements.current, Heading)


async def test_hostile_names_do_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = "\x1b]0;x\x07[bold]صحيفة\u202e\u2066 [/red]"
    rows = tuple((f"{title} {evil}", body, f"{evil}{outlet}", day) for title, body, outlet, day in ARTICLES)
    monkeypatch.setattr(support, "ARTICLES", rows)
    root = support.build(tmp_path)
    async with at_timeline(root) as (analyst, _):
        for keys in (("n", "j"), ("tab", "j", "j")):
            await analyst.press(*keys)
            text = analyst.text
            assert not {char for char in text if ord(char) < 32 and char != "\n"}
            assert not set("\u202e\u2066\u202a\u2069") & set(text)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 15)])
async def test_every_size(root: Path, size: tuple[int, int]) -> None:
    async with at_timeline(root, size=size) as (analyst, screen):
        assert all(len(line) <= size[0] for line in analyst.lines())
        await analyst.press("tab", "j", "tab", "end", "home")
        assert screen.statements.has_focus
