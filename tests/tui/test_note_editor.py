"""The note editor's fields: kind, confidence, status, and tags that complete themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tests.explorer_support import Analyst, Explore

from kashaf.notes.codebook import Code, Codebook
from kashaf_tui.explorer.screens.note_editor import Draft, NoteEditor
from kashaf_tui.explorer.screens.tagging import TagPalette
from kashaf_tui.explorer.wording import Wording

BOOK = Codebook((Code("سلاح/كيماوي"), Code("مصدر/شاهد عيان")))


class Writing:
    """The editor, and what it was closed with."""

    def __init__(self, analyst: Analyst, editor: NoteEditor) -> None:
        self.analyst = analyst
        self.editor = editor
        self.got: list[Draft | None] = []


@asynccontextmanager
async def writing(
    explore: Explore, draft: Draft, *, language: str = "en", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Writing]:
    async with explore(size=size) as analyst:
        editor = NoteEditor(Wording(language), "كلمات", draft, codebook=BOOK, used={"خاص": 2})
        one = Writing(analyst, editor)
        analyst.app.push_screen(editor, one.got.append)
        await analyst.settle()
        yield one


async def test_keys_turn_the_fields_from_anywhere(explore: Explore) -> None:
    async with writing(explore, Draft("نص", ())) as one:
        await one.analyst.press("f9", "f10", "f10", "f10", "f11", "f2")
        assert one.got == [Draft("نص", (), "question", "high", "confirmed")]


async def test_what_was_not_touched_stays_unsaid(explore: Explore) -> None:
    async with writing(explore, Draft("", ())) as one:
        await one.analyst.type("x")
        await one.analyst.press("f2")
        assert one.got == [Draft("x", (), "", "", "open")]


async def test_what_was_said_stays(explore: Explore) -> None:
    draft = Draft("x", ("a",), "claim", "low", "disputed")
    async with writing(explore, draft) as one:
        before = one.editor.dirty
        await one.analyst.press("f10")
        assert (before, one.editor.dirty) == (False, True)
        await one.analyst.press("f10", "f10", "f10", "f2")
        assert one.got == [draft]


async def test_a_link_stays_a_link(explore: Explore) -> None:
    async with writing(explore, Draft("x", (), "link")) as one:
        await one.analyst.press("f9", "f2")
        assert one.got == [Draft("x", (), "link")]


async def test_arrows_turn_the_field_that_has_the_focus(explore: Explore) -> None:
    async with writing(explore, Draft("x", (), "note")) as one:
        await one.analyst.press("tab", "tab", "right", "tab", "left", "tab", "down", "f2")
        assert one.got == [Draft("x", (), "question", "high", "confirmed")]


async def test_in_the_arabic_interface_they_run_the_other_way(explore: Explore) -> None:
    async with writing(explore, Draft("x", (), "note"), language="ar") as one:
        one.analyst.app.add_class("-rtl")
        await one.analyst.press("tab", "tab")
        assert one.editor.kind.has_focus
        fields = (one.editor.kind, one.editor.confidence, one.editor.status)
        at = [field.region.x for field in fields]
        assert at == sorted(at, reverse=True)


@pytest.mark.parametrize(("typed", "tags"), [("كيم", ("سلاح/كيماوي",)), ("خا كيم", ("خا", "سلاح/كيماوي"))])
async def test_tab_completes_the_tag_at_the_caret(
    explore: Explore, typed: str, tags: tuple[str, ...]
) -> None:
    async with writing(explore, Draft("", ())) as one:
        one.editor.tags.focus()
        await one.analyst.type(typed)
        await one.analyst.settle()
        assert "Tab: " in one.analyst.text
        await one.analyst.press("tab")
        assert one.editor.tags.has_focus
        assert one.editor.written.tags == tags


async def test_tags_with_blanks_are_completed_and_kept_apart(explore: Explore) -> None:
    async with writing(explore, Draft("", ("a",))) as one:
        one.editor.tags.focus()
        await one.analyst.press("end")
        await one.analyst.type(" عيان")
        await one.analyst.press("tab")
        assert one.editor.written.tags == ("a", "مصدر/شاهد عيان")
        await one.analyst.type("b")
        await one.analyst.press("f2")
        assert one.got == [Draft("", ("a", "مصدر/شاهد عيان", "b"))]


async def test_tab_goes_on_where_nothing_is_to_be_completed(explore: Explore) -> None:
    async with writing(explore, Draft("", ())) as one:
        one.editor.tags.focus()
        await one.analyst.press("tab")
        assert not one.editor.tags.has_focus


async def test_tags_from_the_list(explore: Explore) -> None:
    async with writing(explore, Draft("", ("a",))) as one:
        await one.analyst.press("f12")
        assert isinstance(one.analyst.app.screen, TagPalette)
        await one.analyst.type("عيان")
        await one.analyst.press("enter")
        assert one.editor.written.tags == ("a", "مصدر/شاهد عيان")
        assert one.editor.dirty


async def test_everything_fits_into_80_columns(explore: Explore) -> None:
    async with writing(explore, Draft("", (), "highlight", "medium", "confirmed")) as one:
        for words in ("F9 kind: highlight", "F10 sure: medium", "F11 status: confirmed"):
            assert words in one.analyst.text
