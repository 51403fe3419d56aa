"""F7: lines with the match in the middle, sorted, decided on, narrowed; and the ways there and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore

from kashaf.storage.atomic import write_text
from kashaf.workspace import create
from kashaf_index.kwic import KwicLine
from kashaf_tui.explorer.screens.concordance import ConcordanceScreen
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.screens.main import MainScreen

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def arabic(case: Path) -> None:
    write_text(case / "kashaf.yaml", "interface:\n  language: ar\n")


def screen(analyst: Analyst) -> ConcordanceScreen:
    shown = analyst.app.screen
    assert isinstance(shown, ConcordanceScreen)
    return shown


async def opened(analyst: Analyst, words: str = "السد") -> ConcordanceScreen:
    await analyst.type(words)
    await analyst.settle()
    await analyst.press("f7")
    return screen(analyst)


def rows(analyst: Analyst) -> list[KwicLine]:
    return list(screen(analyst).lines.rows)


def cells_of_matches(analyst: Analyst) -> list[tuple[int, int]]:
    """Of every line on the screen: the columns of its match, which is reversed."""
    found = []
    for strip in analyst.app.screen._compositor.render_strips()[2:-2]:
        column = 0
        columns: list[int] = []
        for part in strip:
            if part.style and part.style.reverse:
                columns += [column, column + part.cell_length]
            column += part.cell_length
        if columns:
            found.append((min(columns), max(columns)))
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_matches_stand_under_one_another_in_the_middle(
    explore: Explore, case: Path, size: tuple[int, int], language: str
) -> None:
    write_text(case / "kashaf.yaml", f"interface:\n  language: {language}\n")
    async with explore(size=size) as analyst:
        await opened(analyst)
        columns = cells_of_matches(analyst)
        assert len(columns) == min(len(rows(analyst)), size[1] - 4) > 3
        assert len({right for _, right in columns}) == 1
        left, right = columns[0]
        assert size[0] * 0.35 < left < right < size[0] * 0.65
        assert all(len(line) <= size[0] for line in analyst.lines())


async def test_the_heading_counts_lines_and_articles(explore: Explore) -> None:
    async with explore() as analyst:
        await opened(analyst)
        head = analyst.lines()[0]
        assert f"{len(rows(analyst))} lines" in head
        assert f"{len({line.id for line in rows(analyst)})} articles" in head


async def test_keys_cycle_through_the_orders(explore: Explore) -> None:
    async with explore() as analyst:
        await opened(analyst)
        plain = rows(analyst)
        seen = []
        for key, count in (("less_than_sign", 4), ("greater_than_sign", 4), ("s", 5)):
            for _ in range(count):
                await analyst.press(key)
                seen.append(screen(analyst).lines.sort)
                assert sorted(rows(analyst), key=plain.index) == plain
        assert seen == [
            "before1", "before2", "before3", "before1", "after1", "after2", "after3", "after1",
            "node", "date", "outlet", "order", "node",
        ]  # fmt: skip


async def test_the_selected_line_stays_when_lines_are_sorted(explore: Explore) -> None:
    async with explore() as analyst:
        await opened(analyst)
        await analyst.press("down", "down", "j", "k", "end", "pageup", "home", "down")
        line = screen(analyst).lines.current
        await analyst.press("greater_than_sign")
        assert screen(analyst).lines.current == line


async def test_enter_reads_the_match_and_escape_comes_back_to_its_line(explore: Explore) -> None:
    async with explore() as analyst:
        await opened(analyst)
        await analyst.press("less_than_sign", "down", "down", "down")
        line = screen(analyst).lines.current
        assert line is not None
        await analyst.press("enter")
        assert isinstance(analyst.app.screen, MainScreen)
        assert analyst.main.article.has_focus
        assert analyst.main.reading.article_id == line.id
        assert line.start <= analyst.main.article.caret < line.end
        await analyst.press("escape")
        assert screen(analyst).lines.current == line
        assert screen(analyst).lines.sort == "before1"
        await analyst.press("escape")
        assert isinstance(analyst.app.screen, MainScreen)


async def test_escape_leads_back_to_where_the_analyst_was(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("السد")
        await analyst.press("enter", "f7", "escape")
        assert analyst.main.results.has_focus
        await analyst.press("f7", "f7")
        assert analyst.main.results.has_focus
        await analyst.press("escape")
        assert analyst.main.box.has_focus


@pytest.mark.parametrize(
    ("key", "owner"),
    [("slash", "search"), ("f2", "search"), ("f3", "results"), ("f4", "article"), ("e", "entities")],
)
async def test_keys_of_the_main_screen_lead_there(explore: Explore, key: str, owner: str) -> None:
    async with explore() as analyst:
        await opened(analyst)
        await analyst.press(key)
        assert isinstance(analyst.app.screen, MainScreen)
        assert analyst.main.pane == owner


async def test_collocates_are_listed_and_lead_to_their_lines(explore: Explore) -> None:
    async with explore() as analyst:
        await opened(analyst)
        every = rows(analyst)
        await analyst.press("c")
        words = screen(analyst).words
        assert words.has_focus
        assert [row.ll for row in words.rows] == sorted((row.ll for row in words.rows), reverse=True)
        assert not any(row.stop for row in words.rows)
        best = words.current
        assert best is not None
        assert f"{best.ll:,.1f}" in analyst.text
        await analyst.press("s")
        assert [row.mi for row in words.rows] == sorted((row.mi for row in words.rows), reverse=True)
        hidden = len(words.rows)
        await analyst.press("x")
        assert len(words.rows) >= hidden
        await analyst.press("x", "s", "s", "home", "enter")
        narrowed = rows(analyst)
        assert 0 < len(narrowed) < len(every)
        assert all(best.form in line.before + line.after for line in narrowed)
        await analyst.press("escape")
        assert len(rows(analyst)) == len(every)


async def test_frequencies_are_drawn_and_lead_to_their_lines(explore: Explore) -> None:
    async with explore() as analyst:
        await opened(analyst)
        every = rows(analyst)
        await analyst.press("f")
        counts = screen(analyst).counts
        assert counts.has_focus
        assert "█" in analyst.text
        total = counts.rows[0].share
        assert total is not None
        assert total.matches == len(every)
        await analyst.press("down", "enter")
        assert counts.display  # a heading leads nowhere
        await analyst.press("down", "enter")
        outlets = {line.outlet for line in rows(analyst)}
        assert len(outlets) == 1
        assert 0 < len(rows(analyst)) < len(every)
        await analyst.press("f", "s", "end", "enter", "escape", "escape")
        assert isinstance(analyst.app.screen, MainScreen)


async def test_tab_goes_round_the_views(explore: Explore) -> None:
    async with explore() as analyst:
        await opened(analyst)
        shown = screen(analyst)
        focus = []
        for key in ("tab", "tab", "tab", "shift+tab", "c", "c", "f", "f"):
            await analyst.press(key)
            focus.append(shown.focused.id if shown.focused else "")
        assert focus == ["words", "counts", "lines", "counts", "words", "lines", "counts", "lines"]


@pytest.mark.parametrize("words", ["", "ظظظظظظ", "outlet:لاشيء", "*"])
async def test_without_matches_it_teaches(explore: Explore, words: str) -> None:
    async with explore(size=(80, 24)) as analyst:
        await opened(analyst, words)
        assert "come back with F7" in analyst.text
        await analyst.press(
            "plus", "0", "enter", "less_than_sign", "s", "c", "f", "x", "enter", "escape", "escape"
        )
        assert isinstance(analyst.app.screen, MainScreen)


async def test_without_an_index_it_says_what_to_run(explore: Explore, tmp_path: Path) -> None:
    workspace = create(tmp_path / "empty")
    async with explore(workspace.root) as analyst:
        await analyst.press("f7")
        assert "kashaf index FOLDER" in analyst.text
        await analyst.press("c", "f", "escape", "escape")
        assert isinstance(analyst.app.screen, MainScreen)


async def test_another_query_is_another_concordance(explore: Explore) -> None:
    async with explore() as analyst:
        await opened(analyst)
        await analyst.press("less_than_sign", "c", "escape", "escape", "f2")
        await analyst.type(" النوارس")
        await analyst.press("f7")  # while the search is still waiting for a pause
        assert screen(analyst).lines.sort == "order"
        assert {line.node for line in rows(analyst)} >= {"النوارس"}


async def test_the_rung_of_the_search_is_that_of_the_lines(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("السد")
        await analyst.press("enter", "f7")
        wide = len(rows(analyst))
        await analyst.press("escape", "1", "f7")
        assert 0 < len(rows(analyst)) < wide
        assert {line.node for line in rows(analyst)} == {"السد"}


@pytest.mark.usefixtures("arabic")
async def test_the_arabic_interface_runs_from_the_right(explore: Explore) -> None:
    async with explore(size=(80, 24)) as analyst:
        await opened(analyst)
        await analyst.press("plus", "minus")
        lines = analyst.lines()
        assert [line[-2] for line in lines[2:4]] == ["+", "-"]
        await analyst.press("f")
        bars = [line for line in analyst.lines() if "█" in line]
        assert bars
        assert all(line.index("█") < 20 for line in bars)
        numbers = [line[: 80 - 20].rstrip() for line in bars]
        assert all(line[-1].isdigit() or "█" in line for line in numbers)


async def test_help_names_the_keys(explore: Explore) -> None:
    async with explore() as analyst:
        await opened(analyst)
        await analyst.press("question_mark")
        assert isinstance(analyst.app.screen, HelpScreen)
        assert "accept the line" in analyst.text
        await analyst.press("escape")
        assert isinstance(analyst.app.screen, ConcordanceScreen)


async def test_an_arabic_layout_reaches_every_key(explore: Explore) -> None:
    async with explore() as analyst:
        await opened(analyst)
        for typed, check in (
            ("ؤ", lambda shown: shown.words.has_focus),
            ("ؤ", lambda shown: shown.lines.has_focus),
            ("ب", lambda shown: shown.counts.has_focus),
            ("ب", lambda shown: shown.lines.has_focus),
            ("ت", lambda shown: shown.lines.selected == 1),
            ("س", lambda shown: shown.lines.sort == "node"),
        ):
            judge: Callable[[ConcordanceScreen], bool] = check
            await analyst.press(typed)
            assert judge(screen(analyst)), typed


@pytest.mark.parametrize("size", [(30, 8), (59, 30), (60, 15)])
async def test_small_terminals(explore: Explore, size: tuple[int, int]) -> None:
    async with explore() as analyst:
        await opened(analyst)
        await analyst.pilot.resize_terminal(*size)
        await analyst.settle()
        assert all(len(line) <= size[0] for line in analyst.lines())
        await analyst.pilot.resize_terminal(120, 40)
        await analyst.settle()
        assert screen(analyst).lines.has_focus
