"""The codebook's screen: codes added, changed, renamed with their notes, taken back, and their notes shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore, told
from tests.notes_support import target

from kashaf.notes.codebook import Code, Codebook
from kashaf.notes.codebook_file import CodebookFile, of_workspace
from kashaf.notes.store import NoteStore
from kashaf.workspace import open_workspace
from kashaf_tui.explorer.screens.codebook import CodebookScreen

HAND = """\
codes:
  - name: سلاح
    colour: orange
    description: أسلحة من كل نوع
    codes: [كيماوي, ثقيل]
  - مصدر
"""


@pytest.fixture
def coded(case: Path) -> Path:
    """The sample with a codebook, and three notes."""
    workspace = open_workspace(case)
    workspace.codebook_file.write_text(HAND, encoding="utf-8")
    with NoteStore.open(workspace.notes_file) as store:
        store.add(target(), tags=("سلاح/كيماوي", "خاص"))
        store.add(target(), tags=("سلاح/كيماوي",))
        store.add(target(), tags=("سلاح",))
    return case


def codebook(root: Path) -> Codebook:
    return of_workspace(open_workspace(root)).codebook


def tags(root: Path) -> dict[str, int]:
    with NoteStore.open(open_workspace(root).notes_file, read_only=True) as store:
        return store.tags()


async def opened(analyst: Analyst) -> CodebookScreen:
    await analyst.press("f6", "B")
    screen = analyst.app.screen
    assert isinstance(screen, CodebookScreen)
    return screen


def rows(screen: CodebookScreen) -> list[tuple[str, str, str]]:
    return [(row.sign.strip(), row.tag, row.count) for row in screen.list.rows]


async def fill(analyst: Analyst, text: str) -> None:
    """Write `text` in the place of what stands in the field."""
    await analyst.press("ctrl+u")
    await analyst.type(text)
    await analyst.press("enter")


async def test_the_tree_with_its_counts_and_the_tags_that_are_no_codes(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        screen = await opened(analyst)
        assert rows(screen) == [
            ("", "سلاح", "3"),
            ("", "سلاح/كيماوي", "2"),
            ("", "سلاح/ثقيل", ""),
            ("", "مصدر", ""),
            ("?", "خاص", "1"),
        ]
        assert "1 on it itself" in analyst.text
        assert "orange" in analyst.text


async def test_the_notes_of_a_code(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        await opened(analyst)
        await analyst.press("j", "enter")
        assert analyst.app.screen is analyst.main
        assert len(analyst.main.noting.shown()) == 2


async def test_a_code_without_notes_leads_nowhere(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        screen = await opened(analyst)
        await analyst.press("down", "down", "enter")
        assert analyst.app.screen is screen
        assert "No note bears it" in told(analyst)


async def test_adding_by_path_with_the_codes_above_completed(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        screen = await opened(analyst)
        await analyst.press("a")
        await analyst.type("سلا")
        await analyst.press("down")
        await analyst.type("خفيف")
        await analyst.press("enter")
        assert codebook(coded).find("سلاح/خفيف") is not None
        assert screen.list.current is not None
        assert screen.list.current.tag == "سلاح/خفيف"


async def test_a_tag_is_put_into_the_codebook(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        await opened(analyst)
        await analyst.press("end", "a", "enter")
        assert codebook(coded).find("خاص") is not None


async def test_what_is_there_or_is_no_name_is_said_and_kept_to_mend(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        screen = await opened(analyst)
        await analyst.press("a")
        await fill(analyst, "مصدر")
        assert "is there already" in analyst.text
        assert screen.asking.field.value == "مصدر"
        await fill(analyst, "//")
        assert "a code needs a name" in analyst.text
        await analyst.press("escape")
        assert screen.list.has_focus


async def test_renaming_retags_the_notes_and_u_takes_both_back(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        await opened(analyst)
        await analyst.press("r")
        await fill(analyst, "عتاد")
        assert tags(coded) == {"خاص": 1, "عتاد": 1, "عتاد/كيماوي": 2}
        assert codebook(coded).known("عتاد").colour == "#e69f00"
        assert codebook(coded).current("سلاح/كيماوي") == "عتاد/كيماوي"
        assert "3 notes retagged" in told(analyst)
        await analyst.press("u")
        assert tags(coded) == {"خاص": 1, "سلاح": 1, "سلاح/كيماوي": 2}
        assert codebook(coded).find("عتاد") is None
        await analyst.press("U")
        assert "عتاد" in tags(coded)
        assert codebook(coded).find("عتاد") is not None


async def test_the_notes_own_undo_takes_the_codebook_along(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        await opened(analyst)
        await analyst.press("r")
        await fill(analyst, "عتاد")
        await analyst.press("escape", "u")
        assert "سلاح" in tags(coded)
        assert codebook(coded).find("عتاد") is None
        await analyst.press("U")
        assert "عتاد" in tags(coded)
        assert codebook(coded).find("عتاد") is not None


async def test_a_renaming_is_not_taken_back_over_later_changes_of_notes(
    explore: Explore, coded: Path
) -> None:
    async with explore(coded) as analyst:
        await opened(analyst)
        await analyst.press("r")
        await fill(analyst, "عتاد")
        await analyst.press("escape")
        note = analyst.main.noting.notes[0]
        analyst.main.noting.change(lambda: analyst.main.noting._desk.edit(note.id, body="later"))
        await analyst.settle()
        await opened(analyst)
        await analyst.press("u")
        assert "عتاد" in tags(coded)
        assert codebook(coded).find("عتاد") is not None
        assert "notes were changed since" in analyst.text


async def test_renaming_onto_another_code_asks_once_more(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        await opened(analyst)
        await analyst.press("r")
        await fill(analyst, "مصدر")
        assert codebook(coded).find("سلاح") is not None
        assert "makes the two one, and retags 3 notes" in analyst.text
        await analyst.press("enter")
        assert tags(coded) == {"خاص": 1, "مصدر": 1, "مصدر/كيماوي": 2}


async def test_moving_under_another(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        await opened(analyst)
        await analyst.press("j", "m")
        await analyst.type("مص")
        await analyst.press("down", "enter")
        assert tags(coded)["مصدر/كيماوي"] == 2
        assert codebook(coded).find("سلاح/كيماوي") is None


async def test_colour_description_and_examples(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        await opened(analyst)
        await analyst.press("j", "c")
        await fill(analyst, "mauve")
        assert "That is no colour" in analyst.text
        await fill(analyst, "أحمر")
        await analyst.press("d")
        await fill(analyst, "غازات محظورة")
        await analyst.press("e")
        await fill(analyst, "غاز; ذخيرة سامة")
        assert codebook(coded).known("سلاح/كيماوي") == Code(
            "سلاح/كيماوي", "#d55e00", "غازات محظورة", ("غاز", "ذخيرة سامة")
        )
        assert open_workspace(coded).codebook_file.read_text(encoding="utf-8") == HAND


async def test_colours_are_chosen_by_arrows(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        screen = await opened(analyst)
        await analyst.press("c", "down")
        assert screen.asking.field.value == "sky"
        await analyst.press("up", "up")
        assert screen.asking.field.value == "grey"


async def test_hiding_and_showing_again(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        screen = await opened(analyst)
        await analyst.press("h")
        assert all(codebook(coded).known(path).hidden for path in ("سلاح", "سلاح/ثقيل"))
        await analyst.press("s")
        assert [row.tag for row in screen.list.rows] == ["مصدر", "خاص"]
        await analyst.press("s", "home", "h")
        assert not codebook(coded).known("سلاح").hidden


async def test_it_works_under_an_arabic_layout(explore: Explore, coded: Path) -> None:
    async with explore(coded) as analyst:
        screen = await opened(analyst)
        await analyst.press("ت", "ق")
        assert screen.asking.field.value == "سلاح/كيماوي"


async def test_mistakes_in_the_file_are_told_with_their_line(explore: Explore, coded: Path) -> None:
    open_workspace(coded).codebook_file.write_text("codes: [a]\nfoo: 1\n", encoding="utf-8")
    async with explore(coded) as analyst:
        await opened(analyst)
        assert "codebook.yaml, line 2" in told(analyst)


async def test_an_empty_codebook_teaches(explore: Explore, case: Path) -> None:
    async with explore(case, size=(80, 24)) as analyst:
        await opened(analyst)
        assert "No codes yet" in analyst.text


async def test_hostile_codes_are_only_text(explore: Explore, coded: Path) -> None:
    path = open_workspace(coded).codebook_file
    path.write_text(
        'codes: ["[/foo]", "[@click=app.leave]x", "a\\e]52;c;x\\a", "\\u202eevil", "%s"]' % ("م" * 190),
        encoding="utf-8",
    )
    async with explore(coded, size=(80, 24)) as analyst:
        await opened(analyst)
        assert "[@click=app.leave]x" in analyst.text
        assert not {"\x1b", "\x07", "\u202e"} & set(analyst.text)
        assert {len(line) for line in analyst.lines()} == {80}


async def test_a_second_window_only_looks(explore: Explore, coded: Path) -> None:
    with NoteStore.open(open_workspace(coded).notes_file):
        async with explore(coded) as analyst:
            await opened(analyst)
            await analyst.press("r")
            await fill(analyst, "عتاد")
            assert codebook(coded).find("عتاد") is None


async def test_a_tag_of_before_a_renaming_is_told_and_renamed_by_enter(explore: Explore, coded: Path) -> None:
    CodebookFile(open_workspace(coded)).rename("سلاح", "عتاد")
    async with explore(coded) as analyst:
        screen = await opened(analyst)
        screen.select("سلاح/كيماوي")
        assert "now called" in analyst.text
        await analyst.press("r", "enter")
        assert "makes the two one" in analyst.text
        await analyst.press("enter")
        assert tags(coded) == {"خاص": 1, "سلاح": 1, "عتاد/كيماوي": 2}
