"""However the explorer ends, the shell in that terminal finds it as it was."""

from __future__ import annotations

import json
import os
import shlex
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.terminals.cells import Grid
from tests.terminals.screen import Picture
from tests.terminals.seat import Explorer, Seat

_RAW = "خرير raw عند الخزان 12"  # as a shell prints it: the terminal orders and joins it, or does not
_BEFORE, _AFTER = 3, 12  # rows, from 1
_TYPED = 40  # columns
_STRAY = 12  # pixels: mlterm leaves single ones of letters beside its first column

# What somebody types: k starts the explorer, m looks at what it left behind.
_RC = """
PS1='$ '
printf '\\033[2J\\033[{before};1H%s\\033[6;1H' {raw}
stty -a >"$STAGE/stty-before"
k() {{ {command}; }}
m() {{
    stty -a >"$STAGE/stty-after"
    "$PYTHON" -m tests.terminals.ask "$STAGE/after"
    printf '\\0337\\033[{after};1H%s\\0338' {raw}
    touch "$STAGE/marked"
}}
"""


def row_of(grid: Grid, picture: Picture, row: int, columns: int) -> list[int]:
    x, y, _, height = grid.box(row - 1, 0)
    return picture.grey(x, y, round(columns * grid.width), height)


def inked(grid: Grid, picture: Picture, row: int, columns: int) -> bool:
    """Whether anything is written there."""
    grey = row_of(grid, picture, row, columns)
    ground = max(set(grey), key=grey.count)
    return apart(grey, [ground] * len(grey)) > _STRAY


def apart(one: list[int], other: list[int]) -> int:
    """How many pixels differ."""
    return sum(a != b for a, b in zip(one, other, strict=True))


def modes(found: dict[str, Any]) -> dict[str, int]:
    return dict(found["modes"])


@pytest.mark.parametrize("ending", ["TERM", "fault"])
def test_the_terminal_is_as_it_was(seat: Seat, case: Path, ending: str) -> None:
    explorer = Explorer(seat, case, fault=ending == "fault")
    (seat.stage / "marked").unlink(missing_ok=True)
    rc = _RC.format(before=_BEFORE, after=_AFTER, raw=shlex.quote(_RAW), command=explorer.command)
    (seat.stage / "rc").write_text(rc, encoding="utf-8")
    seat.show("\x1b[?25h")
    before = seat.ask("before")
    order = seat.order('stty echo; bash --noprofile --rcfile "$STAGE/rc" -i; stty -echo')
    try:
        with explorer:
            seat.screen.still_picture()
            seat.screen.write("k\n")
            state = explorer.in_article()
            if ending == "TERM":
                os.kill(state["pid"], signal.SIGTERM)
            else:
                explorer.press("question")
            _until(explorer.gone, "it does not end")
        seat.screen.still_picture()
        seat.screen.write("m\n")
        _until((seat.stage / "marked").exists, "the shell does not do what is typed")
        picture = seat.screen.still_picture()
        seat.keep(f"restored-{ending}", picture)
    finally:
        seat.screen.write("exit\n")
        seat.wait(order)
        seat.show("\x1b[?25l")
    after = json.loads((seat.stage / "after").read_text(encoding="utf-8"))
    assert modes(after) == modes(before)
    assert (seat.stage / "stty-after").read_text() == (seat.stage / "stty-before").read_text()
    columns = seat.columns  # mlterm sets a line that begins with Arabic to the right
    first, second = (row_of(seat.grid, picture, row, columns) for row in (_BEFORE, _AFTER))
    assert inked(seat.grid, picture, _BEFORE, columns), "the normal screen is not back"
    assert apart(first, second) <= _STRAY, "the terminal orders Arabic otherwise than before"
    # Between prompt and prompt: two lines typed, and one of ours that says where the details of a fault are.
    assert inked(seat.grid, picture, 6, _TYPED)
    assert inked(seat.grid, picture, 7, _TYPED), "what is typed does not show"
    assert not any(inked(seat.grid, picture, row, columns) for row in range(_AFTER + 1, seat.rows - 1))
    said = f"mode 8 {after['modes']['8']}" if modes(after).get("8") else "yes"
    seat.note(ending, said)


def _until(done: Callable[[], bool], otherwise: str, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, otherwise
        time.sleep(0.05)
