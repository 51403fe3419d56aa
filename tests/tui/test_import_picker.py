"""Choosing what to import: walking through folders, filtering, marking, typing a path, and hostile names."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore, told

from kashaf.storage.atomic import write_text
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.screens.imports import ImportsScreen
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.screens.picker import PickerScreen

Pick = Callable[..., AbstractAsyncContextManager[Analyst]]
SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """What somebody brought."""
    root = tmp_path / "stick"
    (root / "أخبار").mkdir(parents=True)
    (root / "archive 2025").mkdir()
    (root / "أخبار" / "مقال.txt").write_text("عنوان\n\nنص قصير في الخبر.\n", encoding="utf-8")
    (root / "press.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    (root / "تقرير.html").write_text("<html><body><p>نص</p></body></html>", encoding="utf-8")
    (root / ".trash").touch()
    return root


@pytest.fixture
def pick(explore: Explore, stick: Path, monkeypatch: pytest.MonkeyPatch) -> Pick:
    """Open the picker on the stick."""

    @asynccontextmanager
    async def start(folder: Path = stick, **options: object) -> AsyncIterator[Analyst]:
        monkeypatch.chdir(folder)
        async with explore(**options) as analyst:
            await analyst.press("f11")
            yield analyst

    return start


def picker(analyst: Analyst) -> PickerScreen:
    screen = analyst.app.screen
    assert isinstance(screen, PickerScreen)
    return screen


def shown(analyst: Analyst) -> list[str]:
    return [row.name for row in picker(analyst).files.rows]


def selected(analyst: Analyst) -> str:
    row = picker(analyst).files.current
    return row.name if row is not None else ""


@pytest.mark.parametrize("size", SIZES)
async def test_a_folder_is_listed_and_walked_through(pick: Pick, stick: Path, size: tuple[int, int]) -> None:
    async with pick(size=size) as analyst:
        assert shown(analyst) == ["..", ".", "archive 2025", "أخبار", "press.zip", "تقرير.html"]
        assert selected(analyst) == "archive 2025"
        assert "1 hidden" in analyst.text
        assert "archive zip" in analyst.text
        await analyst.press("down", "enter")
        assert picker(analyst).folder == stick / "أخبار"
        assert selected(analyst) == "مقال.txt"
        await analyst.press("backspace")
        assert picker(analyst).folder == stick
        assert selected(analyst) == "أخبار"
        await analyst.press("f8")
        assert ".trash" in shown(analyst)
        assert selected(analyst) == "أخبار"
        await analyst.press("home", "enter")
        assert picker(analyst).folder == stick.parent
        assert selected(analyst) == "stick"


async def test_letters_narrow_the_list_and_escape_widens_it(pick: Pick) -> None:
    async with pick() as analyst:
        await analyst.type("اخب")
        await analyst.settle()
        assert shown(analyst) == ["أخبار"]
        await analyst.type("xq")
        await analyst.settle()
        assert shown(analyst) == []
        assert "No name here holds" in analyst.text
        await analyst.press("backspace", "backspace")
        assert shown(analyst) == ["أخبار"]
        await analyst.press("escape")
        assert len(shown(analyst)) == 6
        await analyst.press("escape")
        assert isinstance(analyst.app.screen, MainScreen)


async def test_marks_stay_from_folder_to_folder(pick: Pick, stick: Path) -> None:
    async with pick() as analyst:
        files = picker(analyst).files
        await analyst.press("space", "space", "enter")
        assert list(files.marks) == [stick / "archive 2025", stick / "أخبار", stick / "press.zip"]
        assert "✓" in analyst.text
        assert "3 marked" in analyst.text
        await analyst.press("up", "enter", "down", "space", "backspace")
        assert stick / "أخبار" / "مقال.txt" in files.marks
        await analyst.press("space")
        assert stick / "أخبار" not in files.marks


async def test_a_path_is_typed_and_completed(pick: Pick, stick: Path) -> None:
    async with pick() as analyst:
        await analyst.press("f7")
        field = picker(analyst).field
        assert field.has_focus
        assert field.value == f"{stick}/"
        await analyst.type("أخ")
        await analyst.settle()
        assert shown(analyst) == ["أخبار"]
        await analyst.press("tab")
        assert field.value == f"{stick}/أخبار/"
        await analyst.type("مق")
        await analyst.press("tab", "enter")
        assert picker(analyst).files.has_focus
        assert list(picker(analyst).files.marks) == [stick / "أخبار" / "مقال.txt"]
        assert selected(analyst) == "مقال.txt"
        await analyst.press("f7", "ctrl+u")
        await analyst.type("/nowhere/at all")
        await analyst.press("enter")
        assert "Nothing is at" in told(analyst)
        await analyst.press("escape")
        assert picker(analyst).files.has_focus


async def test_typing_a_path_lists_that_folder_below(pick: Pick, stick: Path) -> None:
    async with pick() as analyst:
        await analyst.press("f7", "ctrl+u")
        await analyst.type(f"{stick.parent}/sti")
        await analyst.settle()
        assert shown(analyst) == ["stick"]
        await analyst.press("down", "enter")
        assert picker(analyst).folder == stick


async def test_a_folder_that_cannot_be_read_says_why(pick: Pick, monkeypatch: pytest.MonkeyPatch) -> None:
    async with pick() as analyst:
        real = os.scandir

        def refuse(path: str) -> object:
            if str(path).endswith("archive 2025"):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path)

        monkeypatch.setattr(os, "scandir", refuse)
        await analyst.press("enter")
        text = " ".join(analyst.text.split())
        assert "Permission denied" in text
        assert "You may not read this folder" in text
        await analyst.press("backspace")
        assert selected(analyst) == "archive 2025"


async def test_an_empty_folder_teaches(pick: Pick, stick: Path) -> None:
    async with pick() as analyst:
        await analyst.press("enter")
        assert shown(analyst) == ["..", "."]
        (stick / "archive 2025" / ".hidden").touch()
        await analyst.press("f8", "f8")
        assert "Only 1 hidden entry" in analyst.text


async def test_links_devices_and_hostile_names_are_shown_as_what_they_are(pick: Pick, tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "outside").symlink_to(tmp_path / "stick")
    (folder / "nowhere").symlink_to("gone/\x1b[31m")
    os.mkfifo(folder / "pipe")
    for name in (
        "\x1b]0;owned\x07.txt", "[bold red]markup[blink].txt", "\u202egpj.exe", "a\nb\r\t.txt", "x" * 240,
        "مقال [b] \u2066.txt", os.fsdecode(b"caf\xe9.txt"), "👨‍👩‍👧.txt", "\u0301\u0301.txt",
    ):  # fmt: skip
        (folder / name).touch()
    async with pick(folder, size=(80, 24)) as analyst:
        text = analyst.text
        assert not any(char in text for char in "\x1b\x07\r\u202e\u2066")
        assert "[bold red]markup[blink].txt" in text
        assert "→ folder" in text
        assert all(len(line) <= 80 for line in analyst.lines())
        for _ in range(len(picker(analyst).files.rows)):
            await analyst.press("down")
            assert not any(char in analyst.text for char in "\x1b\x07\r\u202e\u2066")
        await analyst.type("pipe")
        await analyst.press("space")
        assert "neither a file nor a folder" in told(analyst)
        assert not picker(analyst).files.marks
        await analyst.press("escape")
        await analyst.type("nowhere")
        await analyst.press("space")
        assert not picker(analyst).files.marks


async def test_places_are_shown_and_gone_to(pick: Pick, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: stick.parent)
    async with pick() as analyst:
        await analyst.press("f6")
        assert picker(analyst).folder is None
        assert "Places" in analyst.lines()[0]
        assert picker(analyst).files.rows[0].path == stick.parent
        await analyst.press("enter")
        assert picker(analyst).folder == stick.parent


async def test_many_entries_are_listed_off_the_screen(pick: Pick, stick: Path) -> None:
    many = stick / "many"
    many.mkdir()
    for number in range(3000):
        (many / f"صفحة {number}.html").touch()
    async with pick(many) as analyst:
        assert "3,000 entries" in analyst.text
        await analyst.press("end")
        assert selected(analyst) == "صفحة 2999.html"
        await analyst.type("298")
        await analyst.settle()
        assert shown(analyst)[0] == "صفحة 298.html"
        assert len(shown(analyst)) == 13


async def test_copy_or_link_is_said_and_kept(pick: Pick) -> None:
    async with pick() as analyst:
        assert "originals are copied" in analyst.text
        await analyst.press("f4")
        assert "originals stay where they are" in analyst.text
        await analyst.press("escape", "f11")
        assert "originals stay where they are" in analyst.text


async def test_help_shows_the_keys_of_the_picker_only(pick: Pick) -> None:
    async with pick() as analyst:
        await analyst.press("f1")
        assert isinstance(analyst.app.screen, HelpScreen)
        assert "look first" in analyst.text
        assert "facets" not in analyst.text


async def test_nothing_is_chosen_by_accident(pick: Pick) -> None:
    async with pick() as analyst:
        await analyst.type("no such name")
        await analyst.press("f2", "f3")
        assert isinstance(analyst.app.screen, PickerScreen)
        assert not analyst.app.importing.importer.running


@pytest.mark.parametrize("size", SIZES)
async def test_the_picker_is_mirrored_in_arabic(
    pick: Pick, case: Path, stick: Path, size: tuple[int, int]
) -> None:
    write_text(case / "kashaf.yaml", "interface:\n  language: ar\n")
    async with pick(size=size) as analyst:
        line = next(line for line in analyst.lines() if "archive 2025" in line)
        assert line.index("archive 2025") > size[0] // 2
        field, name = picker(analyst).field.region, picker(analyst).query_one("#where-name").region
        assert field.right <= name.x
        assert name.right == size[0]


async def test_too_small_says_what_it_needs(pick: Pick) -> None:
    async with pick(size=(50, 12)) as analyst:
        assert "60×15" in analyst.text
        await analyst.pilot.resize_terminal(80, 24)
        await analyst.settle()
        assert picker(analyst).files.has_focus
        assert "press.zip" in analyst.text


async def test_what_is_selected_is_imported_when_nothing_is_marked(pick: Pick) -> None:
    async with pick() as analyst:
        await analyst.press("down", "f2")
        assert isinstance(analyst.app.screen, ImportsScreen)
        report = analyst.app.importing.importer.report
        assert report is not None
        assert report.counts["added"] == 1
