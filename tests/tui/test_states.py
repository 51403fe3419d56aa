"""What the explorer says when there is nothing, too little, or something is broken; and how it moves."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.explorer_support import Explore

from kashaf.notes.anchoring import make_target
from kashaf.notes.model import NewNote
from kashaf.notes.store import NoteStore
from kashaf.workspace import create
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.session import Session


async def test_an_empty_workspace_teaches(explore: Explore, tmp_path: Path) -> None:
    workspace = create(tmp_path / "empty")
    async with explore(workspace.root) as analyst:
        assert "kashaf index FOLDER" in analyst.text
        assert "kashaf demo" in analyst.text
        assert analyst.main.beginning.has_focus
        await analyst.press("f2")
        await analyst.type("شيء")
        await analyst.press("enter", "f4", "v", "h", "f5", "f6", "f1", "escape")
        assert "kashaf index FOLDER" in analyst.text
        await analyst.press("tab")
        assert analyst.main.box.has_focus
        await analyst.press("tab")
        assert analyst.main.beginning.has_focus


async def test_a_damaged_index_says_what_to_run(explore: Explore, case: Path) -> None:
    for path in (case / ".kashaf" / "index").glob("gen-*/*.seg"):
        path.write_bytes(path.read_bytes()[:-40])
    async with explore() as analyst:
        assert "kashaf index --rebuild" in analyst.main.article.empty
        assert "--rebuild" in analyst.text


async def test_a_torn_notes_file_is_said_and_left_alone(explore: Explore, case: Path) -> None:
    notes = case / "notes" / "notes.json"
    notes.parent.mkdir(exist_ok=True)
    notes.write_bytes(b'{"notes": {')
    async with explore() as analyst:
        shown = " ".join(analyst.text.split())
        assert "notes.json" in shown
        await analyst.press("escape", "f4", "v", "h")
    assert notes.read_bytes() == b'{"notes": {'


async def test_a_second_window_reads_notes_and_writes_none(explore: Explore, case: Path) -> None:
    with NoteStore.open(case / "notes" / "notes.json"):
        async with explore() as analyst:
            assert "read-only" in analyst.text
            await analyst.press("f4", "v", "h")
            assert analyst.main.notes.rows == []


@pytest.mark.parametrize("size", [(2, 1), (30, 8), (59, 30), (100, 14)])
async def test_too_small_says_what_it_needs(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(size=size) as analyst:
        assert "60×15".startswith(analyst.lines()[0].removeprefix("Kashaf needs ")[:5]) or size[0] < 20
        await analyst.pilot.resize_terminal(120, 40)
        await analyst.settle()
        assert "Results" in analyst.text


async def test_resizing_keeps_the_place(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("قمح")
        await analyst.press("enter", "enter", "n", "n")
        reader = analyst.main.article
        caret = reader.caret
        for size in ((80, 24), (60, 15), (200, 60), (100, 20)):
            await analyst.pilot.resize_terminal(*size)
            await analyst.settle()
            assert reader.caret == caret
            assert reader._page is not None
            top = reader.scroll_offset.y
            assert top <= reader._page.row_of(caret) < top + reader.size.height


async def test_at_80_columns_the_side_pane_folds_away(explore: Explore) -> None:
    async with explore(size=(80, 24)) as analyst:
        assert not analyst.main.query_one("#side").display
        await analyst.press("f6")
        assert analyst.main.query_one("#side").display
        assert not analyst.main.query_one("#results").display
        assert analyst.main.notes.has_focus
        await analyst.press("f3")
        assert not analyst.main.query_one("#side").display


async def test_older_results_never_come_after_newer(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("سد")
        analyst.main.searching.now()
        await analyst.type(" النوارس")
        analyst.main.searching.now()
        await analyst.settle()
        assert analyst.main.searching.results is not None
        assert analyst.main.searching.results.query.text == "سد النوارس"


async def test_the_rung_is_narrowed_by_one_key_and_the_selection_stays(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("السد")
        await analyst.press("enter", "down")
        selected = analyst.main.results.current
        assert selected is not None
        wide = len(analyst.main.results.rows)
        await analyst.press("1")
        assert analyst.main.results.current is not None
        assert len(analyst.main.results.rows) < wide
        assert analyst.main.results.current.id == selected.id
        await analyst.press("3", "s")
        assert analyst.main.searching.query.sort == "date"


async def test_a_query_that_is_none_keeps_the_results(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("سد")
        await analyst.settle()
        rows = list(analyst.main.results.rows)
        await analyst.type(" date:غدا")
        await analyst.settle()
        assert list(analyst.main.results.rows) == rows
        assert analyst.main.notice.right


async def test_going_down_the_list_shows_each_article(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("enter")
        for _ in range(3):
            await analyst.press("down")
            assert analyst.main.results.current is not None
            assert analyst.main.reading.article_id == analyst.main.results.current.id
        await analyst.press("f4", "left_square_bracket")
        assert analyst.main.results.selected == 2


async def test_the_next_page_comes_before_the_end_is_reached(explore: Explore) -> None:
    async with explore() as analyst:
        results = analyst.main.results
        await analyst.press("enter")
        assert len(results.rows) == 40
        await analyst.press("end")
        assert len(results.rows) == 80
        assert len({hit.id for hit in results.rows}) == 80
        assert results.selected == 39
        await analyst.press("end", "down", "1")
        assert results.selected == 80


async def test_a_mention_is_gone_to_and_escape_goes_back(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("الصقار")
        await analyst.press("enter", "enter", "e")
        row = analyst.main.entities.current
        assert row is not None
        await analyst.press("g")
        reading = analyst.main.article.reading
        assert reading is not None
        caret = analyst.main.article.caret
        assert any(reading.article.text.startswith(form, caret) for form, _ in row.variants)
        await analyst.press("escape")
        assert analyst.main.article.has_focus
        await analyst.press("v", "escape")
        assert analyst.main.article.span is None
        await analyst.press("escape")
        assert analyst.main.results.has_focus
        await analyst.press("escape")
        assert analyst.main.box.has_focus


async def test_the_palette_runs_actions(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f10")
        await analyst.type("display: language")
        await analyst.pilot.pause(1)
        await analyst.press("enter", "enter", "t")
        assert analyst.app.theme == "textual-light"


async def test_exporting_torn_notes_says_why_not(explore: Explore, case: Path) -> None:
    (case / "notes").mkdir(exist_ok=True)
    (case / "notes" / "notes.json").write_bytes(b'{"notes": {')
    async with explore() as analyst:
        await analyst.press("escape", "f6", "E")
        assert "notes.json" in " ".join(analyst.text.split())
        assert not (case / "exports").exists()


async def test_a_note_asked_for_while_the_notes_open_is_taken(explore: Explore, case: Path) -> None:
    async with explore() as analyst:
        desk = Desk(Session(case.parent / "other"))
        article = analyst.main.article.reading
        assert article is not None
        await asyncio.gather(desk.open(), desk.add(NewNote(make_target(article.article, 0, 3), "ملاحظة")))
        assert len(await desk.notes()) == 1
        desk.close()


async def test_only_the_looks_were_changed(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f3")
    async with explore() as analyst:
        await analyst.press("f9", "t")
    async with explore() as analyst:
        assert analyst.app.theme == "textual-light"


async def test_typing_and_taking_back_does_not_lose_the_search(explore: Explore) -> None:
    async with explore() as analyst:
        searching = analyst.main.searching
        analyst.main.box.set("سد")
        searching.now()
        searching.typed("سدس")
        searching.typed("سد")
        await analyst.settle()
        assert searching.results is not None
        assert searching.results.query.text == "سد"


async def test_the_next_page_does_not_take_the_place_of_a_search(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("enter")
        analyst.main.results.select(39)
        analyst.main.searching.next_sort()
        analyst.main.searching.more()
        await analyst.settle()
        results = analyst.main.searching.results
        assert results is not None
        assert results.query.sort == "date"
        assert len({hit.id for hit in analyst.main.results.rows}) == len(analyst.main.results.rows) == 40


async def test_an_entity_is_searched_under_every_spelling_of_the_corpus(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("بوعجيلة")
        await analyst.press("enter", "enter", "e")
        rows = analyst.main.entities.rows
        analyst.main.entities.select(next(at for at, row in enumerate(rows) if row.name == "فارس بوعجيلة"))
        await analyst.press("enter")
        assert '"فارس بو عجيلة"' in analyst.main.box.value
        assert analyst.main.searching.results is not None
        assert analyst.main.searching.results.total == 9


async def test_a_screenshot_fetches_nothing_and_keeps_its_order(explore: Explore) -> None:
    async with explore() as analyst:
        svg = analyst.app.export_screenshot()
        assert "url(" not in svg.replace("url(#", "")
        assert "bidi-override" in svg
