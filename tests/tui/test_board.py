"""`!`: notes whose words changed or are gone are settled one by one; nothing is moved without a key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, told
from tests.settling_support import (
    CHANGED,
    CHANGES,
    COMES,
    GOES,
    LAST,
    STAYS,
    build,
    change,
    exploring,
    noted,
    notes_of,
)

from kashaf.bidi.layout import visual
from kashaf.corpus.catalogue import Catalogue
from kashaf.notes.model import Note
from kashaf.notes.store import NoteStore
from kashaf.storage.lock import Lock
from kashaf.workspace import locate
from kashaf_index.update import update
from kashaf_tui.explorer.screens.board import BoardScreen
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.screens.main import MainScreen

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build(tmp_path)


@pytest.fixture
def notes(root: Path) -> dict[str, Note]:
    """The article has changed under its notes."""
    made = noted(root)
    change(root)
    return made


def screen(analyst: Analyst) -> BoardScreen:
    shown = analyst.app.screen
    assert isinstance(shown, BoardScreen)
    return shown


async def opened(analyst: Analyst) -> BoardScreen:
    await analyst.press("f6", "exclamation_mark")
    return screen(analyst)


def quotes(analyst: Analyst) -> list[str]:
    return [item.words.quote for item in screen(analyst).rows.rows if item.words is not None]


def now(root: Path, note: Note) -> Note:
    return next(one for one in notes_of(root) if one.id == note.id)


@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize("size", SIZES)
async def test_old_and_new_words_stand_beside_each_other(root: Path, size: tuple[int, int]) -> None:
    async with exploring(root, size) as analyst:
        shown = await opened(analyst)
        assert quotes(analyst) == [CHANGES, GOES]
        assert "2 left" in analyst.text
        assert "changed · the words changed" in analyst.text
        # What differs stands in brackets, on both sides.
        for words in ("[الأسواق المحلية]", "[أسواق الجنوب]"):
            assert visual(words) in analyst.text
        assert "proposal 1 of 1" in analyst.text
        assert all(len(line) <= size[0] for line in analyst.lines())
        await analyst.press("down")
        assert shown.rows.selected == 1
        assert "orphan" in analyst.text
        await analyst.press("escape")
        assert isinstance(analyst.app.screen, MainScreen)


async def test_a_proposal_is_confirmed_by_one_key_and_undone_by_another(
    root: Path, notes: dict[str, Note]
) -> None:
    async with exploring(root) as analyst:
        await opened(analyst)
        await analyst.press("enter")
        assert quotes(analyst) == [GOES]
        assert "1 settled, 1 left" in analyst.text
        note = analyst.main.noting.find(notes[CHANGES].id)
        assert note is not None
        standing = analyst.main.noting.standing(note)
        assert standing is not None
        assert standing.state == "exact"
        await analyst.press("u")
        assert quotes(analyst) == [CHANGES, GOES]
        await analyst.press("U", "escape")
    moved = now(root, notes[CHANGES])
    assert moved.quote == CHANGED
    assert moved.tags == notes[CHANGES].tags
    assert moved.versions[0] == notes[CHANGES].versions[0]


async def test_nothing_changes_by_looking(root: Path, notes: dict[str, Note]) -> None:
    async with exploring(root) as analyst:
        await opened(analyst)
        await analyst.press("down", "n", "N", "space", "left_curly_bracket", "home", "end", "escape")
    assert {note.id: note for note in notes_of(root)} == {note.id: note for note in notes.values()}


async def test_what_is_kept_is_asked_again_when_the_article_changes_again(
    root: Path, notes: dict[str, Note]
) -> None:
    async with exploring(root) as analyst:
        await opened(analyst)
        await analyst.press("0")
        assert quotes(analyst) == [GOES]
        assert "kept as it is" in told(analyst)
    async with exploring(root) as analyst:
        await opened(analyst)
        assert quotes(analyst) == [GOES]
    assert now(root, notes[CHANGES]) == notes[CHANGES]
    files = root.parent / "files"
    text = (files / "grapes.md").read_text(encoding="utf-8")
    (files / "grapes.md").write_text(text.replace(LAST, COMES + " " + LAST), encoding="utf-8")
    workspace = locate(root)
    update(workspace, Catalogue(workspace.catalogue), [files])
    async with exploring(root) as analyst:
        await opened(analyst)
        assert quotes(analyst) == [CHANGES, GOES]


async def test_words_are_searched_in_the_article(root: Path, notes: dict[str, Note]) -> None:
    async with exploring(root) as analyst:
        shown = await opened(analyst)
        await analyst.press("down", "slash")
        assert shown.field.has_focus
        shown.field.set("لا شيء من هذا هنا")
        await analyst.press("enter")
        assert "not in the article" in told(analyst)
        shown.field.set("مهرجانٌ صغير")  # marks do not matter
        await analyst.press("enter")
        assert shown.rows.has_focus
        assert "1 place found" in told(analyst)
        await analyst.press("slash", "escape")
        assert shown.rows.has_focus
        await analyst.press("enter")
    assert now(root, notes[GOES]).quote == "مهرجان صغير"


async def test_words_are_marked_by_hand(root: Path, notes: dict[str, Note]) -> None:
    async with exploring(root) as analyst:
        await opened(analyst)
        await analyst.press("down", "g")
        assert isinstance(analyst.app.screen, MainScreen)
        assert analyst.main.pane == "article"
        assert "Mark the words" in analyst.text
        await analyst.press("exclamation_mark")
        assert "Mark the words first" in analyst.text
        await analyst.press("end", "v", "p", "exclamation_mark")
        assert quotes(analyst) == [CHANGES]
        assert "Mark the words" not in analyst.text
    assert now(root, notes[GOES]).quote == LAST


@pytest.mark.usefixtures("notes")
async def test_without_a_mark_the_board_comes_back(root: Path) -> None:
    async with exploring(root) as analyst:
        await opened(analyst)
        await analyst.press("g", "exclamation_mark", "exclamation_mark")
        assert quotes(analyst) == [CHANGES, GOES]
        await analyst.press("escape", "f4", "exclamation_mark")
        assert quotes(analyst) == [CHANGES, GOES]


async def test_a_note_is_put_into_the_trash(root: Path, notes: dict[str, Note]) -> None:
    async with exploring(root) as analyst:
        await opened(analyst)
        await analyst.press("end", "backspace")
        assert quotes(analyst) == [CHANGES]
        await analyst.press("0")
        assert "Nothing to settle" in analyst.text
        await analyst.press("u")
        assert quotes(analyst) == [GOES]
    assert {note.quote for note in notes_of(root)} == {STAYS, CHANGES, GOES}
    assert now(root, notes[GOES]).quote == GOES


async def test_without_trouble_it_teaches(root: Path) -> None:
    noted(root)
    async with exploring(root, (80, 24)) as analyst:
        await opened(analyst)
        assert "every note stands on its words" in analyst.text
        await analyst.press("enter", "0", "backspace", "g", "slash", "n", "y", "space", "u", "H")
        assert quotes(analyst) == []
        await analyst.press("question_mark")
        assert isinstance(analyst.app.screen, HelpScreen)
        assert "keep it as it is" in analyst.text


async def test_an_article_that_is_not_here_leaves_notes_to_keep_or_to_trash(
    root: Path, notes: dict[str, Note]
) -> None:
    workspace = locate(root)
    with NoteStore.open(workspace.notes_file) as store:
        target = notes[GOES].words
        assert target is not None
        lost = store.add(replace(target, article_id="nowhere00000"))
    async with exploring(root) as analyst:
        await opened(analyst)
        assert len(quotes(analyst)) == 3
        await analyst.press("end")
        assert screen(analyst).note == lost
        assert "the article is not here" in analyst.text
        await analyst.press("enter")
        assert "no proposal to confirm" in told(analyst)
        await analyst.press("g", "slash")
        assert screen(analyst).rows.has_focus
        await analyst.press("backspace")
        assert len(quotes(analyst)) == 2


@pytest.mark.usefixtures("notes")
async def test_read_only_notes_are_not_settled(root: Path) -> None:
    before = locate(root).notes_file.read_bytes()
    with Lock(locate(root).notes_file, "notes"):
        async with exploring(root) as analyst:
            await opened(analyst)
            for key in ("enter", "0", "backspace", "u"):
                await analyst.press(key)
                if not isinstance(analyst.app.screen, BoardScreen):
                    await analyst.press("escape")
                assert quotes(analyst) == [CHANGES, GOES], key
    assert locate(root).notes_file.read_bytes() == before


@pytest.mark.usefixtures("notes")
async def test_the_arabic_interface_runs_from_the_right(root: Path) -> None:
    async with exploring(root, (80, 24), "interface:\n  language: ar\n") as analyst:
        await opened(analyst)
        row = analyst.lines()[2]
        assert row.rstrip("│ ▐").endswith("≠")
        assert all(len(line) <= 80 for line in analyst.lines())
