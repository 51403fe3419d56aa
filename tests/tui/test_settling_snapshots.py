"""What the screens that settle notes look like, at both sizes and in both languages. See `test_snapshots`."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.explorer_support import Analyst
from tests.settling_support import GOES, STAYS, build, change, noted
from tests.snapshot_support import LOOKS, Compare, look_id, pictured

from kashaf.notes.store import NoteStore
from kashaf.notes.versions import amended
from kashaf.storage.atomic import write_text
from kashaf.workspace import locate
from kashaf_tui.explorer.panes import board, past
from kashaf_tui.explorer.screens import conflicts

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="snapshots are of Python 3.11")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Words that changed, words that are gone, and a note in conflict."""
    root = build(tmp_path_factory.mktemp("settling"))
    made = noted(root)
    note = made[STAYS]
    change(root)
    theirs = amended(
        note,
        replace(note, body="الموعد مبكر فعلا", status="disputed"),
        at="2026-01-02T03:04:05Z",
        author="باسم",
    )
    assert theirs is not None
    with NoteStore.open(locate(root).notes_file) as store:
        store.edit(note.id, body="الموعد مبكر كما قيل", status="confirmed", author="أمل")
        store.merge([theirs], [])
        # A past in one line: versions made apart stand in the order of their ids, which are others with every run.
        store.edit(made[GOES].id, body="وعد لم يتكرر", tags=["قطاف", "طرق"], author="باسم")
        store.edit(made[GOES].id, body="وعد لم يتكرر في بيان المجلس", author="أمل")
    return root


@pytest.fixture(params=LOOKS, ids=look_id)
def look(
    request: pytest.FixtureRequest,
    built: Path,
    tmp_path: Path,
    snap_compare: Compare,
    monkeypatch: pytest.MonkeyPatch,
) -> Compare:
    """Compare the screen after keys were pressed with the notes in front."""
    size, language = request.param
    monkeypatch.setenv("TZ", "UTC")
    for module in (board, past, conflicts):
        monkeypatch.setattr(module, "moment", lambda _: "2026-01-02 03:04")
    root = tmp_path / "case"
    shutil.copytree(built, root)
    write_text(root / "kashaf.yaml", f"interface:\n  language: {language}\n")

    def compare(*keys: str, words: str = "") -> bool:
        async def act(analyst: Analyst) -> None:
            if words:
                await analyst.type(words)
                await analyst.settle()
            await analyst.press(*keys)

        return pictured(snap_compare, root, size, act)

    return compare


def test_the_board(look: Compare) -> None:
    assert look("f6", "exclamation_mark", "down", "up")


def test_a_note_that_lost_its_words(look: Compare) -> None:
    assert look("f6", "exclamation_mark", "end", "slash")


def test_the_history_of_a_note(look: Compare) -> None:
    assert look("f6", "end", "H", "down")


def test_conflicts(look: Compare) -> None:
    assert look("f6", "V", "1")


def test_the_trash(look: Compare) -> None:
    assert look("f6", "end", "backspace", "backspace", "D", "space", "x")


def test_a_citation(look: Compare) -> None:
    assert look("f4", "v", "p", "Y")


def test_deciding_on_lines(look: Compare) -> None:
    assert look("f7", "plus", "minus", "0", "space", "home", "m", words="الوادي OR المحصول OR الطريق")
