"""A first day with the explorer, by keys alone."""

from __future__ import annotations

from pathlib import Path

from tests.explorer_support import Explore, note_rows

from kashaf.bidi.layout import visual
from kashaf.export.native import from_json


async def test_search_read_mark_note_leave_come_back_export(explore: Explore, case: Path) -> None:
    async with explore() as analyst:
        await analyst.type("السد")
        await analyst.settle()
        results = analyst.main.results
        assert results.rows
        assert analyst.main.searching.query.text == "السد"
        assert f"[stem {len(results.rows)}]" in analyst.text

        await analyst.press("enter", "enter")
        reader = analyst.main.article
        assert reader.has_focus
        assert reader.reading is not None
        assert reader.reading.article.id == results.rows[0].id
        assert reader.hit_number == 1
        hits = reader.reading.hits
        await analyst.press("n")
        assert reader.caret == hits[1][0]
        await analyst.press("N")
        assert reader.caret == hits[0][0]

        await analyst.press("e")
        entities = analyst.main.entities
        assert entities.has_focus
        assert entities.current is not None
        name = entities.current.name
        await analyst.press("enter")
        assert f'"{name}"' in analyst.main.box.value
        assert results.has_focus
        assert results.rows

        await analyst.press("enter", "v", "s")
        assert reader.span is not None
        article = reader.reading.article
        quote = article.text[slice(*reader.span)]
        await analyst.press("c")
        await analyst.type("يراجع مع تقرير الهيئة")
        await analyst.press("tab")
        await analyst.type("ماء للمراجعة")
        await analyst.press("f2")
        assert [row.note.body for row in note_rows(analyst)] == ["يراجع مع تقرير الهيئة"]
        assert analyst.main.results.noted == {article.id: 1}
        assert len(reader.reading.notes) == 1
        assert "saved" in analyst.text
        await analyst.pilot.press("q")
        assert analyst.app.return_code == 0

    async with explore() as analyst:
        assert analyst.main.box.value.startswith('"')
        reading = analyst.main.article.reading
        assert reading is not None
        assert reading.article.id == article.id
        assert len(reading.notes) == 1
        await analyst.press("a")
        assert visual("يراجع مع تقرير الهيئة") in analyst.text
        await analyst.press("enter")
        assert analyst.main.article.has_focus
        assert analyst.main.article.caret == reading.notes[0][0]
        await analyst.press("a", "E", "enter")

    exported = list((case / "exports").glob("notes-*.json"))
    assert len(exported) == 1
    (note,) = from_json(exported[0].read_bytes())
    assert (note.quote, note.tags) == (quote, ("ماء", "للمراجعة"))


async def test_undo_and_redo_reach_every_change(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f4", "v", "w", "h")
        assert len(analyst.main.notes.rows) == 1
        await analyst.press("a", "backspace")
        assert analyst.main.notes.rows == []
        await analyst.press("u")
        assert len(analyst.main.notes.rows) == 1
        await analyst.press("u")
        assert analyst.main.notes.rows == []
        await analyst.press("U")
        assert len(analyst.main.notes.rows) == 1


async def test_a_note_is_edited_and_a_dropped_edit_asks_first(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f4", "v", "c")
        await analyst.type("أول")
        await analyst.press("f2", "a", "c")
        await analyst.type(" وثان")
        await analyst.press("escape")
        assert "again" in analyst.text
        await analyst.press("escape")
        assert [row.note.body for row in note_rows(analyst)] == ["أول"]
        await analyst.press("c")
        await analyst.type(" وثان")
        await analyst.press("f2")
        assert [row.note.body for row in note_rows(analyst)] == ["أول وثان"]
