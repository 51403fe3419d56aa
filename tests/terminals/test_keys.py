"""Keys of the Arabic layout, pressed where they are on the keyboard, act as their Latin ones do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from tests.terminals.seat import Explorer, Seat

# xkb keycodes of the keys that bear these letters on a Latin keyboard.
Q, W, SLASH, B, N = "24", "25", "61", "56", "57"
_SHIFT: Final = "shift+"


@pytest.fixture
def arabic_layout(seat: Seat) -> Iterator[None]:
    seat.screen.layout("ara")
    yield
    seat.screen.layout("us")


def test_keys_under_the_arabic_layout(seat: Seat, case: Path, arabic_layout: None) -> None:
    with Explorer(seat, case) as explorer:
        explorer.start()
        state = explorer.in_article()
        at = state["place"]["caret"]
        explorer.press(N)
        at = explorer.wait("n: at the next hit", lambda state: state["place"]["caret"] > at)["place"]["caret"]
        explorer.press(B)
        back = explorer.wait("b: a word back", lambda state: state["place"]["caret"] < at)["place"]["caret"]
        explorer.press(W)
        explorer.wait("w: a word on", lambda state: state["place"]["caret"] > back)
        explorer.press(_SHIFT + SLASH)
        explorer.wait("?: the help", lambda state: state["screen"] == "HelpScreen")
        explorer.press("Escape")
        explorer.wait("Escape: out of the help", lambda state: state["screen"] == "MainScreen")
        explorer.press(SLASH)
        explorer.wait("/: in the search box", lambda state: state["focus"] == "search")
        explorer.press(Q, B)
        explorer.wait("letters are typed there", lambda state: state["query"].endswith("ضلا"))
        explorer.press("Escape")
        explorer.wait("Escape: out of the box", lambda state: state["focus"] != "search")
        explorer.press(Q)
        assert explorer.end() == 0, "q does not leave"
    seat.note("keys", "n b w ? / q, ضلا typed")
