"""The explorer itself: every cell of its screens, its borders, and the reverse video of hits, in a real terminal."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.terminals.cells import Look, Placed, Score
from tests.terminals.screen import Colour
from tests.terminals.seat import Explorer, Seat, Shot

TOAST = "notes.json"
_APART = 90  # of 765: grounds that differ
_SAME = 30


@pytest.fixture
def opened(seat: Seat, case: Path) -> Iterator[Explorer]:
    """The explorer in an article that has hits."""
    with Explorer(seat, case) as explorer:
        explorer.start()
        explorer.in_article()
        yield explorer


def distance(one: Colour, other: Colour) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def runs(row: tuple[Placed, ...]) -> Iterator[tuple[int, int]]:
    """Columns `[start, end)` of each stretch in reverse video."""
    start = None
    for cell in row:
        if cell.reverse and start is None:
            start = cell.column
        if not cell.reverse and start is not None:
            yield start, cell.column
            start = None


def misplaced(seat: Seat, shot: Shot) -> tuple[int, list[str]]:
    """How many stretches in reverse video there are, and which of them do not cover exactly their columns."""
    count, faults = 0, []
    for number, row in shot.rows:
        meant = {cell.column: cell.reverse for cell in row}
        for start, end in runs(row):
            count += 1
            ground = seat.grid.ground(shot.picture, number, start)
            for column in range(max(0, start - 1), min(end + 1, seat.columns)):
                apart = distance(ground, seat.grid.ground(shot.picture, number, column))
                if apart > _SAME if meant.get(column) else apart < _APART:
                    faults.append(f"row {number}, columns {start}-{end}: wrong at {column}")
    return count, faults


def screens(explorer: Explorer) -> list[Shot]:
    """The main screen, the article scrolled and a toast over it, and the windows of help and of all commands."""

    def on(name: str) -> Callable[[dict[str, Any]], bool]:
        return lambda state: state["screen"] == name

    shots = [explorer.shot("main")]
    explorer.press("n", "Page_Down")
    os.kill(explorer.state()["pid"], signal.SIGUSR1)
    explorer.wait("the toast", lambda state: any(TOAST in part[0] for row in state["rows"] for part in row))
    shots.append(explorer.shot("toast"))
    explorer.press("Page_Up", "j", "j")
    shots.append(explorer.shot("under-toast"))
    explorer.press("question")
    explorer.wait("the help", on("HelpScreen"))
    shots.append(explorer.shot("help"))
    explorer.press("Escape")
    explorer.wait("the main screen", on("MainScreen"))
    explorer.press("colon")
    explorer.wait("the palette", on("Palette"))
    shots.append(explorer.shot("palette"))
    explorer.press("Escape")
    explorer.wait("the main screen", on("MainScreen"))
    return shots


def test_every_cell_shows_what_was_meant(seat: Seat, opened: Explorer) -> None:
    shots = screens(opened)
    opened.press("q")
    assert opened.end() == 0
    atlas = seat.atlas((cell.look for shot in shots for cell in shot.cells), "explorer-atlas")
    judged = {shot.name: atlas.judge(shot.picture, seat.grid, shot.rows) for shot in shots}
    every = [one for some in judged.values() for one in some]
    hits = {shot.name: misplaced(seat, shot) for shot in shots if shot.name in ("main", "toast")}
    seat.note("screens", Score.of(every))
    seat.note("borders", Score.of(every, _border))
    seat.note("hits", f"{sum(count for count, _ in hits.values())} stretches")
    assert atlas.unjoined() < 0.1
    for name, cells in judged.items():
        whole, arabic, borders = (Score.of(cells, keep) for keep in (_any, _arabic, _border))
        assert arabic.cells > 10, name
        assert not borders.wrong, (name, borders.faults)
        assert arabic.part >= 0.99, (name, arabic.faults)
        assert whole.part >= 0.99, (name, whole.faults)
    for name, (count, faults) in hits.items():
        assert count >= 2, name
        assert faults == [], name


def _any(look: Look) -> bool:
    return True


def _arabic(look: Look) -> bool:
    return look.arabic


def _border(look: Look) -> bool:
    return look.border
