"""The trash, the history of a note, conflicts left by a merge, and citation cards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, told
from tests.settling_support import CHANGES, GOES, STAYS, build, exploring, noted, notes_of

from kashaf.bidi.layout import visual
from kashaf.notes.model import Note
from kashaf.notes.store import NoteStore
from kashaf.notes.versions import amended
from kashaf.workspace import locate
from kashaf_tui.explorer.screens.asking import AskScreen
from kashaf_tui.explorer.screens.citation import CitationScreen
from kashaf_tui.explorer.screens.conflicts import ConflictsScreen
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.screens.note_history import HistoryScreen
from kashaf_tui.explorer.screens.trash import TrashScreen

SIZES = [(80, 24), (120, 40)]
ARABIC = "interface:\n  language: ar\n"
HOSTILE = "[bold red]قول[/] [link=file:///etc]هنا"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build(tmp_path)


@pytest.fixture
def notes(root: Path) -> dict[str, Note]:
    return noted(root)


def fits(analyst: Analyst, size: tuple[int, int]) -> bool:
    return all(len(line) <= size[0] for line in analyst.lines()) and "\x1b" not in analyst.text


# The trash


def trash(analyst: Analyst) -> list[str]:
    shown = analyst.app.screen
    assert isinstance(shown, TrashScreen)
    return [one.note.quote for one in shown.rows.rows]


def in_trash(root: Path) -> int:
    with NoteStore.open(locate(root).notes_file, read_only=True) as store:
        return len(store.trash())


@pytest.mark.usefixtures("notes")
async def test_notes_come_back_from_the_trash(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("f6", "D")
        assert "The trash is empty" in analyst.text
        await analyst.press("enter", "x", "E", "space", "escape")
        await analyst.press("backspace", "backspace", "D")
        assert len(trash(analyst)) == 2
        assert "2 notes" in analyst.text
        assert "deleted 20" in analyst.text
        first = trash(analyst)[0]
        await analyst.press("enter")
        assert len(trash(analyst)) == 1
        assert "restored 1 note" in told(analyst)
        assert first in [note.quote for note in analyst.main.noting.notes]
        await analyst.press("u")
        assert len(trash(analyst)) == 2
        await analyst.press("home", "space", "space", "enter")
        assert trash(analyst) == []
    assert {note.quote for note in notes_of(root)} == {STAYS, CHANGES, GOES}


@pytest.mark.usefixtures("notes")
async def test_the_trash_is_emptied_only_after_a_question(root: Path) -> None:
    async with exploring(root, (80, 24)) as analyst:
        await analyst.press("f6", "backspace", "backspace", "backspace", "D", "x")
        assert isinstance(analyst.app.screen, AskScreen)
        assert "Delete 1 note for good?" in analyst.text
        assert fits(analyst, (80, 24))
        await analyst.press("n")
        assert len(trash(analyst)) == 3
        await analyst.press("x", "y")
        assert len(trash(analyst)) == 2
        assert "deleted 1 note for good" in told(analyst)
        await analyst.press("E", "enter")
        assert trash(analyst) == []
        await analyst.press("escape")
        assert isinstance(analyst.app.screen, MainScreen)
    assert in_trash(root) == 0


# History


def history(analyst: Analyst) -> HistoryScreen:
    shown = analyst.app.screen
    assert isinstance(shown, HistoryScreen)
    return shown


@pytest.fixture
def edited(root: Path, notes: dict[str, Note]) -> Note:
    """A note with a past, some of it hostile."""
    with NoteStore.open(locate(root).notes_file) as store:
        id_ = notes[STAYS].id
        store.edit(id_, body="نص أول عن الحر", author="أمل")
        store.edit(id_, body="نص ثان عن البرد", tags=["قطاف", "طقس"], author="باسم")
        store.delete(notes[CHANGES].id)
        store.delete(notes[GOES].id)
        return store.edit(id_, status="confirmed", confidence="high")


@pytest.mark.parametrize("size", SIZES)
async def test_a_note_tells_who_changed_what(root: Path, edited: Note, size: tuple[int, int]) -> None:
    async with exploring(root, size) as analyst:
        await analyst.press("f6", "H")
        shown = history(analyst)
        assert len(shown.rows.rows) == len(edited.versions) == 4
        assert fits(analyst, size)
        assert "confirmed" in analyst.text
        await analyst.press("down")
        for words in ("[أول]", "[ثان]", "باسم"):
            assert visual(words) in analyst.text
        await analyst.press("n")
        assert visual("#طقس") in analyst.text
        await analyst.press("end")
        assert "made" in analyst.text
        await analyst.press("enter")
        assert "no earlier value" in told(analyst)


async def test_an_earlier_value_is_taken_back_by_an_edit(root: Path, edited: Note) -> None:
    async with exploring(root) as analyst:
        await analyst.press("f6", "H", "down", "enter")
        assert len(history(analyst).rows.rows) == 5
        assert "taken back: text" in told(analyst)
        await analyst.press("u")
        assert len(history(analyst).rows.rows) == 4
        await analyst.press("U", "escape")
        assert isinstance(analyst.app.screen, MainScreen)
    (note,) = notes_of(root)
    assert note.body == "نص أول عن الحر"
    assert (note.tags, note.status) == (edited.tags, "confirmed")
    assert note.versions[:4] == edited.versions


# Conflicts


def conflicts(analyst: Analyst) -> ConflictsScreen:
    shown = analyst.app.screen
    assert isinstance(shown, ConflictsScreen)
    return shown


@pytest.fixture
def merged(root: Path, notes: dict[str, Note]) -> Note:
    """Two analysts wrote on one note apart from each other, and chose its status."""
    note = notes[STAYS]
    theirs = amended(
        note,
        replace(note, body="رأي باسم", status="disputed"),
        at="2026-11-01T10:00:00Z",
        author="باسم",
    )
    assert theirs is not None
    with NoteStore.open(locate(root).notes_file) as store:
        store.edit(note.id, body=f"رأي أمل {HOSTILE}", status="confirmed", author="أمل")
        store.merge([theirs], [])
        return store.get(note.id)


@pytest.mark.usefixtures("merged")
@pytest.mark.parametrize("size", SIZES)
async def test_both_values_stand_beside_each_other_and_one_is_chosen(
    root: Path, size: tuple[int, int]
) -> None:
    async with exploring(root, size) as analyst:
        await analyst.press("f6", "V")
        assert fits(analyst, size)
        for words in ("باسم", "أمل"):
            assert visual(words) in analyst.text
        await analyst.press("enter")
        assert "Choose a value for every field" in told(analyst)
        for _ in range(2):
            by_hand = conflicts(analyst)._conflict
            assert by_hand is not None
            number = next(n for n, one in enumerate(by_hand.alternatives, 1) if one.author == "باسم")
            await analyst.press(str(number))
        assert "✓" in analyst.text
        await analyst.press("enter")
        assert "No conflicts" in analyst.text
        await analyst.press("u")
        assert len(conflicts(analyst).rows.rows) == 1
        await analyst.press("U", "escape")
    note = next(note for note in notes_of(root) if note.quote == STAYS)
    assert (note.body, note.status) == ("رأي باسم", "disputed")


async def test_texts_are_joined(root: Path, merged: Note) -> None:
    async with exploring(root) as analyst:
        await analyst.press("f6", "V")
        fields = [one.field for one in conflicts(analyst)._conflicts]
        assert sorted(fields) == ["body", "status"]
        for field in fields:
            await analyst.press("b" if field == "body" else "1")
        await analyst.press("9", "enter", "escape")
    note = next(note for note in notes_of(root) if note.id == merged.id)
    assert "رأي باسم" in note.body
    assert "رأي أمل" in note.body


@pytest.mark.usefixtures("notes")
async def test_without_conflicts_it_teaches(root: Path) -> None:
    async with exploring(root, (80, 24), ARABIC) as analyst:
        await analyst.press("f6", "V")
        assert conflicts(analyst).rows.rows == []
        await analyst.press("enter", "1", "b", "n", "N", "space", "H", "u", "escape")
        assert isinstance(analyst.app.screen, MainScreen)


# Citation


@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize("size", SIZES)
async def test_a_note_is_cited_in_both_languages_and_copied(root: Path, size: tuple[int, int]) -> None:
    async with exploring(root, size) as analyst:
        await analyst.press("f6", "Y")
        shown = analyst.app.screen
        assert isinstance(shown, CitationScreen)
        assert fits(analyst, size)
        assert "SHA-256" in analyst.text
        english = shown.lines
        await analyst.press("l")
        arabic = analyst.app.screen
        assert isinstance(arabic, CitationScreen)
        assert arabic.lines != english
        await analyst.press("y")
        assert analyst.app.clipboard.splitlines()[0].strip("\u2066\u2067\u2068\u2069") != ""
        await analyst.press("escape")
        assert isinstance(analyst.app.screen, MainScreen)


@pytest.mark.usefixtures("notes")
async def test_marked_words_are_cited(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("f6", "enter")
        assert analyst.main.pane == "article"
        await analyst.press("end", "v", "p", "Y")
        assert isinstance(analyst.app.screen, CitationScreen)
        await analyst.press("escape", "escape", "home", "Y")
        assert isinstance(analyst.app.screen, MainScreen)
