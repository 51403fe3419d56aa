"""A choice for a terminal is kept, and a file that is no list of choices stops nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kashaf.errors import DiskTrouble
from kashaf_tui.terminal.remembered import FILE, Remembered, forget, load, remember


def test_a_choice_is_kept_and_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "kashaf"
    assert load(folder) == Remembered()
    remember("kitty", "app", folder)
    remember("tmux+unknown xterm: 'y'\n", "lrm", folder)
    assert load(folder) == Remembered({"kitty": "app", "tmux+unknown xterm: 'y'\n": "lrm"})
    assert forget("kitty", folder)
    assert not forget("kitty", folder)
    assert load(folder).choices == {"tmux+unknown xterm: 'y'\n": "lrm"}


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"kitty: [app",
        b"- kitty\n- app\n",
        b"a: &a [x]\nb: *a\n",
        b"!!python/object/apply:os.system ['true']",
        b"k: " + b"[" * 50_000,
        b"x" * 100_000,
        b"just words",
    ],
)
def test_a_hostile_file_is_said_and_not_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    found = load(tmp_path)
    assert found.choices == {}
    assert str(tmp_path / FILE) in found.trouble
    remember("st", "app", tmp_path)
    assert load(tmp_path) == Remembered({"st": "app"})


def test_entries_that_are_no_choice_are_left_out(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("kitty: app\nst: fast\n5: app\nxterm: [app]\nfoot: null\n", encoding="utf-8")
    found = load(tmp_path)
    assert found.choices == {"kitty": "app"}
    assert "4 entries" in found.trouble


def test_an_empty_file_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("# nothing yet\n", encoding="utf-8")
    assert load(tmp_path) == Remembered()


def test_what_is_no_file_is_neither_read_nor_written_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE)
    assert "is no file" in load(tmp_path).trouble
    with pytest.raises(DiskTrouble):
        remember("kitty", "app", tmp_path)
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    assert load(tmp_path).trouble
    with pytest.raises(DiskTrouble):
        forget("kitty", tmp_path)


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("".join(f"t{n}: app\n" for n in range(500)), encoding="utf-8")
    remember("new", "lrm", tmp_path)
    choices = load(tmp_path).choices
    assert len(choices) == 200
    assert choices["new"] == "lrm"
