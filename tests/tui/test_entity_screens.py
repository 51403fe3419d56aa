"""Entities in the pane, in the table of all, on their pages, and where they meet."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from tests.entity_support import (
    ARTICLES,
    CAPTAIN,
    MAYOR,
    PORT,
    TOWN,
    by_name,
    exploring,
    meeting,
    page,
    table,
    workspace,
)
from tests.explorer_support import Analyst

from kashaf.bidi.layout import visual
from kashaf.entities.model import ENTITY_TYPES, EntityType
from kashaf.entities.tables.store import MentionStore
from kashaf.errors import DiskTrouble
from kashaf_tui.explorer import engine
from kashaf_tui.explorer.messages import EntitiesRead
from kashaf_tui.explorer.names import Names
from kashaf_tui.explorer.panes.entity_rows import ListRow
from kashaf_tui.explorer.screens.entity_page import EntityScreen
from kashaf_tui.explorer.widgets.page import Layer


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path)


async def opened(analyst: Analyst, name: str) -> None:
    """Read an article, with the focus in the pane of entities."""
    analyst.main.reading.open(by_name(name).id)
    await analyst.press("e")


def pane(analyst: Analyst) -> list[ListRow]:
    return list(analyst.main.entities.rows)


def names(analyst: Analyst) -> list[str]:
    return [row.name for row in table(analyst).list.rows]


# The pane


async def test_an_article_says_who_where_when_and_how_many(root: Path) -> None:
    async with exploring(root) as analyst:
        await opened(analyst, "quay")
        shown = [(row.type, row.heading, row.name, row.mentions) for row in pane(analyst)]
        assert shown == [
            ("person", 2, "", 0),
            ("person", 0, MAYOR.name, 3),
            ("person", 0, CAPTAIN.name, 1),
            ("place", 1, "", 0),
            ("place", 0, TOWN.name, 1),
            ("organization", 1, "", 0),
            ("organization", 0, PORT.name, 1),
            ("date", 1, "", 0),
            ("date", 0, "5 تشرين الأول 2025", 1),
            ("number", 1, "", 0),
            ("number", 0, "نحو 12 مليون دينار", 1),
        ]
        text = analyst.text
        assert "people 2" in text
        assert "2025-10-05" in text
        assert "money" in text


async def test_headings_are_passed_over(root: Path) -> None:
    async with exploring(root) as analyst:
        await opened(analyst, "quay")
        entities = analyst.main.entities
        seen = []
        for _ in range(8):
            assert entities.current is not None
            seen.append(entities.current.type)
            await analyst.press("j")
        assert seen == ["person", "person", "place", "organization", "date", "number", "number", "number"]
        await analyst.press("home")
        assert entities.current is not None
        assert entities.current.name == MAYOR.name


async def test_one_goes_from_mention_to_mention_and_round(root: Path) -> None:
    async with exploring(root) as analyst:
        await opened(analyst, "quay")
        text = by_name("quay").text
        starts = []
        for _ in range(4):
            await analyst.press("g")
            starts.append(analyst.main.article.caret)
        assert starts[0] != starts[1] != starts[2]
        assert starts[3] == starts[0]
        assert all("الوزان" in text[at : at + 12] for at in starts)
        assert "of 3" in analyst.text


async def test_enter_on_a_date_goes_to_it(root: Path) -> None:
    async with exploring(root) as analyst:
        await opened(analyst, "quay")
        await analyst.press("end", "k", "enter")
        assert by_name("quay").text.startswith("5 تشرين", analyst.main.article.caret)


async def test_what_is_not_sure_has_a_sign_and_a_word(root: Path) -> None:
    async with exploring(root) as analyst:
        await opened(analyst, "boats")
        at = next(at for at, row in enumerate(pane(analyst)) if row.name == "تل اللوز")
        analyst.main.entities.select(at - 2)
        await analyst.press("j")
        line = next(line for line in analyst.lines() if visual("تل اللوز") in line and "L" in line)
        assert "?" in line
        assert "not sure (40 %)" in analyst.text


async def test_why_a_form_bears_the_name_is_said(root: Path) -> None:
    async with exploring(root) as analyst:
        await opened(analyst, "quay")
        await analyst.press("j", "k")
        assert "surname" in analyst.text


async def test_the_text_is_marked_by_type(root: Path) -> None:
    async with exploring(root) as analyst:
        await opened(analyst, "quay")
        reading = analyst.main.article.reading
        assert reading is not None
        assert len(reading.entities[Layer.PERSON]) == 4
        assert len(reading.entities[Layer.DATE]) == len(reading.entities[Layer.NUMBER]) == 1
        reader = analyst.main.article
        looks = {
            str(reader.get_component_rich_style(f"reader--{kind}", partial=True).without_color)
            for kind in ("person", "place", "organization", "date")
        }
        assert len(looks) == 4


async def test_an_article_of_nobody_says_so(root: Path) -> None:
    async with exploring(root) as analyst:
        await opened(analyst, "letters")
        assert "was found in this article" in analyst.text


async def test_enter_searches_and_again_opens_the_page(root: Path) -> None:
    async with exploring(root) as analyst:
        await opened(analyst, "quay")
        await analyst.press("enter")
        assert f'"{MAYOR.name}"' in analyst.main.box.value
        await opened(analyst, "quay")
        await analyst.press("enter")
        assert page(analyst).key == MAYOR


# The table of all


async def test_the_table_counts_articles_and_mentions(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("E")
        rows = table(analyst).list.rows
        by_type = {(row.type, row.name): (row.articles, row.mentions) for row in rows}
        assert by_type[MAYOR] == (3, 5)
        assert by_type[TOWN] == (3, 3)
        assert all(before.articles >= after.articles for before, after in pairwise(rows))
        assert "2025-12-01" in analyst.text


async def test_it_is_sorted_by_what_the_analyst_wants(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("E", "s")
        rows = table(analyst).list.rows
        assert [row.mentions for row in rows] == sorted((row.mentions for row in rows), reverse=True)
        await analyst.press("s")
        last = [row.last for row in table(analyst).list.rows if row.last is not None]
        assert last == sorted(last, reverse=True)
        # Surprise compares the results with the rest, of which there is none here.
        await analyst.press("s")
        assert "r counts the results only" in analyst.text
        assert table(analyst).view.order == "articles"


async def test_types_in_turn(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("E", "tab")
        assert {row.type for row in table(analyst).list.rows} == {"person"}
        await analyst.press("shift+tab", "shift+tab")
        assert {row.type for row in table(analyst).list.rows} == {"organization"}


async def test_it_is_filtered_as_one_types(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("E", "slash")
        await analyst.type("وزا")
        await analyst.settle()
        assert names(analyst) == [MAYOR.name]
        await analyst.type("ززز")
        await analyst.settle()
        assert "No name has these letters" in analyst.text
        await analyst.press("escape")
        assert len(names(analyst)) > 3
        assert table(analyst).list.has_focus


async def test_the_results_alone_are_counted_and_surprise_sorts_them(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("slash")
        await analyst.type("إضراب")
        await analyst.press("enter", "E", "r")
        assert {row.articles for row in table(analyst).list.rows} == {1}
        assert "surprise" in analyst.text
        await analyst.press("s", "s", "s")
        surprise = [row.surprise for row in table(analyst).list.rows]
        assert table(analyst).view.order == "surprise"
        assert surprise == sorted(surprise, reverse=True)
        await analyst.press("r")
        assert table(analyst).view.order == "articles"
        assert max(row.articles for row in table(analyst).list.rows) == 3


async def test_results_that_are_only_filtered_are_said(root: Path) -> None:
    async with exploring(root) as analyst:
        analyst.main.searching.set_filters(('outlet:"الميزان"',))
        await analyst.settle()
        await analyst.press("E", "r")
        assert {row.articles for row in table(analyst).list.rows} == {1, 2}
        assert "of the results of outlet: " in analyst.text
        await analyst.press("escape", "W")
        assert "outlet: " in analyst.lines()[0]


async def test_results_by_name_are_asked_for_again_when_all_is_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with exploring(root) as analyst:
        main = analyst.main
        main.searching.set_filters((f'person:"{MAYOR.name}"',))
        await analyst.settle()
        asked: list[str] = []
        monkeypatch.setattr(main.searching, "again", lambda: asked.append("again"))
        main.mentioned.arrived(EntitiesRead(0, 0, ()))
        assert not asked
        main.mentioned.arrived(EntitiesRead(1, 5))
        main.mentioned.arrived(EntitiesRead(0, 0, ()))
        assert asked == ["again"]


async def test_letters_of_an_arabic_layout_are_its_keys(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("E", "س")
        assert table(analyst).view.order == "mentions"
        await analyst.press("ظ")
        assert table(analyst).field.has_focus
        await analyst.press("escape", "space", "space", "ة")
        assert len(meeting(analyst).list.rows) > 0
        await analyst.press("ض", "escape", "خ")
        assert isinstance(analyst.app.screen, EntityScreen)


async def test_an_older_answer_never_follows_a_newer_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Names.table

    async def table_(self: Names, *args: object, **kwargs: object) -> object:
        asked.append(str(kwargs["containing"]))
        return await real(self, *args, **kwargs)  # type: ignore[arg-type]  # as given

    monkeypatch.setattr(Names, "table", table_)
    async with exploring(root) as analyst:
        await analyst.press("E", "slash")
        for char in "الوزان":
            await analyst.pilot.press(char)
        await analyst.settle()
        assert asked[-1] == "الوزان"
        assert names(analyst) == [MAYOR.name]


async def test_enter_leads_to_as_many_articles_as_are_counted(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("E")
        row = table(analyst).list.current
        assert row is not None
        await analyst.press("enter")
        assert analyst.app.screen is analyst.main
        results = analyst.main.searching.results
        assert results is not None
        assert results.total == row.articles
        # Esc leads back to the table, where Enter opens the page of what was searched.
        await analyst.press("escape")
        assert table(analyst).list.current == row
        await analyst.press("enter")
        assert page(analyst).key == (row.type, row.name)


async def test_the_table_of_nobody_teaches(tmp_path: Path) -> None:
    root = workspace(tmp_path, articles=(by_name("letters"),))
    async with exploring(root) as analyst:
        await analyst.press("E")
        assert "read in the background" in analyst.text


async def test_the_months_of_the_trend_are_counted_in_the_digits_of_the_other_columns(tmp_path: Path) -> None:
    async with exploring(workspace(tmp_path, language="ar")) as analyst:
        await analyst.press("E")
        heading = analyst.lines()[3]
        assert "12" in heading
        assert "١٢" not in heading


@pytest.mark.parametrize("kind", ENTITY_TYPES)
async def test_types_are_told_apart_without_colour(root: Path, kind: EntityType) -> None:
    """A letter says the type wherever names stand, and the headings look as the names do in the article."""
    async with exploring(root) as analyst:
        await opened(analyst, "quay")
        reader, entities = analyst.main.article, analyst.main.entities
        word = {"person": "people", "place": "places", "organization": "organisations"}[kind]
        letter = {"person": "P", "place": "L", "organization": "O"}[kind]
        assert f"{letter} {word}" in analyst.text
        look = reader.get_component_rich_style(f"reader--{kind}", partial=True).without_color
        legend = entities.get_component_rich_style(f"legend--{kind}", partial=True).without_color
        assert look == legend
        drawn = [
            part.style.without_color
            for strip in analyst.app.screen._compositor.render_strips()
            for part in strip
            if part.text.strip() == word and part.style is not None
        ]
        assert any((one.bold or False) == (look.bold or False) and one.underline for one in drawn)
        # A terminal that knows no double line shows a single one: italics part the two then.
        single = look.bold, look.italic, look.underline
        others = [
            reader.get_component_rich_style(f"reader--{other}", partial=True)
            for other in ("person", "place", "organization", "date")
            if other != kind
        ]
        assert single not in [(one.bold, one.italic, one.underline) for one in others]
        await analyst.press("E")
        assert f"{letter} {word}" in analyst.lines()[2]


async def test_entities_that_are_being_read_are_shown_as_they_come(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("E")
        analyst.main.mentioned.progress = 3, 10
        table(analyst)._look()
        await analyst.settle()
        assert "3 of 10 articles read so far" in analyst.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 15)])
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_nothing_reaches_past_the_edge(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    root = workspace(tmp_path, language=language)
    async with exploring(root, size) as analyst:
        await analyst.press("E")
        assert {len(line) for line in analyst.lines()} == {size[0]}
        await analyst.press("o")
        assert {len(line) for line in analyst.lines()} == {size[0]}


async def test_many_articles_are_read_by_a_process_of_their_own(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = MentionStore(root / ".kashaf" / "mentions")
    store.path.unlink()
    monkeypatch.setattr(engine, "_FEW", 0)
    async with exploring(root) as analyst:
        assert len(store.known_ids()) == len(ARTICLES)
        assert analyst.main.mentioned.progress is None
        await analyst.press("E")
        assert table(analyst).list.rows


async def test_a_store_that_cannot_be_read_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DiskTrouble("the disk does not answer", where="mentions.sqlite")

    async with exploring(root) as analyst:
        monkeypatch.setattr(MentionStore, "table", refuse)
        await analyst.press("E")
        assert "the disk does not answer" in analyst.text


def test_the_corpus_of_these_tests_is_read_as_written(root: Path) -> None:
    store = MentionStore(root / ".kashaf" / "mentions")
    assert len(store.known_ids()) == len(ARTICLES)
