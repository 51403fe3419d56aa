"""Notes taken by keys: on words, articles, entities and searches, tagged, linked, found again in text and list."""

from __future__ import annotations

import csv
import errno
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore

from kashaf.bidi.layout import visual
from kashaf.notes.model import ArticleTarget, EntityTarget, Note, SearchTarget
from kashaf.notes.store import NoteStore
from kashaf_tui.explorer.panes.note_rows import Group, NoteRow


def rows(analyst: Analyst) -> list[Note]:
    return [row.note for row in analyst.main.notes.rows if isinstance(row, NoteRow)]


def below(analyst: Analyst) -> str:
    """What is said of the note under the caret."""
    return str(analyst.main.query_one("#reader").border_subtitle or "")


def unsaved(analyst: Analyst) -> bool:
    return analyst.app._desk.unsaved


async def tag(analyst: Analyst, name: str) -> None:
    """Type a tag into the palette that is open, and take it."""
    await analyst.type(name)
    await analyst.press("enter")


async def test_one_key_highlights_the_sentence_and_never_twice(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("السد")
        await analyst.press("enter", "enter", "h")
        (note,) = rows(analyst)
        reader = analyst.main.article
        assert reader.reading is not None
        assert note.kind == "highlight"
        assert note.place[0] <= reader.caret < note.place[1]
        assert "sentence highlighted" in analyst.text
        assert "highlight" in below(analyst)
        await analyst.press("h")
        assert len(rows(analyst)) == 1
        assert "already" in analyst.text
        await analyst.press("backspace")
        assert rows(analyst) == []
        assert "trash" in analyst.text
        assert below(analyst) == ""
        await analyst.press("u")
        assert len(rows(analyst)) == 1
        assert "undone: 1 note moved to the trash" in analyst.text
    async with explore() as analyst:
        await analyst.press("f4", "u")
        assert rows(analyst) == []
        assert "undone: 1 note made" in analyst.text


async def test_tags_by_the_palette_and_again_by_one_key(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f4", "w", "v", "w", "t")
        await tag(analyst, "ماء")
        (first,) = rows(analyst)
        assert first.tags == ("ماء",)
        assert f"#{visual('ماء')}" in below(analyst) or f"{visual('ماء')}#" in below(analyst)
        await analyst.press("s", "s", "v", "H")
        assert [note.tags for note in rows(analyst)] == [("ماء",), ("ماء",)]
        await analyst.press("t")
        await tag(analyst, "قمح")
        assert rows(analyst)[1].tags == ("ماء", "قمح")
        assert analyst.main.noting.last_codes == ("قمح",)
        await analyst.press("v", "s", "h")
        assert analyst.main.article.reading is not None
        assert len(analyst.main.article.noted_here()) == 2
        assert "1/2" in below(analyst)
        assert any("▐2" in line for line in analyst.lines())
        before = analyst.main.noting.words.here()
        await analyst.press("m")
        assert analyst.main.noting.words.here() != before
    async with explore() as analyst:
        assert analyst.main.noting.last_codes == ("قمح",)


async def test_a_link_is_made_and_followed_from_both_ends(explore: Explore) -> None:
    async with explore() as analyst:
        reader = analyst.main.article
        await analyst.press("f4", "v", "w", "J")
        assert "mark the other end" in analyst.text
        await analyst.press("escape")
        assert "mark the other end" not in analyst.text
        await analyst.press("v", "w", "J")
        start = reader.caret
        await analyst.press("right_square_bracket", "f4", "s", "v", "w", "J")
        (link,) = rows(analyst)
        assert link.kind == "link"
        assert link.other is not None
        assert link.other.article_id != link.article_id
        assert "link" in below(analyst)
        other = analyst.main.reading.article_id
        await analyst.press("o")
        assert analyst.main.reading.article_id == link.article_id
        assert reader.caret == link.place[0] <= start
        await analyst.press("o")
        assert analyst.main.reading.article_id == other
        await analyst.press("enter")
        assert analyst.main.notes.has_focus
        assert analyst.main.notes.note_row is not None
        await analyst.press("enter")
        assert analyst.main.reading.article_id == link.article_id
        await analyst.press("f6", "enter")
        assert analyst.main.reading.article_id == other


async def test_notes_on_an_article_an_entity_and_a_search_lead_back(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("السد")
        await analyst.press("enter", "2", "c")
        await analyst.type("على البحث")
        await analyst.press("f2", "enter", "A")
        await analyst.type("على المقال")
        await analyst.press("f2", "e", "c")
        await analyst.type("على الكيان")
        await analyst.press("f2")
        search, article, entity = (note.target for note in rows(analyst))
        assert search == SearchTarget("السد", "folded", "all")
        assert isinstance(article, ArticleTarget)
        assert isinstance(entity, EntityTarget)
        assert "on all of it" in analyst.text
        assert (entity.type, entity.name) in analyst.main.entities.noted
        await analyst.press("3", "f6", "end", "enter")
        assert f'"{entity.name}"' in analyst.main.box.value
        await analyst.press("f6", "home", "enter")
        assert analyst.main.box.value == "السد"
        assert analyst.main.searching.query.rung == "folded"
        await analyst.press("f6", "down", "enter")
        assert analyst.main.reading.article_id == article.article_id
        assert analyst.main.article.has_focus


async def test_the_list_groups_filters_marks_and_changes_many_at_once(explore: Explore, case: Path) -> None:
    async with explore() as analyst:
        await analyst.press("f4", "v", "t")
        await tag(analyst, "ماء")
        await analyst.press("s", "h", "s", "h", "f6")
        pane = analyst.main.notes
        assert len(rows(analyst)) == 3
        await analyst.press("S", "S")
        assert [row.count for row in pane.rows if isinstance(row, Group)] == [1, 2]
        await analyst.press("home", "enter")
        assert len(rows(analyst)) == 2
        await analyst.press("enter", "end", "space", "up", "space")
        assert "✓ 2" in analyst.text
        await analyst.press("t")
        await tag(analyst, "قمح")
        assert sum("قمح" in note.tags for note in analyst.main.noting.notes) == 2
        assert "tagged 2 notes" in analyst.text
        await analyst.press("u")
        assert "undone: 2 notes tagged" in analyst.text
        assert not any("قمح" in note.tags for note in analyst.main.noting.notes)
        await analyst.press("escape", "F")
        await analyst.type("tag:ماء")
        await analyst.press("enter")
        assert len(rows(analyst)) == 1
        assert "1 / 3" in analyst.text
        await analyst.press("E", "down", "down", "enter")
        (exported,) = (case / "exports").glob("notes-*.csv")
        with exported.open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        assert [row["tags"] for row in table if row["kind"] == "highlight"] == ["ماء"], table
        await analyst.press("home", "backspace")
        assert "Choose a note" in analyst.text
        await analyst.press("end", "backspace")
        assert len(analyst.main.noting.notes) == 2
        await analyst.press("x")
        assert not analyst.main.notes_filter.display
        assert len(rows(analyst)) == 2


async def test_enter_in_the_text_selects_the_note_in_the_list(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f4", "h", "s", "s", "h", "f6", "F")
        await analyst.type("لا شيء")
        await analyst.press("enter")
        assert rows(analyst) == []
        assert "No note passes" in analyst.text
        await analyst.press("f4", "enter")
        row = analyst.main.notes.note_row
        assert row is not None
        assert row.note == rows(analyst)[1]
        assert analyst.main.notes.has_focus


async def test_what_the_disk_refused_is_tried_again_until_it_is_saved(
    explore: Explore, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with explore() as analyst:
        await analyst.press("f4", "h")
        with monkeypatch.context() as disk:
            disk.setattr("kashaf.storage.atomic.os.fsync", full)
            await analyst.press("s", "h")
            assert "No space" in analyst.text
            await analyst.press("escape")
            assert unsaved(analyst)
            assert len(rows(analyst)) == 2
            analyst.main.noting.saving._retry()
            await analyst.settle()
            assert "NOT SAVED" in analyst.text
            await analyst.press("q")
            assert analyst.app.is_running
        analyst.main.noting.saving._retry()
        await analyst.settle()
        assert "NOT SAVED" not in analyst.text
        assert "saved" in analyst.text
        assert not unsaved(analyst)
    with NoteStore.open(case / "notes" / "notes.json", read_only=True) as store:
        assert len(store.notes()) == 2


async def test_a_second_window_sees_what_the_first_saves_and_takes_over(explore: Explore, case: Path) -> None:
    path = case / "notes" / "notes.json"
    first = NoteStore.open(path)
    async with explore() as analyst:
        saving = analyst.main.noting.saving
        await analyst.press("f4")
        assert "another window" in analyst.text
        await analyst.press("h")
        assert "process" in analyst.text  # who has them
        await analyst.press("escape")
        reading = analyst.main.article.reading
        assert reading is not None
        first.add(SearchTarget("السد", "stem", "all"), body="من النافذة الأولى")
        saving._look()
        await analyst.settle()
        assert [note.body for note in rows(analyst)] == ["من النافذة الأولى"]
        first.close()
        saving._look()
        await analyst.settle()
        assert "takes them over" in analyst.text
        await analyst.press("h")
        assert len(rows(analyst)) == 2
        assert "another window" not in analyst.text
        assert analyst.app._desk.read_only_reason == ""
    with NoteStore.open(path, read_only=True) as store:
        assert len(store.notes()) == 2
