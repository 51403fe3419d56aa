"""Deciding about names: merging, splitting, calling otherwise, hiding, and taking each of it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.entity_support import CAPTAIN, MAYOR, OTHER, PORT, TOWN, by_name, exploring, workspace
from tests.explorer_support import Analyst, told

from kashaf.bidi.layout import visual
from kashaf.entities.book.curation import Curation
from kashaf.entities.model import EntityKey
from kashaf.errors import DiskTrouble
from kashaf.storage.atomic import write_text
from kashaf.workspace import open_workspace
from kashaf_tui.explorer.screens.asking_names import NameScreen, TypeScreen
from kashaf_tui.explorer.screens.entities import EntitiesScreen
from kashaf_tui.explorer.screens.entity_page import EntityScreen
from kashaf_tui.explorer.screens.merging import MergeScreen
from kashaf_tui.explorer.screens.splitting import SplitScreen
from kashaf_tui.session import Session


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path)


def listed(root: Path) -> dict[tuple[str, str], int]:
    """Entities of the corpus and their articles, as another process sees them."""
    return {
        (row.type, row.name): row.articles for row in Session(root).mentions.table() if row.type != "date"
    }


async def table(analyst: Analyst, *keys: EntityKey) -> EntitiesScreen:
    """The table of all, with some marked; of one alone that is selected."""
    await analyst.press("E")
    screen = analyst.app.screen
    assert isinstance(screen, EntitiesScreen)
    for key in keys:
        rows = screen.list.rows
        screen.list.select(next(at for at, row in enumerate(rows) if (row.type, row.name) == key))
        if len(keys) > 1:
            await analyst.press("space")
    return screen


async def pane(analyst: Analyst, name: str, key: EntityKey) -> None:
    """The pane of entities, with one selected."""
    analyst.main.reading.open(by_name(name).id)
    await analyst.press("e")
    rows = analyst.main.entities
    rows.select(next(at for at, row in enumerate(rows.rows) if (row.type, row.name) == key))


async def test_two_are_made_one_and_parted_again(root: Path) -> None:
    before = listed(root)
    async with exploring(root) as analyst:
        screen = await table(analyst, OTHER)
        await analyst.press("equals_sign")
        picker = analyst.app.screen
        assert isinstance(picker, MergeScreen)
        # The most alike stands first, and nothing but people.
        assert picker.list.current is not None
        assert picker.list.current.name == CAPTAIN.name
        assert {row.type for row in picker.list.rows} == {"person"}
        await analyst.press("enter")
        assert analyst.app.screen is screen
        assert "is now" in analyst.text
        assert visual(CAPTAIN.name) in screen.status.passing or CAPTAIN.name in screen.status.passing
        assert screen.list.current is not None
        assert screen.list.current.name == CAPTAIN.name
        assert screen.list.current.articles == before[CAPTAIN] + before[OTHER]
        merged = listed(root)
        assert OTHER not in merged
        await analyst.press("u")
        assert "taken back" in analyst.text
        assert listed(root) == before
        await analyst.press("U")
        assert "decided again" in analyst.text
        assert listed(root) == merged


async def test_whom_it_is_the_same_as_is_found_by_typing(root: Path) -> None:
    async with exploring(root) as analyst:
        await table(analyst, OTHER)
        await analyst.press("equals_sign")
        await analyst.type("الوز")
        await analyst.settle()
        picker = analyst.app.screen
        assert isinstance(picker, MergeScreen)
        assert [row.name for row in picker.list.rows] == [MAYOR.name]
        await analyst.type("ظظ")
        await analyst.press("enter")
        assert analyst.app.screen is picker
        assert "No name has these letters" in analyst.text
        await analyst.press("escape")
        assert analyst.app.screen is not picker


async def test_those_marked_are_made_one(root: Path) -> None:
    async with exploring(root) as analyst:
        screen = await table(analyst, OTHER, CAPTAIN)
        await analyst.press("equals_sign", "down", "enter")
        assert not screen.view.marked
        assert OTHER not in listed(root)


async def test_names_of_two_types_are_never_one(root: Path) -> None:
    async with exploring(root) as analyst:
        screen = await table(analyst, TOWN, PORT)
        await analyst.press("equals_sign")
        assert analyst.app.screen is screen
        assert "one type" in analyst.text


async def test_two_of_one_name_are_parted_by_their_articles(root: Path) -> None:
    before = listed(root)
    async with exploring(root) as analyst:
        await table(analyst, PORT)
        await analyst.press("vertical_line")
        chooser = analyst.app.screen
        assert isinstance(chooser, SplitScreen)
        assert len(chooser.list.rows) == before[PORT]
        await analyst.press("enter")
        assert "Mark the articles" in analyst.text
        at = next(at for at, row in enumerate(chooser.list.rows) if row.article.id == by_name("boats").id)
        chooser.list.select(at)
        await analyst.press("space", "enter")
        assert isinstance(analyst.app.screen, NameScreen)
        await analyst.press("enter")
        assert "told apart" in analyst.text
        await analyst.type(" القديمة")
        await analyst.press("enter")
        after = listed(root)
        assert after[PORT] == before[PORT] - 1
        assert after["organization", "هيئة الموانئ القديمة"] == 1
        await analyst.press("u")
        assert listed(root) == before


async def test_a_whole_name_is_not_split(root: Path) -> None:
    async with exploring(root) as analyst:
        await table(analyst, OTHER)
        await analyst.press("vertical_line", "space", "enter")
        assert "Leave at least one article" in analyst.text
        await analyst.press("escape")
        assert isinstance(analyst.app.screen, EntitiesScreen)


async def test_another_name_is_shown_at_once_in_pane_and_text(root: Path) -> None:
    async with exploring(root) as analyst:
        await pane(analyst, "quay", MAYOR)
        await analyst.press("R")
        assert isinstance(analyst.app.screen, NameScreen)
        await analyst.press("ctrl+u", "enter")
        assert "A name needs letters" in analyst.text
        await analyst.type("العمدة سلمى الوزان")
        await analyst.press("enter")
        assert "is now called" in analyst.main.status.passing
        renamed = EntityKey("person", "العمدة سلمى الوزان")
        assert analyst.main.entities.entity is not None
        assert renamed in {(row.type, row.name) for row in analyst.main.entities.rows}
        assert MAYOR not in {(row.type, row.name) for row in analyst.main.entities.rows}
        # Searching finds it by the new name, and by the old one.
        for name in (renamed.name, MAYOR.name):
            await analyst.press("slash", "ctrl+u")
            await analyst.type(f'person:"{name}"')
            await analyst.press("enter")
            results = analyst.main.searching.results
            assert results is not None
            assert results.total == 3


async def test_another_type_moves_it_under_another_heading(root: Path) -> None:
    async with exploring(root) as analyst:
        await pane(analyst, "quay", TOWN)
        await analyst.press("T")
        assert isinstance(analyst.app.screen, TypeScreen)
        await analyst.press("down", "enter")
        kinds = {row.name: row.type for row in analyst.main.entities.rows}
        assert kinds[TOWN.name] == "organization"
        await analyst.press("u")
        kinds = {row.name: row.type for row in analyst.main.entities.rows}
        assert kinds[TOWN.name] == "place"


async def test_what_is_hidden_is_gone_from_pane_text_and_table(root: Path) -> None:
    async with exploring(root) as analyst:
        await pane(analyst, "quay", TOWN)
        await analyst.press("H")
        assert TOWN.name not in {row.name for row in analyst.main.entities.rows}
        assert TOWN not in listed(root)
        await analyst.press("u")
        assert TOWN.name in {row.name for row in analyst.main.entities.rows}


async def test_in_the_pane_u_takes_back_names_and_elsewhere_notes(root: Path) -> None:
    async with exploring(root) as analyst:
        await pane(analyst, "quay", TOWN)
        await analyst.press("u")
        assert "No decision about a name" in analyst.main.status.passing
        await analyst.press("f4", "u")
        assert "undo" in analyst.main.status.passing
        await analyst.press("e", "U")
        assert "was taken back" in analyst.main.status.passing


async def test_the_page_goes_along_with_its_name(root: Path) -> None:
    async with exploring(root) as analyst:
        await table(analyst, MAYOR)
        await analyst.press("o", "R", "ctrl+u")
        await analyst.type("العمدة")
        await analyst.press("enter")
        page = analyst.app.screen
        assert isinstance(page, EntityScreen)
        assert page.key == ("person", "العمدة")
        assert page.list.rows
        await analyst.press("u")
        assert page.key == MAYOR
        await analyst.press("H")
        assert "No article names it any more" in analyst.text
        await analyst.press("u", "escape")
        assert MAYOR in {(row.type, row.name) for row in table_rows(analyst)}


def table_rows(analyst: Analyst) -> list[EntityKey]:
    screen = analyst.app.screen
    assert isinstance(screen, EntitiesScreen)
    return [EntityKey(row.type, row.name) for row in screen.list.rows]


async def test_results_by_name_follow_the_decision(root: Path) -> None:
    async with exploring(root) as analyst:
        await analyst.press("slash")
        await analyst.type(f'person:"{CAPTAIN.name}"')
        await analyst.press("enter")
        results = analyst.main.searching.results
        assert results is not None
        before = results.total
        analyst.main.naming.merge([OTHER], CAPTAIN)
        await analyst.settle()
        results = analyst.main.searching.results
        assert results is not None
        assert results.total == before + 1


async def test_a_decision_outlives_the_explorer_and_says_who(root: Path) -> None:
    async with exploring(root) as analyst:
        await table(analyst, OTHER)
        await analyst.press("equals_sign", "enter")
    kept = open_workspace(root).names_overlay.read_text(encoding="utf-8")
    assert "سعاد" in kept
    async with exploring(root) as analyst:
        await table(analyst)
        assert OTHER not in table_rows(analyst)
        await analyst.press("u")
        assert OTHER in table_rows(analyst)


async def test_a_disk_that_refuses_changes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise DiskTrouble("no space left", where="names.yaml", cure="Free some")

    before = listed(root)
    async with exploring(root) as analyst:
        monkeypatch.setattr(Curation, "hide", refuse)
        screen = await table(analyst, TOWN)
        await analyst.press("H")
        assert "no space left" in told(analyst)
        assert not screen.status.passing
        assert listed(root) == before


async def test_several_are_hidden_and_taken_back_at_once(root: Path) -> None:
    before = listed(root)
    async with exploring(root) as analyst:
        screen = await table(analyst, TOWN, PORT, MAYOR, OTHER)
        await analyst.press("H")
        assert "hidden: " in screen.status.passing
        assert "+1" in screen.status.passing
        assert not {TOWN, PORT, MAYOR, OTHER} & set(table_rows(analyst))
        assert not screen.view.marked
        await analyst.press("u")
        assert listed(root) == before
        await analyst.press("u")
        assert "No decision about a name" in screen.status.passing
        await analyst.press("U")
        assert not {TOWN, PORT, MAYOR, OTHER} & set(table_rows(analyst))


BY_HAND = f"# أسماء باليد\nplaces:\n  - {{name: {TOWN.name}}}\norganizations:\n  - {{name: {PORT.name}}}\n"


def by_hand(root: Path) -> None:
    write_text(open_workspace(root).names_file, BY_HAND)
    Session(root).apply_names()


@pytest.mark.parametrize("key", ["equals_sign", "R", "T", "H"])
async def test_a_name_written_by_hand_is_refused_at_the_key(root: Path, key: str) -> None:
    by_hand(root)
    before = listed(root)
    async with exploring(root, (80, 24)) as analyst:
        await table(analyst, TOWN)
        screens = len(analyst.app.screen_stack)
        await analyst.press(key)
        assert len(analyst.app.screen_stack) == screens
        said = told(analyst)
        assert said.startswith("names.yaml, line 3: ")
        assert "is written by hand" in said
        assert "Change the entry there" in said
        assert ("press = on the other name" in said) == (key == "equals_sign")
        # In the pane beside the article, too.
        await analyst.press("escape")
        await pane(analyst, "quay", TOWN)
        await analyst.press(key)
        assert len(analyst.app.screen_stack) == screens - 1
        assert told(analyst).count("line 3: ") == 2
    assert listed(root) == before


async def test_of_several_one_written_by_hand_keeps_all_from_being_hidden(root: Path) -> None:
    by_hand(root)
    before = listed(root)
    async with exploring(root) as analyst:
        screen = await table(analyst, MAYOR, PORT)
        await analyst.press("H")
        assert "names.yaml, line 5: " in told(analyst)
        # The marks stay: the analyst takes one away and goes on.
        assert len(screen.view.marked) == 2
    assert listed(root) == before


async def test_others_become_a_name_written_by_hand_and_nothing_else(root: Path) -> None:
    write_text(open_workspace(root).names_file, f"people:\n  - {{name: {CAPTAIN.name}}}\n")
    Session(root).apply_names()
    async with exploring(root) as analyst:
        await table(analyst, CAPTAIN, OTHER)
        await analyst.press("equals_sign")
        picker = analyst.app.screen
        assert isinstance(picker, MergeScreen)
        assert [row.name for row in picker.list.rows] == [CAPTAIN.name]
        await analyst.press("enter")
        assert OTHER not in listed(root)
        assert CAPTAIN in listed(root)


async def test_a_name_taken_out_of_the_hand_written_file_can_be_decided_on(root: Path) -> None:
    """The file is mended in an editor while the explorer runs."""
    by_hand(root)
    async with exploring(root) as analyst:
        await table(analyst, TOWN)
        await analyst.press("R")
        assert "line 3" in told(analyst)
        write_text(open_workspace(root).names_file, "# لا شيء\n")
        await analyst.press("R")
        assert isinstance(analyst.app.screen, NameScreen)
        await analyst.type(" الجديدة")
        await analyst.press("enter")
        assert "is now called" in analyst.text


async def test_a_spelling_that_was_taken_for_the_name_is_parted_from_it(root: Path) -> None:
    """`|` on a line of the page: what linking has put together is somebody else."""
    before = listed(root)
    async with exploring(root) as analyst:
        await table(analyst, CAPTAIN)
        await analyst.press("o")
        page = analyst.app.screen
        assert isinstance(page, EntityScreen)
        rows = page.list
        rows.select(next(at for at, row in enumerate(rows.rows) if row.value == "يونس بحري"))
        assert "al-" in analyst.text
        await analyst.press("vertical_line")
        assert "is another than" in analyst.text
        after = listed(root)
        assert after["person", "يونس بحري"] == 1
        assert after[CAPTAIN] == before[CAPTAIN] - 1
        await analyst.press("u")
        assert listed(root) == before


HOSTILE = ("[bold]أحمد[/bold]", "\u202eأحمد\u2066", "\x1b[31mأحمد\x07", "أ" * 150, 'أحمد "الملك"', "a\nb")


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_name_does_no_harm(root: Path, name: str) -> None:
    async with exploring(root, (80, 24)) as analyst:
        screen = await table(analyst, MAYOR)
        analyst.main.naming.rename(MAYOR, name)
        await analyst.settle()
        for key in (
            "o",
            "escape",
            "space",
            "m",
            "equals_sign",
            "escape",
            "vertical_line",
            "escape",
            "T",
            "escape",
        ):
            await analyst.press(key)
            lines = analyst.lines()
            assert {len(line) for line in lines} == {80}
            assert not any(char in "".join(lines) for char in "\x1b\x07\u202e\u2066")
        assert analyst.app.screen is screen
        await analyst.press("escape", "u")
        assert MAYOR in table_rows(analyst)
