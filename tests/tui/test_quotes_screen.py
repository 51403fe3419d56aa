"""`Q`: quotations listed, filtered, sorted, narrowed; the way to the words in the article and back; notes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore, told
from tests.quotes_support import quoting_case

from kashaf.entities.model import EntityKey
from kashaf.storage.atomic import write_text
from kashaf_tui.explorer.panes.quotes import Heading, QuoteRow
from kashaf_tui.explorer.quoting import Scope
from kashaf_tui.explorer.screens.citation import CitationScreen
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.screens.note_editor import NoteEditor
from kashaf_tui.explorer.screens.quotes import QuotesScreen

SIZES = [(80, 24), (120, 40)]


@pytest.fixture(scope="module")
def quoting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not to be written to."""
    return quoting_case(tmp_path_factory.mktemp("quoting")).root


@pytest.fixture
def root(quoting: Path, tmp_path: Path) -> Path:
    return shutil.copytree(quoting, tmp_path / "quoting")


def screen(analyst: Analyst) -> QuotesScreen:
    shown = analyst.app.screen
    assert isinstance(shown, QuotesScreen)
    return shown


def headings(analyst: Analyst) -> list[tuple[str, int]]:
    return [(row.name, row.count) for row in screen(analyst).list.rows if isinstance(row, Heading)]


def words(analyst: Analyst) -> list[str]:
    return [row.said.line for row in screen(analyst).list.rows if isinstance(row, QuoteRow)]


async def opened(analyst: Analyst, query: str = "السد") -> QuotesScreen:
    """The quotations of the first result."""
    await analyst.type(query)
    await analyst.press("enter")
    await analyst.press("enter")
    await analyst.press("Q")
    return screen(analyst)


async def test_the_open_article_by_speaker(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        assert headings(analyst) == [("ليلى الحوراني", 2), ("سامر القنطار", 1), ("مصدر في الوزارة", 1)]
        assert words(analyst)[0] == "السد سيروي عشرين قرية قبل نهاية الصيف"
        assert "4 quotations · 3 speakers" in analyst.text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_own_words_are_told_from_reported_ones_without_colour(
    explore: Explore, root: Path, size: tuple[int, int], language: str
) -> None:
    write_text(root / "kashaf.yaml", f"interface:\n  language: {language}\n")
    async with explore(root, size) as analyst:
        await opened(analyst)
        assert any("≈" in line for line in analyst.lines())
        assert any("«»" in line or "»«" in line for line in analyst.lines())
        assert all(len(line) <= size[0] for line in analyst.lines())


async def test_of_the_results_and_of_all(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        await analyst.press("v")
        assert screen(analyst).view.scope.what == "results"
        assert len(words(analyst)) == 4
        await analyst.press("v")
        assert screen(analyst).view.scope.what == "all"
        assert len(words(analyst)) == 8
        await analyst.press("v")
        assert screen(analyst).view.scope.what == "article"


async def test_of_results_that_are_only_filtered(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        analyst.main.searching.set_filters(('outlet:"صحيفة المرفأ"',))
        await analyst.settle()
        analyst.main.quotes_of(EntityKey("person", "لا أحد"))
        await analyst.settle()
        shown = screen(analyst)
        shown.look_at(replace(shown.view, scope=shown.flow.scope("results")))
        await analyst.settle()
        assert {row.said.outlet for row in shown.list.rows if isinstance(row, QuoteRow)} == {"صحيفة المرفأ"}
        assert "of the results of outlet:" in analyst.text


async def test_sorted_by_article_and_by_verb(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        await analyst.press("V", "s")
        assert [count for _, count in headings(analyst)] == [4, 4]
        assert "2025-05-09" in headings(analyst)[0][0]
        await analyst.press("s")
        assert headings(analyst)[0] == ("قال", 3)


async def test_filtered_as_one_types(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        await analyst.press("V")
        await analyst.press("slash")
        await analyst.type("القنطار")
        await analyst.settle()
        assert {name for name, _ in headings(analyst)} == {"سامر القنطار"}
        await analyst.press("enter")
        assert analyst.app.focused is screen(analyst).list
        await analyst.press("slash", *"xyz")
        assert "takes the filter away" in analyst.text
        await analyst.press("escape")
        assert len(words(analyst)) == 8


async def test_one_speaker_after_the_other(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        for name in ("ليلى الحوراني", "سامر القنطار", "مصدر في الوزارة"):
            await analyst.press("n")
            assert [heading for heading, _ in headings(analyst)] == [name]
        await analyst.press("n")
        assert len(headings(analyst)) == 3
        await analyst.press("N", "escape")
        assert len(headings(analyst)) == 3


async def test_all_that_one_says(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        await analyst.press("n", "n", "o")
        assert screen(analyst).view.scope.key == EntityKey("person", "سامر القنطار")
        assert len(words(analyst)) == 2
        await analyst.press("escape")
        assert screen(analyst).view.scope.what == "article"
        await analyst.press("escape", "end", "o")
        assert "nobody named" in told(analyst)


async def test_only_own_words_or_only_reported(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        await analyst.press("d")
        assert words(analyst) == ["لن نترك حقلا بلا ماء، ولن نترك بئرا بلا حارس"]
        await analyst.press("d")
        assert len(words(analyst)) == 3
        await analyst.press("d")
        assert len(words(analyst)) == 4


async def test_to_the_words_in_the_article_and_back(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        await analyst.press("V", "down", "down", "s", "slash", *"=", "enter")
        row = screen(analyst).list.quotation
        assert row is not None
        await analyst.press("enter")
        main = analyst.app.screen
        assert isinstance(main, MainScreen)
        reading = main.article.reading
        assert reading is not None
        assert reading.article.id == row.article
        span = main.article.span
        assert span is not None
        assert reading.article.text[slice(*span)] == row.text
        await analyst.press("escape", "escape")
        assert screen(analyst).list.quotation == row
        assert screen(analyst).view.typed == "="


async def test_a_heading_is_folded(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        await analyst.press("home", "enter")
        assert len(words(analyst)) == 2
        await analyst.press("enter")
        assert len(words(analyst)) == 4


async def test_a_note_on_the_words(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        row = screen(analyst).list.quotation
        assert row is not None
        await analyst.press("c")
        assert isinstance(analyst.app.screen, NoteEditor)
        await analyst.type("هل هذا صحيح")
        await analyst.press("f2")
        (note,) = analyst.main.noting.notes
        assert (note.quote, note.body) == (row.text, "هل هذا صحيح")
        assert isinstance(analyst.app.screen, QuotesScreen)


async def test_copied_with_its_place(explore: Explore, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with explore(root) as analyst:
        copied: list[str] = []
        monkeypatch.setattr(analyst.app, "copy_to_clipboard", copied.append)
        await opened(analyst)
        await analyst.press("y")
        (text,) = copied
        assert text.startswith("ليلى الحوراني:\n")
        assert "السد سيروي عشرين قرية قبل نهاية الصيف" in text
        assert "2025-03-01" in text
        await analyst.press("Y")
        assert isinstance(analyst.app.screen, CitationScreen)


async def test_by_and_about_an_entity(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        analyst.main.quotes_of(EntityKey("person", "سامر القنطار"))
        await analyst.settle()
        assert len(words(analyst)) == 2
        await analyst.press("escape")
        analyst.main.quotes_of(EntityKey("place", "وادي الزيتون"), about=True)
        await analyst.settle()
        assert words(analyst) == ["منسوب وادي الزيتون انخفض إلى النصف"]
        await analyst.press("escape")
        analyst.main.quotes_of(EntityKey("person", "لا أحد"))
        await analyst.settle()
        assert "No words of" in analyst.text


async def test_empty_states_teach(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        analyst.main.action_quotes()
        await analyst.settle()
        shown = screen(analyst)
        shown.look_at(replace(shown.view, scope=Scope("article")))
        await analyst.settle()
        assert "No article is open" in analyst.text
        await analyst.press("escape")
        await opened(analyst, "الجسر")
        assert "Nobody is quoted in this article" in analyst.text


async def test_help_and_leaving(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        await analyst.press("question_mark")
        assert isinstance(analyst.app.screen, HelpScreen)
        await analyst.press("escape", "q")
        assert isinstance(analyst.app.screen, MainScreen)


async def test_keys_of_an_arabic_layout(explore: Explore, root: Path) -> None:
    async with explore(root) as analyst:
        await opened(analyst)
        await analyst.press("ر")  # v on the keyboard of a PC
        assert screen(analyst).view.scope.what == "results"


async def test_too_small_a_screen_says_so(explore: Explore, root: Path) -> None:
    async with explore(root, (50, 12)) as analyst:
        analyst.main.action_quotes()
        await analyst.settle()
        assert "50" in analyst.text
