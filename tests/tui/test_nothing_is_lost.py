"""What the analyst made survives hurry, signals and closed windows; and notes say truthfully where they stand."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest
from tests.explorer_support import Explore, note_rows
from tests.pty_support import Terminal

from kashaf.bidi.layout import visual
from kashaf.corpus.catalogue import Catalogue
from kashaf.notes.store import NoteStore
from kashaf.workspace import create, open_workspace
from kashaf_index.update import update

BEES = (
    "عسل الهضاب يعود إلى الأسواق\n\nقال النحالون إن الموسم جاء متأخرًا بسبب برد الربيع الطويل. "
    "وتحدثوا عن النحل والعسل في لقاء مفتوح مع التجار، ثم اتفقوا على سعر موحد للموسم كله.\n"
)


def saved_notes(case: Path) -> list[str]:
    with NoteStore.open(case / "notes" / "notes.json", read_only=True) as store:
        return [note.body or note.quote for note in store.notes()]


async def test_a_change_queued_just_before_leaving_is_saved(explore: Explore, case: Path) -> None:
    busy = threading.Event()
    async with explore() as analyst:
        await analyst.press("f4", "v")
        analyst.app._desk._thread.submit(busy.wait, 20)
        await analyst.pilot.press("h", "q")
        await analyst.pilot.pause(0.2)
        assert analyst.app.is_running
        assert "saving" in analyst.text
        busy.set()
        for _ in range(100):
            if analyst.app.return_code is not None:
                break
            await analyst.pilot.pause(0.05)
        assert analyst.app.return_code == 0
    assert len(saved_notes(case)) == 1


def test_keys_in_one_burst_lose_nothing(case: Path) -> None:
    with Terminal.explorer(case) as terminal:
        terminal.wait_for("exact 81")
        terminal.send("\x1bOS")
        terminal.read(1)
        terminal.send("vhq")
        assert terminal.end() == 0
    assert len(saved_notes(case)) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_note_being_written_is_offered_again(case: Path, number: signal.Signals) -> None:
    with Terminal.explorer(case) as terminal:
        terminal.wait_for("exact 81")
        terminal.send("\x1bOS")
        terminal.read(1)
        terminal.send("vc")
        terminal.wait_for("F2 saves")
        terminal.send("لم تكتمل")
        terminal.read(3)
        terminal.signal(number)
        terminal.end()
    assert (case / "state" / "draft.yaml").exists()
    with Terminal.explorer(case) as terminal:
        terminal.wait_for("Kept from last time")
        terminal.wait_for(visual("لم تكتمل"))
        terminal.send("\x1bOQ")
        terminal.wait_for("saved")
        terminal.send("\x1bOS")
        terminal.read(1)
        terminal.send("q")
        assert terminal.end() == 0
    assert saved_notes(case) == ["لم تكتمل"]
    assert not (case / "state" / "draft.yaml").exists()


async def test_the_key_of_textual_to_quit_asks_first(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f4", "v", "c")
        await analyst.type("فكرة")
        await analyst.press("ctrl+q")
        assert analyst.app.is_running
        assert "again" in analyst.text
        await analyst.type(" ثانية")
        assert "again" not in analyst.text
        await analyst.press("escape")
        assert "again" in analyst.text


async def test_read_only_notes_refuse_before_anything_is_written(explore: Explore, case: Path) -> None:
    with NoteStore.open(case / "notes" / "notes.json"):
        async with explore() as analyst:
            await analyst.press("f4", "v", "c")
            assert "F2 saves" not in analyst.text
            assert "read-only" in analyst.text


async def test_notes_say_where_they_stand_after_the_text_changed(explore: Explore, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "bees.txt").write_text(BEES, encoding="utf-8")
    (stick / "other.txt").write_text(
        BEES.replace("العسل", "التمر").replace("النحل", "النخل"), encoding="utf-8"
    )
    workspace = create(tmp_path / "bees")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    async with explore(workspace.root) as analyst:
        await analyst.type('"النحل والعسل"')
        await analyst.press("enter", "enter", "v", "w", "h")
        assert [row.state for row in note_rows(analyst)] == ["exact"]
    changed = BEES.replace("قال النحالون", "في بيان قصير صدر مساء أمس، قال النحالون")
    (stick / "bees.txt").write_text(changed, encoding="utf-8")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    async with explore(workspace.root) as analyst:
        assert [row.state for row in note_rows(analyst)] == ["moved"]
        await analyst.press("f2", "ctrl+u")
        await analyst.type("التمر")
        await analyst.press("enter", "f6", "enter")
        reading = analyst.main.article.reading
        assert reading is not None
        assert reading.article.text[analyst.main.article.caret :].startswith("النحل والعسل")
    (stick / "bees.txt").write_text(BEES.split("وتحدثوا", maxsplit=1)[0] + "\n", encoding="utf-8")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    async with explore(workspace.root) as analyst:
        assert [row.state for row in note_rows(analyst)] == ["orphan"]
        await analyst.press("f6", "enter")
        assert "no longer" in analyst.text


async def test_a_newer_index_is_opened_without_a_restart(
    explore: Explore, case: Path, tmp_path: Path
) -> None:
    (tmp_path / "bees.txt").write_text(BEES, encoding="utf-8")
    async with explore() as analyst:
        workspace = open_workspace(case)
        update(workspace, Catalogue(workspace.catalogue), [tmp_path / "bees.txt"])
        analyst.main.opening.renew()
        await analyst.settle()
        assert "82 articles" in analyst.lines()[0]
        await analyst.type("النحالون")
        await analyst.settle()
        assert len(analyst.main.results.rows) == 1


async def test_an_arabic_layout_acts(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("قمح")
        await analyst.press("enter", "ت", "enter")
        assert analyst.main.results.selected == 1
        assert analyst.main.article.has_focus
        await analyst.press("ر", "س", "ا")
        assert len(analyst.main.notes.rows) == 1
        await analyst.press("ث")
        assert analyst.main.entities.has_focus


async def test_what_just_happened_passes_and_what_must_be_seen_stands(explore: Explore) -> None:
    async with explore() as analyst:
        status = analyst.main.status
        status.progress("entities 1/9")
        status.say("copied")
        assert "copied" in analyst.main.keys.right
        assert "entities" not in analyst.main.keys.right
        status.stand("COULD NOT SAVE")
        status.say("")
        assert analyst.main.keys.right == "entities 1/9 · COULD NOT SAVE"
