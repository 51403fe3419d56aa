"""The page of an entity, and where several meet."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.entity_support import MAYOR, PORT, TOWN, by_name, exploring, meeting, page, table, workspace
from tests.explorer_support import Analyst

from kashaf.bidi.layout import visual
from kashaf_tui.explorer import names as names_module
from kashaf_tui.explorer.screens import meeting as meeting_module
from kashaf_tui.explorer.screens.entities import EntitiesScreen
from kashaf_tui.explorer.screens.quotes import QuotesScreen


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path)


# The page


async def show_page(analyst: Analyst, name: str) -> None:
    await analyst.press("E", "slash")
    await analyst.type(name)
    await analyst.press("enter", "o")


async def test_a_page_says_all_that_is_known(root: Path) -> None:
    async with exploring(root) as analyst:
        await show_page(analyst, MAYOR.name)
        rows = page(analyst).list.rows
        assert [row.value for row in rows if row.kind == "month"] == ["2025-12", "2025-11", "2025-10"]
        assert {row.value: row.number for row in rows if row.kind == "outlet"} == {
            "صحيفة المرفأ": 2,
            "الميزان": 1,
        }
        variants = {row.value: (row.number, row.after) for row in rows if row.kind == "variant"}
        assert variants["الوزان"] == (1, "surname")
        together = {row.key: row.number for row in rows if row.kind == "together"}
        assert together[TOWN] == 3
        assert together[PORT] == 2
        assert [row.label for row in rows if row.kind == "article"] == [
            by_name(name).title for name in ("budget", "strike", "quay")
        ]
        assert any(row.kind == "by" for row in rows)
        assert visual("الرصيف لأهل المدينة") in analyst.text


@pytest.mark.parametrize(
    ("kind", "value", "total"), [("count", "", 3), ("month", "2025-11", 1), ("outlet", "صحيفة المرفأ", 2)]
)
async def test_every_number_leads_to_its_articles(root: Path, kind: str, value: str, total: int) -> None:
    async with exploring(root) as analyst:
        await show_page(analyst, MAYOR.name)
        rows = page(analyst).list
        rows.select(next(at for at, row in enumerate(rows.rows) if row.kind == kind and value in row.value))
        await analyst.press("enter")
        assert analyst.app.screen is analyst.main
        results = analyst.main.searching.results
        assert results is not None
        assert results.total == total


async def test_an_article_is_opened_where_it_names_the_entity_and_escape_leads_back(root: Path) -> None:
    async with exploring(root) as analyst:
        await show_page(analyst, PORT.name)
        rows = page(analyst).list
        at = next(at for at, row in enumerate(rows.rows) if row.label == by_name("boats").title)
        rows.select(at)
        await analyst.press("enter")
        assert analyst.main.article.has_focus
        assert by_name("boats").text.startswith(PORT.name, analyst.main.article.caret)
        await analyst.press("escape")
        assert page(analyst).key == PORT
        assert page(analyst).list.selected == at
        await analyst.press("escape")
        assert isinstance(analyst.app.screen, EntitiesScreen)


async def test_quotations_lie_over_the_page_and_escape_leads_back_to_it(root: Path) -> None:
    async with exploring(root) as analyst:
        await show_page(analyst, MAYOR.name)
        await analyst.press("Q")
        assert isinstance(analyst.app.screen, QuotesScreen)
        await analyst.press("escape")
        assert page(analyst).key == MAYOR
        await analyst.press("Q", "enter")
        assert analyst.main.article.has_focus
        assert analyst.main.reading.article_id == by_name("quay").id
        # Out of the mark, to the quotations, to the page, to the table.
        await analyst.press("escape", "escape")
        assert isinstance(analyst.app.screen, QuotesScreen)
        await analyst.press("escape")
        assert page(analyst).key == MAYOR
        await analyst.press("escape")
        assert table(analyst).list.has_focus


async def test_tab_goes_through_the_parts_of_a_page(root: Path) -> None:
    async with exploring(root) as analyst:
        await show_page(analyst, MAYOR.name)
        kinds = []
        for _ in range(6):
            await analyst.press("tab")
            current = page(analyst).list.current
            assert current is not None
            kinds.append(current.kind)
        assert kinds == ["variant", "month", "outlet", "together", "by", "article"]
        await analyst.press("shift+tab")
        current = page(analyst).list.current
        assert current is not None
        assert current.kind == "by"


# Where they meet


async def test_two_that_are_marked_meet(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("E", "m")
        assert "Mark two or more" in analyst.text
        rows = table(analyst).list
        for key in (MAYOR, PORT):
            rows.select(next(at for at, row in enumerate(rows.rows) if (row.type, row.name) == key))
            await analyst.press("space")
        await analyst.press("m")
        found = meeting(analyst).list.rows
        assert [one.article.title for one in found] == [by_name(name).title for name in ("strike", "quay")]
        await analyst.press("slash")
        results = analyst.main.searching.results
        assert results is not None
        assert results.total == 2


async def test_sentences_that_hold_both_come_first(root: Path) -> None:
    async with exploring(root) as analyst:
        await show_page(analyst, MAYOR.name)
        rows = page(analyst).list
        rows.select(next(at for at, row in enumerate(rows.rows) if row.key == TOWN))
        await analyst.press("enter")
        found = meeting(analyst).list.rows
        assert [one.together for one in found] == [1, 1, 0]
        assert "in 1 sentence together" in analyst.text
        assert "in different sentences" in analyst.text
        assert len(found[2].parts) == 2
        await analyst.press("enter")
        article = analyst.main.article
        assert article.reading is not None
        assert article.reading.article.id == found[0].article.id
        assert article.caret == found[0].caret


async def test_of_very_many_articles_the_newest_are_looked_through(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names_module, "MET", 1)
    monkeypatch.setattr(meeting_module, "MET", 1)
    async with exploring(root) as analyst:
        analyst.main.naming.show_meeting([MAYOR, TOWN])
        await analyst.settle()
        (one,) = meeting(analyst).list.rows
        assert one.article.title == by_name("budget").title
        assert "3 articles" in analyst.text
        assert "the newest 1 looked through" in analyst.text
