"""Deciding on the lines of a concordance: notes are made by one key each, and the work goes on another day."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.explorer_support import Analyst, told

from kashaf.notes.model import Note
from kashaf.notes.store import NoteStore
from kashaf.storage.atomic import write_text
from kashaf.storage.lock import Lock
from kashaf.workspace import locate
from kashaf_index.kwic import KwicLine
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.explorer.flows import annotating
from kashaf_tui.explorer.panes.concordance import key_of
from kashaf_tui.explorer.screens.asking import AskScreen
from kashaf_tui.explorer.screens.concordance import ConcordanceScreen
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.screens.tagging import TagPalette
from kashaf_tui.explorer.verdicts import FILE
from kashaf_tui.session import Session

SIZES = [(80, 24), (120, 40)]


def screen(analyst: Analyst) -> ConcordanceScreen:
    shown = analyst.app.screen
    assert isinstance(shown, ConcordanceScreen)
    return shown


@asynccontextmanager
async def lining_up(
    case: Path, words: str = "السد", size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Analyst]:
    """The concordance of a query typed into an empty box."""
    (case / "state" / "explorer.yaml").unlink(missing_ok=True)
    app = ExplorerApp(Session(case))
    try:
        async with app.run_test(size=size) as pilot:
            analyst = Analyst(app, pilot)
            await analyst.settle()
            await analyst.type(words)
            await analyst.settle()
            await analyst.press("f7")
            yield analyst
    finally:
        app.close_stores()


def rows(analyst: Analyst) -> list[KwicLine]:
    return list(screen(analyst).lines.rows)


def verdicts(analyst: Analyst) -> list[str]:
    """Of the lines shown, in their order: the first letter of each verdict, a dot for none."""
    shown = screen(analyst).flow.deciding.shown
    return [shown.get(key_of(line), ".")[0] for line in rows(analyst)]


def notes_in(case: Path) -> list[Note]:
    with NoteStore.open(locate(case).notes_file, read_only=True) as store:
        return store.notes()


async def give_codes(analyst: Analyst, *codes: str) -> None:
    """Choose codes in the palette that is open, or that `t` opens."""
    if not isinstance(analyst.app.screen, TagPalette):
        await analyst.press("t")
    for code in codes:
        await analyst.type(code)
        await analyst.press("f3")
    await analyst.press("f2")


async def test_one_key_decides_and_goes_on(case: Path) -> None:
    async with lining_up(case) as analyst:
        lines = rows(analyst)
        await analyst.press("plus", "minus", "0", "plus")
        assert verdicts(analyst)[:5] == ["a", "r", "s", "a", "."]
        assert screen(analyst).lines.selected == 4
        assert [line[1] for line in analyst.lines()[2:7]] == ["+", "-", "?", "+", " "]
        left = len(lines) - 3
        assert f"2 accepted, 1 rejected, {left} left" in analyst.text
    made = notes_in(case)
    assert [note.quote for note in made] == [lines[0].node, lines[3].node]
    assert [note.place for note in made] == [(line.start, line.end) for line in (lines[0], lines[3])]
    assert {(note.kind, note.tags) for note in made} == {("highlight", ())}


async def test_the_work_goes_on_where_it_ended(case: Path) -> None:
    async with lining_up(case) as analyst:
        await give_codes(analyst, "سد")
        await analyst.press("m", "plus", "minus", "plus")
        before = verdicts(analyst)
    async with lining_up(case) as analyst:
        assert verdicts(analyst) == before
        assert screen(analyst).lines.selected == before.index(".")
        assert "marks the sentence" in analyst.text
        assert "#" in analyst.lines()[1]
        await analyst.press("u")  # yesterday's last note goes, and with it the verdict
        assert verdicts(analyst).count("a") < before.count("a")


async def test_keys_in_a_burst_are_all_saved_before_the_app_ends(case: Path) -> None:
    async with lining_up(case) as analyst:
        count = min(6, len(rows(analyst)) - 1)
        await analyst.pilot.press(*["plus"] * count, "minus", "q")
        for _ in range(200):
            if analyst.app._exit:
                break
            await analyst.pilot.pause(0.02)
        assert analyst.app._exit
    assert len(notes_in(case)) == count
    kept = (case / "state" / FILE).read_text(encoding="ascii")
    assert kept.count('"accepted"') == count
    assert kept.count('"rejected"') == 1


async def test_another_query_asks_anew_and_another_rung_does_not(case: Path) -> None:
    async with lining_up(case) as analyst:
        exact = next(at for at, line in enumerate(rows(analyst)) if line.node == "السد")
        await analyst.press(*["down"] * exact, "plus")
        accepted = key_of(rows(analyst)[exact])
        await analyst.press("escape", "f3", "1", "f7")
        assert accepted in map(key_of, rows(analyst))
        assert verdicts(analyst).count("a") == 1
        await analyst.press("escape", "f2")
        await analyst.type(" OR النوارس")
        await analyst.settle()
        await analyst.press("f7")
        assert len(rows(analyst)) > 1
        assert set(verdicts(analyst)) == {"."}


async def test_undo_takes_back_the_note_and_the_verdict_one_key_after_the_other(case: Path) -> None:
    async with lining_up(case) as analyst:
        await analyst.press("plus", "minus", "plus")
        await analyst.press("u")
        assert verdicts(analyst)[:3] == ["a", "r", "."]
        assert screen(analyst).lines.selected == 2
        await analyst.press("u")
        assert verdicts(analyst)[:3] == ["a", ".", "."]
        assert screen(analyst).lines.selected == 1
        await analyst.press("u", "u")
        assert verdicts(analyst)[:3] == [".", ".", "."]
        assert analyst.main.noting.notes == ()
        await analyst.press("U", "U")
        assert verdicts(analyst)[:3] == ["a", "r", "."]
        assert len(analyst.main.noting.notes) == 1


async def test_an_accepted_line_whose_note_is_trashed_is_undecided(case: Path) -> None:
    async with lining_up(case) as analyst:
        await analyst.press("plus", "escape", "f6", "backspace", "f7")
        assert verdicts(analyst)[0] == "."
        await analyst.press("escape", "u", "f7")
        assert verdicts(analyst)[0] == "a"


async def test_accepting_again_doubles_nothing(case: Path) -> None:
    async with lining_up(case) as analyst:
        await analyst.press("plus", "home", "plus", "home", "plus")
        (note,) = analyst.main.noting.notes
        await give_codes(analyst, "ماء")
        await analyst.press("home", "plus", "home", "plus")
        (again,) = analyst.main.noting.notes
        assert (again.id, again.tags) == (note.id, ("ماء",))
        await analyst.press("u")
        assert analyst.main.noting.notes == (note,)


async def test_the_same_note_serves_two_queries(case: Path) -> None:
    async with lining_up(case) as analyst:
        await analyst.press("plus")
        node = rows(analyst)[0].node
    async with lining_up(case, f'"{node}"') as analyst:
        await analyst.press("plus")
        assert len(analyst.main.noting.notes) == 1
        await analyst.press("home", "minus")  # this query did not make it
        assert len(analyst.main.noting.notes) == 1


async def test_rejecting_an_accepted_line_trashes_its_note_but_none_that_was_written_on(case: Path) -> None:
    async with lining_up(case) as analyst:
        await analyst.press("plus", "plus")
        first, second = analyst.main.noting.notes
        await analyst.app._desk.edit(second.id, body="مهم")
        await analyst.press("home", "minus", "home", "down", "minus")
        assert verdicts(analyst)[:2] == ["r", "r"]
        assert [note.id for note in analyst.main.noting.notes] == [second.id]
        assert "written on since" in told(analyst)
        await analyst.press("u", "u")
        assert [note.id for note in analyst.main.noting.notes] == [first.id, second.id]
        assert verdicts(analyst)[:2] == ["a", "a"]


async def test_a_sentence_is_highlighted_once_for_all_its_lines(case: Path) -> None:
    async with lining_up(case, "قال OR السد OR الماء") as analyst:
        await analyst.press("m")
        count = len(rows(analyst))
        for _ in range(count):
            if "." not in verdicts(analyst):
                break
            await analyst.press("plus")
        notes = analyst.main.noting.notes
        assert set(verdicts(analyst)) == {"a"}
        assert len({(note.article_id, note.place) for note in notes}) == len(notes) <= count
        assert all(len(note.quote) > 8 for note in notes)
        for line in rows(analyst):
            assert any(n.article_id == line.id and n.place[0] <= line.start < n.place[1] for n in notes)


async def test_all_shown_are_accepted_after_a_question_and_undone_by_one_key(case: Path) -> None:
    async with lining_up(case) as analyst:
        count = len(rows(analyst)) - 1
        await analyst.press("minus", "A")
        assert isinstance(analyst.app.screen, AskScreen)
        assert f"Make notes on {count} lines?" in analyst.text
        await analyst.press("escape")
        assert verdicts(analyst).count("a") == 0
        await analyst.press("A", "enter")
        assert verdicts(analyst) == ["r", *["a"] * count]
        assert f"accepted {count} lines" in analyst.main.status.passing
        await analyst.press("A")
        assert "No undecided line" in told(analyst)
        await analyst.press("u")
        assert verdicts(analyst) == ["r", *["."] * count]
        assert analyst.main.noting.notes == ()


async def test_accepting_many_says_how_far_it_is(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotating, "_AT_ONCE", 2)
    said: list[str] = []
    want = annotating.AnnotateFlow._want

    def watched(self: annotating.AnnotateFlow, *given: Any) -> None:
        said.append(screen(analyst).counted())
        want(self, *given)

    monkeypatch.setattr(annotating.AnnotateFlow, "_want", watched)
    async with lining_up(case) as analyst:
        lines = rows(analyst)
        await analyst.press("A", "enter")
        assert said[0] == f"saving… 0 / {len(lines)}"
        assert said[-1] != said[0]
        assert all(word.endswith(f"/ {len(lines)}") for word in said)
        assert screen(analyst).counted().startswith(f"{len(lines)} accepted")
    made = [(note.article_id, note.words.start) for note in notes_in(case) if note.words is not None]
    assert made == [(line.id, line.start) for line in lines]


async def test_accepted_lines_are_tagged_together(case: Path) -> None:
    async with lining_up(case) as analyst:
        await analyst.press("T")
        assert "No accepted line" in told(analyst)
        await analyst.press("plus", "plus", "minus", "T")
        await give_codes(analyst, "أول")
        assert {note.tags for note in analyst.main.noting.notes} == {("أول",)}
        await analyst.press("u")
        assert {note.tags for note in analyst.main.noting.notes} == {()}


async def test_queues_show_what_is_undecided_accepted_or_rejected(case: Path) -> None:
    async with lining_up(case) as analyst:
        count = len(rows(analyst))
        await analyst.press("plus", "minus", "0")
        await analyst.press("v")
        assert len(rows(analyst)) == count - 2
        assert "only undecided lines" in analyst.text
        await analyst.press("home", "plus")  # what is decided now stays in view
        assert len(rows(analyst)) == count - 2
        await analyst.press("v")
        assert verdicts(analyst) == ["a", "a"]
        await analyst.press("v")
        assert verdicts(analyst) == ["r"]
        await analyst.press("v")
        assert len(rows(analyst)) == count
        await analyst.press("v", "escape")
        assert len(rows(analyst)) == count


async def test_undecided_lines_are_gone_through(case: Path) -> None:
    async with lining_up(case) as analyst:
        await analyst.press("down", "minus", "down", "minus", "home")
        seen = []
        for key in ("n", "n", "N", "N"):
            await analyst.press(key)
            seen.append(screen(analyst).lines.selected)
        assert seen == [2, 4, 2, 0]


async def test_the_sentence_of_a_line_is_shown(case: Path) -> None:
    async with lining_up(case) as analyst:
        assert not screen(analyst).sentence.display
        await analyst.press("space")
        assert screen(analyst).sentence.display
        assert rows(analyst)[0].node in screen(analyst).sentence._text
        await analyst.press("down", "space")
        assert not screen(analyst).sentence.display


@pytest.mark.parametrize("size", SIZES)
async def test_results_are_decided_on_one_after_the_other(case: Path, size: tuple[int, int]) -> None:
    async with lining_up(case, size=size) as analyst:
        await analyst.press("escape", "enter", "f3")
        listed = [hit.id for hit in analyst.main.results.rows]
        await analyst.press("A")
        assert screen(analyst).sentence.display
        assert "of the results listed" in analyst.text
        places = [listed.index(line.id) for line in rows(analyst)]
        assert places == sorted(places)
        await analyst.press("minus", "escape", "escape", "A")
        assert verdicts(analyst)
        assert "r" not in verdicts(analyst)
        await analyst.press("escape", "escape")
        assert isinstance(analyst.app.screen, MainScreen)


async def test_read_only_notes_are_not_decided_on(case: Path) -> None:
    with NoteStore.open(locate(case).notes_file):
        async with lining_up(case) as analyst:
            for key in ("plus", "minus", "0", "m", "t", "A", "T"):
                await analyst.press(key)
                if not isinstance(analyst.app.screen, ConcordanceScreen):
                    await analyst.press("escape")
                assert set(verdicts(analyst)) == {"."}, key
    assert not (case / "state" / FILE).exists()


async def test_verdicts_outlive_a_change_of_language(case: Path) -> None:
    async with lining_up(case) as analyst:
        await analyst.press("plus", "escape", "f9", "l", "escape", "f7")
        assert analyst.app.language == "ar"
        assert verdicts(analyst)[0] == "a"


async def test_a_damaged_journal_costs_what_is_damaged(case: Path) -> None:
    async with lining_up(case) as analyst:
        await analyst.press("plus", "minus")
    path = case / "state" / FILE
    lines = path.read_text(encoding="ascii").splitlines()
    write_text(path, "\n".join(["{", "[]", '{"query": 1}', *lines, "\x00" * 40, lines[0][:30]]))
    async with lining_up(case) as analyst:
        assert verdicts(analyst)[:2] == ["a", "r"]
        await analyst.press("minus")
    async with lining_up(case) as analyst:
        assert verdicts(analyst)[:3] == ["a", "r", "r"]


async def test_somebody_else_importing_does_not_matter(case: Path) -> None:
    with Lock(locate(case).catalogue, "importing"):
        async with lining_up(case) as analyst:
            await analyst.press("plus")
            assert verdicts(analyst)[0] == "a"
